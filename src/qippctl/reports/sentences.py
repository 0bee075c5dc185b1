"""Sentences made from figures: each says what its figures say and no more. Nothing here says why something happened.

Amounts are in thousands of pounds with as many decimals as the figures of a sentence need; percentages are whole numbers.
An amount that is in doubt is said to be so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from qippctl.calc.board import change
from qippctl.models.answers import VarianceAnswer
from qippctl.models.board import BoardException, BoardMilestones, BoardMovement
from qippctl.models.figure import BASES, MEASURES, Colour
from qippctl.models.finding import Verdict
from qippctl.models.forecasts import ForecastAnswer
from qippctl.models.metrics import IndicatorShare
from qippctl.models.movements import MovementAnswer
from qippctl.models.registers import RiskAnswer
from qippctl.money import plain
from qippctl.reports.words import COLOURS, Money, percent, when

_BASES = {
    "month": "of the month",
    "quarter": "of the quarter",
    "ytd": "to date",
    "year": "of the year",
    "fye": "of a full year",
    "lifetime": "over its life",
}
_QUANTITY = re.compile(rf"\b({'|'.join(MEASURES)})\.({'|'.join(BASES)})\b")


def pounds(value: Decimal, *beside: Decimal | None) -> str:
    """An amount with the decimals that it and those beside it need: `£6,405.5k`; below nought `-£567k`."""
    shown = Money([value, *beside])(value)
    return f"-£{shown[1:]}k" if shown.startswith("-") else f"£{shown}k"


def many(count: int, one: str, more: str | None = None) -> str:
    """`1 scheme`, `3 schemes`; `no scheme` of none."""
    if count == 1:
        return f"1 {one}"
    return f"{count:,} {more or one + 's'}" if count else f"no {one}"


def listed(texts: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} and {texts[-1]}" if texts else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# ---- position --------------------------------------------------------------------------------------------------------


def to_date(a: VarianceAnswer | None, period: str) -> str | None:
    """What is delivered against plan, to the end of a month; None where neither is printed."""
    if a is None or (a.plan is None and a.actual is None):
        return None
    by = f"by {when(period)}"
    if a.actual is None and a.plan is not None:
        return f"{pounds(a.plan)} was planned {by}; what was delivered is not printed"
    if a.actual is None:
        return None
    if a.plan is None:
        return f"{pounds(a.actual)} was delivered {by}; no plan to date is printed"
    said = (
        f"{pounds(a.actual, a.plan, a.variance)} was delivered {by} of {pounds(a.plan, a.actual, a.variance)} planned"
    )
    return said + _held(a) + _off(a)


def year(a: VarianceAnswer | None, period: str) -> str | None:
    """What the year is forecast to come to; None where neither plan nor forecast is printed."""
    if a is None or (a.plan is None and a.actual is None):
        return None
    of = period[:7]
    if a.actual is None and a.plan is not None:
        return f"{pounds(a.plan)} is planned for {of}; no forecast is printed"
    if a.actual is None:
        return None
    if a.plan is None:
        return f"{of} is forecast at {pounds(a.actual)}; no plan is printed"
    said = (
        f"{of} is forecast at {pounds(a.actual, a.plan, a.variance)} of {pounds(a.plan, a.actual, a.variance)} planned"
    )
    return said + _held(a) + _off(a)


def _held(a: VarianceAnswer) -> str:
    """The share of the plan: none of a plan of nought or below."""
    return f" ({percent(a.delivery)}%)" if a.delivery is not None and a.plan is not None and a.plan > 0 else ""


def _off(a: VarianceAnswer) -> str:
    if a.variance is None:
        return ""
    if not a.variance:
        return ", on plan"
    return f", {pounds(abs(a.variance), a.plan, a.actual)} {'short' if a.variance < 0 else 'over'}"


def gap(f: ForecastAnswer | None) -> str | None:
    """The shortfall of the year once unspent investment is set against it, beside the one without; None without both."""
    if f is None or f.gap_to_find is None or f.unmitigated_gap is None or f.gap_to_find == f.unmitigated_gap:
        return None
    both = (f.gap_to_find, f.unmitigated_gap)
    unspent = f.gap_to_find - f.unmitigated_gap
    way = "set against it" if unspent > 0 else "taken from it"
    return (
        f"with {pounds(abs(unspent), *both)} of investment {way} the gap is {pounds(f.gap_to_find, *both)} "
        f"(unmitigated {pounds(f.unmitigated_gap, *both)})"
    )


def headline(
    of_date: VarianceAnswer | None, of_year: VarianceAnswer | None, f: ForecastAnswer | None, period: str
) -> str:
    """The programme in one sentence."""
    parts = [part for part in (to_date(of_date, period), year(of_year, period), gap(f)) if part is not None]
    if not parts:
        return "The papers print no total for the programme."
    known = [a for a in (of_date, of_year) if a is not None]
    doubt = " (a figure of this is in doubt)" if any(a.doubts for a in known) else ""
    return _capital("; ".join(parts)) + doubt + "."


# ---- colours and exceptions ------------------------------------------------------------------------------------------


def colours(found: Mapping[Colour, int], without: int, *, of: str = "scheme") -> str:
    """How many schemes have each colour: `Of 15 schemes 5 are red and 8 green; 2 have no plan to be rated against.`"""
    rated = sum(found.values())
    if not rated and not without:
        return f"No {of} is reported."
    if not rated:
        return f"{_capital(many(without, of))} {'is' if without == 1 else 'are'} reported; none can be rated."
    if len(found) == 1 and not without:
        colour = COLOURS[next(iter(found))].lower()
        return f"The one {of} is {colour}." if rated == 1 else f"All {rated} {of}s are {colour}."
    parts = [f"{count} {COLOURS[colour].lower()}" for colour, count in found.items()]
    verb = "is" if next(iter(found.values())) == 1 else "are"
    parts[0] = parts[0].replace(" ", f" {verb} ", 1)
    rest = f"; {without} cannot be rated" if without else ""
    return f"Of {many(rated + without, of)} {listed(parts)}{rest}."


def exceptions(found: Mapping[Colour, int], by_forecast: int) -> str:
    """How many schemes are red and amber, and how many more are short by their forecast alone."""
    red, amber = found.get("red", 0), found.get("amber", 0)
    more = f"{by_forecast} {'is' if by_forecast == 1 else 'are'} short by the forecast of the year"
    if not red and not amber:
        return f"No scheme is red or amber{f'; {more}' if by_forecast else ''}."
    said = f"{many(red, 'scheme')} {'is' if red <= 1 else 'are'} red and {amber or 'none'} amber"
    return _capital(said) + (f"; of the others {more}" if by_forecast else "") + "."


def largest(found: Sequence[BoardException], *, span: str = "to date") -> str | None:
    """The scheme with the largest shortfall; None where nothing is short."""
    short = [(v.variance, e) for e in found if (v := _judged(e, span)) is not None and v.variance and v.variance < 0]
    if not short:
        return None
    variance, one = short[0]
    answer = _judged(one, span)
    doubt = " (in doubt)" if answer is not None and answer.doubts else ""
    lead = "The largest shortfall" if len(short) > 1 else "The shortfall"
    beside = (answer.plan, answer.actual) if answer is not None else ()
    return f"{lead} {span} is that of {one.name}: {pounds(abs(variance), *beside)}{doubt}."


def _judged(one: BoardException, span: str) -> VarianceAnswer | None:
    return one.to_date if span == "to date" else one.year


# ---- movement --------------------------------------------------------------------------------------------------------


def bridge(m: BoardMovement) -> str:
    """From one month to the next, and what is known of the parts of the change."""
    span = f"{when(m.from_period)} to {when(m.to_period)}"
    t = m.total
    if t is None or t.variance_from is None or t.variance_to is None:
        return f"From {span}: the papers do not print the programme's variance to date at both ends."
    by = change(t) or Decimal(0)
    both = (t.variance_from, t.variance_to)
    went = f"the variance to date went from {pounds(t.variance_from, *both)} to {pounds(t.variance_to, *both)}"
    if not by:
        return f"From {span} the variance to date stayed at {pounds(t.variance_to)}."
    parts = [f"{said} {pounds(value, *both)}" for said, value in parts_of(t) if value]
    told = f": {listed(parts)}" if parts else ""
    return f"From {span} {went}{told}."


def parts_of(t: MovementAnswer) -> list[tuple[str, Decimal | None]]:
    """The parts of a change of variance by their names."""
    return [
        ("delivery against plan", t.delivery),
        ("re-phasing", t.rephasing),
        ("restatement", t.restatement),
        ("new and gone schemes", t.new_and_gone),
        ("not told apart", t.untold),
    ]


def unknown_parts(t: MovementAnswer) -> str | None:
    """What of the change is not known, and so stands within delivery; None where all is."""
    parts = []
    if t.delivery is not None and t.rephasing is None:
        parts.append("re-phasing (the earlier paper prints no monthly plan)")
    if t.delivery is not None and t.restatement is None:
        parts.append("restatement (the later paper prints no earlier month again)")
    return f"Not known, and so within delivery: {listed(parts)}." if parts else None


def moved(answers: Iterable[MovementAnswer]) -> str:
    """How many schemes' colours got better or worse, and how many came or went."""
    arrows = [a.arrow for a in answers]
    said = (("worsening", "got worse"), ("improving", "got better"), ("new", "new"), ("gone", "gone"))
    parts = []
    for arrow, words in said:
        count = arrows.count(arrow)  # type: ignore[arg-type]
        if count:
            verb = "" if words.startswith("got") else "is " if count == 1 else "are "
            parts.append(f"{count} {verb}{words}")
    return (
        f"By colour and name of schemes: {listed(parts)}." if parts else "No scheme changed its colour, came or went."
    )


