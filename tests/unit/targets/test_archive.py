"""The zip writer: the same bytes everywhere, all or nothing, and films that are never held in memory."""

import errno
import os
import resource
import shutil
import struct
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets.archive import write_folder, write_zip
from lokaltmot_lms.targets.names import is_safe_name, stays_inside


def _by_hand(files: list[tuple[str, bytes]]) -> bytes:
    """Lay out a zip from the specification, field by field (PKWARE APPNOTE 6.3.9, 4.3.7, 4.3.12 and 4.3.16)."""
    body, listing = b"", b""
    for name, content in files:
        encoded = name.encode()
        flags = 0 if name.isascii() else 0x800
        # version needed 2.0, flags, stored, 00:00:00, 1980-01-01, CRC-32, both sizes, length of the name, no extra
        common = struct.pack(
            "<HHHHHIIIHH", 20, flags, 0, 0, 0x21, zlib.crc32(content), *[len(content)] * 2, len(encoded), 0
        )
        # made by 2.0 on Unix; no comment, first disk, binary; -rw-r--r--; offset of the local header
        listing += b"PK\x01\x02" + struct.pack("<BB", 20, 3) + common
        listing += struct.pack("<HHHII", 0, 0, 0, 0o100644 << 16, len(body)) + encoded
        body += b"PK\x03\x04" + common + encoded + content
    return body + listing + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, *[len(files)] * 2, len(listing), len(body), 0)


def _sample(folder: Path) -> tuple[PackageFile, ...]:
    film = folder / "film.mp4"
    film.write_bytes(bytes(range(256)) * 8)
    return (
        PackageFile(name="media/lærerrom.mp4", content=film),
        PackageFile(name="index.html", content="<p>Blåbær</p>\n".encode() * 20),
        PackageFile(name="imsmanifest.xml", content=b"<manifest/>"),
    )


def _codes(error: pytest.ExceptionInfo[CourseError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_a_zip_has_the_same_bytes_on_every_machine(tmp_path: Path) -> None:
    files = _sample(tmp_path)
    write_zip(tmp_path / "a.zip", files)
    os.utime(tmp_path / "film.mp4", (1, 1))
    (tmp_path / "film.mp4").chmod(0o600)
    write_zip(tmp_path / "b.zip", reversed(files))

    first = (tmp_path / "a.zip").read_bytes()
    assert first == (tmp_path / "b.zip").read_bytes()
    contents = {
        file.name: file.content if isinstance(file.content, bytes) else file.content.read_bytes() for file in files
    }
    assert first == _by_hand(sorted(contents.items()))


def test_a_film_that_goes_to_the_disk_while_it_is_packed_gives_the_same_bytes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "film.mp4").write_bytes(bytes(range(256)) * 16_000)  # four pieces
    files = [PackageFile(name="a.html", content=b"1"), PackageFile(name="film.mp4", content=tmp_path / "film.mp4")]
    write_zip(tmp_path / "small.zip", files)

    monkeypatch.setattr("lokaltmot_lms.targets.archive._LARGE", 1000)
    write_zip(tmp_path / "large.zip", files)

    assert (tmp_path / "large.zip").read_bytes() == (tmp_path / "small.zip").read_bytes()


def test_a_disk_that_fails_while_a_film_is_packed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "film.mp4").write_bytes(bytes(4_000_000))
    monkeypatch.setattr("lokaltmot_lms.targets.archive._LARGE", 1000)
    monkeypatch.setattr(os, "fsync", _refuse)

    with pytest.raises(CourseError) as full:
        write_zip(tmp_path / "a.zip", [PackageFile(name="film.mp4", content=tmp_path / "film.mp4")])

    assert _codes(full) == ["LM503"]
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def _refuse(_file: int) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_entries_are_sorted_stored_dated_1980_and_named_in_utf8(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", _sample(tmp_path))

    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        entries = archive.infolist()
        assert [entry.filename for entry in entries] == ["imsmanifest.xml", "index.html", "media/lærerrom.mp4"]
        assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
        assert {entry.compress_type for entry in entries} == {zipfile.ZIP_STORED}
        assert {entry.create_system for entry in entries} == {3}
        assert entries[2].flag_bits & 0x800  # the name is UTF-8 (APPNOTE 4.4.4, bit 11)
        assert archive.testzip() is None
        assert archive.read("media/lærerrom.mp4") == (tmp_path / "film.mp4").read_bytes()


def test_the_systems_own_unzip_reads_it(tmp_path: Path) -> None:
    write_zip(tmp_path / "a.zip", _sample(tmp_path))
    # An independent reader: Java's, Info-ZIP's or bsdtar's; Python's own only where none is installed.
    readers = (["unzip", "-tqq"], ["jar", "tf"], ["bsdtar", "-tf"], [sys.executable, "-m", "zipfile", "-t"])
    reader = next(each for each in readers if shutil.which(each[0]))

    done = subprocess.run([*reader, str(tmp_path / "a.zip")], capture_output=True, check=False)

    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    "name",
    ["../a.html", "/a.html", "a//b.html", "c:/a.html", "a\\b.html", "con", "media/aux.png", "hva?.png", "a.", "a /b",
     "", "a\x00b", "a\u030a.png", "x" * 201],
)  # fmt: skip
def test_a_name_that_some_server_cannot_unpack_is_refused(tmp_path: Path, name: str) -> None:
    assert not is_safe_name(name)
    with pytest.raises(CourseError) as error:
        write_zip(tmp_path / "a.zip", [PackageFile(name=name, content=b"")])

    assert _codes(error) == ["LM501"]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "name", ["index.html", "media/blåbær 1+1 #2 100%.png", "player/questions/single.js", ".htaccess"]
)
def test_an_ordinary_name_is_safe(name: str) -> None:
    assert is_safe_name(name)
    assert stays_inside(name)


