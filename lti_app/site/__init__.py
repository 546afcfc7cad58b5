"""Health checks, metrics, and the static files of the tool's pages."""

from lti_app.site.views import blueprint

__all__ = ["blueprint"]
