"""The sheet of a body's schemes: plan, actual, forecast; variances, yields and ratings that work themselves out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from qippctl.models.answers import RagAnswer, VarianceAnswer
from qippctl.models.figure import Colour
from qippctl.models.policy import MoneyRule
from qippctl.models.workbooks import BookBody, BookLine
from qippctl.money import ZERO, exactly
from qippctl.reports.excel.cells import LETTERS, NOT_APPLICABLE, Field, Live, Table, Value, letters, said
from qippctl.reports.excel.cells import text as clean
from qippctl.reports.words import COLOURS, body

KINDS = {
    "scheme": "Scheme",
    "workstream": "Workstream",
    "subtotal": "Subtotal",
    "adjustment": "Adjustment",
    "unidentified": "Unidentified",
    "total": "Total",
}
PLAN, ACTUAL, VARIANCE, YIELD = "YTD plan £", "YTD actual £", "YTD variance £", "YTD yield %"
YEAR_PLAN, FORECAST, OUTTURN = "Year plan £", "Year forecast £", "Year actual £"
YEAR_VARIANCE, YEAR_YIELD = "Forecast variance £", "Forecast yield %"
RAG, RAG_WRITTEN, RAG_PRINTED = "RAG", "RAG when written", "RAG in the paper"
WHOSE, ROW_IS, DOUBTS, NOTES = "Organisation", "Row is", "In doubt", "Notes"
SUM_OF_ROWS = 9  # of SUBTOTAL: the rows that a filter leaves


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of a body's money rule as names of cells, the highest first, each with the letter from there on."""

    steps: tuple[tuple[str | None, Decimal | None, str], ...]
    plan_zero: str
    plan_negative: str


def limits_of(rule: MoneyRule | None, number: int | None = None) -> Limits | None:
    """The limits of a rule; `number` tells the bodies of a workbook apart where there are several."""
    if rule is None:
        return None
    prefix = "RAG_limit_" + (f"{number}_" if number is not None else "")
    steps = tuple(
        (f"{prefix}{k}" if piece.span.at_least is not None else None, piece.span.at_least, _letter(piece.colour))
        for k, piece in enumerate(rule.pieces, 1)
    )
    return Limits(steps, _letter(rule.plan_zero), _letter(rule.plan_negative))


def schemes(of: BookBody, name: str, limits: Limits | None, *, named: bool = False) -> Table:
    """The rows of a programme, the furthest behind first, and what they add up to; `named`: each says whose it is."""
    fields = _fields(of, named=named)
    place = {one.heading: i for i, one in enumerate(fields)}
    top = 6
    rows = [_row(of, line, place, top + k, limits) for k, line in enumerate(of.lines)]
    return Table(
        name,
        (
            body(clean(of.organisation)),
            f"Savings by scheme at {said(of.period)}, £",
            "The furthest behind first. Variance: actual or forecast less plan. The total adds the rows that a filter leaves.",
        ),
        fields,
        rows,
        [_total(of, place, top, limits)] if of.lines else [],
        place["Scheme"] + 1,
        frozenset(i for h, i in place.items() if h in (PLAN, ACTUAL, YEAR_PLAN, FORECAST, OUTTURN)),
    )


