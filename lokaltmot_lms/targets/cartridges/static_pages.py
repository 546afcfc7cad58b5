"""Pages that a platform shows itself: plain HTML without our scripts and styles."""

from collections.abc import Iterator

from markupsafe import Markup

from lokaltmot_lms.model import Case, Course, Film, Module, Notice, Page, Quiz, Text
from lokaltmot_lms.pages.environment import template
from lokaltmot_lms.pages.interface import interface
from lokaltmot_lms.pages.media import PackageFile, PackageMedia
from lokaltmot_lms.targets import loss
from lokaltmot_lms.targets.loss import Loss, LostFeature
from lokaltmot_lms.targets.platform_html import Places, html, image


class CartridgeMedia:
    """The media of a cartridge. folder: of the files in the package."""

    def __init__(self, course: Course, *, folder: str = "") -> None:
        self._course = course
        self._media = PackageMedia(course)
        self._folder = folder

    @property
    def files(self) -> tuple[PackageFile, ...]:
        """The files whose address was requested, sorted."""
        files = (PackageFile(name=self._folder + file.name, content=file.content) for file in self._media.files)
        return tuple(sorted(files, key=lambda file: file.name))

    def places(self, before: str, pages: dict[str, str] | None = None) -> Places:
        """Return the addresses of images and pages. before: prefix of the addresses of files."""
        return Places(
            picture=lambda path: before + self._media.address(path) if path in self._course.media else None,
            page=(pages or {}).get,
        )


def has_reading(page: Page) -> bool:
    """Return whether a page has more than questions."""
    return any(not isinstance(block, Quiz) for block in page.blocks)


def reading(module: Module, page: Page, places: Places, meta: dict[str, str] | None = None) -> bytes:
    """Return a page without its questions as an HTML file. meta: names and contents of meta elements."""

    def show(text: Text | None) -> Markup:
        return Markup(html(text, places))  # noqa: S704  # cleaned by the reader

    def picture(path: str, alt: str) -> Markup:
        return Markup(image(path, alt, places))  # noqa: S704  # built as elements

    words = interface(module.language)
    return (
        template("native/page.html.jinja")
        .render(
            _=words.say,
            language=words.language,
            direction=words.direction,
            title=page.title.plain or page.id,
            page=page,
            meta=sorted((meta or {}).items()),
            show=show,
            picture=picture,
            address=lambda path: places.picture(path) or "",
        )
        .encode()
    )


def text_page(module: Module, text: str) -> bytes:
    """Return an HTML file with a module's title and a paragraph, or none."""
    words = interface(module.language)
    page = template("native/text.html.jinja")
    return page.render(language=words.language, direction=words.direction, title=module.title, text=text).encode()


def unheld(course: Course, module: Module) -> Iterator[Loss]:
    """Yield what a platform's native pages can't hold."""
    if module.quick_exit:
        yield Loss(module=module.id, thing=LostFeature.QUICK_EXIT, ids=(module.id,), became=loss.LEFT_OUT)
    if course.help_lines:
        yield Loss(module=module.id, thing=LostFeature.HELP_LINES, ids=course.help_lines, became=loss.LEFT_OUT)
    for page in module.pages:
        for block in page.blocks:
            match block:
                case Case():
                    yield Loss(module=module.id, thing=LostFeature.CASE, ids=(block.id,), became=loss.ALL_SHOWN)
                case Notice(skip=str()):
                    yield Loss(module=module.id, thing=LostFeature.SHORT_WAY, ids=(page.id,), became=loss.LEFT_OUT)
                case Film(chapters=str()):
                    yield Loss(module=module.id, thing=LostFeature.CHAPTERS, ids=(page.id,), became=loss.LEFT_OUT)
    for edition in module.translations:
        yield Loss(module=module.id, thing=LostFeature.TRANSLATION, ids=(edition.language,), became=loss.LEFT_OUT)
