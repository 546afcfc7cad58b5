"""A course as data with everything a page can hold, for the tests of the pages."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from lokaltmot_lms.errors import Position
from lokaltmot_lms.model import (
    Case,
    Choice,
    ChoiceQuestion,
    Course,
    Fact,
    Figure,
    Film,
    Gap,
    Gaps,
    Glossary,
    Hotspot,
    Important,
    Likert,
    Matching,
    Media,
    Module,
    Notice,
    Numeric,
    Option,
    Ordering,
    Page,
    Pair,
    Prose,
    Question,
    Quiz,
    Reflection,
    ShortText,
    Slot,
    Spot,
    Statement,
    Step,
    Term,
    Text,
)

AT = Position(path="sample.md")
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301"
    "0100c9fe92ef0000000049454e44ae426082"
)
SVG = """<?xml version="1.0"?>
<!DOCTYPE svg [<!ENTITY x "boo">]>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
  viewBox="0 0 340 120" onload="alert(1)">
  <title>Drawn</title><defs><linearGradient id="g">
  <stop offset="0" style="stop-color:var(--fjord,#0f4c5c)"/></linearGradient></defs>
  <script>alert(2)</script><style>p{display:none}</style>
  <foreignObject><p xmlns="http://www.w3.org/1999/xhtml">no</p></foreignObject>
  <rect id="r" width="340" height="120" rx="10" style="fill:var(--sky,#e4eff2)"/>
  <circle cx="60" cy="60" r="36" fill="url(#g)"/><use xlink:href="#r" x="400"/><image href="https://example.org/x.png"/>
  <text x="120" y="66" style="fill:var(--ink,#16302f)" onclick="alert(3)">Skjer det igjen og igjen?</text>
