"""Why a figure was taken for what it is, and the tables as they stand in their papers."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("figures", sa.Column("evidence", sa.Text))
    op.create_table(
        "texts",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("table", sa.String(20), nullable=False),
        sa.Column("rows", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("texts")
    op.drop_column("figures", "evidence")
