"""A Canvas cartridge: native modules, pages and quizzes, which a teacher can edit, grade and analyse.

The format follows Canvas's converter (lib/cc/importer/canvas), which reads the settings files next to the manifest, not
the manifest's table of contents.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal

from lxml import etree

from lokaltmot_lms.model import Course, Module, Page, Quiz, Reflection
from lokaltmot_lms.pages.interface import interface
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets import question_banks, xml
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.cartridges import canvas_qti, manifest, qti, static_pages, tool_link
from lokaltmot_lms.targets.cartridges.manifest import Resource, TocEntry, identifier
from lokaltmot_lms.targets.loss import gathered
from lokaltmot_lms.texts import N_

_SPACE: dict[str | None, str] = {None: "http://canvas.instructure.com/xsd/cccv1p0"}
_SETTINGS = "course_settings"
_FLAG = f"{_SETTINGS}/canvas_export.txt"  # Canvas recognises its own cartridges by this file
_FILES = "$IMS-CC-FILEBASE$/"  # web_resources/, wherever Canvas puts it


@dataclass(frozen=True, slots=True, kw_only=True)
class _ModuleItem:
    """A line of a Canvas module. opens: identifier, "" for a sub-header. requirement: for completion, "" for none."""

    name: str
    kind: str
    title: str
    opens: str = ""
    indent: int = 0
    requirement: str = ""
    min_score: str = ""
    resources: tuple[Resource, ...] = ()
    files: tuple[PackageFile, ...] = field(default=())


def package(course: Course, modules: tuple[Module, ...], options: BuildOptions) -> Package:
    """Return the modules as one cartridge, with one Canvas module per module.

    With BuildOptions.lti_url a module ends with an assignment that opens it in our LTI tool. Only that is then graded:
    pages have no requirement and quizzes are for practice, so that nobody is graded twice.
    """
    media = static_pages.CartridgeMedia(course, folder="web_resources/")
    items = {
        module.id: tuple(_counted(course, module, tuple(_items(module, media, options)), options)) for module in modules
    }
    settings = (
        PackageFile(name=_FLAG, content=f"{course.id}\n".encode()),
        PackageFile(name=f"{_SETTINGS}/course_settings.xml", content=_course_settings(course)),
        PackageFile(name=f"{_SETTINGS}/module_meta.xml", content=_module_meta(modules, items)),
    )
    flagged = Resource(identifier="settings", type=manifest.ASSOCIATED, files=tuple(file.name for file in settings))
    media_resources = tuple(
        Resource(identifier=f"file_{at}", type=manifest.WEB_CONTENT, files=(file.name,))
        for at, file in enumerate(media.files, start=1)
    )
    listed = (resource for found in items.values() for item in found for resource in item.resources)
    entries = tuple(_entry(module, items[module.id]) for module in modules)
    content = manifest.manifest(course, entries, (flagged, *listed, *media_resources))
    written = (file for found in items.values() for item in found for file in item.files)
    files = (*settings, *written, *media.files, PackageFile(name=manifest.MANIFEST, content=content))
    lost = (found for module in modules for found in (*static_pages.unheld(course, module), *canvas_qti.unheld(module)))
    return Package(
        name=stem(course, modules[0] if len(modules) == 1 else None, TARGET.name),
        files=tuple(sorted(files, key=lambda file: file.name)),
        modules=modules,
        losses=gathered(lost),
    )


def _counted(
    course: Course, module: Module, items: tuple[_ModuleItem, ...], options: BuildOptions
) -> Iterator[_ModuleItem]:
    if not options.lti_url:
        yield from items
        return
    yield from (replace(item, requirement="") for item in items)
    yield _assignment(course, module, options.lti_url)


def _items(module: Module, media: static_pages.CartridgeMedia, options: BuildOptions) -> Iterator[_ModuleItem]:
    addresses = {
        page.id: f"$WIKI_REFERENCE$/pages/{module.id}-{page.id}"
        for page in module.pages
        if static_pages.has_reading(page)
    }
    for page in module.pages:
        title = page.title.plain or page.id
        quizzes = [
            quiz
            for on, quiz in question_banks.quizzes(module)
            if on is page and any(map(canvas_qti.holds, quiz.questions))
        ]
        asked = [block for block in page.blocks if isinstance(block, Reflection)] if options.essays else []
        is_group = len(quizzes) + (page.id in addresses) + bool(asked) > 1
        if is_group:
            name = identifier(module.id, "head", page.id)
            yield _ModuleItem(name=name, kind="ContextModuleSubHeader", title=title)
        if page.id in addresses:
            yield _page(module, page, media, addresses, indent=int(is_group))
        for quiz in quizzes:
            yield _quiz(module, page, quiz, media, indent=int(is_group), is_practice=bool(options.lti_url))
        if asked:
            yield _survey(module, page, asked, media, indent=int(is_group))


def _page(
    module: Module, page: Page, media: static_pages.CartridgeMedia, addresses: dict[str, str], *, indent: int
) -> _ModuleItem:
    name = identifier(module.id, "page", page.id)
    meta = {"identifier": name, "editing_roles": "teachers", "workflow_state": "active"}
    content = static_pages.reading(module, page, media.places(_FILES, addresses), meta)
    file = PackageFile(name=f"wiki_content/{module.id}-{page.id}.html", content=content)
    return _ModuleItem(
        name=f"item_{name}",
        kind="WikiPage",
        title=page.title.plain or page.id,
        opens=name,
        indent=indent,
        requirement="must_view" if module.completion.all_pages else "",
        resources=(Resource(identifier=name, type=manifest.WEB_CONTENT, files=(file.name,)),),
        files=(file,),
    )


def _quiz(
    module: Module, page: Page, quiz: Quiz, media: static_pages.CartridgeMedia, *, indent: int, is_practice: bool
) -> _ModuleItem:
    name = identifier(module.id, "quiz", quiz.id)
    places = media.places(_FILES)
    share = module.pass_share if quiz.pass_share is None else quiz.pass_share
    points = canvas_qti.total(quiz)
    requirement = "min_score" if points else "must_submit"
    kind = "assignment" if points and not is_practice else "practice_quiz"
    # Also the column in the gradebook, where the quizzes of all modules are side by side.
    title = f"{module.title}: {page.title.plain or page.id}"
    item = _quiz_item(
        name,
        title,
        _quiz_settings(title, name, kind, points, quiz.attempts, shuffles=quiz.shuffle),
        canvas_qti.assessment(page, quiz, name, places),
        qti.assessment(page, quiz, name, places),
    )
    return replace(
        item,
        indent=indent,
        requirement=requirement if module.completion.passed_quiz else "",
        min_score=canvas_qti.amount(share * points) if points else "",
    )


def _survey(
    module: Module, page: Page, asked: list[Reflection], media: static_pages.CartridgeMedia, *, indent: int
) -> _ModuleItem:
    """Return a page's reflections as a survey of essays, which gives no points."""
    name = identifier(module.id, "essays", page.id)
    places = media.places(_FILES)
    title = interface(module.language).say(N_("To think about: {page}"), page=page.title.plain or page.id)
    item = _quiz_item(
        name,
        title,
        _quiz_settings(title, name, "survey", Decimal(0), None),
        qti.essays(title, asked, name, places, each=canvas_qti.ESSAY),
        qti.essays(title, asked, name, places),
    )
    return replace(item, indent=indent)


