# ruff: noqa: E501  # XML on one line, as exports have it
"""What goes into an import comes out: as many questions, right answers, points and feedback, in each format.

The files are written here, by the documentation of each format, from questions that are drawn at random.
"""

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.folder import make_folder
from lokaltmot_lms.model import ChoiceQuestion, Matching, Question, Quiz
from lokaltmot_lms.source import read_course

from ..examples import examples

# Without "->": in GIFT the first one ends the left side of a pair (question/format/gift/format.php, Moodle 4.5).
_WORDS = (
    st.text(st.sampled_from("abcdæøå ,.?!()%&<>'\"+-;"), max_size=12)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: "->" not in text)
)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A question. pairs: left and right sides of a matching question; else options, whether right, and feedback."""

    text: str
    points: int
    single: bool
    options: tuple[tuple[str, bool, str], ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()


@st.composite
def _asked(draw: st.DrawFn, *, has_pairs: bool) -> Asked:
    number = draw(st.integers(1, 10**6))
    text, points = f"Spørsmål {number} {draw(_WORDS)}".strip(), draw(st.integers(1, 9))
    if has_pairs and draw(st.booleans()):
        sides = draw(st.lists(st.integers(0, 3), min_size=3, max_size=6).filter(lambda found: len(set(found)) > 1))
        pairs = tuple((f"Venstre {at} {draw(_WORDS)}".strip(), f"Høyre {side}") for at, side in enumerate(sides))
        return Asked(text=text, points=points, single=False, pairs=pairs)
    count = draw(st.integers(2, 6))
    single = draw(st.booleans())
    right = {draw(st.integers(0, count - 1))} | (set() if single else draw(st.sets(st.integers(0, count - 1))))
    options = tuple(
        (f"Svar {at} {draw(_WORDS)}".strip(), at in right, draw(st.sampled_from(["", f"Fordi {at} {number}"])))
        for at in range(count)
    )
    return Asked(text=text, points=points, single=single, options=options)


def _share(asked: Asked, *, is_right: bool) -> str:
    if asked.single:
        return "100" if is_right else "0"
    share = Decimal(100) / sum(right for _, right, _ in asked.options)
    return f"{share if is_right else -share:.5f}"


def _moodle(questions: Sequence[Asked]) -> str:
    def html(tag: str, text: str, inside: str = "", attributes: str = "") -> str:
        words = escape(escape(text, quote=False), quote=False)
        return f'<{tag} format="html"{attributes}><text>{words}</text>{inside}</{tag}>'

    parts = []
    for asked in questions:
        kind = "matching" if asked.pairs else "multichoice"
        answers = "".join(
            html("answer", text, html("feedback", said), f' fraction="{_share(asked, is_right=right)}"')
            for text, right, said in asked.options
        )
        answers += "".join(
            html("subquestion", left, f"<answer><text>{escape(right)}</text></answer>") for left, right in asked.pairs
        )
        parts.append(
            f'<question type="{kind}">{html("questiontext", asked.text)}<defaultgrade>{asked.points}</defaultgrade>'
            f"<single>{str(asked.single).lower()}</single>{answers}</question>"
        )
    return f"<quiz>{''.join(parts)}</quiz>"


def _gift(questions: Sequence[Asked]) -> str:
    def words(text: str) -> str:
        return re.sub(r"([\\~=#{}:])", r"\\\1", text)

    parts = []
    for asked in questions:
        answers = [f"={words(left)} -> {words(right)}" for left, right in asked.pairs]
        for text, right, said in asked.options:
            share = "=" if asked.single and right else "~" if asked.single else f"~%{_share(asked, is_right=right)}%"
            answers.append(f"{share}{words(text)}{f'#{words(said)}' if said else ''}")
        parts.append(f"[plain]{words(asked.text)} {{\n{chr(10).join(answers)}\n}}")
    return "\n\n".join(parts)


def _qti(questions: Sequence[Asked]) -> str:
    def material(text: str) -> str:
        return f"<material><mattext>{escape(text, quote=False)}</mattext></material>"

    def rule(ident: str, value: str, points: str) -> str:
        return (
            f'<respcondition><conditionvar><varequal respident="{ident}">{value}</varequal></conditionvar>'
            f'<setvar varname="SCORE" action="Add">{points}</setvar></respcondition>'
        )

    def lid(ident: str, labels: Sequence[str], *, several: bool, before: str = "") -> str:
        options = "".join(
            f'<response_label ident="o{at}">{material(text)}</response_label>' for at, text in enumerate(labels)
        )
        cardinality = "Multiple" if several else "Single"
        return (
            f'<response_lid ident="{ident}" rcardinality="{cardinality}">{before}<render_choice>{options}</render_choice>'
            "</response_lid>"
        )

    items = []
    for number, asked in enumerate(questions):
        rights = list(dict.fromkeys(right for _, right in asked.pairs))
        responses = "".join(
            lid(f"r{at}", rights, several=False, before=material(left)) for at, (left, _) in enumerate(asked.pairs)
        )
        rules = "".join(rule(f"r{at}", f"o{rights.index(right)}", "1") for at, (_, right) in enumerate(asked.pairs))
        feedback = "".join(
            f'<itemfeedback ident="o{at}_fb">{material(said)}</itemfeedback>'
            for at, (_, _, said) in enumerate(asked.options)
            if said
        )
        if asked.options:
            responses = lid("r", [text for text, _, _ in asked.options], several=not asked.single)
            rules = "".join(
                rule("r", f"o{at}", _share(asked, is_right=right)) for at, (_, right, _) in enumerate(asked.options)
            )
        items.append(
            f'<item ident="i{number}" title=""><itemmetadata><qtimetadata><qtimetadatafield><fieldlabel>points_possible</fieldlabel>'
            f"<fieldentry>{asked.points}</fieldentry></qtimetadatafield></qtimetadata></itemmetadata><presentation>"
            f"{material(asked.text)}{responses}</presentation><resprocessing>{rules}</resprocessing>{feedback}</item>"
        )
    return f"<questestinterop><assessment><section>{''.join(items)}</section></assessment></questestinterop>"


def _text2qti(questions: Sequence[Asked]) -> str:
    def words(text: str) -> str:
        return re.sub(r"([\\`*_{}\[\]<>()#+\-.!&])", r"\\\1", text)

    parts = []
    for number, asked in enumerate(questions, start=1):
        lines = [f"Points: {asked.points}", f"{number}. {words(asked.text)}"]
        for at, (text, right, said) in enumerate(asked.options):
            mark = f"{'*' if right else ''}{chr(97 + at)})" if asked.single else "[*]" if right else "[ ]"
            lines += [f"{mark} {words(text)}", *([f"... {words(said)}"] if said else [])]
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


_FORMATS: dict[str, tuple[str, Callable[[Sequence[Asked]], str], bool, bool]] = {
    # the name of the file, what writes it, whether it has points, whether it has pairs
    "moodlexml": ("bank.xml", _moodle, True, True),
    "gift": ("bank.gift", _gift, False, True),
    "qti": ("bank.xml", _qti, True, True),
    "text2qti": ("bank.txt", _text2qti, True, False),
}


def _plain(text: str) -> str:
    return " ".join(text.split())


def _seen(question: Question) -> tuple[object, ...]:
    answers: list[object] = []
    if isinstance(question, Matching):
        answers = [(_plain(pair.left.plain if pair.left else ""), _plain(pair.right.plain)) for pair in question.pairs]
    elif isinstance(question, ChoiceQuestion):
        answers = [
            (_plain(option.text.plain), option.is_right, option.feedback.plain if option.feedback else "")
            for option in question.options
        ]
    is_single = question.type in ("single", "truefalse")
    return _plain(question.prompt.plain), question.points, is_single, answers


@pytest.mark.parametrize("name", _FORMATS)
def test_everything_in_a_file_is_in_the_course(name: str) -> None:
    file_name, write, has_points, has_pairs = _FORMATS[name]

    @examples(20)
    @given(st.lists(_asked(has_pairs=has_pairs), min_size=1, max_size=5, unique_by=lambda asked: asked.text))
    def check(questions: list[Asked]) -> None:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / file_name
            file.write_text(write(questions), encoding="utf-8")
            format_, draft = read_file(file)
            made = make_folder(draft, Path(folder) / "kurs")
            course = read_course(made.folder).course
        assert format_.name == name
        assert [problem.message() for problem in made.findings] == []
        assert course is not None
        blocks = (block for module in course.modules for page in module.pages for block in page.blocks)
        found = [_seen(question) for block in blocks if isinstance(block, Quiz) for question in block.questions]
        assert found == [
            (asked.text, asked.points if has_points else 1, asked.single, list(asked.options or asked.pairs))
            for asked in questions
        ]

    check()
