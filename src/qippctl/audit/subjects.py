"""The schemes, workstreams and totals of one paper, gathered as answers gather them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from qippctl.calc.position import Position
from qippctl.calc.positions import Codes, Stated, StatedRating, positions
from qippctl.models.figure import Figure, Rating
from qippctl.models.paper import Paper
from qippctl.models.records import Status

# Whose figures are a programme's: accounts and indicators are none.
_OF_SCHEMES = frozenset({"savings", "investment", "activity"})
Place = tuple[str, str]
"""Organisation (empty where none is known), and table or period."""


def by_table(paper: Paper) -> dict[Place, list[Position]]:
    """The subjects of each table by itself: a row's colour is judged by the figures beside it."""
    return _gathered(paper, {table.table: table.table for table in paper.tables})


def by_period(paper: Paper) -> dict[Place, list[Position]]:
    """The subjects of each period that tables report, each with all that the paper states of it."""
    return _gathered(paper, {table.table: table.period for table in paper.tables if table.period})


def called(position: Position) -> str:
    """What a person calls a subject."""
    label = position.scheme or position.workstream
    if position.level == "total" or (position.role == "subtotal" and not label):
        return position.role
    return label or position.role


def _gathered(paper: Paper, keys: dict[str, str]) -> dict[Place, list[Position]]:
    periods = {table.table: table.period or "" for table in paper.tables}
    stated: dict[Place, list[Figure]] = defaultdict(list)
    ratings: dict[Place, list[Rating]] = defaultdict(list)
    for figure in paper.figures:
        if figure.table in keys and figure.subject in _OF_SCHEMES:
            stated[(figure.organisation or "", keys[figure.table])].append(figure)
    for rating in paper.ratings:
        if rating.table in keys:
            ratings[(rating.organisation or "", keys[rating.table])].append(rating)
    proven = {table.table: table.proven for table in paper.tables}
    codes = _codes(paper)
    found = {}
    for place in dict.fromkeys((*stated, *ratings)):
        own = [Stated(figure, proven=proven[figure.table]) for figure in stated[place]]
        rated = [StatedRating(rating) for rating in ratings[place]]
        found[place] = positions(own, rated, _period((*stated[place], *ratings[place]), periods), codes)
    return found


def _period(printed: Iterable[Figure | Rating], periods: dict[str, str]) -> str:
    return next(periods[one.table] for one in printed)


def _codes(paper: Paper) -> Codes:
    sha256 = paper.cover.sha256
    codes = {(sha256, table.table, row): code for table in paper.tables for row, code in table.codes.items()}
    for record in paper.records:
        if isinstance(record, Status) and record.code and record.table and record.row is not None:
            codes[(sha256, record.table, record.row)] = record.code
    return codes
