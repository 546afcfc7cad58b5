"""Faults 3xx: images, videos, audio and file size."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

# --- 30x images

PICTURE_WITHOUT_ALT = Fault(
    code="LM301",
    message=N_("The image “{picture}” has no description."),
    hint=N_("Write what it shows between the square brackets: ![what it shows]({picture})."),
    why=N_(
        "A learner who can't see the image hears its description instead (WCAG 1.1.1). Without one, a screen reader "
        "reads the file name or nothing at all, and the point of the image is lost."
    ),
    bad="![](media/rommet.svg)",
    good="![To stoler på skrå mot hverandre ved et lite bord.](media/rommet.svg)",
    in_draft=Severity.WARNING,
)

ALT_IS_FILE_NAME = Fault(
    code="LM302",
    message=N_("The description of the image is a file name: “{alt}”."),
    hint=N_("Describe in one sentence what the image shows."),
    why=N_("A file name read aloud tells a learner nothing. Describe what the image is there to show."),
    bad="![rommet_2.svg](media/rommet.svg)",
    good="![To stoler på skrå mot hverandre ved et lite bord.](media/rommet.svg)",
    severity=Severity.WARNING,
)

ALT_REPEATS_CAPTION = Fault(
    code="LM303",
    message=N_("The description of the image repeats its caption."),
    hint=N_("Describe what the image shows, and use the caption to say what it means."),
    why=N_(
        "Everybody can read the caption below the image. When the description repeats it, a learner who can't see "
        "hears the same sentence twice and still doesn't know what the image shows."
    ),
    bad='![Fem trinn i en samtale.](media/trapp.svg "Fem trinn i en samtale.")',
    good='![En trapp: rom, taushet, spør, hør, avtal.](media/trapp.svg "Fem trinn i en samtale.")',
    severity=Severity.WARNING,
)

ALT_TOO_LONG = Fault(
    code="LM304",
    message=N_("The description of the image is {length} characters long."),
    hint=N_("Keep it under {limit} characters, and put the rest in the text next to the image."),
    why=N_(
        "A screen reader reads a description in one go, and the learner can't pause or go back. A longer explanation "
        "is useful to everybody and belongs in the text."
    ),
    bad="![Et bilde med … (mer enn 200 tegn)](media/kart.svg)",
    good="![Et kart over hvem som hjelper. Forklart i listen under.](media/kart.svg)",
    severity=Severity.WARNING,
)

# --- 31x video and audio

FILM_WITHOUT_CAPTIONS = Fault(
    code="LM310",
    message=N_("The video “{film}” has no captions."),
    hint=N_(
        "Add the line “captions:” with a .vtt or .srt file. If nothing is said, write “captions: not needed – ” and "
        "the reason."
    ),
    why=N_(
        "Public bodies in Norway must caption recorded speech (WCAG 1.2.2). Captions also help learners who are in "
        "places where others could hear the sound. With this subject, that can be a matter of safety."
    ),
    bad="::: video media/foredrag.mp4\ntittel: Hva er kontroll?\ntekstutskrift: media/foredrag.md\n"
    "synstolking: ikke nødvendig – bare en person som snakker\n:::",
    good="::: video media/foredrag.mp4\ntittel: Hva er kontroll?\nteksting: media/foredrag.nb.vtt\n"
    "tekstutskrift: media/foredrag.md\nsynstolking: ikke nødvendig – bare en person som snakker\n:::",
)

FILM_WITHOUT_TRANSCRIPT = Fault(
    code="LM311",
    message=N_("“{film}” has no transcript."),
    hint=N_("Add the line “transcript:” with a text file (.md) that contains what is said and shown."),
    why=N_(
        "Learners who are deafblind, have a slow connection or print the module get the transcript instead of the "
        "recording. A transcript can also be searched and skimmed."
    ),
    bad="::: lyd media/samtale.mp3\ntittel: En samtale\n:::",
    good="::: lyd media/samtale.mp3\ntittel: En samtale\ntekstutskrift: media/samtale.md\n:::",
)

FILM_WITHOUT_DESCRIPTION = Fault(
    code="LM312",
    message=N_("The video “{film}” doesn't say whether it has audio description."),
    hint=N_("Add “audio-description:” with a file, or “audio-description: not needed – ” and the reason."),
    why=N_(
        "A learner who can't see misses what is only shown (WCAG 1.2.5). Often no audio description is needed, for "
        "example when a person talks to the camera. One line that says so shows the next editor that it was considered."
    ),
    bad="::: video media/foredrag.mp4\nteksting: media/foredrag.vtt\ntekstutskrift: media/foredrag.md\n:::",
    good="::: video media/foredrag.mp4\nteksting: media/foredrag.vtt\ntekstutskrift: media/foredrag.md\n"
    "synstolking: ikke nødvendig – bare en person som snakker\n:::",
)

REASON_TOO_SHORT = Fault(
    code="LM313",
    message=N_("The reason “{reason}” for “{film}” is too short to be understood."),
    hint=N_("Write a few words that let another editor check the reason."),
    why=N_(
        "“Not needed” is a promise to learners that they miss nothing. With a reason, somebody else can check this "
        "when the video changes."
    ),
    bad="synstolking: ikke nødvendig – nei",
    good="synstolking: ikke nødvendig – bare en person som snakker",
)

TRANSCRIPT_EMPTY = Fault(
    code="LM314",
    message=N_("The transcript “{transcript}” is empty."),
    hint=N_("Add what is said and shown in “{film}”."),
    why=N_("A link to an empty page is worse than no link: the learner looks for a text that doesn't exist."),
    bad="tekstutskrift: media/foredrag.md   (en fil uten ord)",
    good="tekstutskrift: media/foredrag.md   (det som blir sagt, avsnitt for avsnitt)",
)

# --- 32x captions

CAPTIONS_NOT_WEBVTT = Fault(
    code="LM320",
    message=N_("This isn't a caption file in the WebVTT format."),
    hint=N_("Its first line must be WEBVTT, and the file must be saved as UTF-8. An .srt file keeps its ending."),
    why=N_(
        "Browsers show captions only from WebVTT files (W3C WebVTT, section 4.1) and ignore any other file without "
        "warning. An .srt file is converted when the course is built, if its name ends in .srt."
    ),
    bad="1\n00:00:01,000 --> 00:00:03,000\nHei.",
    good="WEBVTT\n\n1\n00:00:01.000 --> 00:00:03.000\nHei.",
)

CAPTION_TIME = Fault(
    code="LM321",
    message=N_("The caption time “{time}” can't be read, or ends before it starts."),
    hint=N_("Write it as 00:01.000 --> 00:03.500 (minutes, seconds, a point and three digits)."),
    why=N_(
        "A browser skips a caption if it can't read its time line (W3C WebVTT, section 4.1). A sentence is then "
        "missing, and nobody notices."
    ),
    bad="00:01,000 --> 00:03,500\nHei.",
    good="00:01.000 --> 00:03.500\nHei.",
)

CAPTIONS_OUT_OF_ORDER = Fault(
    code="LM322",
    message=N_("This caption starts before the one above it."),
    hint=N_("Put the captions in the order in which they are shown."),
    why=N_(
        "In WebVTT, a caption can't start before the one above it (section 4.1, “WebVTT cue timings”). A caption out "
        "of order usually has the wrong minute and is shown at the wrong time."
    ),
    bad="00:05.000 --> 00:07.000\nTo.\n\n00:01.000 --> 00:03.000\nEn.",
    good="00:01.000 --> 00:03.000\nEn.\n\n00:05.000 --> 00:07.000\nTo.",
)

CAPTIONS_OVERLAP = Fault(
    code="LM323",
    message=N_("This caption starts before the one above it has ended."),
    hint=N_("End the one above at {time} or earlier."),
    why=N_(
        "Two captions at the same time push each other up over the image and are hard to read. When two people talk at "
        "the same time, put both lines in one caption with a dash before each."
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
        "The browser breaks a long line at an arbitrary point, and the line covers more of the video on a phone. Two "
        "short lines, broken at a natural pause, are easier to read."
    ),
    bad="Dette er en linje som er altfor lang til å kunne leses på en telefon.",
    good="Dette er en linje som er delt,\nslik at den kan leses på en telefon.",
    severity=Severity.WARNING,
)

CAPTIONS_EMPTY = Fault(
    code="LM325",
    message=N_("The caption file has no captions."),
    hint=N_("Write at least one: a time line, and what is said on the line below it."),
    why=N_("The player would show a captions button that does nothing."),
    bad="WEBVTT",
    good="WEBVTT\n\n00:01.000 --> 00:03.000\nHei.",
)

# --- 33x file size

FILM_HEAVY = Fault(
    code="LM330",
    message=N_("“{film}” is {size}. It takes {seconds} s to download at 1 Mbit/s."),
    hint=N_("Make it smaller, for example 720p at 800 kbit/s, or split it."),
    why=N_(
        "Many learners have a slow connection, and many platforms reject packages above 50 or 100 MB. A video of a "
        "person talking needs only a low bit rate."
    ),
    bad="::: video media/foredrag.mp4   (80 MB)",
    good="::: video media/foredrag.mp4   (18 MB)",
    severity=Severity.WARNING,
)

PAGE_HEAVY = Fault(
    code="LM331",
    message=N_("The page “{page}” is {size}. It takes {seconds} s to download at 1 Mbit/s."),
    hint=N_("Make the images smaller. The largest is “{largest}”."),
    why=N_(
        "On a slow connection, a heavy page stays blank for a long time. Videos don't count here, because they are "
        "downloaded only when they are played. A photograph of 1,600 pixels saved as WebP is about 0.2 MB."
    ),
    bad="![En lang tavle med lapper.](media/tavle.png)   (6.1 MB)",
    good="![En lang tavle med lapper.](media/tavle.webp)   (0.2 MB)",
    severity=Severity.WARNING,
)
