"""Corrections as a file: written so that another ledger with the same papers can take them in, and taken in, all or none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from qippctl.calc.correcting import NO_NAME, Said, Wanted, correction
from qippctl.calc.corrections import Corrections, as_read, holds, row_of
from qippctl.errors import QippctlError, UsageError
from qippctl.models.decisions import Correction
from qippctl.models.figure import Unit
from qippctl.money import parse_amount, squeeze
from qippctl.pipeline.holdings import find_figure

if TYPE_CHECKING:
    from qippctl.ledger import Fact, Ledger
    from qippctl.models.figure import Figure

COLUMNS = (
    "figure",
    "value",
    "step",
    "workstream",
    "scheme",
    "period",
    "measure",
    "kind",
    "reason",
    "by",
    "at",
    "raw",
)
NEEDED = ("figure", "kind", "reason")
CHANGES = ("value", "workstream", "scheme", "period", "measure")
_GUARDED = re.compile(r"'(?=[=+\-@\t\r])")
_SEPARATORS = ",;\t"


@dataclass(slots=True)
class Imported:
    """What a file of corrections holds: those to keep with the lines that they stand on, those that stand already, and
    what is wrong with each bad row, by its line."""

    made: list[Correction] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    standing: list[int] = field(default_factory=list)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def correction_rows(ledger: Ledger) -> tuple[list[list[str]], int]:
    """The rows of a file of the corrections that hold or would, headings first; and how many stale ones are left out."""
    rows, stale = [list(COLUMNS)], 0
    for one in ledger.decisions(Correction):
        found = ledger.figure(one.figure)
        if found is None or not holds(one, as_read(found[0].figure)):
            stale += 1
            continue
        rows.append(_row(one, found[0].figure.unit))
    return rows, stale


def _row(one: Correction, unit: Unit) -> list[str]:
    now: Mapping[str, str | None] = {str(name): text for name, text in one.now.items()}
    value = now.get("value") or ""
    marked = {"GBP": f"£{value}", "percent": f"{value}%"}.get(unit, value) if value else ""
    measure = f"{now['measure']}.{now['basis']}" if now.get("measure") else ""
    cells = {
        "figure": one.figure,
        "value": marked,
        "step": now.get("step") or "",
        **{name: (now[name] or NO_NAME) if name in now else "" for name in ("workstream", "scheme")},
        "period": now.get("period") or "",
        "measure": measure,
        "kind": one.kind,
        "reason": one.reason,
        "by": one.by,
        "at": one.at,
        "raw": one.raw,
    }
    return [cells[name] for name in COLUMNS]


def read_corrections(ledger: Ledger, content: bytes, shown: str, by: str, at: str) -> Imported:
    """The corrections of a CSV file, held against the ledger. UsageError where the file as a whole is none.

    Each row is understood as if those above it were kept already. What stands in the ledger is not made twice.
    """
    out = Imported()
    papers: dict[int, list[Fact]] = {}
    kept: dict[str, list[Correction]] = {}
    for one in ledger.decisions(Correction):
        kept.setdefault(row_of(one.figure), []).append(one)
    for line, cells in _rows(_text(content, shown), shown):
        try:
            missing = [name for name in NEEDED if not cells.get(name)]
            if missing:
                raise UsageError(f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing")
            fact = find_figure(ledger, cells["figure"])[0]
            if fact.paper_number not in papers:
                papers[fact.paper_number] = ledger.facts(papers=(fact.paper_number,))
            now = _as_it_would_count(fact.figure, kept)
            _check_raw(now, cells.get("raw"))
            made = _correction(now, papers[fact.paper_number], cells, by, at, kept.get(row_of(now.id), ()))
        except QippctlError as error:
            out.wrong.append((line, str(error)))
            continue
        if made is None:
            out.standing.append(line)
        else:
            kept.setdefault(row_of(made.figure), []).append(made)
            out.made.append(made)
            out.lines.append(line)
    return out


def _as_it_would_count(figure: Figure, kept: Mapping[str, Sequence[Correction]]) -> Figure:
    """A figure with the corrections of the ledger and of the rows above."""
    of_row = kept.get(row_of(figure.id))
    return Corrections(of_row).figure(as_read(figure)) if of_row else figure


def _correction(
    now: Figure, paper: Sequence[Fact], cells: Mapping[str, str], by: str, at: str, kept: Sequence[Correction]
) -> Correction | None:
    """The correction of a row; None where the same one stands already."""
    column = [f.figure for f in paper if f.figure.table == now.table]
    wanted = Wanted(**{name: cells.get(name) or None for name in (*CHANGES, "step")})
    said = Said(cells["kind"], cells["reason"], cells.get("by") or by, _moment(cells["at"]) if cells.get("at") else at)
    # Understood against what was read first: what stands already is no fault, though it changes nothing any more.
    read = as_read(now)
    try:
        same = correction(read, column, wanted, said)
    except UsageError:
        if now.corrected is None:
            raise
        return correction(now, column, wanted, said)
    if any((o.figure, o.kind, o.now) == (same.figure, same.kind, same.now) and holds(o, read) for o in kept):
        return None
    return correction(now, column, wanted, said)


def _check_raw(figure: Figure, raw: str | None) -> None:
    """Spreadsheets write numbers their own way, so a print is the same where its number is."""
    if raw is None or raw == "" or squeeze(raw) == squeeze(figure.raw):
        return
    theirs, ours = parse_amount(raw), parse_amount(figure.raw)
    if theirs is None or ours is None or theirs.value != ours.value:
        raise UsageError(f'{figure.id} prints "{figure.raw}" now, not "{raw[:40]}": the paper is read otherwise')


def _moment(text: str) -> str:
    """An ISO date and time in UTC."""
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError as error:
        raise UsageError(f'at: "{text[:40]}" is not a date and time such as 2015-05-12T09:30:00+00:00') from error
    return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="seconds")


def _text(content: bytes, shown: str) -> str:
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252")
    except UnicodeDecodeError as error:
        raise UsageError(f"{shown}: not a text file; save it as CSV UTF-8") from error


def _rows(text: str, shown: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Each row that is not blank, by the names of its columns, with the line that it begins on."""
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(_SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    names: list[str] = []
    line = 1
    try:
        for row in reader:
            begun, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in row):
                continue
            if not names:
                names = _names(row, shown, begun)
                continue
            if any(cell.strip() for cell in row[len(names) :]):
                raise UsageError(f"{shown}, line {begun}: more cells than headings; quote what holds a separator")
            cells = {
                name: _GUARDED.sub("", cell.strip(), count=1) if _GUARDED.match(cell.strip()) else cell.strip()
                for name, cell in zip(names, row, strict=False)
                if name
            }
            yield begun, cells
    except csv.Error as error:
        raise UsageError(f"{shown}, line {line}: not a CSV: {error}") from error
    if not names:
        raise UsageError(f"{shown}: empty; its first line has to name the columns: {', '.join(COLUMNS)}")


def _names(row: Sequence[str], shown: str, line: int) -> list[str]:
    names = [cell.strip().strip("'").lower() for cell in row]
    unknown = [name for name in names if name and name not in COLUMNS]
    missing = [name for name in NEEDED if name not in names]
    twice = {name for name in names if name and names.count(name) > 1}
    if not missing and not any(name in names for name in CHANGES):
        missing = ["one of " + ", ".join(CHANGES)]
    if unknown or missing or twice:
        wrong = [
            f"no column is called {', '.join(unknown)}" if unknown else "",
            f"missing: {', '.join(missing)}" if missing else "",
            f"twice: {', '.join(sorted(twice))}" if twice else "",
        ]
        raise UsageError(f"{shown}, line {line}: {'; '.join(filter(None, wrong))}. Columns: {', '.join(COLUMNS)}")
    return names
