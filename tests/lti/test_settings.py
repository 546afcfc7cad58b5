"""Settings are read once, checked at start, and each is documented."""

from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

from lti_app.errors import SettingsError
from lti_app.settings import Settings, read_settings

GUIDE = Path(__file__).parents[2] / "docs" / "settings.md"


@pytest.mark.parametrize("name", [field.name for field in fields(Settings)])
def test_every_setting_is_in_the_guide(name: str) -> None:
    assert f"## `LOKALTMOT_{name.upper()}`" in GUIDE.read_text(encoding="utf-8")


def test_settings_come_from_the_environment_with_their_kinds() -> None:
    found = read_settings(
        {"LOKALTMOT_PUBLIC_URL": "https://kurs.example.no/", "LOKALTMOT_SESSION_HOURS": "4", "LOKALTMOT_MODULES": "m"}
    )
    assert (found.origin, found.host, found.session_hours, found.modules, found.is_local) == (
        "https://kurs.example.no",
        "kurs.example.no",
        4,
        Path("m"),
        False,
    )
    with pytest.raises(FrozenInstanceError):
        found.session_hours = 5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PUBLIC_URL", "http://kurs.example.no", "https://"),
        ("PUBLIC_URL", "https://kurs.example.no/path", "no path or user name"),
        ("PUBLIC_URL", "https://user@kurs.example.no", "no path or user name"),
        ("PUBLIC_URL", "", "must be an address"),
        ("SESSION_HOURS", "many", "whole number"),
        ("SESSION_HOURS", "0", "greater than 0"),
        ("DATABASE", "mysql://x", "sqlite:///"),
        ("PUBLIC_ULR", "x", "not a setting"),
    ],
)
def test_a_setting_that_cannot_be_right_stops_the_start(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        read_settings({"LOKALTMOT_PUBLIC_URL": "https://kurs.example.no", f"LOKALTMOT_{name}": value})


def test_an_address_is_needed_and_loopback_may_do_without_tls() -> None:
    with pytest.raises(SettingsError, match="PUBLIC_URL is missing"):
        read_settings({})
    assert read_settings({"LOKALTMOT_PUBLIC_URL": "http://localhost:8000"}).is_local
