"""A year month by month, for people: a line of small bars and the months beside it."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.profiles import BreakEven, ProfileAnswer, Profiles
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.sparks import sparkline
from qippctl.reports.words import DOUBTED, Money, body, finely, names, when

_DERIVED = {
    "printed": "",
    "differences": "months are differences of amounts to date",
    "straight_line": "spread evenly",
    "plan_shaped": "what is left is spread as the plan is",
}


def profiles(found: Sequence[Profiles], met: Sequence[BreakEven]) -> Listing:
    """Profiles by programme, with the months at which a deficit is met."""
    shown = [p for p in found if p.answers]
    records = [*(a for p in shown for a in p.answers), *met]
    return Listing(records, [*(_block(p) for p in shown), *(_met(one) for one in met)])


def _block(programme: Profiles) -> Block:
    answers = programme.answers
    totals = [a for a in answers if a.role == "total"]
    listed = [*totals, *(a for a in answers if a.role == "scheme")]
    listed = listed or list(answers)
    money = Money([m.value for a in listed for m in a.months])
    columns = (
        Column("Scheme", "label"),
        Column("", "colour"),
        Column("AMJJASONDJFM", "colour"),
        Column("Year", "number"),
        Column("To date", "number"),
        Column("Peak", "colour", optional=True),
        Column("", "colour"),
    )
    upto = int(programme.period[-2:]) if "-M" in programme.period else 12
    rows = []
    for name, a in zip(_called(listed), listed, strict=True):
        outliers = [when(m.period)[4:7] for m in a.months if m.is_outlier]
        mark = ("^" if outliers else "") + ("=" if a.derived != "printed" else "") + ("~" if a.doubts else "")
        rows.append(
            (
                name,
                a.measure,
                sparkline([m.value for m in a.months]),
                money(a.total),
                money(a.months[upto - 1].cumulative),
                " ".join(outliers),
                mark,
            )
        )
    below = []
    if any(m.is_outlier for a in listed for m in a.months):
        below.append("^ a month holds more than three even shares of its year: see Peak.")
    for derived in dict.fromkeys(a.derived for a in listed if _DERIVED[a.derived]):
        kinds = sorted({a.measure for a in listed if a.derived == derived})
        below.append(f"= {', '.join(kinds)}: {_DERIVED[derived]}.")
    if any(a.doubts for a in listed):
        below.append(DOUBTED)
    below.append("Every month: --format csv or json.")
    head = "   ".join((body(programme.organisation), when(programme.period), money.heading))
    return Block(columns, tuple(rows), (head,), tuple(below))


def _called(listed: Sequence[ProfileAnswer]) -> list[str]:
    """A name for each profile: a scheme's plan, actual and forecast have one."""
    subjects = {(a.role, a.workstream, a.scheme): a for a in listed}
    name_of = dict(zip(subjects, names(list(subjects.values())), strict=True))
    return [name_of[(a.role, a.workstream, a.scheme)] for a in listed]


def _met(one: BreakEven) -> Block:
    rate = _reached(one.met, "the rate", is_open=one.is_met_open)
    summed = _reached(one.met_cumulative, "the sum to the end", is_open=one.is_met_cumulative_open)
    counted = f"{one.schemes} scheme{'s' if one.schemes != 1 else ''} not called non-recurrent added up"
    lines = [
        f"{body(one.organisation)} {one.year}: a recurrent deficit of {finely(one.deficit)} a year, by {one.measure}:",
        f"{rate}; {summed}.",
        counted + (f", {one.left_out} left out: no month of theirs is known." if one.left_out else "."),
    ]
    if one.spread == one.schemes:
        lines.append("= all are spread evenly, as no month is printed: the month is of that spread, not of a plan.")
    elif one.derived:
        evenly = f", {one.spread} of them spread evenly" if one.spread else ""
        lines.append(f"= some months are worked out, not printed{evenly}.")
    if one.doubts:
        lines.append("~ figures in doubt were added up: qippctl doubts says why.")
    return Block((), (), tuple(lines))


def _reached(month: str | None, said: str, *, is_open: bool) -> str:
    """Which month meets a deficit; where months are unknown, no more than is known."""
    if month is None:
        return f"{said} of no {'known ' if is_open else ''}month meets it"
    return f"{said} of {when(month)} meets it{', perhaps one before it' if is_open else ''}"