def _quiz_item(name: str, title: str, settings: bytes, native: bytes, profile: bytes) -> _ModuleItem:
    """Return a quiz. native: its questions in Canvas's format. profile: in that of Common Cartridge."""
    files = (
        PackageFile(name=f"{name}/assessment_qti.xml", content=profile),
        PackageFile(name=f"{name}/assessment_meta.xml", content=settings),
        PackageFile(name=f"non_cc_assessments/{name}.xml.qti", content=native),
    )
    return _ModuleItem(
        name=f"item_{name}",
        kind="Quizzes::Quiz",
        title=title,
        opens=name,
        resources=(
            Resource(identifier=name, type=manifest.ASSESSMENT, files=(files[0].name,), needs=(f"{name}_meta",)),
            Resource(identifier=f"{name}_meta", type=manifest.ASSOCIATED, files=tuple(file.name for file in files[1:])),
        ),
        files=files,
    )


def _quiz_settings(
    title: str, name: str, kind: str, points: Decimal, attempts: int | None, *, shuffles: bool = False
) -> bytes:
    """Return assessment_meta.xml. A quiz is published like the pages; without `available` it would be a draft."""
    top = xml.root(_SPACE, "quiz", identifier=name)
    xml.add(top, "title", title)
    xml.add(top, "shuffle_answers", "true" if shuffles else "false")
    xml.add(top, "scoring_policy", "keep_highest")
    xml.add(top, "quiz_type", kind)
    xml.add(top, "points_possible", canvas_qti.amount(points))
    if kind == "survey":
        xml.add(top, "anonymous_submissions", "true")
    xml.add(top, "available", "true")
    xml.add(top, "allowed_attempts", "-1" if attempts is None else str(attempts))
    return xml.document(top)


