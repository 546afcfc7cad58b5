"""Reads a storyboard, the text file a film is made from, and refuses one that cannot be read at a calm pace.

`01-film.en.yaml`, next to `01-film.yaml`, has the English text of the same video: title, lines and what is seen.
Drawings and times are those of the first.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

WORDS_A_SECOND = 2.6
"""Silent reading of large text is near 4 words a second; readers of a second language need more time."""
FADE = 0.8
"""Seconds a line or a drawing takes to come or go. Slow enough that nothing flashes (WCAG 2.3.1)."""


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of text on the screen, from `at` to `until` (or the end of the scene)."""

    at: float
    line: str
    style: str
    until: float | None


@dataclass(frozen=True, kw_only=True)
class Scene:
    """What is on the screen for `seconds`: lines of text, a drawing (inner SVG), and a description of the drawing."""

    seconds: float
    text: tuple[Line, ...]
    picture: str
    seen: str


@dataclass(frozen=True, kw_only=True)
class Storyboard:
    """A whole video. `poster` is the second of the frame that is shown before the video starts."""

    title: str
    poster: float
    scenes: tuple[Scene, ...]
    language: str = "nb"

    @property
    def seconds(self) -> float:
        """The length of the film."""
        return sum(scene.seconds for scene in self.scenes)


class StoryboardError(Exception):
    """The storyboard cannot become a film that people have time to read."""


def read(path: Path) -> Storyboard:
    """Reads `path`. Raises StoryboardError with every line that is shown too briefly."""
    data: dict[str, Any] = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
    name, _, language = path.stem.partition(".")
    if language:
        board = _translated(read(path.with_name(f"{name}.yaml")), data, language)
    else:
        scenes = tuple(_scene(raw) for raw in data["scenes"])
        board = Storyboard(title=data["title"], poster=float(data["poster"]), scenes=scenes)
    hurried = [words for scene in board.scenes for words in _hurried(scene)]
    if hurried:
        raise StoryboardError(f"{path.name}: these are shown too briefly to be read:\n" + "\n".join(hurried))
    return board


def _translated(board: Storyboard, data: dict[str, Any], language: str) -> Storyboard:
    found = [(scene["text"], scene["seen"]) for scene in data["scenes"]]
    if [len(lines) for lines, _ in found] != [len(scene.text) for scene in board.scenes]:
        raise StoryboardError(f"The words in “{language}” must have as many scenes, with as many lines, as the film.")
    scenes = tuple(
        replace(
            scene, text=tuple(replace(one, line=line) for one, line in zip(scene.text, lines, strict=True)), seen=seen
        )
        for scene, (lines, seen) in zip(board.scenes, found, strict=True)
    )
    return replace(board, title=data["title"], scenes=scenes, language=language)


def _scene(raw: dict[str, Any]) -> Scene:
    _refuse_unknown(raw, known={"seconds", "text", "picture", "seen"})
    for one in raw["text"]:
        _refuse_unknown(one, known={"at", "line", "style", "until"})
    return Scene(
        seconds=float(raw["seconds"]),
        text=tuple(
            Line(at=float(one["at"]), line=one["line"], style=one.get("style", ""), until=one.get("until"))
            for one in raw["text"]
        ),
        picture=raw.get("picture", ""),
        seen=raw["seen"],
    )


def _refuse_unknown(raw: dict[str, Any], *, known: set[str]) -> None:
    """A comma in an unquoted line would otherwise cut it in two without a word."""
    if unknown := set(raw) - known:
        raise StoryboardError(f"Unknown words {sorted(unknown)}. Put a line that has a comma between quotes.")


def _hurried(scene: Scene) -> list[str]:
    """Lines are read one after the other: reading of one begins when it is there and the one before is read."""
    free, found = 0.0, []
    for line in scene.text:
        free = max(free, line.at + FADE / 2) + len(line.line.split()) / WORDS_A_SECOND
        gone = (line.until if line.until is not None else scene.seconds) - FADE / 2
        if free > gone:
            found.append(f"  «{line.line}» is read at {free:.1f} s and begins to go at {gone:.1f} s")
    return found
