"""Languages of the interface: which are offered, and what stands in for what one lacks."""

import pytest

from lokaltmot_lms import texts
from lokaltmot_lms.pages.player_texts import player_texts
from lokaltmot_lms.texts import DOMAINS, languages, translations


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


def test_a_catalogue_is_read_when_one_of_its_texts_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    read = texts._read
    monkeypatch.setattr(texts, "_read", lambda code, domain: asked.append(domain) or read(code, domain))
    texts._catalogue.cache_clear()
    player_texts("nb")
    assert asked == ["lokaltmot"]
    assert translations("nb").gettext("Usage:") == "Bruk:"
    assert asked == ["lokaltmot", "click"]
    assert (
        translations("nb").ngettext("{count} thing is wrong.", "{count} things are wrong.", 2)
        == "{count} ting er galt."
    )
    assert translations("nb").gettext("nobody says this") == "nobody says this"
    assert asked == list(DOMAINS)
