"""Risks for people: the highest score first, what does not fit below."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from qippctl.models.registers import Movement, RiskAnswer
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.words import body, day, when

_MOVED: dict[Movement | None, str] = {
    "up": "up",
    "down": "down",
    "same": "same",
    "new": "new",
    "gone": "gone",
    "closed": "closed",
    None: "",
}


def risks(found: Sequence[RiskAnswer], *, everything: bool = False) -> Listing:
    """By organisation: open risks by score; closed and gone ones if asked for; then whatever does not fit."""
    blocks = []
    for name in dict.fromkeys(one.organisation for one in found):
        own = [one for one in found if one.organisation == name]
        shown = own if everything else [one for one in own if one.movement not in ("closed", "gone")]
        rest = len(own) - len(shown)
        more = (f"{rest} closed or no longer listed (--all).",) if rest else ()
        source = own[0].sources[0]
        met = day(source.meeting_date) if source.meeting_date else when(own[0].period)
        above = (f"{body(name)}   {met}   paper #{source.paper_number}", _headline(own))
        ordered = sorted(shown, key=lambda one: -(one.score_value or 0))
        blocks.append(_block(ordered, above, (*more, *_notes(own), *_about_bands(own))))
    return Listing(found, blocks)


def _headline(own: Sequence[RiskAnswer]) -> str:
    moved = Counter(one.movement for one in own)
    pieces = [f"{sum(1 for one in own if not one.closed and one.movement != 'gone')} open"]
    pieces += [f"{moved[m]} {_MOVED[m]}" for m in ("up", "down", "same", "new", "closed", "gone") if moved[m]]
    odd = sum(1 for one in own if one.notes or one.gap)
    pieces += [f"{odd} with something that does not fit"] if odd else []
    return ", ".join(pieces) + "."


def _block(shown: Sequence[RiskAnswer], above: tuple[str, ...], below: tuple[str, ...]) -> Block:
    columns = (
        Column("No", "colour", optional=True),
        Column("Risk", "label"),
        Column("Score", "number"),
        Column("I", "number", optional=True),
        Column("L", "number", optional=True),
        Column("Was", "number", optional=True),
        Column("Moved", "colour", optional=True),
        Column("Paper", "colour", optional=True),
        Column("", "colour", optional=True),
        Column("Actions", "label", optional=True),
    )
    rows = tuple(
        (
            one.number or "",
            one.description,
            one.score or "",
            one.impact or "",
            one.likelihood or "",
            str(one.score_before) if one.score_before is not None else "",
            _MOVED[one.movement],
            one.change or "",
            ("x" if one.notes or one.gap else "") + ("~" if one.doubts else ""),
            one.actions or "",
        )
        for one in shown
    )
    return Block(columns, rows, above, below)


def _notes(own: Sequence[RiskAnswer]) -> list[str]:
    out = []
    for one in own:
        said = [*((one.gap,) if one.gap else ()), *(one.notes if one.movement != "gone" else ())]
        if said:
            out.append(f"x {one.number or one.description}: {'; '.join(said)}.")
    if any(one.doubts for one in own):
        out.append("~ the row may be misread: qippctl papers show says why.")
    return out


def _about_bands(own: Sequence[RiskAnswer]) -> list[str]:
    scored = any(one.score_value is not None for one in own)
    return ["No policy says how scores are coloured: none has a colour."] if scored else []
