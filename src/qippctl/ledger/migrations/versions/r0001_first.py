"""The first ledger: papers, readings, figures, ratings."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    address: list[tuple[str, Any]] = [
        ("page", sa.Integer),
        ("table", sa.String(20)),
        ("row", sa.Integer),
        ("column", sa.Integer),
    ]
    op.create_table(
        "papers",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
    )
    op.create_table(
        "readings",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("paper", sa.Integer, sa.ForeignKey("papers.number"), nullable=False, index=True),
        sa.Column("pages", sa.Text),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("organisation", sa.Text, index=True),
        sa.Column("period", sa.String(12)),
        sa.Column("cover", sa.Text, nullable=False),
        sa.Column("tables", sa.Text, nullable=False),
        sa.Column("notes", sa.Text, nullable=False),
    )
    op.create_table(
        "figures",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("reported", sa.String(12)),
        sa.Column("id", sa.String(80), nullable=False, index=True),
        *(sa.Column(name, kind, nullable=False) for name, kind in address),
        sa.Column("bbox", sa.Text),
        sa.Column("organisation", sa.Text),
        sa.Column("workstream", sa.Text),
        sa.Column("scheme", sa.Text),
        sa.Column("subject", sa.String(12), nullable=False),
        sa.Column("role", sa.String(14), nullable=False),
        sa.Column("measure", sa.String(24), nullable=False),
        sa.Column("basis", sa.String(10), nullable=False),
        sa.Column("recurrence", sa.String(14), nullable=False),
        sa.Column("case", sa.String(12)),
        sa.Column("version", sa.String(14)),
        sa.Column("qualifier", sa.Text),
        sa.Column("period", sa.String(12)),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("unit", sa.String(8), nullable=False),
        sa.Column("step", sa.Text, nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("doubts", sa.Text, nullable=False),
    )
    op.create_index("figures_by_organisation", "figures", ["organisation", "reported"])
    op.create_table(
        "ratings",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("reported", sa.String(12)),
        *(sa.Column(name, kind, nullable=False) for name, kind in address),
        sa.Column("organisation", sa.Text),
        sa.Column("workstream", sa.Text),
        sa.Column("scheme", sa.Text),
        sa.Column("role", sa.String(14), nullable=False),
        sa.Column("dimension", sa.String(12), nullable=False),
        sa.Column("colour", sa.String(16), nullable=False),
        sa.Column("raw", sa.Text, nullable=False),
        sa.Column("period", sa.String(12)),
        sa.Column("doubts", sa.Text, nullable=False),
    )
    op.create_index("ratings_by_organisation", "ratings", ["organisation", "reported"])


def downgrade() -> None:
    for table in ("ratings", "figures", "readings", "papers"):
        op.drop_table(table)
