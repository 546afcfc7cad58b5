"""Cleans SVG drawings for use in a page: no scripts, no external references, no clashing ids."""

import re

from lxml import etree

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "{http://www.w3.org/1999/xlink}href"
_DRAWING = frozenset({
    "svg", "g", "defs", "title", "desc", "symbol", "use", "path", "rect", "circle", "ellipse", "line", "polyline",
    "polygon", "text", "tspan", "textPath", "marker", "clipPath", "mask", "pattern", "linearGradient", "radialGradient",
    "stop", "image",
})  # fmt: skip
_REFERENCE = re.compile(r"url\(\s*['\"]?#([^'\")\s]+)['\"]?\s*\)")
_REFUSED = re.compile(r"url\((?!\s*['\"]?#)|@import|expression\(|javascript:|position\s*:|\\", re.IGNORECASE)
_EMBEDDED = re.compile(r"data:image/(png|jpeg|webp|gif);base64,[A-Za-z0-9+/=\s]+\Z")
# A larger drawing becomes an <img>, so that it does not delay the text of the page.
_INLINE_LIMIT = 24_000


def read_svg(content: bytes) -> etree._Element | None:
    """Return a cleaned drawing, or None when the bytes are not an SVG.

    Keeps drawing elements, references inside the drawing, and embedded images. Removes scripts, foreignObject, event
    attributes, animation, style sheets, links, doctypes and other namespaces.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError:
        return None
    if root.tag != f"{{{_SVG}}}svg":
        return None
    clean = _cleaned(root)
    _give_size(clean)
    return clean


def may_stand_inline(content: bytes) -> bool:
    """Return whether a drawing is small enough and has no style sheet of its own."""
    return len(content) <= _INLINE_LIMIT and b"<style" not in content


def inline_svg(root: etree._Element, *, prefix: str, alt: str) -> etree._Element:
    """Return a copy of a cleaned drawing for a page. Its ids get the prefix; alt is its name."""
    shown = etree.fromstring(etree.tostring(root))
    for element in shown.iter():
        for name, value in element.attrib.items():
            element.set(name, _with_prefix(name, value, prefix))
    for child in [child for child in shown if child.tag in ("title", "desc")]:
        shown.remove(child)
    if alt:
        shown.set("role", "img")
        shown.set("aria-label", alt)
    else:
        shown.attrib.pop("role", None)
        shown.set("aria-hidden", "true")
    return shown


def svg_bytes(root: etree._Element) -> bytes:
    """Return a cleaned drawing as a separate file."""
    root = etree.fromstring(etree.tostring(root))
    root.set("xmlns", _SVG)
    return etree.tostring(root, encoding="utf-8", xml_declaration=True)


def svg_size(root: etree._Element) -> tuple[int, int] | None:
    """Return width and height of a drawing's viewBox, or None."""
    numbers = (root.get("viewBox") or "").replace(",", " ").split()
    try:
        _, _, width, height = (round(float(number)) for number in numbers)
    except (ValueError, OverflowError):
        return None
    return (width, height) if width > 0 and height > 0 else None


def _cleaned(element: etree._Element) -> etree._Element:
    # Built without namespaces, which an HTML page does not need.
    name = etree.QName(element).localname
    clean = etree.Element(name)
    for attribute, value in element.attrib.items():
        kept = _attribute(name, str(attribute), str(value))
        if kept is not None:
            clean.set(kept, str(value))
    clean.text = element.text
    last: etree._Element | None = None
    for child in element:
        if isinstance(child.tag, str) and child.tag.startswith(f"{{{_SVG}}}") and child.tag.split("}")[1] in _DRAWING:
            last = _cleaned(child)
            last.tail = child.tail
            clean.append(last)
    return clean


def _attribute(element: str, name: str, value: str) -> str | None:
    if name == _XLINK:
        name = "href"
    if name.startswith(("{", "on", "data-")) or name in ("class", "tabindex"):
        return None
    if name == "href":
        inside = value.startswith("#") or (element == "image" and _EMBEDDED.match(value) is not None)
        return name if inside else None
    return None if _REFUSED.search(value) else name


def _with_prefix(name: str, value: str, prefix: str) -> str:
    if name == "id":
        return prefix + value
    if name == "href" and value.startswith("#"):
        return f"#{prefix}{value[1:]}"
    return _REFERENCE.sub(lambda found: f"url(#{prefix}{found[1]})", value)


def _give_size(root: etree._Element) -> None:
    if root.get("viewBox") is None:
        size = [re.sub(r"px\Z", "", root.get(side) or "") for side in ("width", "height")]
        if all(re.fullmatch(r"[\d.]+", number) for number in size):
            root.set("viewBox", f"0 0 {size[0]} {size[1]}")
    size_now = svg_size(root)
    for side in ("width", "height"):
        root.attrib.pop(side, None)
    if size_now is not None:
        root.set("width", str(size_now[0]))
        root.set("height", str(size_now[1]))
