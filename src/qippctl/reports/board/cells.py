"""What the tables of the board's paper share: amounts with their marks, colours with letter and word, long texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from qippctl.models.answers import RagAnswer, VarianceAnswer
from qippctl.models.board import BoardLine
from qippctl.models.figure import Colour
from qippctl.models.highlights import Place
from qippctl.reports.document import Cell, Table, TableColumn
from qippctl.reports.document.model import Tone
from qippctl.reports.words import COLOURS, Money, percent

LONGEST_TEXT = 500
_TONES: dict[str | None, Tone] = {"red": "red", "amber": "amber", "green": "green", "blue": "blue"}
_LETTERS = {"red": "R", "amber": "A", "green": "G", "blue": "B"}


def text(value: str | None, most: int = LONGEST_TEXT) -> Cell:
    """A text on one line, cut at a word where it is very long."""
    return Cell(cut(value, most))


def cut(value: str | None, most: int = LONGEST_TEXT) -> str:
    """A text on one line, without the sign of a list that begins it; what is longer ends in an ellipsis after a word."""
    bare = " ".join((value or "").split()).lstrip("•▪● ")
    if len(bare) <= most:
        return bare
    return bare[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"


def colour(found: Colour | None, *, open_: bool = False, printed: bool = False) -> Cell:
    """`R Red`; with `?` where the printed precision leaves it open, in brackets where only the paper says so."""
    if found is None:
        return Cell("-")
    said = " ".join(filter(None, (_LETTERS.get(found), COLOURS[found]))) + ("?" if open_ else "")
    return Cell(f"({said})" if printed else said, "" if printed else _TONES.get(found, ""))


def rating(answer: RagAnswer | None) -> Cell:
    """The rule's colour, else the paper's in brackets."""
    if answer is None:
        return Cell("")
    if answer.derived is None:
        return colour(answer.printed, printed=True) if answer.printed is not None else Cell("-")
    return colour(answer.derived, open_=answer.certainty == "undecided")


def amount(money: Money, value: Decimal | None) -> Cell:
    return Cell(money(value))


def marks(line: BoardLine) -> str:
    """~ in doubt, c corrected, ! forecast below what is delivered."""
    signs = (("!", line.is_forecast_below_delivered), ("~", bool(line.doubts)), ("c", bool(line.corrected)))
    return "".join(mark for mark, holds in signs if holds)


def money_of(answers: Iterable[VarianceAnswer | None]) -> Money:
    """How the amounts of a table are shown: all with the decimals that one of them needs."""
    known = [a for a in answers if a is not None]
    return Money([v for a in known for v in (a.plan, a.actual, a.variance)])


def place(where: Place) -> str:
    return f"#{where.paper_number} p.{where.page}"


@dataclass(frozen=True, slots=True)
class Shape:
    """Which columns a table of positions has."""

    to_date: bool
    has_milestones: bool
    has_marks: bool

    def columns(self, label: str) -> tuple[TableColumn, ...]:
        """To date with the colour, then the year; of a whole year the colour stands by it."""
        judged = (TableColumn("Yield %", "right", 0.9), TableColumn("RAG", weight=1.5))
        date = (
            TableColumn("Plan to date", "right", 1.3),
            TableColumn("Actual", "right", 1.3),
            TableColumn("Variance", "right", 1.4),
            *judged,
        )
        return (
            TableColumn(label, weight=2.95 if self.to_date else 4.5),
            *(date if self.to_date else ()),
            TableColumn("Year plan", "right", 1.25),
            TableColumn("Forecast", "right", 1.4),
            TableColumn("Variance", "right", 1.4),
            *(() if self.to_date else judged),
            *((TableColumn("Milestones", weight=1.65),) if self.has_milestones else ()),
            *((TableColumn("Note", weight=0.85),) if self.has_marks else ()),
        )

    def row(self, line: BoardLine, date: Money, year: Money) -> tuple[Cell, ...]:
        """One line in these columns."""
        judged = (Cell(_yield(line.to_date if self.to_date else line.year)), rating(line.finance))
        return (
            Cell(line.name),
            *((*_amounts(line.to_date, date), *judged) if self.to_date else ()),
            *_amounts(line.year, year),
            *(() if self.to_date else judged),
            *((rating(line.milestones),) if self.has_milestones else ()),
            *((Cell(marks(line)),) if self.has_marks else ()),
        )


def _amounts(a: VarianceAnswer | None, money: Money) -> tuple[Cell, ...]:
    if a is None:
        return (Cell(""), Cell(""), Cell(""))
    return (amount(money, a.plan), amount(money, a.actual), amount(money, a.variance))


def without_empty(table: Table) -> Table:
    """A table without the columns in which nothing stands."""
    kept = [k for k in range(len(table.columns)) if k == 0 or any(row[k].text not in ("", "-") for row in table.rows)]
    columns = tuple(table.columns[k] for k in kept)
    return replace(table, columns=columns, rows=tuple(tuple(row[k] for k in kept) for row in table.rows))


def _yield(a: VarianceAnswer | None) -> str:
    return percent(a.delivery) if a is not None else ""


def what_marks_mean(lines: Sequence[BoardLine]) -> str:
    """The marks that occur, in words; empty where none does."""
    shown = "".join(marks(line) for line in lines)
    said = [
        words
        for mark, words in (
            ("~", "~ a figure of the row is in doubt"),
            ("c", "c an analyst has put a figure of the row right"),
            ("!", "! the forecast of the year is below what is delivered already"),
        )
        if mark in shown
    ]
    rated = [line.finance for line in lines] + [line.milestones for line in lines]
    if any(a is not None and a.derived is not None and a.certainty == "undecided" for a in rated):
        said.append("? the printed precision leaves the colour open")
    if any(a is not None and a.derived is None and a.printed is not None for a in rated):
        said.append("colours in brackets are those that the paper prints, where the rule gives none")
    return "; ".join(said) + "." if said else ""
