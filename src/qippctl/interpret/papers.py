"""A whole document: its cover, then each table in its surroundings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import partial

from qippctl.interpret.bodies import initials_of
from qippctl.interpret.cover import CoverReading, read_cover
from qippctl.interpret.figures import Surroundings
from qippctl.interpret.forms import Forms
from qippctl.interpret.joining import is_furniture, joined
from qippctl.interpret.records.place import Place
from qippctl.interpret.slips import doubt_slips
from qippctl.interpret.spans import Context
from qippctl.interpret.tables import TableResult, group_names, read_form, read_table
from qippctl.interpret.units import stated_amounts
from qippctl.interpret.words import unmarked
from qippctl.models.document import Document, Grid, Prose
from qippctl.models.paper import Cover, Paper

_SCHEME = re.compile(r"^\s*Scheme\s*:\s*(\S.*)$", re.IGNORECASE)
_LOCALITY = re.compile(r"\s+[-–—]\s+Locality\b.*$", re.IGNORECASE)
LINES_KEPT = 6


def interpret(document: Document, *, pages_read: str | None = None) -> Paper:
    """Read every table of a document. What is not understood is named in `tables`, never guessed."""
    cover = read_cover(document)
    results = _tables(document, cover)
    return Paper(
        cover=_cover(document, cover, pages_read),
        figures=tuple(doubt_slips([figure for result in results for figure in result.figures])),
        ratings=tuple(rating for result in results for rating in result.ratings),
        records=tuple(record for result in results for record in result.records),
        tables=tuple(result.reading for result in results),
        notes=document.notes,
    )


def _tables(document: Document, cover: CoverReading) -> list[TableResult]:
    blocks = list(joined(document.blocks))
    stated = stated_amounts([block.text for block in blocks if isinstance(block, Prose)])
    groups = frozenset().union(*(group_names(block) for block in blocks if isinstance(block, Grid)))
    context = Context()
    scheme: str | None = None
    lines: list[str] = []
    on_page: Counter[int] = Counter()
    forms = Forms()
    bodies = initials_of(document)
    follows = False
    results: list[Callable[[], TableResult]] = []
    for block in blocks:
        if isinstance(block, Prose):
            follows = follows and is_furniture(block)
            for text in block.text.splitlines():
                context.read(text)
                scheme = _scheme_heading(text) or scheme
                if line := unmarked(text):
                    lines = [*lines[-LINES_KEPT:], line]
            continue
        on_page[block.page] += 1
        around = Surroundings(
            paper=document.name,
            sha256=document.sha256,
            organisation=cover.organisation,
            table=f"p{block.page}t{on_page[block.page]}",
            span_above=context.span,
            paper_span=cover.span,
            lines_above=tuple(lines),
            paper_title=cover.title,
            scheme_heading=scheme,
            stated=stated,
            groups_elsewhere=groups,
            meeting=cover.meeting,
        )
        form = forms.read(block, follows=follows)
        if form is None:
            results.append(partial(read_table, block, around))
        else:
            place = Place(
                document.name,
                document.sha256,
                cover.organisation,
                block.page,
                around.table,
                scheme,
                around.span_above,
                around.lines_above,
                bodies,
            )
            results.append(partial(read_form, block, form, around, place))
        follows = True
        lines = []
        context.close()
    # A form's last row may go on in the next part of it, so none is read before all have been seen.
    return [result() for result in results]


def _scheme_heading(text: str) -> str | None:
    """The scheme that a template's heading names.

    >>> _scheme_heading("Scheme: Hospice at Home - Locality project West")
    'Hospice at Home'
    """
    found = _SCHEME.match(unmarked(text))
    return _LOCALITY.sub("", found[1]).strip() if found else None


def _cover(document: Document, cover: CoverReading, pages_read: str | None) -> Cover:
    period = cover.span.period
    return Cover(
        paper=document.name,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=document.page_count,
        organisation=cover.organisation,
        committee=cover.committee,
        title=cover.title,
        meeting_date=cover.meeting.isoformat() if cover.meeting else None,
        period=str(period) if period else None,
        status=cover.status,
        pages_read=pages_read,
        printed_pages={
            page.number: page.printed for page in document.pages if page.printed and page.printed != str(page.number)
        },
    )
