"""Measures the build, one line per figure, and exits with 1 if a bar is missed.

`python benchmarks/build.py` runs all measures; names select some: `python benchmarks/build.py cold film`.
`--against PATH` compares the builds of one module and of twenty modules with those of an older checkout, which has its
own virtual environment in .venv. The two take turns within one run, so that a slow machine is slow for both.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from sample import write_course

_ROOT = Path(__file__).resolve().parent.parent
_ROUNDS = 15
_TWENTY_ROUNDS = 7
_LONG_ROUNDS = 12
_FILM = 2_000_000_000  # bytes
# What a person's shell has; compiled Python is kept between runs there.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

_COPY = "import shutil, os, sys; shutil.copyfile(sys.argv[1], sys.argv[2]); os.fsync(os.open(sys.argv[2], os.O_RDWR))"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A figure and its bar. bar: "" for a figure that is only reported."""

    name: str
    figure: str
    bar: str = ""
    is_met: bool = True

    def line(self) -> str:
        """Return the figure as a line."""
        bar = f" (bar: {self.bar})" if self.bar else ""
        return f"{'ok  ' if self.is_met else 'MISS'}  {self.name}: {self.figure}{bar}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What a child process used. cpu, wall: seconds. memory: the peak of its largest process, in MB."""

    cpu: float
    wall: float
    memory: float


def run(command: Sequence[str | Path], environment: Mapping[str, str] = _ENVIRONMENT, *, cwd: Path = _ROOT) -> Cost:
    """Run a command and return its cost, process start included."""
    began = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment, cwd=cwd)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.perf_counter() - began
    if child.returncode:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {child.returncode}.")
    return Cost(cpu=usage.ru_utime + usage.ru_stime, wall=wall, memory=usage.ru_maxrss / 1000)


def build(course: Path, out: Path) -> list[str]:
    """Return the command that builds a course."""
    return [sys.executable, "-m", "lokaltmot_lms", "build", str(course), "--out", str(out)]


def cold(folder: Path, against: Path | None) -> Iterator[Measure]:
    """One module of 20 pages and 20 questions: CPU from process start to end."""
    yield from _compared(folder, against, modules=1, rounds=_ROUNDS, most=1.7)


def twenty(folder: Path, against: Path | None) -> Iterator[Measure]:
    """Twenty such modules on one core."""
    yield from _compared(folder, against, modules=20, rounds=_TWENTY_ROUNDS, most=1.2)


def _compared(folder: Path, against: Path | None, *, modules: int, rounds: int, most: float) -> Iterator[Measure]:
    course, name = write_course(folder / "sample", modules=modules), f"{modules} modules" if modules > 1 else "1 module"

    def once(root: Path, python: str) -> Cost:
        command = [python, "-m", "lokaltmot_lms", "build", str(course), "--out", str(folder / "dist")]
        environment = {**_ENVIRONMENT, "PYTHONPATH": str(root)}
        return run(["taskset", "--cpu-list", "0", *command], environment, cwd=root)

    sides = [(_ROOT, sys.executable)]
    if against is not None:
        sides.append((against, str(against / ".venv" / "bin" / "python")))
    for side in sides:
        once(*side)  # the first run compiles Python
    pairs = [[once(*side) for side in sides] for _ in range(rounds)]
    ours = [median(getattr(pair[0], field) for pair in pairs) for field in ("cpu", "wall", "memory")]
    yield Measure(name=name, figure=f"{ours[0]:.3f} CPU s, {ours[1]:.3f} s, peak {ours[2]:.1f} MB")
    if against is None:
        return
    ratio = median(pair[0].cpu / pair[1].cpu for pair in pairs)
    theirs = median(pair[1].memory for pair in pairs)
    yield Measure(
        name=f"{name}, against the older checkout",
        figure=f"{ratio:.2f} times its CPU",
        bar=f"{most} times",
        is_met=ratio <= most,
    )
    yield Measure(
        name=f"{name}, memory",
        figure=f"{ours[2]:.1f} MB, the older checkout {theirs:.1f} MB",
        bar="no more",
        is_met=ours[2] <= theirs,
    )


