"""Reads the question types of H5P. The fields are those of each type's semantics.json (github.com/h5p)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from html import escape

from lokaltmot_lms.errors.h5p import MARKED_WORDS, NO_CHOICE, NO_GAPS, SCORE_FEEDBACK_LEFT_OUT, WORDS_TO_CHOOSE
from lokaltmot_lms.errors.imports import BECAME_REFLECTION, SETTING_LEFT_OUT
from lokaltmot_lms.importers import build_questions
from lokaltmot_lms.importers.build_questions import ALL, QuestionParts, WeightedAnswer, fill_in_prompt
from lokaltmot_lms.importers.clean_html import Cleaner, joined, place_of, words_text
from lokaltmot_lms.importers.draft_modules import Thing, model_answer, reflection, unbuilt, unfinished
from lokaltmot_lms.importers.gaps import DraftGap, with_gaps
from lokaltmot_lms.importers.h5p import stars
from lokaltmot_lms.importers.h5p.fields import (
    Content,
    Params,
    as_group,
    as_text,
    content_of,
    group,
    is_true,
    items,
    plain,
    text,
)
from lokaltmot_lms.importers.h5p.material import Material
from lokaltmot_lms.model import Text

Things = Iterator[Thing]

_MOST_WORDS = 30  # of a text in which learners mark words: more are too many options for one question
_TRUE_WORDS = frozenset({"", "true", "sant", "sann"})
_FALSE_WORDS = frozenset({"", "false", "usant", "usann"})


def _name(content: Content, *sources: str) -> str:
    """Return the name of a question: the first of its texts that has words, else its title."""
    found = (stars.plain(source.replace("</p>", "</p> ")) for source in sources)
    return next(filter(None, found), "")[:200] or content.title or content.short_kind


def _parts(
    material: Material, content: Content, name: str, source: str, *, points: int = 1, hint: Text | None = None
) -> QuestionParts:
    media = content_of(group(content.params, "media"))
    root = material.cleaner(name).root(source + material.image_html(media), in_question=True)
    id_ = material.context.take_id("", name, material.at)
    return QuestionParts(
        id=id_, name=name, root=root, hint=hint, points=Decimal(min(max(points, 1), 100)), at=material.at
    )


def _film(material: Material, content: Content, name: str) -> Things:
    """Yield the video or sound above a question."""
    media = content_of(group(content.params, "media"))
    if media is not None and media.kind in ("H5P.Video", "H5P.Audio"):
        yield from material.films(media, media.title or name)


def _report_score_feedback(material: Material, content: Content, name: str) -> None:
    """Report feedback to a range of scores, which our questions don't have."""
    ranges = map(as_group, items(content.params, "overallFeedback"))
    said = [words for row in ranges if (words := plain(text(row, "feedback")))]
    if said:
        material.context.report(SCORE_FEEDBACK_LEFT_OUT, material.at, name=name, what=" / ".join(said))


def _hints(clean: Cleaner, rows: list[tuple[str, str]]) -> Text | None:
    """Return tips as one hint. rows: what each is about, and its HTML."""
    hint: Text | None = None
    for about, source in rows:
        tip = clean.line(source)
        if tip is not None and about and len(rows) > 1:
            tip = replace(tip, html=f"{escape(about, quote=False)}: {tip.html}", plain=f"{about}: {tip.plain}")
        hint = joined(hint, tip)
    return hint


def _choice(material: Material, content: Content) -> Things:
    params = content.params
    name = _name(content, text(params, "question"))
    clean = material.cleaner(name)
    rows = []
    for answer in map(as_group, items(params, "answers")):
        more = group(answer, "tipsAndFeedback") or answer
        words = clean.line(text(answer, "text"))
        if words is not None:
            rows.append((words, is_true(answer.get("correct")), more))
    right = sum(is_right for _, is_right, _ in rows)
    if len(rows) < 2 or not right:
        original = _original(name, [(words.plain, is_right) for words, is_right, _ in rows])
        yield unfinished(
            material.context, NO_CHOICE, material.at, name=name, text=original, count=len(rows), right=right
        )
        return
    yield from _film(material, content, name)
    behaviour = group(params, "behaviour")
    single = _is_single(params, behaviour, right)
    one_point = single or is_true(behaviour.get("singlePoint"))
    hint = _hints(clean, [(words.plain, text(more, "tip")) for words, _, more in rows])
    parts = _parts(material, content, name, text(params, "question"), points=1 if one_point else right, hint=hint)
    answers = [
        WeightedAnswer(
            text=words,
            share=_share(right, is_right=is_right, single=single),
            feedback=clean.line(text(more, "chosenFeedback")),
        )
        for words, is_right, more in rows
    ]
    question = build_questions.choice(material.context, parts, answers, single=single)
    unchosen = [clean.line(text(more, "notChosenFeedback")) for *_, more in rows]
    yield build_questions.with_feedback(material.context, question, unchosen, name)
    _report_score_feedback(material, content, name)


