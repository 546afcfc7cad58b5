"""What a municipality has not written is a neutral sentence in the module's own language, in every package."""

from pathlib import Path

import pytest

from lokaltmot_lms.source import read_course
from lokaltmot_lms.source.keywords import LOCAL_KEYS
from lokaltmot_lms.source.local import neutral

EXAMPLE = Path(__file__).parents[3] / "courses" / "lokalt-mot" / "local.example.yaml"


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("nb", "Spør lederen din om hvem du kan kontakte der du jobber."),
        ("nn", "Spør leiaren din om kven du kan kontakte der du jobbar."),
        ("en", "Ask your manager whom to contact where you work."),
    ],
)
def test_the_neutral_sentence_speaks_the_language_of_the_module(language: str, sentence: str, tmp_path: Path) -> None:
    file = tmp_path / "m.md"
    front = f'---\ntitle: M\nid: m\nversion: "1"\nlanguage: {language}\n---\n'
    file.write_text(f"{front}\n# A {{#a}}\n\n{{{{local.contact}}}}\n", encoding="utf-8")
    course = read_course(file).course
    assert course is not None
    (block,) = course.modules[0].pages[0].blocks
    assert block.text.plain == sentence  # type: ignore[attr-defined]


@pytest.mark.parametrize("key", [key for key in LOCAL_KEYS if key != "logo"])
def test_every_neutral_sentence_is_translated(key: str) -> None:
    assert len({neutral(key, language) for language in ("en", "nb", "nn")}) == 3


def test_the_example_fills_in_every_key_but_the_logo(tmp_path: Path) -> None:
    file = tmp_path / "m.md"
    file.write_text('---\ntitle: M\nid: m\nversion: "1"\nlanguage: nb\n---\n\n# A {#a}\n\nHei.\n', encoding="utf-8")
    course = read_course(file, local=EXAMPLE).course
    assert course is not None
    assert {key.partition("-en")[0].partition("-nn")[0] for key in course.local} >= set(LOCAL_KEYS) - {"logo"}
