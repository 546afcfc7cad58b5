"""A backup made while the tool runs goes back on either kind of database; a bad one is refused and changes nothing."""

import gzip
import hashlib
import json
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from lti_app import create_app
from lti_app.backups import restore_backup, write_backup
from lti_app.errors import BackupError
from lti_app.migrations import is_current, upgrade
from lti_app.store.backup import PASSING, read_rows, write_rows
from lti_app.store.engine import open_engine, reading, writing
from lti_app.store.people import see_person
from lti_app.store.schema import grade_queue
from lti_app.trust.tool import Tool

from ..bench import bench_in
from ..built_courses import every_type
from ..grades.delivery import tool_on
from ..playing import SLUG, enter
from .test_upgrade import first_rows


@pytest.fixture
def tool(empty: Engine, tmp_path: Path) -> Tool:
    """A tool with something in every table."""
    _fill(empty)
    return tool_on(empty, tmp_path)


def _fill(engine: Engine) -> None:
    upgrade(engine, "0001")
    with writing(engine) as connection:
        write_rows(connection, first_rows())
    upgrade(engine)


def _rows(engine: Engine) -> list[Any]:
    with reading(engine) as connection:
        return list(read_rows(connection))


def test_what_was_put_back_is_what_was_there_and_ids_go_on(tool: Tool, tmp_path: Path) -> None:
    before = _rows(tool.engine)
    made = write_backup(tool, tmp_path / "copy")
    assert made.rows == len(before) == len(first_rows()) - len(PASSING)
    assert stat.S_IMODE((tmp_path / "copy").stat().st_mode) == 0o600
    with writing(tool.engine) as connection:
        connection.execute(grade_queue.delete())
    assert restore_backup(tool, tmp_path / "copy", replaces=True) == made
    assert _rows(tool.engine) == before
    assert is_current(tool.engine)
    with writing(tool.engine) as connection:
        assert see_person(connection, 3, "somebody new") == (10, True)


def test_a_backup_of_one_kind_makes_a_database_of_the_other(tool: Tool, tmp_path: Path) -> None:
    write_backup(tool, tmp_path / "copy")
    other = open_engine(f"sqlite:///{tmp_path / 'other.db'}")
    restore_backup(replace(tool, engine=other), tmp_path / "copy", replaces=False)
    assert _rows(other) == _rows(tool.engine)
    write_backup(replace(tool, engine=other), tmp_path / "back")
    restore_backup(tool, tmp_path / "back", replaces=True)
    assert _rows(other) == _rows(tool.engine)
    other.dispose()


def test_a_backup_of_the_first_schema_is_brought_to_this_version(empty: Engine, tmp_path: Path) -> None:
    upgrade(empty, "0001")
    with writing(empty) as connection:
        write_rows(connection, first_rows())
    tool = tool_on(empty, tmp_path)
    assert write_backup(tool, tmp_path / "copy").revision == "0001"
    restore_backup(tool, tmp_path / "copy", replaces=True)
    assert is_current(empty)
    assert len(_rows(empty)) == len([row for row in first_rows() if row[0] not in PASSING])


def test_a_database_with_something_in_it_is_left_alone(tool: Tool, tmp_path: Path) -> None:
    write_backup(tool, tmp_path / "copy")
    before = _rows(tool.engine)
    with pytest.raises(BackupError, match="--replace"):
        restore_backup(tool, tmp_path / "copy", replaces=False)
    assert _rows(tool.engine) == before


def test_a_file_is_not_written_over(tool: Tool, tmp_path: Path) -> None:
    (tmp_path / "copy").write_text("dear")
    with pytest.raises(BackupError, match="already exists"):
        write_backup(tool, tmp_path / "copy")
    assert (tmp_path / "copy").read_text() == "dear"
    with pytest.raises(BackupError, match="could not be written"):
        write_backup(tool, tmp_path / "nowhere" / "copy")


def _packed(lines: list[Any]) -> bytes:
    return gzip.compress(b"".join(json.dumps(line).encode() + b"\n" for line in lines))


def _signed(tool: Tool, change: Callable[[list[Any]], None]) -> Callable[[bytes], bytes]:
    """A backup with other content, signed as we sign: what the signature does not stop, the tables must."""

    def made(data: bytes) -> bytes:
        lines = [json.loads(line) for line in gzip.decompress(data).splitlines()]
        change(lines)
        body = b"".join(
            json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode() + b"\n" for line in lines[:-1]
        )
        lines[-1] = {
            "rows": len(lines) - 2, "sum": tool.secret.sign("backup", hashlib.sha256(body).hexdigest()),
        }  # fmt: skip
        end = json.dumps(lines[-1], separators=(",", ":")).encode() + b"\n"
        return gzip.compress(body + end)

    return made


