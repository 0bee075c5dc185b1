"""Rows of the ledger's tables from models, and models from rows."""

from __future__ import annotations

import json
from typing import Any

from qippctl.models.figure import Evidence, Figure, Rating
from qippctl.models.paper import Cover, Paper, TableReading, TableText
from qippctl.models.records import AnyRecord


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


def figure_of(row: Any, cover: Cover) -> Figure:
    values = {
        name: row[name]
        for name in Figure.model_fields
        if name not in ("type", "paper", "sha256", "bbox", "doubts", "evidence", "corrected")
    }
    return Figure(
        **values,
        paper=cover.paper,
        sha256=cover.sha256,
        bbox=json.loads(row["bbox"]) if row["bbox"] else None,
        doubts=tuple(row["doubts"].split()),
        evidence=Evidence.model_validate_json(row["evidence"]) if row["evidence"] else None,
    )


def rating_of(row: Any, cover: Cover) -> Rating:
    values = {name: row[name] for name in Rating.model_fields if name not in ("type", "paper", "sha256", "doubts")}
    return Rating(**values, paper=cover.paper, sha256=cover.sha256, doubts=tuple(row["doubts"].split()))
