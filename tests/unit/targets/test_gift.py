"""GIFT, read back by the steps of Moodle's own reader (question/format/gift/format.php, 4.5), written again here."""

import html
import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lokaltmot_lms.model import (
    ChoiceQuestion,
    Course,
    Gap,
    Gaps,
    Matching,
    Numeric,
    Option,
    Ordering,
    Pair,
    Question,
    Quiz,
    ShortText,
    Text,
)
from lokaltmot_lms.targets import TARGETS, BuildOptions
from lokaltmot_lms.targets.gift import escape
from lokaltmot_lms.targets.loss import LostFeature

from . import models

_PLACES = {mark: f"\x00{ord(mark[-1])}\x00" for mark in ("\\:", "\\#", "\\=", "\\{", "\\}", "\\~")}
_awkward = st.text(
    st.one_of(st.sampled_from("\\~=#{}:%/*$ >-\n"), st.characters(exclude_categories=("Cs", "Cc", "Cn")))
)


def _hidden(text: str) -> str:
    """Put placeholders for what is escaped, in Moodle's order."""
    text = text.replace("\\\\", "\x00092\x00")
    for mark, place in _PLACES.items():
        text = text.replace(mark, place)
    return text.replace("\\n", "\x0010\x00").replace("\x00092\x00", "\\")


def _shown(text: str) -> str:
    return re.sub("\x00(\\d+)\x00", lambda found: chr(int(found[1])), text).strip()


def _lines(text: str) -> str:
    return "\n".join(text.splitlines()).strip()


def _course(*asked: Question) -> Course:
    module = models.module()
    quiz = Quiz(id="quiz", questions=asked, at=models.AT)
    return models.course([replace(module, pages=(replace(module.pages[0], blocks=(quiz,)),))])


def _blocks(*asked: Question) -> list[str]:
    course = _course(*asked)
    (file,) = TARGETS["gift"].package(course, course.modules, BuildOptions()).files
    assert isinstance(file.content, bytes)
    return file.content.decode().removesuffix("\n\n").split("\n\n")


def _read(question: Question) -> tuple[str, str, str, str]:
    """Return a question's comment, title, text (a gap is ___) and the part between the braces, still escaped."""
    about, rest = _blocks(question)[1].split("\n", 1)
    found = re.fullmatch(r"::(.*?)::\[html\](.*?)\{(.*)\}(.*)", _hidden(rest), re.DOTALL)
    assert found is not None
    title, before, answers, after = found.groups()
    return about, _shown(title), _shown(f"{before}___{after}" if after else before), answers


def _choices(question: Question) -> list[tuple[str, str, str]]:
    answers = re.findall(r"([=~])(?:%(-?[\d.]+)%)?([^=~#]*)(?:#([^=~#]*))?", _read(question)[3])
    return [(share or {"=": "100", "~": "0"}[mark], _shown(text), _shown(said)) for mark, share, text, said in answers]


def _losses(question: Question) -> list[LostFeature]:
    course = _course(question)
    losses = TARGETS["gift"].package(course, course.modules, BuildOptions()).losses or ()
    return [loss.thing for loss in losses if loss.thing is not LostFeature.QUIZ_SETTINGS]


def _options(words: list[str], *right: int) -> tuple[Option, ...]:
    return tuple(
        Option(key="abcdefghijkl"[at], text=_inline(word), is_right=at in right, feedback=_inline(word), at=models.AT)
        for at, word in enumerate(words)
    )


def _inline(words: str) -> Text:
    return Text(html=html.escape(words), plain=" ".join(words.split()), inline=True, at=models.AT)


def _base(kind: str, words: str = "Hva?") -> dict[str, object]:
    return {"id": "sp-1", "type": kind, "prompt": _inline(words), "at": models.AT}


@given(words=_awkward)
def test_whatever_is_written_is_read_back(words: str) -> None:
    assert _shown(_hidden(escape(words))) == _lines(words)
    assert "\n" not in escape(words)


@given(prompt=_awkward, words=st.lists(_awkward, min_size=2, max_size=4))
def test_any_choice_question_is_read_back_whole(prompt: str, words: list[str]) -> None:
    asked = ChoiceQuestion(**_base("single", prompt), options=_options(words, 0))

    blocks = _blocks(asked)
    about, _, text, _ = _read(asked)
    read = _choices(asked)

    assert len(blocks) == 2
    assert about == "// [id:sp-1] [tag:kurs] [tag:modul-en]"
    assert html.unescape(text) == _lines(f"<p>{prompt}</p>")
    assert [share for share, _, _ in read] == ["100", *["0"] * (len(words) - 1)]
    assert [html.unescape(option).strip() for _, option, _ in read] == [_lines(word) for word in words]
    assert [html.unescape(said).strip() for _, _, said in read] == [_lines(word) for word in words]


