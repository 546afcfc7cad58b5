"""Reads from a manifest what a platform needs to launch a package: the standard, files and settings."""

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from lokaltmot_lms.inspect import parse_manifest
from lokaltmot_lms.safe_zip import SafeZip
from lokaltmot_lms.serve.cmi5 import read_units
from lokaltmot_lms.texts import N_
from lokaltmot_lms.trial.verdict import TrialError

MANIFEST = "imsmanifest.xml"
STRUCTURE = "cmi5.xml"
_MOST = 8 * 1024**2
# Moodle 4.5 runs a package with any other version as SCORM 1.2.
_VERSIONS_2004 = {"CAM 1.3", "1.3", "2004 3rd Edition", "2004 4th Edition"}
_BASE = "{http://www.w3.org/XML/1998/namespace}base"

_MISSING = N_("The package has no imsmanifest.xml or cmi5.xml at its root, so no platform accepts it.")
_BROKEN = N_("imsmanifest.xml can't be read: {why}.")
_STRUCTURE_BROKEN = N_("cmi5.xml can't be read: {why}.")
_STRUCTURE_EMPTY = N_("The course structure has no unit to launch.")
_EMPTY = N_("The manifest has nothing to launch: no item points to a resource with a file.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sco:
    """A SCO or assignable unit. path: its file in the package; href: with the query from the manifest.

    kind: "sco", "asset" for a page that does not report, or "" when the manifest does not tell.
    settings: further settings of the test LMS (attempt.js, Settings).
    """

    id: str
    title: str
    standard: str
    path: str
    href: str
    kind: str = "sco"
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is on another host."""
        return bool(urlsplit(self.href).netloc)


def read_scos(package: SafeZip) -> tuple[Sco, ...]:
    """Return the SCOs of the default organization, in order; for cmi5, the units; without items, the resources.

    Raises:
        TrialError: the manifest is missing, is not well-formed, or launches nothing.
    """
    content = package.try_read(MANIFEST, most=_MOST)
    if content is None:
        return _units(package)
    try:
        top, _ = parse_manifest(content)
    except etree.XMLSyntaxError as error:
        raise TrialError(_BROKEN, why=error.msg) from error
    version = _text(_first(top, "metadata", "schemaversion"))
    standard = "scorm2004" if version in _VERSIONS_2004 else "scorm12"
    scos = tuple(_scos(top, standard))
    if not scos:
        raise TrialError(_EMPTY)
    return scos


def _units(package: SafeZip) -> tuple[Sco, ...]:
    content = package.try_read(STRUCTURE, most=_MOST)
    if content is None:
        raise TrialError(_MISSING)
    try:
        units = read_units(content)
    except etree.XMLSyntaxError as error:
        raise TrialError(_STRUCTURE_BROKEN, why=error.msg) from error
    scos = tuple(
        Sco(id=unit.id, title=unit.title, standard="cmi5", path=unquote(unit.url.partition("?")[0]), href=unit.url,
            settings={"unit": str(number)})
        for number, unit in enumerate(units)
    )  # fmt: skip
    if not scos:
        raise TrialError(_STRUCTURE_EMPTY)
    return scos


def _scos(top: etree._Element, standard: str) -> Iterator[Sco]:
    resources = _first(top, "resources")
    found = {} if resources is None else {each.get("identifier"): each for each in _children(resources, "resource")}
    base = _joined(top, resources)
    opened = [(item, found.get(item.get("identifierref"))) for item in _items(top)]
    for item, resource in opened or [(each, each) for each in found.values()]:
        if resource is None or not resource.get("href"):
            continue
        href = urljoin(urljoin(base, resource.get(_BASE, "")), resource.get("href", "").replace("\\", "/"))
        parameters = item.get("parameters", "").lstrip("?&")
        if parameters and not parameters.startswith("#"):
            parameters = f"{'&' if '?' in href else '?'}{parameters}"
        yield Sco(
            id=item.get("identifier", ""),
            title=_text(_first(item, "title")) or item.get("identifier", ""),
            standard=standard,
            path=posixpath.normpath(unquote(href.partition("?")[0].partition("#")[0])),
            href=f"{href}{parameters}",
            kind=_kind(resource),
            settings=_settings(item),
        )


def _kind(resource: etree._Element) -> str:
    kinds = [str(value).lower() for name, value in resource.attrib.items() if str(name).lower().endswith("scormtype")]
    return next(iter(kinds), "")


def _items(top: etree._Element) -> Iterator[etree._Element]:
    organizations = _first(top, "organizations")
    if organizations is None:
        return
    every = list(_children(organizations, "organization"))
    chosen = [each for each in every if each.get("identifier") == organizations.get("default")] or every[:1]
    for organization in chosen:
        yield from (each for each in organization.iter() if _name(each) == "item" and each.get("identifierref"))


def _settings(item: etree._Element) -> dict[str, str]:
    """Return the settings that the manifest contains, by their names in attempt.js."""
    settings = {
        "masteryScore": _text(_first(item, "masteryscore")),
        "launchData": _text(_first(item, "datafromlms")) or _text(_first(item, "dataFromLMS")),
        "scaledPassingScore": _passing_score(item),
        "completionThreshold": _threshold(item),
    }
    return {name: value for name, value in settings.items() if value}


def _passing_score(item: etree._Element) -> str:
    # IMS Simple Sequencing: the measure counts only where the objective says satisfiedByMeasure.
    objective = _first(item, "sequencing", "objectives", "primaryObjective")
    if objective is None or objective.get("satisfiedByMeasure") != "true":
        return ""
    return _text(_first(objective, "minNormalizedMeasure")) or "1.0"


def _threshold(item: etree._Element) -> str:
    threshold = _first(item, "completionThreshold")
    if threshold is None:
        return ""
    return threshold.get("minProgressMeasure", "") or _text(threshold)


def _joined(top: etree._Element, resources: etree._Element | None) -> str:
    return urljoin(top.get(_BASE, ""), "" if resources is None else resources.get(_BASE, ""))


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _name(child) == name)


def _first(element: etree._Element, *path: str) -> etree._Element | None:
    here: etree._Element | None = element
    for name in path:
        here = None if here is None else next(_children(here, name), None)
    return here


def _text(element: etree._Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()
