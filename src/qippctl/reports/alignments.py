"""Projects by standards for people: what serves nothing and what nothing serves first, then the matrix in blocks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from qippctl.models.alignments import MatrixAnswer, ProjectCoverage, StandardCoverage
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import body, when

TICK = "x"
# Standards side by side in a block: with two digits and two spaces each they leave 80 columns room for a project's name.
WIDEST = 12
MOST_NAMED = 12


def alignments(found: Sequence[MatrixAnswer]) -> Listing:
    """The ticks of each matrix, then its projects and its standards; for people the matrix itself."""
    records = [record for one in found for record in (*one.ticks, *one.projects, *one.standards)]
    return Listing(records, [block for one in found for block in _blocks(one)])


def _blocks(one: MatrixAnswer) -> Iterator[Block]:
    yield Block((), (), tuple(_answer(one)))
    numbers = {id(standard): number for number, standard in enumerate(one.standards, 1)}
    count = -(-len(one.standards) // WIDEST)
    wide = -(-len(one.standards) // count) if count else WIDEST
    blocks = [one.standards[i : i + wide] for i in range(0, len(one.standards), wide)]
    for shown in blocks:
        yield _matrix(one, shown, numbers, is_first=shown is blocks[0])
    if any(project.unplaced for project in one.projects):
        rows = tuple((p.project, p.group or "", str(p.unplaced), _place(p)) for p in one.projects if p.unplaced)
        columns = (Column("Project", "label"), Column("Area", "label"), Column("Ticks", "number"), Column("Printed"))
        above = ("Ticks that no standard can be given to: their row has other columns than the headings",)
        warned: tuple[Tone, ...] = tuple("warn" for _ in rows)
        yield Block(columns, rows, above, tones=warned)
    if one.standards:
        yield _legend(one, numbers)
    if not one.is_whole:
        again = f"Rows and columns without a tick are not known. Next: qippctl ingest {one.paper} --again"
        yield Block((), (), (again,))


def _answer(one: MatrixAnswer) -> Iterator[str]:
    yield f"{body(one.organisation)}   {when(one.period)}   paper #{one.paper_number}"
    yield f"{len(one.ticks)} ticks: {len(one.projects)} projects, {len(one.standards)} standards."
    if one.is_whole:
        yield _said("Serve no standard", [project.project for project in one.projects if not project.serves])
        yield _said("Nothing serves", [_name(s) for s in one.standards if s.state == "unserved"])
    open_ = [_name(standard) for standard in one.standards if standard.state == "undecided"]
    if open_:
        count = sum(project.unplaced for project in one.projects)
        yield _said(f"No tick is known for, while {count} ticks have no standard", open_)


def _said(what: str, names: Sequence[str]) -> str:
    """Such as `Nothing serves (2): Governance; Access`.

    >>> _said("Nothing serves", ["Governance", "Access"]), _said("Nothing serves", [])
    ('Nothing serves (2): Governance; Access', 'Nothing serves: none')
    """
    if not names:
        return f"{what}: none"
    rest = len(names) - MOST_NAMED
    more = f" and {rest} more" if rest > 0 else ""
    return f"{what} ({len(names)}): {'; '.join(names[:MOST_NAMED])}{more}"


def _name(standard: StandardCoverage) -> str:
    return " ".join(filter(None, (standard.standard_set, standard.standard)))


def _matrix(one: MatrixAnswer, shown: Sequence[StandardCoverage], numbers: dict[int, int], *, is_first: bool) -> Block:
    """Every project against some of the standards, with the counts of rows and columns."""
    columns = (
        Column("Project", "label"),
        *(Column(str(numbers[id(standard)]), "number") for standard in shown),
        *((Column("All", "number"),) if is_first else ()),
    )
    rows: list[tuple[str, ...]] = []
    tones: list[Tone] = []
    for group, projects in groupby(one.projects, key=lambda project: project.group):
        if group is not None:
            rows.append((group.upper(), *("" for _ in columns[1:])))
            tones.append("quiet")
        for project in projects:
            ticks = [TICK if _name(standard) in project.standards else _blank(project) for standard in shown]
            rows.append((project.project, *ticks, *((str(project.serves),) if is_first else ())))
            tones.append("" if project.serves else "bad")
    total = sum(project.serves for project in one.projects)
    rows.append(("Served by", *(_count(standard) for standard in shown), *((str(total),) if is_first else ())))
    tones.append("")
    sets = ", ".join(
        f"{of or 'Standards'} {_range(numbers[id(own[0])], numbers[id(own[-1])])}"
        for of, group in groupby(shown, key=lambda standard: standard.standard_set)
        if (own := list(group))
    )
    return Block(columns, tuple(rows), (sets,), tones=tuple(tones))


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}-{last}"


def _blank(project: ProjectCoverage) -> str:
    """What stands where no tick is known: a question where one of the row's ticks may belong."""
    return "?" if project.unplaced else "."


def _count(standard: StandardCoverage) -> str:
    """How many projects serve it: `0?` where ticks without a standard may be its own."""
    return f"{standard.served_by}{'?' if standard.served_by_at_most > standard.served_by else ''}"


def _legend(one: MatrixAnswer, numbers: dict[int, int]) -> Block:
    columns = (
        Column("No", "number"),
        Column("Standard", "label"),
        Column("Set", "label", optional=True),
        Column("Served by", "number"),
    )
    rows = tuple((str(numbers[id(s)]), s.standard, s.standard_set or "", _count(s)) for s in one.standards)
    below = [f"{TICK} serves it   . does not"]
    if any(project.unplaced for project in one.projects):
        below.append("? a tick of that row or column may be missing: ticks without a standard")
    tones: tuple[Tone, ...] = tuple("" if s.state == "served" else "bad" for s in one.standards)
    return Block(columns, rows, ("Standards by number",), tuple(below), tones)


def _place(project: ProjectCoverage) -> str:
    return f"#{project.paper_number} p.{project.page}"
