"""What papers of a period leave out, and who can be asked for it.

Nothing is missing because a figure is nought: a dash is a figure. Missing is what is not printed at all, where the same
year's earlier papers, the paper's own rows or its own plan say that it should be.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from qippctl.calc.identity import pairs
from qippctl.calc.owners import Owners
from qippctl.calc.position import Position
from qippctl.calc.positions import normal_name
from qippctl.models.decisions import Link
from qippctl.models.figure import Figure, Rating
from qippctl.models.paper import Cover
from qippctl.models.records import Coverage, Record, Status
from qippctl.models.returns import PROBLEMS, Problem, Return

RowKey = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class Reported:
    """One organisation's period: what its papers say, and what the earlier months of its year said, the newest first.

    `papers` are the period's with their numbers, of packs the papers in them too; `filled` the rows of theirs that print a
    figure or a colour; `covers` every paper's number and particulars by its hash.
    """

    organisation: str
    period: str
    positions: Sequence[Position] = ()
    earlier: Sequence[tuple[str, Sequence[Position]]] = ()
    papers: Sequence[tuple[int, Cover]] = ()
    records: Sequence[Record] = ()
    filled: AbstractSet[RowKey] = frozenset()
    covers: Mapping[str, tuple[int, Cover]] = field(default_factory=dict)
    owners: Owners = field(default_factory=lambda: Owners(()))
    links: Sequence[Link] = ()

    @property
    def statuses(self) -> list[Status]:
        return [record for record in self.records if isinstance(record, Status)]


def returns(said: Reported) -> list[Return]:
    """Everything that is missing: schemes first, then what is wrong with whole papers; each in the order of print."""
    found = (*_not_reported(said), *_blank(said), *_without_actual(said), *_drafts(said), *_short_data(said))
    return sorted(found, key=lambda one: PROBLEMS.index(one.problem))


def _not_reported(said: Reported) -> Iterator[Return]:
    """Schemes of earlier months of the year that no paper of this period mentions, under any name that people linked."""
    mentioned = _mentioned(said)
    listed: set[str] = set()
    for period, before in said.earlier:
        found = pairs(_subjects(before), mentioned, said.links, period, said.period)
        # A name that nothing earlier was paired with may be the one that is looked for, in another group.
        unclaimed = {name for pair in found if pair.after and not pair.before for name in _names(pair.after)}
        for gone in [pair.subject for pair in found if pair.after is None]:
            if _names(gone) & (unclaimed | listed):
                continue
            listed |= _names(gone)
            yield _return(
                said,
                "not reported",
                f"last reported for {period}",
                _first(gone),
                workstream=gone.workstream,
                scheme=gone.scheme,
                code=gone.code,
                last_reported=period,
            )


def _blank(said: Reported) -> Iterator[Return]:
    """Rows that a paper prints for a scheme and leaves empty, where no other row of the period's papers fills it."""
    reported = {normal_name(p.scheme) for p in said.positions if p.scheme}
    reported |= {normal_name(s.scheme) for s in said.statuses if s.scheme and not _is_empty(s, said.filled)}
    for status in said.statuses:
        if _is_empty(status, said.filled) and normal_name(status.scheme) not in reported:
            yield _return(
                said,
                "blank",
                "its row prints no figure, colour, issue or mitigation",
                status,
                workstream=status.workstream,
                scheme=status.scheme,
                code=status.code,
                doubts=tuple(status.doubts),
            )


def _without_actual(said: Reported) -> Iterator[Return]:
    """Schemes with something planned to date and neither an actual nor what would give one: a variance, a percentage."""
    for position in _subjects(said.positions):
        plan = position.find("plan", "ytd")
        got = any(position.find(measure, "ytd") for measure in ("actual", "variance", "delivery"))
        if plan is not None and plan.value and not got:
            yield _return(
                said,
                "no actual",
                f"plan to date £{plan.value.normalize():,f}, no actual printed",
                plan,
                workstream=position.workstream,
                scheme=position.scheme,
                code=position.code,
                doubts=tuple(plan.doubts),
            )


