"""The look of a run in a Word document, with what its styles say."""

from typing import NamedTuple

from lxml import etree

from lokaltmot_lms.importers.word.xml import W, is_on, value

_TINY = 2  # half-points
_DEEPEST = 20  # styles that are based on each other


class Look(NamedTuple):
    """How a run looks. colour: of the letters, in hexadecimal, "" for none; shade: whether a colour is behind it."""

    is_hidden: bool
    is_bold: bool
    is_tiny: bool
    colour: str
    shade: bool


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self, root: etree._Element | None) -> None:
        found = [] if root is None else root.findall(f"{W}style")
        self._styles = {style.get(f"{W}styleId", ""): style for style in found}

    def look(self, run: etree._Element, paragraph: etree._Element) -> Look:
        """Return the look of a run. Its own settings come before those of its styles."""
        layers = [run.find(f"{W}rPr")]
        layers += [style.find(f"{W}rPr") for style in self._chain(value(layers[0], "rStyle"))]
        of_paragraph = value(paragraph.find(f"{W}pPr"), "pStyle")
        is_heading = any(
            value(style, "name").lower().startswith(("heading", "title")) for style in self._chain(of_paragraph)
        )
        own = [layer for layer in layers if layer is not None]
        below = [style.find(f"{W}rPr") for style in self._chain(of_paragraph)]
        all_layers = own + [layer for layer in below if layer is not None]
        looks = own if is_heading else all_layers  # headings are bold and coloured by nature
        return Look(
            is_hidden=_first_switch(all_layers, "vanish"),
            is_bold=_first_switch(looks, "b"),
            is_tiny=(_first_value(own, "sz") or "99").isdigit() and int(_first_value(own, "sz") or "99") <= _TINY,
            colour="" if _is_link(run) else _first_value(looks, "color").lower(),
            shade=_is_shaded(own),
        )

    def numbering_of(self, style_id: str) -> tuple[str, str]:
        """Return the list and the level that a paragraph style gives; "" without them."""
        for style in self._chain(style_id):
            if number := value(style, "pPr/numPr/numId"):
                return number, value(style, "pPr/numPr/ilvl")
        return "", ""

    def _chain(self, style_id: str) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while style_id in self._styles and len(chain) < _DEEPEST:
            chain.append(self._styles[style_id])
            style_id = value(chain[-1], "basedOn")
        return chain


def _is_link(run: etree._Element) -> bool:
    parent = run.getparent()
    return (parent is not None and parent.tag == f"{W}hyperlink") or "link" in value(
        run.find(f"{W}rPr"), "rStyle"
    ).lower()


def _first_switch(layers: list[etree._Element], name: str) -> bool:
    found = next((one for layer in layers if (one := layer.find(f"{W}{name}")) is not None), None)
    return is_on(found)


def _first_value(layers: list[etree._Element], name: str) -> str:
    return next((found for layer in layers if (found := value(layer, name))), "")


def _is_shaded(layers: list[etree._Element]) -> bool:
    shade = next((one for layer in layers if (one := layer.find(f"{W}shd")) is not None), None)
    return shade is not None and (shade.get(f"{W}fill") or "auto").lower() not in ("auto", "ffffff")
