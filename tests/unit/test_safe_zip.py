"""The bounds on reading from a zip. Those on its directory are tested in tests/unit/inspect."""

import struct
import tracemalloc
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.safe_zip import open_zip, zip_names


def _zip(path: Path, files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def _with_stated_size(path: Path, size: int) -> Path:
    """Change the size that the directory states of the first file (APPNOTE 4.3.12)."""
    data = bytearray(path.read_bytes())
    struct.pack_into("<I", data, data.index(b"PK\x01\x02") + 24, size)
    path.write_bytes(data)
    return path


def test_a_bomb_that_states_a_small_size_is_not_unpacked_at_once(tmp_path: Path) -> None:
    path = _with_stated_size(_zip(tmp_path / "a.zip", {"bombe.html": bytes(200 << 20)}), 1000)

    with open_zip(path, needs_manifest=False) as archive:
        tracemalloc.start()
        try:
            with pytest.raises(CourseError, match="LM520"):
                archive.read("bombe.html", most=1 << 20)
            assert archive.try_read("bombe.html", most=1 << 20) is None
            assert tracemalloc.get_traced_memory()[1] < 16 << 20
        finally:
            tracemalloc.stop()


def test_no_more_is_unpacked_in_all_than_allowed(tmp_path: Path) -> None:
    path = _zip(tmp_path / "a.zip", {"a": b"x" * 600, "b": b"x" * 600})

    with open_zip(path, needs_manifest=False, most_in_all=1000) as archive:
        assert len(archive.read("a", most=1000)) == 600
        with pytest.raises(CourseError, match="LM602"):
            archive.read("b", most=1000)


def test_a_file_that_is_missing_or_too_large_is_not_read(tmp_path: Path) -> None:
    with open_zip(_zip(tmp_path / "a.zip", {"a": b"x" * 600}), needs_manifest=False) as archive:
        assert archive.try_read("b", most=1000) is None
        assert archive.try_read("a", most=599) is None
        assert archive.try_read("a", most=600) == b"x" * 600


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damaged_content_is_reported_for_every_method(tmp_path: Path, method: int) -> None:
    path = _zip(tmp_path / "a.zip", {"a": bytes(range(256)) * 40}, method)
    data = bytearray(path.read_bytes())
    data[40:80] = bytes(40)
    path.write_bytes(data)

    with open_zip(path, needs_manifest=False) as archive:
        assert archive.try_read("a", most=1 << 20) is None
        with pytest.raises(CourseError, match="LM520"):
            archive.read("a", most=1 << 20)


def test_threads_share_a_zip(tmp_path: Path) -> None:
    files = {f"{number}": bytes([number]) * 300_000 for number in range(40)}
    with open_zip(_zip(tmp_path / "a.zip", files), needs_manifest=False) as archive, ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda name: archive.read(name, most=1 << 20), files)) == list(files.values())


def test_names_are_listed_only_when_there_are_not_too_many(tmp_path: Path) -> None:
    (tmp_path / "many.zip").write_bytes(b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 60000, 60000, 0, 0, 0))
    (tmp_path / "cut.zip").write_bytes(b"PK\x03\x04")

    assert zip_names(_zip(tmp_path / "a.zip", {"a": b""})) == {"a"}
    assert zip_names(tmp_path / "cut.zip") == frozenset()
    with pytest.raises(CourseError, match="LM518"):
        zip_names(tmp_path / "many.zip")
