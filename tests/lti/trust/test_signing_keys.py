"""Our own keys: public members only, overlap at rotation, and files that others cannot read (rows 72 and 73)."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from lti_app.errors import SettingsError
from lti_app.store.engine import reading
from lti_app.store.schema import tool_key
from lti_app.store.types import now
from lti_app.trust import signing_keys as keys_module
from lti_app.trust.secrets import Secret, open_secret
from lti_app.trust.signing_keys import SigningKeys

from ..bench import bench_in

SECRET = Secret(b"s" * 32)


def test_the_published_set_has_public_members_only_and_may_be_cached(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        answer = bench.browser.get("/lti/jwks.json")
        assert [set(key) for key in answer.get_json()["keys"]] == [{"kty", "kid", "alg", "use", "n", "e"}]
        assert answer.headers["Cache-Control"] == "public, max-age=600"
        assert bench.browser.post("/lti/jwks.json").status_code == 405


def test_a_new_key_is_published_before_it_signs_and_the_old_one_stays_for_a_while(
    database: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = SigningKeys(database, SECRET)
    old = keys.signing().kid
    new = keys.rotate()
    assert {key.kid for key in keys.published()} == {old, new}
    assert keys.signing().kid == old
    moment = now() + keys_module.PUBLISHED_BEFORE + timedelta(minutes=1)
    monkeypatch.setattr(keys_module, "now", lambda: moment)
    assert keys.signing().kid == new
    with reading(database) as connection:
        retires = connection.execute(select(tool_key.c.retires_at).where(tool_key.c.kid == old)).scalar_one()
    assert retires > moment


def test_a_leaked_key_is_gone_at_once(database: Engine) -> None:
    keys = SigningKeys(database, SECRET)
    keys.published()
    new = keys.rotate(at_once=True)
    assert [key.kid for key in keys.published()] == [new]


def test_the_database_holds_no_key_that_can_be_used_without_the_secret(database: Engine) -> None:
    SigningKeys(database, SECRET).published()
    with reading(database) as connection:
        assert "ENCRYPTED" in connection.execute(select(tool_key.c.private_pem)).scalar_one()
    with pytest.raises(SettingsError, match="another secret file"):
        SigningKeys(database, Secret(b"t" * 32)).published()


def test_a_secret_that_others_may_read_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    open_secret(path)
    assert path.stat().st_mode & 0o777 == 0o600
    path.chmod(0o644)
    with pytest.raises(SettingsError, match="chmod 600"):
        open_secret(path)


def test_a_short_secret_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "secret"
    path.write_bytes(b"short")
    path.chmod(0o600)
    with pytest.raises(SettingsError, match="32 bytes"):
        open_secret(path)
