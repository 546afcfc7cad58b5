"""Faults 43x: the fact register, where every fact that can go out of date has a source and a date."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

FACT_OVERDUE = Fault(
    code="LM430",
    message=N_("The fact “{key}” was due for review by {date}."),
    hint=N_("Read the source again, then update the date “review-by”."),
    why=N_(
        "Phone numbers, names, laws and figures go out of date. The date makes sure that somebody checks them in time."
    ),
    bad="nodnummer-politi:\n  kontroller-innen: 2024-01-31",
    good="nodnummer-politi:\n  kontroller-innen: 2027-01-31",
    severity=Severity.WARNING,
)

FACT_DUE_SOON = Fault(
    code="LM431",
    message=N_("The fact “{key}” is due for review by {date}, in {days} days."),
    hint=N_("Plan the review now: “lokaltmot facts --due 60d” lists all facts that are due."),
    why=N_("Two months are enough to reach a professional before the fact goes out of date."),
    bad="kontroller-innen: (om 30 dager)",
    good="kontroller-innen: (om ett år, etter at kilden er lest igjen)",
    severity=Severity.NOTE,
)

FACT_UNVERIFIED = Fault(
    code="LM432",
    message=N_("The fact “{key}” is unverified (C) and is used in a published course."),
    hint=N_("Find a source and set the confidence to A or B, or remove the fact from the text."),
    why=N_(
        "C means that nobody has found a source that can be shown. Somebody may act on the fact in a serious case, so "
        "a published course can't rely on it."
    ),
    bad="status: publisert\n\npolitirad:\n  tekst: politiråd\n  sikkerhet: C",
    good="politirad:\n  tekst: politiråd\n  kilde: Politidirektoratet\n  kildedato: 2026-03-01\n  sikkerhet: A",
)

FACT_AWAITS = Fault(
    code="LM433",
    message=N_("The fact “{key}” is unverified (C) and needs to be checked by a professional."),
    hint=N_("It must be verified before the course is published."),
    why=N_("A course in review can contain unverified facts, but every editor should see which ones they are."),
    bad="status: til-kontroll\n\npolitirad:\n  tekst: politiråd\n  sikkerhet: C",
    good="politirad:\n  tekst: politiråd\n  sikkerhet: A\n  kontrollert-av: Navn Navnesen\n  kontrollert: 2026-10-01",
    severity=Severity.NOTE,
)

FACT_WITHOUT_SOURCE = Fault(
    code="LM434",
    message=N_("The fact “{key}” has no source, or no date for its source."),
    hint=N_("Add “source:” (where you read it) and “source-date:” (how old the source is)."),
    why=N_("If nobody can look a fact up again, nobody can keep it correct."),
    bad="ekteskapsalder:\n  tekst: 18 år\n  sikkerhet: A",
    good="ekteskapsalder:\n  tekst: 18 år\n  kilde: Ekteskapsloven § 1 a\n  kildedato: 2026-05-02\n  sikkerhet: A",
)

FACT_WRITTEN_OUT = Fault(
    code="LM435",
    message=N_("“{text}” is written directly in the text, but it is in the fact register as “{key}”."),
    hint=N_("Write {insert} instead, so that the text is updated when the fact changes."),
    why=N_(
        "A number that is written in ten places gets corrected in nine. The fact register is the one place to keep it "
        "correct."
    ),
    bad="Ring 116 111.",
    good="Ring {{fact.alarmtelefonen}}.",
    severity=Severity.WARNING,
)

FACT_UNUSED = Fault(
    code="LM436",
    message=N_("These facts are not used: {keys}."),
    hint=N_("Use them in the text, or delete them to save the next editor a check."),
    why=N_("Keeping a fact correct takes work. If no text uses the fact, the work is wasted."),
    bad="en-gammel-telefon:\n  tekst: 22 00 00 00   (brukes ikke)",
    good="(slett den)",
    severity=Severity.NOTE,
)

HELP_LINE_UNKNOWN = Fault(
    code="LM437",
    message=N_("The help line “{key}” is not in the fact register."),
    hint=N_("Did you mean “{nearest}”?"),
    hint_without=N_("Add it to facts.yaml, or remove it from the list."),
    why=N_("Help lines are shown on every page. If one can't be found, a learner who needs help finds nothing there."),
    bad="hjelpelinjer: [alarmtelefon]",
    good="hjelpelinjer: [alarmtelefonen]",
)

WORDS_NOT_TRANSLATED = Fault(
    code="LM439",
    message=N_("“{key}” is shown to learners in “{language}”, but is not translated."),
    hint=N_("Add “{wanted}” next to “{written}”."),
    why=N_(
        "A fact has one text for each language in which it is shown. Without it, a learner who reads English sees a "
        "sentence in Norwegian. Numbers and addresses are the same in every language and need only one text."
    ),
    bad="strl-196:\n  tekst: straffeloven § 196",
    good="strl-196:\n  tekst: straffeloven § 196\n  tekst-en: section 196 of the Penal Code",
    severity=Severity.WARNING,
)

VERIFIED_IN_FUTURE = Fault(
    code="LM438",
    message=N_("The fact “{key}” has the verification date {date}, which is in the future."),
    hint=N_("Write the date on which it was verified."),
    why=N_("A fact can't be verified on a future date. Usually the year is wrong."),
    bad="kontrollert: 2062-10-01",
    good="kontrollert: 2026-10-01",
)
