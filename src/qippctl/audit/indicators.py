"""Indicators against themselves: two values of one, and targets that do not follow from their own rule."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from qippctl.audit.agreeing import is_cut_from
from qippctl.audit.catalogue import Breach, Held, Told, also, rule
from qippctl.audit.doubted import doubts_of
from qippctl.audit.material import Material
from qippctl.audit.wording import shortened
from qippctl.calc.indicators import CHANGE_NAMED, HUNDRED, baselines
from qippctl.calc.measured import LONGEST, Measured, measured, numbers
from qippctl.calc.positions import normal_name
from qippctl.calc.spoken import numbers as spoken
from qippctl.calc.targets import Target, targets
from qippctl.models.finding import Severity
from qippctl.models.records import Indicator
from qippctl.money import Interval, exactly, grouped, interval, plain

_NUMBER = r"(?P<number>[0-9][0-9,]{0,11}(?:\.[0-9]{1,2})?\s?%?)"
_SAID = re.compile(
    rf"\b(?P<what>(?:cumulative|year[ -]to[ -]date|ytd) (?:total|figure|average))\b(?: (?:of|is|was)|[:=])? ?{_NUMBER}",
    re.IGNORECASE,
)
_CURRENT = re.compile(
    rf"\bcurrent (?:performance|position|score|rate|value)(?: (?:is|stands at)|[:=]) ?{_NUMBER}", re.IGNORECASE
)
_ADDITIONAL = re.compile(
    r"(?<![£0-9.,])(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})\s(?:additional|extra|more)\b(?!\sthan)",
    re.IGNORECASE,
)
_PERCENT = Decimal(1)
ENOUGH = 2


@dataclass(frozen=True, slots=True)
class _Fact:
    """A number that an indicator's row prints, and what of."""

    what: str
    period: str
    value: Measured
    record: Indicator

    @property
    def key(self) -> tuple[str, str, str]:
        return (self.what, self.period, self.value.unit)


@rule("QC602", "warning")
def indicator_with_two_values(of: Material) -> Iterator[Told]:
    """One indicator is printed with two values for one period, in two rows or against its own comment.

    Where both rows are the same measure one of them is wrong; where they are not, their names hide it.

    Ask whether the two programmes measure the same patients. If so correct one, else name them apart.

    A forecast of 736.86 admissions under one programme and 738.86 under another, from one baseline.
    """
    named: dict[str, list[Indicator]] = defaultdict(list)
    for record in of.records(Indicator):
        named[normal_name(record.name)].append(record)
        yield from _by_comment(of, record)
    for name, records in named.items():
        if name and len(records) > 1:
            yield from _between(of, records)


def _between(of: Material, records: Sequence[Indicator]) -> Iterator[Told]:
    """Each fact against the value that most rows print, of as many that which stands first.

    Rows of one name that have no other number in common are of two bodies or groups of patients, and left alone.
    """
    rows = {_place(record): {fact.key: fact for fact in reversed(list(_facts(record)))} for record in records}
    for key in dict.fromkeys(key for own in rows.values() for key in own):
        facts = [own[key] for own in rows.values() if key in own]
        counted = Counter(fact.value.value for fact in facts)
        first = max(facts, key=lambda fact: counted[fact.value.value])
        for fact in facts:
            if fact is first:
                continue
            if _agree(first, fact):
                yield Held(fact.value.value == first.value.value)
                continue
            mine, theirs = rows[_place(first.record)], rows[_place(fact.record)]
            shared = [_agree(mine[k], theirs[k]) for k in mine if k in theirs and k != key]
            # Two baselines may be those of two groups of patients.
            is_same = fact.what != "baseline" and shared.count(True) >= ENOUGH and all(shared)
            if any(shared):
                yield _two_values(of, first, fact, "error" if is_same and not _doubts(first, fact) else "warning")


def _agree(one: _Fact, other: _Fact) -> bool:
    return one.value.is_open or other.value.is_open or one.value.interval.meets(other.value.interval)


def _place(record: Indicator) -> tuple[str, int | None]:
    return (record.table or "", record.row)


def _doubts(*facts: _Fact) -> tuple[str, ...]:
    return doubts_of(*(fact.record for fact in facts))