# ---- the year --------------------------------------------------------------------------------------------------------


def rate(f: ForecastAnswer) -> str | None:
    """What is delivered a month, and what the plan still needs; None where neither is known."""
    parts = []
    if f.run_rate is not None:
        assumed = " (assumed: nothing printed shows when it began)" if f.is_since_assumed else ""
        parts.append(f"{pounds(f.run_rate, f.required_rate)} a month was delivered since {when(f.since)}{assumed}")
    if f.required_rate:
        parts.append(f"{pounds(f.required_rate, f.run_rate)} a month is needed from now on to meet the plan")
    elif f.required_rate is not None:
        parts.append("the plan of the year is met")
    return _capital("; ".join(parts)) + "." if parts else None


def plan_cases(f: ForecastAnswer) -> str | None:
    """The plan of the year in the cases that papers print; None where they print none."""
    known = [(case, value) for case, value in f.cases.printed.items() if case in ("upper", "realistic")]
    beside = [value for _, value in known]
    parts = [f"{case} {pounds(value, *beside)}" for case, value in known]
    return f"The plan of the year in cases: {listed(parts)}." if parts else None


def below_delivered(names: Sequence[str]) -> str | None:
    """Schemes whose forecast of the year is less than what they have delivered already; None where there is none."""
    if not names:
        return None
    verb = "is" if len(names) == 1 else "are"
    count = _capital(many(len(names), "forecast of the year", "forecasts of the year"))
    return f"{count} {verb} below what is delivered already: {listed(names)}."


