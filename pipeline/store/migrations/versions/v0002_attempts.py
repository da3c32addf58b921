"""Attempts at reading a document that came to nothing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add two columns; old documents have no attempts."""
    op.add_column(
        "documents",
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
    )
    op.add_column("documents", sa.Column("attempt_key", sa.Text(), nullable=True))
