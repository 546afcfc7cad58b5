"""A plain folder for any web server: one module, or the whole course with a start page. Nothing is reported."""

from collections.abc import Iterator
from dataclasses import replace

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages import PackageFile, Tracking, render_module
from lokaltmot_lms.pages.home import home_names, module_folder, render_home
from lokaltmot_lms.targets.base import BuildOptions, Package, Target, stem

_TRACKING = Tracking(name="web", options={})  # progress stays in the reader's own browser


def package(course: Course, modules: tuple[Module, ...], _options: BuildOptions) -> Package:
    """Return one module as a folder, or several as an open site."""
    if len(modules) == 1:
        files = render_module(course, modules[0], tracking=_TRACKING)
        return Package(name=stem(course, modules[0], TARGET.name), files=files, modules=modules)
    named = {file.name: file for file in _site(replace(course, modules=modules))}
    ordered = tuple(named[name] for name in sorted(named))
    return Package(name=stem(course, None, TARGET.name), files=ordered, modules=modules)


def _site(course: Course) -> Iterator[PackageFile]:
    site = home_names(course)
    for module in course.modules:
        yield from render_module(course, module, tracking=_TRACKING, folder=module_folder(module), site=site)
    yield from render_home(course)


TARGET = Target(name="web", title="Web", suffix="", bundles=True, is_whole=True, package=package)
