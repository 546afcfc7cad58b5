"""A file of a package before it is written: a name, and its bytes or where they lie."""

from pathlib import Path

from lokaltmot_lms.frozen import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class PackageFile:
    """name: inside the package, forward slashes, NFC. content: bytes, or a path for what is streamed (media)."""

    name: str
    content: bytes | Path