def _is_single(params: Params, behaviour: Params, right: int) -> bool:
    """Return whether one answer is chosen: "auto" means so when one is right. singleAnswer: before version 1.5."""
    kind = text(behaviour, "type")
    if kind in ("single", "multi"):
        return kind == "single"
    return right == 1 if kind or "singleAnswer" not in params else is_true(params.get("singleAnswer"))


def _share(right: int, *, is_right: bool, single: bool) -> Decimal:
    if single:
        return ALL if is_right else Decimal(0)
    return ALL / right if is_right else -ALL / right


def _original(name: str, rows: list[tuple[str, bool]]) -> str:
    return "\n".join([name, *(f"- [{'x' if is_right else ' '}] {words}" for words, is_right in rows)])


def _truth(material: Material, content: Content) -> Things:
    params = content.params
    name = _name(content, text(params, "question"))
    clean = material.cleaner(name)
    correct = str(params.get("correct", "")).strip().lower()
    if correct not in ("true", "false"):
        yield unfinished(material.context, NO_CHOICE, material.at, name=name, text=name, count=2, right=0)
        return
    yield from _film(material, content, name)
    behaviour = group(params, "behaviour")
    right = clean.line(text(behaviour, "feedbackOnCorrect"))
    wrong = clean.line(text(behaviour, "feedbackOnWrong"))
    is_right = correct == "true"
    on_true, on_false = (right, wrong) if is_right else (wrong, right)
    parts = _parts(material, content, name, text(params, "question"))
    labels = [plain(text(group(params, "l10n"), word) or text(params, word)) for word in ("trueText", "falseText")]
    if labels[0].casefold() in _TRUE_WORDS and labels[1].casefold() in _FALSE_WORDS:
        yield build_questions.true_or_false(
            material.context, parts, is_true=is_right, on_true=on_true, on_false=on_false
        )
        return
    answers = [
        WeightedAnswer(
            text=words_text(label, material.at), share=ALL if label_is_right else Decimal(0), feedback=feedback
        )
        for label, label_is_right, feedback in zip(labels, (is_right, not is_right), (on_true, on_false), strict=True)
    ]
    yield build_questions.choice(material.context, parts, answers, single=True)


def _first_is_right(material: Material, content: Content, source: str, answers: list[str], tip: str = "") -> Things:
    """Yield a choice whose first answer is right, as H5P stores sets and summaries. It shows them shuffled."""
    name = _name(content, source)
    clean = material.cleaner(name)
    texts = [words for answer in answers if (words := clean.line(answer)) is not None]
    if not texts:
        return  # the empty entry that the editor begins with; H5P does not show it
    if len(texts) < 2:
        original = _original(name, [(words.plain, True) for words in texts])
        yield unfinished(
            material.context, NO_CHOICE, material.at, name=name, text=original, count=len(texts), right=len(texts)
        )
        return
    parts = _parts(material, Content(kind=content.kind), name, source, hint=_hints(clean, [("", tip)]))
    rows = [WeightedAnswer(text=words, share=ALL if not at else Decimal(0)) for at, words in enumerate(texts)]
    yield build_questions.choice(material.context, parts, rows, single=True)


def _set(material: Material, content: Content) -> Things:
    for choice in map(as_group, items(content.params, "choices")):
        answers = [as_text(answer) for answer in items(choice, "answers")]
        yield from _first_is_right(material, content, text(choice, "question"), answers)
    _report_score_feedback(material, content, content.title or content.short_kind)


