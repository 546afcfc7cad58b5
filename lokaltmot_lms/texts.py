"""Interface texts in the reader's language: gettext catalogues under templates/locale.

The English text is the key. A checkout may hold no compiled catalogue, or an old one; then the .po file is
compiled, so that an edited translation shows at once.
"""

import contextlib
import gettext
import io
import os
from functools import cache
from pathlib import Path

from lokaltmot_lms.resources import shipped

# By what asks for their texts: Click itself, all rooms but those below, the errors of a course, the LTI tool. Each text
# stands in one of them, and is looked for in this order (scripts/texts.py puts it where it belongs).
CLICK = "click"
DOMAINS = ("lokaltmot", CLICK, "errors", "lti")
SOURCE_LANGUAGE = "en"
# Catalogues that no native speaker has read, and what stands in for what they lack. An installation that wants one
# names it in LOKALTMOT_LANGUAGES ("se", or several with commas between).
DRAFTS = {"se": "nb"}


def N_(message: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark a text for translation where it stands; it is translated where it is shown."""
    return message


def languages() -> tuple[str, ...]:
    """Return the codes of the interface languages that are offered here, English first."""
    return _offered(os.environ.get("LOKALTMOT_LANGUAGES", ""))


@cache
def _offered(drafts: str) -> tuple[str, ...]:
    hidden = DRAFTS.keys() - {code.strip() for code in drafts.split(",")}
    folder = shipped("templates") / "locale"
    translated = sorted(path.name for path in folder.iterdir() if path.is_dir())
    return (SOURCE_LANGUAGE, *(code for code in translated if code not in hidden))


def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language code such as "nb" or "nb-NO"; English when there is none."""
    return _catalogue(_closest(language))


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code == SOURCE_LANGUAGE:
        return gettext.NullTranslations()
    first, *others = (_read(code, domain) for domain in DOMAINS)
    for catalogue in (*others, _catalogue(DRAFTS.get(code, SOURCE_LANGUAGE))):
        first.add_fallback(catalogue)
    return first


def _read(code: str, domain: str) -> gettext.NullTranslations:
    compiled = shipped("templates") / "locale" / code / "LC_MESSAGES" / f"{domain}.mo"
    source = compiled.with_suffix(".po")  # a wheel holds the compiled one only
    if source.is_file() and not (compiled.is_file() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns):
        return gettext.GNUTranslations(io.BytesIO(_compile(source, code)))
    if not compiled.is_file():  # a draft has not all of them
        return gettext.NullTranslations()
    with compiled.open("rb") as catalogue:
        return gettext.GNUTranslations(catalogue)


def default_language() -> str:
    """Return the language of the person at the keyboard, by the locale variables; English when unset."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "").split(":")[0]
        if value:
            return _closest(value)
    return SOURCE_LANGUAGE


def _closest(language: str) -> str:
    code = language.replace("_", "-").split(".")[0].split("-")[0].lower()
    code = {"no": "nb"}.get(code, code)
    return code if code in languages() else SOURCE_LANGUAGE


def _compile(source: Path, code: str) -> bytes:
    # Babel is heavy to import, so what it made is kept for the next run when the folder may be written to.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = io.BytesIO()
    with source.open("rb") as catalogue:
        write_mo(compiled, read_po(catalogue, locale=code))
    with contextlib.suppress(OSError):
        draft = source.with_suffix(f".{os.getpid()}.mo")
        draft.write_bytes(compiled.getvalue())
        draft.replace(source.with_suffix(".mo"))
    return compiled.getvalue()
