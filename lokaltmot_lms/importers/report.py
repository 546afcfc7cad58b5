"""The report in a new course folder: what was imported, what a person must do, what is good to know."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from babel import Locale, UnknownLocaleError

from lokaltmot_lms.errors import Problem, Severity
from lokaltmot_lms.importers.base import Draft, Format
from lokaltmot_lms.importers.languages import LanguageBasis
from lokaltmot_lms.model import Quiz
from lokaltmot_lms.texts import N_, translations

_MOST = 200  # lines of one kind; the rest are counted

_BASIS = {
    LanguageBasis.CHOSEN: N_("Language: {language}, as you chose."),
    LanguageBasis.STATED: N_("Language: {language}, as the file says. Change it with --language."),
    LanguageBasis.GUESSED: N_("Language: {language}, guessed from the text. Change it with --language."),
    LanguageBasis.UNSURE: N_("Language: {language}. There is too little text to tell. Choose it with --language."),
}
_NAMES = {
    "single": N_("choice, one right answer"),
    "truefalse": N_("true or false"),
    "multiple": N_("choice, several right answers"),
    "text": N_("typed answer"),
    "numeric": N_("number"),
    "matching": N_("matching"),
    "ordering": N_("ordering"),
    "gaps": N_("text with gaps"),
}


def report_text(
    file: str, format_: Format, draft: Draft, findings: Sequence[Problem], found: Sequence[Problem], language: str
) -> str:
    """Return the report as Markdown. findings: of the import; found: what `check` reports in the new folder."""
    gettext = translations(language).gettext
    title = gettext("Import of {file}").format(file=_code(file))
    about = gettext("Read as {format}. Delete this file when everything in it is done.").format(format=format_.title)
    placeholders = gettext("Replace every TODO: licence, contact, credits, description, audience and goals.")
    to_do = [problem for problem in findings if problem.severity is not Severity.NOTE]
    notes = [problem for problem in findings if problem.severity is Severity.NOTE]
    sections = (
        (gettext("Imported"), [f"- {line}" for line in _taken(draft, language)]),
        (gettext("To do"), [f"- {placeholders}", *_listed(to_do, language)]),
        (gettext("Good to know"), list(_listed(notes, language))),
        (gettext("What lokaltmot check reports"), list(_by_code(found, language))),
    )
    lines = [f"# {title}", "", about, ""]
    for heading, listed in sections:
        if listed:
            lines += [f"## {heading}", "", *listed, ""]
    return "\n".join(lines)


def _taken(draft: Draft, language: str) -> Iterator[str]:
    catalogue = translations(language)
    blocks = [block for module in draft.modules for page in module.pages for block in page.blocks]
    kinds = Counter(question.type for block in blocks if isinstance(block, Quiz) for question in block.questions)
    pages = sum(len(module.pages) for module in draft.modules)
    yield language_line(draft, language)
    yield catalogue.ngettext("{count} module", "{count} modules", len(draft.modules)).format(count=len(draft.modules))
    yield catalogue.ngettext("{count} page", "{count} pages", pages).format(count=pages)
    for kind, count in sorted(kinds.items()):
        count_text = catalogue.ngettext("{count} question", "{count} questions", count).format(count=count)
        yield f"{count_text}: {catalogue.gettext(_NAMES.get(kind, kind))}"
    if draft.media:
        count = len(draft.media)
        yield catalogue.ngettext("{count} image or video", "{count} images and videos", count).format(count=count)


def language_line(draft: Draft, language: str) -> str:
    """Return the language of a draft and how it is known, in a language."""
    try:
        name = Locale.parse(draft.language, sep="-").get_display_name(language) or draft.language
    except (UnknownLocaleError, ValueError):
        name = draft.language
    return translations(language).gettext(_BASIS[draft.language_basis]).format(language=name)


def _listed(problems: Sequence[Problem], language: str) -> Iterator[str]:
    """Yield a line per problem."""
    for problem in problems[:_MOST]:
        place = f"{problem.at.path.rpartition('/')[2]}:{problem.at.line}"
        yield f"- {_plain(problem.message(language))} {_plain(problem.hint(language))} ({_code(place)})"
    if len(problems) > _MOST:
        yield f"- … (+{len(problems) - _MOST})"


def _by_code(problems: Sequence[Problem], language: str) -> Iterator[str]:
    """Yield a line per kind of problem that `check` finds, with their number and the position of the first."""
    kinds: dict[str, list[Problem]] = defaultdict(list)
    for problem in problems:
        if problem.severity is not Severity.NOTE:
            kinds[problem.code].append(problem)
    for code, found in sorted(kinds.items(), key=lambda row: (-len(row[1]), row[0])):
        first = found[0]
        place = f"{first.at.path.rpartition('/')[2]}:{first.at.line}"
        text = f"{_plain(first.message(language))} {_plain(first.hint(language))}"
        yield f"- {len(found)} × {code}: {text} ({_code(place)})"


def _plain(text: str) -> str:
    """Escape a text for Markdown."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>" else sign for sign in " ".join(text.split()))


def _code(text: str) -> str:
    return f"`{text.replace('`', chr(39))}`"
