"""The texts of the player's scripts: a key that the script uses, and the English text to translate.

A text is a sentence, or a pair (one, other) chosen by the number {count}. Placeholders are written {name}. The page
holds the texts in the module's language as JSON; the scripts contain no text that learners see.
"""

from lokaltmot_lms.texts import N_, translations

PlayerText = str | tuple[str, str]


def ngettext(one: str, other: str) -> tuple[str, str]:
    """Mark a text with plural forms for translation, under the name that gettext tools look for."""
    return one, other


PLAYER_TEXTS: dict[str, PlayerText] = {
    # where you are
    "page-of": N_("Page {at} of {all}"),
    "question-of": N_("Question {at} of {all}"),
    "question-of-need": N_("Question {at} of {all} · you need {need}"),
    "result": N_("Result"),
    "minutes-left": ngettext("about {count} min left", "about {count} min left"),
    "seen": N_("read"),
    "locked": N_("locked"),
    "opened": N_("The next page is open."),
    # coming back
    "welcome-back": N_("You are on page {at} of {all} ({title})."),
    "welcome-back-done": N_("You have completed this module. You can read it again; nothing is lost."),
    "welcome-back-question": N_("You are on page {at} of {all} ({title}), question {question}."),
    # saved or not
    "saved": N_("Saved"),
    "saved-at": N_("Saved at {time}"),
    "not-saved": N_("Not saved"),
    "not-saved-yet": N_("Not saved yet. You can go on; we will try again."),
    "no-answer": N_("The learning platform does not answer. Do not close the window."),
    "not-accepted": N_("Something could not be saved. Ask the person who runs the course to check your result."),
    "not-tracked": N_("Nothing is saved here."),
    "review-mode": N_("You are reviewing this module. Nothing is saved, and your result does not change."),
    "no-platform": N_("The learning platform was not found. You can read and practise, but nothing is saved."),
    "session-over": N_("This session has ended. Open the module again from the learning platform to go on."),
    "state-unreadable": N_("We could not read where you were, so we start at the first page. Your result is kept."),
    "other-tab": N_("The module is open in another tab too. What you do there is kept."),
    "not-all-here": N_("Some parts have not loaded yet. You can read on; we will try again."),
    "from-disk": N_("This page was opened from disk, so the quiz does not start. Open it with “lokaltmot preview”."),
    # marking
    "right": N_("Right"),
    "not-yet": N_("Not yet"),
    "partly": N_("{right} of {all} right"),
    "thanks": N_("Thank you"),
    "your-answer-right": N_("your answer, right"),
    "your-answer-wrong": N_("your answer, not right"),
    "right-answer": N_("right answer"),
    "right-answer-is": N_("Right answer: {answer}"),
    "mark-right": N_("right"),
    "mark-wrong": N_("not right"),
    "choose-one": N_("Choose an answer first."),
    "choose-some": N_("Choose at least one answer first."),
    "write-answer": N_("Write an answer first."),
    "answer-too-long": N_("The answer is too long. Shorten it and check it again."),
    "answer-refused": N_("The answer could not be saved. Change it and check it again."),
    "write-number": N_("Write a number, such as 18 or 3.5."),
    "choose-every": N_("Choose an answer in every row first."),
    "fill-every": N_("Fill every gap first."),
    "answer-every": N_("Answer every statement first."),
    "moved": N_("{item} is now number {at} of {all}."),
    "attempts-left": ngettext("{count} attempt left.", "{count} attempts left."),
    # the result
    "passed": N_("Passed"),
    "almost": N_("Almost there"),
    "not-passed": N_("Not passed this time"),
    "completed": N_("Completed"),
    "score-of": N_("{points} of {all}"),
    "score-sentence": N_("You got {points} of {all}. You need {need}."),
    "score-passed": N_("You got {points} of {all}. You needed {need}."),
    "practice": ngettext(
        "You can practise the one you did not get, as many times as you like. You keep those that are right.",
        "You can practise the {count} you did not get, as many times as you like. You keep those that are right.",
    ),
    "practice-all": N_("You can take the quiz again as many times as you like. Your best result counts."),
    "practice-button": ngettext("Practise the one", "Practise the {count}"),
    "again-button": N_("Take the quiz again"),
    "no-attempts": N_("You have used all your attempts."),
    "test-out-done": N_("You have shown that you know this. The pages count as read."),
    "remaining-pages": ngettext("One page remains to be read.", "{count} pages remain to be read."),
    # the receipt
    "receipt-title": N_("Receipt"),
    "receipt-note": N_("The learning platform has not received this yet. Give it to the person who runs the course."),
    "receipt-file": N_("receipt"),
}
# Only in a module with video or sound.
FILM_TEXTS: dict[str, PlayerText] = {
    "low-data": N_("Low data: read the video as text, or load it anyway."),
    "load-film": N_("Load the video"),
    "film-minutes": N_("You have watched {seen} of {all} minutes."),
    "film-seconds": N_("You have watched {seen} of {all} seconds."),
    "film-whole": N_("You have watched the whole video."),
    "sound-minutes": N_("You have heard {seen} of {all} minutes."),
    "sound-seconds": N_("You have heard {seen} of {all} seconds."),
    "sound-whole": N_("You have heard all of it."),
    "goes-on": N_("It continues from there."),
}


def player_texts(language: str, *, has_films: bool = True) -> dict[str, str | list[str]]:
    """Return the texts in a language, for the page's JSON: a sentence, or [one, other]."""
    catalogue = translations(language)
    said: dict[str, str | list[str]] = {}
    for key, text in (PLAYER_TEXTS | FILM_TEXTS if has_films else PLAYER_TEXTS).items():
        if isinstance(text, str):
            said[key] = catalogue.gettext(text)
        else:
            said[key] = [catalogue.ngettext(*text, 1), catalogue.ngettext(*text, 2)]
    return said
