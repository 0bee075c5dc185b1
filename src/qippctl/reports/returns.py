"""What a period lacks, for people: how many of what, then each with who can be asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qippctl.models.returns import PROBLEMS, Escalation, Problem, Return
from qippctl.reports.listing import Block, Column, Listing, Tone
from qippctl.reports.words import body, when

_HEADINGS: dict[Problem, str] = {
    "not reported": "Not reported: in earlier papers of the year, in none of this period",
    "blank": "Blank: the row prints no figure, colour, issue or mitigation",
    "no actual": "No actual: planned to date, and nothing printed for what became of it",
    "draft": "Draft",
    "data stops": "Data stop before the period",
}
_COUNTS: dict[Problem, tuple[str, str]] = {
    "not reported": ("scheme has not reported", "schemes have not reported"),
    "blank": ("scheme sheet is blank", "scheme sheets are blank"),
    "no actual": ("scheme has no actual", "schemes have no actual"),
    "draft": ("paper is a draft", "papers are drafts"),
    "data stops": ("note says that data stop early", "notes say that data stop early"),
}


def owners_in_words(owners: dict[str, str]) -> str:
    """Role and name, as one line.

    >>> owners_in_words({"lead": "P. Ames", "sro": "R. Hollis"})
    'lead: P. Ames; sro: R. Hollis'
    """
    return "; ".join(f"{role}: {name}" for role, name in owners.items())


def returns(found: Sequence[tuple[str, str, Sequence[Return]]]) -> Listing:
    """Each organisation and period that lacks something, then those that lack nothing; CSV has a row for each lack."""
    records = [one for _, _, own in found for one in own]
    blocks = [block for organisation, period, own in found if own for block in _blocks(organisation, period, own)]
    well = tuple(f"{body(organisation)}   {when(period)}" for organisation, period, own in found if not own)
    if well:
        blocks.append(Block((), (), ("Nothing is missing:", *well)))
    if records:
        blocks.append(Block((), (), below=("Next: qippctl returns --format csv -o owners.csv",)))
    return Listing(records, blocks, csv_rows=as_csv(Return, records))


def _blocks(organisation: str, period: str, own: Sequence[Return]) -> Iterable[Block]:
    counts = {problem: sum(1 for one in own if one.problem == problem) for problem in PROBLEMS}
    said = "; ".join(f"{n} {_COUNTS[problem][n > 1]}" for problem, n in counts.items() if n)
    yield Block((), (), (f"{body(organisation)}   {when(period)}", f"{said}."))
    for problem in PROBLEMS:
        rows = [one for one in own if one.problem == problem]
        if rows:
            yield _block(problem, rows)
    if not any(one.owners for one in own):
        yield Block((), (), ("The papers name nobody to ask.",))


def _block(problem: Problem, own: Sequence[Return]) -> Block:
    about_schemes = any(one.scheme or one.workstream for one in own)
    columns = (
        Column("Code", "colour", optional=True),
        Column("Scheme" if about_schemes else "What", "label"),
        Column("Detail" if problem in ("not reported", "no actual") else "", "label", optional=True),
        Column("Ask", "label", optional=True),
        Column("Printed", "colour"),
        Column("", "colour", optional=True),
    )
    rows = tuple(
        (
            one.code or "",
            (one.scheme or one.workstream or one.detail),
            one.detail if problem in ("not reported", "no actual") else "",
            owners_in_words(one.owners),
            _place(one),
            "~" if one.doubts else "",
        )
        for one in own
    )
    tones: tuple[Tone, ...] = tuple("warn" if problem == "data stops" else "bad" for _ in own)
    below = ("~ the row or figure that says so is in doubt.",) if any(one.doubts for one in own) else ()
    return Block(columns, rows, (_HEADINGS[problem],), below, tones)


def _place(one: Return | Escalation) -> str:
    return f"#{one.paper_number} p.{one.page}" if one.paper_number is not None else ""


def as_csv(model: type[Return | Escalation], records: Sequence[Return | Escalation]) -> list[list[str]]:
    """A row for each; lists and owners in one cell each."""
    names = [name for name in model.model_fields if name != "type"]
    out = [names]
    for record in records:
        values = record.model_dump(mode="json")
        out.append([_cell(values[name]) for name in names])
    return out


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, dict):
        return owners_in_words(value)
    if isinstance(value, list):
        return " ".join(str(item) for item in value)
    return str(value).lower() if isinstance(value, bool) else str(value)
