"""Where a package is going: which word it reports at the end, and what its install sheet must tell.

What is said of Moodle was measured in Moodle 4.5.6 with default settings; KS Læring is described as Moodle-based.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A kind of receiver.

    name: as after --for. title: as people say it.
    done_word: what SCORM 1.2's one status says when the rule is met: "passed" tells more, but Moodle's default
        completion rule counts "completed" only.
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
