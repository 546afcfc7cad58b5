"""The migrations make exactly the tables that the code speaks of, on both kinds of database."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select
from sqlalchemy.exc import IntegrityError, StatementError

from lti_app.migrations import is_current, upgrade
from lti_app.store.engine import open_engine, reading, writing
from lti_app.store.schema import audit, deployment, invite, metadata

NOON = datetime(2026, 11, 22, 12, 0, 0, 123456, tzinfo=UTC)


def test_the_migrations_end_where_the_tables_are(database: Engine) -> None:
    with reading(database) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    assert is_current(database)


def test_an_empty_database_is_not_current_and_upgrading_twice_is_harmless(sqlite_url: str) -> None:
    engine = open_engine(sqlite_url)
    assert not is_current(engine)
    upgrade(engine)
    upgrade(engine)
    assert is_current(engine)
    engine.dispose()


def test_no_column_holds_a_name_or_an_address_of_a_person() -> None:
    assert not {column.name for column in metadata.tables["person"].columns} & {"name", "given_name", "email"}


def test_a_moment_comes_back_in_utc_whatever_zone_it_went_in_with(database: Engine) -> None:
    oslo = NOON.astimezone(timezone(timedelta(hours=1)))
    with writing(database) as connection:
        connection.execute(invite.insert().values(token_hash="a", expires_at=oslo))
    with reading(database) as connection:
        found = connection.execute(select(invite.c.expires_at)).scalar_one()
    assert (found, found.tzinfo) == (NOON, UTC)


def test_a_moment_without_a_zone_is_refused(database: Engine) -> None:
    with pytest.raises(StatementError, match="without a time zone"), writing(database) as connection:
        connection.execute(invite.insert().values(token_hash="a", expires_at=NOON.replace(tzinfo=None)))


def test_foreign_keys_are_watched(database: Engine) -> None:
    with pytest.raises(IntegrityError), writing(database) as connection:
        connection.execute(deployment.insert().values(registration_id=9, deployment_id="1", is_active=True))


def test_nothing_of_a_transaction_that_fails_is_kept(database: Engine) -> None:
    with pytest.raises(ZeroDivisionError), writing(database) as connection:
        connection.execute(
            audit.insert().values(at=NOON, kind="launch", reason="expired", incident="1", detail={"skew": 1})
        )
        _ = 1 / 0
    with reading(database) as connection:
        assert connection.execute(select(audit.c.id)).all() == []


def test_json_and_tables_are_real_on_both(database: Engine) -> None:
    with writing(database) as connection:
        connection.execute(
            audit.insert().values(at=NOON, kind="launch", reason="expired", incident="1", detail={"skew": [1, None]})
        )
        assert connection.execute(select(audit.c.detail)).scalar_one() == {"skew": [1, None]}
    assert set(metadata.tables) <= set(inspect(database).get_table_names())
