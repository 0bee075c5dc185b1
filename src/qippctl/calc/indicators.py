"""Whether indicators are on target: by the target's words, its baseline and what was reached; else why nobody can say.

    threshold        = the level that the target names; else baseline x (1 + change / 100), or baseline + change
    on target        = every target met; off target = none met; else it cannot be decided
    months in arrears = month of the report - month of the data

Which way is better is taken from the target's words; else from the indicator's name; else from a target above its baseline, or
below it, which a percentage below its baseline does not say: it may be a floor that is kept. It is never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import product
from typing import Literal

from qippctl.calc.measured import Measured, Number, measured, numbers, says_nothing
from qippctl.calc.targets import MOST_LINES, Comparison, Target, compared_in, targets
from qippctl.models.metrics import Certainty, IndicatorAnswer, IndicatorShare, IndicatorTarget, StatedShare
from qippctl.models.policy import MetricRule
from qippctl.models.records import Indicator
from qippctl.money import ZERO, Interval, exactly, plain, squeeze
from qippctl.period import MONTHS_OF_YEAR, Period, find_mention, find_year

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")
From = Literal["target", "name", "baseline"]
_RISING_NAME = re.compile(r"^(?:to )?(?:increase|raise|maximise)\b|\bwill (?:increase|rise|grow)\b")
_FALLING_NAME = re.compile(r"^(?:to )?(?:reduce|decrease|lower|minimise|cut)\b|\bwill (?:reduce|decrease|fall)\b")
_PROMISE = re.compile(r"\b(?:will be|ensure|achieve|deliver|completion|demonstrates?)\b")
_BAD = re.compile(
    r"\b(?:deaths?|died?|wait\w{0,4}|cancel\w{0,6}|breach\w{0,3}|readmi\w{0,8}|late|missed|lost|delay\w{0,3}|not|red|spend|cost)\b"
)
_ARREARS = re.compile(
    r"\b([0-9]{1,2}|one|two|three|four|five|six|nine|twelve|an?)[\s-]{0,3}(month|quarter)s?['’]?[\s-]{1,3}(?:in|is|of)?\s?"
    r"(?:arrears|behind|lag)\b",
    re.IGNORECASE,
)
_SPOKEN = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "nine": 9, "twelve": 12}
_SHARE = re.compile(
    r"%.{0,60}\b(?:performance|indicators?|metrics|targets|measures)\b.{0,60}\b(?:green|on target)\b", re.IGNORECASE
)
_YEAR_BEGINS = re.compile(r"(?<=\s)(?=(?:19|20)?[0-9]{2}[/-][0-9]{2})")
CHANGE_NAMED = re.compile(
    r"\b(?:(?P<rise>increase|rise|grow)|(?P<fall>reduce|reduction|decrease|fall))[a-z]{0,2}\b[^.%]{0,40}?\bby "
    r"(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,2})?) ?%",
    re.IGNORECASE,
)
_CUMULATIVE = re.compile(
    r"\bcumulative (?:total|figure)\b[^0-9.]{0,20}(?P<total>[0-9][0-9,]{0,11}(?:\.[0-9]{1,2})?)", re.IGNORECASE
)
_SPANS = {"week": 0, "month": 1, "quarter": 3}


@dataclass(frozen=True, slots=True)
class Baseline:
    """A baseline as printed, what it measures, and whether its period is a month."""

    text: str
    measured: Measured
    of_month: bool = False


@dataclass(frozen=True, slots=True)
class Read:
    """An indicator with what its ledger knows of it: period, paper, the report's month, figures, what analysts put right."""

    record: Indicator
    paper_number: int
    period: str | None = None
    report_month: Period | None = None
    texts: Mapping[str, str] | None = None
    sources: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    corrected: tuple[int, ...] = ()
    dated: str | None = None


@dataclass(frozen=True, slots=True)
class _Judged:
    """Whether a target is met. `missed_by`: percent of the threshold."""

    met: bool | None
    certainty: Certainty = "none"
    why: str | None = None
    missed_by: Decimal | None = None


