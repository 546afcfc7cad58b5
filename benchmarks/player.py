"""Measures what a learner's device pays for the player, a line a measure, and ends with 1 when a bar is missed.

`python benchmarks/player.py` runs all; words pick some: `python benchmarks/player.py size calls`.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from build import Measure
from sample import write_course

from lokaltmot_lms.build import build_course
from lokaltmot_lms.inspect import modules_in
from lokaltmot_lms.pages.scripts import player_scripts
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.serve import ServedFile, Server, on_disk
from lokaltmot_lms.source import read_course
from lokaltmot_lms.targets.base import BuildOptions
from lokaltmot_lms.trial.answers import right_answer
from lokaltmot_lms.trial.browser_lms import LearnerBrowser, open_browser, stage
from lokaltmot_lms.trial.learner import ScriptedLearner
from lokaltmot_lms.trial.manifest import read_scos
from lokaltmot_lms.trial.play import _found, open_package

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_ROOT = Path(__file__).resolve().parent.parent
_MEGABIT = 1_000_000 / 8  # bytes a second
_LATENCY = 40  # ms
_SLOW_COMMIT = 2000  # ms
_WHEN = """() => new MutationObserver((_changes, observer) => {
  const root = document.documentElement;
  window.usable ??= root?.dataset.script === undefined && document.querySelector("h1") ? performance.now() : undefined;
}).observe(document, {attributes: true, childList: true, subtree: true})"""
_STATE = """
import { encode } from "./templates/player/state.js";
import { sample } from "./tests/player/sample.js";
const lengths = [[20, 1], [300, 30]].map(([count, films]) => {
  const module = sample({ pages: count, kinds: Array(count).fill("single"), films });
  const visited = module.pages.map((page) => page.id);
  const answers = Object.fromEntries(Object.keys(module.questions).map((id) => [id, { answer: "d", mark: 3 }]));
  const seen = Object.fromEntries(Array.from({ length: films }, (_film, at) => [`film-${at}`, 4095]));
  const quizzes = { quiz: { attempt: 7, best: 100, passed: true } };
  const done = { seed: 65535, place: visited.at(-1), completed: true, passed: true };
  const state = { ...done, visited, quizzes, answers, films: seen };
  return encode(state, module).length;
});
console.log(JSON.stringify(lengths));
"""


def packed(folder: Path, target: str) -> Path:
    """Build the sample of 20 pages and 20 questions, and return its package."""
    course = folder / "course"
    read = read_course(course if course.exists() else write_course(course)).course
    if read is None:
        raise SystemExit("The sample can not be read.")
    made = build_course(read, targets=[target], out=folder / target, options=BuildOptions())
    return next(each.path for each in made if each.kind == "package")


def at_most(name: str, figure: float, most: float, unit: str = "") -> Measure:
    """Return a measure whose figure may be no larger than its bar."""
    return Measure(
        name=name,
        figure=f"{figure:g}{unit and f' {unit}'}",
        bar=f"{most:g}{unit and f' {unit}'}",
        is_met=figure <= most,
    )


def size(folder: Path) -> Iterator[Measure]:
    """Bytes and requests of the start: scripts as the package holds them, and gzipped one by one as servers do."""
    for name, tracking in (("SCORM 1.2", "scorm12"), ("SCORM 2004", "scorm2004")):
        scripts = player_scripts(types=QUESTION_TYPES, tracking=tracking)
        first = [scripts.files[each] for each in (*scripts.modules, "disk.js")]
        yield at_most(f"scripts at start, {name}", sum(map(len, first)), 40_000, "B")
        zipped = sum(len(gzip.compress(each)) for each in first)
        yield at_most(f"the same, each gzipped ({len(first)} requests)", zipped, 15_000, "B")
        with zipfile.ZipFile(packed(folder, tracking)) as package:
            page, look = package.read("index.html"), package.read("player/style.css")
        whole = sum(map(len, (page, look, *first)))
        yield at_most(f"all at start, without media, {name} ({len(page)} B the page itself)", whole, 120_000, "B")
    start, ready = _asked(packed(folder, "web"))
    zipped = sum(len(gzip.compress(each)) for each in start)
    details = f"{len(start)} requests, {len(start[0])} B the page itself, {zipped} B gzipped"
    until = f"{sum(map(len, ready))} B until the quiz is ready, {len(ready)} requests"
    yield at_most(f"all at start, without media, web ({details}; {until})", sum(map(len, start)), 120_000, "B")


def _asked(web: Path) -> tuple[list[bytes], list[bytes]]:
    """What a browser asks for before the first page is usable, and until the quiz is ready, without media."""
    asked: list[str] = []
    with served(web) as address, open_browser() as browser:
        page = browser.new_page()
        page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
        page.goto(f"{address}index.html")
        page.wait_for_function("() => document.documentElement.dataset.ready !== undefined")
    ours = [name for name in dict.fromkeys(asked) if not name.startswith(("media/", "data:"))]
    # main.js asks for the first of these when the page is shown.
    at_start = ours[: next(at for at, name in enumerate(ours) if "later." in name)]
    return [(web / name).read_bytes() for name in at_start], [(web / name).read_bytes() for name in ours]


def speed(folder: Path) -> Iterator[Measure]:
    """From the address to a first page that can be read and turned, on a poor line and a slow processor."""
    web = packed(folder, "web")
    with served(web) as address, open_browser() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 844})
        page.add_init_script(f"({_WHEN})()")
        devtools = page.context.new_cdp_session(page)
        line = {"offline": False, "latency": _LATENCY, "downloadThroughput": _MEGABIT, "uploadThroughput": _MEGABIT}
        devtools.send("Network.enable")
        devtools.send("Network.emulateNetworkConditions", line)
        devtools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(f"{address}index.html", wait_until="commit")
        page.wait_for_function("() => window.usable", timeout=30_000)
        yield at_most("first page usable at 1 Mbit/s, 4x slower", round(page.evaluate("usable")), 3000, "ms")


def calls(folder: Path) -> Iterator[Measure]:
    """Calls to the platform in both standards."""
    with open_browser() as browser:
        for standard in ("scorm12", "scorm2004"):
            with launched(browser, packed(folder, standard)) as learner:
                learner.stage.settle()
                yield at_most(f"calls at launch, {standard}", learner.stage.count(), 8)
                for _ in range(3):
                    learner.turn()
                yield at_most(f"calls a page turn, {standard}", max(learner.turns), 3)
                before = learner.stage.count()
                learner.stage.leave()
                yield at_most(f"calls on leaving, {standard}", learner.stage.count() - before, 4)


def state(folder: Path) -> Iterator[Measure]:  # noqa: ARG001  # all measures are called alike
    """Characters of a full state."""
    command = ["node", "--input-type=module", "--eval", _STATE]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=_ROOT)
    short, long = json.loads(done.stdout)
    yield at_most("state of 20 pages, 20 questions and a film", short, 40, "characters")
    yield at_most("state of 300 pages, 300 questions and 30 films", long, 400, "characters")


def slow(folder: Path) -> Iterator[Measure]:
    """The longest task of ours while each commit holds the page up for two seconds."""
    with open_browser() as browser, launched(browser, packed(folder, "scorm12")) as learner:
        (quiz,) = learner.module["quizzes"]
        learner.go_to(quiz["page"])
        learner.stage.page.evaluate(
            """delay => {
              const frame = document.getElementById("content").contentWindow;
              window.tasks = [], window.held = [];
              new frame.PerformanceObserver(list => window.tasks.push(...list.getEntries().map(one =>
                [frame.performance.timeOrigin + one.startTime, one.duration]))).observe({type: "longtask"});
              const commit = API.LMSCommit;
              API.LMSCommit = (...words) => {
                const began = performance.timeOrigin + performance.now();
                try { return commit(...words); }
                finally { window.held.push([began, performance.timeOrigin + performance.now() - began]); }
              };
              lms.faults.delay = delay;
            }""",
            _SLOW_COMMIT,
        )
        learner.start(quiz)
        for _ in range(3):
            question = learner.question(quiz)
            asked = learner.module["questions"][question]
            learner.answer(quiz, question, right_answer(asked["type"], asked["data"]))
            learner.go_on(quiz)
        learner.stage.settle()
        tasks, held = learner.stage.page.evaluate("() => [window.tasks, window.held]")
        learner.stage.break_with(delay=0)
    own = [
        duration - sum(wait for at, wait in held if began - 1 <= at <= began + duration) for began, duration in tasks
    ]
    yield at_most(f"longest task of ours during {len(held)} commits of 2 s", round(max(own, default=0)), 100, "ms")


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder and give its address."""

    def found(name: str) -> ServedFile | None:
        return on_disk(name, folder / name) if (folder / name).is_file() else None

    with Server(found) as server:
        yield server.address


@contextmanager
def launched(browser: "Browser", path: Path) -> Iterator[ScriptedLearner]:
    """Launch a package on the strict LMS."""
    with open_package(path) as package:
        scos = read_scos(package)
        with (
            Server(lambda name: _found(package, path.name, scos, name)) as server,
            stage(browser, f"{server.address}0/", scos[0]) as opened,
        ):
            (held,) = modules_in(path).values()
            yield _begun(opened, dict(held.data))


def _begun(opened: LearnerBrowser, module: dict[str, Any]) -> ScriptedLearner:
    opened.begin()
    learner = ScriptedLearner(stage=opened, module=module)
    learner.wait_until_ready()
    return learner


MEASURES: dict[str, Callable[[Path], Iterator[Measure]]] = {
    "size": size,
    "speed": speed,
    "calls": calls,
    "state": state,
    "slow": slow,
}


def main() -> int:
    """Run the measures that were asked for."""
    is_good = True
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or MEASURES:
            for measure in MEASURES[name](Path(folder)):
                print(measure.line(), flush=True)
                is_good = is_good and measure.is_met
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
