"""`lokaltmot build`: packages for a learning platform, each with an answer key and an install sheet."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import click

from lokaltmot_lms import pipeline
from lokaltmot_lms.build import Artifact, ArtifactKind, write_lock
from lokaltmot_lms.cli.command import command, course_argument, local_option, option
from lokaltmot_lms.cli.console import Console, Exit
from lokaltmot_lms.cli.problems import as_data, print_problems, summary, without_notes
from lokaltmot_lms.cli.progress import progress
from lokaltmot_lms.errors.problem import CourseError, Problem
from lokaltmot_lms.model import Course
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.loss import NAMES, LostFeature, as_row
from lokaltmot_lms.targets.presets import PRESETS
from lokaltmot_lms.texts import N_

_ALL = "all"  # stands for every target


@command(
    "build",
    N_("Build packages of COURSE for a learning platform, one zip file per module. COURSE is a folder or a .md file."),
)
@course_argument
@local_option
@option("--target", "targets", type=click.Choice((*TARGETS, _ALL)), multiple=True, default=("scorm12",),
        help=N_("The package format. Can be repeated."))  # fmt: skip
@option("--out", type=click.Path(file_okay=False, path_type=Path), default=Path("dist"), help=N_("The output folder."))
@option("--for", "preset", type=click.Choice(tuple(PRESETS)), default="generic",
        help=N_("The platform that you use. It decides what is reported and what the install sheet says."))  # fmt: skip
@option("--edition", type=click.Choice(("3", "4")), default="4", help=N_("The edition of SCORM 2004."))
@option("--bundle", is_flag=True, help=N_("One package with all modules."))
@option("--schemas", type=click.Path(exists=True, file_okay=False, path_type=Path),
        help=N_("A folder with the SCORM schema files to copy into the package."))  # fmt: skip
@option("--lti-url", metavar="URL", default="", help=N_("The address of the LTI tool. Cartridges then link to it."))
@option("--essays", is_flag=True,
        help=N_("In Canvas, make reflections essay questions. The platform then stores what learners write."),
)  # fmt: skip
@option("--module", "modules", multiple=True, metavar="ID", help=N_("Only this module. Can be repeated."))
@option("--strict", is_flag=True, help=N_("Treat warnings as errors."))
@option("--lock/--no-lock", default=True,
        help=N_("Record ids in ids.lock once the status is review or later, so that learners keep their answers."),
)  # fmt: skip
def build(
    console: Console,
    course: Path,
    local: Path | None,
    targets: tuple[str, ...],
    out: Path,
    preset: str,
    edition: str,
    bundle: bool,
    schemas: Path | None,
    lti_url: str,
    essays: bool,
    modules: tuple[str, ...],
    strict: bool,
    lock: bool,
    as_json: bool,
) -> int:
    checked = pipeline.read_and_check(course, local=local, is_strict=strict)
    if checked.course is None or not checked.is_sound:
        return _answer(console, course, (), checked.problems, as_json=as_json, code=Exit.COURSE_IS_WRONG)
    chosen = _only(console, checked.course, modules)
    options = BuildOptions(
        preset=preset, edition=int(edition), bundle=bundle, schemas=schemas, lti_url=_origin(console, lti_url),
        essays=essays,
    )  # fmt: skip
    wanted = _wanted(console, targets, lti_url)
    made: list[Artifact] = []
    try:
        for artifact in progress(console, pipeline.build(chosen, targets=wanted, out=out, options=options)):
            made.append(artifact)  # noqa: PERF402  # the files written before an error are listed too
        if lock:
            write_lock(checked.course)
    except CourseError as error:
        problems = pipeline.by_place((*checked.problems, *error.problems))
        return _answer(console, course, made, problems, as_json=as_json, code=Exit.COURSE_IS_WRONG)
    problems = pipeline.by_place((*checked.problems, *(warning for each in made for warning in each.warnings)))
    return _answer(console, course, made, problems, as_json=as_json, code=Exit.GOOD)


def _origin(console: Console, url: str) -> str:
    """Return the tool's address without a trailing slash, like LOKALTMOT_PUBLIC_URL."""
    if not url:
        return ""
    try:
        parts = urlsplit(url)
        is_local = parts.hostname in ("localhost", "127.0.0.1")
        is_whole = parts.scheme == "https" or (parts.scheme == "http" and is_local)
        is_bare = parts.path in ("", "/") and not (parts.query or parts.fragment or "@" in parts.netloc)
    except ValueError:
        is_whole = is_bare = False
    if not (is_whole and is_bare and parts.hostname):
        raise click.ClickException(
            console.gettext("--lti-url must be only the address of the tool, such as https://kurs.example.no.")
        )
    return url.rstrip("/")


