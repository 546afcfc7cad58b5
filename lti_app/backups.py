"""Backups: one file with every row, signed with the tool's secret, that can be restored to SQLite or PostgreSQL.

We use our own format instead of the databases' tools: one command works for both, can move a site from SQLite to
PostgreSQL, and needs no pg_dump of the server's version. The file is gzipped JSON lines: a header, the rows, and a
signed checksum at the end.
"""

import gzip
import hashlib
import json
import os
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy.exc import DataError, IntegrityError

from lokaltmot_lms.texts import N_
from lti_app.errors import BackupError
from lti_app.migrations import is_known, revision_of, upgrade_on
from lti_app.store.backup import Row, drop_everything, has_rows, read_rows, snapshot, write_rows
from lti_app.store.engine import writing
from lti_app.store.types import now
from lti_app.trust.secrets import Secret
from lti_app.trust.tool import Tool

_FORMAT = "lokaltmot-lti-backup-1"
_DAMAGED = N_("{path} is damaged, or not a backup of this tool. Nothing was changed.")
_INVALID = N_("{path} has invalid contents for a backup ({reason}). Nothing was changed.")
_OTHER_SECRET = N_("The backup was made with another secret file. Restore LOKALTMOT_SECRET_FILE first.")
_LONGEST_LINE = 32_000_000  # bytes; an attempt with 600 pages and questions is smaller than 1 MB


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupManifest:
    """The header of a backup. rows: the number of rows."""

    revision: str
    made_at: str
    rows: int


def write_backup(tool: Tool, path: Path) -> BackupManifest:
    """Write the database's current contents, also while the tool runs. The file is written completely or not at all.

    Raises:
        BackupError: the file exists, or cannot be written.
    """
    if path.exists():
        raise BackupError(N_("{path} already exists. Choose another name."), path=path)
    half = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            contents = _write(tool, file)
            file.flush()
            os.fsync(file.fileno())
        half.rename(path)
    except OSError as error:
        raise BackupError(N_("{path} could not be written: {reason}."), path=path, reason=error.strerror) from None
    finally:
        half.unlink(missing_ok=True)
    return contents


def restore_backup(tool: Tool, path: Path, *, replaces: bool) -> BackupManifest:
    """Restore the database from a backup and upgrade it to this version, completely or not at all.

    replaces: delete the current contents of the database.

    Raises:
        BackupError: the file is damaged, not ours, or from a newer version; or the database is not empty.
    """
    contents = _verified(path, tool.secret)
    if not is_known(contents.revision):
        raise BackupError(N_("The backup is from a newer version of Lokalt mot. Install that version first."))
    with writing(tool.engine) as connection:
        if has_rows(connection) and not replaces:
            raise BackupError(N_("The database is not empty. Add --replace to delete its contents."))
        drop_everything(connection)
        upgrade_on(connection, contents.revision)
        try:
            write_rows(connection, _rows(path))
        except (ValueError, IntegrityError, DataError) as error:
            reason = error if isinstance(error, ValueError) else type(error).__name__
            raise BackupError(_INVALID, path=path, reason=reason) from None
        upgrade_on(connection, "head")
    return contents


def _write(tool: Tool, file: BinaryIO) -> BackupManifest:
    sum_, count = hashlib.sha256(), 0
    with snapshot(tool.engine) as connection, gzip.GzipFile("", "wb", 6, file, mtime=0) as packed:

        def add(content: Any) -> None:
            line = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            sum_.update(line)
            packed.write(line)

        revision = revision_of(connection)
        if revision is None:
            raise BackupError(N_("There is no database to back up. Run: lokaltmot lti upgrade"))
        made_at = now().isoformat(timespec="seconds")
        add({"format": _FORMAT, "revision": revision, "made_at": made_at, "secret": _fingerprint(tool.secret)})
        for row in read_rows(connection):
            add(row)
            count += 1
        add({"rows": count, "sum": tool.secret.sign("backup", sum_.hexdigest())})
        connection.rollback()
    return BackupManifest(revision=revision, made_at=made_at, rows=count)


def _verified(path: Path, secret: Secret) -> BackupManifest:
    """Read a whole backup and check its signature before any of it is used."""
    damaged = BackupError(_DAMAGED, path=path)
    sum_, count, last, head = hashlib.sha256(), -1, b"", b""
    for line in _lines(path):
        if last:
            sum_.update(last)
        head, last, count = head or line, line, count + 1
    try:
        said, end = json.loads(head), json.loads(last)
        if said["format"] != _FORMAT:
            raise damaged
        if said["secret"] != _fingerprint(secret):
            raise BackupError(_OTHER_SECRET)
        if end != {"rows": count - 1, "sum": secret.sign("backup", sum_.hexdigest())}:
            raise damaged
        return BackupManifest(revision=str(said["revision"]), made_at=str(said["made_at"]), rows=count - 1)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise damaged from None


def _rows(path: Path) -> Iterator[Row]:
    lines = _lines(path)
    next(lines)
    for line in lines:
        content = json.loads(line)
        if isinstance(content, list):  # all but the last line
            name, row = content
            yield name, row


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with gzip.open(path) as packed:
            while line := packed.readline(_LONGEST_LINE + 1):
                if len(line) > _LONGEST_LINE:
                    raise BackupError(_DAMAGED, path=path)
                yield line
    except FileNotFoundError:
        raise BackupError(N_("File {path} does not exist."), path=path) from None
    except (OSError, EOFError, zlib.error):
        raise BackupError(_DAMAGED, path=path) from None


def _fingerprint(secret: Secret) -> str:
    """Return a fingerprint that identifies a secret without revealing it."""
    return secret.sign("backup", "which")[:16]
