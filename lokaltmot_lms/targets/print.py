"""A module on paper, for people without internet access: every page, videos as text, questions, the answer key last."""

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.targets.base import BuildOptions, Package, Target
from lokaltmot_lms.targets.paper import PaperContext, Part, block_parts, help_parts, inline, paper_package
from lokaltmot_lms.targets.paper.questions import key_parts
from lokaltmot_lms.texts import N_


def package(course: Course, modules: tuple[Module, ...], _options: BuildOptions) -> Package:
    """Return one PDF for each language of a module."""
    return paper_package(TARGET.name, course, modules, kind=N_("The whole module on paper"), body=_body)


def _body(context: PaperContext) -> list[Part]:
    say = context.words.say
    body: list[Part] = []
    if context.module.goals:
        goals = [[{"t": "p", "c": [goal]}] for goal in context.module.goals]
        body.append({"t": "panel", "tone": "plain", "label": say(N_("You learn to")), "c": [
            {"t": "ul", "start": 1, "items": goals}]})  # fmt: skip
    body.append({"t": "contents", "c": [say(N_("Contents"))]})
    for page in context.module.pages:
        body.append({"t": "heading", "level": 1, "c": inline(page.title, context)})
        for block in page.blocks:
            body += block_parts(block, context)
    body += help_parts(context)
    if key := key_parts(context):
        body += [{"t": "break"}, {"t": "heading", "level": 1, "c": [say(N_("The right answers"))]}, *key]
    return body


TARGET = Target(name="print", title="PDF", suffix=".pdf", bundles=False, is_paper=True, package=package)
