"""Names for people: which mean another and who said so, which may be one, what a decision changed."""

from __future__ import annotations

from collections.abc import Sequence

from qippctl.models.identities import LINK_COLUMNS, AliasAnswer, AliasChange, ProposalAnswer
from qippctl.money import plain
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.words import body

_OUTCOMES = {
    "linked": "linked",
    "unlinked": "unlinked",
    "told apart": "are two: not proposed again",
    "as before": "as before: nothing changed",
}


def aliases(found: Sequence[AliasAnswer]) -> Listing:
    columns = (
        Column("#", "number"),
        Column("Name", "label"),
        Column("means", "label"),
        Column("Level", "colour", optional=True),
        Column("Since", "colour"),
        Column("Share", "number", optional=True),
        Column("By", "colour"),
        Column("On", "colour", optional=True),
        Column("Why", "text"),
        Column("", "colour", optional=True),
    )
    blocks = []
    for organisation in dict.fromkeys(a.organisation for a in found):
        own = [a for a in found if a.organisation == organisation]
        rows = tuple(
            (
                f"#{a.number}",
                a.name,
                a.to if a.share else f"not {a.to}",
                a.level,
                a.since or "",
                f"{plain(a.share)}%" if 0 < a.share < 100 else "",
                a.by,
                a.at[:10],
                a.reason,
                f"undone by #{a.undone_by}" if a.undone_by else "",
            )
            for a in own
        )
        blocks.append(Block(columns, rows, (f"{body(organisation)}   {_count(len(own), 'name')}",)))
    if not found:
        blocks.append(Block((), (), ("No name means another. What may: qippctl schemes proposals",)))
    return Listing(found, blocks, tuple(AliasAnswer.model_fields))


def link_file(found: Sequence[AliasAnswer]) -> Listing:
    """Links as the file that `import-links` reads."""
    return Listing(found, (), LINK_COLUMNS)


def changes(found: Sequence[AliasChange]) -> Listing:
    """What decisions changed, a line each."""
    tried = any(a.dry_run for a in found)
    columns = (
        Column("#", "number"),
        Column("Name", "label"),
        Column("means", "label"),
        Column("Level", "colour", optional=True),
        Column("Since", "colour"),
        Column("Share", "number", optional=True),
        Column("Figures", "number"),
        Column("", "text"),
    )
    rows = tuple(
        (
            f"#{a.number}" if a.number else "",
            a.name,
            a.to if a.share else f"not {a.to}",
            a.level,
            a.since or "",
            f"{plain(a.share)}%" if 0 < a.share < 100 else "",
            str(a.figures or ""),
            _OUTCOMES[a.outcome],
        )
        for a in found
    )
    said = _touched(found)
    if tried:
        said.append("Nothing was kept: --dry-run.")
    elif any(a.outcome == "linked" for a in found):
        said.append(
            f"To undo it: qippctl schemes unlink {next(a.number for a in found if a.outcome == 'linked')} --reason TEXT"
        )
    return Listing(found, [Block(columns, rows, (), tuple(said))])


def _touched(found: Sequence[AliasChange]) -> list[str]:
    """What goes by another name, and of which periods."""
    figures, records = sum(a.figures for a in found), sum(a.records for a in found)
    if not figures and not records:
        return []
    periods = sorted({p for a in found for p in a.periods})
    of = f" of {', '.join(periods)}" if periods else ""
    others = f" and {_count(records, 'other record')}" if records else ""
    return [f"It concerns {_count(figures, 'figure')}{of}{others}."]


def proposals(found: Sequence[ProposalAnswer]) -> Listing:
    columns = (
        Column("Name", "label"),
        Column("may be", "label"),
        Column("Kind", "colour"),
        Column("%", "number"),
        Column("Same £", "number"),
        Column("Because", "text"),
    )
    blocks = []
    for organisation in dict.fromkeys(p.organisation for p in found):
        for level in dict.fromkeys(p.level for p in found if p.organisation == organisation):
            own = [p for p in found if (p.organisation, p.level) == (organisation, level)]
            rows = tuple(
                (p.name, p.to, p.kind, plain(p.score) if p.score is not None else "", _money(p), p.because) for p in own
            )
            blocks.append(Block(columns, rows, (f"{body(organisation)}   {_count(len(own), level)} to look at",)))
    if not found:
        blocks = [Block((), (), ("No names to look at: none is like another, and no label speaks of one.",))]
        return Listing(found, blocks, tuple(ProposalAnswer.model_fields))
    below = (
        "Same £: amounts that both state alike / differently.",
        "To confirm or refuse: qippctl schemes link, or unlink, NAME OTHER --reason TEXT",
        "The whole line for each: qippctl schemes proposals --format csv",
    )
    last = blocks[-1]
    blocks[-1] = Block(last.columns, last.rows, last.above, below)
    return Listing(found, blocks, tuple(ProposalAnswer.model_fields))


def _money(proposal: ProposalAnswer) -> str:
    if not proposal.alike and not proposal.unlike:
        return ""
    return f"{proposal.alike} / {proposal.unlike}"


def _count(number: int, thing: str) -> str:
    return f"{number} {thing}{'' if number == 1 else 's'}"
