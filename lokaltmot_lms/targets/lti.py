"""A folder of a built module for the LTI tool: public pages without answers, and the answers for marking."""

import hashlib
import json
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from lokaltmot_lms.model import Course, Gaps, Likert, Matching, Module
from lokaltmot_lms.pages import PackageFile, Tracking, render_module
from lokaltmot_lms.pages.answer_key import comments, relabelled, sealed
from lokaltmot_lms.pages.page_data import module_data
from lokaltmot_lms.questions import QUESTION_TYPES
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.keys import questions, right_text

_TRACKING = Tracking(name="lti", is_sealed=True)
_PUBLIC = "public/"
_INDEX = "index.html"


def package(course: Course, modules: tuple[Module, ...], _options: BuildOptions) -> Package:
    """Return one module as a folder: public/ (the only part that is served), answers.json and module.json."""
    module = relabelled(modules[0])
    said = comments(course, module)
    pages = render_module(course, sealed(module), tracking=_TRACKING)
    public = {file.name: file for file in (*said.files, *pages)}
    questions_ = {question["id"]: question for question in _answers(module, said.html)}
    sha = _sha(questions_, pages)
    files = [replace(file, name=_PUBLIC + name) for name, file in public.items()]
    # Both have the hash, so that the tool notices when only one of them has been copied.
    files.append(_json("answers.json", {"sha": sha, "questions": questions_}))
    files.append(_json("module.json", {**_about(course, module), "sha": sha}))
    return Package(
        name=stem(course, modules[0], TARGET.name),
        files=tuple(sorted(files, key=lambda file: file.name)),
        modules=modules,
    )


def _answers(module: Module, html: Any) -> list[dict[str, Any]]:
    return [
        {
            "id": question.id,
            "type": question.type,
            "points": int(question.points) if question.points == int(question.points) else float(question.points),
            "data": QUESTION_TYPES[question.type].data(question),
            "text": question.prompt.plain,
            "source": f"{question.at.path}:{question.at.line}",
            "right": QUESTION_TYPES[question.type].right_answer(question),
            "rightText": right_text(question),
            "labels": _labels(question),
            "parts": _parts(question),
            "said": {language: said.get(question.id, {}) for language, said in html.items()},
        }
        for question in questions(module)
    ]


def _labels(question: Any) -> dict[str, str]:
    """Return the text for each key that an answer may hold, for the teacher's report."""
    if isinstance(question, Matching):
        return {pair.match: pair.right.plain for pair in question.pairs}
    if isinstance(question, Likert):
        return {"1": question.low, str(question.steps): question.high}
    options = (getattr(question, name, ()) for name in ("options", "spots", "items"))
    return {option.key: option.text.plain for several in options for option in several}


def _parts(question: Any) -> dict[str, dict[str, Any]]:
    """Return the text of each part of a question that has several: left sides, gaps or statements."""
    if isinstance(question, Matching):
        return {pair.key: {"text": pair.left.plain} for pair in question.pairs if pair.left}
    if isinstance(question, Likert):
        return {statement.key: {"text": statement.text.plain} for statement in question.statements}
    if isinstance(question, Gaps):
        return {
            gap.key: {"text": "", "labels": {option.key: option.text.plain for option in gap.options}}
            for gap in question.gaps
        }
    return {}


def _sha(answers: Any, pages: tuple[PackageFile, ...]) -> str:
    """Return a hash of what is shown and how it is marked."""
    shown = [file.content for file in pages if isinstance(file.content, bytes)]
    marking = json.dumps({"questions": answers}, sort_keys=True).encode()
    return hashlib.sha256(b"".join([*shown, marking])).hexdigest()


def _about(course: Course, module: Module) -> dict[str, Any]:
    names = [_INDEX, *(f"index.{edition.language}.html" for edition in module.translations)]
    languages = dict(zip((module.language, *(edition.language for edition in module.translations)), names, strict=True))
    return {
        **module_data(course, module, tracking=_TRACKING, languages=languages),
        "courseTitle": course.title,
        "file": PurePosixPath(module.at.path).name,  # modules are offered in the order of their files
        "minutes": module.minutes,
        "description": module.description,
        "titles": {edition.language: edition.title for edition in (module, *module.translations)},
    }


def _json(name: str, content: Any) -> PackageFile:
    return PackageFile(name=name, content=(json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode())


TARGET = Target(name="lti", title="LTI 1.3", suffix="", bundles=False, package=package)
