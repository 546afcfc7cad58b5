"""The language of an import is found, or chosen, and said; never silently Norwegian."""

from pathlib import Path

import pytest

from lokaltmot_lms.importers import read_file
from lokaltmot_lms.importers.languages import LanguageBasis, judge_language
from lokaltmot_lms.importers.report import language_line


@pytest.mark.parametrize(
    ("text", "language", "is_sure"),
    [
        ("Hvem har meldeplikt til barnevernet, og hva er fristen?", "nb", True),
        ("Kven har meldeplikt til barnevernet, og kva er fristen?", "nn", True),
        ("Who must report to the child welfare service, and what is the time limit?", "en", True),
        ("Vem är skyldig att anmäla till socialtjänsten, och vad är det som gäller?", "sv", True),
        ("Wer muss das Jugendamt informieren, und was ist die Frist?", "de", True),
        ("Mii lea Norgga oaivegávpot? Dat lea Oslo, ja dat ii leat Romsa.", "se", True),
        ("Jeg tror at det er slik, men da må du si at du ikke kan.", "nb", True),
        ("&lt;p&gt;Hva er dette, og hvem er det?&lt;/p&gt;", "nb", True),
        ("Kan du melde det?", "nb", False),
        ("2 + 2 = 4", "nb", False),
        ("", "nb", False),
    ],
)
def test_the_words_of_a_text_tell_its_language(text: str, language: str, is_sure: bool) -> None:
    assert judge_language(text) == (language, is_sure)


def _bank(folder: Path, question: str) -> Path:
    file = folder / "bank.gift"
    file.write_text(f"::Q::{question} {{=a ~b}}\n", encoding="utf-8")
    return file


def test_a_draft_says_how_its_language_is_known(tmp_path: Path) -> None:
    _, guessed = read_file(_bank(tmp_path, "What is the name of the river in Oslo?"))
    assert (guessed.language, guessed.language_basis) == ("en", LanguageBasis.GUESSED)
    assert language_line(guessed, "en") == "Language: English, guessed from the text. Change it with --language."

    _, unsure = read_file(_bank(tmp_path, "2 + 2?"))
    assert unsure.language_basis is LanguageBasis.UNSURE
    assert language_line(unsure, "nb") == (
        "Språk: norsk bokmål. Det er for lite tekst til å se det. Velg språk med --language."
    )

    _, chosen = read_file(_bank(tmp_path, "2 + 2?"), "de-AT")
    assert chosen.modules[0].language == "de-AT"
    assert language_line(chosen, "en") == "Language: German (Austria), as you chose."


def test_one_choice_does_not_reach_the_next_import(tmp_path: Path) -> None:
    file = _bank(tmp_path, "Hva er navnet på det som er i Oslo?")
    read_file(file, "se")
    assert read_file(file)[1].language == "nb"
