"""Small papers with the truth of their records and figures, from `record_shapes/*.txt`, and how a reading is held against it.

==== kind: what the case is about
@trust                                   a cover, see COVERS
Title of the table
Risk | Actions | Score                   cells; a line without bars is prose, <page> ends a page
---- record risk                         the records of that type: a line of fields, then one record a line
# | description | score                  `*` any, blank null, `a//b` either
---- savings 2020/21-M05                 figures: measure.basis[.recurrence][/case] [period] over values
# | plan.ytd | actual.ytd                `12k`, `1.5m`; `~` must be doubted, `?` may be, `^` need not be there
---- cover, ---- items                   fields of the paper's records
---- ok rating,term                      types that may stand there unlisted
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from qippctl.models.figure import Figure, Rating
from qippctl.models.paper import Paper

FOLDER = Path(__file__).parent / "record_shapes"
COVERS = {
    "ccg": "NHS Marchwell CCG\nGoverning Body\n3 December 2015\nQIPP report Month 7 2015/16\n",
    "pct": "NHS Eastmere PCT\nPCT Board\n18 November 2010\nQIPP performance report month 6 2010/11\n",
    "trust": "Tarn Valley NHS Trust\nFinance Committee\n24 September 2020\nCIP report month 5 2020/21\n",
    "icb": "NHS Wexcombe Downs ICB\nFinance and Performance Committee\n21 March 2024\nEfficiency programme month 10 2023/24\n",
    "council": "Harborough Vale Borough Council\nCabinet\n14 November 2019\n"
    "Savings monitoring to the end of September 2019 (month 6 2019/20)\n",
    "hb": "Strathmarrow Health Board\nBoard of Directors\n28 August 2013\nFinancial recovery plan month 4 2013/14\n",
    "year": "Tarn Valley NHS Trust\nFinance Committee\n24 March 2016\nFinancial plan 2016/17\n",
}
SUBJECTS = {"savings", "finance", "activity", "indicator", "investment"}
Key = tuple[str, str, str, str | None]
Fields = dict[str, str]


@dataclass
class Case:
    """A paper and what is true of it."""

    name: str
    text: str
    figures: dict[Key, str] = field(default_factory=dict)
    ratings: set[tuple[str, str, str]] = field(default_factory=set)
    records: dict[str, list[Fields]] = field(default_factory=dict)
    unlisted: set[str] = field(default_factory=lambda: {"entry", "claim"})
    cover: Fields = field(default_factory=dict)
    items: list[Fields] | None = None


def cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.txt")):
        for block in re.split(r"^==== ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
            yield _case(block)


def _case(block: str) -> Case:
    head, _, body = block.partition("\n")
    printed, *truth = re.split(r"^---- (.*)\n", body, flags=re.MULTILINE)
    printed = re.sub(r"^@(\w+)$\n?", lambda cover: COVERS[cover[1]], printed, flags=re.MULTILINE)
    lines = printed.replace("<page>\n", "\f").replace("<page>", "\f").splitlines(keepends=True)
    case = Case(head.strip(), "".join(re.sub(r" ?\| ?", "\t", line) if "|" in line else line for line in lines))
    for said, table in zip(truth[::2], truth[1::2], strict=True):
        word, _, rest = said.strip().partition(" ")
        rows = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines() if line.strip()]
        if word == "ok":
            case.unlisted |= set(rest.replace(" ", "").split(","))
        elif word == "record":
            listed = case.records.setdefault(rest, [])
            listed += [dict(zip(names, row, strict=True)) for names, row in _under_headings(rows)]
        elif word == "cover":
            case.cover = {row[0]: row[1] for row in rows}
        elif word == "items":
            case.items = [dict(zip(rows[0][1:], row[1:], strict=True)) for row in rows[1:]]
        else:
            assert word in SUBJECTS, (case.name, said)
            _figures(case, word, rest.strip(), rows)
    return case


def _under_headings(rows: list[list[str]]) -> Iterator[tuple[list[str], list[str]]]:
    names: list[str] = []
    for row in rows:
        if row[0] == "#":
            names = row[1:]
        else:
            yield names, row


def _figures(case: Case, subject: str, period: str, rows: list[list[str]]) -> None:
    for columns, (label, *cells) in _under_headings(rows):
        for column, value in zip(columns, cells, strict=True):
            name, _, own = column.partition(" ")
            if name.startswith("rag."):
                if value:
                    case.ratings.add((label, name[4:], value.lower()))
                continue
            when = own or (period if re.search(r"\.(ytd|month)\b", name) else period[:7])
            about = "investment" if subject == "savings" and name.startswith("investment") else subject
            if value:
                case.figures[(about, _label(label, about), name, None if when == "none" else when)] = value


def _label(label: str, subject: str) -> str:
    if subject == "activity":
        return "_".join(re.findall(r"[a-z0-9]+", label.lower().strip("<>")))
    return " ".join(label.lower().split()) if subject in ("finance", "indicator") else label


def _value(text: str) -> Decimal:
    digits = text.rstrip("~?^")
    return Decimal(digits.rstrip("km")) * {"k": 1000, "m": 1_000_000}.get(digits[-1:], 1)


def _whose(record: Figure | Rating) -> str:
    group = record.workstream or ""
    if record.role == "scheme":
        return f"{group} > {record.scheme}" if group else str(record.scheme)
    return f"<{record.role} {group}".rstrip() + ">"


def _key(figure: Figure) -> Key:
    name = f"{figure.measure}.{figure.basis}" + ("" if figure.recurrence == "all" else f".{figure.recurrence}")
    name = "/".join(filter(None, (name, figure.case, figure.version)))
    whose = _whose(figure)
    if figure.subject in ("activity", "indicator"):
        whose = _label(figure.qualifier or "", "indicator") if figure.subject == "indicator" else figure.qualifier or ""
    elif figure.subject == "finance":
        whose = (
            "<total>" if figure.role == "total" else _label(figure.scheme or figure.workstream or "<total>", "finance")
        )
        name += f"={figure.qualifier}" if figure.qualifier else ""
        name += f"#{figure.unit}" if figure.unit not in ("GBP", "percent") else ""
    return (figure.subject, whose, name, figure.period)


def said(record: Any, name: str) -> str | None:
    """A field of a record as the cases write it; `texts.Heading` is a text, `bands` and `late` are a policy's rules."""
    data = record.model_dump(mode="json")
    if name == "bands":
        bands = (data.get("money") or {}).get("bands", ())
        return (
            " ".join(b["colour"] + (f">={b['at_least']}" if b["at_least"] is not None else "") for b in bands) or None
        )
    if name == "late":
        late = (data.get("milestones") or {}).get("bands", ())
        shape = "{colour}({slipped_at_least}-{slipped_at_most},>{days_more_than},<={days_at_most})"
        return " ".join(shape.format(**band) for band in late) or None
    if name == "said":
        marks = {"GBP": "", "percent": "%"}
        return "; ".join(
            f"{Decimal(f['value']).normalize():f}{marks.get(f['unit'], f['unit'])}" for f in data["figures"]
        )
    first, _, rest = name.partition(".")
    value = data.get(first)
    while rest and isinstance(value, dict) and rest not in value and rest.partition(".")[0] in value:
        head, _, rest = rest.partition(".")
        value = value[head]
    if rest and isinstance(value, dict):
        value = value.get(rest)
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    elif isinstance(value, dict):
        value = "; ".join(f"{key}={item}" for key, item in value.items())
    elif isinstance(value, bool):
        value = str(value).lower()
    return None if value in ("", None) else str(value)


