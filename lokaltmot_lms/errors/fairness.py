"""Faults 44x: questions that explain their answers and don't give them away."""

from lokaltmot_lms.errors.problem import Fault, Severity
from lokaltmot_lms.texts import N_

FEEDBACK_MISSING = Fault(
    code="LM440",
    message=N_("The question doesn't explain why its answer is right."),
    hint=N_("Add a line “Explanation:”, or a line “  > …” under every option."),
    why=N_(
        "Learners learn most in the moment after an answer. “Wrong” alone teaches only that the test is hard. A "
        "sentence that explains why teaches the subject."
    ),
    bad="- ( ) Bare politiet\n- (x) Alle",
    good="- ( ) Bare politiet\n  > Nei. Plikten gjelder også deg.\n- (x) Alle\n  > Ja. Plikten gjelder enhver.",
    in_draft=Severity.WARNING,
)

RIGHT_IS_LONGEST = Fault(
    code="LM441",
    message=N_("The right answer is the longest in {longest} of {choices} questions ({share} %)."),
    hint=N_("Make some wrong answers longer, or shorten the right ones, until the share is {limit} % or less."),
    why=N_(
        "Authors take care to make the right answer precise, so it gets longer. Learners notice this and pass without "
        "reading. With three options, chance alone gives 33 per cent."
    ),
    bad="- ( ) Politiet\n- ( ) Skolen\n- (x) Alle som får vite om det, uansett hvilket arbeid de har",
    good="- ( ) Bare politiet og påtalemakten\n- ( ) De som jobber med barn\n- (x) Alle som får vite om det",
    severity=Severity.WARNING,
)

ABSOLUTE_WORD = Fault(
    code="LM442",
    message=N_("The wrong answer contains “{word}”, which gives it away."),
    hint=N_("Rewrite it so that somebody might believe it."),
    why=N_(
        "Learners know that answers with “always” and “never” are usually wrong, and rule them out without thinking "
        "about the subject. A wrong answer is useful when it is a mistake that people really make."
    ),
    bad="- ( ) Du må alltid ringe foreldrene",
    good="- ( ) Du ringer foreldrene for å høre deres side",
    severity=Severity.WARNING,
)

OPTIONS_ALIKE = Fault(
    code="LM443",
    message=N_("This answer is nearly the same as “{other}”."),
    hint=N_("Make the difference clear, or remove one of them."),
    why=N_(
        "Two answers that differ by a few letters test eyesight, not knowledge, and are unfair to learners with "
        "dyslexia."
    ),
    bad="- (x) Skolen skal drøfte saken med barnevernet\n- ( ) Skolen kan drøfte saken med barnevernet",
    good="- (x) Skolen har plikt til å melde\n- ( ) Skolen velger selv om den vil melde",
    severity=Severity.WARNING,
)

OPTIONS_IDENTICAL = Fault(
    code="LM444",
    message=N_("The answer “{other}” is given twice."),
    hint=N_("Remove one of them, or replace it with the answer you meant."),
    why=N_("A learner who chooses the wrong one of two identical answers is marked wrong for no reason."),
    bad="- (x) Barnevernet\n- ( ) Barnevernet",
    good="- (x) Barnevernet\n- ( ) Krisesenteret",
    in_draft=Severity.WARNING,
)

ALL_OF_THE_ABOVE = Fault(
    code="LM445",
    message=N_("“{option}” refers to the other answers, but the quiz shuffles them."),
    hint=N_("Name the answers you mean, use a question with several right answers, or write “shuffle: no”."),
    why=N_("After shuffling, “all of the above” may come first, with nothing above it."),
    bad="stokk: ja\n\n- ( ) Politiet\n- ( ) Barnevernet\n- (x) Alle de ovenfor",
    good="stokk: ja\n\n- [x] Politiet\n- [x] Barnevernet\n- [ ] Biblioteket",
    severity=Severity.WARNING,
)

NOTHING_TO_CHOOSE = Fault(
    code="LM446",
    message=N_("Everything goes with “{right}”, so there is nothing to choose."),
    hint=N_("Add a line “- => …” with a right side that goes with nothing."),
    why=N_("Several left sides may share a right side. With only one right side, every answer is right."),
    bad="- Lærer => Meldeplikt\n- Lege => Meldeplikt",
    good="- Lærer => Meldeplikt\n- Lege => Meldeplikt\n- => Ingen plikt",
    severity=Severity.WARNING,
)

PASS_UNREACHABLE = Fault(
    code="LM447",
    message=N_("The module requires a passed quiz, but no question in it counts."),
    hint=N_("Add a question with a right answer, or write “completion: all pages”."),
    why=N_("Without a question that gives points there is no score, and the module could never be completed."),
    bad="fullført: bestått quiz\n\n(bare spørsmål med skala)",
    good="fullført: alle sider",
)
