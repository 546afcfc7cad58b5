"""Builds XML with lxml elements, so that every text is escaped."""

import re
from collections.abc import Mapping
from urllib.parse import quote

from lxml import etree

_XSI = "http://www.w3.org/2001/XMLSchema-instance"
# What XML 1.0 can't carry at all, not even escaped (XML 1.0, production 2).
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def root(namespaces: Mapping[str | None, str], name: str, **attributes: str) -> etree._Element:
    """Return a document element `prefix:name` (or `name` in the default namespace) that declares all namespaces."""
    element = etree.Element(_expanded(namespaces, name), nsmap=dict(namespaces))
    _set(element, attributes)
    return element


def add(parent: etree._Element, name: str, text: str = "", /, **attributes: str) -> etree._Element:
    """Append `prefix:name` to an element and return it. In attribute names `__` stands for the prefix's colon."""
    element = etree.SubElement(parent, _expanded(parent.nsmap, name))
    if text:
        element.text = clean(text)
    _set(element, attributes)
    return element


def document(element: etree._Element) -> bytes:
    """Return the document as UTF-8 bytes, indented."""
    return etree.tostring(element, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def locate_schemas(top: etree._Element, documents: Mapping[str, str]) -> None:
    """Add xsi:schemaLocation, with the schema file of each namespace. documents: only files that are in the package."""
    places = " ".join(f"{namespace} {file}" for namespace, file in documents.items())
    top.set(f"{{{_XSI}}}schemaLocation", places)


def href(name: str) -> str:
    """Return a package file's name as a relative reference (RFC 3986, 4.2)."""
    return quote(name)


def clean(text: str) -> str:
    """Return a text with U+FFFD for each character that XML can't carry."""
    return text if text.isprintable() else _NOT_XML.sub("\ufffd", text)


def _set(element: etree._Element, attributes: Mapping[str, str]) -> None:
    for name, value in attributes.items():
        prefix, _, local = name.rpartition("__")
        element.set(_expanded(element.nsmap, f"{prefix}:{local}") if prefix else local, clean(value))


def _expanded(namespaces: Mapping[str | None, str], name: str) -> str:
    prefix, _, local = name.rpartition(":")
    if not prefix and None not in namespaces:
        return local  # a format without namespaces
    return f"{{{namespaces[prefix or None]}}}{local}"
