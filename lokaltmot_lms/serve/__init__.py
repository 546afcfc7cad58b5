"""The web server of `preview` and `try`: for this machine only; serves files in memory, on disk or in a zip."""

from lokaltmot_lms.serve.resource import Reply, Request, ServedFile, Stream, in_memory, media_type, on_disk, strict_lms
from lokaltmot_lms.serve.server import Server

__all__ = ["Reply", "Request", "ServedFile", "Server", "Stream", "in_memory", "media_type", "on_disk", "strict_lms"]
