"""Languages of the interface: which are offered, and which replaces a missing text."""

import pytest

from lokaltmot_lms.pages.player_texts import player_texts
from lokaltmot_lms.texts import languages, translations


def test_a_language_without_a_reader_is_offered_only_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LOKALTMOT_LANGUAGES", raising=False)
    assert languages() == ("en", "nb", "nn")
    assert translations("se").gettext("Language") == "Language"
    monkeypatch.setenv("LOKALTMOT_LANGUAGES", "xx, se")
    assert languages() == ("en", "nb", "nn", "se")
    assert translations("se").gettext("Language") == "Giella"


def test_what_a_draft_lacks_is_said_in_bokmaal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOKALTMOT_LANGUAGES", "se")
    texts = player_texts("se")
    assert texts["question-of"] == "Gažaldat {at}/{all}"
    assert texts["saved"] == player_texts("nb")["saved"] == "Lagret"
    assert texts["attempts-left"] == player_texts("nb")["attempts-left"]
