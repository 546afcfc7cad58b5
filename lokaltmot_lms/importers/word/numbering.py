"""The numbers that Word shows before the items of its lists (ECMA-376 part 1, 17.9)."""

from collections import defaultdict

from lxml import etree

from lokaltmot_lms.importers.word.styles import Styles
from lokaltmot_lms.importers.word.xml import W, value


class Numbering:
    """Counts the items of the lists of a document, in their order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._abstract: dict[str, str] = {}
        self._starts: dict[tuple[str, str], int] = {}
        self._overrides: dict[tuple[str, str], int] = {}
        self._restarted: set[tuple[str, str]] = set()
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for abstract in () if root is None else root.iterfind(f"{W}abstractNum"):
            ident = abstract.get(f"{W}abstractNumId", "")
            for level in abstract.iterfind(f"{W}lvl"):
                self._starts[ident, level.get(f"{W}ilvl", "0")] = _number(value(level, "start"), 1)
        for number in () if root is None else root.iterfind(f"{W}num"):
            ident = number.get(f"{W}numId", "")
            self._abstract[ident] = value(number, "abstractNumId")
            for override in number.iterfind(f"{W}lvlOverride"):
                if start := value(override, "startOverride"):
                    self._overrides[ident, override.get(f"{W}ilvl", "0")] = _number(start, 1)

    def next(self, paragraph: etree._Element, styles: Styles) -> tuple[int, str] | None:
        """Return the number of a list item and the id of its list; None for a paragraph that is no list item."""
        settings = paragraph.find(f"{W}pPr")
        ident, level = value(settings, "numPr/numId"), value(settings, "numPr/ilvl")
        if not ident:
            ident, of_style = styles.numbering_of(value(settings, "pStyle"))
            level = level or of_style
        if not ident or ident == "0" or ident not in self._abstract:
            return None
        depth = min(_number(level, 0), 8)
        counts = self._counts[self._abstract[ident]]
        key = (ident, str(depth))
        if key in self._overrides and key not in self._restarted:
            self._restarted.add(key)
            counts[depth] = self._overrides[key] - 1
        start = self._starts.get((self._abstract[ident], str(depth)), 1)
        counts[depth] = counts.get(depth, start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        return counts[depth], ident


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else default