def answer(read: Read, rule: MetricRule | None = None, policy: str | None = None) -> IndicatorAnswer:
    """An indicator, judged."""
    record = read.record
    texts = read.texts or {}
    actual_text = texts.get("actual", record.actual)
    found = targets(texts.get("target", record.target))
    actual = measured(actual_text)
    data = data_month(record.actual_period, read.dated)
    own = baselines(texts.get("baseline", record.baseline), record.baseline_period)
    judged = [
        _target(one, baseline, actual, record, data)
        for one, baseline in zip(found, _paired(found, own), strict=True)
        if not one.is_blank
    ]
    on_target, certainty, why = _together([result for _, result in judged], actual_text, actual, bool(found))
    against = _gainsaid(record, found, own, actual)
    if on_target is not None and against is not None:
        on_target, certainty, why = None, "none", against
    missed = [result.missed_by for _, result in judged]
    is_near = rule is not None and all(by is not None and by <= rule.broadly_within for by in missed)
    stated = arrears(record.frequency)
    old = _months(read.report_month, data)
    return IndicatorAnswer(
        **{name: getattr(record, name) for name in Indicator.model_fields if name not in ("type", "doubts")},
        doubts=tuple(dict.fromkeys((*record.doubts, *read.doubts))),
        period=read.period,
        paper_number=read.paper_number,
        targets=tuple(shown for shown, _ in judged),
        actual_value=actual.value if actual is not None else None,
        actual_unit=actual.unit if actual is not None else None,
        is_forecast=actual is not None and actual.is_forecast,
        on_target=on_target,
        certainty=certainty,
        rag=None if on_target is None else "green" if on_target else "amber" if is_near else "red",
        policy=policy if rule is not None else None,
        why=why,
        note="; ".join(_notes(judged, actual, on_target)) or None,
        data_month=str(data) if data is not None else None,
        report_month=str(read.report_month) if read.report_month is not None else None,
        arrears_stated=stated,
        arrears_actual=old,
        late=old > stated if old is not None and stated is not None else None,
        is_about_share=_SHARE.search(record.name) is not None,
        sources=read.sources,
        corrected=read.corrected,
    )


def _gainsaid(
    record: Indicator, found: Sequence[Target], own: Sequence[Baseline | None], actual: Measured | None
) -> str | None:
    """What the indicator's own words say against its numbers: then nobody can tell which of them is meant.

    A name that promises a change of the baseline which the one target does not come to; a comment that gives another total
    to date than the actual.
    """
    promised = CHANGE_NAMED.search(record.name)
    levels = [one.level for one in found if one.level is not None]
    base = own[0].measured if len(own) == 1 and own[0] is not None else None
    if promised is not None and len(levels) == 1 and base is not None:
        sign = -1 if promised["fall"] else 1
        with exactly():
            due = base.value * (1 + sign * Decimal(promised["percent"]) / HUNDRED)
            slack = max(abs(due) / HUNDRED, Decimal(1))
            is_other = abs(due - levels[0]) > slack
        if is_other:
            said = f"{promised['percent']}% from {plain(base.value)}, which is {plain(due)}"
            return f"its name speaks of {said}; its target is {plain(levels[0])}"
    summed = _CUMULATIVE.search(record.comment or "")
    if summed is not None and actual is not None and actual.is_whole_number:
        total = Decimal(summed["total"].replace(",", ""))
        if total != actual.value:
            return f"the comment gives a cumulative total of {plain(total)} beside {plain(actual.value)}"
    return None