def _agrees(found: str | None, wanted: str) -> bool:
    one_line = " ".join(found.split()) if found is not None else None
    return wanted == "*" or one_line in [" ".join(option.split()) or None for option in wanted.split("//")]


def defects(case: Case, paper: Paper) -> list[str]:
    """What of a reading is wrong and vouched for, lost, or doubted for nothing."""
    return [*_of_figures(case, paper), *_of_ratings(case, paper), *_of_records(case, paper), *_of_papers(case, paper)]


def _of_figures(case: Case, paper: Paper) -> Iterator[str]:
    read: dict[Key, list[Figure]] = defaultdict(list)
    for figure in paper.figures:
        read[_key(figure)].append(figure)
    for key, figures in read.items():
        wanted = case.figures.get(key)
        for figure in figures:
            if wanted is None or figure.value != _value(wanted):
                if not (figure.doubts or (wanted is None and key[0] in case.unlisted - {"savings", "investment"})):
                    yield f"wrong and vouched for: {key} = {figure.value}"
            elif wanted.endswith("~") and not figure.doubts:
                yield f"misprinted and vouched for: {key}"
            elif wanted[-1] not in "~?^" and figure.doubts:
                yield f"doubted for nothing: {key} {list(figure.doubts)}"
    for key, wanted in case.figures.items():
        if not wanted.endswith("^") and not any(figure.value == _value(wanted) for figure in read.get(key, ())):
            yield f"not read: {key}"


def _of_ratings(case: Case, paper: Paper) -> Iterator[str]:
    read = {(_whose(rating), rating.dimension, rating.colour): rating for rating in paper.ratings}
    for (whose, dimension, colour), rating in read.items():
        listed = {(whose, dimension, colour), (whose, "any", colour)} & case.ratings
        if not (listed or rating.doubts or "rating" in case.unlisted):
            yield f"rating: {whose} {dimension} {colour}"
    for whose, dimension, colour in case.ratings:
        if not any((w, c) == (whose, colour) and dimension in (d, "any") for w, d, c in read):
            yield f"rating not read: {whose} {dimension} {colour}"


def _of_records(case: Case, paper: Paper) -> Iterator[str]:
    by_type: dict[str, list[Any]] = defaultdict(list)
    for record in paper.records:
        by_type[record.type].append(record)
    for kind, wanted in case.records.items():
        left = list(by_type.pop(kind, ()))
        for fields in wanted:
            hit = next((r for r in left if all(_agrees(said(r, name), text) for name, text in fields.items())), None)
            if hit is None:
                yield f"{kind} not read: {fields}"
                continue
            left.remove(hit)
            if hit.doubts:
                yield f"{kind} doubted for nothing: {fields}"
        if not (kind in case.unlisted and not wanted):
            yield from (f"{kind} beyond the list: {record}" for record in left if not record.doubts)
    for kind, records in by_type.items():
        if kind not in case.unlisted and any(not record.doubts for record in records):
            yield f"{kind}: {len(records)} of a type that is not there"


def _of_papers(case: Case, paper: Paper) -> Iterator[str]:
    for name, wanted in case.cover.items():
        if not _agrees(said(paper.cover, name), wanted):
            yield f"cover {name}: {said(paper.cover, name)!r}, not {wanted!r}"
    listed = case.items if case.items is not None else []
    found = [{name: said(item, name) for name in (listed[0] if listed else ["item"])} for item in paper.items]
    same = len(found) == len(listed) and all(
        _agrees(item[name], wanted[name]) for item, wanted in zip(found, listed, strict=True) for name in wanted
    )
    if not same and not (case.items is None and "items" in case.unlisted):
        yield f"items: {found}"
