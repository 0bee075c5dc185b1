"""Records of other types than figures and ratings, and the items of packs."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("readings", sa.Column("items", sa.Text, nullable=False, server_default="[]"))
    op.create_table(
        "records",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("reported", sa.String(12)),
        sa.Column("type", sa.String(16), nullable=False, index=True),
        sa.Column("organisation", sa.Text),
        sa.Column("page", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("records")
    op.drop_column("readings", "items")
