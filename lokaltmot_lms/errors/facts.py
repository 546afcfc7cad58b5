"""Faults 43x: the fact register, where everything that can grow old has a source and a date."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

FACT_OVERDUE = Fault(
    code="LM430",
    message=N_("The fact “{key}” should have been read again by {date}."),
    hint=N_("Read the source again, then move the date “review-by”."),
    why=N_("Phone numbers, names, laws and figures rot. The date is the promise that somebody looks in time."),
    bad="nodnummer-politi:\n  kontroller-innen: 2024-01-31",
    good="nodnummer-politi:\n  kontroller-innen: 2027-01-31",
    severity=Severity.WARNING,
)

FACT_DUE_SOON = Fault(
    code="LM431",
    message=N_("The fact “{key}” must be read again by {date}, in {days} days."),
    hint=N_("Plan it now: “lokaltmot facts --due 60d” lists all that are due."),
    why=N_("Two months are enough to reach a professional before the fact is out of date."),
    bad="kontroller-innen: (om 30 dager)",
    good="kontroller-innen: (om ett år, etter at kilden er lest igjen)",
    severity=Severity.NOTE,
)

FACT_UNVERIFIED = Fault(
    code="LM432",
    message=N_("The fact “{key}” is unverified (C) and is used in a published course."),
    hint=N_("Find a source and set the confidence to A or B, or take the fact out of the text."),
    why=N_(
        "C means that nobody has found a source that can be shown. Somebody may act on it in a grave case, so a "
        "published course can't rest on it."
    ),
    bad="status: publisert\n\npolitirad:\n  tekst: politiråd\n  sikkerhet: C",
    good="politirad:\n  tekst: politiråd\n  kilde: Politidirektoratet\n  kildedato: 2026-03-01\n  sikkerhet: A",
)

FACT_AWAITS = Fault(
    code="LM433",
    message=N_("The fact “{key}” is unverified (C) and awaits a professional."),
    hint=N_("It must be verified before the course is published."),
    why=N_("While a course is in review, unverified facts may stand, but every editor should see which they are."),
    bad="status: til-kontroll\n\npolitirad:\n  tekst: politiråd\n  sikkerhet: C",
    good="politirad:\n  tekst: politiråd\n  sikkerhet: A\n  kontrollert-av: Navn Navnesen\n  kontrollert: 2026-10-01",
    severity=Severity.NOTE,
)

FACT_WITHOUT_SOURCE = Fault(
    code="LM434",
    message=N_("The fact “{key}” lacks its source, or the date of it."),
    hint=N_("Add “source:” and “source-date:”, where it was read and how old that is."),
    why=N_("A fact nobody can look up again can't be kept true."),
    bad="ekteskapsalder:\n  tekst: 18 år\n  sikkerhet: A",
    good="ekteskapsalder:\n  tekst: 18 år\n  kilde: Ekteskapsloven § 1 a\n  kildedato: 2026-05-02\n  sikkerhet: A",
)

FACT_WRITTEN_OUT = Fault(
    code="LM435",
    message=N_("“{text}” is written out, but it is the fact “{key}”."),
    hint=N_("Write {insert} instead, so that the text follows when the fact changes."),
    why=N_("A number written in ten places is corrected in nine. The register is the one place where it is kept true."),
    bad="Ring 116 111.",
    good="Ring {{fact.alarmtelefonen}}.",
    severity=Severity.WARNING,
)

FACT_UNUSED = Fault(
    code="LM436",
    message=N_("Nothing uses these facts: {keys}."),
    hint=N_("Use them in the text, or delete them and spare the next editor a check."),
    why=N_("Each fact is work to keep true. One that no text rests on is work for nothing."),
    bad="en-gammel-telefon:\n  tekst: 22 00 00 00   (brukes ikke)",
    good="(slett den)",
    severity=Severity.NOTE,
)

HELP_LINE_UNKNOWN = Fault(
    code="LM437",
    message=N_("The help line “{key}” is not in the fact register."),
    hint=N_("Did you mean “{nearest}”?"),
    why=N_("Help lines stand on every page. One that can't be found would leave a gap where somebody looks for help."),
    bad="hjelpelinjer: [alarmtelefon]",
    good="hjelpelinjer: [alarmtelefonen]",
)

WORDS_NOT_TRANSLATED = Fault(
    code="LM439",
    message=N_("“{key}” is shown to learners in “{language}”, but is not translated to it."),
    hint=N_("Add “{wanted}” beside “{written}”."),
    why=N_(
        "A fact has one text for each language it is shown in. Without it, a learner who reads English meets a "
        "sentence in Norwegian. Numbers and addresses are the same in every language and need no more than one."
    ),
    bad="strl-196:\n  tekst: straffeloven § 196",
    good="strl-196:\n  tekst: straffeloven § 196\n  tekst-en: section 196 of the Penal Code",
    severity=Severity.WARNING,
)

VERIFIED_IN_FUTURE = Fault(
    code="LM438",
    message=N_("The fact “{key}” is verified on {date}, which has not been yet."),
    hint=N_("Write the day it was verified."),
    why=N_("Nobody can have checked a fact tomorrow. Usually it is the year that is wrong."),
    bad="kontrollert: 2062-10-01",
    good="kontrollert: 2026-10-01",
)
