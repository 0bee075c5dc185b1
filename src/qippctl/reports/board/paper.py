"""The board's paper, section by section, as a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Literal

from qippctl.models.board import BoardPaper
from qippctl.reports import sentences as say
from qippctl.reports.board import closing, money, registers
from qippctl.reports.document import Block, Bullets, Document, Heading, Paragraph, Particulars, Picture
from qippctl.reports.words import COLOURS, body, day, when

Section = Literal[
    "headline", "programme", "exceptions", "movement", "forecast", "milestones", "risks", "indicators", "findings",
    "questions", "sources",
]  # fmt: skip
Pictures = Mapping[Section, tuple[Picture, ...]]

_SECTIONS: tuple[tuple[Section, str, Callable[[BoardPaper], Iterable[Block]]], ...] = (
    ("headline", "Headline position", money.headline),
    ("programme", "The programme", money.programme),
    ("exceptions", "Exceptions", money.exceptions),
    ("movement", "Movement since last month", money.movement),
    ("forecast", "Forecast of the year", money.forecast),
    ("milestones", "Milestones", registers.milestones),
    ("risks", "Top risks", registers.risks),
    ("indicators", "Indicators off target", registers.indicators),
    ("findings", "What the audit of the papers found", registers.findings),
    ("questions", "Open questions", closing.open_questions),
    ("sources", "Sources", closing.sources),
)


def paper(own: BoardPaper, pictures: Pictures | None = None) -> Document:
    """The document; `pictures` stand at the end of the section that they are given for."""
    return Document(
        title=title(own),
        subject=f"{body(own.cover.organisation)}, {when(own.cover.period)}",
        organisation=body(own.cover.organisation),
        blocks=tuple(_blocks(own, pictures or {})),
        date=own.cover.meeting_date,
        draft=own.cover.draft,
        footer=title(own),
    )


def title(own: BoardPaper) -> str:
    return f"Savings programme report: {when(own.cover.period)}"


def _blocks(own: BoardPaper, pictures: Pictures) -> Iterator[Block]:
    yield _cover(own)
    yield Heading("Recommendation")
    yield Paragraph(f"{_asking(own.cover.committee)} is asked to:")
    yield Bullets(tuple(asked(own)))
    for number, (name, heading, section) in enumerate(_SECTIONS, 1):
        yield Heading(f"{number}. {heading}")
        yield from section(own)
        yield from pictures.get(name, ())
    if own.schemes and any(line.role in ("workstream", "subtotal") for line in own.programme):
        yield Heading("Appendix: every scheme")
        yield from money.appendix(own)


def _asking(committee: str | None) -> str:
    """Who is asked, as a sentence begins: `Board Meeting` is the Board."""
    bare = " ".join((committee or "Board").split())
    if bare.casefold().endswith(" meeting"):
        bare = bare[: -len(" meeting")]
    return bare if bare.casefold().startswith("the ") else f"The {bare}"


def _cover(own: BoardPaper) -> Particulars:
    cover = own.cover
    counted = [f"{count} {COLOURS[colour]}" for colour, count in own.colours.items()]
    pairs = [
        ("Body", body(cover.organisation)),
        (
            "Meeting",
            ", ".join(filter(None, (cover.committee, day(cover.meeting_date) if cover.meeting_date else None))),
        ),
        ("Period", when(cover.period)),
        ("Data to", closing.data_to(own) or ""),
        ("Status", "DRAFT: a paper that it is made from is a draft" if cover.draft else ""),
        ("Schemes", ", ".join(counted)),
    ]
    return Particulars(tuple((name, said) for name, said in pairs if said))


def asked(own: BoardPaper) -> list[str]:
    """What the board is asked to do, by what there is to be done."""
    total = own.total
    year, now = (total.year, total.to_date) if total is not None else (None, None)
    out = []
    if year is not None and year.variance is not None and year.variance < 0:
        out.append(f"note the forecast shortfall of the year: {_short(own)}")
    elif now is not None and now.variance is not None and now.variance < 0:
        out.append(f"note the shortfall to date: {say.pounds(abs(now.variance), now.plan, now.actual)}")
    else:
        out.append("note the position of the programme")
    if own.exceptions:
        out.append(
            f"consider {say.many(len(own.exceptions), 'red or amber scheme')}, and whether the mitigation is enough"
        )
    if own.movement is not None and own.movement.waiting:
        out.append(f"decide on {say.many(own.movement.waiting, 'restated plan')}")
    if own.escalations:
        out.append(f"ask what became of {say.many(len(own.escalations), 'overdue escalation')}")
    open_ = len(closing.questions(own))
    if open_:
        out.append(f"note that {say.many(open_, 'question')} about the figures {'is' if open_ == 1 else 'are'} open")
    return out


def _short(own: BoardPaper) -> str:
    year, f = own.total.year if own.total else None, own.forecast.total
    if year is None or year.variance is None:
        return ""
    said = say.pounds(abs(year.variance), year.plan, year.actual)
    if f is None or f.gap_to_find is None or f.unmitigated_gap is None or f.gap_to_find == f.unmitigated_gap:
        return said
    return f"{said} unmitigated, {say.pounds(abs(f.gap_to_find))} once unspent investment is set against it"
