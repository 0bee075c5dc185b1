"""Workbooks for tests: what a file's cells hold, and what LibreOffice works out when it knows no value."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qippctl import pipeline
from qippctl.ledger import open_ledger
from qippctl.models.figure import Figure
from qippctl.models.workbooks import Book, BookBody

AT = date(2015, 6, 1)
_STORED = re.compile(rb"(</f>)<v>[^<]*</v>")
Cells = dict[tuple[str, str], Any]


def book_of(url: str, organisation: str | None = None) -> Book:
    return pipeline.book(open_ledger(url), organisation, today=AT)


def opened(content: bytes, *, values: bool = True) -> openpyxl.Workbook:
    """The file as openpyxl has it: with what is stored beside formulas, or with the formulas."""
    return openpyxl.load_workbook(io.BytesIO(content), data_only=values)


def cells(content: bytes, *, values: bool = True) -> Cells:
    """Every filled cell, by sheet and address."""
    found = opened(content, values=values)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in found.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def rows(content: bytes, sheet: str) -> list[dict[str, Any]]:
    """The rows of a sheet's table by its headings: those below the row whose last cell but one is filled first."""
    found = [list(row) for row in opened(content)[sheet].iter_rows(values_only=True)]
    head = next(i for i, row in enumerate(found) if sum(value is not None for value in row) > 2)
    return [dict(zip(found[head], row, strict=True)) for row in found[head + 1 :]]


def recalculated(content: bytes, folder: Path) -> Cells:
    """What LibreOffice gives for every cell when no formula's value is stored."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI") == "true":
            pytest.fail("LibreOffice (soffice) is not installed")
        pytest.skip("LibreOffice (soffice) is not installed")
    bare, out = folder / "bare.xlsx", folder / "out"
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(bare, "w") as target:
        for entry in source.infolist():
            target.writestr(entry, _STORED.sub(rb"\1", source.read(entry)))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [program, profile, "--headless", "--convert-to", "xlsx", "--outdir", str(out), str(bare)],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return cells((out / "bare.xlsx").read_bytes())


def told(body: BookBody) -> list[tuple[Any, ...]]:
    """What the sheet of a body's schemes says, figure by figure."""
    out = []
    for line in body.lines:
        came = "actual" if line.is_outturn else "forecast"
        for answer, names in ((line.to_date, ("plan", "actual", "variance")), (line.year, ("plan", came, "variance"))):
            if answer is not None:
                of = (body.organisation, line.workstream, line.scheme, line.role)
                amounts = zip(names, (answer.plan, answer.actual, answer.variance), strict=True)
                out += [(*of, m, answer.basis, answer.period, v) for m, v in amounts if v is not None]
    return sorted(out, key=str)


def read(figures: tuple[Figure, ...]) -> list[tuple[Any, ...]]:
    """The same of figures that were read; yields and totals are not asked for."""
    return sorted(
        (
            (f.organisation, f.workstream, f.scheme, f.role, f.measure, f.basis, f.period, f.value.normalize() + 0)
            for f in figures
            if f.role != "total" and f.measure != "delivery"
        ),
        key=str,
    )