def baselines(text: str | None, period: str | None) -> list[Baseline | None]:
    """The baselines of a cell with the period of each: a line each, or several numbers one after the other."""
    if text is None or says_nothing(text):
        return []
    lines = [squeeze(line) for line in text.split("\n") if squeeze(line)]
    if len(lines) == 1 and len(words := lines[0].split()) > 1 and all(measured(word) for word in words):
        lines = words
    if len(lines) > MOST_LINES:
        return []
    periods = [squeeze(line) for line in (period or "").split("\n") if squeeze(line)]
    if len(periods) == 1 and len(lines) > 1:
        periods = [part.strip() for part in _YEAR_BEGINS.split(periods[0])]
    of_each = periods if len(periods) == len(lines) else [periods[0] if len(periods) == 1 else ""] * len(lines)
    out: list[Baseline | None] = []
    for line, dated in zip(lines, of_each, strict=True):
        value = measured(line)
        mention = find_mention(dated)
        said = f"{line}, {dated}" if dated else line
        of_month = mention is not None and bool(mention.month) and find_year(dated) is None
        out.append(Baseline(said, value, of_month) if value is not None and not value.is_open else None)
    return out


def _paired(found: Sequence[Target], own: Sequence[Baseline | None]) -> list[Baseline | None]:
    """The baseline of each target: its own of as many, the only one, or the one that its change was reckoned from."""
    if len(own) == len(found):
        return list(own)
    if len(own) == 1:
        return list(own) * len(found)
    out: list[Baseline | None] = []
    for one in found:
        fits = [b for b in own if b is not None and one.level is not None and _agrees(one, _changed(one, b.measured))]
        out.append(fits[0] if len(fits) == 1 else None)
    return out


def _target(
    one: Target, baseline: Baseline | None, actual: Measured | None, record: Indicator, data: Period | None
) -> tuple[IndicatorTarget, _Judged]:
    """A target as it is shown, and whether it is met."""
    base = baseline.measured if baseline is not None else None
    comparison, source, open_why = _direction(one, base, actual, record.name)
    changed = _changed(one, base) if one.change is not None and base is not None else []
    worked = changed[0] if changed else None
    thresholds = _thresholds(one, base, changed)
    result = _judge(one, comparison, thresholds, baseline, actual, data, open_why)
    at = one.level if one.level is not None else thresholds[0].middle if thresholds else None
    return (
        IndicatorTarget(
            text=one.text,
            value=one.value,
            direction=one.direction
            or (None if comparison is None else "at_least" if comparison in ("at_least", "above") else "at_most"),
            direction_from=source,
            unit=one.unit or (base.unit if base is not None and one.is_against_baseline else None),
            comparison=comparison,
            threshold=at,
            worked_out=worked.middle if worked is not None else None,
            baseline=base.value if base is not None else None,
            baseline_text=baseline.text if baseline is not None else None,
            met=result.met,
            certainty=result.certainty,
            why=result.why,
        ),
        result,
    )


@dataclass(frozen=True, slots=True)
class _Threshold:
    """What is to be reached, and every value that it may be at the printed precision."""

    middle: Decimal
    span: Interval


def _changed(one: Target, base: Measured | None) -> list[_Threshold]:
    """A baseline changed as a target says. A percent of a percentage may be meant in points as well: then there are two."""
    if one.change is None or base is None or base.is_open:
        return []
    with exactly():
        points = _Threshold(
            base.value + one.change, Interval(base.interval.low + one.change, base.interval.high + one.change)
        )
        if one.change_unit == "amount":
            return [points] if one.unit == base.unit or one.level is not None else []
        if one.change_unit == "points":
            return [points] if base.unit == "percent" else []
        factor = 1 + one.change / HUNDRED
        ends = sorted((base.interval.low * factor, base.interval.high * factor))
        relative = _Threshold(base.value * factor, Interval(ends[0], ends[1]))
    return [relative, points] if base.unit == "percent" else [relative]


def _agrees(one: Target, changed: Sequence[_Threshold]) -> bool:
    """Whether a level is what the change makes of the baseline, at the printed precision."""
    half = one.step / 2
    return one.level is not None and any(
        one.level >= c.span.low - half and one.level <= c.span.high + half for c in changed
    )


def _thresholds(one: Target, base: Measured | None, changed: Sequence[_Threshold]) -> list[_Threshold]:
    """Every value that a target may ask for; where a level and a change do not agree, both."""
    if one.level is not None:
        level = _Threshold(one.level, Interval(one.level, one.level))
        return [level] if not changed or _agrees(one, changed) else [level, *changed]
    if one.change is not None:
        return list(changed)
    return [_Threshold(base.value, base.interval)] if one.is_against_baseline and base is not None else []


