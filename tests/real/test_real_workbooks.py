"""Workbooks of the real papers: every formula agrees with what is stored, and they come back as written. They run where
QIPPCTL_PAPERS names their folder."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from qippctl import pipeline
from qippctl.ledger import open_ledger
from qippctl.models.workbooks import Book
from qippctl.reports import excel
from real.truth import PAPERS, find_paper
from spreadsheets import AT, cells, read, recalculated, told

pytestmark = pytest.mark.skipif(PAPERS is None, reason="QIPPCTL_PAPERS does not name a folder of papers")


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    ledger = open_ledger(f"sqlite:///{tmp_path_factory.mktemp('real') / 'real.db'}")
    for prefix in ("001", "003"):
        ledger.add(pipeline.extract(find_paper(prefix)), version="test")
    return pipeline.book(ledger, today=AT)


@pytest.mark.parametrize("make", [excel.working, excel.accessible], ids=["working", "accessible"])
def test_read_back_they_say_the_same(make, book: Book, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "tracker.xlsx"
    file.write_bytes(make(book))
    found = pipeline.extract(file)
    assert len(book.bodies) == 3
    assert read(found.figures) == sorted((item for body in book.bodies for item in told(body)), key=str)


def test_libreoffice_works_out_what_is_stored(book: Book, tmp_path: Path) -> None:
    content = excel.working(book)
    formulas = {at for at, v in cells(content, values=False).items() if isinstance(v, str) and v.startswith("=")}
    stored, found = cells(content), recalculated(content, tmp_path)

    def shown(value: object) -> object:
        return round(Decimal(value), 6) if isinstance(value, (int, float)) else value or ""

    assert len(formulas) > 500
    assert [at for at in formulas if shown(stored.get(at)) != shown(found.get(at))] == []


def test_the_headline_of_the_board_is_the_boards(book: Book) -> None:
    found = cells(excel.working(book))
    at = {value: where for (sheet, where), value in found.items() if sheet == "Summary" and isinstance(value, str)}
    row = max(int(where[1:]) for value, where in at.items() if value == "To date: total as printed")
    assert [found["Summary", f"{column}{row}"] for column in "BCDE"] == [7833400, 6405500, -1427900, 0.818]
