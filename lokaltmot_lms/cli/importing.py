"""`lokaltmot import`: converts a file of another format to a course folder, with a list of what needs attention."""

import re
import sys
from collections import Counter
from pathlib import Path

import click

from lokaltmot_lms import pipeline
from lokaltmot_lms.cli.command import command, option
from lokaltmot_lms.cli.console import Console
from lokaltmot_lms.cli.problems import as_data, notes_last, print_problems, without_notes
from lokaltmot_lms.importers import Draft, Format, read_file
from lokaltmot_lms.importers.folder import REPORT, Made, make_folder
from lokaltmot_lms.importers.languages import LanguageBasis
from lokaltmot_lms.importers.report import language_line, report_text
from lokaltmot_lms.model import Page, Question, Quiz
from lokaltmot_lms.source.headings import suggestion
from lokaltmot_lms.texts import N_, default_language, translations

_CODE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def _code(text: str) -> str:
    """Return a language code; "no" stands for Norwegian Bokmål, as in older programs."""
    if not _CODE.fullmatch(text.strip()):
        raise click.BadParameter(translations(default_language()).gettext("Write a code such as nb, nn or en."))
    code = text.strip()
    return "nb" if code.lower() == "no" else code


def _language(_context: click.Context, _parameter: click.Parameter, text: str) -> str:
    return _code(text) if text else ""


@command(
    "import",
    N_("Make a course folder from questions and texts in FILE: Moodle, Canvas, QTI, H5P, Word, Excel, SCORM and more."),
)
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option(
    "--out",
    type=click.Path(path_type=Path),
    help=N_("The new folder, which must not exist. By default it has the name of the file."),
)
@option(
    "--language",
    default="",
    callback=_language,
    help=N_("The language of the text, such as nb, nn or en. By default it is guessed."),
)
@option("--yes", "is_sure", is_flag=True, help=N_("Do not ask whether the guessed columns of a table are right."))
def importing(console: Console, file: Path, out: Path | None, language: str, is_sure: bool, as_json: bool) -> None:
    folder = out or Path(suggestion(file.stem))
    if folder.exists() or folder.is_symlink():
        raise click.ClickException(
            console.gettext("{name} already exists. Choose another name. Nothing was changed.", name=folder)
        )
    format_, draft = read_file(file, language)
    if draft.language_basis is LanguageBasis.UNSURE and not as_json and sys.stdin.isatty():
        question = console.gettext("Which language is the text in? Write a code, such as nb, nn or en")
        format_, draft = read_file(file, click.prompt(question, default=draft.language, value_proc=_code))
    if draft.guesses and not as_json:
        console.say("\n".join(guess.message(console.language) for guess in draft.guesses))
        if not is_sure and sys.stdin.isatty():
            click.confirm(console.gettext("Is that right?"), default=True, abort=True)
    made = make_folder(draft, folder)
    found = pipeline.read_and_check(folder).problems
    text = report_text(file.name, format_, draft, made.findings, found, console.language)
    (folder / REPORT).write_text(text, encoding="utf-8", newline="\n")
    if as_json:
        checked = [as_data(console, problem) for problem in found]
        console.answer(_as_data(console, file, format_, draft, made) | {"check": checked})
        return
    print_problems(console, notes_last(problem for problem in made.findings if problem not in draft.guesses))
    console.say(_summary(console, draft, made))
    console.say(language_line(draft, console.language))
    todo = len(without_notes(made.findings)) + len(without_notes(found))
    if todo:
        console.say(
            console.ngettext(
                "{count} item needs your attention. It is listed in {report}.",
                "{count} items need your attention. They are listed in {report}.",
                todo,
                report=(folder / REPORT).as_posix(),
            )
        )
    console.say(console.gettext("Next: lokaltmot check {name}", name=folder))


def _pages(draft: Draft) -> list[Page]:
    return [page for module in draft.modules for page in module.pages]


def _questions(draft: Draft) -> list[Question]:
    blocks = (block for page in _pages(draft) for block in page.blocks)
    return [question for block in blocks if isinstance(block, Quiz) for question in block.questions]


def _summary(console: Console, draft: Draft, made: Made) -> str:
    counts = (
        console.ngettext("{count} module", "{count} modules", len(draft.modules)),
        console.ngettext("{count} page", "{count} pages", len(_pages(draft))),
        console.ngettext("{count} question", "{count} questions", len(_questions(draft))),
        console.ngettext("{count} image or video", "{count} images and videos", len(draft.media)),
    )
    return console.gettext("Made {name}: {counts}.", name=made.folder, counts=", ".join(counts))


def _as_data(console: Console, file: Path, format_: Format, draft: Draft, made: Made) -> dict[str, object]:
    return {
        "path": file.as_posix(),
        "format": format_.name,
        "language": draft.language,
        "language_basis": draft.language_basis.value,
        "folder": made.folder.as_posix(),
        "files": [*made.files, REPORT],
        "modules": len(draft.modules),
        "pages": len(_pages(draft)),
        "questions": dict(sorted(Counter(question.type for question in _questions(draft)).items())),
        "media": len(draft.media),
        "problems": [as_data(console, problem) for problem in made.findings],
    }