def _direction(
    one: Target, base: Measured | None, actual: Measured | None, name: str
) -> tuple[Comparison | None, From | None, str | None]:
    """How a target binds, what says so, and why nothing does."""
    if one.comparison is not None:
        return one.comparison, "target", None
    if one.level is None:
        return None, None, one.why
    named = _by_name(one, base, name)
    if named is not None:
        return named, "name", None
    if one.level == ZERO:
        return "at_most", "target", None
    if one.unit == "percent" and one.level == HUNDRED and all(m is None or m.value <= HUNDRED for m in (base, actual)):
        return "at_least", "target", None
    if base is None or base.unit != one.unit or base.is_open or base.value == one.level:
        return None, None, "direction not stated"
    if one.level > base.value:
        return "at_least", "baseline", None
    if one.unit == "percent":
        return None, None, "direction not stated: a percentage below its baseline may be a floor or a cut"
    return "at_most", "baseline", None


def _by_name(one: Target, base: Measured | None, name: str) -> Comparison | None:
    """The direction that an indicator's name says: reduce ..., will increase; or by promising the very number."""
    said = squeeze(name).lower()
    if base is not None and base.unit == one.unit:
        rises, falls = _RISING_NAME.search(said), _FALLING_NAME.search(said)
        if bool(rises) != bool(falls):
            return "at_least" if rises else "at_most"
    promised = [n for n in numbers(said) if n.value == one.level and n.unit == one.unit == "percent"]
    if len(promised) != 1:
        return None
    return _promised(said, promised[0])


def _promised(said: str, number: Number) -> Comparison | None:
    comparison, is_open = compared_in(said, number)
    if comparison is not None or is_open:
        return comparison
    return "at_least" if _PROMISE.search(said) and not _BAD.search(said[number.end :]) else None


def _judge(
    one: Target,
    comparison: Comparison | None,
    thresholds: Sequence[_Threshold],
    baseline: Baseline | None,
    actual: Measured | None,
    data: Period | None,
    open_why: str | None,
) -> _Judged:
    if one.why is not None:
        return _Judged(None, why=one.why)
    if actual is None:
        return _Judged(None)
    unit = one.unit if one.level is not None or one.change_unit in ("amount", "points") else None
    base = baseline.measured if baseline is not None else None
    unit = unit or (base.unit if base is not None else None)
    if not thresholds:
        return _Judged(None, why="no baseline that the target could be worked out from")
    reached = _in_unit(actual, unit)
    if reached is None:
        return _Judged(None, why=f"the target is in {unit}, the actual in {actual.unit}")
    if comparison is None:
        level = thresholds[0].middle
        if not reached.is_open and reached.value == level:
            return _Judged(True, "certain" if reached.step == 0 else "undecided")
        return _Judged(None, why=open_why or "direction not stated")
    met = {_met(comparison, reached.value, t.middle) for t in thresholds}
    open_end = _open_against(reached, comparison)
    if len(met) > 1:
        return _Judged(None, why=_disagreement(one, thresholds))
    (is_met,) = met
    if open_end is not None and is_met != open_end:
        return _Judged(None, why=f"the actual is printed as {'or more' if reached.is_least else 'or less'}")
    if not _also_by_year(comparison, reached, one, thresholds, baseline, data, is_met):
        return _Judged(None, why=_part_of_year(data))
    if not is_met and one.due is not None and (data is None or data < one.due):
        return _Judged(None, why=f"not met yet, and due by {one.due}")
    possible = _possible(comparison, reached, thresholds)
    certainty: Certainty = "certain" if len(possible) == 1 else "undecided"
    return _Judged(is_met, certainty, missed_by=ZERO if is_met else _missed_by(reached.value, thresholds))


def _in_unit(actual: Measured, unit: str | None) -> Measured | None:
    """What was reached, in the unit of the target; None where it is in another."""
    if unit == "percent" and actual.whole is not None and actual.whole > 0:
        with exactly():
            share = HUNDRED * actual.value / actual.whole
        return replace(actual, value=share, unit="percent", step=ZERO)
    return actual if unit is None or actual.unit == unit else None


