"""Writes a video as text, for people who read instead of watching: the text on the screen, and what is seen."""

import re

from storyboard import Storyboard

OPENING = {
    "nb": "Filmen er uten lyd og varer {length}. All tekst står i bildet. Her er teksten, og det som vises.",
    "nn": "Filmen er utan lyd og varer {length}. All tekst står i biletet. Her er teksten, og det som blir vist.",
    "en": "The film has no sound and lasts {length}. All words are in the picture. Here they are, and what is shown.",
}
SEEN = {"nb": "Vi ser", "nn": "Vi ser", "en": "We see"}


def transcript(board: Storyboard) -> str:
    """The Markdown transcript of `board`, in its language."""
    parts = [f"**{board.title}.** " + OPENING[board.language].format(length=clock(board.seconds))]
    begin = 0.0
    for scene in board.scenes:
        parts.append(f"**{clock(begin)}** " + " ".join(_ended(line.line) for line in scene.text))
        parts.append(f"*{SEEN[board.language]}: {scene.seen.strip()}*")
        begin += scene.seconds
    return "\n\n".join(parts) + "\n"


def clock(seconds: float) -> str:
    """76.0 -> `1:16`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _ended(line: str) -> str:
    return line if re.search(r"[.?!:»”]$", line) else f"{line}."