def test_words_that_look_like_a_format_are_kept() -> None:
    # Moodle cuts the name of a format off the front of each text (parse_text_with_format), once.
    asked = ChoiceQuestion(**_base("single"), options=_options(["[html] er en etikett", "[plain]"], 0))
    assert [text for _, text, _ in _choices(asked)] == ["[html][html] er en etikett", "[html][plain]"]
    assert [said.strip() for _, _, said in _choices(asked)] == ["[html][html] er en etikett", "[html][plain]"]


def test_a_blank_line_ends_every_block() -> None:
    course = _course(models.question(), replace(models.question(), id="to"))
    (file,) = TARGETS["gift"].package(course, course.modules, BuildOptions()).files
    assert isinstance(file.content, bytes)
    text = file.content.decode()

    assert text.startswith("$CATEGORY: $course$/top/Lokalt mot/Ære & mot/Side\n\n// ")
    assert text.endswith("}\n\n")
    assert text.count("\n\n") == 3


def test_several_right_answers_share_the_mark() -> None:
    asked = ChoiceQuestion(**_base("multiple"), options=_options(["a", "b", "c"], 0, 1))

    assert [share for share, _, _ in _choices(asked)] == ["50", "50", "-50"]


def test_true_or_false_tells_the_wrong_answers_feedback_first() -> None:
    asked = ChoiceQuestion(**_base("truefalse"), options=_options(["Sant", "Usant"], 0))

    assert _read(asked)[3].strip() == "TRUE#Usant#Sant"


def test_the_explanation_is_the_general_feedback() -> None:
    asked = replace(models.question(), explanation=_inline("Slik er det."))

    assert _read(asked)[3].endswith("\n####Slik er det.\n")


def test_typed_answers_and_numbers_are_kept() -> None:
    assert [(share, text) for share, text, _ in _choices(ShortText(**_base("text"), accepted=("%5%", "a*b")))] == [
        ("100", "%5%"),
        ("100", "a\\*b"),
    ]
    assert _read(Numeric(**_base("numeric"), low=Decimal(16), high=Decimal("18.5")))[3].strip() == "#17.25:1.25"


def test_pairs_and_order_are_matching() -> None:
    pairs = (
        Pair(key="1", left=_inline("a -> b"), match="a", right=_inline("112"), at=models.AT),
        Pair(key="", left=None, match="b", right=_inline("113"), at=models.AT),
    )
    assert _read(Matching(**_base("matching"), pairs=pairs))[3] == "\n=a -&gt; b -> 112\n= -> 113\n"
    ordering = Ordering(**_base("ordering"), items=_options(["Først", "Så"], 0, 1))
    assert _read(ordering)[3] == "\n=Først -> 1\n=Så -> 2\n"
    assert _losses(ordering) == [LostFeature.ORDERING, LostFeature.FEEDBACK]


def test_one_gap_stands_in_its_text_and_more_are_left_out() -> None:
    def asked(count: int) -> Gaps:
        places = " og ".join(f'<span data-gap="{at}"></span>' for at in range(1, count + 1))
        gaps = tuple(Gap(key=str(at), accepted=("112",), at=models.AT) for at in range(1, count + 1))
        return Gaps(**_base("gaps"), body=Text(html=f"<p>Ring {places} nå.</p>", plain="…", at=models.AT), gaps=gaps)

    assert _read(asked(1))[2] == "<p>Hva?</p><p>Ring ___ nå.</p>"
    assert len(_blocks(asked(2))) == 1
    assert _losses(asked(2)) == [LostFeature.GAPS]


@pytest.mark.parametrize(
    ("changed", "lost"),
    [
        ({"hint": models.text("Tenk.")}, [LostFeature.HINT]),
        ({"points": Decimal(2)}, [LostFeature.POINTS]),
        (
            {"intro": Text(html='<p><img src="media/a.png" alt="Et rom"/></p>', plain="", at=models.AT)},
            [LostFeature.PICTURE],
        ),
    ],
)
def test_what_gift_has_no_place_for_is_reported(changed: dict[str, object], lost: list[LostFeature]) -> None:
    assert _losses(replace(models.question(), **changed)) == lost
