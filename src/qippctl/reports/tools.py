"""Policies and health checks for people."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.base import Model
from qippctl.models.gaps import CheckedPolicy
from qippctl.models.health import HealthCheck
from qippctl.models.policy import Band, MilestoneBand, Policy, PolicyFailure, Span
from qippctl.models.settings import SettingAnswer
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import COLOURS

ROLLED_UP = {"worst": "by the worst of their schemes", "weighted": "by what their schemes deliver together"}


def policies(found: Sequence[Policy | PolicyFailure]) -> Listing:
    """The policies, and last the files that are none."""
    known = [p for p in found if isinstance(p, Policy)]
    broken = [p for p in found if isinstance(p, PolicyFailure)]
    default = next((p for p in known if p.default), None)
    columns = (Column("Policy", "colour"), Column("Rates", "text"), Column("Stated in", "text"))
    rows = [
        (
            p.name + (" *" if p is default else ""),
            " and ".join(name for name in ("money", "milestones", "metrics") if getattr(p, name) is not None),
            p.source,
        )
        for p in known
    ]
    rows += [(p.name, "NOT OK", p.file) for p in broken]
    tones: list[Tone] = ["" if isinstance(p, Policy) else "bad" for p in (*known, *broken)]
    below = ["* used where no paper states its rule, unless --policy names another"]
    below += [f"{p.file}: {p.failure}" for p in broken]
    return Listing(found, [Block(columns, tuple(rows), below=tuple(below), tones=tuple(tones))])


def policy(found: Policy) -> Listing:
    """A policy in words."""
    lines = [found.title, f"Stated in: {found.source}"]
    if found.reading:
        lines.append(f"Reading: {found.reading}")
    rows = []
    for band in found.money.bands if found.money else ():
        rows.append(
            (
                "money",
                COLOURS[band.colour],
                _of_plan(band),
            )
        )
    if found.money:
        rows.append(("money", COLOURS.get(found.money.plan_zero or "", "-"), "nothing planned"))
        rows.append(("money", COLOURS.get(found.money.plan_negative or "", "-"), "a plan below nought"))
    for step in found.milestones.bands if found.milestones else ():
        rows.append(("milestones", COLOURS[step.colour], _milestone_words(step)))
    for colour, words in (found.milestones.other_states if found.milestones else {}).items():
        rows.append(("milestones", COLOURS[colour], words))
    if found.metrics:
        rows.append(
            ("metrics", COLOURS["amber"], f"a target missed by up to {plain(found.metrics.broadly_within)}% of it")
        )
    if found.overall:
        rows.append(("overall", "", "the worst of the other dimensions' colours"))
    for name, how in (("workstreams", found.rollup.workstream), ("programme", found.rollup.programme)):
        if how != "own":
            rows.append((name, "", ROLLED_UP[how]))
    rows += [("probability", "", f"{word}: {plain(percent)}%") for word, percent in found.probability.items()]
    columns = (Column("Dimension", "colour"), Column("Colour", "colour"), Column("When", "text"))
    return Listing(
        [found],
        [
            Block(
                columns,
                tuple(rows),
                tuple(lines),
                ("What no line covers has no colour: it is reported as a gap, not filled in.",),
            )
        ],
    )


def policy_checks(found: Sequence[CheckedPolicy]) -> Listing:
    """Gaps and overlaps of each policy, then the printed rows that it gives no colour."""
    records: list[Model] = [r for c in found for r in (*c.findings, *c.rows, c.check)]
    return Listing(records, [block for checked in found for block in _check_blocks(checked)])


def _check_blocks(checked: CheckedPolicy) -> list[Block]:
    check = checked.check
    counts = [
        f"{n} {name}{'' if n == 1 else 's'}" for n, name in ((check.gaps, "gap"), (check.overlaps, "overlap")) if n
    ]
    rows = tuple(
        (f.dimension, f.kind, f.case + (f": {' and '.join(COLOURS[c] for c in f.colours)}" if f.colours else ""))
        for f in checked.findings
    )
    below = []
    if check.rows:
        doubted = f"; so do {check.uncoloured_in_doubt} that may be misread" if check.uncoloured_in_doubt else ""
        none = f"{check.uncoloured} of {check.rows} rows that count milestones get no colour{doubted}."
        every = f"All {check.rows} rows that count milestones get a colour."
        below.append(none if check.uncoloured or doubted else every)
    columns = (Column("Dimension", "colour"), Column("", "colour"), Column("Case", "text"))
    out = [
        Block(
            columns,
            rows,
            above=(f"{check.policy}: {' and '.join(counts) or 'no gaps, no overlaps'}",),
            below=tuple(below),
        )
    ]
    if checked.rows:
        out.append(
            Block(
                (
                    Column("Row without a colour", "label"),
                    Column("Period"),
                    Column("Place", "colour"),
                    Column("Slipped"),
                    Column("", "colour"),
                ),
                tuple(
                    (
                        row.scheme or row.workstream or f"({row.role})",
                        row.period or "",
                        f"{row.table} r{row.row}",
                        row.case,
                        "~" if row.in_doubt else "",
                    )
                    for row in checked.rows
                ),
                below=("~ the row may be misread: qippctl doubts says why.",) if check.uncoloured_in_doubt else (),
            )
        )
    return out


def _of_plan(band: Band) -> str:
    if band.below is not None:
        return f"{Span(band.at_least, band.below).words} of plan"
    return f"{plain(band.at_least)}% of plan or more" if band.at_least is not None else "below that"


def _milestone_words(band: MilestoneBand) -> str:
    if band.status:
        return band.status.replace("_", " ")
    if band.slipped_at_most == 0:
        return "none slipped"
    count = (
        f"{band.slipped_at_least} slipped"
        if band.slipped_at_most == band.slipped_at_least
        else f"{band.slipped_at_least} or more slipped"
    )
    days = (
        f"more than {band.days_more_than} days"
        if band.days_more_than is not None
        else f"up to {band.days_at_most} days"
        if band.days_at_most is not None
        else "any time"
    )
    return f"{count} by {days}"


def health(found: Sequence[HealthCheck]) -> Listing:
    columns = (Column("Check", "colour"), Column("", "colour"), Column("Found", "text"))
    rows = tuple((c.name, "ok" if c.ok else "NOT OK", c.found) for c in found)
    bad = sum(1 for c in found if not c.ok)
    tones: tuple[Tone, ...] = tuple("" if c.ok else "bad" for c in found)
    return Listing(
        found,
        [Block(columns, rows, ("All is well." if not bad else f"{bad} of {len(found)} checks failed.",), tones=tones)],
    )


def settings(found: Sequence[SettingAnswer], files: Sequence[str], name: str) -> Listing:
    """Settings in force, below the files that were read."""
    columns = (Column("Setting", "colour"), Column("Value", "text"), Column("From", "colour"), Column("", "text"))
    rows = tuple((one.name, one.value or "(not set)", one.source, one.origin or "") for one in found)
    read = [f"Read: {file}" for file in files] or [f"No {name} in this folder or above, and none of yours."]
    below = ("A flag outranks the environment, that the project's file, that the user's. The form: docs/audit.md",)
    return Listing(found, [Block(columns, rows, tuple(read), below)])
