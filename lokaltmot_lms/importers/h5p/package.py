"""Reads an H5P package: a zip with h5p.json and content/content.json.

The files are those of the H5P specification (h5p.org/documentation/developers, "H5P File Specification").
"""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from lokaltmot_lms.errors import CourseError
from lokaltmot_lms.errors.h5p import JSON_BROKEN
from lokaltmot_lms.importers.base import Draft, Format, Head
from lokaltmot_lms.importers.context import ImportContext
from lokaltmot_lms.importers.draft_modules import DraftModule, modules_of
from lokaltmot_lms.importers.h5p.fields import Content, Params, plain, text, words_in
from lokaltmot_lms.importers.h5p.material import Material, licence_of
from lokaltmot_lms.importers.h5p.pages import Pages
from lokaltmot_lms.importers.languages import guess_language, stated_language
from lokaltmot_lms.importers.safe_open import open_archive, place
from lokaltmot_lms.model import Module
from lokaltmot_lms.safe_zip import SafeZip

_ABOUT = "h5p.json"
_CONTENT = "content/content.json"
_MOST_JSON = 16 << 20  # bytes; the largest books have less than one million
_NORWEGIAN = {"no": "nb", "sme": "se"}  # codes that H5P uses, and ours


def knows(head: Head) -> bool:
    """Return whether a zip is an H5P package."""
    return _ABOUT in head.names


def read(path: Path) -> Draft:
    """Return the content of a package as a draft.

    Raises:
        CourseError: the package has no content, or its JSON can't be read.
    """
    with open_archive(path) as archive:
        about = _json(archive, _ABOUT)
        params = _json(archive, _CONTENT)
        context = ImportContext(path, _language(about, params))
        title = plain(text(about, "title")) or path.stem
        with context.inside(_CONTENT):
            at = context.at(1)
            module = DraftModule(id=context.module_id("", title, at), title=title, at=at)
            context.turn_to(module.id)
            material = Material(context, archive, at)
            content = Content(kind=text(about, "mainLibrary"), params=params, metadata=about)
            Pages(material, module).add(content, title)
        modules = tuple(_finished(part, content) for part in modules_of(module, context))
    return Draft(
        title=title, language=context.language, modules=modules, media=context.media, findings=context.findings
    )


def _json(archive: SafeZip, name: str) -> Params:
    """Return the fields of a JSON file."""
    at = place(archive.path)
    if name not in archive.names:
        raise CourseError((JSON_BROKEN.at(at, name=name),))
    try:
        value = json.loads(archive.read(name, most=_MOST_JSON).decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise CourseError((JSON_BROKEN.at(at, name=name),)) from error
    if not isinstance(value, Mapping):
        raise CourseError((JSON_BROKEN.at(at, name=name),))
    return value


def _language(about: Params, params: Params) -> str:
    """Return the language that the package states, else a guess."""
    stated = text(about, "language").lower().partition("-")[0].partition("_")[0]
    if re.fullmatch(r"[a-z]{2,3}", stated) and stated != "und":
        return stated_language(_NORWEGIAN.get(stated, stated))
    return guess_language(" ".join(words_in(params)))


def _finished(module: Module, content: Content) -> Module:
    """Return a module with the licence and the pass mark of the package."""
    licence = licence_of(content.metadata)
    share = content.params.get("passPercentage") if content.kind == "H5P.QuestionSet" else None
    is_share = isinstance(share, int) and not isinstance(share, bool) and 0 < share <= 100
    return replace(
        module,
        license=licence if licence.startswith("CC") else module.license,
        pass_share=Decimal(share) / 100 if is_share and isinstance(share, int) else module.pass_share,
    )


FORMAT = Format(name="h5p", title="H5P", knows=knows, read=read)