def _flipped(data: bytes) -> bytes:
    lines = gzip.decompress(data).splitlines(keepends=True)
    lines[3] = lines[3].replace(b"true", b"false", 1)
    return gzip.compress(b"".join(lines))


def _last_of(name: str) -> Callable[[list[Any]], dict[str, Any]]:
    return lambda lines: next(line[1] for line in reversed(lines) if isinstance(line, list) and line[0] == name)


HOSTILE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda _: b"",
    "text": lambda _: b"SELECT 1; DROP TABLE person;",
    "cut in the middle": lambda data: data[: len(data) // 2],
    "cut at the end": lambda data: data[:-9],
    "without its last line": lambda data: gzip.compress(b"".join(gzip.decompress(data).splitlines(True)[:-1])),
    "without a row": lambda data: gzip.compress(b"".join(gzip.decompress(data).splitlines(True)[:5])),
    "a byte is another": lambda data: data[:60] + bytes([data[60] ^ 1]) + data[61:],
    "a value is another": _flipped,
    "a list": lambda _: _packed([[], []]),
    "one line": lambda _: _packed([{"format": "lokaltmot-lti-backup-1"}]),
    "deep": lambda _: gzip.compress(b"[" * 100_000 + b"\n" + b"{}\n"),
    "a line without end": lambda _: gzip.compress(b"0" * 32_000_001),
}


@pytest.mark.parametrize("fault", HOSTILE)
def test_a_file_that_is_not_whole_is_refused(sqlite_url: str, tmp_path: Path, fault: str) -> None:
    engine = open_engine(sqlite_url)
    _fill(engine)
    tool, path = tool_on(engine, tmp_path), tmp_path / "copy"
    write_backup(tool, path)
    path.write_bytes(HOSTILE[fault](path.read_bytes()))
    before = _rows(engine)
    with pytest.raises(BackupError, match="damaged, or not a backup"):
        restore_backup(tool, path, replaces=True)
    assert _rows(engine) == before
    engine.dispose()


def _newer(lines: list[Any]) -> None:
    lines[0]["revision"] = "9999"


def _strange_table(lines: list[Any]) -> None:
    lines.insert(1, ["sqlite_master; DROP TABLE person", {}])


def _strange_column(lines: list[Any]) -> None:
    _last_of("person")(lines)["is_admin); --"] = 1


def _strange_value(lines: list[Any]) -> None:
    _last_of("person")(lines)["sub"] = {"a": 1}


def _orphan(lines: list[Any]) -> None:
    _last_of("attempt")(lines)["person_id"] = 4711


def _twice(lines: list[Any]) -> None:
    lines.insert(2, lines[1])


@pytest.mark.parametrize("change", [_strange_table, _strange_column, _strange_value, _orphan, _twice, _newer])
def test_what_does_not_fit_leaves_the_database_as_it_was(tool: Tool, tmp_path: Path, change: Any) -> None:
    path = tmp_path / "copy"
    write_backup(tool, path)
    path.write_bytes(_signed(tool, change)(path.read_bytes()))
    before = _rows(tool.engine)
    with pytest.raises(BackupError, match="newer version" if change is _newer else "Nothing was changed"):
        restore_backup(tool, path, replaces=True)
    assert _rows(tool.engine) == before


def test_without_the_secret_it_was_made_with_a_backup_is_of_no_use(tool: Tool, tmp_path: Path) -> None:
    write_backup(tool, tmp_path / "copy")
    (tmp_path / "secret").unlink()
    with pytest.raises(BackupError, match="another secret file"):
        restore_backup(tool_on(tool.engine, tmp_path), tmp_path / "copy", replaces=True)


def test_a_learner_goes_on_in_a_tool_that_was_put_back(tmp_path: Path) -> None:
    with bench_in(tmp_path) as bench:
        shutil.copytree(every_type(), tmp_path, dirs_exist_ok=True)
        learner = enter(bench)
        page = json.loads((tmp_path / SLUG / "module.json").read_text("utf-8"))["pages"][1]["id"]
        learner.tell("visit", page=page)
        tool: Tool = bench.app.extensions["lokaltmot"]
        key = tool.signing_keys.signing().kid
        write_backup(tool, tmp_path / "copy")

        settings = replace(tool.settings, database=f"sqlite:///{tmp_path / 'second.db'}")
        app = create_app(settings)
        second: Tool = app.extensions["lokaltmot"]
        restore_backup(second, tmp_path / "copy", replaces=False)
        (cookie,) = [one for one in [learner.browser.get_cookie(f"__Host-lm-{learner.path[3:11]}")] if one]
        browser = app.test_client()
        browser.set_cookie(cookie.key, cookie.value, domain="localhost", secure=True)
        told = browser.get(f"{learner.path}state")
        assert told.json is not None
        assert page in told.json["state"]["visited"]
        learner.browser = browser
        learner.tell("place", page=page)
        assert second.signing_keys.signing().kid == key
        second.engine.dispose()
