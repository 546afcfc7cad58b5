"""Text that looks like something else is reported where it is, and ordinary text is left alone."""

from pathlib import Path

import pytest

from lokaltmot_lms.model import Prose
from lokaltmot_lms.source import ReadResult, read_course

FRONT = "---\ntittel: P\nid: p\nversjon: 1\nspråk: nb\n---\n# S {#s}\n\n"  # the text begins on line 9
QUESTIONS = {
    "options": "- [x] Vann\n- [ ] Skum",
    "one option": "- (x) Vann\n- ( ) Skum",
    "stars": "* (X) Vann\n* ( ) Skum",
    "bullets": "• [x] Vann\n• [ ] Skum",
    "numbers": "1. (x) Vann\n2. ( ) Skum",
    "letters": "a) [x] Vann\nb) [ ] Skum",
    "no bullet": "(x) Vann\n( ) Skum",
    "full-width": "-（x） Vann\n-（ ） Skum",
    "no right one": "- ( ) Vann\n- ( ) Skum",
    "a quote": "> - [x] Vann\n> - [ ] Skum",
    "answer": "Svar: 110",
    "answer in English": "Answer: 110 | the fire service",
    "answer in capitals": "SVAR : 110",
    "answer with a wide colon": "Svar：110",
    "answer below": "Svar:\n110",
    "pairs": "- Skum => væske\n- Teppe => klær",
    "pairs and a distractor": "- Skum => væske\n- => papir",
    "pairs without bullets": "Skum => væske\nTeppe => klær",
    "a pair without its arrow": "- Skum => væske\n- Teppe klær",
    "order": "Rekkefølge:\n\n1. Varsle\n2. Slukke",
    "order in English": "Order:\n1. Warn\n2. Put out",
    "scale": "Skala: Aldri … Alltid (5)\n\n- Jeg vet det",
    "scale with points": "Scale: Never ... Always\n\n- I know",
    "menu": "Ring [[ *110* | 112 ]] først.",
    "menu without stars": "Ring [[ 110 | 112 | 113 ]] først.",
    "case": "- Ring -> #ring\n- Vent -> #vent",
}


def _read(folder: Path, text: str, front: str = FRONT) -> ReadResult:
    file = folder / "m.md"
    file.write_text(f"{front}{text}\n", encoding="utf-8")
    return read_course(file)


def _found(folder: Path, text: str, front: str = FRONT) -> list[tuple[str, int, int]]:
    return [(found.code, found.at.line, found.at.column) for found in _read(folder, text, front).problems]


def _html(folder: Path, text: str) -> str:
    reading = _read(folder, text)
    assert reading.course is not None
    return "".join(block.text.html for block in reading.course.modules[0].pages[0].blocks if isinstance(block, Prose))


@pytest.mark.parametrize("above", ["", "Hva bruker du?\n\n", "## Hva bruker du?\n\n", "::: important\n"])
@pytest.mark.parametrize("form", QUESTIONS)
def test_a_question_outside_a_quiz_is_an_error(tmp_path: Path, form: str, above: str) -> None:
    closing = "\n:::" if above.startswith(":::") else ""
    problems = [found for found in _read(tmp_path, above + QUESTIONS[form] + closing).problems if found.code == "LM156"]
    assert [found.at.line for found in problems] == [9 + above.count("\n")]
    block = "::: case" if form == "case" else "::: quiz"
    assert block in problems[0].hint("nb")


def test_each_heading_gets_its_own_report(tmp_path: Path) -> None:
    text = "## A\n\n- [x] a\n- [ ] b\n\nSvar: 1\n\n## B\n\nSvar: 2"
    assert [(code, line) for code, line, _ in _found(tmp_path, text)] == [("LM156", 11), ("LM156", 18)]


