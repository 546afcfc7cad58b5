"""Renders pages from templates/lti in the reader's language."""

from functools import cache
from typing import Any

from flask import Request, Response, make_response
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from lokaltmot_lms.resources import shipped
from lokaltmot_lms.texts import languages, translations
from lti_app.trust.tool import current_tool

_DEFAULT = "nb"


def page(name: str, *, language: str, status: int = 200, **values: Any) -> Response:
    """Return a page.

    name: a template of templates/lti, without its suffix. language: a code of texts.languages().
    """
    response = make_response(fragment(name, language=language, **values), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def fragment(name: str, *, language: str, **values: Any) -> str:
    """Return a rendered template, to be inserted into another page."""
    catalogue = translations(language)
    template = _environment().get_template(f"lti/{name}.html.jinja")
    return template.render(
        language=language,
        _=catalogue.gettext,
        ngettext=catalogue.ngettext,
        has_neutral_title=current_tool().settings.neutral_titles,
        **values,
    )


def language_of(request: Request, locale: str = "") -> str:
    """Return the language for a page: the platform's first, then the browser's, else bokmål.

    locale: from the launch ("nb-NO"); a variable that the platform did not expand ("$Person.locale") is ignored.
    """
    for tag in (locale, *(accepted for accepted, _ in request.accept_languages)):
        code = {"no": "nb"}.get(tag[:2].lower(), tag[:2].lower())
        if code in languages():
            return code
    return _DEFAULT


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
