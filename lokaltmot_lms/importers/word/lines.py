"""Splits the converted text of a document into the blocks in which people write questions."""

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import pairwise

from lxml import etree, html

from lokaltmot_lms.importers.word.keys import BOX, KEY, LETTER, SIGN
from lokaltmot_lms.importers.word.prepare import HIDDEN, NUMBERED

HIDDEN_KEY = "data-hidden"  # attribute: the hidden text of an element, which is no longer in its text
_LIST = "data-list"
_INLINE = re.compile(rf"(?<!\S)(?:{SIGN}\s?)?\(?([a-hA-H]|[1-9])\*?\)\s")
_OWNERS = frozenset({"p", "li", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"})
_NOTE = re.compile(r"#(?:footnote|endnote)(?:-ref)?-")


def words(element: etree._Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def hidden_in(element: etree._Element) -> str:
    """Return the hidden text of an element and of those in it."""
    found = (one.get(HIDDEN_KEY, "") for one in element.iter() if isinstance(one.tag, str))
    return " ".join(" ".join(found).split())


def tidy(body: etree._Element) -> None:
    """Turn the marks that came through the converter into attributes, and what it writes for itself into text."""
    for box in list(body.iter("input")):
        box.tag, box.text = "span", "☑ " if box.get("checked") is not None else "☐ "
        box.attrib.clear()
    for link in list(body.iter("a")):
        address = link.get("href", "")
        if _NOTE.match(address) or (not address and link.get("id")) or address.startswith("#_Toc"):
            if "".join(link.itertext()) == "↑":
                link.text = ""
            link.tag = "span"
            link.attrib.clear()
    etree.strip_tags(body, "span")
    for element in list(body.iter()):
        element.text = _without_signs(element.text, element)
        parent = element.getparent()
        if parent is not None:
            element.tail = _without_signs(element.tail, parent)
    for listed in list(body.iter("ol", "ul")):
        _split_list(listed)


def _without_signs(text: str | None, holder: etree._Element) -> str | None:
    """Return a text without our signs, and keep what they say in attributes of the block that holds it."""
    if text is None or ("\ue010" not in text and "\ue012" not in text):
        return text
    owner = next((one for one in (holder, *holder.iterancestors()) if one.tag in _OWNERS), holder)
    hidden = "".join(HIDDEN.findall(text))
    if hidden.strip():
        owner.set(HIDDEN_KEY, f"{owner.get(HIDDEN_KEY, '')}{hidden}")
    if number := NUMBERED.search(text):
        owner.set(_LIST, f"{number[1]}:{number[2]}")
    return NUMBERED.sub("", HIDDEN.sub("", text))


def _split_list(listed: etree._Element) -> None:
    """Split a list where Word begins another one, and give each part the number that Word shows."""
    items = [child for child in listed if child.tag == "li"]
    if not items:
        return
    current = listed
    _number(current, items[0])
    for before, item in pairwise(items):
        known = before.get(_LIST, ":").partition(":")[2], item.get(_LIST, ":").partition(":")[2]
        if known[0] != known[1] and all(known):
            following = etree.Element(str(listed.tag))
            for moved in [item, *item.itersiblings()]:
                following.append(moved)
            current.addnext(following)
            current = following
            _number(current, item)
    for item in items:
        item.attrib.pop(_LIST, None)


def _number(listed: etree._Element, first: etree._Element) -> None:
    number = first.get(_LIST, "").partition(":")[0]
    if listed.tag == "ol" and number.isdigit() and int(number) != 1:
        listed.set("start", number)


def blocks_of(elements: list[etree._Element]) -> Iterator[etree._Element]:
    """Yield blocks: a question in a list and its answers, or answers typed in one paragraph, each on their own."""
    for element in elements:
        if element.tag in ("ol", "ul"):
            yield from _of_list(element)
        elif element.tag == "p":
            yield from _of_paragraph(element)
        else:
            yield element


def _of_list(listed: etree._Element) -> Iterator[etree._Element]:
    """Yield a list of questions, each with a list of answers in it, as paragraphs and lists; another list as it is."""
    items = [child for child in listed if child.tag == "li"]
    for item in items:
        _split_key(item)
    items = [child for child in listed if child.tag == "li"]
    if not any(_inner(item) is not None and _asks(item) for item in items):
        yield listed
        return
    for item in items:
        inner = _inner(item)
        own = etree.Element("p")
        own.text = item.text
        if item.get(HIDDEN_KEY):
            own.set(HIDDEN_KEY, item.get(HIDDEN_KEY, ""))
        after: list[etree._Element] = []
        for child in list(item):
            if child.tag in ("ol", "ul"):
                child.tail = None
                after.append(child)
            elif child.tag == "p" and after:
                after.append(child)
            else:
                own.append(child)
        if inner is None and not _asks(item):
            alone = etree.Element(str(listed.tag))
            own.tag = "li"
            alone.append(own)
            yield alone
        else:
            yield own
        yield from blocks_of(after)


def _split_key(item: etree._Element) -> None:
    """Make a key on the last line of an answer an item of its own."""
    before, line, last = _inside(item).rpartition("<br>")
    if line and KEY.match(_bare(last)):
        for part in (last, before):
            one = html.fragment_fromstring(part, create_parent="li")
            item.addnext(one)
            one.attrib.update(item.attrib if part is before else {})
        parent = item.getparent()
        if parent is not None:
            parent.remove(item)


def _inner(item: etree._Element) -> etree._Element | None:
    found = next((child for child in item if child.tag in ("ol", "ul")), None)
    return found if found is not None and len(found) > 1 else None


def _asks(item: etree._Element) -> bool:
    """Return whether a list item is a question: by its sign, or by marks of some of the answers in it."""
    inner = _inner(item)
    own = deepcopy(item)
    for child in [one for one in own if one.tag in ("ol", "ul")]:
        own.remove(child)
    if words(own).endswith(("?", ":")):
        return True
    if inner is None:
        return False
    marked = [
        bool(re.search(rf"(?:^|\s){SIGN}(?:\s|$)", words(one)))
        or any(words(mark) == words(one) for mark in one.iter("strong", "mark", "u"))
        for one in inner
    ]
    return any(marked) and not all(marked)


def _of_paragraph(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the lines of a paragraph when two of them begin as answers do; answers in a row on one line too."""
    source = _inside(paragraph)
    lines = re.split(r"<br\s*/?>", source)
    typed = [line for line in lines if LETTER.match(_bare(line)) or BOX.match(_bare(line))]
    has_key = bool(typed) and any(KEY.match(_bare(line)) for line in lines)
    if (len(typed) < 2 and not has_key) or paragraph.find(".//a") is not None:
        lines = _in_a_row(source)
    if len(lines) < 2:
        yield paragraph
        return
    first = True
    for line in lines:
        if _bare(line).strip() or "<img" in line:
            part = html.fragment_fromstring(line, create_parent="p")
            if first and paragraph.get(HIDDEN_KEY):
                part.set(HIDDEN_KEY, paragraph.get(HIDDEN_KEY, ""))
            first = False
            yield part


def _in_a_row(source: str) -> list[str]:
    """Return "Hvor? a) Her b) Der" as its parts; one part when the letters or numbers are not in a row from a or 1."""
    found = [
        one for one in _INLINE.finditer(source) if source[: one.start()].count("<") == source[: one.start()].count(">")
    ]
    marks = [one[1].lower() for one in found]
    if len(marks) < 2 or marks != [*("abcdefgh" if marks[0] == "a" else "123456789")][: len(marks)]:
        return [source]
    before = _bare(source[: found[0].start()]).strip()
    if not before.endswith(("?", ":")) and not any(re.search(SIGN, one[0]) for one in found):
        return [source]  # running text that counts its parts
    cuts = [0, *(one.start() for one in found), len(source)]
    return [part for start, end in pairwise(cuts) if (part := source[start:end]).strip()]


def _inside(element: etree._Element) -> str:
    source = etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    return source[source.index(">") + 1 : source.rindex("<")]


def _bare(source: str) -> str:
    return re.sub(r"<[^>]*>", "", source)


def plain(elements: list[etree._Element]) -> str:
    """Return elements as plain text, one line per paragraph or item, with their hidden text."""
    lines: list[str] = []
    for element in elements:
        blocks = [element] if element.tag not in ("ol", "ul", "table") else list(element.iter("li", "tr"))
        for block in blocks:
            copy = deepcopy(block)
            for inner in [one for one in copy.iter("ol", "ul") if one is not copy]:
                if (parent := inner.getparent()) is not None:
                    parent.remove(inner)
            hidden = hidden_in(copy)
            text = " ".join(part for part in (words(copy), f"({hidden})" if hidden else "") if part)
            if text:
                lines.append(f"- {text}" if block.tag == "li" else text)
    return "\n".join(lines)