def _wanted(console: Console, targets: tuple[str, ...], lti_url: str) -> tuple[str, ...]:
    """Return the targets to build. Without the tool's address, "all" leaves out the targets that need it."""
    missing = [] if lti_url else [name for name in targets if name != _ALL and TARGETS[name].needs_tool]
    if missing:
        raise click.UsageError(
            console.gettext("{target} links to the LTI tool. Give its address: --lti-url https://…", target=missing[0])
        )
    if _ALL in targets:
        return tuple(name for name in TARGETS if lti_url or not TARGETS[name].needs_tool)
    return tuple(dict.fromkeys(targets))


def _only(console: Console, course: Course, ids: tuple[str, ...]) -> Course:
    """Return the course with only the modules that the user chose."""
    known = [module.id for module in course.modules]
    for unknown in (id_ for id_ in ids if id_ not in known):
        raise click.ClickException(
            console.gettext("There is no module {id}. The course has: {known}.", id=unknown, known=", ".join(known))
        )
    return replace(course, modules=tuple(module for module in course.modules if not ids or module.id in ids))


def _answer(
    console: Console,
    course: Path,
    made: Sequence[Artifact],
    problems: Sequence[Problem],
    *,
    as_json: bool,
    code: Exit,
) -> Exit:
    if as_json:
        files = [_as_data(artifact) for artifact in made]
        console.answer({"files": files, "problems": [as_data(console, problem) for problem in problems]})
        return code
    print_problems(console, without_notes(problems), err=True)
    if notes := len(problems) - len(without_notes(problems)):
        note = console.ngettext(
            "{count} note. Read it with: lokaltmot check {course}",
            "{count} notes. Read them with: lokaltmot check {course}",
            notes,
            course=course,
        )
        console.warn(note)
    lines = [f"{artifact.path.as_posix()}  {console.size(artifact.size)}" for artifact in made]
    lines += _losses(console, made)
    if lines:
        console.say("\n".join(lines))
    if code is Exit.GOOD:
        console.say(_last_line(console, made))
    else:
        console.warn(summary(console, problems, course) + " " + console.gettext("The course was not built."))
    return code


def _losses(console: Console, made: Sequence[Artifact]) -> Iterator[str]:
    """Yield one line per feature that a format does not support, with the total for all modules."""
    counts: Counter[tuple[str, LostFeature, str]] = Counter()
    for artifact in made:
        for loss in artifact.losses:
            counts[artifact.target, loss.thing, loss.became] += loss.count
    for (target, thing, became), count in counts.items():
        yield console.gettext(
            "{target} does not support everything: {count} × {thing}, {became}.",
            target=TARGETS[target].title,
            count=count,
            thing=console.gettext(NAMES[thing]),
            became=console.gettext(became),
        )


def _last_line(console: Console, made: Sequence[Artifact]) -> str:
    packages = [artifact for artifact in made if artifact.kind is ArtifactKind.PACKAGE]
    sheets = [artifact for artifact in made if artifact.kind is ArtifactKind.SHEET]
    folder = packages[0].path.parent.as_posix()
    size = console.size(sum(artifact.size for artifact in packages))
    done = console.ngettext(
        "{count} package in {folder}/ ({size}).", "{count} packages in {folder}/ ({size}).", len(packages),
        folder=folder, size=size,
    )  # fmt: skip
    if not sheets:
        return done
    following = console.gettext("Next: upload it as described in {sheet}.", sheet=sheets[0].path.as_posix())
    return f"{done} {following}"


def _as_data(artifact: Artifact) -> dict[str, object]:
    return {
        "path": artifact.path.as_posix(),
        "target": artifact.target,
        "modules": list(artifact.modules),
        "size": artifact.size,
        "sha256": artifact.sha256,
        "kind": artifact.kind.value,
        **({"losses": [as_row(loss) for loss in artifact.losses]} if artifact.kind is ArtifactKind.LOSS else {}),
    }
