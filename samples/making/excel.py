"""Papers as workbooks: what a sheet needs beside xlsxwriter, and a file without the hour."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from xlsxwriter import Workbook

from making.package import without_clock

# The value of a formula that nobody has worked out yet: taken out of the file again.
UNSTORED = "not worked out"
_CELL_WITHOUT = re.compile(rb'(<c [^>]*?) t="str"(><f>[^<]*</f>)<v>' + UNSTORED.encode() + b"</v>")


def write_xlsx(path: Path, title: str, author: str, written: datetime, fill: Callable[[Workbook], None]) -> None:
    """Write a workbook; the same bytes every time."""
    packed = io.BytesIO()
    book = Workbook(packed, {"in_memory": True})
    book.set_properties({"title": title, "author": author, "created": written})
    fill(book)
    book.close()
    path.write_bytes(without_clock(_as_saved(packed.getvalue())))


def _as_saved(packed: bytes) -> bytes:
    """The same package as Excel saves it: values of formulas are as last worked out, and some were not."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(packed)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.infolist():
            content = source.read(entry).replace(b' fullCalcOnLoad="1"', b"")
            target.writestr(entry, _CELL_WITHOUT.sub(rb"\1\2", content))
    return out.getvalue()
