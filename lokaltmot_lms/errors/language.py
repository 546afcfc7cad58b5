"""Faults 4xx, first part: links, reading ease, translations and the theme's colours."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

# --- 40x links

LINK_TARGET_MISSING = Fault(
    code="LM401",
    message=N_("The link goes to “#{target}”, but nothing in the module has that id."),
    hint=N_("Did you mean “#{nearest}”?"),
    why=N_(
        "A link inside the module goes to an id: of a page, a question, a case or a reflection. One that goes "
        "nowhere leaves a learner where they were, wondering what they did wrong."
    ),
    bad="# Kjenne igjen {#kjenne-igjen}\n\nSe [tegnene](#kjenne-igen).",
    good="# Kjenne igjen {#kjenne-igjen}\n\nSe [tegnene](#kjenne-igjen).",
)

LINK_NOT_SECURE = Fault(
    code="LM402",
    message=N_("The link to “{address}” is not encrypted (http)."),
    hint=N_("Write https:// when the site has it."),
    why=N_(
        "What is read over http can be seen by others on the same net: at home, at school, at a reception centre. "
        "On this subject that can be dangerous for a learner."
    ),
    bad="[Rettleiaren](http://www.example.org)",
    good="[Rettleiaren](https://www.example.org)",
    severity=Severity.NOTE,
)

LINK_WITHOUT_TEXT = Fault(
    code="LM403",
    message=N_("The link to “{address}” has no text."),
    hint=N_("Write what the learner will find there between the square brackets."),
    why=N_("A screen reader reads the text of a link (WCAG 2.4.4). An empty one can be neither seen nor heard."),
    bad="Les mer: [](https://www.example.org)",
    good="Les [veilederen om avverging](https://www.example.org).",
)

LINK_TEXT_SAYS_NOTHING = Fault(
    code="LM404",
    message=N_("The link text “{text}” doesn't say where the link goes."),
    hint=N_("Name what the learner will find there."),
    why=N_(
        "Many who use a screen reader go from link to link (WCAG 2.4.4). A list of six links that all say “here” "
        "is no help. The name of the thing is shorter, too."
    ),
    bad="[Klikk her](https://www.example.org) for veilederen.",
    good="Les [veilederen om avverging](https://www.example.org).",
    severity=Severity.WARNING,
)

# --- 41x reading ease, length and what was left behind

HARD_TO_READ = Fault(
    code="LM410",
    message=N_("The page “{page}” is hard to read: LIX {lix}."),
    hint=N_("Shorten sentences and long words until it is {limit} or lower."),
    why=N_(
        "LIX is the words a sentence plus the share of words with more than six letters. Below 40 is plain text, "
        "above 45 is the language of official letters. Many who take this course read Norwegian as their second "
        "language or are tired."
    ),
    bad="Iverksettelse av samarbeidsrutiner forutsetter en helhetlig vurdering av tjenestenes ansvarsforhold.",
    good="Bli enige om hvem som gjør hva. Skriv det ned.",
    severity=Severity.WARNING,
)

RATHER_HARD = Fault(
    code="LM411",
    message=N_("The page “{page}” is a little hard to read: LIX {lix}."),
    hint=N_("Aim for {limit} or lower: shorter sentences first, then shorter words."),
    why=N_("LIX from 40 to 45 is the language of newspapers. It is no slip, but plain text reaches more learners."),
    bad="Vurderingen gjennomføres vanligvis sammen med samarbeidspartnere i tjenestene.",
    good="Vurder saken sammen med de andre tjenestene.",
    severity=Severity.NOTE,
)

PAGE_LONG = Fault(
    code="LM412",
    message=N_("The page “{page}” has {words} words."),
    hint=N_("Consider dividing it: about {limit} words is four minutes of reading."),
    why=N_("A place to stop each four minutes makes it easier to take the module between two meetings."),
    bad="# Alt om loven {#alt}\n\n(900 ord)",
    good="# Plikten {#plikten}\n\n(400 ord)\n\n# Unntakene {#unntakene}\n\n(500 ord)",
    severity=Severity.NOTE,
)

DURATION_LONGER = Fault(
    code="LM413",
    message=N_("The module says {stated} min, but takes about {estimate} min."),
    hint=N_("Write “duration: {estimate} min”, or shorten the module."),
    why=N_(
        "Learners set time aside by what the module says. We count 180 words a minute, the films' lengths and 45 "
        "seconds a question."
    ),
    bad="varighet: 10 min   (tekst og film til 12 minutter)",
    good="varighet: 12 min",
    severity=Severity.NOTE,
)

DURATION_OFF = Fault(
    code="LM414",
    message=N_("The module says {stated} min, but takes about {estimate} min."),
    hint=N_("Write a duration that is nearer, for instance “duration: {estimate} min”."),
    why=N_(
        "Learners set time aside by what the module says, and a lecturer adds up the minutes. We count 180 words "
        "a minute, the films' lengths and 45 seconds a question; this one is off by more than 40 per cent."
    ),
    bad="varighet: 5 min   (tekst og film til 12 minutter)",
    good="varighet: 12 min",
    severity=Severity.WARNING,
)

PLACEHOLDER_LEFT = Fault(
    code="LM415",
    message=N_("“{word}” was left in the text."),
    hint=N_("Write what should stand there, or take it out."),
    why=N_("Notes to oneself and filler text belong in a comment (<!-- … -->). Here every learner would read them."),
    bad="Ring TODO når du er usikker.",
    good="Ring barnevernet når du er usikker. <!-- TODO: nummer -->",
    severity=Severity.WARNING,
)

# --- 42x translations

TRANSLATION_MISSING = Fault(
    code="LM420",
    message=N_("The module “{module}” is not in “{language}” yet: there is no {file}."),
    hint=N_("Learners get it in “{original}” until it is translated."),
    why=N_(
        "A course is translated a module at a time, and each is a whole. This note lists what is left. A translation "
        "that is begun must have every page and question of its module; what it lacks is an error."
    ),
    bad="språk: [nb, en]   (bare 01-modul.md finnes)",
    good="språk: [nb, en]   (01-modul.md og 01-modul.en.md finnes)",
    severity=Severity.NOTE,
)

TRANSLATION_PART_MISSING = Fault(
    code="LM421",
    message=N_("“{id}” is missing in {file}."),
    hint=N_("Give both languages the same ids: translate it there, or take it out here."),
    why=N_(
        "A learner may change language on the way. Place and answers follow the ids, so both languages must have "
        "exactly the same pages, questions, steps and reflections."
    ),
    bad="01-modul.md:     # Tegn {#tegn}\n01-modul.en.md:  # Signs {#signs}",
    good="01-modul.md:     # Tegn {#tegn}\n01-modul.en.md:  # Signs {#tegn}",
)

TRANSLATION_ORDER = Fault(
    code="LM422",
    message=N_("“{id}” stands in another place than in {file}."),
    hint=N_("Put pages, questions and steps in the same order in both languages."),
    why=N_("When a learner changes language, page 3 must still be page 3."),
    bad="01-modul.md: Tegn, så Samtale\n01-modul.en.md: A talk, so Signs",
    good="01-modul.md: Tegn, så Samtale\n01-modul.en.md: Signs, then A talk",
)

TRANSLATION_BLOCKS = Fault(
    code="LM423",
    message=N_("The page “{page}” has {here} x “{block}” here and {there} in {file}."),
    hint=N_("Give both languages the same films, pictures, panels and other blocks."),
    why=N_("A film or a panel that stands in one language only is nearly always forgotten in the other."),
    bad="01-modul.md: en side med film\n01-modul.en.md: den samme siden uten film",
    good="Begge språk har filmen.",
)

TRANSLATION_PARTS = Fault(
    code="LM424",
    message=N_("“{id}” is “{here}” here and “{there}” in {file}."),
    hint=N_("Give it the same kind of answers, as many of them and in the same order in both languages."),
    why=N_("A stored answer is “the second option”. It must mean the same in both languages."),
    bad="01-modul.md: tre svar\n01-modul.en.md: fire svar",
    good="01-modul.md: tre svar\n01-modul.en.md: tre svar, i samme rekkefølge",
)

TRANSLATION_ANSWER = Fault(
    code="LM425",
    message=N_("“{id}” has another right answer here than in {file}."),
    hint=N_("Mark the same answers as right, and give the same points, in both languages."),
    why=N_("The question is the same question in both languages, and the grade must be too."),
    bad="01-modul.md: - (x) Alle\n01-modul.en.md: - ( ) Everyone",
    good="01-modul.md: - (x) Alle\n01-modul.en.md: - (x) Everyone",
)

# --- 45x the theme's colours

THEME_UNKNOWN = Fault(
    code="LM450",
    message=N_("There is no theme “{theme}”."),
    hint=N_("Did you mean “{nearest}”?"),
    why=N_("A theme is a folder of templates/themes. Without a line “theme:” the course gets the one named default."),
    bad="tema: defualt",
    good="tema: default",
)

THEME_VARIABLE_MISSING = Fault(
    code="LM451",
    message=N_("The theme “{theme}” lacks the colour {variable} ({scheme})."),
    hint=N_("Give it as a six-digit colour, such as #16302f, in the theme's theme.css."),
    why=N_(
        "Every page uses every colour of a theme, in light and in dark. A missing one makes text vanish on its ground."
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
        "Text needs a contrast of 4.5 to its ground and the border of a control 3 (WCAG 1.4.3 and 1.4.11), so "
        "that it can be read in sunlight, on an old screen and with weak sight."
    ),
    bad=":root { --paper: #ffffff; --muted: #999999; }",
    good=":root { --paper: #fffdf9; --muted: #4a5f5d; }",
)
