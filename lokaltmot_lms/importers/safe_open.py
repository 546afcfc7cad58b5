"""Opens untrusted files: the start of a file, text in a known encoding, XML without entities, zips."""

import codecs
import re
from contextlib import AbstractContextManager
from pathlib import Path

from lxml import etree

from lokaltmot_lms.errors import CourseError, Position
from lokaltmot_lms.errors.imports import FILE_TOO_LARGE, TEXT_UNREADABLE, XML_BROKEN, XML_ENTITIES
from lokaltmot_lms.importers.base import MOST_UNPACKED, READS_AS_TEXT, Head
from lokaltmot_lms.safe_zip import SafeZip, open_zip, zip_names
from lokaltmot_lms.source.files import shown

_START = 64 << 10
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_ROOT = re.compile(r"<(?:[\w.-]+:)?([\w.-]+)[\s/>]")
_BEFORE_ROOT = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>|\s)*", re.DOTALL)


def look(path: Path) -> Head:
    """Return the part of a file by which formats recognise it.

    Raises:
        CourseError: the file is a zip with too many entries.
    """
    with path.open("rb") as file:
        start = file.read(_START)
    if start.startswith(b"PK"):
        return Head(path=path, start=start, names=zip_names(path))
    text = start.decode(_encoding(start), errors="replace").lstrip("\ufeff")
    found = _ROOT.match(text, _BEFORE_ROOT.match(text).end()) if text.lstrip()[:1] == "<" else None  # type: ignore[union-attr]
    return Head(path=path, start=start, text=text, root=found[1] if found else "")


def refuse_large(path: Path) -> None:
    """Raise a CourseError for a file that is larger than any that we read."""
    size = path.stat().st_size
    if size > READS_AS_TEXT:
        limit = READS_AS_TEXT >> 20
        raise CourseError((FILE_TOO_LARGE.at(place(path), name=path.name, size=size >> 20, limit=limit),))


def open_archive(path: Path) -> AbstractContextManager[SafeZip]:
    """Open a zip to import from. It needs no manifest, and is unpacked up to MOST_UNPACKED.

    Raises:
        CourseError: a name points outside the zip, or it is a zip bomb, encrypted or damaged.
    """
    return open_zip(path, needs_manifest=False, most_in_all=MOST_UNPACKED)


def place(path: Path, line: int = 1) -> Position:
    """Return a position in an imported file."""
    return Position(path=shown(path), line=line)


def _encoding(content: bytes) -> str:
    return next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")


def read_text(path: Path) -> str:
    """Return the content of a text file, with \\n as line end.

    Raises:
        CourseError: the file is neither UTF-8 nor UTF-16 with a byte order mark.
    """
    content = path.read_bytes()
    try:
        text = content.decode(_encoding(content))
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        problem = TEXT_UNREADABLE.at(place(path, line), byte=f"{content[error.start]:02X}")
        raise CourseError((problem,)) from error
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise CourseError((TEXT_UNREADABLE.at(place(path, line), byte="00"),))
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_xml(content: bytes, at: Position) -> etree._Element:
    """Return the root element of an XML document. No entities, no network; libxml2's limits on depth and size apply.

    Raises:
        CourseError: the document is not well-formed, or has a document type declaration.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    name = at.path.rpartition("/")[2]
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        line = max(error.position[0] or 1, 1)
        if b"<!DOCTYPE" in content[:_START]:
            raise CourseError((XML_ENTITIES.at(at, name=name),)) from error
        problem = XML_BROKEN.at(
            Position(path=at.path, line=line), name=name, reason=(error.msg or "it is empty").rstrip(".")
        )
        raise CourseError((problem,)) from error
    except ValueError as error:
        raise CourseError((XML_BROKEN.at(at, name=name, reason=str(error)),)) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise CourseError((XML_ENTITIES.at(at, name=name),))
    return root
