"""What the tables of the board's paper share: amounts with their marks, colours with letter and word, long texts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from qippctl.models.answers import RagAnswer, VarianceAnswer
from qippctl.models.board import BoardLine
from qippctl.models.figure import Colour
from qippctl.models.highlights import Place
from qippctl.reports.document import Cell, TableColumn
from qippctl.reports.document.model import Tone
from qippctl.reports.words import COLOURS, Money, percent

LONGEST_TEXT = 500
_TONES: dict[str | None, Tone] = {"red": "red", "amber": "amber", "green": "green", "blue": "blue"}
_LETTERS = {"red": "R", "amber": "A", "green": "G", "blue": "B"}
HARMLESS = frozenset({"workstream-unknown"})


def text(value: str | None, most: int = LONGEST_TEXT) -> Cell:
    """A text on one line, cut at a word where it is very long."""
    return Cell(cut(value, most))


def cut(value: str | None, most: int = LONGEST_TEXT) -> str:
    """A text on one line; what is longer ends in an ellipsis after a word."""
    bare = " ".join((value or "").split())
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


def position_columns(label: str, *, to_date: bool, milestones: bool) -> tuple[TableColumn, ...]:
    """The columns of a table of money: to date, colour, year."""
    spans = (("Plan to date", "Actual", "Variance", "Yield %", "RAG"),) if to_date else ()
    columns = [TableColumn(label, weight=3.2 if to_date else 4)]
    for names in spans:
        columns += [TableColumn(name, "right", 1.1) for name in names[:3]]
        columns += [TableColumn(names[3], "right", 0.8), TableColumn(names[4], weight=1.25)]
    columns += [TableColumn("Year plan", "right", 1.1), TableColumn("Forecast", "right", 1.15)]
    columns += [TableColumn("Variance", "right", 1.1)]
    columns += [] if to_date else [TableColumn("Yield %", "right", 0.8), TableColumn("RAG", weight=1.25)]
    columns += [TableColumn("Milestones", weight=1.35)] if milestones else []
    return (*columns, TableColumn("Note", weight=0.6))


def position_row(line: BoardLine, date: Money, year: Money, *, to_date: bool, milestones: bool) -> tuple[Cell, ...]:
    """A row of such a table."""
    now, whole = line.to_date, line.year
    cells = [Cell(line.name)]
    if to_date:
        cells += (
            [amount(date, now.plan), amount(date, now.actual), amount(date, now.variance)] if now else [Cell("")] * 3
        )
        cells += [Cell(_yield(now)), rating(line.finance)]
    cells += (
        [amount(year, whole.plan), amount(year, whole.actual), amount(year, whole.variance)]
        if whole
        else [Cell("")] * 3
    )
    cells += [] if to_date else [Cell(_yield(whole)), rating(line.finance)]
    cells += [rating(line.milestones)] if milestones else []
    return (*cells, Cell(marks(line)))


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
