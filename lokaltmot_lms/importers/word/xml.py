"""Namespaces and simple values of WordprocessingML."""

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
C14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def value(parent: etree._Element | None, path: str) -> str:
    """Return the w:val of an element below another; "" without one. path: local names, with slashes."""
    if parent is None:
        return ""
    found = parent.find("/".join(f"{W}{name}" for name in path.split("/")))
    return "" if found is None else found.get(f"{W}val") or ""


def is_on(element: etree._Element | None) -> bool:
    """Return whether a switch is set (ECMA-376 part 1, 17.17.4): present, and not false."""
    return element is not None and (element.get(f"{W}val") or "true").lower() not in ("false", "0", "off", "none")
