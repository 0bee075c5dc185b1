"""What each audit found."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "audits",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("version", sa.String(40), nullable=False),
        sa.Column("codes", sa.Text, nullable=False),
        sa.Column("papers", sa.Text, nullable=False),
    )
    op.create_table(
        "audit_findings",
        sa.Column("audit", sa.Integer, sa.ForeignKey("audits.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("finding", sa.String(12), nullable=False, index=True),
        sa.Column("paper", sa.String(64), index=True),
        sa.Column("numbers", sa.Text, nullable=False),
        sa.Column("body", sa.Text),
    )


def downgrade() -> None:
    op.drop_table("audit_findings")
    op.drop_table("audits")
