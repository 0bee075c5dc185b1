"""Of whom and of when a reading has figures, so that answers find theirs without looking through all."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    op.create_table(
        "reports",
        sa.Column("reading", sa.Integer, sa.ForeignKey("readings.id"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("organisation", sa.Text),
        sa.Column("reported", sa.String(12)),
        sa.Column("has_savings", sa.Boolean, nullable=False),
    )
    op.execute(
        "INSERT INTO reports (reading, position, organisation, reported, has_savings) "
        "SELECT reading, MIN(position), organisation, reported, MAX(CASE subject WHEN 'savings' THEN 1 ELSE 0 END) = 1 "
        "FROM figures GROUP BY reading, organisation, reported"
    )
    op.drop_index("figures_by_organisation", "figures")
    op.create_index("figures_by_report", "figures", ["reading", "organisation", "reported", "position"])


def downgrade() -> None:
    op.drop_index("figures_by_report", "figures")
    op.create_index("figures_by_organisation", "figures", ["organisation", "reported"])
    op.drop_table("reports")
