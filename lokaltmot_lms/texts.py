"""Interface texts in the user's language: gettext catalogues under templates/locale.

The English text is the msgid. If a checkout has no compiled catalogue, or an old one, the .po file is compiled, so that
an edited translation shows at once.
"""

import contextlib
import gettext
import io
import os
from functools import cache
from pathlib import Path

from lokaltmot_lms.resources import shipped

# The code that uses the texts: the compiler, Click itself, the errors of a course, the LTI tool. Each text is in one
# domain. They are searched in this order; scripts/texts.py puts each text into its domain.
CLICK = "click"
DOMAINS = ("lokaltmot", CLICK, "errors", "lti")
SOURCE_LANGUAGE = "en"
# Catalogues that no native speaker has reviewed, and the fallback for missing texts. To use one, an installation
# names it in LOKALTMOT_LANGUAGES ("se", or several with commas between).
DRAFTS = {"se": "nb"}


def N_(message: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark a text for translation; it is translated where it is shown."""
    return message


def languages() -> tuple[str, ...]:
    """Return the codes of the interface languages that this installation offers, English first."""
    return _offered(os.environ.get("LOKALTMOT_LANGUAGES", ""))


@cache
def _offered(drafts: str) -> tuple[str, ...]:
    hidden = DRAFTS.keys() - {code.strip() for code in drafts.split(",")}
    folder = shipped("templates") / "locale"
    translated = sorted(path.name for path in folder.iterdir() if path.is_dir())
    return (SOURCE_LANGUAGE, *(code for code in translated if code not in hidden))


def translations(language: str) -> gettext.NullTranslations:
    """Return the catalogue of a language code such as "nb" or "nb-NO"; English if there is none."""
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
    source = compiled.with_suffix(".po")  # a wheel has only the compiled one
    if source.is_file() and not (compiled.is_file() and compiled.stat().st_mtime_ns >= source.stat().st_mtime_ns):
        return gettext.GNUTranslations(io.BytesIO(_compile(source, code)))
    if not compiled.is_file():  # a draft lacks some of them
        return gettext.NullTranslations()
    with compiled.open("rb") as catalogue:
        return gettext.GNUTranslations(catalogue)


def default_language() -> str:
    """Return the language that the locale variables name; English if none is set."""
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
    # Babel is slow to import, so the result is kept for the next run if the folder is writable.
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
