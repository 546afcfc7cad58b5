"""The texts of the preview's panel, which its script reads as JSON."""

from collections.abc import Mapping

from lokaltmot_lms.texts import N_, translations

_TEXTS = {
    "up-to-date": N_("Shows your last save ({ms} ms)."),
    "reloading": N_("Loading the change …"),
    "broken": N_("The source has errors. You see the last version without errors."),
    "never-whole": N_("The source has errors, so there is nothing to show yet."),
    "gone": N_("The preview has stopped. Start it again in the terminal."),
    "no-problems": N_("No problems."),
    "copied": N_("Copied: {place}"),
    "copy": N_("Copy {place}"),
    "no-calls": N_("The package has not made any calls yet."),
    "refused": N_("refused"),
    "caution": N_("harmful"),
    "fault": N_("failed on purpose"),
    "bytes": N_("{count} of {limit} characters"),
    "characters": N_("{count} characters"),
    "count": N_("{calls} calls, {refused} refused"),
}


def panel_texts(language: str) -> Mapping[str, str]:
    """Return the texts of the panel's script, by key."""
    catalogue = translations(language)
    return {key: catalogue.gettext(text) for key, text in _TEXTS.items()}
