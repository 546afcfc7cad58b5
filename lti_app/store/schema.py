"""The tables of the tool. None of them has a person's name or e-mail address.

Every row from a platform refers to its registration, and every query is limited to one registration. Secrets that a
browser returns (state, proof, token, invite) are stored as SHA-256 only, so a copied database opens no session.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from lti_app.store.types import Json, Utc

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _registration(**settings: Any) -> Column[int]:
    return Column(
        "registration_id", Integer, ForeignKey("registration.id", ondelete="CASCADE"), nullable=False, **settings
    )


def _moment(name: str, *, nullable: bool = False) -> Column[Any]:
    return Column(name, Utc, nullable=nullable)


# --- Platforms and keys -----------------------------------------------------------------------------------------

registration = Table(
    "registration",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("issuer", String(512), nullable=False),
    Column("client_id", String(255), nullable=False),
    Column("auth_login_url", Text, nullable=False),
    Column("auth_token_url", Text, nullable=False),
    Column("jwks_url", Text, nullable=False),
    Column("audience", Text),  # of the token endpoint, if it differs from its URL
    Column("platform_family", String(32), nullable=False, server_default=""),
    Column("service_hosts", Json, nullable=False),  # the hosts of line items and rosters
    Column("deployment_policy", String(8), nullable=False),  # listed | auto
    Column("is_active", Boolean, nullable=False),
    Column("is_pending", Boolean, nullable=False, server_default=text("false")),  # waiting for the operator; not active
    _moment("created_at"),
    Column("name", String(255), nullable=False, server_default=""),
    UniqueConstraint("issuer", "client_id"),
)

deployment = Table(
    "deployment",
    metadata,
    Column("id", Integer, primary_key=True),
    _registration(),
    Column("deployment_id", String(255), nullable=False),
    Column("is_active", Boolean, nullable=False),  # false: seen, and waiting for the operator
    UniqueConstraint("registration_id", "deployment_id"),
)

tool_key = Table(
    "tool_key",
    metadata,
    Column("kid", String(64), primary_key=True),
    Column("private_pem", Text, nullable=False),  # encrypted (trust/signing_keys.py)
    _moment("created_at"),
    _moment("activates_at"),  # published before it signs
    _moment("retires_at", nullable=True),  # published until all its signatures have expired
)

invite = Table(
    "invite",
    metadata,
    Column("token_hash", String(64), primary_key=True),
    _moment("expires_at"),
    _moment("used_at", nullable=True),
)

# --- A launch -----------------------------------------------------------------------------------------------------

login_attempt = Table(
    "login_attempt",
    metadata,
    Column("state_hash", String(64), primary_key=True),
    Column("nonce_hash", String(64), nullable=False),
    _registration(),
    Column("browser_hash", String(64), nullable=False),
    Column("target", Text, nullable=False),
    Column("hints", Json, nullable=False),  # from the platform, to start the login again in a new window
    Column("expires_at", Utc, nullable=False, index=True),
)

person = Table(
    "person",
    metadata,
    Column("id", Integer, primary_key=True),
    _registration(),
    Column("sub", String(255), nullable=False),
    Column("pseudonym", String(32), nullable=False),
    Column("is_active", Boolean, nullable=False, server_default=text("true")),
    _moment("created_at"),
    _moment("last_seen"),
    UniqueConstraint("registration_id", "sub"),
)

context = Table(
    "context",
    metadata,
    Column("id", Integer, primary_key=True),
    _registration(),
    Column("context_id", String(255), nullable=False),
    Column("title", String(255), nullable=False, server_default=""),
    UniqueConstraint("registration_id", "context_id"),
)

line_item = Table(
    "line_item",
    metadata,
    Column("id", Integer, primary_key=True),
    _registration(),
    Column("url", Text, nullable=False),
    Column("maximum", Float),
    Column("resource_id", String(255)),
    Column("tag", String(255)),
    UniqueConstraint("registration_id", "url"),
)

resource_link = Table(
    "resource_link",
    metadata,
    Column("id", Integer, primary_key=True),
    _registration(),
    Column("context", Integer, ForeignKey("context.id", ondelete="CASCADE")),
    Column("link_id", String(255), nullable=False),
    Column("module", String(255)),  # null until a teacher has chosen one
    Column("rev", String(64)),
    Column("settings", Json, nullable=False),  # pass_share, due, available, language
    Column("line_item_id", Integer, ForeignKey("line_item.id", ondelete="SET NULL")),
    UniqueConstraint("registration_id", "link_id"),
)

launch_session = Table(
    "launch_session",
    metadata,
    Column("id_hash", String(64), primary_key=True),  # the id itself is only in the path of pages
    Column("proof_hash", String(64), nullable=False),
    _registration(),
    Column("deployment_id", Integer, ForeignKey("deployment.id", ondelete="CASCADE"), nullable=False),
    Column("user_id", Integer, ForeignKey("person.id", ondelete="CASCADE")),  # null: a preview without progress
    Column("link_id", Integer, ForeignKey("resource_link.id", ondelete="CASCADE")),
    Column("context_id", Integer, ForeignKey("context.id", ondelete="CASCADE")),
    Column("role", String(12), nullable=False),  # learner | instructor | preview | admin
    Column("message", String(12), nullable=False),  # resource | deeplink
    Column("claims", Json, nullable=False),  # service addresses, return url, locale, deep linking settings
    _moment("created_at"),
    Column("expires_at", Utc, nullable=False, index=True),
    _moment("ended_at", nullable=True),
)

# --- Learners' progress -------------------------------------------------------------------------------------------

attempt = Table(
    "attempt",
    metadata,
    Column("id", Integer, primary_key=True),
    _registration(),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("link_id", Integer, ForeignKey("resource_link.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("module", String(255), nullable=False),
    Column("version", String(64), nullable=False),
    Column("number", Integer, nullable=False),
    Column("state", Json, nullable=False),
    Column("completion", String(16), nullable=False),
    Column("success", String(16), nullable=False),
    Column("score_got", Float),
    Column("score_max", Float),
    _moment("started_at"),
    _moment("updated_at"),
    _moment("completed_at", nullable=True),
    Column("row_version", Integer, nullable=False, server_default=text("1")),
    UniqueConstraint("person_id", "link_id", "number"),
)

attempt_event = Table(
    "attempt_event",
    metadata,
    Column("id", String(36), primary_key=True),  # made by the page, so that sending twice is harmless
    Column("attempt_id", Integer, ForeignKey("attempt.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("payload", Json, nullable=False),
    _moment("at"),
    _moment("received_at"),
)

first_answer = Table(
    "first_answer",
    metadata,
    Column("attempt_id", Integer, ForeignKey("attempt.id", ondelete="CASCADE"), primary_key=True),
    Column("question", String(255), primary_key=True),
    Column("answer", Json, nullable=False),
    Column("share", Float, nullable=False),  # of the question's points, 0 to 1
)

# --- The grade queue, and caches for requests to a platform --------------------------------------------------------

ONE_WAITS = text("status = 'waiting'")  # the condition of the partial unique index

grade_queue = Table(
    "outbox",  # the name of the table in released databases: the grade queue. Status "parked" means on hold.
    metadata,
    Column("id", Integer, primary_key=True),
    _registration(),
    Column("line_item_id", Integer, ForeignKey("line_item.id", ondelete="CASCADE"), nullable=False),
    Column("person_id", Integer, ForeignKey("person.id", ondelete="CASCADE"), nullable=False),
    Column("attempt_id", Integer, ForeignKey("attempt.id", ondelete="CASCADE"), nullable=False),
    Column("score_given", Float, nullable=False),
    Column("score_maximum", Float, nullable=False),
    Column("activity_progress", String(16), nullable=False),
    Column("grading_progress", String(16), nullable=False),
    _moment("timestamp"),
    Column("comment", Text),
    Column("status", String(8), nullable=False),
    Column("tries", Integer, nullable=False, server_default=text("0")),
    _moment("not_before"),
    Column("last_error", Text),
    _moment("sent_timestamp", nullable=True),
    CheckConstraint("status in ('waiting', 'sending', 'done', 'parked')", name="status"),
    # At most one grade waits per learner and line item: a newer one replaces the row.
    Index(
        "ux_outbox_waiting",
        "line_item_id",
        "person_id",
        unique=True,
        sqlite_where=ONE_WAITS,
        postgresql_where=ONE_WAITS,
    ),
    Index("ix_outbox_status_not_before", "status", "not_before"),
)

access_token = Table(
    "access_token",
    metadata,
    _registration(primary_key=True),
    Column("scope", String(512), primary_key=True),
    Column("token", Text, nullable=False),
    _moment("expires_at"),
)

jwks_cache = Table(
    "jwks_cache",
    metadata,
    _registration(primary_key=True),
    Column("keys", Json, nullable=False),
    _moment("fetched_at"),
    _moment("expires_at"),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Utc, nullable=False, index=True),
    Column("kind", String(32), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("registration_id", Integer),  # no foreign key: the line outlives the registration
    Column("incident", String(16), nullable=False, index=True),
    Column("detail", Json, nullable=False),
)