def _summary(material: Material, content: Content) -> Things:
    for row in items(content.params, "summaries"):
        panel = as_group(row)
        statements = items(panel, "summary") if panel else items({"": row}, "")
        tip = text(group(panel, "tip"), "tip") or text(panel, "tip")
        intro = text(content.params, "intro")
        yield from _first_is_right(material, content, intro, [as_text(statement) for statement in statements], tip)
    _report_score_feedback(material, content, content.title or content.short_kind)


def _blanks(material: Material, content: Content) -> Things:
    params = content.params
    pieces = [piece for line in items(params, "questions") for piece in (*stars.split(as_text(line)), "\n")]
    if is_true(group(params, "behaviour").get("caseSensitive")):
        name = _name(content, text(params, "text"))
        material.context.report(SETTING_LEFT_OUT, material.at, name=name, what="caseSensitive")
    yield from _gaps(material, content, text(params, "text"), pieces, ())


def _drag(material: Material, content: Content) -> Things:
    params = content.params
    pieces = list(stars.split_draggable(_lines(text(params, "textField"))))
    others = [piece for piece in stars.split_draggable(text(params, "distractors")) if isinstance(piece, stars.Blank)]
    words = [word for piece in (*pieces, *others) if isinstance(piece, stars.Blank) for word in piece.answers]
    yield from _gaps(material, content, text(params, "taskDescription"), pieces, tuple(dict.fromkeys(words)))


def _lines(source: str) -> str:
    """Return a text field of several lines as HTML."""
    return "".join(f"<p>{line}</p>" for line in source.replace("\r", "").split("\n") if line.strip())


def _gaps(
    material: Material, content: Content, task: str, pieces: list[str | stars.Blank], words: tuple[str, ...]
) -> Things:
    """Yield a text with gaps. words: all that can be dragged into a gap; none when learners type."""
    clean_name = stars.plain("".join(piece if isinstance(piece, str) else "…" for piece in pieces))
    name = _name(content, task, content.title, clean_name)
    clean = material.cleaner(name)
    gaps: dict[str, DraftGap] = {}
    source: list[str] = []
    tips: list[tuple[str, str]] = []
    for piece in pieces:
        if isinstance(piece, str):
            source.append(piece)
            continue
        key = str(len(gaps) + 1)
        feedback = tuple(clean.line(part) for part in (piece.right, piece.wrong) if part)
        options = tuple((word, word in piece.answers) for word in words) if len(words) > 1 else ()
        gaps[key] = DraftGap(accepted=() if options else piece.answers, options=options, feedback=feedback)
        tips.append((key, piece.tip))
        source.append(place_of(key))
    marked = "".join(piece if isinstance(piece, str) else f"*{'/'.join(piece.answers)}*" for piece in pieces)
    original = f"{name}\n{stars.plain(marked)}"
    if not gaps or not all(gap.right for gap in gaps.values()):
        yield unfinished(material.context, NO_GAPS, material.at, name=name, text=original)
        return
    yield from _film(material, content, name)
    parts = _parts(
        material,
        content,
        name if task else fill_in_prompt(material.context),
        task + "".join(source),
        points=len(gaps),
        hint=_hints(clean, tips),
    )
    question = with_gaps(material.context, parts, gaps)
    if question is None:
        yield unbuilt(material.context, material.at, name=name, text=original)
        return
    yield question
    _report_score_feedback(material, content, name)


def _mark(material: Material, content: Content) -> Things:
    """Yield a choice among the words of a text; a block to finish when they are too many or stand there twice."""
    params = content.params
    task, source = text(params, "taskDescription"), text(params, "textField")
    name = _name(content, task, stars.without_stars(source))
    found = stars.words(source)
    marked = {word.text for word in found if word.is_right}
    distinct = tuple(dict.fromkeys(word.text for word in found))
    is_plain = marked and not marked & {word.text for word in found if not word.is_right}
    if not is_plain or not 2 <= len(distinct) <= _MOST_WORDS:
        yield unfinished(material.context, MARKED_WORDS, material.at, name=name, text=f"{name}\n{stars.plain(source)}")
        return
    material.context.report(WORDS_TO_CHOOSE, material.at, name=name)
    yield from _film(material, content, name)
    parts = _parts(material, content, name, task + _lines(stars.without_stars(source)), points=len(marked))
    answers = [
        WeightedAnswer(
            text=words_text(word, material.at),
            share=_share(len(marked), is_right=word in marked, single=False),
        )
        for word in distinct
    ]
    yield build_questions.choice(material.context, parts, answers, single=False)
    _report_score_feedback(material, content, name)


