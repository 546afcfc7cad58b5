"""A session is found by the hash of its id, so that a copy of the database holds no id that opens a page.

The sessions that live go on: learners who have a page open notice nothing of the upgrade.
"""

import hashlib

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Hash the ids, and drop the hash of the id_token: the id is made of the token now."""
    with op.batch_alter_table("launch_session") as table:
        table.drop_constraint("uq_launch_session_token_hash", type_="unique")
        table.drop_column("token_hash")
        table.alter_column("id", new_column_name="id_hash", existing_type=sa.String(43), type_=sa.String(64))
    session = sa.table("launch_session", sa.column("id_hash"))
    connection = op.get_bind()
    for id_ in connection.execute(sa.select(session.c.id_hash)).scalars().all():
        hashed = hashlib.sha256(id_.encode()).hexdigest()
        connection.execute(sa.update(session).where(session.c.id_hash == id_).values(id_hash=hashed))
