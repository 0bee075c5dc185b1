"""Rows of the ledger's tables from models, and models from rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, null

from qippctl.ledger import tables
from qippctl.models.figure import Doubt, Evidence, Figure, Rating
from qippctl.models.paper import Cover, Paper, TableReading, TableText
from qippctl.models.records import AnyRecord

# What a figure is made of, in the order of its fields: its columns, and places for what its paper gives.
FIGURE_FIELDS: tuple[ColumnElement[Any], ...] = tuple(
    tables.figures.c[name] if name in tables.figures.c else null().label(name) for name in Figure.model_fields
)
_NAMES = tuple(Figure.model_fields)


def text_row(reading: int, position: int, text: TableText) -> dict[str, Any]:
    rows = json.dumps(text.rows, ensure_ascii=False)
    return {"reading": reading, "position": position, "table": text.table, "rows": rows}


def readings_of(text: str) -> tuple[TableReading, ...]:
    return tuple(TableReading.model_validate(item) for item in json.loads(text))


def reading_row(number: int, paper: Paper, version: str) -> dict[str, Any]:
    cover = paper.cover
    return {
        "paper": number,
        "pages": cover.pages_read,
        "version": version,
        "organisation": cover.organisation,
        "period": cover.period,
        "cover": cover.model_dump_json(),
        "items": json.dumps([item.model_dump(mode="json") for item in paper.items], ensure_ascii=False),
        "tables": json.dumps([t.model_dump(mode="json") for t in paper.tables], ensure_ascii=False),
        "notes": json.dumps(list(paper.notes), ensure_ascii=False),
    }


def figure_row(reading: int, position: int, figure: Figure, reported: str | None) -> dict[str, Any]:
    row = figure.model_dump(mode="json", exclude={"type", "paper", "sha256", "corrected"})
    return row | {
        "reading": reading,
        "position": position,
        "reported": reported,
        "bbox": json.dumps(figure.bbox) if figure.bbox else None,
        "value": f"{figure.value:f}",
        "step": f"{figure.step:f}",
        "doubts": " ".join(figure.doubts),
        "evidence": figure.evidence.model_dump_json() if figure.evidence else None,
    }


def rating_row(reading: int, position: int, rating: Rating, reported: str | None) -> dict[str, Any]:
    row = rating.model_dump(mode="json", exclude={"type", "paper", "sha256"})
    return row | {"reading": reading, "position": position, "reported": reported, "doubts": " ".join(rating.doubts)}


def record_row(reading: int, position: int, record: AnyRecord, reported: str | None) -> dict[str, Any]:
    return {
        "reading": reading,
        "position": position,
        "reported": reported,
        "type": record.type,
        "organisation": record.organisation,
        "page": record.page,
        "body": record.model_dump_json(exclude={"paper", "sha256"}),
    }


def report_rows(reading: int, figures: Iterable[Figure], periods: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """Of whom and of when the figures are. `periods` has the period that each table reports."""
    rows: dict[tuple[str | None, str | None], dict[str, Any]] = {}
    for position, figure in enumerate(figures):
        key = organisation, reported = figure.organisation, periods.get(figure.table)
        row = rows.setdefault(
            key,
            {
                "reading": reading,
                "position": position,
                "organisation": organisation,
                "reported": reported,
                "has_savings": False,
            },
        )
        row["has_savings"] |= figure.subject == "savings"
    return list(rows.values())


def figure_of(row: Sequence[Any], cover: Cover) -> Figure:
    """The figure of a row that begins with FIGURE_FIELDS, as it was validated when it was kept."""
    values = dict(zip(_NAMES, row, strict=False))
    values["type"] = "figure"
    values["paper"] = cover.paper
    values["sha256"] = cover.sha256
    values["value"] = Decimal(values["value"])
    values["step"] = Decimal(values["step"])
    values["doubts"] = _doubts(values["doubts"])
    if values["bbox"] is not None:
        values["bbox"] = tuple(map(float, values["bbox"][1:-1].split(",")))
    if values["evidence"] is not None:
        values["evidence"] = _evidence(values["evidence"])
    return Figure.kept(values)


@lru_cache(maxsize=1024)
def _doubts(codes: str) -> tuple[Doubt, ...]:
    return tuple(map(Doubt, codes.split()))


@lru_cache(maxsize=1024)
def _evidence(text: str) -> Evidence:
    """Many figures of a column have the same."""
    return Evidence.model_validate_json(text)


def rating_of(row: Any, cover: Cover) -> Rating:
    values = {name: row[name] for name in Rating.model_fields if name not in ("type", "paper", "sha256", "doubts")}
    return Rating(**values, paper=cover.paper, sha256=cover.sha256, doubts=tuple(row["doubts"].split()))