# ---- registers -------------------------------------------------------------------------------------------------------


def milestones(m: BoardMilestones, at: str) -> str:
    """How milestones stand at a day."""
    words = {
        "overdue_no_status": "overdue with no status",
        "overdue": "missed",
        "due": "due",
        "not_due": "not yet due",
        "undated": "without a date",
        "done_late": "achieved late",
        "done": "achieved",
    }
    parts = [f"{count} {words[state]}" for state, count in m.counts.items()]
    return f"At {at}, of {many(sum(m.counts.values()), 'milestone')}: {listed(parts)}." if parts else ""


def milestone_colours(found: Mapping[Colour, int]) -> str:
    """How many schemes have each colour for their milestones."""
    parts = [f"{count} {COLOURS[colour].lower()}" for colour, count in found.items()]
    return f"By their milestones, of {many(sum(found.values()), 'scheme')}: {listed(parts)}."


def risks(found: Sequence[RiskAnswer], closed: int) -> str:
    """How many risks are open, and the highest score."""
    scores = [r.score_value for r in found if r.score_value is not None]
    top = f"; the highest score is {max(scores)}" if scores else ""
    also = f"; {closed} closed" if closed else ""
    verb = "is" if len(found) == 1 else "are"
    return f"{_capital(many(len(found), 'risk'))} {verb} open{top}{also}."


def indicators(share: IndicatorShare) -> str:
    """How many indicators are on target, beside what cannot be decided and what the paper says itself."""
    near = f", {share.broadly_count} broadly on target" if share.broadly_count else ""
    said = (
        f"{share.on_target_count} on target{near}, {share.off_target_count} off target, "
        f"{share.undecided} cannot be decided"
    )
    told = [f"{plain(s.actual)}%" for s in share.stated if s.actual is not None]
    own = f"; the paper itself reports {listed(told)} on target" if told else ""
    rated = f" ({plain(share.share)}% of the {share.decided} decided)" if share.share is not None else ""
    return f"Of {many(share.indicators, 'indicator')}: {said}{rated}{own}."


# ---- the audit -------------------------------------------------------------------------------------------------------


def audit(v: Verdict) -> str:
    """What holding the papers against themselves came to."""
    if not v.papers:
        return "No paper of this body was held against itself."
    counts = [many(v.errors, "error"), many(v.warnings, "warning")]
    decisions = f", {many(v.decision_errors, 'decision error')} among them" if v.decision_errors else ""
    return (
        f"Of {v.checked:,} statements of the papers that were held against each other, {v.exact + v.rounding:,} hold "
        f"exactly or within rounding; {listed(counts)} {'is' if v.errors + v.warnings == 1 else 'are'} open{decisions}."
    )


def in_words(message: str) -> str:
    """A finding's message with `plan.year` said as `plan of the year`.

    >>> in_words("Total: actual.ytd printed 9, its schemes give 17")
    'Total: actual to date printed 9, its schemes give 17'
    """
    return _QUANTITY.sub(lambda m: f"{m[1].replace('_', ' ')} {_BASES[m[2]]}", message)
