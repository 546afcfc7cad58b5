"""A plain folder that any web server serves. Progress stays in the reader's own browser."""

from lokaltmot_lms.model import Course, Module
from lokaltmot_lms.pages import Tracking, render_module
from lokaltmot_lms.targets.base import Options, Package, Target, stem


def package(course: Course, modules: tuple[Module, ...], _options: Options) -> Package:
    """Return the files of one module as a folder."""
    module = modules[0]
    files = render_module(course, module, tracking=Tracking(name="web", options={}))
    return Package(name=stem(course, module, TARGET.name), files=files, modules=modules)


TARGET = Target(name="web", title="Web", suffix="", bundles=False, package=package)
