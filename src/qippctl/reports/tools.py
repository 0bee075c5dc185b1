"""Policies and health checks for people."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.health import HealthCheck
from qippctl.models.policy import Band, MilestoneBand, Policy, PolicyFailure, Span
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import COLOURS, of_plan

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
            " and ".join(filter(None, ("money" if p.money else "", "milestones" if p.milestones else ""))),
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


def _of_plan(band: Band) -> str:
    if band.below is not None:
        return of_plan(Span(band.at_least, band.below)) + " of plan"
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