def _assignment(course: Course, module: Module, lti_url: str) -> _ModuleItem:
    """Return a graded assignment that opens the module in our tool (lib/cc/importer/canvas/assignment_converter.rb).

    Canvas finds the installed tool by the URL, which also identifies the module.
    """
    name = identifier(module.id, "tool")
    points = tool_link.points(module)
    top = xml.root(_SPACE, "assignment", identifier=name)
    xml.add(top, "title", module.title)
    xml.add(top, "workflow_state", "published")
    xml.add(top, "points_possible", canvas_qti.amount(points))
    xml.add(top, "grading_type", "points")
    xml.add(top, "submission_types", "external_tool")
    xml.add(top, "external_tool_url", tool_link.address(lti_url, course, module))
    xml.add(top, "external_tool_new_tab", "false")
    files = (
        PackageFile(name=f"{name}/assignment.html", content=static_pages.text_page(module, module.description)),
        PackageFile(name=f"{name}/assignment_settings.xml", content=xml.document(top)),
    )
    counts = module.completion.passed_quiz
    return _ModuleItem(
        name=f"item_{name}",
        kind="Assignment",
        title=module.title,
        opens=name,
        requirement="min_score" if counts else "must_submit",
        min_score=canvas_qti.amount(module.pass_share * points) if counts else "",
        resources=(Resource(identifier=name, type=manifest.ASSOCIATED, files=tuple(file.name for file in files)),),
        files=files,
    )


def _course_settings(course: Course) -> bytes:
    top = xml.root(_SPACE, "course", identifier=identifier("course", course.id))
    xml.add(top, "title", course.title)
    xml.add(top, "course_code", course.id)
    return xml.document(top)


def _module_meta(modules: Iterable[Module], items: dict[str, tuple[_ModuleItem, ...]]) -> bytes:
    top = xml.root(_SPACE, "modules")
    for position, module in enumerate(modules, start=1):
        element = xml.add(top, "module", identifier=identifier("module", module.id))
        xml.add(element, "title", module.title)
        xml.add(element, "workflow_state", "active")
        xml.add(element, "position", str(position))
        xml.add(element, "require_sequential_progress", "false")
        listed = xml.add(element, "items")
        for at, item in enumerate(items[module.id], start=1):
            _add_item(listed, item, at)
        requirements = xml.add(element, "completionRequirements")
        for item in items[module.id]:
            if item.requirement:
                requirement = xml.add(requirements, "completionRequirement", type=item.requirement)
                xml.add(requirement, "identifierref", item.name)
                if item.requirement == "min_score":
                    xml.add(requirement, "min_score", item.min_score)
    return xml.document(top)


def _add_item(parent: etree._Element, item: _ModuleItem, position: int) -> None:
    element = xml.add(parent, "item", identifier=item.name)
    xml.add(element, "content_type", item.kind)
    xml.add(element, "workflow_state", "active")
    xml.add(element, "title", item.title)
    if item.opens:
        xml.add(element, "identifierref", item.opens)
    xml.add(element, "position", str(position))
    xml.add(element, "new_tab")
    xml.add(element, "indent", str(item.indent))


def _entry(module: Module, items: tuple[_ModuleItem, ...]) -> TocEntry:
    lines = tuple(TocEntry(identifier=item.name, title=item.title, opens=item.opens) for item in items)
    return TocEntry(identifier=identifier("module", module.id), title=module.title, entries=lines)


TARGET = Target(
    name="canvas",
    title="Canvas",
    suffix=".imscc",
    is_native=True,
    bundles=True,
    is_whole=True,
    package=package,
)
