"""Packs that were made of a period, and the figures that each used."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    op.create_table(
        "packs",
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("organisation", sa.Text),
        sa.Column("period", sa.String(12), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False, unique=True),
        sa.Column("is_draft", sa.Boolean, nullable=False),
        sa.Column("includes_private", sa.Boolean, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("manifest", sa.Text, nullable=False),
        sa.Column("subjects", sa.Text, nullable=False),
    )
    op.create_index("ix_packs_organisation", "packs", ["organisation"])
    op.create_table(
        "pack_figures",
        sa.Column("pack", sa.Integer, sa.ForeignKey("packs.number"), primary_key=True),
        sa.Column("position", sa.Integer, primary_key=True),
        sa.Column("figure", sa.String(80), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("files", sa.Text, nullable=False),
    )
    op.create_index("ix_pack_figures_figure", "pack_figures", ["figure"])


def downgrade() -> None:
    op.drop_table("pack_figures")
    op.drop_table("packs")
