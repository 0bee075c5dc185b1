"""A listing as text: table for the terminal, Markdown, CSV, JSON or JSON Lines. Same listing, same bytes."""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

from pydantic_core import to_json

from qippctl.models.base import Model
from qippctl.reports.clean import for_markdown, for_spreadsheet, for_terminal
from qippctl.reports.listing import Block, Column, Listing

if TYPE_CHECKING:
    from rich.console import Console

Format = Literal["table", "json", "jsonl", "csv", "md"]
GAP = 2
NARROWEST_LABEL = 14
# Longer labels are folded all the same, so bars may stand beside them.
WIDEST_BESIDE_BARS = 40
_STYLES = {"good": "green", "warn": "yellow", "bad": "red", "quiet": "dim", "": ""}


def render(listing: Listing, form: Format, *, width: int = 80, colour: bool = False, bars: bool = False) -> str:
    """The whole answer as one text that ends with a newline. `bars`: columns of bars may be shown, where there is room."""
    if form == "json":
        return to_json(list(listing.records), indent=1).decode() + "\n"
    if form == "jsonl":
        return "".join(record.model_dump_json() + "\n" for record in listing.records)
    if form == "csv":
        return _csv(listing)
    if form == "md":
        return "\n".join(_markdown(_without_bars(block)) for block in listing.shown)
    return "\n".join(_terminal(block if bars else _without_bars(block), width, colour) for block in listing.shown)


def _without_bars(block: Block) -> Block:
    """A block without the columns that only a wide terminal shows."""
    if not any(column.is_bar for column in block.columns):
        return block
    kept = [i for i, column in enumerate(block.columns) if not column.is_bar]
    rows = tuple(tuple(row[i] for i in kept) for row in block.rows)
    return replace(block, columns=tuple(block.columns[i] for i in kept), rows=rows)


def _csv(listing: Listing) -> str:
    out = io.StringIO()
    if listing.csv_rows is not None:
        csv.writer(out, lineterminator="\n").writerows([for_spreadsheet(t) for t in row] for row in listing.csv_rows)
        return out.getvalue()
    records = listing.records if listing.csv_records is None else listing.csv_records
    columns = listing.csv_columns or tuple(
        dict.fromkeys(name for record in records for name in type(record).model_fields)
    )
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for record in records:
        values = record.model_dump(mode="json")
        writer.writerow([for_spreadsheet(_flat(values.get(name))) for name in columns])
    return out.getvalue()