@pytest.mark.parametrize(
    "text",
    [
        "- Vann\n- Skum",
        "- [Vann](https://www.dsb.no)\n- [x](https://www.dsb.no)",
        "Svaret er 110.",
        "Svar\\: 110",
        "- \\[x] Vann\n- \\[ ] Skum",
        "- \\(x) Vann\n- \\( ) Skum",
        "- Skum \\=> væske\n- Teppe \\=> klær",
        "Røyk => ild, sier mange, men det er sjelden så enkelt som det høres ut til når en hører det sagt første gang.",
        "- Åpne Innstillinger => Lyd\n- Velg styrke\n- Lukk",
        "Rekkefølge: den som står nærmest, går først.",
        "Skala: 1:50 000",
        "`Svar: 110`\n\n`- [x]` er et riktig svar.",
        "```\n- [x] Vann\nSvar: 110\n```",
        "Fakta: Brann dobles hvert minutt.",
        "Hint: Ta trappa.",
        "Spørsmål (a) og (b) er de samme.",
        "Området heter x(1) = [x].",
        "::: facilitator\nSvar: 110\n\n- [ ] kaffe\n- [x] stoler\n:::",
        "<!-- Svar: 110 -->\n\nTekst.",
    ],
)
def test_ordinary_text_is_no_question(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, text) == []


def test_a_glossary_word_is_no_gap(tmp_path: Path) -> None:
    text = "Bruk [[teppe]] eller [[teppe|tepper]].\n\n::: ordliste\nteppe\n: Kveler ild.\n:::"
    assert _found(tmp_path, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "17. mai er fri.\n\n24. desember stenger vi.",
        "1. mai er fri.\n\n8. mai er fri.\n\n17. mai er fri.",
        "1. juledag er stengt.\n\n2. juledag er stengt.",
        "31. des. og 1. jan. er stengt.",
        "1. søndag i advent tenner vi lys.",
        "24. og 31. desember er stengt.",
        "17. 5. 2027 er fri.",
        "17.5.2027 er fri.",
        "2027. Det året åpner bygget.\n\n2031. Da er det betalt.",
        "196. Plikten gjelder alle.\n\n282. Mishandling straffes.",
        "1. ledd gjelder alle.\n\n2. ledd gjelder barn.",
        "§ 5. Alle skal varsle.",
        "Vi ses\n17. mai.",
    ],
)
def test_a_date_a_year_or_a_section_stays_as_written(tmp_path: Path, text: str) -> None:
    assert _found(tmp_path, text) == []
    html = _html(tmp_path, text)
    assert "<li>" not in html
    assert html == "\n".join(f"<p>{paragraph}</p>" for paragraph in text.split("\n\n"))


def test_a_date_in_a_list_of_items_stays_as_written(tmp_path: Path) -> None:
    assert _html(tmp_path, "- 17. mai\n- 24. desember") == "<ul>\n<li>17. mai</li>\n<li>24. desember</li>\n</ul>"


def test_a_date_after_a_list_is_no_item_of_it(tmp_path: Path) -> None:
    text = "1. Ring.\n2. Vent.\n\n17. mai er fri.\n\n196. Plikten gjelder alle."
    assert _found(tmp_path, text) == []
    assert _html(tmp_path, text).endswith("</ol>\n<p>17. mai er fri.</p>\n<p>196. Plikten gjelder alle.</p>")


