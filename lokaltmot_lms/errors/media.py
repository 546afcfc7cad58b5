"""Faults 3xx: pictures, films, sound and weight."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

# --- 30x pictures

PICTURE_WITHOUT_ALT = Fault(
    code="LM301",
    message=N_("The picture “{picture}” has no description."),
    hint=N_("Write what it shows between the square brackets: ![what it shows]({picture})."),
    why=N_(
        "A learner who can't see the picture hears its description instead (WCAG 1.1.1). Without one a screen "
        "reader says the file name or nothing at all, and the point of the picture is lost."
    ),
    bad="![](media/rommet.svg)",
    good="![To stoler på skrå mot hverandre ved et lite bord.](media/rommet.svg)",
)

ALT_IS_FILE_NAME = Fault(
    code="LM302",
    message=N_("The description of the picture is a file name: “{alt}”."),
    hint=N_("Describe in a sentence what the picture shows."),
    why=N_("A file name read aloud tells a learner nothing. Say what the picture is there to show."),
    bad="![rommet_2.svg](media/rommet.svg)",
    good="![To stoler på skrå mot hverandre ved et lite bord.](media/rommet.svg)",
    severity=Severity.WARNING,
)

ALT_REPEATS_CAPTION = Fault(
    code="LM303",
    message=N_("The description of the picture says the same as its caption."),
    hint=N_("Describe what is seen, and let the caption say what it means."),
    why=N_(
        "The caption stands under the picture for everybody. When the description repeats it, a learner who can't "
        "see hears the same sentence twice and still doesn't know what the picture shows."
    ),
    bad='![Fem trinn i en samtale.](media/trapp.svg "Fem trinn i en samtale.")',
    good='![En trapp: rom, taushet, spør, hør, avtal.](media/trapp.svg "Fem trinn i en samtale.")',
    severity=Severity.WARNING,
)

ALT_TOO_LONG = Fault(
    code="LM304",
    message=N_("The description of the picture is {length} characters long."),
    hint=N_("Keep it under {limit}, and say the rest in the text beside the picture."),
    why=N_(
        "A screen reader reads a description in one go, without a way to pause or go back. What needs more words "
        "is useful to everybody and belongs in the text."
    ),
    bad="![Et bilde med … (mer enn 200 tegn)](media/kart.svg)",
    good="![Et kart over hvem som hjelper. Forklart i listen under.](media/kart.svg)",
    severity=Severity.WARNING,
)

# --- 31x films and sound

FILM_WITHOUT_CAPTIONS = Fault(
    code="LM310",
    message=N_("The film “{film}” has no captions."),
    hint=N_("Add the line “captions:” with a .vtt file, or “captions: not needed – ” and why when nothing is said."),
    why=N_(
        "Public bodies in Norway must caption recorded speech (WCAG 1.2.2). Captions also help those who sit "
        "where sound would be heard by others, which on this subject can be a matter of safety."
    ),
    bad="::: video media/foredrag.mp4\ntittel: Hva er kontroll?\ntekstutskrift: media/foredrag.md\n"
    "synstolking: ikke nødvendig – bare en person som snakker\n:::",
    good="::: video media/foredrag.mp4\ntittel: Hva er kontroll?\nteksting: media/foredrag.nb.vtt\n"
    "tekstutskrift: media/foredrag.md\nsynstolking: ikke nødvendig – bare en person som snakker\n:::",
)

FILM_WITHOUT_TRANSCRIPT = Fault(
    code="LM311",
    message=N_("“{film}” has no transcript."),
    hint=N_("Add the line “transcript:” with a text file (.md) that says what is said and shown."),
    why=N_(
        "A transcript is what a deafblind learner, a learner on a slow line and a learner who prints the module "
        "get instead of the film. It can also be searched and skimmed."
    ),
    bad="::: lyd media/samtale.mp3\ntittel: En samtale\n:::",
    good="::: lyd media/samtale.mp3\ntittel: En samtale\ntekstutskrift: media/samtale.md\n:::",
)

FILM_WITHOUT_DESCRIPTION = Fault(
    code="LM312",
    message=N_("Nothing is said about audio description for the film “{film}”."),
    hint=N_("Add “audio-description:” with a file, or “audio-description: not needed – ” and why."),
    why=N_(
        "What is only shown is lost to a learner who can't see (WCAG 1.2.5). Often none is needed, as when a "
        "person talks to the camera; then one line says so, and the next editor knows that somebody thought about "
        "it."
    ),
    bad="::: video media/foredrag.mp4\nteksting: media/foredrag.vtt\ntekstutskrift: media/foredrag.md\n:::",
    good="::: video media/foredrag.mp4\nteksting: media/foredrag.vtt\ntekstutskrift: media/foredrag.md\n"
    "synstolking: ikke nødvendig – bare en person som snakker\n:::",
)

REASON_TOO_SHORT = Fault(
    code="LM313",
    message=N_("The reason “{reason}” for the film “{film}” is too short to be understood."),
    hint=N_("Write a few words that another editor can judge."),
    why=N_(
        "“Not needed” is a promise to a learner that nothing is lost. The reason is what makes it possible for "
        "somebody else to check it when the film is changed."
    ),
    bad="synstolking: ikke nødvendig – nei",
    good="synstolking: ikke nødvendig – bare en person som snakker",
)

TRANSCRIPT_EMPTY = Fault(
    code="LM314",
    message=N_("The transcript “{transcript}” is empty."),
    hint=N_("Write in it what is said and shown in “{film}”."),
    why=N_("A link to an empty page is worse than none: the learner looks for a text that isn't there."),
    bad="tekstutskrift: media/foredrag.md   (en fil uten ord)",
    good="tekstutskrift: media/foredrag.md   (det som blir sagt, avsnitt for avsnitt)",
)

# --- 32x captions

CAPTIONS_NOT_WEBVTT = Fault(
    code="LM320",
    message=N_("This isn't a caption file in the WebVTT form."),
    hint=N_("Its first line must be WEBVTT, and the file must be saved as UTF-8."),
    why=N_(
        "Browsers show captions only from WebVTT files (W3C WebVTT, section 4.1) and drop any other file without "
        "a word. An .srt file becomes WebVTT when the first line is added and the commas in the times become "
        "points."
    ),
    bad="1\n00:00:01,000 --> 00:00:03,000\nHei.",
    good="WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nHei.",
)

CAPTION_TIME = Fault(
    code="LM321",
    message=N_("The caption time “{time}” can't be read, or ends before it starts."),
    hint=N_("Write it as 00:01.000 --> 00:03.500 (minutes, seconds, a point and three digits)."),
    why=N_(
        "A browser skips a caption whose time line it can't read (W3C WebVTT, section 4.1), so that a sentence "
        "goes missing and nobody is told."
    ),
    bad="00:01,000 --> 00:03,500\nHei.",
    good="00:01.000 --> 00:03.500\nHei.",
)

CAPTIONS_OUT_OF_ORDER = Fault(
    code="LM322",
    message=N_("This caption starts before the one above it."),
    hint=N_("Put the captions in the order they are shown."),
    why=N_(
        "WebVTT wants start times that never go back (section 4.1, “WebVTT cue timings”). A caption out of order "
        "usually means a wrong minute, and is shown at a wrong moment."
    ),
    bad="00:05.000 --> 00:07.000\nTo.\n\n00:01.000 --> 00:03.000\nEn.",
    good="00:01.000 --> 00:03.000\nEn.\n\n00:05.000 --> 00:07.000\nTo.",
)

CAPTIONS_OVERLAP = Fault(
    code="LM323",
    message=N_("This caption starts before the one above it has ended."),
    hint=N_("End the one above at {time} or earlier."),
    why=N_(
        "Two captions at once push each other up the picture and are hard to read. When two people talk at the "
        "same time, put both lines in one caption with a dash before each."
    ),
    bad="00:01.000 --> 00:04.000\nHei.\n\n00:03.000 --> 00:05.000\nHallo.",
    good="00:01.000 --> 00:03.000\nHei.\n\n00:03.000 --> 00:05.000\nHallo.",
    severity=Severity.WARNING,
)

CAPTION_LINE_TOO_LONG = Fault(
    code="LM324",
    message=N_("The caption line is {length} characters long."),
    hint=N_("Break it in two, at most {limit} characters on a line."),
    why=N_(
        "A long line is broken by the browser where it happens to fit, and covers more of the picture on a phone. "
        "Two short lines, broken where the sentence breathes, are read in one glance."
    ),
    bad="Dette er en linje som er altfor lang til å kunne leses på en telefon.",
    good="Dette er en linje som er delt,\nslik at den kan leses på en telefon.",
    severity=Severity.WARNING,
)

CAPTIONS_EMPTY = Fault(
    code="LM325",
    message=N_("The caption file holds no captions."),
    hint=N_("Write at least one: a time line, and under it what is said."),
    why=N_("The player would show a captions button that does nothing, and nobody would get the words."),
    bad="WEBVTT",
    good="WEBVTT\n\n00:01.000 --> 00:03.000\nHei.",
)

# --- 33x weight

FILM_HEAVY = Fault(
    code="LM330",
    message=N_("“{film}” weighs {size}; it takes {seconds} s to fetch at 1 Mbit/s."),
    hint=N_("Make it smaller, for instance 720 lines at 800 kbit/s, or split the film."),
    why=N_(
        "Many learners are far from a fast line, and many platforms refuse packages above 50 or 100 MB. A talking "
        "person needs few bits."
    ),
    bad="::: video media/foredrag.mp4   (80 MB)",
    good="::: video media/foredrag.mp4   (18 MB)",
    severity=Severity.WARNING,
)

PAGE_HEAVY = Fault(
    code="LM331",
    message=N_("The page “{page}” weighs {size}; it takes {seconds} s to fetch at 1 Mbit/s."),
    hint=N_("Make the pictures smaller: “{largest}” is the largest."),
    why=N_(
        "On a slow line a heavy page is a blank page. Films don't count here, since they are fetched only when "
        "they are played. A photograph of 1,600 pixels saved as WebP is about 0.2 MB."
    ),
    bad="![En lang tavle med lapper.](media/tavle.png)   (6.1 MB)",
    good="![En lang tavle med lapper.](media/tavle.webp)   (0.2 MB)",
    severity=Severity.WARNING,
)
