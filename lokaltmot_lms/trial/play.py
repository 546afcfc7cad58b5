"""Tries a package: serves it with the test LMS, runs the scenarios that fit, and collects the findings."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from lokaltmot_lms.errors import CourseError, Severity
from lokaltmot_lms.inspect import inspect_package, module_of
from lokaltmot_lms.safe_zip import SafeZip, open_zip
from lokaltmot_lms.serve import Reply, Request, ServedFile, Server, Stream, in_memory, media_type, strict_lms
from lokaltmot_lms.serve.cmi5 import Cmi5Platform, Cmi5Server, read_units
from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial.browser_lms import LearnerBrowser, StuckError, open_browser, stage
from lokaltmot_lms.trial.generic_scenarios import ANY_PACKAGE, ASSET, Scenario
from lokaltmot_lms.trial.manifest import STRUCTURE, Sco, read_scos
from lokaltmot_lms.trial.module_scenarios import Module, scenarios
from lokaltmot_lms.trial.verdict import MOODLE_LIMITS, Finding, Run, TrialError, TrialResult, call_findings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_REFUSED = N_("{problem} The package was not opened.")
_NO_FILE = N_("The manifest launches {path}, which is not in the package.")
_UNUSABLE = N_("The learner could not continue: {why}")
_MOST_PAGE = 16 * 1024**2
_CMI5 = "cmi5/"
_FINDS = N_("the launch file exists")
_ELSEWHERE = N_("The page is on another host and was not opened: {href}")
_ALL = N_("every page is tried")
_TOO_MANY = N_("The package has {all} pages. Only the first {most} were tried.")
MOST_SCOS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialStep:
    """A scenario that begins: the number of its page among all, and titles. scenario: a gettext message."""

    number: int
    count: int
    sco: str
    scenario: str


def try_package(
    path: Path, *, browser: Path | None = None, on_step: Callable[[TrialStep], None] = lambda _: None
) -> TrialResult:
    """Run a SCORM or cmi5 package in a headless browser against the test LMS.

    path: the zip. browser: the program file of a Chromium; find_browser() when not given. on_step: called when a
    scenario begins, to show progress.

    Raises:
        TrialError: the package can't be launched, or Playwright or a browser is missing.
    """
    with open_package(path) as package:
        scos = read_scos(package)
        manifest = _inspected(path, scos[0])
        tried = scos[:MOST_SCOS]
        runs = [manifest]
        with serve_package(package, path.name, scos) as server, open_browser(browser) as chromium:
            for number, sco in enumerate(tried):
                begins = _progress(on_step, number + 1, len(tried), sco)
                runs += _runs(chromium, f"{server.address}{number}/", package, sco, begins)
        if len(scos) > len(tried):
            left_out = Finding(message=_TOO_MANY, values={"all": len(scos), "most": MOST_SCOS}, is_remark=True)
            runs.append(Run(title=_ALL, sco=path.name, findings=(left_out,), calls=()))
        ours = any(_module(package, sco) for sco in tried)
    return TrialResult(path=path.name, standard=scos[0].standard, ours=ours, runs=tuple(runs))


def _progress(on_step: Callable[[TrialStep], None], number: int, count: int, sco: Sco) -> Callable[[str], None]:
    """Return what tells of each scenario of a page."""
    return lambda scenario: on_step(TrialStep(number=number, count=count, sco=sco.title, scenario=scenario))


@contextmanager
def open_package(path: Path) -> Iterator[SafeZip]:
    """Open a package for reading.

    Raises:
        TrialError: its zip is not safe to open, or has no manifest at its root.
    """
    with ExitStack() as stack:
        try:
            package = stack.enter_context(open_zip(path))
        except CourseError as error:
            raise TrialError(_REFUSED, problem=error.problems[0]) from error
        yield package


def _inspected(path: Path, sco: Sco) -> Run:
    problems = (each for each in inspect_package(path).problems if each.severity is Severity.ERROR)
    findings = tuple(Finding(message="{problem}", values={"problem": problem}) for problem in problems)
    return Run(title=N_("import of the manifest"), sco=sco.title, findings=findings, calls=())


def serve_package(package: SafeZip, key: str, scos: tuple[Sco, ...]) -> Server:
    """Return a server of a package and its test LMS. For SCORM the LMS runs in the page, for cmi5 in this server."""
    cmi5 = _cmi5_server(package) if scos[0].standard == "cmi5" else None

    def route(name: str) -> ServedFile | Stream | None:
        if cmi5 and name.startswith(_CMI5):
            return cmi5.route(name.removeprefix(_CMI5))
        return _found(package, key, scos, name)

    def talk(request: Request) -> Reply | None:
        is_cmi5 = cmi5 is not None and request.path.startswith(_CMI5)
        return cmi5.talk(request, request.path.removeprefix(_CMI5)) if cmi5 and is_cmi5 else None

    server = Server(route, talk=talk)
    if cmi5:
        cmi5.platform.address = f"{server.address}{_CMI5}"
    return server


def _cmi5_server(package: SafeZip) -> Cmi5Server:
    structure = package.try_read(STRUCTURE, most=_MOST_PAGE) or b""
    return Cmi5Server(Cmi5Platform(units=read_units(structure)), base="/0/package/")


def _found(package: SafeZip, key: str, scos: tuple[Sco, ...], name: str) -> ServedFile | None:
    # Each SCO has its own address: NUMBER/lms.html, NUMBER/package/…
    number, _, rest = name.partition("/")
    if not (number.isdecimal() and int(number) < len(scos)):
        return None
    if rest == "settings.json":
        return in_memory(rest, json.dumps(lms_settings(scos[int(number)], key)).encode())
    if rest.startswith("package/"):
        return served_file(package, rest.removeprefix("package/"))
    return strict_lms().get(rest)


def served_file(package: SafeZip, name: str) -> ServedFile | None:
    """Return a file of a package as it is served; None when it is missing."""
    if name not in package.names:
        return None
    return ServedFile(type=media_type(name), size=package.size(name), open=lambda: package.open(name))


def lms_settings(sco: Sco, key: str) -> dict[str, str]:
    """Return the settings of the test LMS for a SCO (attempt.js, Settings)."""
    return {
        "standard": sco.standard,
        "key": f"{key}/{sco.id}",
        "href": f"package/{sco.href}",
        "title": sco.title,
        **sco.settings,
    }


def _runs(browser: "Browser", address: str, package: SafeZip, sco: Sco, begins: Callable[[str], None]) -> Iterator[Run]:
    if sco.is_elsewhere:
        remark = Finding(message=_ELSEWHERE, values={"href": sco.href}, is_remark=True)
        yield Run(title=_FINDS, sco=sco.title, findings=(remark,), calls=())
        return
    if sco.path not in package.names:
        missing = Finding(message=_NO_FILE, values={"path": sco.path})
        yield Run(title=_FINDS, sco=sco.title, findings=(missing,), calls=())
        return
    module = _module(package, sco)
    generic = ASSET if sco.kind == "asset" else ANY_PACKAGE
    for scenario in (*generic, *(scenarios(module) if module else ())):
        begins(scenario.title)
        yield _run(browser, address, sco, scenario, is_ours=module is not None)


def _module(package: SafeZip, sco: Sco) -> Module | None:
    return module_of(package.try_read(sco.path, most=_MOST_PAGE) or b"")


def _run(browser: "Browser", address: str, sco: Sco, scenario: Scenario, *, is_ours: bool) -> Run:
    limits = {} if is_ours else MOODLE_LIMITS
    with stage(browser, address, sco, is_ours=is_ours, limits=limits) as opened:
        found = list(_played(scenario, opened))
        calls = opened.calls()
        found += call_findings(calls, is_ours=is_ours)
        found += opened.errors
        return Run(
            title=scenario.title, sco=sco.title, findings=tuple(found), calls=calls, figures=dict(opened.figures)
        )


def _played(scenario: Scenario, stage: LearnerBrowser) -> Iterator[Finding]:
    from playwright.sync_api import Error

    try:
        yield from scenario.play(stage)
    except StuckError as stuck:
        # A page of which the manifest does not say that it reports may well not.
        yield replace(stuck.finding, is_remark=stage.sco.kind == "")
    except Error as error:
        # The page lacks an element of docs/hooks.md, or it can't be used.
        yield Finding(message=_UNUSABLE, values={"why": error.message.partition("\n")[0]})
