"""A session is found by the hash of its id, so that a copy of the database holds no id that opens a page.

The sessions that live go on: learners who have a page open notice nothing of the upgrade.
"""

import hashlib

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
JSON = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
KEPT = (
    "proof_hash", "registration_id", "deployment_id", "user_id", "link_id", "context_id", "role", "message", "claims",
    "created_at", "expires_at", "ended_at",
)  # fmt: skip
OLD = sa.table(
    "launch_session",
    sa.column("id"),
    sa.column("claims", JSON),
    *(sa.column(name, MOMENT) for name in ("created_at", "expires_at", "ended_at")),
    *(sa.column(name) for name in KEPT if name != "claims" and not name.endswith("_at")),
)


def upgrade() -> None:
    """Make the table anew, without the id and without the hash of the id_token, from which the id is made now."""
    connection = op.get_bind()
    rows = [
        {"id_hash": hashlib.sha256(row["id"].encode()).hexdigest(), **{name: row[name] for name in KEPT}}
        for row in connection.execute(sa.select(OLD)).mappings()
    ]
    op.drop_table("launch_session")
    made = op.create_table(
        "launch_session",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("proof_hash", sa.String(length=64), nullable=False),
        sa.Column("registration_id", sa.Integer(), nullable=False),
        sa.Column("deployment_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("link_id", sa.Integer(), nullable=True),
        sa.Column("context_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.String(length=12), nullable=False),
        sa.Column("message", sa.String(length=12), nullable=False),
        sa.Column("claims", JSON, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["context_id"], ["context.id"], name=op.f("fk_launch_session_context_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["deployment_id"], ["deployment.id"], name=op.f("fk_launch_session_deployment_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["link_id"], ["resource_link.id"], name=op.f("fk_launch_session_link_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["registration_id"], ["registration.id"], name=op.f("fk_launch_session_registration_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["user_id"], ["person.id"], name=op.f("fk_launch_session_user_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_launch_session")),
    )
    op.create_index(op.f("ix_launch_session_expires_at"), "launch_session", ["expires_at"], unique=False)
    op.bulk_insert(made, rows)
