"""Common Cartridge 1.1: pages, quizzes and files for Moodle, Brightspace, Blackboard, Sakai and others."""

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets import question_banks
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.cartridges import manifest, qti, static_pages, tool_link
from lokaltmot_lms.targets.cartridges.manifest import Resource, TocEntry, identifier
from lokaltmot_lms.targets.loss import gathered


def package(course: Course, modules: tuple[Module, ...], options: BuildOptions) -> Package:
    """Return the modules as one cartridge: one folder per module in the table of contents.

    With BuildOptions.lti_url a folder ends with a link that opens the module in our LTI tool.
    """
    media = static_pages.CartridgeMedia(course)
    made = [_module(course, module, media, options) for module in modules]
    media_resources = tuple(
        Resource(identifier=f"file_{at}", type=manifest.WEB_CONTENT, files=(file.name,))
        for at, file in enumerate(media.files, start=1)
    )
    resources = (*(resource for _, listed, _ in made for resource in listed), *media_resources)
    content = manifest.manifest(course, tuple(entry for entry, _, _ in made), resources)
    files = [*(file for _, _, written in made for file in written), *media.files]
    files.append(PackageFile(name=manifest.MANIFEST, content=content))
    lost = (found for module in modules for found in (*static_pages.unheld(course, module), *qti.unheld(module)))
    return Package(
        name=stem(course, modules[0] if len(modules) == 1 else None, TARGET.name),
        files=tuple(sorted(files, key=lambda file: file.name)),
        modules=modules,
        losses=gathered(lost),
    )


def _module(
    course: Course, module: Module, media: static_pages.CartridgeMedia, options: BuildOptions
) -> tuple[TocEntry, list[Resource], list[PackageFile]]:
    folder = f"m-{module.id}/"
    pages = {page.id: f"{page.id}.html" for page in module.pages if static_pages.has_reading(page)}
    places = media.places("../", pages)
    entries: list[TocEntry] = []
    resources: list[Resource] = []
    files: list[PackageFile] = []

    def add(name: str, file: str, kind: str, title: str, content: bytes) -> None:
        resources.append(Resource(identifier=f"res_{name}", type=kind, files=(folder + file,)))
        files.append(PackageFile(name=folder + file, content=content))
        entries.append(TocEntry(identifier=f"item_{name}", title=title, opens=f"res_{name}"))

    for page in module.pages:
        title = page.title.plain or page.id
        if page.id in pages:
            content = static_pages.reading(module, page, places)
            add(identifier(module.id, "page", page.id), pages[page.id], manifest.WEB_CONTENT, title, content)
        for quiz in (quiz for on, quiz in question_banks.quizzes(module) if on is page):
            if any(qti.holds(question) for question in quiz.questions):
                name = identifier(module.id, "quiz", quiz.id)
                content = qti.assessment(page, quiz, name, media.places("../"))
                add(name, f"quiz-{quiz.id}.xml", manifest.ASSESSMENT, title, content)
    if options.lti_url:
        link = tool_link.link_file(options.lti_url, course, module)
        add(identifier(module.id, "tool"), "tool.xml", manifest.LINK, module.title, link)
    entry = TocEntry(identifier=f"item_{identifier(module.id)}", title=module.title, entries=tuple(entries))
    return entry, resources, files


TARGET = Target(
    name="cc",
    title="Common Cartridge 1.1",
    suffix=".imscc",
    is_native=True,
    bundles=True,
    is_whole=True,
    package=package,
)
