"""Bringing a ledger up to date: nothing to do on most openings, a backup before any step that changes one."""

from __future__ import annotations

import shutil
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from qippctl.errors import LedgerError

HEAD = "0008"
REVISIONS = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008")


def bring_up_to_date(engine: Engine, writing: Engine, shown: str) -> None:
    """Create or migrate the ledger's tables. A ledger of a newer qippctl is refused, untouched.

    `writing` is the same ledger for transactions that lock when they begin: used only where something is to be done.
    """
    with engine.connect() as connection:
        current = _revision(connection)
        strange = current is None and inspect(connection).get_table_names()
    if current == HEAD:
        return
    if strange:
        raise LedgerError(f"{shown}: a database, but no ledger of qippctl's; choose another with --ledger")
    if current is not None and current not in REVISIONS:
        raise LedgerError(
            f"{shown}: written by a newer qippctl (revision {current}); update qippctl, or choose another with --ledger"
        )
    if current is not None:
        _back_up(engine, current)
    with writing.begin() as connection:
        # Another process may have been faster; whoever holds the lock looks again.
        if _revision(connection) != HEAD:
            _upgrade(connection)


def _revision(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    command.upgrade(config, HEAD)


def _back_up(engine: Engine, revision: str) -> None:
    if engine.dialect.name == "sqlite" and engine.url.database:
        path = Path(engine.url.database)
        shutil.copy2(path, path.with_name(f"{path.name}.backup-{revision}"))
