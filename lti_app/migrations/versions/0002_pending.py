"""A platform that says it is somebody else's waits for the operator."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the mark of a registration that waits for approval."""
    op.add_column("registration", sa.Column("is_pending", sa.Boolean(), nullable=False, server_default=sa.false()))
