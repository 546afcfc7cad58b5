"""Finds the modules that lokaltmot built in a package: the page data for the player, and the texts of the answers."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree, html

from lokaltmot_lms.safe_zip import SafeZip, open_zip

Module = Mapping[str, Any]

_MOST_PAGE = 16 * 1024**2
_LAUNCH_PAGE = "index.html"  # of each module, in its first language (pages/render.py)


@dataclass(frozen=True, slots=True, kw_only=True)
class ModuleInPackage:
    """A module in a package.

    data: its page data. words: question id -> "field=value" -> text of the answer. films: ids of its videos.
    """

    data: Module
    words: Mapping[str, Mapping[str, str]]
    films: tuple[str, ...] = ()


def module_of(content: bytes) -> Module | None:
    """Return the page data of a page that lokaltmot built; None for another page."""
    page = _parsed(content)
    return None if page is None else _page_data(page)


def modules_in(path: Path) -> dict[str, ModuleInPackage]:
    """Return the modules that lokaltmot built in a zip, by id; empty for another package.

    Raises:
        CourseError: it is no zip, or not a safe one.
    """
    with open_zip(path) as package:
        return {module.data["module"]: module for module in _built_modules(package)}


def _built_modules(package: SafeZip) -> Iterator[ModuleInPackage]:
    for name in package.names:
        if name.rpartition("/")[2] != _LAUNCH_PAGE:
            continue
        content = package.try_read(name, most=_MOST_PAGE)
        page = None if content is None else _parsed(content)
        data = None if page is None else _page_data(page)
        if page is not None and data is not None:
            words = {each.get("id", ""): dict(_words(each)) for each in _questions(page)}
            films = tuple(str(name) for name in page.xpath("//@data-film"))
            yield ModuleInPackage(data=data, words=words, films=films)


def _parsed(content: bytes) -> html.HtmlElement | None:
    try:
        return html.document_fromstring(content)
    except (ValueError, etree.LxmlError):
        return None


def _page_data(page: html.HtmlElement) -> Module | None:
    try:
        found = page.xpath("//script[@id='lm-module']/text()")
        data = json.loads(found[0]) if found else None
    except (ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and data.get("format") == 1 else None


def _questions(page: html.HtmlElement) -> list[html.HtmlElement]:
    return list(page.xpath("//*[@data-question]"))


def _words(question: html.HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield each answer that can be chosen, named as in docs/hooks.md, and its text."""
    for field in question.xpath(".//input[@type='radio' or @type='checkbox']"):
        # An area in an image has its number before its text, as <b>.
        words = " ".join(field.xpath("ancestor::label[1]//text()[not(parent::b)]"))
        yield f"{field.get('name')}={field.get('value')}", " ".join(words.split())
    for option in question.xpath(".//select/option[@value!='']"):
        yield f"{option.getparent().get('name')}={option.get('value')}", _text(option)
    for item in question.xpath(".//*[@data-item]"):
        yield item.get("data-item", ""), "".join(map(_text, item.xpath(".//*[@data-name]")))


def _text(element: html.HtmlElement) -> str:
    return " ".join(element.text_content().split())
