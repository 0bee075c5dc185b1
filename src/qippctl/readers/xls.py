"""old Excel."""

from __future__ import annotations

from qippctl.errors import UnsupportedError
from qippctl.models.document import Document
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages


def read_xls(name: str, sha256: str, content: bytes, selection: Pages | None, limits: Limits) -> Document:
    raise UnsupportedError("old Excel is not read yet; save it as PDF")
