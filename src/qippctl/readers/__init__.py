"""Readers turn a file into a `Document`: prose and grids of text with their places. No reader knows what a saving is.

`read(path)` is the one verb; `read_parts` gives the same page by page. Every file is hostile until read, so each is
parsed in a process of its own with limits on
memory, time and size; this package imports `errors` and `models` only.
"""

from qippctl.readers.isolation import Limits, read, read_parts
from qippctl.readers.joining import page_notes
from qippctl.readers.pages import Pages

__all__ = ["Limits", "Pages", "page_notes", "read", "read_parts"]
