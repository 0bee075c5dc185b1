"""Rolling ratings: programmes down, months across, a colour in each cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qippctl.interpret.columns import colour_of, look_of
from qippctl.interpret.figures import Surroundings
from qippctl.interpret.headings import Heading, Parts
from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.rows import clean_label
from qippctl.interpret.words import find
from qippctl.models.document import Grid
from qippctl.models.figure import Dimension, Rating
from qippctl.models.records import Entry
from qippctl.money import is_dash
from qippctl.period import Period, find_year, month_and_year, month_of_heading

FEWEST_MONTHS = 2


@dataclass(frozen=True, slots=True)
class Rolling:
    """The ratings of such a table, the programmes that have none, and how many of its cells lost their colour."""

    ratings: list[Rating]
    notes: tuple[str, ...]
    unrated: list[Entry]


def read_rolling(grid: Grid, parts: Parts, around: Surroundings) -> Rolling | None:
    """The ratings of a table whose headings speak of RAG and end in months; None where a grid is no such table."""
    months = {
        column: month for column, heading in enumerate(parts.headings) if (month := _month(heading, around)) is not None
    }
    told = " | ".join((*parts.titles, *around.lines_above[-2:], *(heading.path for heading in parts.headings)))
    if len(months) < FEWEST_MONTHS or not find(["rag", "rated", "rating*"], told):
        return None
    if any(look_of([row[column] for _, row in parts.body]) not in ("colours", "blank") for column in months):
        return None
    cells = [(index, row, column) for index, row in parts.body for column in months]
    if any(row[column] and _colour(row[column]) is None for _, row, column in cells):
        return None
    ratings = [
        _rating(grid, around, index, row, column, parts.headings[column], months[column])
        for index, row, column in cells
        if row[column] and not is_dash(row[column])
    ]
    lost = sum(1 for _, row, column in cells if not row[column])
    notes = (f"{lost} of {len(cells)} colours were lost: their cells hold no word",) if lost else ()
    rated = {rating.row for rating in ratings}
    unrated = [
        _entry(grid, around, index, name) for index, row in parts.body if index not in rated and (name := _name(row))
    ]
    return Rolling(ratings, notes, unrated)


def _name(row: Sequence[str]) -> str:
    return next((clean_label(text) for text in row if sum(c.isalpha() for c in text) > 2), "")


def _entry(grid: Grid, around: Surroundings, index: int, name: str) -> Entry:
    """A programme that is rated in a colour which was lost: what it is called is known all the same."""
    return Entry(
        paper=around.paper,
        sha256=around.sha256,
        page=grid.page_of(index),
        table=around.table,
        row=index,
        organisation=around.organisation,
        label=name,
    )


def _colour(text: str) -> object:
    return colour_of(text) or (text if is_dash(text) else None)


def _month(heading: Heading, around: Surroundings) -> Period | None:
    """The month of a column: its year from the heading or the tiers above it, else the paper's."""
    month = month_of_heading(heading.leaf)
    if month is None:
        return None
    start = month_and_year(heading.leaf)
    start = start if start is not None else find_year(heading.path)
    start = start if start is not None else around.paper_span.start
    return Period(start, month) if start is not None else None


def _rating(
    grid: Grid, around: Surroundings, index: int, row: Sequence[str], column: int, heading: Heading, month: Period
) -> Rating:
    colour = colour_of(row[column])
    assert colour is not None  # noqa: S101  none but colours were let through
    return Rating(
        paper=around.paper,
        sha256=around.sha256,
        page=grid.page_of(index),
        table=around.table,
        row=index,
        column=column,
        organisation=around.organisation,
        workstream=_name(row) or None,
        role="workstream",
        dimension=_dimension(heading),
        colour=colour,
        raw=row[column],
        period=str(month),
    )


def _dimension(heading: Heading) -> Dimension:
    return next((d for d, phrases in vocabulary().dimensions.items() if find(phrases, heading.path)), "overall")
