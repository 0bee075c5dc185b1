"""Workbooks: a working one with live formulas, and an accessible one by the rules for published spreadsheets.

Imports models and reports only; xlsxwriter where a file is written. `working` and `accessible` answer the file's bytes.
"""

from __future__ import annotations

from qippctl.models.workbooks import Book


def working(book: Book) -> bytes:
    """The workbook to work with."""
    from qippctl.reports.excel.working_book import working as write

    return write(book)


def accessible(book: Book) -> bytes:
    """The workbook to publish: no formulas, one marked table a sheet."""
    from qippctl.reports.excel.accessible_book import accessible as write

    return write(book)


__all__ = ["accessible", "working"]
