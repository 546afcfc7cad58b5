"""Reads from a course structure the units that a platform launches, and their launch data."""

from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An assignable unit. id: the publisher's. mastery: the text of masteryScore, "" for none."""

    id: str
    title: str
    url: str
    move_on: str = "NotApplicable"
    mastery: str = ""
    launch_parameters: str = ""


def read_units(content: bytes) -> tuple[Unit, ...]:
    """Return the units of a cmi5.xml in their order; empty for another kind of XML.

    Raises:
        etree.XMLSyntaxError: it is not valid XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return tuple(_units(etree.fromstring(content, parser)))


def _units(top: etree._Element) -> Iterator[Unit]:
    for unit in top.iter("{*}au"):
        yield Unit(
            id=unit.get("id", "").strip(),
            title=_text(unit.find("{*}title/{*}langstring")),
            url=_text(unit.find("{*}url")),
            move_on=unit.get("moveOn", "NotApplicable"),
            mastery=unit.get("masteryScore", "").strip(),
            launch_parameters=_text(unit.find("{*}launchParameters")),
        )


def _text(element: etree._Element | None) -> str:
    return "" if element is None else "".join(element.itertext()).strip()