def _facts(record: Indicator) -> Iterator[_Fact]:
    """The numbers of a row by what they are: baselines and the actual of a period, totals that its comment states."""
    seen: Counter[str] = Counter()
    for base in baselines(record.baseline, record.baseline_period):
        if base is not None:
            _, _, period = base.text.partition(", ")
            seen[period] += 1
            yield _Fact("baseline", f"{normal_name(period)}/{seen[period]}", base.measured, record)
    actual = measured(record.actual)
    dated = normal_name(record.actual_period)
    if actual is not None:
        yield _Fact("forecast" if actual.is_forecast else "actual", dated, actual, record)
    for said in _SAID.finditer((record.comment or "")[:LONGEST]):
        value = measured(said["number"])
        if value is not None:
            yield _Fact(said["what"].lower(), dated, value, record)


def _two_values(of: Material, first: _Fact, fact: _Fact, severity: Severity) -> Breach:
    record = fact.record
    period = f" of {record.actual_period}" if fact.what != "baseline" and record.actual_period else ""
    mine, theirs = plain(fact.value.value), plain(first.value.value)
    whose, other = (r.workstream or f"row {r.row}" for r in (record, first.record))
    if whose == other:
        whose, other = (f"row {r.row}" for r in (record, first.record))
    return Breach(
        message=f"{short(record.name)}: {fact.what}{period} printed {grouped(mine)} under {whose}, "
        f"{grouped(theirs)} under {other}",
        printed=mine,
        recomputed=theirs,
        difference=plain(fact.value.value - first.value.value),
        tolerance=plain((fact.value.step + first.value.step) / 2),
        **of.place(record),
        doubts=_doubts(first, fact),
        severity=severity,
        key=f"{_place(record)}/{_place(first.record)}/{fact.key}",
    )


def _by_comment(of: Material, record: Indicator) -> Iterator[Told]:
    """What a comment calls current against the actual beside it."""
    said = _CURRENT.search((record.comment or "")[:LONGEST])
    actual, value = measured(record.actual), measured(said["number"]) if said is not None else None
    if said is None or actual is None or value is None or actual.unit != value.unit or actual.is_open:
        return
    if actual.interval.meets(value.interval):
        yield Held(actual.value == value.value)
        return
    yield Breach(
        message=f"{short(record.name)}: its comment calls {said['number']} current, and {record.actual} is printed",
        printed=plain(value.value),
        recomputed=plain(actual.value),
        difference=plain(value.value - actual.value),
        **of.place(record),
        text=said[0],
        doubts=doubts_of(record),
        key=f"{_place(record)}/current",
    )


@rule("QC603", "warning")
def target_not_by_its_rule(of: Material) -> Iterator[Told]:
    """A target is not what its own rule makes of the baseline, or not what the indicator's name promises.

    Progress is judged against the number, while everybody speaks of the rule.

    Work the target out from the baseline again, and have the number or the rule approved.

    Care plans are to increase by 30% from 5,000; the target is 5,000, not 6,500.
    """
    for record in of.records(Indicator):
        base = [b.measured for b in baselines(record.baseline, record.baseline_period) if b is not None]
        found = targets(record.target)
        for number, one in enumerate(found):
            if one.level is not None and one.change is not None and base:
                yield from _by_change(of, record, one, base, number)
        yield from _by_promise(of, record, found, base)


@also("QC603")
def promised_level(of: Material) -> Iterator[Told]:
    """The one sum or percentage of an indicator's name against its one target."""
    for record in of.records(Indicator):
        found = [one for one in targets(record.target) if one.level is not None]
        if len(found) != 1 or found[0].change is not None or CHANGE_NAMED.search(record.name):
            continue
        level, unit = found[0].level, found[0].unit
        named = [n for n in numbers(record.name) if n.unit == unit]
        if level is None or unit not in ("GBP", "percent") or len(named) != 1 or named[0].is_points:
            continue
        if re.search(r"[<>]\s?$|\b(?:up to|under|over|above|below)\s£?$", record.name[: named[0].start], re.IGNORECASE):
            continue
        promised = interval(named[0].value, named[0].step)
        if promised.meets(interval(level, found[0].step)):
            yield Held(named[0].value == level)
            continue
        yield _off(of, record, level, promised, "its name says", "named")


