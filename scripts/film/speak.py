"""Makes the spoken test video: a synthetic voice reads lines, and the captions show each line while it is spoken.

    python scripts/film/speak.py tests/player/film/media/stemme.txt

reads one sentence per line and writes stemme.mp4 and stemme.vtt to the same folder. The voice is espeak-ng's (Debian:
apt install espeak-ng), whose output has the licence of the text; the image is a single colour. The same lines give the
same text and times. Another version of espeak-ng or ffmpeg may give other bytes, so the result is committed.
"""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import imageio_ffmpeg

VOICE = ["espeak-ng", "-v", "nb", "-s", "150"]
RATE = 22_050  # what espeak-ng writes
BEFORE = 0.5  # seconds of silence before each line
PICTURE = "color=c=0x0b3440:s=320x180:r=5"
ENCODE = [
    "-c:v", "libx264", "-tune", "stillimage", "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "32k", "-ac", "1",
    "-movflags", "+faststart", "-fflags", "+bitexact", "-flags:v", "+bitexact", "-flags:a", "+bitexact",
    "-map_metadata", "-1",
]  # fmt: skip


def main(paths: Sequence[str]) -> int:
    """Make a film of each file of lines. Answers the exit code."""
    for path in map(Path, paths):
        lines = path.read_text(encoding="utf-8").split("\n")
        make([line for line in lines if line], path.with_suffix(".mp4"), path.with_suffix(".vtt"))
    return 0


def make(lines: Sequence[str], film: Path, captions: Path) -> None:
    """Write a film in which the lines are said, and when each of them is."""
    silence = bytes(2 * round(BEFORE * RATE))
    sound, cues, at = b"", ["WEBVTT"], 0.0
    for line in lines:
        spoken = say(line)
        begin, at = at + BEFORE, at + BEFORE + len(spoken) / 2 / RATE
        sound += silence + spoken
        cues.append(f"{clock(begin)} --> {clock(at)}\n{line}")
    captions.write_text("\n\n".join(cues) + "\n", encoding="utf-8")
    raw = ["-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-"]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-y", "-loglevel", "error", *raw, "-f", "lavfi", "-i", PICTURE, *ENCODE]
    length = ["-t", f"{at + BEFORE:.3f}"]
    subprocess.run([*command, *length, str(film)], input=sound + silence, check=True)


def say(line: str) -> bytes:
    """Return the samples of a spoken line: 16 bits, one channel, without silence at its end."""
    said = subprocess.run([*VOICE, "--stdout", line], capture_output=True, check=True).stdout
    # Written to a pipe, the header says no length; the samples begin after it.
    samples = said[said.index(b"data") + 8 :]
    return samples.rstrip(b"\0") + bytes(len(samples.rstrip(b"\0")) % 2)


def clock(seconds: float) -> str:
    """2.5 -> `00:02.500`."""
    return f"{int(seconds) // 60:02}:{seconds % 60:06.3f}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