@pytest.mark.parametrize("other", ["Index.html", "index.html"])
def test_two_names_that_are_one_on_windows_are_refused(tmp_path: Path, other: str) -> None:
    files = [PackageFile(name="index.html", content=b"1"), PackageFile(name=other, content=b"2")]
    with pytest.raises(CourseError) as error:
        write_zip(tmp_path / "a.zip", files)

    assert _codes(error) == ["LM502"]


def test_a_build_that_is_interrupted_leaves_the_last_package_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = _sample(tmp_path)
    package = tmp_path / "out" / "a.zip"
    package.parent.mkdir()
    package.write_bytes(b"the last good one")

    def interrupt(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_zip(package, files)

    assert [path.name for path in package.parent.iterdir()] == ["a.zip"]
    assert package.read_bytes() == b"the last good one"


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path) -> None:
    # The system itself says no: a process may be forbidden to write files of more than 64 kB (setrlimit).
    script = (
        "import resource, signal, sys\n"
        "from pathlib import Path\n"
        "from lokaltmot_lms.errors import CourseError\n"
        "from lokaltmot_lms.pages.media import PackageFile\n"
        "from lokaltmot_lms.targets.archive import write_zip\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))\n"
        "try:\n"
        "    write_zip(Path(sys.argv[1]) / 'a.zip', [PackageFile(name='a', content=bytes(1 << 20))])\n"
        "except CourseError as error:\n"
        "    print(error)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )

    assert "LM503: The package could not be written: File too large." in done.stdout
    assert done.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_media_that_is_gone_or_grows_while_it_is_packed_is_told(tmp_path: Path) -> None:
    with pytest.raises(CourseError) as gone:
        write_zip(tmp_path / "a.zip", [PackageFile(name="film.mp4", content=tmp_path / "film.mp4")])
    assert _codes(gone) == ["LM504"]

    unsteady = Path("/proc/self/status")  # said to be 0 bytes long, and is not
    with pytest.raises(CourseError) as grown:
        write_zip(tmp_path / "a.zip", [PackageFile(name="film.mp4", content=unsteady)])
    assert _codes(grown) == ["LM507"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_an_earlier_build_is_replaced_whole(tmp_path: Path) -> None:
    first = [PackageFile(name="index.html", content=b"1"), PackageFile(name="player/tracking.js", content=b"")]
    write_folder(tmp_path / "web", [*first, PackageFile(name="old.html", content=b"")], mark="player/tracking.js")
    write_folder(tmp_path / "web", first, mark="player/tracking.js")

    assert sorted(path.name for path in (tmp_path / "web").rglob("*")) == ["index.html", "player", "tracking.js"]
    assert [path.name for path in tmp_path.iterdir()] == ["web"]


def test_a_folder_that_is_not_ours_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "thesis.odt").write_text("years of work", encoding="utf-8")
    with pytest.raises(CourseError) as error:
        write_folder(tmp_path / "web", [PackageFile(name="index.html", content=b"")], mark="player/tracking.js")

    assert _codes(error) == ["LM506"]
    assert [path.name for path in tmp_path.rglob("*")] == ["web", "thesis.odt"]


@pytest.mark.heavy
def test_a_film_of_two_gigabytes_streams_through_little_memory(tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    with film.open("wb") as file:
        file.truncate((2 << 30) + 5)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    write_zip(tmp_path / "a.zip", [PackageFile(name="film.mp4", content=film)])

    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 64 << 10  # kB
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert archive.getinfo("film.mp4").file_size == (2 << 30) + 5
        assert archive.getinfo("film.mp4").extract_version == 45  # zip64 (APPNOTE 4.4.3.2)
