"""A month's close for people: what stops it first; the pack; what changed since it was locked; who used a figure."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from qippctl.models.closing import (
    Adjustment,
    CloseAnswer,
    CloseLine,
    ImpactAnswer,
    Manifest,
    PackFile,
)
from qippctl.models.decisions import Close, Correction, Decision, Distinct, Link, PlanApproval
from qippctl.models.figure import Figure
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import body, day, when

_TONES: dict[str, Tone] = {"stop": "bad", "note": "warn", "ok": "good"}
NOTHING_CHANGED = "Nothing has changed since it was locked."


def checked(lines: Sequence[CloseLine], organisation: str | None, period: str) -> Listing:
    """Whether a month can be closed, then each thing with the command that goes on from it."""
    stops = sum(line.says == "stop" for line in lines)
    rows: list[tuple[str, str]] = []
    tones: list[Tone] = []
    for line, after in zip(lines, (*lines[1:], None), strict=True):
        rows.append((line.says.upper(), line.text))
        tones.append(_TONES[line.says])
        if line.next is not None and (after is None or after.next != line.next):
            rows.append(("", f"next: {line.next}"))
            tones.append("quiet")
    above = (f"{body(organisation)}   {when(period)}   {'NOT READY' if stops else 'READY'}",)
    said = f"{stops} thing{' stops' if stops == 1 else 's stop'} the close. " if stops else ""
    below = [f"{said}Nothing locked. Nothing written."]
    if not stops:
        below.append(f'Next: qippctl close {period} --organisation "{organisation or ""}" -o FOLDER --lock')
    columns = (Column("", "colour"), Column("", "text"))
    return Listing(lines, [Block(columns, tuple(rows), above, tuple(below), tuple(tones))])


def packed(manifest: Manifest, number: int, folder: str, close: Close | None) -> Listing:
    """The echo of a pack: what it holds, and whether the period is locked."""
    columns = (
        Column("File", "label"),
        Column("Bytes", "number"),
        Column("Figures", "number"),
        Column("SHA-256", "colour", optional=True),
    )
    rows = tuple((file.name, f"{file.size:,}", str(len(file.figures)), file.sha256[:12]) for file in manifest.files)
    state = "DRAFT" if manifest.draft else "final"
    papers = ", ".join(f"#{paper.number}" for paper in manifest.papers)
    above = (
        f"{body(manifest.organisation)}   {when(manifest.period)}   pack {number}, {state}",
        f"Papers {papers}. RAG by {manifest.policy.name}{', as a paper states it' if manifest.policy.stated else ''}.",
    )
    if close is not None:
        last = (
            f"Locked as decision {close.number}. What changes from now on: qippctl close {close.period} --adjustments"
        )
    else:
        last = "Nothing locked."
    below = (f"{len(manifest.files)} files and manifest.json in {folder}", last)
    return Listing(
        [manifest], [Block(columns, rows, above, below)], csv_records=list(manifest.files), csv_columns=_FILE
    )


_FILE = tuple(PackFile.model_fields)


def adjustments(found: Sequence[tuple[int, str, Sequence[Adjustment]]]) -> Listing:
    """What changed in closed periods since each was locked: from, to and why. `found`: decision, period, changes."""
    records = [one for _, _, own in found for one in own]
    blocks = [adjusted(close, period, own) for close, period, own in found if own]
    if not blocks:
        blocks = [Block((), (), (NOTHING_CHANGED,))]
    return Listing(records, blocks, csv_columns=tuple(Adjustment.model_fields))


def adjusted(close: int, period: str, own: Sequence[Adjustment]) -> Block:
    """The adjustments of one closed period."""
    columns = (
        Column("Subject", "label"),
        Column("Figure", "colour"),
        Column("Locked", "number"),
        Column("Now", "number"),
        Column("Change", "number"),
        Column("Why", "text"),
    )
    rows = tuple(
        (
            a.scheme or a.workstream or a.role.capitalize(),
            a.name,
            shown(a.was, a.unit),
            shown(a.now, a.unit),
            shown(a.change, a.unit),
            a.because,
        )
        for a in own
    )
    count = f"{len(own)} figure{'s have' if len(own) != 1 else ' has'} changed since decision {close} locked it"
    return Block(columns, rows, (f"{body(own[0].organisation)}   {when(period)}", count))


def shown(value: Decimal | None, unit: str | None) -> str:
    """A value with its unit: pounds to the last digit that is not nought."""
    if value is None:
        return "none"
    if unit == "GBP":
        text = plain(value)
        whole, _, part = text.lstrip("-").partition(".")
        return f"{'-' if value < 0 else ''}£{int(whole):,}{'.' + part if part else ''}"
    return plain(value) + ("%" if unit == "percent" else "")


def impact(figure: Figure | None, asked: str, found: Sequence[ImpactAnswer]) -> Listing:
    """Who used a figure: pack by pack, what it was and whether that still holds."""
    if figure is not None:
        name = " / ".join(filter(None, (figure.workstream, figure.scheme))) or figure.role.capitalize()
        about = f"{name}: {figure.names} {figure.period or ''}".rstrip()
        above = [f"{figure.id}   {shown(figure.value, figure.unit)}", about, f"{figure.paper}, page {figure.page}"]
    else:
        above = [f"{found[0].figure if found else asked}   no longer read from its paper"]
    if not found:
        return Listing([], [Block((), (), (*above, "No pack used it."))], csv_columns=tuple(ImpactAnswer.model_fields))
    unit = figure.unit if figure is not None else None
    columns = (
        Column("Pack", "number"),
        Column("Period", "colour"),
        Column("Locked", "colour"),
        Column("Then", "number"),
        Column("Now", "number"),
        Column("Files", "text", most=12),
    )
    rows = tuple(
        (
            str(one.pack),
            when(one.period),
            f"{day(one.locked[:10])}" if one.locked else "draft" if one.draft else "no",
            shown(one.was, unit),
            shown(one.now, unit) if one.changed else "the same",
            ", ".join(one.files),
        )
        for one in found
    )
    changed = [one for one in found if one.changed]
    told = f"{len(found)} pack{'s' if len(found) != 1 else ''} used it"
    above.append(f"{told}; {len(changed)} with another value than it has now." if changed else f"{told}.")
    stale = [one for one in changed if one.close is not None]
    below = [f"Next: qippctl close {stale[0].period} --adjustments"] if stale else []
    tones: tuple[Tone, ...] = tuple("bad" if one.changed and one.close else "" for one in found)
    return Listing(found, [Block(columns, rows, tuple(above), tuple(below), tones)])


def closed(found: Sequence[CloseAnswer]) -> Listing:
    """The periods that were closed."""
    columns = (
        Column("No.", "number"),
        Column("Organisation", "label"),
        Column("Period", "colour"),
        Column("Pack", "number"),
        Column("Locked", "colour"),
        Column("By", "label"),
        Column("Changed", "number", optional=True),
        Column("State", "colour"),
    )
    rows = tuple(
        (
            str(one.number),
            body(one.organisation),
            when(one.period),
            str(one.pack),
            day(one.at[:10]),
            one.by,
            str(one.adjustments) if one.adjustments is not None else "",
            f"reopened ({one.undone_by})" if one.undone_by is not None else "locked",
        )
        for one in found
    )
    standing = sum(one.undone_by is None for one in found)
    count = f"{standing or 'No'} period{'s' if standing != 1 else ''} locked"
    below = (
        ("Changed: figures that have changed since the lock: qippctl close --adjustments",)
        if standing
        else ("Next: qippctl close PERIOD --check",)
    )
    return Listing(found, [Block(columns, rows, (count,), below)], csv_columns=tuple(CloseAnswer.model_fields))


def decisions(found: Sequence[Decision]) -> Listing:
    """The decisions that answers are made with, in the order in which they were made."""
    columns = (
        Column("No.", "number"),
        Column("What", "colour"),
        Column("Decided", "text"),
        Column("By", "label"),
        Column("On", "colour"),
        Column("Why", "text"),
    )
    rows = tuple(
        (str(one.number), one.type.replace("-", " "), decided(one), one.by, day(one.at[:10]), one.reason)
        for one in found
    )
    count = f"{len(found) or 'No'} decision{'s' if len(found) != 1 else ''} in force"
    return Listing(found, [Block(columns, rows, (count,))])


def decided(one: Decision) -> str:
    """What a decision says, in a line."""
    if isinstance(one, Correction):
        fields = ", ".join(
            f"{name} {one.was.get(name) or '(none)'} is {text or '(none)'}" for name, text in one.now.items()
        )
        return f"{one.figure} ({one.kind}): {fields}"
    if isinstance(one, Link):
        share = f", {plain(one.share)}% of it" if one.share != 100 else ""
        since = f" from {one.since}" if one.since else ""
        return f"{one.level} {one.name} is {one.to}{since}{share}"
    if isinstance(one, Distinct):
        return f"{one.level} {one.name} is not {one.to}"
    if isinstance(one, PlanApproval):
        return f"plan as of {one.period} of {one.scheme or 'every scheme'}, approved by {one.meeting}"
    return str(getattr(one, "message", "") or one.type)
