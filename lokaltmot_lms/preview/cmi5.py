"""A cmi5 platform for each module of the preview; the learner stays the same while the source changes."""

from collections.abc import Callable, Mapping

from lokaltmot_lms.pages import PackageFile
from lokaltmot_lms.serve import Reply, Request, Stream
from lokaltmot_lms.serve.cmi5 import Cmi5Platform, Cmi5Server, Unit, read_units

_STRUCTURE = "cmi5.xml"


class Cmi5Servers:
    """Serves "m/ID/cmi5/…". files: of a module's current package. address: of the server, with a trailing slash."""

    def __init__(self, files: Callable[[str], Mapping[str, PackageFile]]) -> None:
        self._files = files
        self._servers: dict[str, Cmi5Server] = {}
        self.address = ""

    def talk(self, request: Request) -> Reply | None:
        """Answer a unit, or the preview's page; None if the path is not of this server."""
        module, path = _split(request.path)
        server = self._server(module) if path else None
        if server is None:
            return None
        if path == "platform/launch":  # the source of the unit may have changed
            server.platform.units = self._units(module) or server.platform.units
        return server.talk(request, path)

    def route(self, path: str) -> Stream | None:
        """Return the event stream of a module."""
        module, rest = _split(path)
        server = self._server(module) if rest else None
        return server.route(rest) if server else None

    def _server(self, module: str) -> Cmi5Server | None:
        if module not in self._servers:
            units = self._units(module)
            if not units:
                return None
            platform = Cmi5Platform(units=units, address=f"{self.address}m/{module}/cmi5/")
            self._servers[module] = Cmi5Server(platform, base=f"/m/{module}/package/")
        return self._servers[module]

    def _units(self, module: str) -> tuple[Unit, ...]:
        file = self._files(module).get(_STRUCTURE)
        return read_units(file.content) if file and isinstance(file.content, bytes) else ()


def _split(path: str) -> tuple[str, str]:
    """Return the module and the rest of "m/ID/cmi5/REST"; two empty texts for another path."""
    first, _, rest = path.partition("/")
    module, _, rest = rest.partition("/")
    kind, _, rest = rest.partition("/")
    return (module, rest) if (first, kind) == ("m", "cmi5") else ("", "")
