"""Gaps in Moodle's syntax inside a text: {1:SHORTANSWER:=196} and {1:MULTICHOICE:=right~wrong}.

Moodle parses the text with regular expressions and then decodes entities (question/type/multianswer, Moodle 4.5), so
every character with a meaning in that syntax is written as an entity.
"""

import re
from html import escape

from lokaltmot_lms.model import Gap, Gaps, Option
from lokaltmot_lms.targets.platform_html import GAP, Places, html

_MEANING = re.compile(r'[&<>{}~#%=*\\"]')


def cloze(question: Gaps, words: str, places: Places) -> str:
    """Return a question's text with gaps in cloze syntax. words: its HTML, gaps as platform_html.html writes them."""
    gaps = {gap.key: gap for gap in question.gaps}
    return GAP.sub(lambda found: _gap(gaps[found[1]], places), words.replace("{", "&#123;"))


def _gap(gap: Gap, places: Places) -> str:
    if gap.options:
        return "{1:MULTICHOICE:" + "~".join(_choice(option, places) for option in gap.options) + "}"
    # An unescaped asterisk is a wildcard.
    return "{1:SHORTANSWER:" + "~".join(f"={_safe(words.replace('*', chr(92) + '*'))}" for words in gap.accepted) + "}"


def _choice(option: Option, places: Places) -> str:
    said = f"#{_safe(html(option.feedback, places))}" if option.feedback else ""
    return f"{'=' if option.is_right else ''}{_safe(escape(option.text.plain))}{said}"


def _safe(words: str) -> str:
    return _MEANING.sub(lambda found: f"&#{ord(found[0])};", " ".join(words.split()))
