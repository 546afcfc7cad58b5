"""The platforms a package can be built for: which status it reports at the end, and which install sheet it gets.

The values for Moodle were measured in Moodle 4.5.6 with default settings. KS Læring is described as Moodle-based.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A kind of platform.

    name: the value of --for. title: its usual name.
    done_word: the status in SCORM 1.2 when the completion rule is met: "passed" is more precise, but Moodle's default
        completion rule counts only "completed".
    sheet: name of the part of the install sheet in templates/install.
    """

    name: str
    title: str
    done_word: str
    sheet: str


PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset(name="generic", title="SCORM", done_word="passed", sheet="generic"),
        Preset(name="moodle", title="Moodle", done_word="completed", sheet="moodle"),
        Preset(name="canvas", title="Canvas", done_word="passed", sheet="canvas"),
        Preset(name="kslaring", title="KS Læring", done_word="completed", sheet="moodle"),
    )
}