def _met(comparison: Comparison, value: Decimal, threshold: Decimal) -> bool:
    if comparison in ("at_least", "at_most") and value == threshold:
        return True
    return value > threshold if comparison in ("at_least", "above") else value < threshold


def _open_against(reached: Measured, comparison: Comparison) -> bool | None:
    """What an open actual (2000+, <5) can only show: that a floor is met, or that a ceiling is not; None where it is not open."""
    if not reached.is_open:
        return None
    return (comparison in ("at_least", "above")) == reached.is_least


def _possible(comparison: Comparison, reached: Measured, thresholds: Sequence[_Threshold]) -> set[bool]:
    """Whether it is met at every value within the printed precision."""
    ends = (reached.interval.low, reached.interval.high)
    return {_met(comparison, end, limit) for end, t in product(ends, thresholds) for limit in (t.span.low, t.span.high)}


def _also_by_year(
    comparison: Comparison,
    reached: Measured,
    one: Target,
    thresholds: Sequence[_Threshold],
    baseline: Baseline | None,
    data: Period | None,
    is_met: bool,
) -> bool:
    """Whether a count of part of the year says the same were it to go on at its rate for twelve months.

    Papers do not say whether a count is of a month, to date, or as things stand; where it matters nobody can decide.
    """
    is_count = reached.is_whole_number and not reached.is_forecast and reached.value > 0
    of_whole = one.step >= 1 and (one.level is not None or baseline is None or baseline.measured.step >= 1)
    if not is_count or not of_whole or one.span in _SPANS or (baseline is not None and baseline.of_month):
        return True
    months = data.month if data is not None and data.month else 1
    with exactly():
        year = reached.value * MONTHS_OF_YEAR / months
    return {_met(comparison, year, t.middle) for t in thresholds} == {is_met}


def _part_of_year(data: Period | None) -> str:
    if data is None or not data.month:
        return "a count whose month is not printed: as it stands and by the year's rate it comes out differently"
    return (
        f"a count of {data.month} of 12 months, perhaps: as it stands and by the year's rate it comes out differently"
    )


def _missed_by(value: Decimal, thresholds: Sequence[_Threshold]) -> Decimal | None:
    """By how much the hardest threshold is missed, in percent of it."""
    if any(t.middle == 0 for t in thresholds):
        return None
    with exactly():
        return max(abs(value - t.middle) * HUNDRED / abs(t.middle) for t in thresholds)


def _disagreement(one: Target, thresholds: Sequence[_Threshold]) -> str:
    either = " or ".join(plain(t.middle) for t in thresholds)
    return f'"{squeeze(one.text)}" may mean {either}'


def _together(
    judged: Sequence[_Judged], actual_text: str | None, actual: Measured | None, has_target: bool
) -> tuple[bool | None, Certainty, str | None]:
    """What all targets come to: on target where all are met, off it where none is."""
    if not judged:
        return None, "none", "no target is set" if has_target else "no target is printed"
    if actual is None:
        said = (
            "no actual is printed"
            if says_nothing(actual_text)
            else f'"{squeeze(actual_text or "")[:60]}" is no single number'
        )
        return None, "none", next((j.why for j in judged if j.why), None) or said
    results = [j.met for j in judged]
    if None not in results and len(set(results)) == 1:
        return results[0], "certain" if all(j.certainty == "certain" for j in judged) else "undecided", None
    reasons = list(dict.fromkeys(j.why for j in judged if j.why))
    if len(judged) == 1:
        return None, "none", reasons[0]
    counted = _of_several(results)
    return None, "none", "; ".join([counted, *reasons])


def _of_several(results: Sequence[bool | None]) -> str:
    """How many of several targets are met.

    >>> _of_several([True, False]), _of_several([False, None, None])
    ('of two targets it meets one', 'of 3 targets it meets none, and 2 cannot be decided')
    """
    words = {0: "none", 1: "one", 2: "two"}
    met, unknown = results.count(True), results.count(None)
    said = f"of {words.get(len(results), len(results))} targets it meets {words.get(met, met)}"
    return said + (f", and {words[1] if unknown == 1 else unknown} cannot be decided" if unknown else "")


