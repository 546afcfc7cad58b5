"""Opens the files of an H5P package, and reports what it states about their rights."""

import posixpath
from collections.abc import Iterator
from html import escape

from lokaltmot_lms.errors import Position
from lokaltmot_lms.errors.h5p import RIGHTS_STATED
from lokaltmot_lms.errors.imports import FILE_MISSING, PICTURE_TO_DESCRIBE
from lokaltmot_lms.importers import pictures
from lokaltmot_lms.importers.base import MOST_UNPACKED
from lokaltmot_lms.importers.clean_html import Cleaner, words_text
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import prose
from lokaltmot_lms.importers.h5p.fields import Content, Params, as_group, group, is_true, items, plain, text
from lokaltmot_lms.model import Block, Figure, Film
from lokaltmot_lms.safe_zip import SafeZip
from lokaltmot_lms.source.paths import is_address

_FOLDER = "content"
_UNDISCLOSED = frozenset({"", "U"})  # licences (h5p-php-library, metadataSemantics)


class Material:
    """The context of an import, with the files of its package.

    at: the position of all that is found.
    """

    def __init__(self, context: ImportContext, archive: SafeZip, at: Position) -> None:
        self.context = context
        self.archive = archive
        self.at = at

    def cleaner(self, name: str) -> Cleaner:
        """Return a reader of HTML. name: for messages."""
        return Cleaner(self.context, name, self.at, self.find)

    def find(self, address: str, at: Position) -> str | None:
        """Return the path in the course of a file in the package."""
        entry = self.archive.find(f"{_FOLDER}/{address.removesuffix('#tmp')}") if address else None
        if entry is None:
            return None
        return self.context.add_media(posixpath.basename(entry), self.archive.read(entry, most=MOST_UNPACKED), at) or ""

    def path_of(self, file: Params) -> str:
        """Return the path in the course of a file field; "" with a report when there is none."""
        address = text(file, "path")
        path = self.find(address, self.at) if address and not is_address(address) else None
        if path is None:
            self.context.report(FILE_MISSING, self.at, file=address or "?")
        return path or ""

    def image(self, params: Params) -> Figure | None:
        """Return an image with its description (h5p-image)."""
        file = group(params, "file")
        path = self.path_of(file)
        if not path:
            return None
        alt = "" if is_true(params.get("decorative")) else plain(text(params, "alt"))
        if not alt:
            self.context.report(PICTURE_TO_DESCRIBE, self.at, file=path)
        self.report_rights(alt or path, group(file, "copyright"))
        return Figure(path=path, alt=alt, at=self.at)

    def image_html(self, media: Content | None) -> str:
        """Return the image above a question as HTML with its address in the package; "" for other media."""
        if media is None or media.kind != "H5P.Image":
            return ""
        file = group(media.params, "file")
        alt = plain(text(media.params, "alt"))
        address = text(file, "path")
        if not is_address(address) and self.find(address, self.at) is None:
            self.context.report(FILE_MISSING, self.at, file=address or "?")
            return f"<p>{escape(alt)}</p>"
        self.report_rights(alt or address, group(file, "copyright"))
        return f'<p><img src="{escape(address)}" alt="{escape(alt)}"></p>'

    def films(self, content: Content, title: str) -> Iterator[Block | None]:
        """Yield a video or a sound (h5p-video, h5p-audio). One on the web becomes a link."""
        sources = [as_group(source) for name in ("sources", "files") for source in items(content.params, name)]
        local = [source for source in sources if not is_address(text(source, "path"))]
        for source in sources:
            if source not in local:
                address = text(source, "path")
                self.context.report(FILE_MISSING, self.at, file=address)
                link = f'<p><a href="{escape(address)}">{words_text(title, self.at).html}</a></p>'
                yield prose(self.cleaner(title).text(link))
        known = [source for source in local if pictures.suffix_of(text(source, "path").removesuffix("#tmp")) in _PLAYED]
        for source in (known or local)[:1]:
            path = self.path_of(source)
            if pictures.suffix_of(path) not in _PLAYED:
                continue
            self.report_rights(title, group(source, "copyright"))
            kind = "video" if pictures.suffix_of(path) in pictures.FILMS else "audio"
            yield Film(kind=kind, path=path, title=title, captions=self._captions(content.params), at=self.at)

    def _captions(self, params: Params) -> str | None:
        tracks = (
            items(group(params, "a11y"), "textTracks")
            or items(group(params, "textTracks"), "videoTrack")
            or items(params, "textTracks")
        )
        for track in map(as_group, tracks):
            if text(track, "kind") in ("", "captions", "subtitles") and "track" in track:
                return self.path_of(group(track, "track")) or None
        return None

    def report_rights(self, name: str, metadata: Params) -> None:
        """Report the licence, authors and source that the package states for a piece of content."""
        rights = ", ".join(rights_of(metadata))
        if rights:
            self.context.report(RIGHTS_STATED, self.at, name=name, rights=rights)


_PLAYED = pictures.FILMS | pictures.SOUNDS


def licence_of(metadata: Params) -> str:
    """Return the licence that metadata states, such as "CC BY 4.0"; "" when it is undisclosed."""
    licence = plain(text(metadata, "license"))
    version = plain(text(metadata, "licenseVersion") or text(metadata, "version"))
    return "" if licence in _UNDISCLOSED else f"{licence} {version}".strip()


def rights_of(metadata: Params) -> Iterator[str]:
    """Yield what metadata states about rights: licence, authors, title, source, years and further terms."""
    found = [licence_of(metadata)]
    found += [plain(text(as_group(author), "name")) for author in items(metadata, "authors")]
    found += [plain(text(metadata, name)) for name in ("author", "source", "licenseExtras")]
    years = filter(None, (text(metadata, "yearFrom"), text(metadata, "yearTo")))
    found.append("–".join(years) or text(metadata, "year"))
    yield from filter(None, found)