def _fields(of: BookBody, *, named: bool) -> tuple[Field, ...]:
    """The columns that hold something."""
    to_date = [line.to_date for line in of.lines if line.to_date is not None]
    forecasts = [line.year for line in of.lines if line.year is not None and not line.is_outturn]
    outturns = [line.year for line in of.lines if line.year is not None and line.is_outturn]
    years = [*forecasts, *outturns]
    wanted: list[tuple[Field, bool]] = [
        (Field(WHOSE, "long", 20), named),
        (Field("Code", "text", 8), any(line.code for line in of.lines)),
        (Field("Workstream", "long", 22), True),
        (Field("Scheme", "long", 32), True),
        (Field(ROW_IS, "text", 11), True),
        (Field(PLAN, "pounds", 12), any(a.plan is not None for a in to_date)),
        (Field(ACTUAL, "pounds", 12), any(a.actual is not None for a in to_date)),
        (Field(VARIANCE, "pounds", 12), any(a.variance is not None for a in to_date)),
        (Field(YIELD, "percent", 9), any(a.delivery is not None for a in to_date)),
        (Field(YEAR_PLAN, "pounds", 12), any(a.plan is not None for a in years)),
        (Field(FORECAST, "pounds", 12), any(a.actual is not None for a in forecasts)),
        (Field(OUTTURN, "pounds", 12), any(a.actual is not None for a in outturns)),
        (Field(YEAR_VARIANCE, "pounds", 13), any(a.variance is not None for a in years)),
        (Field(YEAR_YIELD, "percent", 9), any(a.delivery is not None for a in years)),
        (Field(RAG, "letter", 7), any(line.rag is not None and line.rag.derived for line in of.lines)),
        (Field(RAG_WRITTEN, "letter", 9), any(line.rag is not None and line.rag.derived for line in of.lines)),
        (Field(RAG_PRINTED, "letter", 9), any(line.rag is not None and line.rag.printed for line in of.lines)),
        (Field(DOUBTS, "long", 14), True),
        (Field(NOTES, "long", 30), True),
    ]
    return tuple(field for field, has in wanted if has)


def _row(of: BookBody, line: BookLine, place: dict[str, int], row: int, limits: Limits | None) -> list[Value]:
    notes: list[str] = []
    cells: dict[str, Value] = {
        WHOSE: body(clean(of.organisation)),
        "Code": clean(line.code) or NOT_APPLICABLE,
        "Workstream": clean(line.workstream),
        "Scheme": clean(line.scheme)
        or (NOT_APPLICABLE if line.role in ("workstream", "subtotal") else KINDS[line.role]),
        ROW_IS: KINDS[line.role],
    }

    def at(plan: str, outcome: str) -> tuple[str, str] | None:
        """The cells of a plan and of what came of it, where both have a column."""
        if plan not in place or outcome not in place:
            return None
        return f"{letters(place[plan])}{row}", f"{letters(place[outcome])}{row}"

    came = OUTTURN if line.is_outturn or FORECAST not in place else FORECAST
    for answer, plan, outcome, variance, percent in (
        (line.to_date, PLAN, ACTUAL, VARIANCE, YIELD),
        (line.year, YEAR_PLAN, came, YEAR_VARIANCE, YEAR_YIELD),
    ):
        both = at(plan, outcome)
        cells[plan], cells[outcome] = (answer.plan, answer.actual) if answer is not None else (None, None)
        if variance in place:
            cells[variance] = _variance(answer, both, notes)
        if percent in place:
            cells[percent] = _yield(answer, both, notes)
    for other in {FORECAST, OUTTURN} - {came}:
        cells[other] = NOT_APPLICABLE
    if RAG in place:
        judged = at(PLAN, ACTUAL) if of.basis == "ytd" else at(YEAR_PLAN, came)
        cells[RAG] = _rating(line.rag, judged, limits, of, notes)
        cells[RAG_WRITTEN] = (_letter(line.rag.derived) or None) if line.rag is not None else None
    cells[RAG_PRINTED] = (_letter(line.rag.printed) or None) if line.rag is not None else None
    cells[DOUBTS] = " ".join(_doubts(line)) or NOT_APPLICABLE
    cells[NOTES] = clean("; ".join((*notes, *_words(line)))) or NOT_APPLICABLE
    return [cells.get(heading) for heading in place]


def _difference(plan: str, outcome: str) -> str:
    return f'=IF(COUNT({plan},{outcome})=2,{outcome}-{plan},"")'


def _share(plan: str, outcome: str) -> str:
    return f'=IF(COUNT({plan},{outcome})<2,"",IF({plan}>0,ROUND({outcome}*1000/{plan},0)/1000,""))'