def test_a_list_of_months_is_a_list(tmp_path: Path) -> None:
    html = _html(tmp_path, "1. januar\n2. februar\n3. mars")
    assert html == "<ol>\n<li>januar</li>\n<li>februar</li>\n<li>mars</li>\n</ol>"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1. a\n2. b\n3. c", []),
        ("1. a\n1. b\n1. c", []),
        ("1) a\n2) b", []),
        ("1. a\n\n   mer\n\n2. b", []),
        ("1. a\n3. b\n2. c", [("LM157", 10, 1)]),
        ("1. a\n2. b\n2. c", [("LM157", 11, 1)]),
        ("3. etasje er stengt.\n\n5. etasje er åpen.", [("LM157", 11, 1)]),
        ("17. Mai er fri.\n\n24. Desember er stengt.", [("LM157", 11, 1)]),
        ("1. Ring.\n17. mai er fri.", [("LM157", 10, 1)]),
        ("2. a\n1. b", [("LM157", 10, 1)]),
        ("- x\n  1. a\n  4. b\n- y", [("LM157", 11, 3)]),
        ("> 1. a\n> 3. b", [("LM157", 10, 3)]),
        ("3. a\n4. b", [("LM158", 9, 1)]),
        ("1. a\n2. b\n\nTekst.\n\n3. c\n4. d", [("LM158", 14, 1)]),
        ("- 3. etasje\n- 5. etasje", [("LM172", 9, 1), ("LM172", 10, 1)]),
    ],
)
def test_a_list_that_is_numbered_otherwise_is_reported(
    tmp_path: Path, text: str, expected: list[tuple[str, int, int]]
) -> None:
    assert _found(tmp_path, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hvis a<b og c>d, så.", [("LM193", 9, 7)]),
        ("En linje.\nHvis a<b og c>d, så.", [("LM193", 10, 7)]),
        ("- en\n\n  Hvis a<b og c>d.\n\n- to", [("LM193", 11, 9)]),
        ("Vi har a<b>c.", [("LM194", 9, 9)]),
        ("`<b>` og <b>.", [("LM194", 9, 10)]),
        ("Vi vet at a<b, og at c>d, og 2 < 3.", []),
        ("Flaten er $x^2$ stor.", [("LM159", 9, 11)]),
        ("En linje.\n\n- a\n- b \\(y^2\\)", [("LM159", 12, 5)]),
        ("Det koster 50$ eller 90$, og 100 $ i alt.", []),
        ("`$x^2$`", []),
        ("##\u00a0Utstyr", [("LM126", 9, 3)]),
        ("-\u00a0hansker\n-\u00a0hjelm", [("LM126", 9, 2), ("LM126", 10, 2)]),
        ("1.\u00a0Ring\n2.\u00a0Vent", [("LM126", 9, 3), ("LM126", 10, 3)]),
        ("\u00a0- hansker\n- hjelm", [("LM126", 9, 1), ("LM172", 10, 1)]),
        ("17.\u00a0mai er fri, og 3.\u00a0juni.", []),
        ("Husk:\n\t- hansker\n\t- hjelm", [("LM195", 10, 2), ("LM195", 11, 2)]),
        ("Husk:\n    1. hansker\n    2. hjelm", [("LM195", 10, 5), ("LM195", 11, 5)]),
        ("| a | b |\n| --- | --- |\n| 1 | 2 | 3 |\n| 4 | |", [("LM196", 11, 1)]),
        ("- | a | b |\n  | --- | --- |\n  | 1 | 2 |\n- x", []),
        ("– Kommer du?\n– Nei.", [("LM197", 10, 1)]),
        ("– Kommer du?\n\n– Nei.", []),
        ("17. mai er fri.\n24. desember er fri.", [("LM197", 10, 1)]),
        ("En\ttabulator {{fakta.x}}", [("LM180", 9, 22)]),
        ("![Et hus](media/hus.svg «Et hus»)", [("LM155", 9, 25), ("LM175", 9, 9)]),
    ],
)
def test_it_is_reported_in_its_place(tmp_path: Path, text: str, expected: list[tuple[str, int, int]]) -> None:
    assert sorted(_found(tmp_path, text)) == sorted(expected)


