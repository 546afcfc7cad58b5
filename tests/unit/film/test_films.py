"""The videos of a course: a calm pace, a small file, and a transcript that follows the storyboard."""

import re
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
COURSE = ROOT / "courses" / "lokalt-mot"
STORYBOARDS = sorted((COURSE / "film").glob("*.yaml"))


@pytest.fixture
def film(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The film maker's modules, which are scripts and no package."""
    monkeypatch.syspath_prepend(str(ROOT / "scripts" / "film"))
    import storyboard
    import transcript

    yield type(
        "Film",
        (),
        {
            "read": staticmethod(storyboard.read),
            "Error": storyboard.StoryboardError,
            "transcript": staticmethod(transcript.transcript),
            "clock": staticmethod(transcript.clock),
        },
    )
    for name in ("storyboard", "transcript"):
        sys.modules.pop(name, None)


@pytest.mark.parametrize("path", STORYBOARDS, ids=lambda path: path.stem)
class TestShippedFilms:
    def test_the_transcript_is_the_storyboard_in_words(self, film: Any, path: Path) -> None:
        text = (COURSE / "media" / f"{path.stem}.md").read_text(encoding="utf-8")
        assert text == film.transcript(film.read(path))

    def test_the_film_is_one_to_two_minutes_and_at_most_two_megabytes(self, film: Any, path: Path) -> None:
        assert 60 <= film.read(path).seconds <= 120
        assert (COURSE / "media" / f"{path.stem}.mp4").stat().st_size <= 2_000_000

    def test_the_length_in_the_module_is_the_length_of_the_film(self, film: Any, path: Path) -> None:
        language = path.stem.partition(".")[2]
        (file,) = (
            one for one in COURSE.glob(f"{path.stem[:2]}-*.md") if one.stem.partition(".")[2] == language
        )  # the module of the video, in the video's language
        module = file.read_text(encoding="utf-8")
        block = re.search(rf"::: video media/{path.stem}\.mp4\n(.*?)\n:::", module, re.DOTALL)
        assert block is not None
        assert re.search(rf'^(lengde|length): "{film.clock(film.read(path).seconds)}"$', block[1], re.MULTILINE)


@pytest.mark.parametrize("path", STORYBOARDS, ids=lambda path: path.stem)
def test_the_film_starts_before_it_is_whole(path: Path) -> None:
    """ISO/IEC 14496-12: the index (moov) is before the media data (mdat)."""
    head = (COURSE / "media" / f"{path.stem}.mp4").read_bytes()
    assert head[4:8] == b"ftyp"
    assert head.index(b"moov") < head.index(b"mdat")


@pytest.mark.parametrize("path", [path for path in STORYBOARDS if "." in path.stem], ids=lambda path: path.stem)
def test_a_film_in_another_language_has_the_same_scenes_and_drawings(film: Any, path: Path) -> None:
    theirs, ours = film.read(path), film.read(path.with_name(f"{path.stem.partition('.')[0]}.yaml"))
    assert path.stem.partition(".")[2] == theirs.language
    assert [(scene.seconds, scene.picture) for scene in theirs.scenes] == [
        (scene.seconds, scene.picture) for scene in ours.scenes
    ]
    assert all(one.seen != other.seen for one, other in zip(theirs.scenes, ours.scenes, strict=True))


def test_a_line_that_is_missing_in_another_language_is_refused(film: Any, tmp_path: Path) -> None:
    board(tmp_path, "Hei.")
    words = tmp_path / "board.en.yaml"
    words.write_text("title: Test\nscenes:\n  - text: []\n    seen: A light.\n", encoding="utf-8")
    with pytest.raises(film.Error, match="must have as many scenes, with as many lines"):
        film.read(words)


def board(tmp_path: Path, line: str, *, seconds: float = 4) -> Path:
    path = tmp_path / "board.yaml"
    scene = f"  - seconds: {seconds}\n    seen: Et lys.\n    text:\n      - {{ at: 0.3, line: {line} }}\n"
    path.write_text(f"title: Prøve\nposter: 1\nscenes:\n{scene}", encoding="utf-8")
    return path


def test_a_line_that_goes_before_it_is_read_is_refused(film: Any, tmp_path: Path) -> None:
    """16 words at 2.6 a second, from 0.3 s and half a fade on, is 6.85 s."""
    long = '"Her står det langt flere ord enn noen rekker å lese på fire sekunder i ro"'
    with pytest.raises(film.Error, match=r"is read at 6\.9 s and begins to go at 3\.6 s"):
        film.read(board(tmp_path, long))
    assert film.read(board(tmp_path, long, seconds=8)).seconds == 8


def test_a_comma_that_would_cut_a_line_in_two_is_refused(film: Any, tmp_path: Path) -> None:
    with pytest.raises(film.Error, match="Put a line that has a comma between quotes"):
        film.read(board(tmp_path, "Spør, i et trygt rom."))
