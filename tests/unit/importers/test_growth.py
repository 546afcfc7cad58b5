"""The work of an import grows with the number of questions, not with its square."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.folder import make_folder
from lokaltmot_lms.pipeline import read_and_check

from .documents import document, paragraph

_FEW, _MANY = 15, 60


def _gift(count: int) -> str:
    return "\n\n".join(f"::Tall {at}::Hvilket tall er {at}? {{={at} ~{at + 1}}}" for at in range(count))


def _text2qti(count: int) -> str:
    return "\n\n".join(f"{at + 1}. Hvilket tall er {at}?\n*a) {at}\nb) {at + 1}" for at in range(count))


def _one_with_many_options(count: int) -> str:
    options = (f"{'*' if at == 0 else ''}a) tall {at}" for at in range(10 * count))
    return "\n".join(["1. Hvilket tall er null?", *options])


def _one_long_question(count: int) -> str:
    return "\n".join(
        ["1. Hva er dette?", "*a) en tekst", "b) et tall", *(f"    linje {at}" for at in range(20 * count))]
    )


def _moodle(count: int) -> str:
    answers = "<answer fraction='100'><text>en</text></answer><answer fraction='0'><text>to</text></answer>"
    question = (
        "<question type='multichoice'><name><text>Likt navn</text></name><questiontext format='html'><text>Hva er {}?"
        f"</text></questiontext><single>true</single>{answers}</question>"
    )
    return f"<quiz>{''.join(question.format(at) for at in range(count))}</quiz>"


def _qti(count: int) -> str:
    labels = "".join(
        f"<response_label ident='{letter}'><material><mattext>{letter}</mattext></material></response_label>"
        for letter in "AB"
    )
    item = (
        "<item ident='q{0}' title='Spørsmål'><presentation><material><mattext>Hva er {0}?</mattext></material>"
        f"<response_lid ident='r' rcardinality='Single'><render_choice>{labels}</render_choice></response_lid>"
        "</presentation><resprocessing><respcondition><conditionvar><varequal respident='r'>A</varequal></conditionvar>"
        "<setvar action='Set'>100</setvar></respcondition></resprocessing></item>"
    )
    items = "".join(item.format(at) for at in range(count))
    return f"<questestinterop><assessment ident='a' title='A'><section>{items}</section></assessment></questestinterop>"


def _written(name: str, content: Callable[[int], str]) -> Callable[[Path, int], Path]:
    def write(folder: Path, count: int) -> Path:
        file = folder / f"{count}-{name}"
        file.write_text(content(count), encoding="utf-8")
        return file

    return write


def _word(folder: Path, count: int) -> Path:
    body = "".join(
        paragraph(f"Hvilket tall er {at}?") + paragraph(f"a) {at}") + paragraph(f"b) {at + 1}") + paragraph("Svar: a")
        for at in range(count)
    )
    return document(folder / f"{count}.docx", body)


def _calls(file: Path, folder: Path) -> int:
    """Return the number of calls, of Python and C functions, that an import makes: the same on every machine."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        make_folder(read_file(file)[1], folder)
        read_and_check(folder)
    finally:
        sys.setprofile(None)
    return calls


@pytest.mark.parametrize(
    "write",
    [
        pytest.param(_written("b.gift", _gift), id="GIFT"),
        pytest.param(_written("b.txt", _text2qti), id="text2qti"),
        pytest.param(_written("c.txt", _one_with_many_options), id="text2qti with many options"),
        pytest.param(_written("d.txt", _one_long_question), id="text2qti with a long question"),
        pytest.param(_written("b.xml", _moodle), id="Moodle XML"),
        pytest.param(_written("q.xml", _qti), id="QTI 1.2"),
        pytest.param(_word, id="Word"),
    ],
)
def test_four_times_the_questions_are_four_times_the_work(write: Callable[[Path, int], Path], tmp_path: Path) -> None:
    _calls(write(tmp_path, _FEW), tmp_path / "first")  # loads what is loaded once
    few, many = (_calls(write(tmp_path, count), tmp_path / f"kurs-{count}") for count in (_FEW, _MANY))
    assert many <= few * _MANY / _FEW * 1.25
