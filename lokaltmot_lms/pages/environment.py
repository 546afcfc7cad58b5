"""The one Jinja environment: autoescape on, an unknown name is an error, templates from the shipped folder."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from lokaltmot_lms.resources import shipped


def template(name: str) -> Template:
    """Return a template of templates/, such as "pages/module.html.jinja"."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(shipped("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=False,
        auto_reload=True,
    )
    made.filters["kind"] = _kind
    return made


def _kind(thing: object) -> str:
    """Name what a block is, so that a template can choose by it: "prose", "figure" …"""
    return type(thing).__name__.lower()
