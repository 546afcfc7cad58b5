"""XML helpers: what XML can't carry is replaced, the rest comes back as it was."""

import sys

from lxml import etree

from lokaltmot_lms.targets import xml


def test_every_character_ends_in_a_document_that_parses() -> None:
    # XML 1.0, production 2, written out: the characters that a document may hold.
    allowed = {0x9, 0xA, 0xD, *range(0x20, 0xD800), *range(0xE000, 0xFFFE), *range(0x10000, sys.maxunicode + 1)}
    every = [chr(code) for code in range(sys.maxunicode + 1)]

    assert [code for code, char in enumerate(every) if (xml.clean(char) == char) != (code in allowed)] == []

    top = xml.root({None: "urn:x"}, "top", title="".join(every[:0x300]))
    xml.add(top, "text", "".join(every[:0x300]))
    assert etree.fromstring(xml.document(top))[0].text == xml.clean("".join(every[:0x300]))


def test_text_cannot_break_out_of_its_place() -> None:
    top = xml.root({None: "urn:x", "a": "urn:a"}, "top")
    xml.add(top, "a:item", '</a:item><evil x="', a__name='"><evil/>')

    read = etree.fromstring(xml.document(top))

    assert [element.tag for element in read.iter()] == ["{urn:x}top", "{urn:a}item"]
    assert (read[0].text, read[0].get("{urn:a}name")) == ('</a:item><evil x="', '"><evil/>')


def test_a_name_becomes_a_reference_that_means_it() -> None:
    assert xml.href("media/blå bær #2 100%?.png") == "media/bl%C3%A5%20b%C3%A6r%20%232%20100%25%3F.png"
