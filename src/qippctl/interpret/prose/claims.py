"""A claim for each sentence that states a sum of money, a percentage or a count of something."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qippctl.calc.positions import normal_name
from qippctl.interpret.prose.meanings import Draft, drafts, is_counted
from qippctl.interpret.prose.sentences import LONGEST, parted, sentences
from qippctl.interpret.prose.tying import Around, Tying
from qippctl.interpret.words import unmarked
from qippctl.models.document import Grid, Prose
from qippctl.models.figure import Figure
from qippctl.models.records import Claim, Entry, Indicator, Position, Project, Record, Risk, Scenario, Status
from qippctl.period import Period

FEWEST_WORDS = 6
"""A cell of fewer words holds no sentence."""
FEWEST = 10
"""Smaller counts (`the three schemes`) alone make no claim."""
# The fields of records whose words may hold numbers.
_TEXTS: dict[type[Record], tuple[str, ...]] = {
    Position: ("exception", "action"),
    Indicator: ("name", "comment"),
    Status: ("issue", "mitigation"),
    Risk: ("description", "actions"),
    Scenario: ("description",),
    Project: ("summary",),
    Entry: ("label",),
}


@dataclass(frozen=True, slots=True)
class Heard:
    """A block of prose and what stood above it: the scheme's heading, the year or month of the last heading or table."""

    block: Prose
    organisation: str | None = None
    scheme: str | None = None
    period: Period | None = None
    reported: Period | None = None


def claims(
    heard: Sequence[Heard],
    records: Sequence[Record],
    figures: Sequence[Figure],
    unread: Iterable[tuple[str, Grid]] = (),
    *,
    paper: str,
    sha256: str,
) -> list[Record]:
    """What prose and the words of records state in numbers, tied to the figures that they speak of.

    `unread` are tables that gave nothing, by id: their cells may hold sentences.
    """
    organisation = next((h.organisation for h in heard if h.organisation), None)
    called = [record.workstream for record in records if isinstance(record, Position)]
    tying = Tying(figures, organisation, called)
    found: list[Record] = []
    seen: set[str] = set()
    for sentence in sentences(h.block for h in heard):
        at = heard[sentence.block]
        text = sentence.text[:LONGEST].strip()
        seen.add(normal_name(text))
        stated = drafts(text)
        if not _states(stated):
            continue
        around = Around(at.organisation, at.scheme, period=at.period, reported=at.reported)
        found.append(
            Claim(
                paper=paper,
                sha256=sha256,
                page=sentence.page,
                organisation=at.organisation,
                text=text,
                scheme=at.scheme,
                paragraph=sentence.paragraph,
                figures=(said := tying.said(text, stated, around)),
                tied_to=tuple(dict.fromkeys(id_ for one in said for id_ in one.tied_to)),
            )
        )
    reported = next((h.reported for h in heard if h.reported), None)
    for record in records:
        found += _of_record(record, tying, reported, seen)
    for table, grid in unread:
        for claim in _of_cells(table, grid, tying, Around(organisation, reported=reported)):
            found.append(claim.model_copy(update={"paper": paper, "sha256": sha256, "organisation": organisation}))
    return found


def _of_cells(table: str, grid: Grid, tying: Tying, around: Around) -> Iterator[Claim]:
    """The sentences of a table's cells; the words before them in the row say what they are about."""
    for row, cells in enumerate(grid.texts()):
        for column, cell in enumerate(cells):
            if len(cell.split()) < FEWEST_WORDS or not any(c.isdigit() for c in cell):
                continue
            beside = next((unmarked(c) for c in cells[:column] if c.strip() and not any(x.isdigit() for x in c)), None)
            for text in parted(cell):
                stated = drafts(text[:LONGEST], " ".join(cells[:column]))
                if not any(d.spoken.unit != "count" for d in stated):
                    continue
                said = tying.said(text[:LONGEST], stated, around)
                yield Claim(
                    paper="",
                    sha256="",
                    page=grid.page_of(row),
                    table=table,
                    row=row,
                    text=text[:LONGEST],
                    beside=beside,
                    part="cell",
                    figures=said,
                    tied_to=tuple(dict.fromkeys(id_ for one in said for id_ in one.tied_to)),
                )


def _of_record(record: Record, tying: Tying, reported: Period | None, seen: set[str]) -> Iterator[Claim]:
    for part in next((own for kind, own in _TEXTS.items() if isinstance(record, kind)), ()):
        for sentence in parted(getattr(record, part) or ""):
            text = sentence[:LONGEST].strip()
            stated = drafts(text)
            # What an indicator is called seldom states anything.
            if not _states(stated, money_only=part == "name"):
                continue
            if isinstance(record, Project) and normal_name(text) in seen:
                continue
            indicator = record.name if isinstance(record, Indicator) else None
            scheme = record.scheme if isinstance(record, Status | Project) else None
            workstream = record.workstream if isinstance(record, Position | Indicator | Status) else None
            around = Around(
                record.organisation, scheme, workstream if scheme is None else None, indicator, None, reported
            )
            said = tying.said(text, stated, around)
            yield Claim(
                paper=record.paper,
                sha256=record.sha256,
                page=record.page,
                table=record.table,
                row=record.row,
                organisation=record.organisation,
                doubts=record.doubts,
                text=text,
                scheme=scheme,
                workstream=workstream,
                part=part,
                figures=said,
                tied_to=tuple(dict.fromkeys(id_ for one in said for id_ in one.tied_to)),
            )


def _states(stated: Sequence[Draft], *, money_only: bool = False) -> bool:
    """Whether a sentence states a sum, a percentage, or a count of something that is no time and no name."""
    if money_only:
        return any(d.spoken.unit == "GBP" for d in stated)
    return any(d.spoken.unit != "count" or (d.spoken.value >= FEWEST and is_counted(d.noun)) for d in stated)
