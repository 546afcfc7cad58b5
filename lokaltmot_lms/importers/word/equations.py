"""Writes an equation of Word (Office Math, ECMA-376 part 1, 22.1) on one line, such as (a+b)/2."""

from lxml import etree

from lokaltmot_lms.importers.word.xml import MATH

_DEEPEST = 60


def linear(element: etree._Element, depth: int = 0) -> str:
    """Return an equation as text, with ^ for raised and _ for lowered signs."""
    if depth > _DEEPEST:
        return "".join(element.itertext())
    name = etree.QName(element).localname

    def part(child: str) -> str:
        found = element.find(f"{MATH}{child}")
        return "" if found is None else linear(found, depth + 1)

    match name:
        case "t":
            return element.text or ""
        case "f":
            return f"{_group(part('num'))}/{_group(part('den'))}"
        case "sSup":
            return f"{_group(part('e'))}^{_group(part('sup'))}"
        case "sSub":
            return f"{_group(part('e'))}_{_group(part('sub'))}"
        case "sSubSup":
            return f"{_group(part('e'))}_{_group(part('sub'))}^{_group(part('sup'))}"
        case "rad":
            return f"{_group(part('deg')) if part('deg') else ''}√{_group(part('e'))}"
        case "nary":
            sign = _setting(element, "naryPr", "chr", "∫")
            low = f"_{_group(part('sub'))}" if part("sub") else ""
            high = f"^{_group(part('sup'))}" if part("sup") else ""
            return f"{sign}{low}{high} {part('e')}"
        case "d":
            start, end = _setting(element, "dPr", "begChr", "("), _setting(element, "dPr", "endChr", ")")
            between = _setting(element, "dPr", "sepChr", "|")
            return start + between.join(linear(child, depth + 1) for child in element.iterfind(f"{MATH}e")) + end
        case "m":
            rows = (", ".join(linear(cell, depth + 1) for cell in row) for row in element.iterfind(f"{MATH}mr"))
            return f"[{'; '.join(rows)}]"
        case "func":
            return f"{part('fName')} {part('e')}"
        case "limLow":
            return f"{part('e')}_{_group(part('lim'))}"
        case _ if name.endswith("Pr"):
            return ""
        case _:
            return "".join(linear(child, depth + 1) for child in element)


def _group(text: str) -> str:
    """Return a part in brackets, unless it is one sign, word or number."""
    return text if text.isalnum() or len(text) == 1 else f"({text})"


def _setting(element: etree._Element, settings: str, name: str, default: str) -> str:
    found = element.find(f"{MATH}{settings}/{MATH}{name}")
    return default if found is None else found.get(f"{MATH}val") or ""
