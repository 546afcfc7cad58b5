"""The municipality's own layer: what `{{local.contact}}` and friends become, with and without a file."""

from collections.abc import Mapping
from pathlib import Path

from lokaltmot_lms.source.files import MOST_YAML, read_source
from lokaltmot_lms.source.keywords import LOCAL_KEYS, SAID_IN_LANGUAGES
from lokaltmot_lms.source.media import CourseMedia
from lokaltmot_lms.source.report import Report
from lokaltmot_lms.source.values import Fields
from lokaltmot_lms.source.yaml import read_yaml
from lokaltmot_lms.texts import N_, translations

# Shown where the municipality has written nothing: a whole sentence that is true everywhere.
_NEUTRAL = {
    "contact": N_("Ask your manager whom to contact where you work."),
    "routine": N_("Ask your manager for the routine where you work."),
    "child-welfare": N_("The child welfare service in your municipality answers questions about children."),
    "police": N_("The police near you can tell you whom to talk to."),
    "crisis-centre": N_("The crisis centre for your municipality gives help and a safe place to stay."),
    "coordinator": N_("Ask your municipality whether it has a coordinator for this work."),
}


def neutral(key: str, language: str) -> str:
    """Return the sentence that replaces a missing local text, in a language such as nb."""
    return translations(language).gettext(_NEUTRAL[key])


def read_local(file: Path | None, media: CourseMedia, report: Report) -> Mapping[str, str]:
    """Return the texts of a local layer by their English names; nothing when there is no file.

    A text in another language has the language in its name: "contact-en".
    A logo is looked up in the folder of the file, and becomes media of the course under its name in packages.
    """
    source = read_source(file, report, most=MOST_YAML) if file else None
    value = read_yaml(source, report) if source else None
    if value is None or file is None:
        return {}
    said = SAID_IN_LANGUAGES["local.yaml"]
    table = Fields(value.entries(), LOCAL_KEYS, value.at, report, in_languages=said)
    found = {name: table.text(name) for name in LOCAL_KEYS if table.text(name)}
    for name in said:
        found |= {f"{name}-{language}": text for language, text in table.by_language(name).items()}
    if "logo" in found:
        logo = media.add_from(file.parent, found["logo"], table.place("logo"))
        if logo is None:
            del found["logo"]
        else:
            found["logo"] = logo
    return found
