"""A document as one HTML page: nothing is fetched, nothing runs, everything is named for those who cannot see it."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from qippctl.reports.document.model import COLOURS, Document, Picture, Table, numbered

if TYPE_CHECKING:
    from jinja2 import Template


def html(document: Document) -> str:
    """The page. Every text is escaped; pictures are inside it."""
    own = document.clean
    tables, pictures = numbered(own.blocks, Table), numbered(own.blocks, Picture)
    blocks = [
        {
            "kind": type(block).__name__.lower(),
            "block": block,
            "number": tables.get(k) or pictures.get(k),
            "source": _source(block) if isinstance(block, Picture) else None,
        }
        for k, block in enumerate(own.blocks)
    ]
    return _page().render(document=own, blocks=blocks, colours=COLOURS) + "\n"


@cache
def _page() -> Template:
    from jinja2 import Environment, StrictUndefined

    source = files("qippctl.reports.document").joinpath("page.html.j2").read_text(encoding="utf-8")
    env = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    return env.from_string(source)


def _source(picture: Picture) -> str:
    """The picture itself, as an address: drawn with lines where it can be, so that it stays sharp."""
    if picture.svg is not None:
        return f"data:image/svg+xml;base64,{b64encode(picture.svg.encode()).decode()}"
    return f"data:image/png;base64,{b64encode(picture.png).decode()}"
