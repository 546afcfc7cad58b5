"""The words of the preview's panel; the script gets them as JSON beside the page."""

from collections.abc import Mapping

from lokaltmot_lms.texts import N_, translations

_TEXTS = {
    "up-to-date": N_("Shows what you last saved ({ms} ms)."),
    "reloading": N_("Loading the change …"),
    "broken": N_("The source has errors. You see the last version that was whole."),
    "never-whole": N_("The source has errors, so there is nothing to show yet."),
    "gone": N_("The preview has stopped. Start it again in the terminal."),
    "no-problems": N_("Nothing to mend."),
    "copied": N_("Copied: {place}"),
    "copy": N_("Copy {place}"),
    "no-calls": N_("The package has not said anything yet."),
    "refused": N_("refused"),
    "caution": N_("will do harm"),
    "fault": N_("lost on purpose"),
    "bytes": N_("{count} of {limit} characters"),
    "characters": N_("{count} characters"),
    "count": N_("{calls} calls, {refused} refused"),
}


def panel_texts(language: str) -> Mapping[str, str]:
    """Return the words the panel's script says, by key."""
    catalogue = translations(language)
    return {key: catalogue.gettext(text) for key, text in _TEXTS.items()}
