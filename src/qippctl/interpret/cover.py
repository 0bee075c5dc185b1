"""Whose paper it is, for which meeting, and which month it reports: from its first lines, headings and prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from qippctl.interpret.bodies import SMALL_WORDS, bodies_in, core_words, is_body
from qippctl.interpret.coversheet import read_sheet
from qippctl.interpret.layouts import organisation_words, vocabulary
from qippctl.interpret.spans import Span, is_sentence, paper_span
from qippctl.interpret.words import find, is_one_of, normal, unmarked
from qippctl.models.document import Document, Grid, Prose
from qippctl.models.paper import Cover
from qippctl.period import Period, find_date

FIRST_LINES = 40
COVER_LINES = 15
COVER_TABLES = 3
_TITLE_LABEL = re.compile(
    r"^(?:title(?: of (?:the )?(?:report|paper))?|subject|report title|agenda item title|report|paper)\s*:?$",
    re.IGNORECASE,
)
_BEFORE_COMMITTEE = (
    r"^\s*(?:(?:report|paper) (?:to|for)(?: the)?|meeting of(?: the)?|(?:approved|seen|agreed) by(?: the)?|to the)\s+"
)
_MEETING = re.compile(r"\b(?:held on|meeting|date|board|committee|cabinet)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class CoverReading:
    """The particulars found, each None where the paper does not say."""

    organisation: str | None
    committee: str | None
    title: str | None
    meeting: date | None
    status: Literal["draft", "final"] | None
    span: Span


def read_cover(document: Document) -> CoverReading:
    """The particulars of a paper. Pages without a body's name have no cover of their own: the file's first pages have it."""
    own = _read(document)
    if not document.front or own.organisation is not None:
        return own
    front = _read(replace(document, blocks=document.front, front=()))
    return replace(front, span=own.span if own.span.month or not front.span.month else front.span)


def cover_of(document: Document, cover: CoverReading, pages_read: str | None, data_to: Period | None = None) -> Cover:
    """The record of a paper's particulars. `data_to`: the last month that its data cover, as its prose says."""
    period = cover.span.period
    sheet = read_sheet(document)
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
        data_to=str(data_to) if data_to and data_to != period else None,
        status=cover.status,
        leads=sheet.leads,
        recommendation=sheet.recommendation,
        implications=sheet.implications,
        pages_read=pages_read,
        printed_pages={
            page.number: page.printed for page in document.pages if page.printed and page.printed != str(page.number)
        },
    )


def _read(document: Document) -> CoverReading:
    lines = list(_lines(document))
    first = lines[:FIRST_LINES]
    meeting = _meeting_date(first)
    title = _title(document, first)
    spoken = [block.text for block in document.prose()]
    labelled = [line for grid in list(document.grids())[:COVER_TABLES] for line in labelled_lines(grid)]
    headings = [*labelled, *spoken, *_grid_headings(document)]
    return CoverReading(
        organisation=_organisation(first, lines, title),
        committee=_committee(first),
        title=title,
        meeting=meeting,
        status=_status(first),
        span=paper_span(filter(None, (title, *labelled, *spoken[:COVER_LINES])), headings, meeting),
    )


def _lines(document: Document) -> Iterator[str]:
    """The lines of the document in order, those of tables as their cells."""
    for block in document.blocks:
        if isinstance(block, Prose):
            yield from filter(None, (unmarked(line).strip("* ") for line in block.text.splitlines()))
        elif labelled := labelled_lines(block):
            yield from labelled
        else:
            for row in block.rows[:12]:
                yield from filter(None, (unmarked(cell.text) for cell in row))


def labelled_lines(grid: Grid) -> list[str]:
    """The rows of a cover sheet's table as lines: `Date: 9 June 2010`. None of any other table."""
    words = vocabulary()
    rows = [[text for cell in row if (text := unmarked(cell.text))] for row in grid.rows[:COVER_LINES]]
    known = sum(
        1 for row in rows if len(row) == 2 and is_one_of((*words.cover_labels, *words.leads), row[0].rstrip(":"))
    )
    return [f"{row[0].rstrip(':')}: {row[1]}" for row in rows if len(row) == 2] if known >= 2 else []


def _grid_headings(document: Document) -> Iterator[str]:
    for grid in document.grids():
        for row in grid.rows[:3]:
            yield " | ".join(cell.text for cell in row if cell.text)[:400]


def _meeting_date(first: Sequence[str]) -> date | None:
    """The date on the cover: the first that has a line to itself, else one beside a word of meetings."""
    dated = [
        (line, found)
        for line in first
        if len(line) <= 160
        and not re.search(
            r"\b(?:as at|up to|ending|to [0-9]|export|printed|created|updated|version)", line, re.IGNORECASE
        )
        and (found := find_date(line))
    ]
    beside = [found for line, found in dated if _MEETING.search(line)]
    alone = [found for line, found in dated if len(line) <= 40]
    return next(iter(alone + beside + [found for _, found in dated]), None)


