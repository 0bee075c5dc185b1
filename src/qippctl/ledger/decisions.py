"""Decisions of people in the ledger: added, listed, undone; never changed and never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from sqlalchemy import Connection, func, insert, select

from qippctl.ledger import tables
from qippctl.models.decisions import DECISION_TYPES, Decision, Undo

D = TypeVar("D", bound=Decision)


def add(connection: Connection, decision: D) -> D:
    """Keep a decision; it comes back with its number."""
    number = (connection.execute(select(func.max(tables.decisions.c.number))).scalar() or 0) + 1
    kept = decision.model_copy(update={"number": number})
    connection.execute(
        insert(tables.decisions).values(
            number=number,
            type=decision.type,
            organisation=decision.organisation,
            undoes=decision.undoes if isinstance(decision, Undo) else None,
            body=kept.model_dump_json(exclude={"undone_by"}),
        )
    )
    return kept


def listed(connection: Connection, kind: type[D], *, undone: bool = False) -> Sequence[D]:
    """Decisions of a type in the order in which they were made; those that were undone only if asked for."""
    decisions = tables.decisions
    undoings = select(decisions.c.undoes, decisions.c.number).where(decisions.c.undoes.is_not(None))
    undoing = {row[0]: row[1] for row in connection.execute(undoings)}
    query = select(decisions).where(decisions.c.type == kind.model_fields["type"].default).order_by(decisions.c.number)
    return [
        kind.model_validate_json(row["body"]).model_copy(update={"undone_by": undoing.get(row["number"])})
        for row in connection.execute(query).mappings()
        if undone or row["number"] not in undoing
    ]


def found(connection: Connection, number: int) -> Decision | None:
    """A decision by its number, with the one that undid it if one did."""
    decisions = tables.decisions
    row = connection.execute(select(decisions).where(decisions.c.number == number)).mappings().first()
    if row is None:
        return None
    undone = connection.execute(select(decisions.c.number).where(decisions.c.undoes == number)).scalar()
    return DECISION_TYPES[row["type"]].model_validate_json(row["body"]).model_copy(update={"undone_by": undone})
