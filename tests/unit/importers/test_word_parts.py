# ruff: noqa: E501  # XML on one line, as Word has it
"""What Word shows is kept, and what has no like here is named. Markup as Word and LibreOffice write it (ECMA-376 part 1)."""

from pathlib import Path

from .documents import document, paragraph
from .imported import Imported, import_file

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_M = 'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_WPS = 'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
_A = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
_WP = 'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'


def _import(folder: Path, body: str, **more: str | bytes) -> Imported:
    return import_file(document(folder / "tekst.docx", body, **more), folder / "kurs")


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


def _field(instruction: str, shown: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f'{kinds[0]}<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>{kinds[1]}{_run(shown)}{kinds[2]}'


def test_an_equation_becomes_text_and_is_named(tmp_path: Path) -> None:
    part = "<m:r><m:t>{}</m:t></m:r>"
    fraction = f"<m:f><m:num>{part.format('a+b')}</m:num><m:den>{part.format('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{part.format('x')}</m:e><m:sup>{part.format('2')}</m:sup></m:sSup>"
    root = f'<m:rad><m:radPr><m:degHide m:val="1"/></m:radPr><m:deg/><m:e>{part.format("n")}</m:e></m:rad>'
    body = (
        f"<w:p>{_run('Snittet er ')}<m:oMath {_M}>{fraction}</m:oMath>{_run(' her.')}</w:p>"
        f"<w:p><m:oMathPara {_M}><m:oMath>{power}{part.format('+')}{root}</m:oMath></m:oMathPara></w:p>"
    )
    imported = _import(tmp_path, body)
    text = imported.course.modules[0].pages[0].blocks[0]
    assert text.text.plain == "Snittet er (a+b)/2 her. x^2+√n"  # type: ignore[attr-defined]
    assert [problem.values["text"] for problem in imported.findings] == ["(a+b)/2", "x^2+√n"]
    assert imported.codes == ["LM661", "LM661"]


def test_numbers_of_captions_are_kept(tmp_path: Path) -> None:
    simple = f'<w:p>{_run("Figur ")}<w:fldSimple w:instr=" SEQ Figur \\* ARABIC ">{_run("1")}</w:fldSimple>{_run(": Elva")}</w:p>'
    complicated = f"<w:p>{_run('Tabell ')}{_field(' SEQ Tabell ', '2')}{_run(': Fossen')}</w:p>"
    imported = _import(tmp_path, simple + complicated)
    assert "Figur 1: Elva\n\nTabell 2: Fossen" in imported.module
    assert imported.codes == []


def test_the_reading_of_a_word_is_kept(tmp_path: Path) -> None:
    body = f"<w:p><w:r><w:ruby><w:rt>{_run('とうきょう')}</w:rt><w:rubyBase>{_run('東京')}</w:rubyBase></w:ruby></w:r></w:p>"
    assert "東京 (とうきょう)" in _import(tmp_path, body).module


def test_a_text_box_comes_once_behind_its_paragraph(tmp_path: Path) -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>Husk dette.</w:t></w:r></w:p></w:txbxContent>"
    new = f'<w:drawing><wp:anchor {_WP}><a:graphic {_A}><a:graphicData uri="x/wordprocessingShape"><wps:wsp {_WPS}><wps:txbx>{box}</wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>'
    old = f'<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>{box}</v:textbox></v:shape></w:pict>'
    both = f'<mc:AlternateContent {_MC}><mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    for number, content in enumerate((both, new, old)):
        folder = tmp_path / str(number)
        folder.mkdir()
        imported = _import(folder, f"<w:p>{_run('Før.')}<w:r>{content}</w:r></w:p>" + paragraph("Etter."))
        assert "Før.\n\nHusk dette.\n\nEtter." in imported.module
        assert imported.module.count("Husk dette") == 1
        assert imported.codes == []


def test_boxes_in_boxes_and_in_a_row_keep_their_order(tmp_path: Path) -> None:
    def box(*blocks: str) -> str:
        return f'<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{"".join(blocks)}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'

    inner = box(paragraph("Tre."))
    first = box(paragraph("En."), f"<w:p>{_run('To.')}{inner}</w:p>", paragraph("Fire."))
    imported = _import(tmp_path, f"<w:p>{_run('Null.')}{first}{box(paragraph('Fem.'))}</w:p>")
    assert "Null.\n\nEn.\n\nTo.\n\nTre.\n\nFire.\n\nFem." in imported.module


def test_the_prompt_of_an_empty_field_is_left_out_and_named(tmp_path: Path) -> None:
    control = "<w:sdt><w:sdtPr>{}</w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
    body = (
        f"<w:p>{_run('Navn: ')}{control.format('<w:showingPlcHdr/>', _run('Klikk her for å skrive.'))}</w:p>"
        f"<w:p>{_run('Sted: ')}{control.format('', _run('Alta'))}</w:p>"
    )
    imported = _import(tmp_path, body)
    assert "Navn:\n\nSted: Alta" in imported.module
    assert "Klikk" not in imported.module
    assert imported.codes == ["LM662"]


def test_a_page_break_leaves_a_blank(tmp_path: Path) -> None:
    imported = _import(tmp_path, f'<w:p>{_run("Første")}<w:r><w:br w:type="page"/></w:r>{_run("andre")}</w:p>')
    text = imported.course.modules[0].pages[0].blocks[0]
    assert text.text.html == "<p>Første<br/>andre</p>"  # type: ignore[attr-defined]


def test_a_list_goes_on_after_a_paragraph(tmp_path: Path) -> None:
    numbering = (
        f'<w:numbering {_W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num></w:numbering>'
    )

    def item(text: str, listed: int = 1) -> str:
        return (
            f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="{listed}"/></w:numPr></w:pPr>{_run(text)}</w:p>'
        )

    body = (
        item("Ring")
        + item("Vent")
        + paragraph("Så hender noe.")
        + item("Skriv")
        + item("Send")
        + paragraph("Nytt.")
        + item("Les", 2)
        + item("Lær", 2)
    )
    imported = _import(tmp_path, body, **{"word__numbering.xml": numbering})
    assert "1. Ring\n2. Vent\n\nSå hender noe.\n\n3. Skriv\n4. Send\n\nNytt.\n\n1. Les\n2. Lær" in imported.module


def test_a_screen_tip_is_no_part_of_an_address(tmp_path: Path) -> None:
    instruction = ' HYPERLINK "https://www.nav.no/familie" \\l "hjelp" \\o "Gå til NAV" \\t "_blank" '
    split = instruction.partition(" \\o")
    pieces = f'{split[0]}</w:instrText></w:r><w:r><w:instrText xml:space="preserve">{split[1]}{split[2]}'
    simple = f'<w:fldSimple w:instr=\' HYPERLINK "https://www.ung.no" \\o "Ung" \'>{_run("Ung")}</w:fldSimple>'
    imported = _import(
        tmp_path,
        f"<w:p>{_field(instruction, 'NAV')}{_run(', ')}{_field(pieces, 'NAV igjen')}{_run(', ')}{simple}</w:p>",
    )
    assert "[NAV](https://www.nav.no/familie" in imported.module
    assert "[NAV igjen](https://www.nav.no/familie" in imported.module
    assert "[Ung](https://www.ung.no)" in imported.module
    assert "Gå til NAV" not in imported.module


def test_merged_cells_are_kept(tmp_path: Path) -> None:
    def cell(text: str, settings: str = "") -> str:
        return f"<w:tc><w:tcPr>{settings}</w:tcPr><w:p>{_run(text)}</w:p></w:tc>"

    wide, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (cell("Begge", wide) + cell("Ned", down), cell("a") + cell("b") + cell("", on))
    body = f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"
    imported = _import(tmp_path, body)
    assert '<td colspan="2">' in imported.module
    assert '<td rowspan="2">' in imported.module
    assert imported.codes == []


def test_charts_comments_and_unknown_parts_are_named_in_words(tmp_path: Path) -> None:
    chart = f'<w:p><w:r><w:drawing><wp:inline {_WP}><a:graphic {_A}><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"/></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    body = (
        paragraph("Tekst om vann.") + chart
        + f'<w:p>{_run("Mer")}<w:r><w:commentReference w:id="1"/></w:r><w:r><w:sym w:font="Ukjent" w:char="F123"/></w:r><w:r><w:nyttElement/></w:r></w:p>'
        + paragraph("Sagt", "Egen")
    )  # fmt: skip
    styles = f'<w:styles {_W}><w:style w:type="paragraph" w:styleId="Egen"><w:name w:val="Kapittel hos oss"/></w:style></w:styles>'
    comments = f'<w:comments {_W}><w:comment w:id="1"><w:p>{_run("Fjern?")}</w:p></w:comment></w:comments>'
    imported = _import(tmp_path, body, **{"word__styles.xml": styles, "word__comments.xml": comments})
    named = {problem.values["what"] for problem in imported.findings if problem.code == "LM663"}
    assert named == {"et diagram", "kommentarer", "et spesialtegn", "en del som Word kaller w:nyttElement"}
    assert [problem.values["what"] for problem in imported.findings if problem.code == "LM664"] == [
        "“Kapittel hos oss”"
    ]
    assert "Fjern?" not in imported.module


def test_boxes_that_are_ticked_in_the_document_are_a_key(tmp_path: Path) -> None:
    w14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'
    box = '<w:sdt><w:sdtPr><w14:checkbox {}><w14:checked w14:val="{}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☐</w:t></w:r></w:sdtContent></w:sdt>'
    lines = "".join(
        f"<w:p>{box.format(w14, ticked)}{_run(' ' + text)}</w:p>" for text, ticked in (("Ja", 1), ("Nei", 0))
    )
    (question,) = _import(tmp_path, paragraph("Kan du melde?") + lines).questions.values()
    assert [(option.text.plain, option.is_right) for option in question.options] == [("Ja", True), ("Nei", False)]  # type: ignore[attr-defined]
