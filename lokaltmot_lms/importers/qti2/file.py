"""Reads QTI 2.1, 2.2 and 3.0: a zip with items and tests, or a single item."""

import re
from pathlib import Path

from lokaltmot_lms.importers.base import READS_AS_TEXT, Draft, Format, Head
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import modules_of
from lokaltmot_lms.importers.languages import guess_language
from lokaltmot_lms.importers.qti2.names import ROOTS, plain_name, with_plain_names
from lokaltmot_lms.importers.qti2.package import PackageReader, QtiPackage, open_package
from lokaltmot_lms.importers.safe_open import open_archive, place, read_xml

# Types of resources, and the root elements of documents.
_IN_MANIFEST = re.compile(rb"imsqti_\w+_xmlv(?:2p|3p)|QTIv[23]|imsqti_v[23]p", re.IGNORECASE)
_IN_DOCUMENT = re.compile(rb"<(?:[\w.-]+:)?(?:qti-assessment-(?:item|test)|assessment(?:Item|Test))[\s>]")
_START = 64 << 10
_MOST_LOOKED_AT = 20  # documents of a zip that may be no QTI at all


def knows(head: Head) -> bool:
    """Return whether a file is QTI 2 or 3: an item or a test, or a zip with a manifest or a document of it."""
    if head.root:
        return plain_name(head.root) in ROOTS
    names = sorted(name for name in head.names if name.lower().endswith(".xml"))
    manifests = [name for name in names if name.rpartition("/")[2].lower() == "imsmanifest.xml"]
    if not names or (not manifests and "[Content_Types].xml" in head.names):
        return False
    with open_archive(head.path) as archive:
        pattern = _IN_MANIFEST if manifests else _IN_DOCUMENT
        for name in manifests or names[:_MOST_LOOKED_AT]:
            if pattern.search(archive.read(name, most=READS_AS_TEXT)[:_START]):
                return True
    return False


def read(path: Path) -> Draft:
    """Return the questions of a file as a draft.

    Raises:
        CourseError: a document can't be read.
    """
    if path.read_bytes()[:2] == b"PK":
        with open_archive(path) as archive:
            return _draft(path, open_package(archive, path.stem))
    root = with_plain_names(read_xml(path.read_bytes(), place(path)))
    return _draft(path, QtiPackage(archive=None, title=root.get("title") or path.stem, documents={path.name: root}))


def _draft(path: Path, package: QtiPackage) -> Draft:
    context = ImportContext(path, _language(package))
    reader = PackageReader(context=context, package=package)
    modules = tuple(module for draft in reader.modules() for module in modules_of(draft, context))
    title = " ".join(package.title.split())
    return Draft(
        title=title, language=context.language, modules=modules, media=context.media, findings=context.findings
    )


def _language(package: QtiPackage) -> str:
    """Return the declared language when we have it, else a guess."""
    declared = re.split("[-_]", package.language.lower())[0]
    return {"no": "nb", "nb": "nb", "nn": "nn", "en": "en"}.get(declared) or guess_language(package.words())


FORMAT = Format(name="qti2", title="QTI 2.1 / QTI 2.2 / QTI 3.0", knows=knows, read=read)
