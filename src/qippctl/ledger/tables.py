"""The tables of the ledger. Decimals are kept as text, exactly as they were read."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Boolean, Column, Float, ForeignKey, Index, Integer, MetaData, String, Table, Text

metadata = MetaData()

papers = Table(
    "papers",
    metadata,
    Column("number", Integer, primary_key=True, comment="The short number that people type: #3"),
    Column("sha256", String(64), nullable=False, unique=True),
    Column("name", Text, nullable=False),
)

readings = Table(
    "readings",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("paper", Integer, ForeignKey("papers.number"), nullable=False, index=True),
    Column("pages", Text, comment="The pages that were asked for; null = all"),
    Column("version", String(40), nullable=False, comment="The qippctl that read it"),
    Column("organisation", Text, index=True),
    Column("period", String(12)),
    Column("cover", Text, nullable=False, comment="JSON of models.paper.Cover"),
    Column("items", Text, nullable=False, server_default="[]", comment="JSON list of models.paper.Cover, of a pack"),
    Column("tables", Text, nullable=False, comment="JSON list of models.paper.TableReading"),
    Column("notes", Text, nullable=False, comment="JSON list of what could not be read"),
)

_ADDRESS: list[tuple[str, Any]] = [
    ("page", Integer),
    ("table", String(20)),
    ("row", Integer),
    ("column", Integer),
]

figures = Table(
    "figures",
    metadata,
    Column("reading", Integer, ForeignKey("readings.id"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="Order in the paper"),
    Column("reported", String(12), comment="The period that its table reports"),
    Column("id", String(80), nullable=False, index=True),
    *(Column(name, kind, nullable=False) for name, kind in _ADDRESS),
    Column("bbox", Text),
    Column("organisation", Text),
    Column("workstream", Text),
    Column("scheme", Text),
    Column("subject", String(12), nullable=False),
    Column("role", String(14), nullable=False),
    Column("measure", String(24), nullable=False),
    Column("basis", String(10), nullable=False),
    Column("recurrence", String(14), nullable=False),
    Column("case", String(12)),
    Column("version", String(14)),
    Column("qualifier", Text),
    Column("period", String(12)),
    Column("value", Text, nullable=False),
    Column("unit", String(8), nullable=False),
    Column("step", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("doubts", Text, nullable=False, comment="Codes joined by spaces"),
    Column("score", Float, comment="Of a figure in a picture: how sure its reader was"),
    Column("evidence", Text, comment="JSON of models.figure.Evidence"),
    Index("figures_by_report", "reading", "organisation", "reported", "position"),
)

# Of whom and of when a reading has figures: written with them, so that answers find theirs without looking through all.
reports = Table(
    "reports",
    metadata,
    Column("reading", Integer, ForeignKey("readings.id"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="Of the first of its figures"),
    Column("organisation", Text),
    Column("reported", String(12), comment="The period that tables with figures of the organisation report"),
    Column("has_savings", Boolean, nullable=False, comment="Whether a figure of theirs is of savings"),
)

texts = Table(
    "texts",
    metadata,
    Column("reading", Integer, ForeignKey("readings.id"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="Order in the paper"),
    Column("table", String(20), nullable=False),
    Column("rows", Text, nullable=False, comment="JSON list of rows of texts, as they stand in the paper"),
)

records = Table(
    "records",
    metadata,
    Column("reading", Integer, ForeignKey("readings.id"), primary_key=True),
    Column("position", Integer, primary_key=True, comment="Order in the paper"),
    Column("reported", String(12), comment="The period of its paper"),
    Column("type", String(16), nullable=False, index=True),
    Column("organisation", Text),
    Column("page", Integer, nullable=False),
    Column("body", Text, nullable=False, comment="JSON of models.records, without paper and sha256"),
)

ratings = Table(
    "ratings",
    metadata,
    Column("reading", Integer, ForeignKey("readings.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("reported", String(12)),
    *(Column(name, kind, nullable=False) for name, kind in _ADDRESS),
    Column("organisation", Text),
    Column("workstream", Text),
    Column("scheme", Text),
    Column("role", String(14), nullable=False),
    Column("dimension", String(12), nullable=False),
    Column("colour", String(16), nullable=False),
    Column("raw", Text, nullable=False),
    Column("period", String(12)),
    Column("doubts", Text, nullable=False),
    Index("ratings_by_organisation", "organisation", "reported"),
)

decisions = Table(
    "decisions",
    metadata,
    Column("number", Integer, primary_key=True, comment="The short number that people type"),
    Column("type", String(16), nullable=False, index=True),
    Column("organisation", Text),
    Column("undoes", Integer, ForeignKey("decisions.number"), unique=True, comment="The decision that it takes back"),
    Column("body", Text, nullable=False, comment="JSON of models.decisions"),
)

packs = Table(
    "packs",
    metadata,
    Column("number", Integer, primary_key=True, comment="The short number that people see"),
    Column("organisation", Text, index=True),
    Column("period", String(12), nullable=False),
    Column("sha256", String(64), nullable=False, unique=True, comment="Of its manifest.json"),
    Column("is_draft", Boolean, nullable=False),
    Column("includes_private", Boolean, nullable=False),
    Column("at", String(40), nullable=False, comment="ISO date and time, UTC, at which it was first made"),
    Column("manifest", Text, nullable=False, comment="The text of its manifest.json"),
    Column("subjects", Text, nullable=False, comment="JSON list of models.closing.ClosedSubject: what counted then"),
)

pack_figures = Table(
    "pack_figures",
    metadata,
    Column("pack", Integer, ForeignKey("packs.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("figure", String(80), nullable=False, index=True),
    Column("value", Text, nullable=False, comment="As it counted when the pack was made"),
    Column("files", Text, nullable=False, comment="JSON list of the files that used it"),
)

audits = Table(
    "audits",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("at", String(40), nullable=False, comment="ISO date and time, UTC"),
    Column("version", String(40), nullable=False, comment="The qippctl that audited"),
    Column("codes", Text, nullable=False, comment="JSON list of the rules that ran"),
    Column("papers", Text, nullable=False, comment="JSON list of the hashes of the papers that it looked at"),
)

audit_findings = Table(
    "audit_findings",
    metadata,
    Column("audit", Integer, ForeignKey("audits.number"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("finding", String(12), nullable=False, index=True),
    Column("paper", String(64), index=True, comment="The hash of its paper"),
    Column("numbers", Text, nullable=False, comment="What is printed and what it should be"),
    Column("body", Text, comment="JSON of models.finding.Finding; null = as in the last audit that has one"),
)
