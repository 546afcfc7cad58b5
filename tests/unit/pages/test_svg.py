"""A drawing keeps what draws and loses what runs, fetches or clashes."""

import pytest
from lxml import etree

from lokaltmot_lms.pages.svg import inline_svg, may_stand_inline, read_svg, svg_size

OPEN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 20"'


@pytest.mark.parametrize(
    "hostile",
    [
        f"{OPEN}><script>x()</script></svg>",
        f'{OPEN} onload="x()"/>',
        f'{OPEN}><rect onclick="x()" width="1" height="1"/></svg>',
        f'{OPEN}><foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="x()"/></foreignObject></svg>',
        f'{OPEN}><image href="https://example.org/x.png"/></svg>',
        f'{OPEN}><use xlink:href="https://example.org/x.svg#x"/></svg>',
        f'{OPEN}><a href="javascript:x()"><text>x()</text></a></svg>',
        f'{OPEN}><rect style="fill:url(https://example.org/x)"/></svg>',
        f'{OPEN}><rect fill="url(//example.org/x)"/></svg>',
        f'{OPEN}><animate attributeName="href" to="javascript:x()"/></svg>',
        f'{OPEN} style="position:fixed;inset:0"/>',
        f"<!DOCTYPE svg [<!ENTITY e SYSTEM 'file:///etc/hostname'>]>{OPEN}><text>&e;</text></svg>",
    ],
)
def test_what_runs_or_fetches_is_gone(hostile: str) -> None:
    drawing = read_svg(hostile.encode())
    assert drawing is not None
    shown = etree.tostring(inline_svg(drawing, prefix="p-", alt="Alt"), encoding="unicode")
    left = shown.removeprefix('<svg viewBox="0 0 10 20" width="10" height="20" role="img" aria-label="Alt"')
    assert left in (
        "/>",
        '><rect width="1" height="1"/></svg>',
        "><image/></svg>",
        "><use/></svg>",
        "><rect/></svg>",
        "><text/></svg>",
    )


def test_ids_and_references_get_the_prefix() -> None:
    drawing = read_svg(
        f'{OPEN}><g id="a"/><use href="#a"/><rect fill="url(#a)" style="stroke:url(\'#a\')"/></svg>'.encode()
    )
    assert drawing is not None
    shown = inline_svg(drawing, prefix="p-", alt="")
    assert shown.xpath("//@id | //use/@href | //rect/@fill | //rect/@style") == [
        "p-a", "#p-a", "url(#p-a)", "stroke:url(#p-a)",
    ]  # fmt: skip


def test_a_drawing_without_viewbox_gets_one_from_its_size() -> None:
    drawing = read_svg(b'<svg xmlns="http://www.w3.org/2000/svg" width="30px" height="40"/>')
    assert drawing is not None
    assert svg_size(drawing) == (30, 40)


@pytest.mark.parametrize("content", [b"", b"<svg", b"<html/>", b"\xff\xfe\x00", b"<svg/>"])
def test_what_is_no_drawing_is_not_read(content: bytes) -> None:
    assert read_svg(content) is None


def test_a_drawing_with_a_style_sheet_stays_a_file_of_its_own() -> None:
    assert not may_stand_inline(b"<svg><style>p{color:red}</style></svg>")
    assert may_stand_inline(b"<svg/>")
