"""Renders the model to the files a learner opens: HTML through Jinja, with the player's scripts and the images."""

from lokaltmot_lms.pages.media import PackageFile
from lokaltmot_lms.pages.page_data import Tracking
from lokaltmot_lms.pages.render import render_module

__all__ = ["PackageFile", "Tracking", "render_module"]