@pytest.mark.parametrize(
    ("front", "expected"),
    [
        ("tittel:\u00a0P\nid: p\nversjon: 1", [("LM126", 2, 8)]),
        ("tittel: P\nid:\u202fp\nversjon: 1", [("LM126", 3, 4)]),
        ("tittel: P\nid: p\nversjon:\u00a01", [("LM126", 4, 9)]),
        ("tittel: P\nid: p\nversjon: 1\nlæringsmål:\n  -\u00a0se\n  - si", [("LM126", 6, 4)]),
        ("tittel: P\nid: p\nversjon: 1\nlæringsmål:\n\u00a0- se", [("LM126", 6, 1)]),
        ("tittel: P\nid: p\nversjon: 1\nvarighet: 35\u00a0min\nbestått: 80\u00a0%", []),
        ("tittel: P\nid: p\nversjon: 1\nbeskrivelse: |\n  Merk:\u00a0alt", []),
        ("tittel:P\nid: p\nversjon: 1", [("LM125", 2, 8)]),
        ("tittel: P\nid:p\nversjon: 1", [("LM125", 3, 4)]),
        ("tittel: P\nid: p\nversjon:1", [("LM125", 4, 9)]),
        ("tittel: P\nid: p\nversjon: 1\nlæringsmål:\n- se\n-si", [("LM125", 7, 2)]),
        ("tittel P\nid: p\nversjon: 1", [("LM110", 2, 1)]),
        ("tittel: P\nid p\nversjon: 1", [("LM110", 3, 1)]),
        ("tittel: P\nid: p\nversjon 1", [("LM110", 4, 1)]),
        ("tittel: P\nid： p\nversjon: 1", [("LM110", 3, 3)]),
        ("tittel: P\n\tid: p\nversjon: 1", [("LM112", 3, 1)]),
        ("tittel:\tP\nid: p\nversjon: 1", [("LM112", 2, 8)]),
        ("tittel: «Hva: er»\nid: p\nversjon: 1", [("LM111", 2, 13)]),
        ('tittel: "P»\nid: p\nversjon: 1', [("LM110", 2, 9)]),
        ("tittel: «P»\nid: p\nversjon: 1", [("LM128", 2, 9)]),
        ("tittel: Hun sa «nei»\nid: p\nversjon: 1", []),
        ("tittel: P\nid: «p»\nversjon: 1", [("LM128", 3, 5), ("LM141", 3, 5)]),
    ],
)
def test_the_front_matter_is_reported_in_its_place(
    tmp_path: Path, front: str, expected: list[tuple[str, int, int]]
) -> None:
    assert _found(tmp_path, "Tekst.", f"---\n{front}\n---\n# S {{#s}}\n\n") == expected


@pytest.mark.parametrize(
    ("front", "hint"),
    [
        ("tittel: P\nid: p\nversjon: 1\nForfatter: Kari", ""),
        ("title: P\nid: p\nversion: 1\nAuthor: Kari", ""),
        ("tittel: P\nid: p\nversjon: 1\nvarigheit: 5 min", "«varighet»"),
        ("title: P\nid: p\nversion: 1\nduraton: 5 min", "«duration»"),
        ("tittel: P\nid: p\nversjon: 1\nlangauge: nb", "«språk»"),
        ("title: P\nid: p\nversion: 1\nbeskrivels: x", "«description»"),
    ],
)
def test_a_keyword_is_suggested_in_the_language_of_the_file(tmp_path: Path, front: str, hint: str) -> None:
    (problem,) = _read(tmp_path, "Tekst.", f"---\n{front}\n---\n# S {{#s}}\n\n").problems
    assert problem.code == "LM117"
    said = problem.hint("nb")
    assert said == (
        f"Mente du {hint}?"
        if hint
        else "Ta bort linjen. «The course format» i dokumentasjonen viser hva som kan stå her."
    )


@pytest.mark.parametrize(
    ("written", "suggested"),
    [("bilde.png", ""), ("kartt.png", "kart.jpg"), ("kart.webp", "kart.jpg"), ("bildetekst.png", "")],
)
def test_a_missing_image_is_answered_with_an_image_or_nothing(tmp_path: Path, written: str, suggested: str) -> None:
    for name in ("bildetekst.md", "bilde.md", "kart.jpg"):
        (tmp_path / name).write_bytes(b"x")
    found = [problem for problem in _read(tmp_path, f"![Et kart]({written})").problems if problem.code == "LM131"]
    assert [problem.values["nearest"] for problem in found] == [suggested]
