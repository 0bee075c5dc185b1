"""PowerPoint."""

from __future__ import annotations

from qippctl.errors import UnsupportedError
from qippctl.models.document import Document
from qippctl.readers.isolation import Limits
from qippctl.readers.pages import Pages


def read_pptx(name: str, sha256: str, content: bytes, selection: Pages | None, limits: Limits) -> Document:
    raise UnsupportedError("PowerPoint is not read yet; save it as PDF")
