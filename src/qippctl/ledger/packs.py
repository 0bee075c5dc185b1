"""Packs in the ledger: their manifests, what counted when they were made, and the figures that each used. Append-only."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

from sqlalchemy import Connection, func, insert, or_, select

from qippctl.ledger import tables
from qippctl.models.closing import ClosedSubject, KeptPack, Pack


def add(connection: Connection, pack: Pack, at: str) -> int:
    """Keep a pack; its number. One that is there, byte for byte, keeps the number that it has."""
    packs, text = tables.packs, pack.text
    sha256 = hashlib.sha256(text).hexdigest()
    known = connection.execute(select(packs.c.number).where(packs.c.sha256 == sha256)).scalar()
    if known is not None:
        return int(known)
    number = (connection.execute(select(func.max(packs.c.number))).scalar() or 0) + 1
    manifest = pack.manifest
    connection.execute(
        insert(packs).values(
            number=number,
            organisation=manifest.organisation,
            period=manifest.period,
            sha256=sha256,
            is_draft=manifest.draft,
            includes_private=manifest.includes_private,
            at=at,
            manifest=text.decode(),
            subjects=json.dumps([one.model_dump(mode="json") for one in pack.subjects], ensure_ascii=False),
        )
    )
    rows = [
        {
            "pack": number,
            "position": position,
            "figure": figure,
            "value": f"{value:f}",
            "files": json.dumps(pack.files_of[figure], ensure_ascii=False),
        }
        for position, (figure, value) in enumerate(sorted(pack.values.items()))
    ]
    if rows:
        connection.execute(insert(tables.pack_figures), rows)
    return number


def listed(connection: Connection, organisation: str | None) -> list[KeptPack]:
    """Packs in the order in which they were made."""
    packs = tables.packs
    kept = ("number", "organisation", "period", "sha256", "is_draft", "includes_private", "at")
    query = select(*(packs.c[name] for name in kept)).order_by(packs.c.number)
    if organisation is not None:
        own = packs.c.organisation
        query = query.where(own == organisation if organisation else or_(own.is_(None), own == ""))
    return [KeptPack(*row) for row in connection.execute(query)]


def subjects(connection: Connection, number: int) -> tuple[ClosedSubject, ...]:
    """What counted when a pack was made."""
    packs = tables.packs
    text = connection.execute(select(packs.c.subjects).where(packs.c.number == number)).scalar()
    return tuple(ClosedSubject.model_validate(one) for one in json.loads(text or "[]"))


def using(connection: Connection, figure: str) -> list[tuple[int, Decimal, tuple[str, ...]]]:
    """Packs that used a figure, in the order in which they were made."""
    own = tables.pack_figures
    query = select(own.c.pack, own.c.value, own.c.files).where(own.c.figure == figure).order_by(own.c.pack)
    return [(pack, Decimal(value), tuple(json.loads(files))) for pack, value, files in connection.execute(query)]
