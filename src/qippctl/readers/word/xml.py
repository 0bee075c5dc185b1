"""Word's XML: the names that are used, and walks that see through wrappers and leave out what is gone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from docx.oxml import ns

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_ALTERNATE, _CHOICE, _FALLBACK = (f"{_COMPATIBILITY}{name}" for name in ("AlternateContent", "Choice", "Fallback"))


@cache
def qn(name: str) -> str:
    """The full name of an element or attribute, asked for ten times a cell: `w:tbl` is `{http://...}tbl`."""
    return str(ns.qn(name))


PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
BOX = qn("w:txbxContent")
VALUE = qn("w:val")
# What an author took away, and what one put in, while changes were tracked.
GONE = frozenset({qn("w:del"), qn("w:moveFrom")})
ADDED = frozenset({qn("w:ins"), qn("w:moveTo")})


def chosen(parent: Any) -> Iterator[Any]:
    """The children of an element; of one thing written in several ways only the first way, which is the newest."""
    if parent.tag != _ALTERNATE:
        yield from parent
        return
    choice = parent.find(_CHOICE)
    way = choice if choice is not None else parent.find(_FALLBACK)
    if way is not None:
        yield way


def within(parent: Any, *wanted: str, changed: bool = False) -> Iterator[tuple[Any, bool]]:
    """The wanted elements in order, whatever wraps them, each with whether it was put in while changes were tracked.

    What was taken away comes as its wrapper, whose tag is in GONE: not for its text, but because something changed here.
    """
    for child in chosen(parent):
        if child.tag in wanted or child.tag in GONE:
            yield child, changed
        else:
            yield from within(child, *wanted, changed=changed or child.tag in ADDED)


def is_gone(element: Any) -> bool:
    """Whether an element is within something taken away, or within a second way of writing what was written before."""
    return any(
        above.tag in GONE or (above.tag == _FALLBACK and above.getparent().find(_CHOICE) is not None)
        for above in element.iterancestors()
    )


def is_on(properties: Any, name: str) -> bool | None:
    """Whether a property is switched on or off; None where it is not there."""
    found = properties.find(qn(name)) if properties is not None else None
    return None if found is None else found.get(VALUE, "true") not in ("0", "false", "off")


def value(properties: Any, name: str, default: str = "") -> str:
    """The value of a property; an empty text where it is not there, the default where it is there without a value."""
    found = properties.find(qn(name)) if properties is not None else None
    return "" if found is None else found.get(VALUE, default)


def whole(text: str) -> int | None:
    """A whole number of at most six digits, as attributes have them; None for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else None