def _notes(
    judged: Sequence[tuple[IndicatorTarget, _Judged]], actual: Measured | None, on_target: bool | None
) -> list[str]:
    """What a reader should know besides: targets of their own, changes worked out, forecasts, rounding."""
    notes = []
    if len(judged) > 1:
        notes.append(_of_several([result.met for _, result in judged]))
    for shown, _ in judged:
        if shown.worked_out is not None and shown.baseline is not None:
            printed = shown.threshold if shown.threshold != shown.worked_out else None
            beside = f", printed {plain(printed)}" if printed is not None else ""
            notes.append(f"from baseline {plain(shown.baseline)} it is {plain(shown.worked_out)}{beside}")
        if shown.direction_from in ("baseline", "name"):
            by = "its baseline" if shown.direction_from == "baseline" else "the indicator's name"
            notes.append(f"{(shown.comparison or '').replace('_', ' ')} {plain(shown.threshold or ZERO)}, by {by}")
    if actual is not None and actual.is_forecast:
        notes.append("the actual is a forecast of the year")
    if on_target is not None and any(result.certainty == "undecided" for _, result in judged):
        notes.append("rounding leaves it open")
    return list(dict.fromkeys(notes))


def arrears(frequency: str | None) -> int | None:
    """Months in arrears that a paper states; None where it states none.

    >>> [arrears(said) for said in ("Monthly (2 months in arrears)", "1 Month is arrears", "Monthly", "a quarter in arrears")]
    [2, 1, None, 3]
    """
    found = _ARREARS.search((frequency or "")[:400])
    if found is None:
        return None
    word = found[1].lower()
    count = int(word) if word.isdigit() else _SPOKEN[word]
    return count * (3 if found[2].lower() == "quarter" else 1)


def data_month(text: str | None, dated: str | None = None) -> Period | None:
    """The month of an actual as its cell says it, else the period that its figure has; None where neither names a month."""
    mention = find_mention(text) if text else None
    if mention is not None and mention.start is not None and mention.month:
        return Period(mention.start, mention.month)
    found = Period.parse(dated) if dated else None
    return found if found is not None and found.month else None


def _months(report: Period | None, data: Period | None) -> int | None:
    """Months from one month to another."""
    if report is None or data is None or not report.month or not data.month:
        return None
    return (report.start - data.start) * MONTHS_OF_YEAR + report.month - data.month


def share(organisation: str | None, period: str | None, answers: Sequence[IndicatorAnswer]) -> IndicatorShare:
    """How many are on or broadly on target. An indicator that states this share itself is shown beside ours, not counted."""
    counted = [a for a in answers if not a.is_about_share]
    on, near, off = (sum(1 for a in counted if a.rag == colour) for colour in ("green", "amber", "red"))
    decided = on + near + off
    undecided = len(counted) - decided
    return IndicatorShare(
        organisation=organisation,
        period=period,
        indicators=len(counted),
        decided=decided,
        undecided=undecided,
        on_target_count=on,
        broadly_count=near,
        off_target_count=off,
        share=_percent(on + near, decided),
        share_least=_percent(on + near, len(counted)),
        share_most=_percent(on + near + undecided, len(counted)),
        late=sum(1 for a in counted if a.late),
        stated=tuple(
            StatedShare(
                name=a.name,
                target=a.targets[0].threshold if len(a.targets) == 1 else None,
                actual=a.actual_value,
                paper=a.paper,
                page=a.page,
                table=a.table,
                row=a.row,
            )
            for a in answers
            if a.is_about_share
        ),
        doubted=sum(1 for a in counted if a.doubts),
    )


def _percent(part: int, whole: int) -> Decimal | None:
    return (HUNDRED * part / Decimal(whole)).quantize(TENTH, ROUND_HALF_UP) if whole else None
