"""Opening a ledger by its URL."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from qippctl.errors import LedgerError
from qippctl.ledger.repository import Ledger

BUSY_SECONDS = 30


def default_url() -> str:
    """A SQLite file in the user's data folder."""
    import platformdirs

    return f"sqlite:///{Path(platformdirs.user_data_dir('qippctl', appauthor=False)) / 'ledger.db'}"


def open_ledger(url: str, *, create: bool = True) -> Ledger:
    """Open a ledger by its URL (a bare file name is a SQLite file); LedgerError says why it cannot be used.

    With `create` false a SQLite ledger that is not there is not made: LedgerError says so.
    """
    return Ledger(_engine(url, create=create), shown=shown_url(url))


def empty_ledger() -> Ledger:
    """A ledger without papers, in memory: what an analyst has who has ingested nothing yet."""
    return Ledger(create_engine("sqlite://"), shown="the empty ledger")


def shown_url(url: str) -> str:
    """A URL as it may be told: without its password."""
    return re.sub(r"(://[^:/@]*:)[^@]*@", r"\1***@", url)


def _engine(url: str, *, create: bool) -> Engine:
    full = url if "://" in url else f"sqlite:///{url}"
    try:
        parsed = make_url(full)
        if parsed.get_backend_name() == "sqlite" and parsed.database and parsed.database != ":memory:":
            path = Path(parsed.database)
            if path.is_dir():
                raise LedgerError(f"{url}: a folder; name a file in it with --ledger")
            if not path.exists() and not create:
                raise LedgerError(f"{url}: no such ledger; qippctl ingest makes it, or name another with --ledger")
            path.parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(parsed)
    except (ArgumentError, NoSuchModuleError) as error:
        raise LedgerError(f"{shown_url(url)}: not a database URL such as sqlite:///ledger.db") from error
    except ModuleNotFoundError as error:
        raise LedgerError(
            f"{shown_url(url)}: the driver {error.name} is not installed; pip install it beside qippctl"
        ) from error
    except OSError as error:
        raise LedgerError(f"{url}: its folder cannot be made: {error.strerror}") from error
    if engine.dialect.name == "sqlite":
        _prepare_sqlite(engine)
    return engine


def _prepare_sqlite(engine: Engine) -> None:
    """Wait for other processes, check references, and lock when a transaction begins, not when it first writes."""

    @event.listens_for(engine, "connect")
    def connected(raw: Any, _: Any) -> None:
        raw.isolation_level = None
        raw.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}")
        raw.execute("PRAGMA foreign_keys = ON")

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")
