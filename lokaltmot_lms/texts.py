"""Interface texts in the user's language: gettext catalogues under templates/locale.

The English text is the msgid. If a checkout has no compiled catalogue, or an old one, the .po file is compiled, so that
an edited translation shows at once.
"""

import contextlib
import gettext
import io
import locale
import os
import platform
import re
from collections.abc import Iterable
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
# For the messages of the command line, where we have no texts: Sami users in Norway read Norwegian rather than English.
_INSTEAD = {**DRAFTS, "smj": "nb", "sma": "nb"}


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
    """Return the language that the locale variables name, else that of macOS or Windows; English if there is none.

    LANGUAGE may list several with colons (GNU gettext, 2.3.2): the first that is offered counts.
    """
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return _first_offered(value.split(":"))
    return _first_offered(_system_languages())


def _first_offered(wanted: Iterable[str]) -> str:
    """Return the first language that is offered; for a draft that is not offered, what replaces it."""
    codes = [_code(language) for language in wanted]
    found = [code for code in (*codes, *(_INSTEAD.get(code, "") for code in codes)) if code in languages()]
    return found[0] if found else SOURCE_LANGUAGE


def _system_languages() -> Iterable[str]:
    """Return the languages of the user in macOS or Windows, the preferred first; none on other systems.

    Windows sets no locale variables, and macOS sets them only in its own terminal.
    """
    match platform.system():
        case "Darwin":
            return re.findall(r"[A-Za-z]{2,3}(?:[-_]\w+)*", _apple_languages())
        case "Windows":
            return [locale.windows_locale.get(_windows_language(), "")]
        case _:
            return []


def _apple_languages() -> str:
    """Return the user's setting AppleLanguages, a list such as ("nb-NO", "en-NO"); "" when it can't be read."""
    import subprocess  # not needed elsewhere, and slow to import

    command = ["/usr/bin/defaults", "read", "-g", "AppleLanguages"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=5).stdout  # noqa: S603
    except (OSError, subprocess.SubprocessError):
        return ""


def _windows_language() -> int:
    """Return the language identifier of the user interface (Win32, GetUserDefaultUILanguage)."""
    import ctypes

    return int(getattr(ctypes, "windll").kernel32.GetUserDefaultUILanguage())  # noqa: B009  # only Windows has it


def _closest(language: str) -> str:
    code = _code(language)
    return code if code in languages() else SOURCE_LANGUAGE


def _code(language: str) -> str:
    code = language.replace("_", "-").split(".")[0].split("-")[0].lower()
    return {"no": "nb"}.get(code, code)


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
