"""Makes the silent films of a course from their storyboards.

    python scripts/film/make.py courses/lokalt-mot/film/01-tre-sporsmal.yaml

writes NAME.mp4, NAME.jpg (the poster) and NAME.md (the transcript) into the course's media folder. The same
storyboard gives the same film on the same machine; another machine may have other fonts.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import imageio_ffmpeg
from playwright.sync_api import Page, sync_playwright
from storyboard import FADE, Scene, Storyboard, StoryboardError, read
from transcript import transcript

FRAMES_A_SECOND = 25
LARGEST = 2_000_000
"""Bytes. A course is read over mobile lines in the far north."""
SIZE = {"width": 960, "height": 540}
BROWSER = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--force-color-profile=srgb",
    "--font-render-hinting=none",
]
ENCODE = [
    "-c:v", "libx264", "-preset", "slow", "-tune", "animation", "-crf", "23", "-pix_fmt", "yuv420p", "-threads", "1",
    "-movflags", "+faststart", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-map_metadata", "-1",
]  # fmt: skip


def main(paths: list[str]) -> int:
    """Makes a film of each storyboard. Answers the exit code."""
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=os.environ.get("CHROMIUM") or shutil.which("chromium"), args=BROWSER
        )
        page = browser.new_page(viewport=SIZE)
        page.goto((Path(__file__).parent / "stage.html").as_uri())
        try:
            for path in map(Path, paths):
                make(page=page, storyboard=path, media=path.parent.parent / "media")
        except StoryboardError as error:
            print(error, file=sys.stderr)
            return 1
        finally:
            browser.close()
    return 0


def make(*, page: Page, storyboard: Path, media: Path) -> None:
    """Writes film, poster and transcript of `storyboard` into `media`. Raises StoryboardError."""
    board = read(storyboard)
    film = media / f"{storyboard.stem}.mp4"
    encode(frames(page, board), film)
    if board.language == "nb":  # the poster has no words, so all languages share it
        (media / f"{storyboard.stem}.jpg").write_bytes(still(page, board, board.poster))
    (media / f"{storyboard.stem}.md").write_text(transcript(board), encoding="utf-8")
    size = film.stat().st_size
    print(f"{film.name}: {board.seconds:.0f} s, {size / 1000:.0f} kB")
    if size > LARGEST:
        raise StoryboardError(f"{film.name} is {size} bytes, more than {LARGEST}. Make fewer or shorter moves.")


def frames(page: Page, board: Storyboard) -> Iterator[bytes]:
    """Every frame as PNG. One that looks like the one before is not drawn again."""
    for scene in board.scenes:
        _show(page, scene)
        last_key, png = None, b""
        for number in range(round(scene.seconds * FRAMES_A_SECOND)):
            key = page.evaluate("t => seek(t)", number / FRAMES_A_SECOND)
            if key != last_key:
                last_key, png = key, page.screenshot()
            yield png


def still(page: Page, board: Storyboard, second: float) -> bytes:
    """The drawing `second` seconds into the film, as JPEG. Without text: the page writes title and length over it."""
    for scene in board.scenes:
        if second < scene.seconds:
            break
        second -= scene.seconds
    _show(page, replace(scene, text=()))
    page.evaluate("t => seek(t)", second)
    return page.screenshot(type="jpeg", quality=82)


def _show(page: Page, scene: Scene) -> None:
    lines = [{"at": one.at, "line": one.line, "style": one.style, "until": one.until} for one in scene.text]
    board = {"seconds": scene.seconds, "fade": FADE, "text": lines, "picture": scene.picture}
    page.evaluate("board => show(board)", board)


def encode(pictures: Iterator[bytes], film: Path) -> None:
    """Pipes the frames through ffmpeg into an H.264 `film` that starts before it is whole on the learner's machine."""
    come = ["-f", "image2pipe", "-framerate", str(FRAMES_A_SECOND), "-c:v", "png", "-i", "-"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *come, *ENCODE, str(film)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin is not None  # noqa: S101 - set in the call of Popen above
        for picture in pictures:
            process.stdin.write(picture)
        process.stdin.close()
    if process.returncode:
        raise StoryboardError(f"ffmpeg could not encode {film.name} (exit code {process.returncode}).")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