def _variance(answer: VarianceAnswer | None, cells: tuple[str, str] | None, notes: list[str]) -> Value:
    """The variance as a formula, or as printed where the formula would give another number."""
    plan, outcome, ours = (answer.plan, answer.actual, answer.variance) if answer is not None else (None, None, None)
    with exactly():
        worked_out = outcome - plan if plan is not None and outcome is not None else None
    if ours == worked_out:
        return Live(_difference(*cells), worked_out) if cells is not None else ours
    notes.append(
        "variance as printed, " + ("as its plan or outcome is missing" if worked_out is None else "which is finer")
    )
    return ours


def _yield(answer: VarianceAnswer | None, cells: tuple[str, str] | None, notes: list[str]) -> Value:
    """The yield as a formula, or ours where a printed variance or percentage says it better."""
    worked_out = share(answer.plan, answer.actual) if answer is not None else None
    with exactly():
        ours = answer.delivery / 100 if answer is not None and answer.delivery is not None else None
    if ours == worked_out:
        return Live(_share(*cells), worked_out) if cells is not None else ours
    notes.append("yield by the printed variance or percentage")
    return ours


def share(plan: Decimal | None, outcome: Decimal | None) -> Decimal | None:
    """What came of a plan, to a tenth of a percent, as the formula gives it."""
    if plan is None or outcome is None or plan <= 0:
        return None
    with exactly():
        return (outcome / plan).quantize(Decimal("0.001"), ROUND_HALF_UP)


def _rating(
    answer: RagAnswer | None, cells: tuple[str, str] | None, limits: Limits | None, of: BookBody, notes: list[str]
) -> Value:
    """The letter as a formula, or as derived where plan and outcome alone would give another."""
    derived = _letter(answer.derived) if answer is not None else ""
    rule = of.policy.money if of.policy is not None else None
    if limits is None or rule is None or cells is None:
        return derived or None
    if letter_of(rule, answer.plan if answer else None, answer.actual if answer else None) == derived:
        return Live(rating_formula(limits, *cells), derived or None)
    if derived:
        notes.append("RAG by more than plan and outcome: it stays as written")
    return derived or None


def rating_formula(limits: Limits, plan: str, outcome: str) -> str:
    """The letter of a plan and what came of it; rounded, as a share of a plan is seldom a whole binary number."""
    bands = ""
    for name, _, letter in limits.steps:
        if name is None:
            bands += f'"{letter}"'
            break
        bands += f'IF(ROUND({outcome}-{plan}*{name},6)>=0,"{letter}",'
    bands += ")" * sum(1 for name, _, _ in limits.steps if name is not None)
    return (
        f'=IF(COUNT({plan},{outcome})<2,"",IF({plan}=0,"{limits.plan_zero}",'
        f'IF({plan}<0,"{limits.plan_negative}",{bands})))'
    )


def letter_of(rule: MoneyRule, plan: Decimal | None, outcome: Decimal | None) -> str:
    """What that formula gives."""
    if plan is None or outcome is None:
        return ""
    if plan == 0:
        return _letter(rule.plan_zero)
    if plan < 0:
        return _letter(rule.plan_negative)
    return _letter(rule.colour_of(Fraction(outcome) / Fraction(plan) * 100))


def _letter(colour: Colour | None) -> str:
    return LETTERS[colour] if colour is not None else ""


def _doubts(line: BookLine) -> list[str]:
    answers = (line.to_date, line.year, line.rag)
    return list(dict.fromkeys(doubt for answer in answers if answer is not None for doubt in answer.doubts))


def _words(line: BookLine) -> list[str]:
    """What a reader of the row should know beside its numbers."""
    out = []
    numbers = sorted({n for a in (line.to_date, line.year, line.rag) if a is not None for n in a.corrected})
    if numbers:
        out.append("corrected by an analyst: " + ", ".join(f"#{n}" for n in numbers))
    if line.is_forecast_below_delivered:
        out.append("the forecast is below what is delivered already")
    rag = line.rag
    if rag is not None and rag.certainty == "undecided":
        out.append("RAG open within rounding: " + " or ".join(COLOURS[c] for c in rag.possible))
    if rag is not None and rag.disagrees and rag.printed is not None:
        out.append(f"the paper prints {COLOURS[rag.printed]}")
    if rag is not None and rag.note:
        out.append(rag.note)
    return out