def _by_change(of: Material, record: Indicator, one: Target, base: Iterable[Measured], number: int) -> Iterator[Told]:
    """A level and the change in one target: any of several baselines may be the one that it was reckoned from."""
    level = one.level
    due = [d for b in base for d in _changed(one, b)]
    if level is None or not due:
        return
    half = interval(level, one.step)
    exact = [d for d in due if d.meets(half)]
    cut = [d for d in due if is_cut_from(abs(level), one.step, d)]
    if exact or cut:
        yield Held(any(d.low <= level <= d.high for d in exact))
        return
    nearest = min(due, key=lambda d: abs(_middle(d) - level))
    yield _off(of, record, level, nearest, f'"{short(one.text)}" makes it', f"change{number}")


def _changed(one: Target, base: Measured) -> list[Interval]:
    """What a change makes of a baseline; a percent of a percentage may be meant in points as well."""
    if one.change is None or base.is_open:
        return []
    with exactly():
        points = Interval(base.interval.low + one.change, base.interval.high + one.change)
        if one.change_unit != "percent":
            return [points]
        factor = 1 + one.change / HUNDRED
        ends = sorted((base.interval.low * factor, base.interval.high * factor))
    return [Interval(ends[0], ends[1]), *([points] if base.unit == "percent" else [])]


def _by_promise(of: Material, record: Indicator, found: list[Target], base: list[Measured]) -> Iterator[Told]:
    """A change of the baseline that the name promises, against the target and what the name calls additional."""
    promised = CHANGE_NAMED.search(record.name)
    levels = [one.level for one in found if one.level is not None]
    if promised is None or len(base) != 1 or base[0].is_open:
        return
    with exactly():
        more = base[0].value * Decimal(promised["percent"]) / HUNDRED
        due = base[0].value - more if promised["fall"] else base[0].value + more
        slack = max(abs(due) * _PERCENT / HUNDRED, base[0].step)
    if len(levels) == 1 and len(found) == 1:
        near = Interval(due - slack, due + slack)
        by_points = base[0].unit == "percent"
        if levels[0] in near or by_points:
            yield Held(levels[0] == due)
        else:
            more_or_less = "less" if promised["fall"] else "more"
            said = f"{promised['percent']}% {more_or_less} than {grouped(plain(base[0].value))} makes it"
            yield _off(of, record, levels[0], Interval(due, due), said, "promised")
    extra = _ADDITIONAL.search(record.name)
    if extra is None or base[0].unit != "count" or promised["fall"]:
        return
    stated = Decimal(extra["number"].replace(",", ""))
    # A round number may be rounded to its last digit that is not nought, and more may be spoken of over several years.
    rough = Decimal(10) ** (len(extra["number"]) - len(extra["number"].rstrip("0")))
    if interval(stated, rough).meets(Interval(more, more)):
        yield Held(stated == more)
    else:
        said = f"{promised['percent']}% of {grouped(plain(base[0].value))} is"
        yield _off(of, record, stated, Interval(more, more), said, "additional", "the additional number")


def _middle(of: Interval) -> Decimal:
    with exactly():
        return (of.low + of.high) / 2


def _off(
    of: Material, record: Indicator, level: Decimal, due: Interval, why: str, key: str, what: str = "the target"
) -> Breach:
    with exactly():
        scale = _scale(record, level)
        printed, worked = plain(level / scale), plain(_middle(due) / scale)
        difference = plain((level - _middle(due)) / scale)
    return Breach(
        message=f"{short(record.name)}: {what} is printed {grouped(printed)}, {why} {grouped(worked)}",
        printed=printed,
        recomputed=worked,
        difference=difference,
        **of.place(record),
        doubts=doubts_of(record),
        key=f"{_place(record)}/{key}",
    )


def _scale(record: Indicator, level: Decimal) -> Decimal:
    """The unit in which the target's cell prints a level: 1.64million."""
    found: Mapping[Decimal, Decimal] = {n.value: n.scale for n in spoken(record.target or "")}
    return found.get(level, Decimal(1))


LONG = 60


def short(text: str) -> str:
    """A name that fits a line."""
    return shortened(text, LONG)
