"""Lists of reasons for a shortfall, held against the shortfall that the paper's tables give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from qippctl.audit.catalogue import Breach, Held, Told, also
from qippctl.audit.material import Material
from qippctl.audit.stated import Sentence
from qippctl.audit.stated.reading import added, spread
from qippctl.calc.spoken import Spoken
from qippctl.models.figure import Figure
from qippctl.models.records import Claim
from qippctl.money import exactly, grouped, plain
from qippctl.period import Period

FEWEST = 4
# How many sentences above a list may say what it is of.
ABOVE = 3
_REASON = re.compile(
    r"\s?(?:shortfall |slippage |variance |underachievement )?"
    r"(?:relat(?:es|ing) to|due to|in respect of|owing to|attributable to)\b",
    re.IGNORECASE,
)
_LEAD = re.compile(r"^[\s•·▪○*–-]*$")
_YEAR = re.compile(r"\b20[0-9]{2}\s?[/–-]\s?(?:20)?[0-9]{2}\b")
_FORECAST = re.compile(r"\b(?:forecast|outturn)", re.IGNORECASE)


@also("QP702")
def reasons_beyond_the_gap(of: Material) -> Iterator[Told]:
    """Reasons for what a forecast falls short of its plan come to more than that: £2.1m, £1.8m and £1.4m of a gap of £4m."""
    running = [Sentence(c.text, c.page) for c in of.records(Claim) if c.table is None and not getattr(c, "part", None)]
    for start, reasons in _lists(running):
        above = " ".join(sentence.text for sentence in running[max(0, start - ABOVE) : start])
        gap = _gap(of, above) if _FORECAST.search(above) else None
        if gap is None:
            continue
        plan, forecast = gap
        with exactly():
            stated = added([spread(said) for said in reasons])
            short = plan.interval - forecast.interval
            total, size = sum((said.value for said in reasons), Decimal(0)), plan.value - forecast.value
        if size <= 0:
            continue
        if stated.low <= short.high:
            yield Held(total == size)
            continue
        yield _breach(reasons, running[start], (plan, forecast), total, size)


def _lists(running: Sequence[Sentence]) -> Iterator[tuple[int, list[Spoken]]]:
    """Sentences that follow each other and begin with the amount that they give a reason for."""
    start, reasons = 0, list[Spoken]()
    for k, sentence in enumerate((*running, Sentence(""))):
        first = sentence.said[0] if sentence.said else None
        if (
            first
            and first.unit == "GBP"
            and _LEAD.match(sentence.text[: first.start])
            and _REASON.match(sentence.after(0))
        ):
            start = start if reasons else k
            reasons.append(first)
            continue
        if len(reasons) >= FEWEST:
            yield start, reasons
        reasons = []


def _gap(of: Material, above: str) -> tuple[Figure, Figure] | None:
    """The programme's plan and forecast of the year that is named last above a list; None where tables give several."""
    named = _YEAR.findall(above)
    year = Period.parse(named[-1]) if named else None
    if year is None:
        return None
    found: dict[tuple[Decimal, Decimal], tuple[Figure, Figure]] = {}
    for figures in of.tables.values():
        totals = [
            f for f in figures if f.role == "total" and f.subject == "savings" and f.unit == "GBP" and f.case is None
        ]
        of_year = [f for f in totals if f.basis == "year" and f.period == str(year) and not f.doubts]
        for plan in of_year:
            for forecast in of_year:
                if (plan.measure, forecast.measure) == ("plan", "forecast") and plan.row == forecast.row:
                    found.setdefault((plan.value, forecast.value), (plan, forecast))
    return next(iter(found.values())) if len(found) == 1 else None


def _breach(
    reasons: Sequence[Spoken], first: Sentence, gap: tuple[Figure, Figure], total: Decimal, size: Decimal
) -> Breach:
    unit = max(said.scale for said in reasons)
    with exactly():
        printed, recomputed, beyond = (plain(value / unit) for value in (total, size, total - size))
    return Breach(
        message=f"{len(reasons)} reasons for a shortfall come to {grouped(printed)}; plan less forecast is {grouped(recomputed)}",
        printed=printed,
        recomputed=recomputed,
        difference=beyond,
        figures=tuple(figure.id for figure in gap),
        page=first.page,
        where=f"list of {len(reasons)} reasons",
        text=first.text,
        severity="warning",
        key="reasons",
        is_bound=True,
    )
