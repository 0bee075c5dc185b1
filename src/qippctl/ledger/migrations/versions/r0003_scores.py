"""How sure the reader of pictures was of a figure."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.add_column("figures", sa.Column("score", sa.Float))


def downgrade() -> None:
    op.drop_column("figures", "score")
