"""Writes MathML as HTML that can be read: exponents, indices, fractions and roots. TeX in an annotation is kept."""

from html import escape

from lxml import etree

_SILENT = frozenset({"annotation", "annotation-xml", "mphantom"})
_SIMPLE = frozenset({"mi", "mn", "mtext", "ms"})


def formula(element: etree._Element) -> str:
    """Return a <math> element as HTML: its TeX annotation between \\( and \\), else its presentation in one line."""
    for note in element.iter("annotation"):
        if "tex" in (note.get("encoding") or "").lower() and (note.text or "").strip():
            return escape(f"\\({' '.join((note.text or '').split())}\\)", quote=False)
    return " ".join(_row(element).split())


def _row(element: etree._Element) -> str:
    return escape(element.text or "", quote=False) + "".join(map(_part, element))


def _part(element: etree._Element) -> str:
    name = str(element.tag)
    if name in _SILENT:
        return ""
    rows = [_part(child) for child in element]
    if name in ("msup", "msub") and len(rows) == 2:
        tag = name[1:]
        return f"{rows[0]}<{tag}>{rows[1]}</{tag}>"
    if name == "msubsup" and len(rows) == 3:
        return f"{rows[0]}<sub>{rows[1]}</sub><sup>{rows[2]}</sup>"
    if name == "mfrac" and len(rows) == 2:
        return f"{_grouped(element[0], rows[0])}/{_grouped(element[1], rows[1])}"
    if name == "msqrt":
        return f"√({''.join(rows) or _row(element)})"
    if name == "mroot" and len(rows) == 2:
        return f"<sup>{rows[1]}</sup>√({rows[0]})"
    if name == "mfenced":
        separator = escape(element.get("separators", ",")[:1], quote=False)
        return (
            escape(element.get("open", "("), quote=False)
            + separator.join(rows)
            + escape(element.get("close", ")"), quote=False)
        )
    if name == "mo":
        return f" {_row(element).strip()} "
    return _row(element) if not rows else escape((element.text or "").strip(), quote=False) + "".join(rows)


def _grouped(element: etree._Element, words: str) -> str:
    return words if element.tag in _SIMPLE else f"({words.strip()})"