def _total(of: BookBody, place: dict[str, int], top: int, limits: Limits | None) -> list[Value]:
    """The last row: what the rows add up to, as a formula that follows the filter."""
    bottom, row = top + len(of.lines) - 1, top + len(of.lines)
    cells: dict[str, Value] = {
        WHOSE: body(clean(of.organisation)),
        "Scheme": "Total",
        "Code": NOT_APPLICABLE,
        "Workstream": NOT_APPLICABLE,
        ROW_IS: "Total",
    }
    sums = totals(of)

    def summed(heading: str) -> Value:
        column = letters(place[heading])
        return Live(f"=SUBTOTAL({SUM_OF_ROWS},{column}{top}:{column}{bottom})", sums[heading])

    def at(heading: str) -> str:
        return f"{letters(place[heading])}{row}"

    for heading in (PLAN, ACTUAL, VARIANCE, YEAR_PLAN, FORECAST, OUTTURN, YEAR_VARIANCE):
        if heading in place:
            cells[heading] = summed(heading)
    notes = []
    for plan, outcomes, variance, percent in (
        (PLAN, (ACTUAL,), VARIANCE, YIELD),
        (YEAR_PLAN, (FORECAST, OUTTURN), YEAR_VARIANCE, YEAR_YIELD),
    ):
        held = [heading for heading in outcomes if heading in place]
        if plan not in place or not held:
            continue
        with exactly():
            got = sum((sums[heading] for heading in held), ZERO)
            difference = got - sums[plan]
        came = "+".join(at(heading) for heading in held)
        if percent in place:
            came = f"({came})" if len(held) > 1 else came
            cells[percent] = Live(f'=IF({at(plan)}>0,ROUND({came}*1000/{at(plan)},0)/1000,"")', share(sums[plan], got))
        if difference != sums[variance]:
            notes.append(f"{variance}: outcome less plan is {difference:,f}, as some rows lack one of them")
    for heading in (RAG, RAG_WRITTEN, RAG_PRINTED, DOUBTS):
        cells[heading] = NOT_APPLICABLE
    for name, printed, pair in (
        ("to date", of.total, (PLAN, ACTUAL)),
        ("of the year", of.total_year, (YEAR_PLAN, FORECAST)),
    ):
        theirs = (printed.plan, printed.actual) if printed is not None else (None, None)
        if any(value is not None and value != sums[heading] for value, heading in zip(theirs, pair, strict=True)):
            notes.append(f"the total {name} that is printed is another: see Summary")
    cells[NOTES] = "; ".join(notes) or NOT_APPLICABLE
    return [cells.get(heading) for heading in place]


def totals(of: BookBody) -> dict[str, Decimal]:
    """What each column of money adds up to."""
    take: dict[str, Callable[[BookLine], Decimal | None]] = {
        PLAN: lambda line: line.to_date.plan if line.to_date else None,
        ACTUAL: lambda line: line.to_date.actual if line.to_date else None,
        VARIANCE: lambda line: line.to_date.variance if line.to_date else None,
        YEAR_PLAN: lambda line: line.year.plan if line.year else None,
        FORECAST: lambda line: line.year.actual if line.year and not line.is_outturn else None,
        OUTTURN: lambda line: line.year.actual if line.year and line.is_outturn else None,
        YEAR_VARIANCE: lambda line: line.year.variance if line.year else None,
    }
    with exactly():
        return {heading: _sum([of_line(line) for line in of.lines]) for heading, of_line in take.items()}


def _sum(values: Sequence[Decimal | None]) -> Decimal:
    return sum((value for value in values if value is not None), ZERO)
