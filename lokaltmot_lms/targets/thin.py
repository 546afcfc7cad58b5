"""A thin cartridge: Common Cartridge 1.1 with nothing but links that open the modules in our LTI tool."""

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem
from lokaltmot_lms.targets.cartridges import manifest, tool_link
from lokaltmot_lms.targets.cartridges.manifest import Resource, TocEntry, identifier


def package(course: Course, modules: tuple[Module, ...], options: BuildOptions) -> Package:
    """Return the modules as one cartridge: one link per module. Moodle and Canvas both accept version 1.1."""
    resources, files, entries = [], [], []
    for module in modules:
        name = identifier(module.id, "tool")
        file = f"links/{module.id}.xml"
        resources.append(Resource(identifier=f"res_{name}", type=manifest.LINK, files=(file,)))
        files.append(PackageFile(name=file, content=tool_link.link_file(options.lti_url, course, module)))
        entries.append(TocEntry(identifier=f"item_{name}", title=module.title, opens=f"res_{name}"))
    # Canvas makes modules only of folders, so one folder holds all links.
    folder = TocEntry(identifier="links", title=course.title, entries=tuple(entries))
    files.append(PackageFile(name=manifest.MANIFEST, content=manifest.manifest(course, (folder,), tuple(resources))))
    return Package(
        name=stem(course, modules[0] if len(modules) == 1 else None, TARGET.name),
        files=tuple(sorted(files, key=lambda file: file.name)),
        modules=modules,
        losses=(),  # the tool shows the complete modules
    )


TARGET = Target(
    name="thin",
    title="Common Cartridge 1.1, links only",
    suffix=".imscc",
    is_native=True,
    bundles=True,
    is_whole=True,
    needs_tool=True,
    package=package,
)