def _flat(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        return " ".join(_flat(item) for item in value)
    if isinstance(value, dict):
        return " ".join(f"{key}={_flat(item)}" for key, item in value.items())
    return str(value)


def _markdown(block: Block) -> str:
    lines = [*(for_markdown(line) + "\n" for line in block.above)]
    if block.rows:
        lines.append("| " + " | ".join(for_markdown(c.heading) for c in block.columns) + " |")
        lines.append("|" + "|".join("---:" if c.is_right else "---" for c in block.columns) + "|")
        lines += ["| " + " | ".join(for_markdown(text) for text in row) + " |" for row in block.rows]
        lines.append("")
    lines += [for_markdown(line) + "\n" for line in block.below]
    return "\n".join(lines).rstrip("\n") + "\n"


def _terminal(block: Block, width: int, colour: bool) -> str:
    """A block for a terminal of a width. RAG is a word as well as a colour, so nothing is lost without colour."""
    from rich.console import Console
    from rich.text import Text

    out = io.StringIO()
    console = Console(
        file=out,
        width=max(width, 40),
        force_terminal=colour,
        no_color=not colour,
        color_system="standard" if colour else None,
        highlight=False,
        legacy_windows=False,
    )
    for line in block.above:
        _say(console, for_terminal(line))
    if block.rows:
        rows = [[for_terminal(text) for text in row] for row in block.rows]
        kept = _kept(block.columns, rows, width)
        widths = _widths([block.columns[i] for i in kept], [[row[i] for i in kept] for row in rows], width)
        console.print(
            Text(
                _line([block.columns[i].heading for i in kept], [block.columns[i] for i in kept], widths), style="bold"
            ),
            no_wrap=True,
        )
        for number, (row, tone) in enumerate(zip(rows, block.tones or [""] * len(rows), strict=True)):
            for line in block.before.get(number, ()):
                _say(console, for_terminal(line))
            for line in _lines([row[i] for i in kept], [block.columns[i] for i in kept], widths):
                console.print(Text(line, style=_STYLES[tone]), no_wrap=True, crop=False, overflow="ignore")
            for line in block.after.get(number, ()):
                _say(console, for_terminal(line))
    for line in block.below:
        _say(console, for_terminal(line))
    return out.getvalue()


def _say(console: Console, text: str) -> None:
    """A line, folded at spaces as far in as it begins."""
    from rich.text import Text

    indent = text[: len(text) - len(text.lstrip())]
    for line in textwrap.wrap(text, console.width, subsequent_indent=indent, break_on_hyphens=False) or [""]:
        console.print(Text(line), no_wrap=True, crop=False, overflow="ignore")


def _natural(column: Column, index: int, rows: Sequence[Sequence[str]]) -> int:
    return max([len(column.heading), *(len(row[index]) for row in rows)])


def _kept(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """The columns that fit: optional ones go, empty ones at once, then the last, until labels have a bearable width."""
    kept = [i for i, column in enumerate(columns) if not column.optional or any(row[i] for row in rows)]
    # Bars take no room from anything else.
    if sum(min(_natural(columns[i], i, rows), WIDEST_BESIDE_BARS) for i in kept) + GAP * (len(kept) - 1) > width:
        kept = [i for i in kept if not columns[i].is_bar]

    def needed() -> int:
        return sum(
            min(_natural(columns[i], i, rows), NARROWEST_LABEL)
            if columns[i].kind in ("label", "text")
            else _natural(columns[i], i, rows)
            for i in kept
        ) + GAP * (len(kept) - 1)

    for i in reversed(range(len(columns))):
        if needed() <= width:
            break
        if columns[i].optional and i in kept:
            kept.remove(i)
    return kept


def _widths(columns: Sequence[Column], rows: Sequence[Sequence[str]], width: int) -> list[int]:
    """Numbers and colours get what they need; labels and texts share the rest, none more than it needs."""
    natural = [_natural(column, i, rows) for i, column in enumerate(columns)]
    flexible = [i for i, column in enumerate(columns) if column.kind in ("label", "text")]
    left = width - GAP * (len(columns) - 1) - sum(natural[i] for i in range(len(columns)) if i not in flexible)
    widths = list(natural)
    waiting = sorted(flexible, key=lambda i: natural[i])
    while waiting:
        i = waiting.pop(0)
        widths[i] = max(min(natural[i], left // (len(waiting) + 1)), 6)
        left -= widths[i]
    return widths


def _line(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = [text.rjust(w) if c.is_right else text.ljust(w) for text, c, w in zip(texts, columns, widths, strict=True)]
    return (" " * GAP).join(cells).rstrip()


def _lines(texts: Sequence[str], columns: Sequence[Column], widths: Sequence[int]) -> Iterator[str]:
    """A row, long texts folded onto further lines below it; labels are cut with an ellipsis after a few lines."""
    folded = [
        _fold(text, w, most=c.most or (3 if c.kind == "label" else 6)) if c.kind in ("label", "text") else [text]
        for text, c, w in zip(texts, columns, widths, strict=True)
    ]
    for i in range(max(len(lines) for lines in folded)):
        yield _line([lines[i] if i < len(lines) else "" for lines in folded], columns, widths)


def _fold(text: str, width: int, *, most: int) -> list[str]:
    """A text on lines of a width, broken at spaces, within long words after a hyphen, else anywhere."""
    lines = textwrap.wrap(text, width) or [""]
    if len(lines) > most:
        lines = lines[:most]
        lines[-1] = lines[-1][: width - 1].rstrip() + "…"
    return lines


def dump_schema(model: type[Model]) -> str:
    """The JSON Schema of a model as kept in `schemas/`."""
    return (
        json.dumps(model.model_json_schema(mode="serialization"), ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    )
