"""What reads back differently is written again with every sign escaped: only that part, and only when it helps."""

from pathlib import Path

from lokaltmot_lms.errors import Position
from lokaltmot_lms.importers.base import Draft
from lokaltmot_lms.importers.folder import Made, make_folder
from lokaltmot_lms.model import Block, ChoiceQuestion, Module, Option, Page, Prose, Quiz, Text

AT = Position(path="kilde.xml")
PLAIN = "Dette er en setning. Og en til, med komma."
ODD = "## ｛#a｝"  # our reader reports it as a heading with a slip; escaped, it is text
TOO_LONG = "ord, " * 5000  # our reader refuses a paragraph of more than 20,000 characters


def _text(html: str, *, inline: bool = False) -> Text:
    return Text(html=html, plain=html, inline=inline, at=AT)


def _written(folder: Path, *blocks: Block) -> tuple[str, Made]:
    page = Page(id="side", title=_text("Side nr. 1", inline=True), blocks=blocks, at=AT)
    module = Module(
        id="m", title="M", version="1", language="nb", pages=(page,), license="x", audience="x", goals=("x",), at=AT
    )
    made = make_folder(Draft(title="Kurs", language="nb", modules=(module,)), folder / "kurs")
    text = (made.folder / "01-m.md").read_text(encoding="utf-8")
    return text[text.index("\n# ") + 1 :], made


def test_only_the_odd_paragraph_is_escaped(tmp_path: Path) -> None:
    text, made = _written(tmp_path, Prose(text=_text(f"<p>{PLAIN}</p><p>{ODD}</p><p>{PLAIN}</p>"), at=AT))
    assert text == (f"# Side nr. 1 {{#side}}\n\n{PLAIN}\n\n&#35;&#35; &#65371;&#35;a&#65373;\n\n{PLAIN}\n")
    assert made.findings == ()


def test_only_the_odd_option_is_escaped(tmp_path: Path) -> None:
    options = tuple(
        Option(key=key, text=_text(words, inline=True), is_right=key == "a", feedback=None, at=AT)
        for key, words in (("a", "Ja, nå."), ("b", ODD.replace("a", "hei")), ("c", "Nei, aldri."))
    )
    prompt = _text("Er det sant, eller ikke?", inline=True)
    question = ChoiceQuestion(id="q", type="single", prompt=prompt, options=options, at=AT)
    text, made = _written(tmp_path, Quiz(id="side", questions=(question,), at=AT))
    assert "## Er det sant, eller ikke? {#q}\n\n- (x) Ja, nå.\n- ( ) " in text
    assert "- ( ) Nei, aldri." in text
    assert made.findings == ()


def test_what_escaping_does_not_help_stays_as_it_was(tmp_path: Path) -> None:
    text, made = _written(tmp_path, Prose(text=_text(f"<p>{PLAIN}</p><p>{TOO_LONG}</p><p>{ODD}</p>"), at=AT))
    assert "&#44;" not in text
    assert "ord, ord, " in text
    assert "&#35;&#35; &#65371;&#35;a&#65373;" in text
    assert [(problem.code, problem.values["name"]) for problem in made.findings] == [("LM633", "side")]


def test_loose_words_after_a_list_are_a_paragraph(tmp_path: Path) -> None:
    text, made = _written(
        tmp_path,
        Prose(text=_text("<p>Før.</p><ul><li>en</li><li>to</li></ul>"), at=AT),
        Prose(text=_text("Etter."), at=AT),
    )
    assert text == "# Side nr. 1 {#side}\n\nFør.\n\n- en\n- to\n\nEtter.\n"
    assert made.findings == ()
