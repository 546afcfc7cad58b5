"""Changes the XML of a Word document where the converter would show what is hidden, or drop what is shown.

Element names: ECMA-376 part 1, WordprocessingML (w), and Office Math (m).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from lokaltmot_lms.importers.word.equations import linear
from lokaltmot_lms.importers.word.numbering import Numbering
from lokaltmot_lms.importers.word.styles import Styles
from lokaltmot_lms.importers.word.xml import C14, MATH, MC, A, W, is_on

# Hidden text and list numbers pass through the converter between signs of the private use area.
HIDDEN = re.compile("\ue010([^\ue011]*)\ue011")
NUMBERED = re.compile("\ue012([0-9]+):([^:\ue013]*)\ue013")
_OUR_SIGNS = re.compile("[\ue010-\ue013]")
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_CONTENT = (f"{W}p", f"{W}tbl", f"{W}sdt")
_HYPERLINK = re.compile(r"^\s*HYPERLINK\b(.*)$", re.IGNORECASE | re.DOTALL)
_ARGUMENT = re.compile(r'\\([a-zA-Z])|"([^"]*)"|(\S+)')
_WHITE = frozenset({"ffffff", "fefefe"})
_COLOURFUL = 0x40  # the least difference between red, green and blue of what is not a grey


@dataclass(slots=True, kw_only=True)
class Seen:
    """What a person must know of. parts: kinds of content that have no like here, such as "chart"."""

    prompts: list[str] = field(default_factory=list)
    equations: list[str] = field(default_factory=list)
    parts: set[str] = field(default_factory=set)


def prepare(root: etree._Element, styles: Styles, numbering: Numbering, seen: Seen) -> None:
    """Change the XML of a document, of its footnotes or of its endnotes."""
    for text in root.iter(f"{W}t"):
        text.text = _OUR_SIGNS.sub("", text.text or "")
    etree.strip_elements(root, f"{W}del", f"{W}moveFrom", with_tail=False)
    _name_drawings(root, seen)
    _lift_text_boxes(root)
    _drop_prompts(root, seen)
    _keep_ruby(root)
    _write_equations(root, seen)
    _keep_fields(root)
    _break_lines(root)
    if root.find(f".//{W}commentReference") is not None:
        seen.parts.add("comments")
    for paragraph in root.iter(f"{W}p"):
        for run in paragraph.iter(f"{W}r"):
            _mark_run(run, paragraph, styles)
        _mark_number(paragraph, styles, numbering)


def _run(text: str) -> etree._Element:
    run = etree.Element(f"{W}r")
    words = etree.SubElement(run, f"{W}t")
    words.text = text
    words.set(_SPACE, "preserve")
    return run


def _replace(element: etree._Element, *others: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        at = parent.index(element)
        parent[at : at + 1] = list(others)


def _name_drawings(root: etree._Element, seen: Seen) -> None:
    for data in root.iter(f"{A}graphicData"):
        kind = (data.get("uri") or "").rpartition("/")[2]
        if kind in ("chart", "chartex"):
            seen.parts.add("chart")
        elif kind == "diagram":
            seen.parts.add("diagram")
        elif kind != "picture" and data.find(f".//{A}blip") is None and data.find(f".//{W}txbxContent") is None:
            seen.parts.add("drawing")
    if root.find(f".//{W}object") is not None:
        seen.parts.add("object")


def _lift_text_boxes(root: etree._Element) -> None:
    """Move the paragraphs of text boxes behind the paragraph they belong to. A box is in the file in two forms."""
    for either in list(root.iter(f"{MC}AlternateContent")):
        choice, fallback = either.find(f"{MC}Choice"), either.find(f"{MC}Fallback")
        if choice is None:
            continue
        if choice.find(f".//{W}txbxContent") is not None:
            if fallback is not None:
                for box in list(fallback.iter(f"{W}txbxContent")):
                    _replace(box)
        elif fallback is not None and len(fallback):
            continue
        _replace(either, *choice, *(() if fallback is None else fallback))
    # From the last to the first, so that boxes in boxes and several boxes in a paragraph keep their order.
    for box in reversed(list(root.iter(f"{W}txbxContent"))):
        owner = next(box.iterancestors(f"{W}p"), None)
        blocks = [child for child in box if child.tag in _CONTENT]
        _replace(box)
        if owner is not None:
            for block in reversed(blocks):
                owner.addnext(block)


def _drop_prompts(root: etree._Element, seen: Seen) -> None:
    """Remove the texts that Word shows in content controls that nobody has filled in."""
    for control in list(root.iter(f"{W}sdt")):
        settings = control.find(f"{W}sdtPr")
        content = control.find(f"{W}sdtContent")
        if settings is None or content is None or settings.find(f"{C14}checkbox") is not None:
            continue
        if is_on(settings.find(f"{W}showingPlcHdr")):
            seen.prompts.append("".join(text.text or "" for text in content.iter(f"{W}t")))
            for run in list(content.iter(f"{W}r")):
                _replace(run)


def _keep_ruby(root: etree._Element) -> None:
    """Write the reading of a word behind it, in brackets."""
    for ruby in list(root.iter(f"{W}ruby")):
        base = "".join(text.text or "" for text in ruby.iterfind(f"{W}rubyBase//{W}t"))
        reading = "".join(text.text or "" for text in ruby.iterfind(f"{W}rt//{W}t"))
        words = etree.Element(f"{W}t")
        words.text = f"{base} ({reading})" if reading else base
        _replace(ruby, words)


def _write_equations(root: etree._Element, seen: Seen) -> None:
    for equation in list(root.iter(f"{MATH}oMathPara", f"{MATH}oMath")):
        if next(equation.iterancestors(f"{MATH}oMathPara"), None) is None:
            text = linear(equation)
            seen.equations.append(text)
            parent = equation.getparent()
            if parent is not None and parent.tag not in (f"{W}body", f"{W}tc", f"{W}sdtContent"):
                _replace(equation, _run(text))
            else:
                paragraph = etree.Element(f"{W}p")
                paragraph.append(_run(text))
                _replace(equation, paragraph)


def _keep_fields(root: etree._Element) -> None:
    """Keep the shown text of simple fields, such as the numbers of captions; the converter drops it."""
    for simple in list(root.iter(f"{W}fldSimple")):
        instruction = simple.get(f"{W}instr") or ""
        if _HYPERLINK.match(instruction):
            _replace(simple, *_field(instruction, list(simple)))
        else:
            _replace(simple, *simple)
    stack: list[list[etree._Element]] = []
    for element in root.iter(f"{W}fldChar", f"{W}instrText"):
        if element.tag == f"{W}instrText":
            if stack:
                stack[-1].append(element)
        elif element.get(f"{W}fldCharType") == "begin":
            stack.append([])
        elif stack and element.get(f"{W}fldCharType") == "separate":
            _tidy_hyperlink(stack[-1])
        elif stack and element.get(f"{W}fldCharType") == "end":
            _tidy_hyperlink(stack.pop())


def _field(instruction: str, content: list[etree._Element]) -> Iterator[etree._Element]:
    for kind in ("begin", "separate"):
        run = etree.Element(f"{W}r")
        etree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", kind)
        yield run
        if kind == "begin":
            run = etree.Element(f"{W}r")
            etree.SubElement(run, f"{W}instrText").text = instruction
            yield run
    yield from content
    run = etree.Element(f"{W}r")
    etree.SubElement(run, f"{W}fldChar").set(f"{W}fldCharType", "end")
    yield run


def _tidy_hyperlink(parts: list[etree._Element]) -> None:
    """Leave only the address in a HYPERLINK field: the converter takes a screen tip for a part of it (17.16.5.25)."""
    found = _HYPERLINK.match("".join(part.text or "" for part in parts))
    if found is None or not parts:
        return
    address, anchor, switch = "", "", ""
    for argument in _ARGUMENT.finditer(found[1]):
        if argument[1]:
            switch = argument[1].lower()
            if switch in "mn":  # these take no argument
                switch = ""
            continue
        text = argument[2] if argument[2] is not None else argument[3]
        if switch == "l":
            anchor = text
        elif not switch:
            address = address or text
        switch = ""
    parts[0].text = f' HYPERLINK "{address}" ' if address else f' HYPERLINK \\l "{anchor}" '
    for part in parts[1:]:
        part.text = ""


def _break_lines(root: etree._Element) -> None:
    """Turn page and column breaks into line breaks: the converter leaves no blank between the words around them."""
    for found in root.iter(f"{W}br", f"{W}cr"):
        found.tag = f"{W}br"
        found.attrib.pop(f"{W}type", None)


def _mark_run(run: etree._Element, paragraph: etree._Element, styles: Styles) -> None:
    look = styles.look(run, paragraph)
    in_table = next(paragraph.iterancestors(f"{W}tc"), None) is not None
    is_white = look.colour in _WHITE and not look.shade and not in_table
    if look.is_hidden or is_white or look.is_tiny:
        for text in run.iter(f"{W}t"):
            text.text = f"\ue010{text.text or ''}\ue011" if text.text else ""
            text.set(_SPACE, "preserve")
    properties = run.find(f"{W}rPr")
    if properties is None:
        properties = etree.Element(f"{W}rPr")
        run.insert(0, properties)
    if look.is_bold and properties.find(f"{W}b") is None:
        etree.SubElement(properties, f"{W}b")
    # Coloured letters and shades mark right answers as a highlight does. They are read as one.
    if (_is_colourful(look.colour) or look.shade) and properties.find(f"{W}highlight") is None:
        etree.SubElement(properties, f"{W}highlight").set(f"{W}val", "yellow")


def _is_colourful(colour: str) -> bool:
    if not re.fullmatch(r"[0-9a-f]{6}", colour):
        return False
    parts = [int(colour[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) >= _COLOURFUL


def _mark_number(paragraph: etree._Element, styles: Styles, numbering: Numbering) -> None:
    """Write the number and the list of a list item in front of it."""
    found = numbering.next(paragraph, styles)
    if found is None:
        return
    first = paragraph.find(f"{W}pPr")
    run = _run(f"\ue012{found[0]}:{found[1]}\ue013")
    if first is not None:
        first.addnext(run)
    else:
        paragraph.insert(0, run)
