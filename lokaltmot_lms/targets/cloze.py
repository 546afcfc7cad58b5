"""Gaps as Moodle writes them inside a text: {1:SHORTANSWER:=196} and {1:MULTICHOICE:=right~wrong}.

Moodle takes the text apart with regular expressions and then decodes entities (question/type/multianswer, read in
Moodle 4.5), so every character that means something to it travels as an entity.
"""

import re
from html import escape

from lokaltmot_lms.model import Gap, Gaps, Option
from lokaltmot_lms.targets.platform_html import GAP, Places, html

_MEANING = re.compile(r'[&<>{}~#%=*\\"]')


def cloze(question: Gaps, words: str, places: Places) -> str:
    """Return what a question asks with its gaps filled in. words: its HTML, gaps as markup.html leaves them."""
    gaps = {gap.key: gap for gap in question.gaps}
    return GAP.sub(lambda found: _gap(gaps[found[1]], places), words.replace("{", "&#123;"))


def _gap(gap: Gap, places: Places) -> str:
    if gap.options:
        return "{1:MULTICHOICE:" + "~".join(_choice(option, places) for option in gap.options) + "}"
    # An asterisk alone stands for anything.
    return "{1:SHORTANSWER:" + "~".join(f"={_safe(words.replace('*', chr(92) + '*'))}" for words in gap.accepted) + "}"


def _choice(option: Option, places: Places) -> str:
    said = f"#{_safe(html(option.feedback, places))}" if option.feedback else ""
    return f"{'=' if option.is_right else ''}{_safe(escape(option.text.plain))}{said}"


def _safe(words: str) -> str:
    return _MEANING.sub(lambda found: f"&#{ord(found[0])};", " ".join(words.split()))
