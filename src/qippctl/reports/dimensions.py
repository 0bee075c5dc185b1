"""Ratings that are no money for people, and how ratings are spread over the colours."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from qippctl.calc import distribution
from qippctl.models.answers import Programme, RagAnswer
from qippctl.models.figure import DIMENSIONS, Dimension
from qippctl.reports.listing import Block, Column, Listing
from qippctl.reports.precedence import papers
from qippctl.reports.rules import rag_word, rule
from qippctl.reports.words import COLOURS, TONES, Money, body, names, percent, when

_WORST_FIRST = ("red", "amber", None, "green")


def dimension_block(programme: Programme, dimension: Dimension, *, everything: bool) -> Block:
    """One dimension, the worst first; what is green, and the same in the paper, is counted unless everything is asked for."""
    judged = [answer for s in programme.judged_in(dimension) if (answer := s.rated(dimension)) is not None]
    rated = programme.ratings_in((dimension,))
    called = {id(answer): name for answer, name in zip(rated, names(rated), strict=True)}
    shown = sorted(judged, key=_order)
    well = [a for a in shown if _is_well(a)]
    listed = shown if everything else [a for a in shown if not _is_well(a)]
    if everything:
        known = {id(answer) for answer in judged}
        listed = [*shown, *(answer for answer in rated if id(answer) not in known)]
    columns = (
        Column("Scheme" if any(a.role == "scheme" for a in listed or judged) else "Workstream", "label"),
        Column("RAG", "colour"),
        *((Column("Paper", "colour"),) if any(a.printed for a in listed) else ()),
        Column("", "colour"),
        *((Column("Judged by", "text"),) if any(a.note for a in listed) else ()),
    )
    rows = tuple(
        tuple(
            text
            for text, there in (
                (called[id(a)], True),
                (rag_word(a), True),
                (COLOURS.get(a.printed or "", ""), any(o.printed for o in listed)),
                (("x" if a.disagrees else "") + ("~" if a.doubts else ""), True),
                (a.note or "", any(o.note for o in listed)),
            )
            if there
        )
        for a in listed
    )
    below = [f"{len(well)} Green (--all)"] if well and not everything else []
    if any(a.disagrees for a in listed):
        below.append("x the paper prints another colour than the rule gives.")
    if any(a.doubts for a in listed):
        below.append("~ what it was judged by is in doubt: qippctl doubts says why.")
    return Block(
        columns,
        rows,
        above=(
            f"{body(programme.organisation)}   {when(programme.period)}   {dimension}",
            _spread(programme, dimension) or "Nothing is rated.",
        ),
        below=(*below, *rule(programme), *papers(programme.precedence)),
        tones=tuple(TONES.get(a.derived, "") for a in listed),
    )


def _order(answer: RagAnswer) -> int:
    return _WORST_FIRST.index(answer.derived) if answer.derived in _WORST_FIRST else len(_WORST_FIRST)


def _is_well(answer: RagAnswer) -> bool:
    return answer.derived == "green" and not answer.disagrees and not answer.doubts


def _spread(programme: Programme, dimension: Dimension) -> str:
    shares = distribution.distribution(programme, (dimension,))
    return "   ".join(f"{share.schemes} {COLOURS.get(share.colour, 'without a colour')}" for share in shares)


def distributions(found: Sequence[Programme], dimensions: Collection[Dimension]) -> Listing:
    """The colours of each programme by number and by value."""
    records = []
    blocks = []
    for programme in found:
        shares = distribution.distribution(programme, dimensions or DIMENSIONS)
        records += shares
        money = Money([share.value for share in shares])
        blocks.append(
            Block(
                (
                    Column("Dimension", "colour"),
                    Column("RAG", "colour"),
                    Column("Schemes", "number"),
                    Column("%", "number"),
                    Column("Plan", "number"),
                    Column("% of plan", "number"),
                ),
                tuple(
                    (
                        share.dimension,
                        COLOURS.get(share.colour, "none"),
                        str(share.schemes),
                        percent(share.share_by_number),
                        money(share.value),
                        percent(share.share_by_value),
                    )
                    for share in shares
                ),
                above=(
                    f"{body(programme.organisation)}   {when(programme.period)}   {money.heading}",
                    *(() if shares else ("Nothing is rated.",)),
                ),
                below=(*rule(programme), *papers(programme.precedence)),
                tones=tuple(TONES.get(share.colour, "") for share in shares),
            )
        )
    return Listing(records, blocks)
