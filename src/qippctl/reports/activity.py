"""Prices per unit of activity, waterfalls of patients and cleared backlogs, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from qippctl.models.activity import BacklogStep, Clearance, PriceAnswer
from qippctl.money import exactly
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import DOUBTED, body, day, when

_CASES = {"upper": "upper range", "realistic": "realistic", None: ""}


def prices(found: Sequence[PriceAnswer], times: Decimal, fewest: int) -> Listing:
    """Units in order of print, each with its schemes, the dearest first."""
    papers = dict.fromkeys((p.organisation, p.paper_number) for p in found)
    blocks = []
    for key in papers:
        own = [p for p in found if (p.organisation, p.paper_number) == key]
        blocks += list(_of_paper(own, times, fewest))
    return Listing(found, blocks)


def _of_paper(own: Sequence[PriceAnswer], times: Decimal, fewest: int) -> Iterable[Block]:
    first = own[0]
    outliers = [p for p in own if p.is_outlier]
    judged = sum(1 for p in own if p.is_outlier is not None)
    said = f"{len(outliers)} of {judged} judged are outliers" if judged else "none can be judged"
    above: tuple[str, ...] = (
        f"{body(first.organisation)}   #{first.paper_number} {when(first.period)}   £ a unit",
        f"{_many(len(own), 'price')}: {said}.",
    )
    columns = (
        Column("Scheme", "label"),
        Column("£", "number"),
        Column("Units", "number"),
        Column("£ a unit", "number"),
        Column("Low", "number", optional=True),
        Column("High", "number", optional=True),
        Column("x median", "number"),
        Column("", "colour"),
    )
    for unit, case in dict.fromkeys((p.unit, p.case) for p in own):
        listed = sorted((p for p in own if (p.unit, p.case) == (unit, case)), key=lambda p: -p.price)
        rows = tuple(
            (
                p.scheme or "(unnamed)",
                f"{p.pounds:,f}",
                f"{p.units:,f}",
                f"{p.price:,f}",
                f"{p.price_low:,f}",
                f"{p.price_high:,f}",
                "" if p.ratio is None else f"{p.ratio:f}",
                ("!" if p.is_outlier else "") + ("~" if p.doubts else ""),
            )
            for p in listed
        )
        tones: tuple[Tone, ...] = tuple("bad" if p.is_outlier else "" for p in listed)
        head = "   ".join(filter(None, (_words(unit), _CASES.get(case, case))))
        yield Block(columns, rows, (*above, head), (), tones)
        above = ()
    below = [
        f"! more than {times:f} times the median of the others, or less than 1/{times:f} of it; needs {fewest} others."
    ]
    if any(p.doubts for p in own):
        below.append(DOUBTED)
    yield Block((), (), below=tuple(below))


def backlogs(found: Sequence[BacklogStep]) -> Listing:
    """Each waterfall by the column that adds the months up, where there is one, and whether its remainders hold."""
    blocks: list[Block] = []
    keys = dict.fromkeys((s.organisation, s.paper_number, s.table, chain) for s, chain in _chains(found))
    for key in keys:
        own = [s for s, chain in _chains(found) if (s.organisation, s.paper_number, s.table, chain) == key]
        blocks.append(_waterfall(own))
    if blocks:
        judged = [s for s in found if s.holds is not None]
        wrong = sum(1 for s in judged if not s.holds)
        said = "all hold" if not wrong else f"{wrong} do not hold"
        blocks.insert(0, Block((), (), (f"{_many(len(judged), 'printed remainder')}: {said}.",)))
        blocks.append(Block((), (), below=("Next: qippctl backlog --by DATE[=N]: what clears it in time.",)))
    return Listing(found, blocks)


def _chains(found: Sequence[BacklogStep]) -> Iterable[tuple[BacklogStep, int]]:
    """Each step with the row in which its waterfall begins."""
    begins = 0
    for step in found:
        begins = step.row if step.step == "total" else begins
        yield step, begins


def _waterfall(own: Sequence[BacklogStep]) -> Block:
    first = own[0]
    whole = [s for s in own if s.basis == "ytd"] or [s for s in own if s.period == own[-1].period]
    rows, tones = [], list[Tone]()
    for _, line in groupby(sorted(own, key=lambda s: s.row), key=lambda s: s.row):
        cells = list(line)
        shown = next((s for s in cells if s in whole), None)
        judged = [s for s in cells if s.holds is not None]
        wrong = [s for s in judged if not s.holds]
        rows.append(
            (
                cells[0].label,
                ""
                if shown is None or cells[0].step == "left"
                else f"{'-' if cells[0].step == 'taken' else ''}{shown.value:,f}",
                "" if shown is None or shown.running is None else f"{shown.running:,f}",
                "" if shown is None or cells[0].step != "left" else f"{shown.value:,f}",
                "" if not judged else f"{len(judged) - len(wrong)} of {len(judged)}",
                ("!" if wrong else "") + ("~" if any(s.doubts for s in cells) else ""),
            )
        )
        tones.append("bad" if wrong else "")
    columns = (
        Column("Line", "label"),
        Column("Number", "number"),
        Column("Left", "number"),
        Column("Printed", "number"),
        Column("Columns hold", "number"),
        Column("", "colour"),
    )
    above = tuple(
        filter(None, (f"{body(first.organisation)}   #{first.paper_number} p.{first.page}", first.group or ""))
    )
    below = []
    if any("!" in row[-1] for row in rows):
        below.append("! in some column the printed remainder is not what the lines above leave.")
    if any("~" in row[-1] for row in rows):
        below.append(DOUBTED)
    return Block(columns, tuple(rows), above, tuple(below), tuple(tones))


def clearances(made: Sequence[Clearance]) -> Listing:
    """The rate that each date needs; then whether the capacity that was named meets it."""
    columns = (
        Column("By", "colour"),
        Column("Down to", "number"),
        Column("Weeks", "number", optional=True),
        Column("Fall/week", "number"),
        Column("Needed/week", "number"),
        Column("Capacity", "number", optional=True),
        Column("Done on", "colour", optional=True),
        Column("", "colour"),
    )
    blocks = []
    for key in dict.fromkeys((c.organisation, c.backlog, c.start, c.label) for c in made):
        own = [c for c in made if (c.organisation, c.backlog, c.start, c.label) == key]
        rows = tuple(
            (
                day(c.by),
                f"{c.left:,f}",
                f"{_tenth(c.weeks):,f}",
                f"{_tenth(c.net_rate):,f}",
                f"{_tenth(c.rate):,f}",
                "" if c.capacity is None else f"{c.capacity:,f}",
                "" if c.capacity is None else day(c.cleared_on) if c.cleared_on else "never",
                "" if c.meets is None else "in time" if c.meets else "too late",
            )
            for c in own
        )
        tones: tuple[Tone, ...] = tuple("bad" if c.meets is False else "good" if c.meets else "" for c in own)
        first = own[0]
        where = f"#{first.paper_number} p.{first.page}: {first.label}" if first.label else "as typed"
        above = [
            *([body(first.organisation)] if first.organisation else []),
            f"Backlog {first.backlog:,f} on {day(first.start)} ({where})",
        ]
        below = ["No new ones are reckoned with; name them with --arrivals N."] if first.arrivals is None else []
        if first.doubts:
            below.append("~ the printed backlog is in doubt: qippctl doubts says why.")
        blocks.append(Block(columns, rows, tuple(above), tuple(below), tones))
    return Listing(made, blocks)


def _tenth(value: Decimal) -> Decimal:
    with exactly():
        return value.quantize(Decimal("0.1"))


def _words(unit: str) -> str:
    """What is counted, as people say it.

    >>> _words("ae_attendances"), _words("elective_spells")
    ('A&E attendances', 'Elective spells')
    """
    said = unit.replace("_", " ")
    return f"A&E {said[3:]}" if said.startswith("ae ") else said[:1].upper() + said[1:]


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
