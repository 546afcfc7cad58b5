"""Finds the file in a zip that an address in a text refers to, however the platform has written the address."""

import posixpath
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

# The root of a cartridge's files: Common Cartridge writes it with hyphens, some platforms with low lines.
_FILE_BASE = re.compile(r"^\$IMS[_-]CC[_-]FILEBASE\$[/\\]*", re.IGNORECASE)
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:|^//", re.IGNORECASE)


class EntryFinder:
    """The names in a zip, by what texts call them."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, str] = {}
        self._by_last: dict[str, list[str]] = defaultdict(list)
        for name in sorted(names):
            key = _key(name)
            self._names.setdefault(key, name)
            self._by_last[posixpath.basename(key)].append(key)

    def find(self, address: str, folder: str) -> str | None:
        """Return the name of the file that an address refers to, seen from a folder; None when there is none.

        Exact places come first, then the one file whose path ends like the address, in whatever folder: exports
        often move files and keep their old addresses.
        """
        if not address or _SCHEME.match(address):
            return None
        written = list(dict.fromkeys(_spellings(address)))
        for bare in written:
            for start in (folder, "web_resources", ""):
                path = _key(posixpath.normpath(posixpath.join(start, bare.lstrip("/"))))
                if path in self._names:
                    return self._names[path]
        return next((name for bare in written if (name := self._ends_like(_key(bare))) is not None), None)

    def _ends_like(self, path: str) -> str | None:
        """Return the file that shares the most folders with a path, from its end; None when two share as many."""
        parts = [part for part in path.split("/") if part not in ("", ".", "..")]
        if not parts:
            return None
        shared = sorted(
            ((_shared(parts, key.split("/")), key) for key in self._by_last.get(parts[-1], [])), reverse=True
        )
        if not shared or (len(shared) > 1 and shared[0][0] == shared[1][0]):
            return None
        return self._names[shared[0][1]]


def _spellings(address: str) -> Iterator[str]:
    """Yield what an address can mean: # and ? start a fragment or a query, or are part of a name; % may be one too."""
    for whole in (address, unquote(address)):
        bare = _FILE_BASE.sub("", whole).replace("\\", "/")
        for cut in (re.split(r"[?#]", bare)[0], re.split(r"\?", bare)[0], bare):
            if cut:
                yield unquote(cut)
                yield cut


def _shared(one: list[str], other: list[str]) -> int:
    count = 0
    for left, right in zip(reversed(one), reversed(other), strict=False):
        if left != right:
            break
        count += 1
    return count


def _key(name: str) -> str:
    """Return a name as it is compared: zips of a Mac have å in two signs, those of Windows have backslashes."""
    return unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()
