"""Faults 40x to 42x and 45x: links, reading ease, translations and the colours of a theme."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

# --- 40x links

LINK_TARGET_MISSING = Fault(
    code="LM401",
    message=N_("The link goes to “#{target}”, but nothing in the module has that id."),
    hint=N_("Did you mean “#{nearest}”?"),
    hint_without=N_("Write # and the id of a page, a question, a case or a reflection in this module."),
    why=N_(
        "A link inside the module goes to the id of a page, a question, a case or a reflection. A learner who follows "
        "a broken link stays where they are and doesn't know why."
    ),
    bad="# Kjenne igjen {#kjenne-igjen}\n\nSe [tegnene](#kjenne-igen).",
    good="# Kjenne igjen {#kjenne-igjen}\n\nSe [tegnene](#kjenne-igjen).",
)

LINK_NOT_SECURE = Fault(
    code="LM402",
    message=N_("The link to “{address}” is not encrypted (http)."),
    hint=N_("Write https:// if the site supports it."),
    why=N_(
        "Others on the same network can see what is read over http: at home, at school, at a reception centre. With "
        "this subject, that can be dangerous for a learner."
    ),
    bad="[Rettleiaren](http://www.example.org)",
    good="[Rettleiaren](https://www.example.org)",
    severity=Severity.NOTE,
)

LINK_WITHOUT_TEXT = Fault(
    code="LM403",
    message=N_("The link to “{address}” has no text."),
    hint=N_("Between the square brackets, write what the learner will find there."),
    why=N_("A screen reader reads the text of a link (WCAG 2.4.4). A link without text can be neither seen nor heard."),
    bad="Les mer: [](https://www.example.org)",
    good="Les [veilederen om avverging](https://www.example.org).",
)

LINK_TEXT_SAYS_NOTHING = Fault(
    code="LM404",
    message=N_("The link text “{text}” doesn't say where the link goes."),
    hint=N_("Say in the link text what the learner will find there."),
    why=N_(
        "Many people who use a screen reader go from link to link (WCAG 2.4.4). A list of six links that all say "
        "“here” is no help. The name of the linked page is also shorter."
    ),
    bad="[Klikk her](https://www.example.org) for veilederen.",
    good="Les [veilederen om avverging](https://www.example.org).",
    severity=Severity.WARNING,
)

# --- 41x reading ease, length and placeholders

HARD_TO_READ = Fault(
    code="LM410",
    message=N_("The page “{page}” is hard to read: LIX {lix}."),
    hint=N_("Shorten sentences and use shorter words until LIX is {limit} or lower."),
    why=N_(
        "LIX is the average number of words per sentence plus the percentage of words with more than six letters. "
        "Below 40 is plain text, above 45 is the language of official letters. Many who take this course read "
        "Norwegian as a second language or are tired."
    ),
    bad="Iverksettelse av samarbeidsrutiner forutsetter en helhetlig vurdering av tjenestenes ansvarsforhold.",
    good="Bli enige om hvem som gjør hva. Skriv det ned.",
    severity=Severity.WARNING,
)

RATHER_HARD = Fault(
    code="LM411",
    message=N_("The page “{page}” is a little hard to read: LIX {lix}."),
    hint=N_("Aim for {limit} or lower: shorter sentences first, then shorter words."),
    why=N_(
        "LIX from 40 to 45 is the language of newspapers. It is not a mistake, but plain text reaches more learners."
    ),
    bad="Vurderingen gjennomføres vanligvis sammen med samarbeidspartnere i tjenestene.",
    good="Vurder saken sammen med de andre tjenestene.",
    severity=Severity.NOTE,
)

PAGE_LONG = Fault(
    code="LM412",
    message=N_("The page “{page}” has {words} words."),
    hint=N_("Consider splitting it: about {limit} words take four minutes to read."),
    why=N_("If learners can stop every four minutes, it is easier to take the module between two meetings."),
    bad="# Alt om loven {#alt}\n\n(900 ord)",
    good="# Plikten {#plikten}\n\n(400 ord)\n\n# Unntakene {#unntakene}\n\n(500 ord)",
    severity=Severity.NOTE,
)

DURATION_LONGER = Fault(
    code="LM413",
    message=N_("The module says {stated} min, but takes about {estimate} min."),
    hint=N_("Write “duration: {estimate} min”, or shorten the module."),
    why=N_(
        "Learners set time aside based on this number. The estimate is 180 words per minute, the length of the videos "
        "and 45 seconds per question."
    ),
    bad="varighet: 10 min   (tekst og film til 12 minutter)",
    good="varighet: 12 min",
    severity=Severity.NOTE,
)

DURATION_OFF = Fault(
    code="LM414",
    message=N_("The module says {stated} min, but takes about {estimate} min."),
    hint=N_("Write a duration that is closer, for example “duration: {estimate} min”."),
    why=N_(
        "Learners set time aside based on this number, and lecturers add up the minutes. The estimate is 180 words per "
        "minute, the length of the videos and 45 seconds per question. This number is off by more than 40 per cent."
    ),
    bad="varighet: 5 min   (tekst og film til 12 minutter)",
    good="varighet: 12 min",
    severity=Severity.WARNING,
)

PLACEHOLDER_LEFT = Fault(
    code="LM415",
    message=N_("“{word}” was left in the text."),
    hint=N_("Replace it with the final text, or remove it."),
    why=N_(
        "Notes to yourself and placeholder text belong in a comment (<!-- … -->). Here every learner would read them."
    ),
    bad="Ring TODO når du er usikker.",
    good="Ring barnevernet når du er usikker. <!-- TODO: nummer -->",
    severity=Severity.WARNING,
)

UNFINISHED = Fault(
    code="LM416",
    message=N_("This block is not finished: {reason}"),
    hint=N_("Write it as a question or a text, and remove the block."),
    why=N_(
        "An import writes this block for everything that it can't turn into a question or a text without guessing. It "
        "can contain right answers, so learners never see it, and the course can't be built until a person has looked."
    ),
    bad="::: gjenstår\ngrunn: Riktig svar mangler.\n\nHvem kan melde?\n:::",
    good="::: quiz\n## Hvem kan melde? {#melde}\n\n- (x) Alle\n- ( ) Bare politiet\n\nForklaring: Alle kan melde.\n:::",
)

# --- 42x translations

TRANSLATION_MISSING = Fault(
    code="LM420",
    message=N_("The module “{module}” is not available in “{language}” yet: there is no {file}."),
    hint=N_("Learners get the module in “{original}” until it is translated."),
    why=N_(
        "A course is translated one module at a time. This note lists what is left. Once a translation exists, it must "
        "have every page and question of its module; anything missing is an error."
    ),
    bad="språk: [nb, en]   (bare 01-modul.md finnes)",
    good="språk: [nb, en]   (01-modul.md og 01-modul.en.md finnes)",
    severity=Severity.NOTE,
)

TRANSLATION_PART_MISSING = Fault(
    code="LM421",
    message=N_("The id “{id}” is missing in {file}."),
    hint=N_("Use the same ids in both languages: translate it there, or remove it here."),
    why=N_(
        "A learner can change language during the module. Position and answers are stored by id, so both languages "
        "must have exactly the same pages, questions, steps and reflections."
    ),
    bad="01-modul.md:     # Tegn {#tegn}\n01-modul.en.md:  # Signs {#signs}",
    good="01-modul.md:     # Tegn {#tegn}\n01-modul.en.md:  # Signs {#tegn}",
)

TRANSLATION_ORDER = Fault(
    code="LM422",
    message=N_("“{id}” is in a different position here than in {file}."),
    hint=N_("Put pages, questions and steps in the same order in both languages."),
    why=N_("When a learner changes language, page 3 must still be page 3."),
    bad="01-modul.md: Tegn, så Samtale\n01-modul.en.md: A talk, so Signs",
    good="01-modul.md: Tegn, så Samtale\n01-modul.en.md: Signs, then A talk",
)

TRANSLATION_BLOCKS = Fault(
    code="LM423",
    message=N_("The page “{page}” has {here} x “{block}” here and {there} in {file}."),
    hint=N_("Use the same videos, images, panels and other blocks in both languages."),
    why=N_("A video or a panel that is in one language only was nearly always forgotten in the other."),
    bad="01-modul.md: en side med film\n01-modul.en.md: den samme siden uten film",
    good="Begge språk har filmen.",
)

TRANSLATION_PARTS = Fault(
    code="LM424",
    message=N_("“{id}” has the answers “{here}” here and “{there}” in {file}."),
    hint=N_("Use the same kind of answers, the same number and the same order in both languages."),
    why=N_("An answer is stored as, for example, “the second option”. It must mean the same in both languages."),
    bad="01-modul.md: tre svar\n01-modul.en.md: fire svar",
    good="01-modul.md: tre svar\n01-modul.en.md: tre svar, i samme rekkefølge",
)

TRANSLATION_ANSWER = Fault(
    code="LM425",
    message=N_("“{id}” has a different right answer here than in {file}."),
    hint=N_("Mark the same answers as right, and give the same points, in both languages."),
    why=N_("It is the same question in both languages, so the grade must be the same too."),
    bad="01-modul.md: - (x) Alle\n01-modul.en.md: - ( ) Everyone",
    good="01-modul.md: - (x) Alle\n01-modul.en.md: - (x) Everyone",
)

# --- 45x theme colours

THEME_UNKNOWN = Fault(
    code="LM450",
    message=N_("There is no theme “{theme}”."),
    hint=N_("Did you mean “{nearest}”?"),
    hint_without=N_("Use a theme that is installed, or remove the line."),
    why=N_("A theme is a folder in templates/themes. Without a line “theme:” the course uses the theme named default."),
    bad="tema: defualt",
    good="tema: default",
)

THEME_VARIABLE_MISSING = Fault(
    code="LM451",
    message=N_("The theme “{theme}” has no colour {variable} ({scheme})."),
    hint=N_("Add it as a six-digit colour, such as #16302f, in the theme's theme.css."),
    why=N_(
        "Every page uses every colour of a theme, in light and dark mode. If one is missing, text may be invisible "
        "against its background."
    ),
    bad=":root { --ink: #16302f; }",
    good=":root { --ink: #16302f; --paper: #fffdf9; … }",
)

THEME_CONTRAST = Fault(
    code="LM452",
    message=N_(
        "The theme “{theme}” has too little contrast between {front} and {back} ({scheme}): {ratio}, needs {needed}."
    ),
    hint=N_("Make one of the two lighter or darker in the theme's theme.css."),
    why=N_(
        "Text needs a contrast of 4.5 against its background, and the border of a control needs 3 (WCAG 1.4.3 and "
        "1.4.11), so that people can read it in sunlight, on an old screen or with low vision."
    ),
    bad=":root { --paper: #ffffff; --muted: #999999; }",
    good=":root { --paper: #fffdf9; --muted: #4a5f5d; }",
)