def _status(first: Sequence[str]) -> Literal["draft", "final"] | None:
    for line in first:
        if re.search(r"\bdraft\b", line, re.IGNORECASE) and len(line) <= 120:
            return "draft"
        if re.fullmatch(r"(?:status\s*:?\s*)?final(?: version)?", line, re.IGNORECASE):
            return "final"
    return None


def _title(document: Document, first: Sequence[str]) -> str | None:
    """What a cover table or line calls the title or subject; else the first line that is no body, committee or date."""
    for grid in list(document.grids())[:4]:
        for row in grid.rows[:8]:
            cells = [unmarked(cell.text) for cell in row if cell.text]
            if len(cells) >= 2 and _TITLE_LABEL.match(cells[0]):
                return cells[1]
    for line in first:
        label, colon, rest = line.partition(":")
        if colon and _TITLE_LABEL.match(label.strip()) and rest.strip():
            return rest.strip()
    for line in first:
        bare = _without_date(line)
        if (
            len(bare) >= 8
            and not line.endswith(".")
            and not is_sentence(line)
            and not is_body(bare)
            and not _is_committee(bare)
            and not re.match(r"^(?:date|period|enclosure|agenda|paper|report to|draft|appendix)\b", bare, re.IGNORECASE)
        ):
            return bare[:200]
    return None


def _without_date(line: str) -> str:
    """A line without the date, and without a committee that it begins with."""
    found = re.split(r"\b[0-9]{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+20[0-9]{2}\b", line)
    rest = found[-1] if len(found) > 1 and found[-1].strip() else found[0]
    return rest.strip(" -–,:")


def _committee(first: Sequence[str]) -> str | None:
    words = organisation_words().committees
    for i, line in enumerate(first):
        if (
            not find(words, line)
            or len(line) > 140
            or is_sentence(line)
            or re.search(r"\bdraft\b", line, re.IGNORECASE)
        ):
            continue
        piece = next((piece for piece in line.split("|") if find(words, piece)), line)
        text = re.sub(_BEFORE_COMMITTEE, "", _before_date(piece), flags=re.IGNORECASE).removesuffix(" on").strip()
        if normal(text) in {"governance committee", "committee"} and i and (before := first[i - 1]):
            text = re.sub(r"^report to(?: the)?\s+", "", before, flags=re.IGNORECASE) + " " + text
        organisation = next(iter(bodies_in(text)), None)
        text = text.replace(organisation, "").strip(" -–,:") if organisation else text
        if text and not text.endswith(":"):
            return _cased(text)
    return None


def _before_date(line: str) -> str:
    return re.split(r"\b[0-9]{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+\s+20[0-9]{2}\b", line)[0].strip(" -–,:")


def _is_committee(line: str) -> bool:
    return find(organisation_words().committees, line) is not None or bool(
        re.match(r"^report to\b", line, re.IGNORECASE)
    )


def _organisation(first: Sequence[str], lines: Sequence[str], title: str | None) -> str | None:
    """The body on the cover; of several on one line, the one that the title is about, short forms written out."""
    for line in (*first, *lines[FIRST_LINES : FIRST_LINES * 6]):
        bodies = bodies_in(line)
        if len(bodies) > 1:
            about = [body for body in bodies if title and core_words(body) and core_words(body) <= core_words(title)]
            return _cased(about[0]) if len(about) == 1 else _cased(line)
        if bodies and not _is_passing_mention(line, bodies[0]):
            return _cased(bodies[0])
    return _named_first(first)


def _named_first(first: Sequence[str]) -> str | None:
    """The first line of a cover where it reads as a name and nothing else does: of a body of a kind that is not known."""
    line = first[0] if first else ""
    words = [w for w in re.findall(r"[A-Za-z’'-]+", line) if w.lower() not in SMALL_WORDS]
    is_name = 1 < len(words) <= 9 and all(w[0].isupper() for w in words) and not any(c.isdigit() for c in line)
    known = vocabulary()
    speaks = find((*known.savings, *known.finance, *known.scheme_rows, "report", "paper", "agenda", "appendix"), line)
    return _cased(line) if is_name and len(first) > 1 and not speaks and not _is_committee(line) else None


def _is_passing_mention(line: str, body: str) -> bool:
    """A body named inside a sentence is not the paper's own."""
    return len(line) > 120 or (line.endswith(".") and len(body) * 2 < len(line))


def _cased(name: str) -> str:
    """A name in capitals set in lower case with initials, the abbreviations kept."""
    if not name.isupper():
        return name
    keep = set(organisation_words().capitals)
    words = [
        w if w.lower().strip(",") in keep else w.lower() if w.lower() in SMALL_WORDS else w.capitalize()
        for w in name.split()
    ]
    return " ".join(words)
