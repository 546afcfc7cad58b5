"""Turns H5P content into pages: slides and chapters become pages, everything else one page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape

from lokaltmot_lms.errors.h5p import TASKS_AFTER_VIDEO
from lokaltmot_lms.errors.imports import ITEM_LEFT_OUT, QUESTION_LEFT_OUT
from lokaltmot_lms.importers.draft_modules import DraftModule, DraftPage, prose, unfinished
from lokaltmot_lms.importers.h5p import stars
from lokaltmot_lms.importers.h5p.fields import (
    Content,
    as_group,
    content_of,
    group,
    is_true,
    items,
    plain,
    text,
    words_in,
)
from lokaltmot_lms.importers.h5p.material import Material
from lokaltmot_lms.importers.h5p.questions import READERS, is_shuffled
from lokaltmot_lms.importers.qti12 import quizzes
from lokaltmot_lms.model import Block, Question, Quiz

_DEEPEST = 8  # contents in contents; H5P's own editor allows four
_LONGEST_ORIGINAL = 4000

# Content without an answer of its own. Everything else that is unknown is taken for a task.
_NO_TASKS = frozenset(
    {"H5P.Agamotto", "H5P.AudioRecorder", "H5P.Chart", "H5P.Collage", "H5P.Cornell", "H5P.IFrameEmbed"}
    | {"H5P.ImageHotspots", "H5P.ImageJuxtaposition", "H5P.ImageSlider", "H5P.ImpressPresentation", "H5P.KewArCode"}
    | {
        "H5P.GoToQuestion",
        "H5P.IVHotspot",
        "H5P.Nil",
        "H5P.Shape",
        "H5P.Timeline",
        "H5P.Tour360",
        "H5P.TwitterUserFeed",
        "H5P.ThreeImage",
        "H5P.InformationWall",
    }
)


class Pages:
    """Fills a module with the pages of a package."""

    def __init__(self, material: Material, module: DraftModule) -> None:
        self._material = material
        self._module = module

    def add(self, content: Content, title: str) -> None:
        """Add content with its title: a page for each slide of a presentation and each chapter of a book."""
        if content.kind == "H5P.CoursePresentation":
            self._slides(content, title)
        elif content.kind == "H5P.InteractiveBook":
            self._chapters(content, title)
        else:
            page = self._page(title)
            self._fill(page, content, 0)

    def _page(self, title: str) -> DraftPage:
        page = quizzes.new_page(self._material.context, title, self._material.at)
        self._module.pages.append(page)
        return page

    def _slides(self, content: Content, title: str) -> None:
        slides = items(group(content.params, "presentation"), "slides")
        for number, slide in enumerate(map(as_group, slides), start=1):
            elements = [as_group(element) for element in items(slide, "elements")]
            keywords = [plain(text(as_group(keyword), "main")) for keyword in items(slide, "keywords")]
            page = self._page(next(filter(None, keywords), "") or _heading(elements) or f"{title} ({number})")
            background = group(group(slide, "slideBackgroundSelector"), "imageSlideBackground")
            if background:
                page.add(self._material.image({"file": background}))
            for element in elements:
                self._fill(page, content_of(element), 1)
                page.add(self._text(plain(text(element, "title")) or page.title.plain, text(element, "solution")))

    def _chapters(self, content: Content, title: str) -> None:
        cover = group(content.params, "bookCover")
        if is_true(content.params.get("showCoverPage")) and cover:
            page = self._page(title)
            self._fill(page, content_of(group(cover, "coverMedium")), 1)
            page.add(self._text(title, text(cover, "coverDescription")))
        for number, row in enumerate(items(content.params, "chapters"), start=1):
            chapter = content_of(row)
            if chapter is not None:
                self._fill(self._page(chapter.title or f"{title} ({number})"), chapter, 1)

    def _fill(self, page: DraftPage, content: Content | None, depth: int) -> None:
        """Add content to a page, with all that is in it."""
        if content is None:
            return
        self._material.report_rights(content.title or content.short_kind, content.metadata)
        if depth > _DEEPEST:
            self._leave_out(page, content)
        elif content.kind in READERS:
            if is_shuffled(content):
                page.settings["shuffle"] = True
            for thing in READERS[content.kind](self._material, content):
                page.add(thing)
        elif content.kind in _HOLDERS:
            if content.kind == "H5P.InteractiveVideo":
                name = content.title or page.title.plain
                self._material.context.report(TASKS_AFTER_VIDEO, self._material.at, name=name)
            for inner in _HOLDERS[content.kind](content):
                self._fill(page, inner, depth + 1)
        elif content.kind == "H5P.QuestionSet":
            self._question_set(page, content, depth)
        elif content.kind in ("H5P.Video", "H5P.Audio"):
            for block in self._material.films(content, content.title or page.title.plain):
                page.add(block)
        elif content.kind == "H5P.Image":
            page.add(self._material.image(content.params))
        elif content.kind in _TEXTS:
            page.add(self._text(content.title or page.title.plain, _TEXTS[content.kind](content)))
        else:
            self._leave_out(page, content)

    def _question_set(self, page: DraftPage, content: Content, depth: int) -> None:
        """Add a quiz. poolSize: how many of its questions are asked."""
        page.close()
        intro = group(content.params, "introPage")
        if is_true(intro.get("showIntroPage")) or "showIntroPage" not in intro:
            heading = text(intro, "title")
            source = (f"<h2>{heading}</h2>" if heading else "") + text(intro, "introduction")
            page.add(self._text(page.title.plain, source))
        pool = content.params.get("poolSize")
        inside = DraftPage(id=page.id, title=page.title, at=page.at) if isinstance(pool, int) and pool > 0 else page
        for row in items(content.params, "questions"):
            self._fill(inside, content_of(row), depth + 1)
        if inside is not page and isinstance(pool, int):
            inside.close()
            page.settings |= inside.settings
            page.notes += inside.notes
            page.add_drawn(_one_by_one(inside.blocks), pool)
        page.close()

    def _text(self, name: str, source: str) -> Block | None:
        return prose(self._material.cleaner(name).text(source)) if source else None

    def _leave_out(self, page: DraftPage, content: Content) -> None:
        """Name what has no like. A task leaves a block that must be finished."""
        name = content.title or page.title.plain
        if content.kind in _NO_TASKS:
            self._material.context.report(ITEM_LEFT_OUT, self._material.at, name=name, kind=content.short_kind)
            return
        words = filter(None, map(stars.plain, words_in(content.params)))
        original = "\n".join(dict.fromkeys(words))[:_LONGEST_ORIGINAL]
        page.add(
            unfinished(
                self._material.context,
                QUESTION_LEFT_OUT,
                self._material.at,
                name=name,
                text=original or name,
                kind=content.short_kind,
            )
        )


def _one_by_one(blocks: Iterable[Block]) -> Iterator[Block | Question]:
    """Yield blocks, and the questions of quizzes instead of the quizzes."""
    for block in blocks:
        yield from block.questions if isinstance(block, Quiz) else (block,)


def _heading(elements: list[Mapping[str, object]]) -> str:
    """Return the first words of a slide, when they are short enough for a title."""
    for element in elements:
        content = content_of(element)
        if content is not None and content.kind in _TEXTS:
            source = _TEXTS[content.kind](content)
            first = next(filter(None, map(stars.plain, source.replace("</p>", "</h2>").split("</h"))), "")
            return first.partition(">")[2] if first.startswith(("1>", "2>", "3>")) else first if len(first) < 80 else ""
    return ""


def _column(content: Content) -> Iterator[Content | None]:
    yield from map(content_of, items(content.params, "content"))


def _rows(content: Content) -> Iterator[Content | None]:
    yield from map(content_of, items(content.params, "columns"))


def _video_with_tasks(content: Content) -> Iterator[Content | None]:
    """Yield the video of an interactive video, what is shown during it, and the summary after it."""
    inside = group(content.params, "interactiveVideo")
    video = group(inside, "video")
    files = items(video, "files")
    if files:
        yield Content(kind="H5P.Video", params={"sources": files, "textTracks": video.get("textTracks")})
    for interaction in map(as_group, items(group(inside, "assets"), "interactions")):
        found = content_of(interaction)
        is_label = found is not None and found.kind == "H5P.Nil"
        yield Content(kind="H5P.AdvancedText", params={"text": text(interaction, "label")}) if is_label else found
    yield content_of(group(inside, "summary").get("task"))


_HOLDERS: Mapping[str, Callable[[Content], Iterator[Content | None]]] = {
    "H5P.Column": _column,
    "H5P.RowColumn": _column,
    "H5P.Row": _rows,
    "H5P.InteractiveVideo": _video_with_tasks,
}


def _panels(content: Content) -> str:
    """Return the panels of an accordion as headings with their texts."""
    parts = []
    for panel in map(as_group, items(content.params, "panels")):
        inner = content_of(panel)
        parts.append(f"<h3>{text(panel, 'title')}</h3>{text(inner.params, 'text') if inner is not None else ''}")
    return "".join(parts)


def _dialogs(content: Content) -> str:
    """Return cards with two sides as a list."""
    rows = "".join(
        f"<li><strong>{stars.plain(text(card, 'text'))}</strong> – {stars.plain(text(card, 'answer'))}</li>"
        for card in map(as_group, items(content.params, "dialogs"))
    )
    return text(content.params, "title") + text(content.params, "description") + (f"<ul>{rows}</ul>" if rows else "")


def _link(content: Content) -> str:
    link = group(content.params, "linkWidget")
    address = plain(text(link, "protocol") + text(link, "url"))
    words = text(content.params, "title") or escape(address)
    return f'<p><a href="{escape(address)}">{words}</a></p>' if address else ""


_TEXTS: Mapping[str, Callable[[Content], str]] = {
    "H5P.AdvancedText": lambda content: text(content.params, "text"),
    "H5P.Text": lambda content: text(content.params, "text"),
    "H5P.ContinuousText": lambda content: text(content.params, "text"),
    "H5P.Table": lambda content: text(content.params, "text"),
    "H5P.Accordion": _panels,
    "H5P.Dialogcards": _dialogs,
    "H5P.Link": _link,
}