def catalogue(folder: Path, _against: Path | None) -> Iterator[Measure]:
    """200 such modules: how the time grows with their number, and how much faster two cores are than one."""
    out = folder / "dist"
    few, many = (write_course(folder / f"catalogue-{count}", modules=count) for count in (50, 200))
    rounds = []
    for turn in range(_LONG_ROUNDS):
        one_core = ["taskset", "--cpu-list", str(turn % 2)]  # neighbours may disturb one core more than the other
        commands = [[*one_core, *build(few, out)], [*one_core, *build(many, out)], build(many, out)]
        rounds.append([run(command) for command in commands])
    growth = min(costs[1].cpu for costs in rounds) / min(costs[0].cpu for costs in rounds)
    alone, both = (min((costs[side] for costs in rounds), key=lambda cost: cost.wall) for side in (1, 2))
    # Two busy cores slow each other, and so do other programs: each round is compared with itself, and with two builds
    # that share nothing, which is the most that the machine can give.
    speed = median(costs[1].wall / costs[2].wall for costs in rounds)
    most = median(_side_by_side(few, folder, turn % 2) for turn in range(_LONG_ROUNDS))
    yield Measure(
        name="200 modules against 50",
        figure=f"{growth:.2f} times the CPU, {alone.cpu / 200:.3f} s per module, peak {alone.memory:.0f} MB",
    )
    yield Measure(
        name="200 modules on two cores",
        figure=f"{speed:.2f} times one core ({both.wall:.1f} s for {alone.wall:.1f} s), peak {both.memory:.0f} MB; "
        f"two builds that share nothing: {most:.2f}",
    )


