"""A module on paper, for those without a line: every page, the films as text, questions to answer, the key last."""

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.targets.base import BuildOptions, Package, Target
from lokaltmot_lms.targets.paper import PaperContext, Part, block_parts, help_parts, inline, paper_package
from lokaltmot_lms.targets.paper.questions import key_parts
from lokaltmot_lms.texts import N_


def package(course: Course, modules: tuple[Module, ...], _options: BuildOptions) -> Package:
    """Return one PDF for each language of a module."""
    return paper_package(TARGET.name, course, modules, kind=N_("The whole module on paper"), body=_body)


def _body(desk: PaperContext) -> list[Part]:
    say = desk.words.say
    body: list[Part] = []
    if desk.module.goals:
        goals = [[{"t": "p", "c": [goal]}] for goal in desk.module.goals]
        body.append({"t": "panel", "tone": "plain", "label": say(N_("You learn to")), "c": [
            {"t": "ul", "start": 1, "items": goals}]})  # fmt: skip
    body.append({"t": "contents", "c": [say(N_("Contents"))]})
    for page in desk.module.pages:
        body.append({"t": "heading", "level": 1, "c": inline(page.title, desk)})
        for block in page.blocks:
            body += block_parts(block, desk)
    body += help_parts(desk)
    if key := key_parts(desk):
        body += [{"t": "break"}, {"t": "heading", "level": 1, "c": [say(N_("The right answers"))]}, *key]
    return body


TARGET = Target(name="print", title="PDF", suffix=".pdf", bundles=False, is_paper=True, package=package)
