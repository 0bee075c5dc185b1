"""Papers that stay in the house, and which decisions speak of others alone."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import Connection, Select, select

from qippctl.calc.positions import normal_name
from qippctl.ledger import decisions, tables
from qippctl.models.decisions import Correction, Decision, Privacy

# The beginning of a paper's hash that the ids of its figures have.
HASH_OF_ID = 12


def made(connection: Connection) -> dict[str, Privacy]:
    """The decisions that papers stay in the house, by the hash of the paper."""
    return {one.sha256: one for one in decisions.listed(connection, Privacy)}


def private(connection: Connection) -> dict[int, Privacy]:
    """The papers that stay in the house, by their number."""
    papers, standing = tables.papers, made(connection)
    if not standing:
        return {}
    query = select(papers.c.number, papers.c.sha256).where(papers.c.sha256.in_(standing)).order_by(papers.c.number)
    return {number: standing[sha256] for number, sha256 in connection.execute(query)}


def hashes(connection: Connection, papers: Collection[int]) -> set[str]:
    """The hashes of papers."""
    own = tables.papers
    return set(connection.scalars(select(own.c.sha256).where(own.c.number.in_(papers))))


def told_without(connection: Connection, hidden: Collection[int], newest: Select[Any]) -> Callable[[Decision], bool]:
    """Whether a decision says nothing of hidden papers: neither of their figures, nor a name that only they print.

    `newest` are the readings that are answered from.
    """
    left_out = hashes(connection, hidden)
    beginnings = {sha256[:HASH_OF_ID] for sha256 in left_out}
    names: set[str | None] = {None}
    for table in (tables.figures, tables.ratings):
        printed = select(table.c.workstream, table.c.scheme).where(table.c.reading.in_(newest)).distinct()
        names |= {name for row in connection.execute(printed) for name in row}
    for one in decisions.listed(connection, Correction):
        if one.figure[:HASH_OF_ID] not in beginnings:
            names |= {one.now.get("workstream"), one.now.get("scheme")}
    known = {normal_name(name) for name in names}

    def is_told(one: Decision) -> bool:
        if isinstance(one, Correction):
            return one.figure[:HASH_OF_ID] not in beginnings
        if getattr(one, "sha256", None) in left_out:
            return False
        return all(normal_name(getattr(one, name, None)) in known for name in ("name", "to", "scheme"))

    return is_told