def _side_by_side(course: Path, folder: Path, first: int) -> float:
    """Return how much more two cores do than one for two independent builds. first: the core of the single build."""
    outs = [folder / "one", folder / "other"]
    alone = run(["taskset", "--cpu-list", str(first), *build(course, outs[0])]).wall
    began = time.perf_counter()
    pair = [
        subprocess.Popen(
            ["taskset", "--cpu-list", str(core), *build(course, out)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=_ENVIRONMENT,
        )
        for core, out in enumerate(outs)
    ]
    if any(child.wait() for child in pair):
        raise SystemExit("One of two simultaneous builds failed.")
    return 2 * alone / (time.perf_counter() - began)


def film(folder: Path, _against: Path | None) -> Iterator[Measure]:
    """A video of 2 GB in a module: streamed into the zip, at half the speed of a copy or more."""
    course = write_course(folder / "film")
    source = course / "media" / "film.mp4"
    _write_film(source)
    module = course / "001-modul.md"
    block = (
        "\n::: video media/film.mp4\ntitle: En lang film\ncaptions: not needed – a silent film\n"
        "transcript: media/film.md\naudio-description: not needed – only a landscape\n:::\n"
    )
    (course / "media" / "film.md").write_text("En stille film om et landskap.\n", encoding="utf-8")
    text = module.read_text(encoding="utf-8")
    module.write_text(text.replace("\n# Side 2 ", f"{block}\n# Side 2 ", 1), encoding="utf-8")
    out = folder / "dist"
    rounds = []
    for _ in range(3):
        copied = run([sys.executable, "-c", _COPY, source, folder / "copy.mp4"])
        (folder / "copy.mp4").unlink()
        rounds.append((copied, run(build(course, out))))
        shutil.rmtree(out)
    copied, packed = (min((pair[side] for pair in rounds), key=lambda cost: cost.wall) for side in (0, 1))
    speed = copied.wall / packed.wall
    yield Measure(
        name="a video of 2 GB",
        figure=f"{speed:.2f} of the speed of a copy ({packed.wall:.1f} s for {copied.wall:.1f} s)",
        bar="0.5",
        is_met=speed >= 0.5,
    )
    yield Measure(
        name="memory while it is packed", figure=f"{packed.memory:.0f} MB", bar="64 MB", is_met=packed.memory < 64
    )


def _write_film(path: Path) -> None:
    """Write bytes that do not shrink. The start is an MP4's, so that it passes for one."""
    part = os.urandom(4_000_000)
    with path.open("wb") as file:
        file.write(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom")
        for _ in range(_FILM // len(part)):
            file.write(part)
        os.fsync(file.fileno())


# Notes when each word of ours stood in a heading, one frame later: then the frame that has it is painted. The page does
# so itself, since the driver of the browser asks for a word with pauses in between.
_WATCH_SCREEN = r"""() => {
  window.shown = {};
  const look = () => {
    for (const heading of document.querySelector("#content").contentDocument?.querySelectorAll("h1, h2") ?? []) {
      for (const word of heading.textContent.match(/endret\d+/) ?? []) {
        requestAnimationFrame(() => (window.shown[word] ??= Date.now()));
      }
    }
    requestAnimationFrame(look);
  };
  look();
}"""


def preview(folder: Path, _against: Path | None) -> Iterator[Measure]:
    """The time from saving an edit until the preview shows its text."""
    from playwright.sync_api import sync_playwright

    from lokaltmot_lms.trial.browser import ARGUMENTS, find_browser

    course = write_course(folder / "preview")
    module = course / "001-modul.md"
    text = module.read_text(encoding="utf-8")
    command = [sys.executable, "-m", "lokaltmot_lms", "preview", str(course)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**_ENVIRONMENT, "LANGUAGE": "en"})
    try:
        line = server.stdout.readline() if server.stdout else ""
        address = next(word for word in line.split() if word.startswith("http")).rstrip(".")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=find_browser(), args=list(ARGUMENTS))
            page = browser.new_page()
            page.goto(address)
            shown = page.frame_locator("#content")
            shown.get_by_role("heading", name="Side 1").first.wait_for(timeout=20_000)
            page.evaluate(_WATCH_SCREEN)
            times = []
            for turn in range(_ROUNDS):
                word = f"endret{turn}"
                began = time.time() * 1000  # the clock that the page has too
                module.write_text(text.replace("# Side 1 ", f"# Side 1 {word} ", 1), encoding="utf-8")
                page.wait_for_function("word => window.shown[word]", arg=word, timeout=10_000)
                times.append(page.evaluate("word => window.shown[word]", word) - began)
            browser.close()
    finally:
        server.terminate()
        server.wait()
    middle = median(times)
    yield Measure(
        name="an edit in the preview",
        figure=f"{middle:.0f} ms ({min(times):.0f} to {max(times):.0f})",
    )


MEASURES: dict[str, Callable[[Path, Path | None], Iterator[Measure]]] = {
    "cold": cold,
    "twenty": twenty,
    "preview": preview,
    "catalogue": catalogue,
    "film": film,
}


# In a memory file system, so that the speed of the disk does not matter: 800 MB of images are read and written.
IN_MEMORY = ("cold", "twenty", "catalogue")


def _quick_disk() -> str | None:
    memory = Path("/dev/shm")  # noqa: S108  # a folder of our own is made in it
    has_room = memory.is_dir() and shutil.disk_usage(memory).free > 4_000_000_000
    return str(memory) if has_room else None


def main() -> int:
    """Run the selected measures."""
    parser = argparse.ArgumentParser(description="Measure the build.")
    parser.add_argument("measures", nargs="*", metavar="MEASURE", help=f"one of {', '.join(MEASURES)}; all by default")
    parser.add_argument("--against", type=Path, metavar="PATH", help="an older checkout with its own .venv")
    chosen = parser.parse_args()
    if unknown := set(chosen.measures) - MEASURES.keys():
        parser.error(f"unknown measure: {', '.join(sorted(unknown))}")
    against = chosen.against.resolve() if chosen.against else None
    is_good = True
    for name in chosen.measures or MEASURES:
        with tempfile.TemporaryDirectory(dir=_quick_disk() if name in IN_MEMORY else None) as folder:
            for measure in MEASURES[name](Path(folder), against):
                print(measure.line(), flush=True)
                is_good = is_good and measure.is_met
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