def _cards(material: Material, content: Content) -> Things:
    for card in map(as_group, items(content.params, "cards")):
        source = text(card, "text") or text(content.params, "description")
        name = _name(content, source)
        answers = text(card, "answer").replace("\\|", "\ue003").split("|")
        accepted = [plain(answer).replace("\ue003", "|") for answer in answers if plain(answer)]
        if not accepted:
            yield unfinished(material.context, NO_GAPS, material.at, name=name, text=name)
            continue
        image = {"file": card.get("image"), "alt": card.get("imageAltText")}
        media = Content(kind="H5P.Image", params=image) if card.get("image") else None
        clean = material.cleaner(name)
        tip = text(group(card, "tip"), "tip") or text(card, "tip")
        source += material.image_html(media)
        parts = _parts(material, Content(kind=content.kind), name, source, hint=_hints(clean, [("", tip)]))
        rows = [(answer.replace("*", "\\*"), ALL, None) for answer in accepted]
        question = build_questions.typed(material.context, parts, rows)
        original = "\n".join([name, *accepted])
        yield question or unbuilt(material.context, material.at, name=name, text=original)


def _order(material: Material, content: Content) -> Things:
    params = content.params
    name = _name(content, text(params, "taskDescription"))
    clean = material.cleaner(name)
    rows = [words for row in items(params, "paragraphs") if (words := clean.line(as_text(row))) is not None]
    if len(rows) < 2:
        original = "\n".join([name, *(words.plain for words in rows)])
        yield unfinished(
            material.context, NO_CHOICE, material.at, name=name, text=original, count=len(rows), right=len(rows)
        )
        return
    yield from _film(material, content, name)
    parts = _parts(material, content, name, text(params, "taskDescription"))
    yield build_questions.ordering(material.context, parts, rows)


def _essay(material: Material, content: Content) -> Things:
    params = content.params
    source = text(params, "taskDescription") or text(params, "question") or text(params, "label")
    name = _name(content, source)
    material.context.report(BECAME_REFLECTION, material.at, name=name)
    media = material.image_html(content_of(group(params, "media")))
    yield from _film(material, content, name)
    yield reflection(material.context, "", name, material.cleaner(name).text(source + media), material.at)
    solution = group(params, "solution")
    answer = material.cleaner(name).text(text(solution, "introduction") + text(solution, "sample"))
    yield model_answer(material.context, name, answer, material.at)
    keywords = [plain(text(as_group(row), "keyword")) for row in items(params, "keywords")]
    if any(keywords):
        what = f"keywords = {', '.join(filter(None, keywords))}"
        material.context.report(SETTING_LEFT_OUT, material.at, name=name, what=what)


READERS: Mapping[str, Callable[[Material, Content], Things]] = {
    "H5P.MultiChoice": _choice,
    "H5P.TrueFalse": _truth,
    "H5P.SingleChoiceSet": _set,
    "H5P.Summary": _summary,
    "H5P.Blanks": _blanks,
    "H5P.DragText": _drag,
    "H5P.MarkTheWords": _mark,
    "H5P.Flashcards": _cards,
    "H5P.SortParagraphs": _order,
    "H5P.Essay": _essay,
    "H5P.OpenEndedQuestion": _essay,
    "H5P.ExportableTextArea": _essay,
}

# Types that show their answers in another order each time.
SHUFFLED = frozenset({"H5P.SingleChoiceSet", "H5P.Summary"})


def is_shuffled(content: Content) -> bool:
    """Return whether H5P shows the answers of a question in random order."""
    behaviour = group(content.params, "behaviour")
    is_random = behaviour.get("randomAnswers", content.params.get("randomAnswers"))
    return content.kind in SHUFFLED or (content.kind == "H5P.MultiChoice" and is_true(is_random))
