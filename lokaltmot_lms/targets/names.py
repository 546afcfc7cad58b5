"""Which file names a package may hold, so that every server can unpack it."""

import re
import unicodedata

# Windows refuses these in names, and reserves the words below for devices (Microsoft, "Naming Files, Paths, and
# Namespaces"). Control characters are always a mistake.
_REFUSED = frozenset('<>:"|?*\\\x7f') | {chr(code) for code in range(32)}
_DEVICES = frozenset({"con", "prn", "aux", "nul"} | {f"{word}{n}" for word in ("com", "lpt") for n in range(1, 10)})
_LONGEST = 200  # servers unpack into deep folders; Windows allows 260 in all


def is_safe_name(name: str) -> bool:
    """Return whether a name, forward slashes between folders, can be unpacked anywhere and stays in its folder."""
    if not name or len(name) > _LONGEST or not _REFUSED.isdisjoint(name) or not unicodedata.is_normalized("NFC", name):
        return False
    return all(_is_safe_part(part) for part in name.split("/"))


def stays_inside(name: str) -> bool:
    """Return whether an entry name of a foreign package can't leave the folder it is unpacked in."""
    parts = name.replace("\\", "/").split("/")
    return not (name.startswith(("/", "\\")) or ".." in parts or re.match(r"[A-Za-z]:", name) or "\x00" in name)


def _is_safe_part(part: str) -> bool:
    return part not in ("", ".", "..") and part[-1] not in ". " and part.split(".")[0].lower() not in _DEVICES
