"""The web server that the preview and `try` share: on this machine only, of things in memory, on disk or in a zip."""

from lokaltmot_lms.serve.resource import Reply, Request, Resource, Stream, in_memory, media_type, on_disk
from lokaltmot_lms.serve.server import Server
from lokaltmot_lms.serve.strict_lms import strict_lms

__all__ = ["Reply", "Request", "Resource", "Server", "Stream", "in_memory", "media_type", "on_disk", "strict_lms"]
