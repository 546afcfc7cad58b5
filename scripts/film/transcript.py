"""Writes a film as text, for those who read instead of watch: what stands on the screen, and what is seen."""

import re

from storyboard import Storyboard


def transcript(board: Storyboard) -> str:
    """The Markdown transcript of `board`, in Norwegian like the course it belongs to."""
    parts = [
        f"**{board.title}.** Filmen er uten lyd og varer {clock(board.seconds)}. "
        "All tekst står i bildet. Her er teksten, og det som vises.",
    ]
    begin = 0.0
    for scene in board.scenes:
        parts.append(f"**{clock(begin)}** " + " ".join(_ended(line.line) for line in scene.text))
        parts.append(f"*Vi ser: {scene.seen.strip()}*")
        begin += scene.seconds
    return "\n\n".join(parts) + "\n"


def clock(seconds: float) -> str:
    """76.0 -> `1:16`."""
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


def _ended(line: str) -> str:
    return line if re.search(r"[.?!:»]$", line) else f"{line}."
