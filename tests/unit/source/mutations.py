# ruff: noqa: E501  # a table: one mistake per line
"""A module that uses every mark once, and typing mistakes that can be made in it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

MODULE = """\
---
title: Prøvemodul
id: prove
version: 2026.1
language: nb
duration: 35 min
pass: 80 %
completion: all pages and passed quiz
quick-exit: yes
license: CC BY 4.0
---

# Kjenne igjen {#kjenne-igjen}

Negativ sosial kontroll er **oppsyn** og *press*. Ring {{fact.politi}} nå.
Trykk på [[ære]] og les [mer](https://www.bufdir.no). {{local.contact}}

## Tre ting

- Du spør.
- Du hører.

Etter listen kommer en setning til.

1. Spør først.
2. Hør etter.
3. Meld fra.

17. mai er vi stengt.

24. desember er vi også stengt.

| Hvem | Nummer |
| --- | --- |
| Brann | 110 |

Når det er a < b og c > d, er x² stor nok.

![Et hus](media/hus.svg "Et stille hus")

::: video media/film.mp4
title: Hva er kontroll?
captions: ikke nødvendig – filmen er uten lyd
transcript: media/film.md
audio-description: ikke nødvendig – bare tekst
:::

::: notice
skip: #quiz

Siden handler om vold.
:::

::: important
Er noen i fare?
:::

::: reflection {#tenk}
Hvor møter dere dette?
:::

::: facilitator
minutes: 10

Sett av tid.
:::

# Sofia {#sofia}

::: case
## Samtalen {#start}
Sofia vil ikke reise.

- Ringer foreldrene -> #ring
- Snakker med Sofia -> #snakk

## Du ringte {#ring}
Nå vet de det.

- Gå tilbake -> #start

## Du snakket {#snakk}
Hun forteller.
Fakta: politi
:::

# Quiz {#quiz}

::: quiz
draw: 5
attempts: 3
retry: wrong ones only
shuffle: no

## Hvem har plikten? {#plikt}

- ( ) Bare politiet
  > Nei. Den gjelder alle.
- (x) Alle
  > Ja. Enhver.
- ( ) Bare lærere

Explanation: Plikten gjelder uansett.
Hint: Les loven.
Points: 2
Facts: politi

## Hvilke tegn? {#tegn}

- [x] Fravær
- [x] Aldri alene
- [ ] Liker å lese

## Hvor gammel? {#alder}

Answer: 18

## Hvilken tjeneste? {#tjeneste}

Answer: barnevernet | barnevernstjenesten

## Hvor mye? {#mengde}

Answer: 3,5 ± 0,1

## Koble. {#koble}

- Barnevernet => Beskytter barn
- Krisesenteret => Gir botilbud
- => Behandler søknader

## Rekkefølgen. {#steg}

Order:

1. Lytt
2. Drøft
3. Meld

## Fyll inn. {#fyll}

Plikten står i § [[196]], og gjelder [[ *alle* | noen ]].

## Hvor i rommet? {#rom}

![Et rom](media/hus.svg)

- (x) Døra @ 10 20 15 15
- ( ) Vinduet @ 50 20 15 15

## Hvor enig? {#enig}

Scale: Helt uenig … Helt enig (5)

- Jeg vet hvem jeg ringer
- Jeg tør å spørre
:::

# Ordliste {#ordliste}

::: glossary
ære
: Det andre tenker om deg.
:::
"""

FILES = {
    "facts.yaml": 'politi:\n  text: "112"\n  source: Prøve\n  source-date: 2026-05-22\n  confidence: A\n',
    "media/hus.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>',
    "media/film.mp4": "\0\0\0\x18ftypisom\0\0\2\0isommp41",
    "media/film.md": "Et hus. Ingen går inn.",
    "media/hus.heic": "\0\0\0\x18ftypheic\0\0\0\0mif1heic",
    "media/hus.docx": "PK\3\4",
    "media/hus.jpg": "Et hus.",
    "media/film.mov": "\0\0\0\x14ftypqt  \0\0\2\0qt  ",
}


class Mutation(NamedTuple):
    """One mistake. name: what was done and where."""

    name: str
    text: str


# (what was done, the text before, the text after): each is tried wherever it fits, one at a time.
SLIPS = (
    ("a space before a heading", r"^(?=#)", " "),
    ("three spaces before a heading", r"^(?=#)", "   "),
    ("a tab before a heading", r"^(?=#)", "\t"),
    ("a # too many", r"^(?=#)", "#"),
    ("a # too few", r"^#(?=#* )", ""),
    ("no space after #", r"(?<=#) (?=\w)", ""),
    ("full-width #", r"^#+(?= )", "＃"),
    ("no opening brace", r"\{(?=#)", ""),
    ("no closing brace", r"(?<=\w)\}$", ""),
    ("no # in the id", r"(?<=\{)#", ""),
    ("a capital in the id", r"(?<=\{#)\w", "Q"),
    ("a space in the id", r"(?<=\{#\w\w)", " "),
    ("round brackets for the id", r"\{#([\w-]+)\}", r"(#\1)"),
    ("a whole id lost", r" \{#[\w-]+\}$", ""),
    ("two colons", r"^:::", "::"),
    ("four colons", r"^:::", "::::"),
    ("full-width colons", r"^:::", "：：："),
    ("colons apart", r"^:::", ": : :"),
    ("a space before :::", r"^(?=:::)", " "),
    ("no space after :::", r"(?<=:::) (?=\w)", ""),
    ("no closing :::", r"^:::\n", ""),
    ("the name of the block misspelt", r"(?<=::: \w)\w", "q"),
    ("the name of the block in capitals", r"(?<=::: )\w", lambda found: found[0].upper()),
    ("an asterisk for a list", r"^- ", "* "),
    ("a plus for a list", r"^- ", "+ "),
    ("a long dash for a list", r"^- ", "– "),
    ("a bullet for a list", r"^- ", "• "),
    ("no space after -", r"^- ", "-"),
    ("no - at all", r"^- ", ""),
    ("two -", r"^- ", "- - "),
    ("one space before -", r"^- ", " - "),
    ("four spaces before -", r"^- ", "    - "),
    ("a tab before -", r"^- ", "\t- "),
    ("a space in ( x)", r"\((x)\)", "( x)"),
    ("a space in [x ]", r"\[x\]", "[x ]"),
    ("a capital (X)", r"\(x\)", "(X)"),
    ("a capital [X]", r"\[x\]", "[X]"),
    ("nothing in ()", r"\( \)", "()"),
    ("nothing in []", r"\[ \]", "[]"),
    ("( ) without its end", r"\( \)", "( "),
    ("(x without its end", r"\(x\)", "(x"),
    ("x) without its beginning", r"\(x\)", "x)"),
    ("[x without its end", r"\[x\]", "[x"),
    ("(x] mixed", r"\(x\)", "(x]"),
    ("{x}", r"\(x\)", "{x}"),
    ("full-width (x)", r"\(x\)", "（x）"),
    ("full-width [x]", r"\[x\]", "［x］"),
    ("the wrong kind [x]", r"\(x\)", "[x]"),
    ("the wrong kind (x)", r"\[x\]", "(x)"),
    ("a Cyrillic x", r"\(x\)", "(х)"),
    ("(v)", r"\(x\)", "(v)"),
    ("a mark twice", r"\(x\)", "(x) (x)"),
    ("right mark lost", r"\(x\)", "( )"),
    ("right marks lost", r"\[x\]", ""),
    ("no space after the mark", r"(?<=[)\]]) (?=[A-Z]\w+( \w+)*$)", ""),
    ("no >", r"^  > ", "  "),
    ("> to the left", r"^  > ", "> "),
    (">> twice", r"^  > ", "  >> "),
    ("full-width >", r"^  > ", "  ＞ "),
    ("» for >", r"^  > ", "  » "),
    ("no space after >", r"^  > ", "  >"),
    ("an empty line before >", r"^  > ", "\n  > "),
    ("no colon after the label", r"^(Answer|Explanation|Hint|Points|Facts|Scale|Order|Fakta):", r"\1"),
    ("a semicolon after the label", r"^(Answer|Explanation|Hint|Points|Facts|Scale|Order|Fakta):", r"\1;"),
    ("a space before the colon", r"^(Answer|Explanation|Hint|Points|Facts|Scale|Order|Fakta):", r"\1 :"),
    ("a full-width colon", r"^(Answer|Explanation|Hint|Points|Facts|Scale|Order|Fakta):", r"\1："),
    ("a small letter in the label", r"^[A-Z](?=(nswer|xplanation|int|oints|acts|cale|rder|akta):)", lambda f: f[0].lower()),
    ("capitals in the label", r"^(Answer|Explanation|Hint|Points|Facts|Scale|Order|Fakta):", lambda f: f[0].upper()),
    ("the label misspelt", r"^(Answe|Explanatio|Hin|Point|Fact|Scal|Orde|Fakt)\w:", r"\1:"),
    ("the label in Norwegian", r"^Answer:", "Svar:"),
    ("the label twice", r"^(Answer|Explanation|Hint|Points|Facts|Scale): ", r"\1: \1: "),
    ("a space before the label", r"^(?=(Answer|Explanation|Hint|Points|Facts|Scale|Order|Fakta):)", " "),
    ("a single arrow =", r"=>", "="),
    ("the arrow ->", r"=>", "->"),
    ("an arrow apart", r"=>", "= >"),
    ("a drawn arrow", r"=>", "⇒"),
    ("two arrows", r"=>", "=> =>"),
    ("no text after the arrow", r"=> \w.*$", "=>"),
    ("no space before the arrow", r" =>", "=>"),
    ("the choice without its arrow", r" -> ", " "),
    ("the choice with =>", r"->", "=>"),
    ("the choice with a long dash", r"->", "–>"),
    ("the choice with a drawn arrow", r"->", "→"),
    ("the choice without #", r"(?<=-> )#", ""),
    ("the choice apart", r"->", "- >"),
    ("the choice to nothing", r"(?<=-> #)\w+", "borte"),
    ("one [ in a gap", r"\[\[", "["),
    ("one ] in a gap", r"\]\]", "]"),
    ("[ [ apart", r"\[\[", "[ ["),
    ("no right one in the menu", r"\*alle\*", "alle"),
    ("half a mark in the menu", r"\*alle\*", "*alle"),
    ("no | in the menu", r" \| noen", " noen"),
    ("full-width |", r" \| ", " ｜ "),
    ("a slash for |", r" \| ", " / "),
    ("the numbers in another order", r"^2\. ", "3. "),
    ("a bracket after the number", r"^(\d)\. ", r"\1) "),
    ("no space after the number", r"^(\d)\. ", r"\1."),
    ("no point after the number", r"^(\d)\. ", r"\1 "),
    ("a dash for the number", r"^\d\. ", "- "),
    ("no @", r" @ ", " "),
    ("a number too few after @", r"(?<=@ \d\d \d\d \d\d) \d\d$", ""),
    ("no space after @", r"@ ", "@"),
    ("three points for …", r"…", "..."),
    ("two points for …", r"…", ".."),
    ("no number of steps", r" \(5\)", ""),
    ("± lost", r" ± ", " "),
    ("+/- for ±", r"±", "+/-"),
    ("a point for the comma", r"3,5", "3.5"),
    ("one { in a fact", r"\{\{(?=fact)", "{"),
    ("one } in a fact", r"(?<=politi)\}\}", "}"),
    ("a comma in a fact", r"fact\.", "fact,"),
    ("a fact misspelt", r"fact\.politi", "fact.politti"),
    ("one { in a local text", r"\{\{(?=local)", "{"),
    ("three stars", r"\*\*oppsyn\*\*", "***oppsyn**"),
    ("stars before lost", r"\*\*(?=oppsyn)", ""),
    ("stars after lost", r"(?<=oppsyn)\*\*", ""),
    ("one star lost before", r"\*\*(?=oppsyn)", "*"),
    ("one star lost after", r"(?<=oppsyn)\*\*", "*"),
    ("star before lost", r"(?<= )\*(?=press)", ""),
    ("star after lost", r"(?<=press)\*", ""),
    ("underscores for stars", r"\*press\*", "_press_"),
    ("one [ of a term", r"\[\[(?=ære)", "["),
    ("one ] of a term", r"(?<=ære)\]\]", "]"),
    ("a term misspelt", r"\[\[ære", "[[ærre"),
    ("a space in a link", r"\]\(https", "] (https"),
    ("a link without its end", r"(?<=bufdir\.no)\)", ""),
    ("a link without ]", r"\]\(https", "(https"),
    ("a link without [", r"\[(?=mer)", ""),
    ("no ! before a picture", r"^!", ""),
    ("a space after !", r"^!", "! "),
    ("full-width !", r"^!", "！"),
    ("brackets of a picture swapped", r"^!\[Et hus\]\((.*)\)$", r"!(Et hus)[\1]"),
    ("a picture without its end", r"(?<=hus\")\)$", ""),
    ("a picture without its end", r"(?<=hus\.svg)\)$", ""),
    ("curly quotes at the caption", r"\"Et stille hus\"", "“Et stille hus”"),
    ("no quotes at the caption", r"\"Et stille hus\"", "Et stille hus"),
    ("a picture misspelt", r"hus\.svg", "huss.svg"),
    ("a capital in a file name", r"media/(?=\w)", "Media/"),
    ("a backslash in a file name", r"media/", r"media\\"),
    ("a space in a file name", r"(?<=media/\w)(?=\w)", " "),
    ("a no-break space in a file name", r"(?<=media/\w)(?=\w)", "\u00a0"),
    ("a file of an iPhone", r"(?<=media/hus)\.svg", ".heic"),
    ("a video of a camera", r"(?<=media/film)\.mp4", ".MOV"),
    ("a document as transcript", r"(?<=media/film)\.md", ".docx"),
    ("the address of a video", r"media/film\.mp4", "https://youtu.be/abc"),
    ("a bullet from Word", r"^-(?= )", "•"),
    ("a bullet and a tab from Word", r"^- ", "·\t"),
    ("a bullet of the font Symbol", r"^- ", "\uf0b7\t"),
    ("a square bullet", r"^-(?= )", "▪"),
    ("no colon after a key", r"^(title|captions|transcript|audio-description|skip|minutes|draw|attempts|retry|shuffle):", r"\1"),
    ("a full-width colon after a key", r"^(title|captions|transcript|skip|minutes|draw|attempts|retry|shuffle):", r"\1："),
    ("= for the colon after a key", r"^(captions|transcript|skip|minutes|draw|attempts|retry|shuffle):", r"\1 ="),
    ("a key misspelt", r"^(titl|caption|transcrip|ski|minute|dra|attempt|retr|shuffl|versio|languag|pas|completio)\w:", r"\1:"),
    ("a key in capitals", r"^(captions|transcript|skip|minutes|draw|attempts|retry|shuffle):", lambda f: f[0].upper()),
    ("a space before a key", r"^(?=(captions|transcript|skip|minutes|draw|attempts|retry|shuffle):)", " "),
    ("an empty line before a key", r"^(?=(captions|transcript|skip|minutes|draw|attempts|retry|shuffle):)", "\n"),
    ("a value misspelt", r"wrong ones only", "wrong one only"),
    ("a number in words", r"(?<=: )(5|10)$", "five"),
    ("the skip without #", r"(?<=skip: )#", ""),
    ("a hyphen for the dash", r"nødvendig –", "nødvendig -"),
    ("no reason", r"nødvendig – .*", "nødvendig"),
    ("no dash before the reason", r"nødvendig –", "nødvendig"),
    ("no colon before the meaning", r"^: (?=Det)", ""),
    ("a semicolon before the meaning", r"^: (?=Det)", "; "),
    ("no space after the colon of the meaning", r"^: (?=Det)", ":"),
    ("an empty line before the meaning", r"^: (?=Det)", "\n: "),
    ("no per cent sign", r"80 %", "80"),
    ("no space before the per cent sign", r"80 %", "80%"),
    ("no colon in the front matter", r"^(title|id|version|language|duration|pass|completion|quick-exit|license): ", r"\1 "),
    ("no space after the colon in the front matter", r"^(title|id|version|language|duration|pass|completion): ", r"\1:"),
    ("a space before a key in the front matter", r"^(?=(id|version|language|duration|pass|completion): )", " "),
    ("a tab before a key in the front matter", r"^(?=(id|version|language|duration|pass|completion): )", "\t"),
    ("two dashes around the front matter", r"^---$", "--"),
    ("long dash around the front matter", r"^---$", "—"),
    ("no line around the front matter", r"^---\n", ""),
    ("a comment that never ends", r"^(?=(Negativ|Sofia vil|Hun))", "<!-- "),
    ("a comment that ends badly", r"^(?=(Negativ|Sofia vil|Hun))", "<!-- x -> "),
    ("a fence that never ends", r"^(?=(Negativ|Hun))", "```\n"),
    ("no empty line after the list", r"(?<=hører\.)\n\n", "\n"),
    # Questions and cases that learners would read as text, with the key.
    ("the quiz never opened", r"^::: quiz\n", ""),
    ("the quiz under another name", r"^::: quiz\n", "::: viktig\n"),
    ("the quiz in a box for the facilitator", r"^::: quiz\n", "::: quizz\n"),
    ("the case never opened", r"^::: case\n", ""),
    ("the quiz closed before single choice", r"^(?=## Hvem har)", ":::\n\n"),
    ("the quiz closed before multiple choice", r"^(?=## Hvilke tegn)", ":::\n\n"),
    ("the quiz closed before a number", r"^(?=## Hvor gammel)", ":::\n\n"),
    ("the quiz closed before a word", r"^(?=## Hvilken tj)", ":::\n\n"),
    ("the quiz closed before pairs", r"^(?=## Koble)", ":::\n\n"),
    ("the quiz closed before an order", r"^(?=## Rekke)", ":::\n\n"),
    ("the quiz closed before gaps", r"^(?=## Fyll)", ":::\n\n"),
    ("the quiz closed before a hotspot", r"^(?=## Hvor i)", ":::\n\n"),
    ("the quiz closed before a scale", r"^(?=## Hvor enig)", ":::\n\n"),
    ("multiple choice on a page", r"(?<=setning til\.\n)", "\n## Hva hjelper?\n\n- [x] Vann\n- [ ] Olje\n"),
    ("single choice on a page", r"(?<=setning til\.\n)", "\n- (x) Vann\n- ( ) Olje\n"),
    ("no right choice on a page", r"(?<=setning til\.\n)", "\n- ( ) Vann\n- ( ) Olje\n"),
    ("options with bullets of Word on a page", r"(?<=setning til\.\n)", "\n• (x) Vann\n• ( ) Olje\n"),
    ("numbered options on a page", r"(?<=setning til\.\n)", "\n1. [x] Vann\n2. [ ] Olje\n"),
    ("an answer on a page", r"(?<=setning til\.\n)", "\nHvilket nummer?\n\nSvar: 110\n"),
    ("an answer in English on a page", r"(?<=setning til\.\n)", "\nAnswer: 3.5 ± 0.1\n"),
    ("pairs on a page", r"(?<=setning til\.\n)", "\n- Vann => papir\n- Skum => olje\n"),
    ("pairs without bullets on a page", r"(?<=setning til\.\n)", "\nVann => papir\nSkum => olje\n"),
    ("an order on a page", r"(?<=setning til\.\n)", "\nRekkefølge:\n\n1. Varsle\n2. Slukke\n"),
    ("a scale on a page", r"(?<=setning til\.\n)", "\nSkala: Aldri … Alltid (5)\n\n- Jeg spør\n- Jeg hører\n"),
    ("a menu on a page", r"(?<=setning til\.\n)", "\nBruk [[ *vann* | olje ]].\n"),
    ("a gap on a page", r"(?<=setning til\.\n)", "\nBruk [[vann]] først.\n"),
    ("choices on a page", r"(?<=setning til\.\n)", "\n- Ring -> #ring\n- Vent -> #snakk\n"),
    ("options in an important box", r"(?<=noen i fare\?\n)", "\n- [x] Ja\n- [ ] Nei\n"),
    ("an answer in a reflection", r"(?<=møter dere dette\?\n)", "\nSvar: overalt\n"),
    ("options in a notice", r"(?<=handler om vold\.\n)", "\n- (x) Ja\n- ( ) Nei\n"),
    ("options in a case", r"(?<=Nå vet de det\.\n)", "\n- (x) Ja\n- ( ) Nei\n"),
    # Numbers that Markdown changes.
    ("a number too high", r"^3\. (?=Meld fra\.)", "4. "),
    ("a number twice", r"^3\. (?=Meld fra\.)", "2. "),
    ("numbers the other way round", r"^2\. (?=Hør)", "1. "),
    ("the list from 2", r"^1\. Spør først\.\n2\. Hør etter\.\n3", "2. Spør først.\n3. Hør etter.\n4"),
    ("the list from 0", r"^1\. Spør først\.\n2\. Hør etter\.\n3", "0. Spør først.\n1. Hør etter.\n2"),
    ("the first item lost", r"^1\. Spør først\.\n", ""),
    ("the middle item lost", r"^2\. Hør etter\.\n", ""),
    ("a bracket in the middle of a list", r"^2\. (?=Hør)", "2) "),
    ("a capital in the month", r"mai er", "Mai er"),
    ("capitals in the months", r"mai er vi stengt\.\n\n24\. d", "Mai er vi stengt.\n\n24. D"),
    ("a bracket after the day", r"^17\. ", "17) "),
    ("the date in the list", r"(?<=Meld fra\.\n)\n", ""),
    ("a hyphen before the date", r"^17\. ", "- 17. "),
    ("another word than the month", r"mai er vi stengt\.\n\n24\. desember", "etasje er stengt.\n\n24. etasje"),
    # What is pasted from elsewhere.
    ("long dashes for a whole list", r"^- Du spør\.\n- Du", "– Du spør.\n– Du"),
    ("a table without its line of dashes", r"^\| --- \| --- \|\n", ""),
    ("a cell too many", r"(?<=\| 110 )\|$", "| 112 |"),
    ("a cell too few", r"^\| Brann ", ""),
    ("a table without an empty line below", r"(?<=\| 110 \|\n)\n", "Slik er det.\n\n"),
    ("a space in a file name", r"media/(?=hus)", "media/et "),
    ("a film on another site", r"media/film\.mp4", "https://video.example/watch?v=1"),
    ("a film in another format", r"film\.mp4", "film.mov"),
    ("a document as an image", r"media/hus\.svg(?= )", "media/hus.docx"),
    ("a text under the name of an image", r"media/hus\.svg(?= )", "media/hus.jpg"),
    ("a list of Word", r"^- Du spør\.\n- Du", "•\tDu spør.\n•\tDu"),
    ("a table of a spreadsheet", r"^\| Hvem \| Nummer \|\n.*\n\| Brann \| 110 \|", "Hvem\tNummer\nBrann\t110"),
    ("a bare address of a film", r"^Etter listen", "https://youtu.be/abcdefghijk\n\nEtter listen"),
    ("a film as its own captions", r"captions: .*$", "captions: media/film.mov"),
    ("a folder of another machine", r"media/(?=hus\.svg )", "C:/Users/Kari/"),
    # Signs that only look right.
    ("a no-break space after a key", r"^title: (?=Prøve)", "title:\u00a0"),
    ("a no-break space after the version", r"^version: ", "version:\u00a0"),
    ("a narrow space after the id", r"^id: ", "id:\u202f"),
    ("a space of no width after the language", r"^language: ", "language:\u200b"),
    ("a no-break space before a key", r"^(?=version:)", "\u00a0"),
    ("a tab after a key", r"^duration: ", "duration:\t"),
    ("an unknown key", r"^license:", "Forfatter:"),
    ("« » around the title", r"^title: Prøvemodul$", "title: «Prøvemodul»"),
    ("“ ” around the title", r"^title: Prøvemodul$", "title: “Prøvemodul”"),
    ("« » around the id", r"^id: prove$", "id: «prove»"),
    ("« » around a share", r"80 %", "«80 %»"),
    ("an ordinary quote and a »", r"^title: Prøvemodul$", 'title: "Prøvemodul»'),
    ("« » around the title of a film", r"Hva er kontroll\?", "«Hva er kontroll?»"),
    ("« » around a file", r"media/film\.md", "«media/film.md»"),
    ("« » at the caption", r"\"Et stille hus\"", "«Et stille hus»"),
    ("« » around an address", r"https://www\.bufdir\.no", "«https://www.bufdir.no»"),
    ("no spaces around < and >", r"a < b og c > d", "a<b og c>d"),
    ("no spaces around < and > of one word", r"a < b og c > d", "a<b>c og d"),
    ("an unknown element", r"a < b og c > d", "a <verdi> og d"),
    ("a formula in TeX", r"x²", "$x^2$"),
    ("a formula in brackets of TeX", r"x²", r"\\\\(x^2\\\\)"),
    ("a no-break space after -", r"^- (?=Du spør)", "-\u00a0"),
    ("a no-break space after both -", r"^- Du spør\.\n- ", "-\u00a0Du spør.\n-\u00a0"),
    ("a no-break space after ##", r"^## (?=Tre)", "##\u00a0"),
    ("a no-break space after a number", r"^2\. (?=Hør)", "2.\u00a0"),
    ("a no-break space before -", r"^(?=- Du spør)", "\u00a0"),
    ("a no-break space after an option", r"^- (?=\(x\) Alle)", "-\u00a0"),
    ("a no-break space after :::", r"^::: (?=quiz)", ":::\u00a0"),
    ("a tab before a list", r"^- Du spør\.\n- ", "\t- Du spør.\n\t- "),
    ("four spaces before a list below a sentence", r"til\.\n\n1\. S", "til.\n    1. S"),
    ("a tab for the space after -", r"^- (?=Du spør)", "-\t"),
    ("the line twice", r"^(Hun forteller\.|Du spør|Er noen i fare\?|Nå vet de det\.)$", r"\1\n\1"),
)  # fmt: skip


def mutations() -> Iterator[Mutation]:
    """Yield each mistake wherever it fits: if there are many places, at the first, the middle and the last."""
    seen = {MODULE}
    for name, pattern, change in SLIPS:
        found = list(re.compile(pattern, re.MULTILINE).finditer(MODULE))
        picked = sorted({0, len(found) // 2, len(found) - 1}) if found else []
        for index in picked:
            place = found[index]
            new = change(place) if callable(change) else place.expand(change)
            text = MODULE[: place.start()] + new + MODULE[place.end() :]
            if text not in seen:
                seen.add(text)
                yield Mutation(f"{name} (line {MODULE.count(chr(10), 0, place.start()) + 1})", text)
    yield from _empty_lines(seen)


def _empty_lines(seen: set[str]) -> Iterator[Mutation]:
    """Yield the module with one of its empty lines gone."""
    for place in re.finditer(r"\n\n", MODULE):
        text = MODULE[: place.start()] + MODULE[place.end() - 1 :]
        if text not in seen:
            seen.add(text)
            yield Mutation(f"no empty line (line {MODULE.count(chr(10), 0, place.start()) + 2})", text)
