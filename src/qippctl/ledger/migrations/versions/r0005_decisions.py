"""What people decide: corrections, links between names, approvals of plans, outcomes of escalations."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.create_table(
        "decisions",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("type", sa.String(16), nullable=False, index=True),
        sa.Column("organisation", sa.Text),
        sa.Column("undoes", sa.Integer, sa.ForeignKey("decisions.number"), unique=True),
        sa.Column("body", sa.Text, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("decisions")
