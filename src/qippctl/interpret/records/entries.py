"""Tables of words that are none of the other records: estates plans, lists of issues and approaches, lists of outcomes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from qippctl.interpret.layouts import vocabulary
from qippctl.interpret.records.place import Place
from qippctl.interpret.words import is_one_of, unmarked
from qippctl.models.document import Grid
from qippctl.models.records import Entry, Record
from qippctl.money import is_dash, parse_amount

LONGEST_HEADING = 60
MOST_WORDS = 6
FEWEST_ROWS = 3
_NUMBERED = re.compile(r"^[0-9]{1,2}[.)]\s+\S")


def entries(grid: Grid, place: Place) -> list[Record]:
    """A record a row of a table of words; none where a grid holds mostly numbers or has no headings."""
    texts = [[unmarked(text) for text in row] for row in grid.texts()]
    if all(not any(row[1:]) for row in texts):
        return _list(grid, texts, place)
    if grid.width < 2 or len(texts) < 2 or not _is_of_words(texts):
        return []
    headings = texts[0]
    grouped = any(not row[0] and any(row[1:]) for row in texts[1:]) and grid.width > 2
    label = 1 if grouped else 0
    group: str | None = None
    found: list[Record] = []
    for index, row in enumerate(texts[1:], 1):
        if row == headings:
            continue
        group = (row[0] or group) if grouped else None
        if row[label]:
            rest = {headings[i] or str(i + 1): text for i, text in enumerate(row) if i > label and text}
            address = place.at(index=index, page=grid.page_of(index))
            found.append(Entry(**address, group=group, label=row[label], texts=rest))
    return found


def _is_of_words(texts: Sequence[Sequence[str]]) -> bool:
    """Whether short headings stand over cells of which many hold a sentence and few are numbers."""
    heads = [text for text in texts[0] if text]
    cells = [text for row in texts[1:] for text in row if text and not is_dash(text)]
    if (
        len(heads) < 2
        or any(text.endswith(":") for text in heads)
        or len(heads) < len(texts[0]) - 1
        or not cells
        or max(map(len, heads)) > LONGEST_HEADING
    ):
        return False
    if any(len(text.split()) > MOST_WORDS for text in heads) or _is_cover(texts):
        return False
    numbers = sum(1 for text in cells if parse_amount(text) is not None and not re.fullmatch("20[0-9]{2}", text))
    wordy = sum(1 for text in cells if len(text.split()) >= 5)
    return numbers * 10 <= len(cells) and wordy * 4 >= len(cells)


def _is_cover(texts: Sequence[Sequence[str]]) -> bool:
    """Whether the rows are the label and text of a cover sheet: `Agenda item`, `Report by`."""
    words = vocabulary()
    return sum(1 for row in texts if is_one_of((*words.leads, *words.cover_labels), row[0])) >= 2


def _list(grid: Grid, texts: Sequence[Sequence[str]], place: Place) -> list[Record]:
    """A list set as a table of one column, under numbered headings and short ones (`Benefits`, `Outputs`)."""
    if len([row for row in texts if row[0]]) < FEWEST_ROWS:
        return []
    area = next((line for line in reversed(place.lines_above[-1:]) if _NUMBERED.match(line)), None)
    kind: str | None = None
    found: list[Entry] = []
    for index, row in enumerate(texts):
        text = row[0]
        if not re.search(r"[A-Za-z0-9]", text):
            continue
        if _NUMBERED.match(text) and len(text.split()) <= 8:
            area, kind = text, None
        elif len(text.split()) == 1 and text.rstrip(":").isalpha() and text[0].isupper():
            kind = text.rstrip(":")
        elif (
            (text[0].islower() or not re.search(r"[A-Za-z]", text))
            and found
            and found[-1].group == " / ".join(filter(None, (area, kind)))
        ):
            found[-1] = found[-1].model_copy(update={"label": f"{found[-1].label} {text}"})
        else:
            address = place.at(index=index, page=grid.page_of(index))
            found.append(Entry(**address, group=" / ".join(filter(None, (area, kind))) or None, label=text))
    return list(found) if kind or area else []