</svg>"""


def text(html: str, plain: str = "") -> Text:
    """Return a text whose plain form is given, or the same."""
    return Text(html=html, plain=plain or html, inline=not html.startswith("<p"), at=AT)


def paragraph(words: str) -> Text:
    """Return one paragraph."""
    return text(f"<p>{words}</p>", words)


def options(*given: tuple[str, bool, str]) -> tuple[Option, ...]:
    """Return options a, b, c … from (words, is right, feedback)."""
    return tuple(
        Option(key=key, text=text(words), is_right=right, feedback=paragraph(said) if said else None, at=AT)
        for key, (words, right, said) in zip("abcdef", given, strict=False)
    )


def every_question() -> tuple[Question, ...]:
    """Return one question of each type."""
    common = {"explanation": paragraph("Plikten går foran taushetsplikten."), "at": AT}
    return (
        ChoiceQuestion(
            id="avverging",
            type="single",
            prompt=text("Hvem har avvergingsplikt?"),
            hint=paragraph("Tenk på <em>enhver</em>."),
            options=options(
                ("Bare politiet", False, "Politiet etterforsker. Men plikten gjelder også deg."),
                ("Alle", True, "Plikten gjelder enhver – ansatt, frivillig og privatperson."),
                ("Bare ansatte i barnevernet", False, ""),
            ),
            **common,
        ),
        ChoiceQuestion(
            id="sant",
            type="truefalse",
            prompt=text("Gutter kan også være utsatt."),
            options=options(("Sant", True, "Ja. Også gutter."), ("Usant", False, "Nei. Mange er gutter.")),
            **common,
        ),
        ChoiceQuestion(
            id="tegn",
            type="multiple",
            prompt=text("Hvilke tegn kan gi grunn til bekymring?"),
            options=options(("Plutselig fravær", True, ""), ("Aldri alene", True, ""), ("Liker å lese", False, "")),
            **common,
        ),
        ShortText(id="tjeneste", type="text", prompt=text("Hvilken tjeneste?"), accepted=("barnevernet",), **common),
        Numeric(
            id="alder",
            type="numeric",
            prompt=text("Hvor gammel må man være?"),
            low=Decimal(18),
            high=Decimal(18),
            **common,
        ),
        Matching(
            id="koble",
            type="matching",
            prompt=text("Koble tjenesten til oppgaven."),
            pairs=(
                Pair(
                    key="1", left=text("Barnevernet"), match="a", right=text("Beskytter barn mot omsorgssvikt"), at=AT
                ),
                Pair(key="2", left=text("Krisesenteret"), match="b", right=text("Gir et trygt botilbud"), at=AT),
                Pair(key="", left=None, match="c", right=text("Behandler asylsøknader"), at=AT),
            ),
            **common,
        ),
        Ordering(
            id="steg",
            type="ordering",
            prompt=text("Sett stegene i riktig rekkefølge."),
            items=options(("Lytt til den unge", True, ""), ("Drøft saken anonymt", True, ""), ("Meld fra", True, "")),
            **common,
        ),
        Gaps(
            id="fyll",
            type="gaps",
            prompt=text("Fyll inn."),
            body=text(
                '<p>Plikten står i straffeloven § <span data-gap="1"></span>, og gjelder '
                '<span data-gap="2"></span>.</p>',
                "…",
            ),
            gaps=(
                Gap(key="1", accepted=("196",), at=AT),
                Gap(key="2", options=options(("alle", True, ""), ("bare politiet", False, "")), at=AT),
            ),
            **common,
        ),
        Hotspot(
            id="sted",
            type="hotspot",
            prompt=text("Hvor bør dere sitte?"),
            picture="media/rom.svg",
            alt="Et rom med to felt",
            spots=tuple(
                Spot(
                    key=key,
                    text=text(words),
                    is_right=key == "b",
                    feedback=paragraph("Der er dere alene."),
                    x=Decimal(x),
                    y=Decimal(20),
                    width=Decimal(20),
                    height=Decimal(50),
                    at=AT,
                )
                for key, words, x in (("a", "Ved døra", 5), ("b", "Ved vinduet", 60))
            ),
            multiple=False,
            **common,
        ),
        Likert(
            id="enig",
            type="likert",
            prompt=text("Hvor enig er du?"),
            low="Helt uenig",
            high="Helt enig",
            steps=5,
            points=Decimal(0),
            statements=(
                Statement(key="1", text=text("Jeg vet hvem jeg skal ringe"), at=AT),
                Statement(key="2", text=text("Jeg tør å spørre"), at=AT),
            ),
            at=AT,
        ),
    )


def pages() -> tuple[Page, ...]:
    """Return pages that hold every block."""
    first = Page(
        id="kjenne-igjen",
        title=text("Når omsorg blir til kontroll"),
        at=AT,
        blocks=(
            Prose(
                text=text(
                    "<p>Foreldre har vid rett til å følge opp barna sine. "
                    '<span data-term="negativ sosial kontroll">Negativ sosial kontroll</span> er noe annet: press, '
                    "oppsyn, trusler "
                    "eller tvang som <em>systematisk</em> begrenser livet.</p>",
                    "Foreldre har vid rett til å følge opp barna sine. " * 3,
                ),
                at=AT,
            ),
            Notice(text=paragraph("Vi skriver om press og frykt i nære forhold."), skip="quiz-side", at=AT),
            Film(
                kind="video",
                path="media/film.mp4",
                title="Hvem ser hva?",
                speaker="Kari Nordmann, NKVTS",
                captions="media/film.nb.vtt",
                transcript=paragraph("En jente går hjem."),
                poster="media/film.png",
                chapters="media/kapitler.vtt",
                length="1:24",
                at=AT,
            ),
            Prose(
                text=text(
                    '<p>Les mer hos <a href="https://lovdata.no">Lovdata</a> eller på '
                    '<a href="#quiz-side">siste side</a>.</p>'
                    "<h2>Tre spørsmål du kan stille deg</h2><ul>"
                    "<li>Skjer det igjen og igjen?</li><li>Står det i forhold?</li></ul>"
                    "<table><thead><tr><th>Ord</th><th>År</th></tr></thead><tbody><tr><td>Sak</td><td>2023</td></tr></tbody></table>",
                    "Les mer.",
                ),
                at=AT,
            ),
            Important(
                text=text(
                    '<p><strong>Er noen i fare nå?</strong><br/>Ring <span data-fact="nod">112</span>.</p>', "Ring 112."
                ),
                at=AT,
            ),
            Figure(path="media/rom.svg", alt="Tre spørsmål", caption=paragraph("Det er mønsteret som teller."), at=AT),
            Figure(path="media/bilde.png", alt="Et vindu", at=AT),
        ),
    )
    story = Page(
        id="sofia",
        title=text("Sofia, 16 år"),
        at=AT,
        blocks=(
            Case(
                id="sofia-sak",
                at=AT,
                steps=(
                    Step(
                        id="start",
                        title=text("Samtalen"),
                        text=paragraph("Sofia vil ikke reise. Hva gjør du?"),
                        at=AT,
                        choices=(
                            Choice(text=text("Ringer foreldrene"), to="ring", at=AT),
                            Choice(text=text("Snakker mer med Sofia alene"), to="snakk", at=AT),
                        ),
                    ),
                    Step(
                        id="ring",
                        title=text("Du ringte"),
                        text=paragraph("Nå vet de det."),
                        at=AT,
                        choices=(Choice(text=text("Gå tilbake og velg på nytt"), to="start", at=AT),),
                    ),
                    Step(id="snakk", title=text("Dere snakket"), text=paragraph("Du drøfter saken."), at=AT),
                ),
            ),
            Reflection(id="min-tjeneste", text=paragraph("Hvor i din tjeneste kan dere møte dette?"), at=AT),
            Film(
                kind="audio",
                path="media/lyd.mp3",
                title="Hør Sofia",
                transcript=paragraph("Hei."),
                length="0:20",
                at=AT,
            ),
        ),
    )
    word = Term(word="negativ sosial kontroll", meaning=paragraph("Press, oppsyn, trusler eller tvang."), at=AT)
    words = Page(id="ordliste", title=text("Ordliste"), at=AT, blocks=(Glossary(terms=(word,), at=AT),))
    quiz = Quiz(id="quiz", questions=every_question(), retry_wrong=True, at=AT)
    return (
        first,
        story,
        words,
        Page(id="quiz-side", title=text("Quiz"), at=AT, blocks=(Prose(text=paragraph("Ti spørsmål."), at=AT), quiz)),
    )


def media_files(folder: Path) -> dict[str, Media]:
    """Write the media of the sample in a folder and return what the reader would know of them."""
    vtt = "WEBVTT\n\n00:00:00.000 --> 00:00:10.000\nStart\n\n00:01:12.500 --> 00:01:20.000\n<b>Veien hjem</b>\n"
    written = {
        "media/film.mp4": b"\0" * 1_600_000,
        "media/film.nb.vtt": vtt.encode(),
        "media/kapitler.vtt": vtt.encode(),
        "media/film.png": PNG,
        "media/bilde.png": PNG,
        "media/lyd.mp3": b"\0" * 240_000,
        "media/rom.svg": SVG.encode(),
    }
    (folder / "media").mkdir(exist_ok=True)
    media = {}
    for path, content in written.items():
        file = folder / path
        file.write_bytes(content)
        size = (1, 1) if path.endswith(".png") else (None, None)
        media[path] = Media(path=path, file=file, size=len(content), width=size[0], height=size[1], at=AT)
    return media


def sample_course(folder: Path) -> Course:
    """Return a course of one module, in bokmål with an English translation."""
    slots = (
        *(Slot(id=page.id, kind="page") for page in pages()),
        *(Slot(id=q.id, kind=q.type, width=0) for q in every_question()),
    )
    module = Module(
        id="nsk-innforing",
        title="Negativ sosial kontroll",
        version="2026.1",
        language="nb",
        pages=pages(),
        minutes=18,
        quick_exit=True,
        license="CC BY 4.0",
        goals=("kjenne igjen tegn", "starte en trygg samtale"),
        slots=slots,
        at=AT,
    )
    translated = replace(module, language="en", title="Negative social control")
    facts = {
        "nod": Fact(key="nod", text="112", name="Politiet, nødnummer", source="Politiet", confidence="A", at=AT),
        "alarm": Fact(
            key="alarm",
            text="116 111",
            name="Alarmtelefonen",
            url="https://www.116111.no",
            source="B",
            confidence="A",
            at=AT,
        ),
    }
    return Course(
        id="proeve",
        title="Prøve",
        folder=folder,
        languages=("nb", "en"),
        modules=(replace(module, translations=(translated,)),),
        facts=facts,
        help_lines=("nod", "alarm"),
        media=media_files(folder),
        contact="Nettverket",
        license="CC BY 4.0",
        at=AT,
    )
