"""One set of names for QTI 2.0 to 3.0: those of QTI 2, without namespaces."""

import re

from lxml import etree

# Documents that we read, by the name of their root element.
ROOTS = frozenset({"assessmentItem", "assessmentTest", "assessmentSection", "assessmentStimulus"})
_MARKS = re.compile("[\ue000-\ue01f]")
_PREFIX = "qti-"
_HTML = ("data-", "aria-")


def plain_name(name: str) -> str:
    """Return a QTI 3 name, such as qti-choice-interaction, as QTI 2 writes it (choiceInteraction).

    The two differ only in the prefix and in camel case (QTI 3.0, Best Practices and Implementation Guide, 2.4).
    """
    name = name.rpartition(":")[2]
    return _camel(name.removeprefix(_PREFIX)) if name.startswith(_PREFIX) else name


def with_plain_names(root: etree._Element) -> etree._Element:
    """Return a tree with the names of QTI 2 and without namespaces. xml:lang becomes lang.

    Private signs, with which the import marks places in a text, are removed.
    """
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        local = etree.QName(element).localname
        is_new = local.startswith(_PREFIX)
        element.tag = plain_name(local)
        element.text, element.tail = _without_marks(element.text), _without_marks(element.tail)
        for name, value in list(element.attrib.items()):
            plain = etree.QName(name).localname
            if is_new and not plain.startswith(_HTML):
                plain = _camel(plain)
            if plain != name:
                del element.attrib[name]
            if plain == name or plain not in element.attrib:
                element.set(plain, _without_marks(value) or "")
    return root


def _without_marks(text: str | None) -> str | None:
    return _MARKS.sub("", text) if text else text


def _camel(name: str) -> str:
    return re.sub("-(.)", lambda found: found[1].upper(), name)
