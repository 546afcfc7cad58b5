# ruff: noqa: E501, T201  # tables of strings, and the counts are worth reading
"""No typing mistake changes a course silently: the meaning stays, or the mistake is reported."""

import re
from html import unescape
from pathlib import Path

import pytest

from lokaltmot_lms.model import ChoiceQuestion, Important, Module, Prose, Quiz
from lokaltmot_lms.source import ReadResult, read_course

from .mutations import FILES, MODULE, mutations

FEWEST = 500

# What people type without a thought for marks.
ORDINARY = (
    "# 1", "50 %", "a < b", "b > a", "*", "3 * 4 * 5", "5*3*2", "_snake_case_", "__init__", r"C:\mappe", r"\\server\felles",
    "kl. 10:30", "100 $", "[sic]", "(x)", "[x]", "( )", "1. mai", "17. mai er fri", "- minus", "+ 3 grader", "=>", "a => b",
    "§ 196", "«sitat»", '"sitat"', "{}", "{#id}", "&amp;", "&", "AT&T", ":::", "::: video", "---", "***", "> større",
    "#metoo", "Svar: ja", "Hint: nei", "`kode`", "[tekst]: vanlig", "<navn>", "<3", "https://www.bufdir.no?a=1&b=2",
    "e-post@kommune.no", "~20", "~~feil~~", "a | b", "| a | b |", "2^10", "$x$", "@ 10 20 30 40", "1)", "a) først", "...", "–", "!", "![", "ja/nei",
    "og / eller", "C#", "100 000", "æøå ÆØÅ", "tre punktum …", "x = y", "key: value", "'enkle'", "100%", "No. 5", "\\*", "a\\b",
)  # fmt: skip

# Where Markdown's own meaning is the one that was typed: a list or quote in running text shows its words.
MEANT = {
    "> større": "større", "---": "", "***": "", "`kode`": "kode", "\\*": "*",
}  # fmt: skip

PAGE = """\
---
title: Prøve
id: prove
version: 1
---

# Side {#side}

<<page>>

::: important
<<important>>
:::

# Quiz {#quiz}

::: quiz
## Spørsmål <<prompt>> {#a}

- (x) <<option>>
  > <<feedback>>
- ( ) Et annet svar

Forklaring: <<explanation>>
:::
"""
PLACES = tuple(re.findall("<<(.*?)>>", PAGE))


def _read(folder: Path, text: str) -> ReadResult:
    file = folder / "m.md"
    file.write_text(text, encoding="utf-8")
    return read_course(file)


def _module(reading: ReadResult) -> Module:
    assert reading.course is not None
    return reading.course.modules[0]


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the module of the suite names."""
    made = tmp_path_factory.mktemp("mutations")
    for name, text in FILES.items():
        (made / name).parent.mkdir(exist_ok=True)
        (made / name).write_text(text, encoding="utf-8")
    return made


def test_the_module_without_slips_has_no_problems(folder: Path) -> None:
    assert _read(folder, MODULE).problems == ()


def test_no_slip_changes_the_course_in_silence(folder: Path) -> None:
    whole = _module(_read(folder, MODULE))
    silent, same, reported = [], 0, 0
    for mutation in mutations():
        reading = _read(folder, mutation.text)
        if reading.problems:
            reported += 1
        elif _module(reading) == whole:
            same += 1
        else:
            silent.append(mutation.name)
    print(f"{same + reported} mistakes: {same} mean the same, {reported} reported, {len(silent)} silently changed")
    assert silent == []
    assert same + reported >= FEWEST


def test_a_heading_with_one_space_before_it_is_a_heading(folder: Path) -> None:
    """CommonMark allows up to three; a prototype took such a page for text of the page before."""
    moved = MODULE.replace("\n# Sofia", "\n # Sofia").replace("\n## Hvem har", "\n ## Hvem har")
    assert _module(_read(folder, MODULE)) == _module(_read(folder, moved))


@pytest.mark.parametrize("words", ORDINARY)
@pytest.mark.parametrize("place", PLACES)
def test_ordinary_words_stay_as_typed_or_are_reported(folder: Path, place: str, words: str) -> None:
    text = re.sub("<<(.*?)>>", lambda found: words if found[1] == place else "Vanlig tekst", PAGE)
    reading = _read(folder, text)
    if reading.problems:
        return
    html, plain = _words(_module(reading), place)
    expected = " ".join(MEANT.get(words, words).split()) if place in ("page", "important") else words
    expected = {"`kode`": "kode", "\\*": "*"}.get(words, expected)
    assert expected == plain.removeprefix("Spørsmål ")
    assert expected == unescape(re.sub(r"<[^>]*>", "", html)).strip().removeprefix("Spørsmål ")


def _words(module: Module, place: str) -> tuple[str, str]:
    first, second = module.pages
    quiz = next(block for block in second.blocks if isinstance(block, Quiz))
    question = quiz.questions[0]
    assert isinstance(question, ChoiceQuestion)
    if place in ("page", "important"):
        kind = Prose if place == "page" else Important
        texts = [block.text for block in first.blocks if isinstance(block, kind)]
        return " ".join(text.html for text in texts), " ".join(text.plain for text in texts)
    option = question.options[0]
    text = {
        "prompt": question.prompt,
        "option": option.text,
        "feedback": option.feedback,
        "explanation": question.explanation,
    }[place]
    assert text is not None
    return text.html, text.plain


def test_most_ordinary_words_need_no_report(folder: Path) -> None:
    """A reader that reports everything would pass the test above and help nobody."""
    reported = 0
    for words in ORDINARY:
        text = re.sub("<<(.*?)>>", lambda found, w=words: w if found[1] == "option" else "Vanlig tekst", PAGE)
        reported += bool(_read(folder, text).problems)
    print(f"{len(ORDINARY)} ordinary strings as options: {reported} reported")
    assert reported <= len(ORDINARY) // 3
