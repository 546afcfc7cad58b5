"""Languages of the interface: which are offered, and which replaces a missing text."""

import pytest

from lokaltmot_lms import texts as interface_texts
from lokaltmot_lms.pages.player_texts import player_texts
from lokaltmot_lms.texts import default_language, languages, translations


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


@pytest.fixture
def without_locale(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """A shell that names no language, as on Windows and in most programs of macOS."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "LOKALTMOT_LANGUAGES"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("LANG", "nn_NO.UTF-8", "nn"),
        ("LANG", "C.UTF-8", "en"),
        ("LC_ALL", "no_NO", "nb"),
        ("LANGUAGE", "da:nn:en", "nn"),
        ("LANGUAGE", "se:en", "en"),
        ("LANGUAGE", "se", "nb"),
        ("LANG", "smj_NO", "nb"),
        ("LANG", "da_DK", "en"),
    ],
)
def test_the_locale_variables_choose_the_language(
    without_locale: pytest.MonkeyPatch, name: str, value: str, expected: str
) -> None:
    without_locale.setenv(name, value)
    assert default_language() == expected


# As `defaults read -g AppleLanguages` prints the setting.
@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ('(\n    "nb-NO",\n    "en-NO"\n)\n', "nb"),
        ("(\n    nn,\n    nb\n)\n", "nn"),
        ('(\n    "se-NO"\n)\n', "nb"),
        ('(\n    "fr-FR",\n    "en-GB"\n)\n', "en"),
        ("", "en"),
    ],
)
def test_on_macos_the_setting_of_the_user_is_followed(
    without_locale: pytest.MonkeyPatch, setting: str, expected: str
) -> None:
    without_locale.setattr(interface_texts.platform, "system", lambda: "Darwin")
    without_locale.setattr(interface_texts, "_apple_languages", lambda: setting)
    assert default_language() == expected


# Language identifiers of Windows (MS-LCID, 2.2): Norwegian Bokmål, Nynorsk, Northern Sami in Norway, German.
@pytest.mark.parametrize(("identifier", "expected"), [(0x0414, "nb"), (0x0814, "nn"), (0x043B, "nb"), (0x0407, "en")])
def test_on_windows_the_language_of_the_desktop_is_followed(
    without_locale: pytest.MonkeyPatch, identifier: int, expected: str
) -> None:
    without_locale.setattr(interface_texts.platform, "system", lambda: "Windows")
    without_locale.setattr(interface_texts, "_windows_language", lambda: identifier)
    assert default_language() == expected


def test_a_locale_variable_goes_before_the_setting_of_the_system(without_locale: pytest.MonkeyPatch) -> None:
    without_locale.setattr(interface_texts.platform, "system", lambda: "Darwin")
    without_locale.setattr(interface_texts, "_apple_languages", lambda: '("nb-NO")')
    without_locale.setenv("LANG", "nn_NO.UTF-8")
    assert default_language() == "nn"