def _drafts(said: Reported) -> Iterator[Return]:
    """Papers that are drafts, unless the same paper came again without being one."""
    covers = [cover for _, cover in said.papers]
    for number, cover in said.papers:
        if cover.status == "draft" and not any(_settles(other, cover) for other in covers):
            name = f"the paper of {cover.item[:1].lower()}{cover.item[1:]}" if cover.item else "the paper"
            meeting = f" for the meeting of {cover.meeting_date}" if cover.meeting_date else ""
            yield Return(
                organisation=said.organisation or None,
                period=said.period,
                problem="draft",
                detail=f"{name}{meeting} is a draft",
                owners=dict(cover.leads),
                paper=cover.paper,
                paper_number=number,
                page=cover.page,
                doubts=tuple(cover.doubts),
            )


def _settles(other: Cover, draft: Cover) -> bool:
    """Whether a paper is the final of a draft: of the same committee or title, for the same meeting or a later one."""
    same = (draft.committee and other.committee == draft.committee) or (draft.title and other.title == draft.title)
    return bool(same) and other.status != "draft" and (other.meeting_date or "") >= (draft.meeting_date or "")


def _short_data(said: Reported) -> Iterator[Return]:
    """Data that end before the period, all of a paper's or those of some schemes."""
    for record in said.records:
        if isinstance(record, Coverage) and record.data_to is not None and record.data_to < said.period:
            yield _return(
                said,
                "data stops",
                f"{record.of or 'the data'}: to {record.data_to}",
                record,
                last_reported=record.data_to,
                doubts=tuple(record.doubts),
            )


def _return(
    said: Reported,
    problem: Problem,
    detail: str,
    at: Figure | Rating | Record | None,
    *,
    workstream: str | None = None,
    scheme: str | None = None,
    code: str | None = None,
    last_reported: str | None = None,
    doubts: tuple[str, ...] = (),
) -> Return:
    """A return that shows at a figure, a colour or a record, with the owners that papers name."""
    number, cover = said.covers.get(at.sha256, (None, None)) if at is not None else (None, None)
    return Return(
        organisation=said.organisation or None,
        period=said.period,
        workstream=workstream,
        scheme=scheme,
        code=code,
        problem=problem,
        detail=detail,
        owners=said.owners.of(scheme, workstream, code, cover),
        paper=at.paper if at is not None else None,
        paper_number=number,
        page=at.page if at is not None else None,
        last_reported=last_reported,
        doubts=doubts,
    )


def _mentioned(said: Reported) -> list[Position]:
    """The subjects that the period's papers have figures or colours of, and the schemes that only a row of words names."""
    named = {normal_name(p.scheme) for p in said.positions}
    only_named = {
        (s.code, normal_name(s.scheme)): Position(
            s.organisation, s.workstream, s.scheme, "scheme", "scheme", said.period, s.code
        )
        for s in said.statuses
        if s.scheme and normal_name(s.scheme) not in named
    }
    return [*said.positions, *only_named.values()]


def _subjects(found: Sequence[Position]) -> list[Position]:
    """What is asked to report: the schemes, or the workstreams where no scheme is named."""
    return [p for p in found if p.level == "scheme"] or [p for p in found if p.level == "workstream" and p.workstream]


def _names(position: Position) -> set[str]:
    """What a subject can be known by."""
    name = normal_name(position.scheme if position.level == "scheme" else position.workstream)
    return {f"{position.level} {name}"} | ({f"code {position.code}"} if position.code else set())


def _first(position: Position) -> Figure | Rating | None:
    """Where a subject is printed: its best figure, else its first colour."""
    figures = next(iter(position.stated.values()), None)
    ratings = next(iter(position.ratings.values()), None)
    return figures[0] if figures else ratings[0] if ratings else None


def _is_empty(status: Status, filled: AbstractSet[RowKey]) -> bool:
    """Whether a scheme's row prints nothing that reports: owners, codes and references do not."""
    if status.table is None or status.row is None or not status.scheme:
        return False
    says = status.issue or status.mitigation or status.ratings or status.targets
    return not says and (status.sha256, status.table, status.row) not in filled
