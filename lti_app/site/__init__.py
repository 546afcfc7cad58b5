"""What is neither launch nor module: whether the tool lives, what it counts, and the files its pages need."""

from lti_app.site.views import blueprint

__all__ = ["blueprint"]
