"""Brings the message catalogues up to date with the code: adds what is new, drops what is gone, keeps the order.

`python scripts/texts.py` writes and then lists what waits for a translator; `--check` writes nothing. Exit code 1 when
something is missing.
"""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lokaltmot_lms.texts import CLICK, DOMAINS, DRAFTS  # noqa: E402  # the checkout of this script

LOCALE = ROOT / "templates" / "locale"
FOLDERS = ("lokaltmot_lms", "lti_app", "templates")
# The catalogue of each file's texts; those of all other files are in the first of DOMAINS.
ROOMS = {
    "lokaltmot_lms/cli/click_texts.py": CLICK,
    "lokaltmot_lms/errors/": "errors",
    "lti_app/": "lti",
    "templates/lti/": "lti",
}
METHODS = [("**.py", "python"), ("**.jinja", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
WIDTH = 120

MessageId = str | tuple[str, ...]


def texts_in_code() -> dict[str, dict[MessageId, None]]:
    """Return every text that the code or a template marks, in reading order, by catalogue."""
    found: dict[str, dict[MessageId, None]] = {domain: {} for domain in DOMAINS}
    for folder in FOLDERS:
        for file, _, message, _, _ in extract_from_dir(ROOT / folder, METHODS, {}, KEYWORDS):
            found[_domain(f"{folder}/{file}")].setdefault(message, None)
    # A text that is used both alone and with a plural is one entry, the plural one. One that is used in several rooms
    # is in one catalogue: in Click's, because Click reads no other, otherwise in the first that is read.
    seen: set[MessageId] = {message[0] for texts in found.values() for message in texts if isinstance(message, tuple)}
    once: dict[str, dict[MessageId, None]] = {}
    for domain in sorted(DOMAINS, key=lambda domain: domain != CLICK):
        once[domain] = {message: None for message in found[domain] if message not in seen}
        seen |= once[domain].keys()
    return once


def _domain(file: str) -> str:
    return next((domain for place, domain in ROOMS.items() if file.startswith(place)), DOMAINS[0])


def catalogues() -> Iterator[tuple[str, Path, Catalog]]:
    """Yield each catalogue: its language code, its file and what that holds. Drafts have what is sure, and no more."""
    for path in sorted(LOCALE.glob("*/LC_MESSAGES/*.po")):
        code = path.parts[-3]
        if code in DRAFTS:
            continue
        with path.open("rb") as file:
            yield code, path, read_po(file, locale=code, abort_invalid=True)


def waiting(catalogue: Catalog) -> list[MessageId]:
    """Return the texts that have no translation, or one that is marked as a guess."""
    return [message.id for message in catalogue if message.id and (message.fuzzy or not _is_translated(message))]


def strangers(catalogue: Catalog, wanted: dict[MessageId, None]) -> list[MessageId]:
    """Return the texts of a catalogue that no code asks for any more."""
    return [message.id for message in catalogue if message.id and message.id not in wanted]


def update(path: Path, catalogue: Catalog, wanted: dict[MessageId, None]) -> None:
    """Write a catalogue with exactly the texts that are wanted: known ones where they stood, new ones at the end."""
    for gone in strangers(catalogue, wanted):
        catalogue.delete(gone if isinstance(gone, str) else gone[0])
    for message in wanted:
        if message not in catalogue:
            catalogue.add(message)
    catalogue.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, no_location=True)


def _is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, (tuple, list)) else bool(message.string)


def main() -> int:
    """Update the catalogues and say what waits."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing")
    only_check = parser.parse_args().check
    in_code = texts_in_code()
    count = 0
    for code, path, catalogue in catalogues():
        wanted = in_code[path.stem]
        if not only_check:
            update(path, catalogue, wanted)
        missing = [*waiting(catalogue), *(message for message in wanted if message not in catalogue)]
        surplus = strangers(catalogue, wanted)
        count += len(missing) + len(surplus)
        for what, messages in (("waits", missing), ("not used", surplus)):
            for message in messages:
                print(f"{code}, {path.name}: {what}: {message!r}")
    print(f"{sum(map(len, in_code.values()))} texts, {count} to fix.")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main())
