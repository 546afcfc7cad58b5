"""An HTTP server on 127.0.0.1 for the preview and for `try`."""

import logging
import re
import threading
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, unquote, urlsplit

from lokaltmot_lms.serve.resource import Reply, Request, ServedFile, Stream

_log = logging.getLogger(__name__)
_CHUNK = 256 * 1024
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")

_MAX_BODY = 4 * 1024**2

Route = Callable[[str], ServedFile | Stream | None]
Talk = Callable[[Request], Reply | None]


class Server:
    """Serves what `route` returns for a path (decoded, without the leading slash), in its own threads.

    `talk` gets every request first, of any method; when it returns None, `route` handles the path.

    Only programs on this machine can reach it. A request whose Host header is not the server's own address is
    refused, so that a foreign site cannot reach it by DNS rebinding.
    """

    def __init__(self, route: Route, *, port: int = 0, talk: Talk = lambda _: None) -> None:
        """Listen on a port; 0 selects a free port.

        Raises:
            OSError: the port is taken.
        """
        self._server = _Listener(("127.0.0.1", port), _Handler)
        self._server.route = route
        self._server.talk = talk
        self._server.names = {f"127.0.0.1:{self.port}", f"localhost:{self.port}"}
        # The poll interval is the longest wait after Ctrl-C.
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._server.server_address[1])

    @property
    def address(self) -> str:
        """The base URL, with a trailing slash."""
        return f"http://127.0.0.1:{self.port}/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


class _Listener(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    route: Route
    talk: Talk
    names: set[str]

    def handle_error(self, request: object, client_address: object) -> None:  # noqa: ARG002  # the base class's names
        _log.debug("A request ended early", exc_info=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Listener
    timeout = 30

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_POST(self) -> None:
        self._answer(with_body=True)

    def do_PUT(self) -> None:
        self._answer(with_body=True)

    def do_DELETE(self) -> None:
        self._answer(with_body=True)

    def do_OPTIONS(self) -> None:
        self._answer(with_body=True)

    def log_message(self, format: str, *args: object) -> None:
        _log.debug(format, *args)

    def _answer(self, *, with_body: bool) -> None:
        try:
            if self.headers.get("Host") not in self.server.names:
                self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
                return
            header = self.headers.get("Content-Length") or "0"
            length = int(header) if header.isdecimal() else _MAX_BODY + 1
            if length > _MAX_BODY:
                self.close_connection = True
                self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
                return
            request = self._request(self.rfile.read(length))
            reply = self.server.talk(request)
            if reply is not None:
                self._reply(reply)
                return
            found = self.server.route(request.path) if request.method in {"GET", "HEAD"} else None
            if found is None:
                self._refuse(HTTPStatus.NOT_FOUND)
            elif isinstance(found, Stream):
                self._stream(found)
            else:
                self._send(found, with_body=with_body)
        except (ConnectionError, TimeoutError):
            self.close_connection = True  # The browser closed the connection, so no reply is possible.

    def _request(self, body: bytes) -> Request:
        url = urlsplit(self.path)
        return Request(
            method=self.command,
            path=unquote(url.path).removeprefix("/"),
            query=dict(parse_qsl(url.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=body,
        )

    def _reply(self, reply: Reply) -> None:
        self.send_response(reply.status)
        for name, value in reply.headers.items():
            self.send_header(name, value)
        self._headers(reply.type, len(reply.body))
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    def _refuse(self, status: HTTPStatus) -> None:
        body = status.phrase.encode()
        self.send_response(status)
        self._headers("text/plain; charset=utf-8", len(body))
        self.wfile.write(body)

    def _headers(self, kind: str, length: int | None) -> None:
        self.send_header("Content-Type", kind)
        if length is not None:
            self.send_header("Content-Length", str(length))
        self.send_header("Cache-Control", "no-store")
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cross-Origin-Resource-Policy", "same-origin")
        self.end_headers()

    def _send(self, found: ServedFile, *, with_body: bool) -> None:
        wanted = _RANGE.fullmatch(self.headers.get("Range", "").strip())
        span = _span(wanted[1], wanted[2], found.size) if wanted else (0, found.size)
        if span is None:
            self.send_response(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE)
            self.send_header("Content-Range", f"bytes */{found.size}")
            self._headers(found.type, 0)
            return
        start, length = span
        self.send_response(HTTPStatus.PARTIAL_CONTENT if wanted else HTTPStatus.OK)
        self.send_header("Accept-Ranges", "bytes")
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{start + length - 1}/{found.size}")
        self._headers(found.type, length)
        if with_body:
            self._copy(found, start, length)

    def _copy(self, found: ServedFile, start: int, length: int) -> None:
        with found.open() as file:
            file.seek(start)
            while length > 0 and (part := file.read(min(_CHUNK, length))):
                self.wfile.write(part)
                length -= len(part)
        # If the file has shrunk, the browser would wait for the rest until the connection closes.
        self.close_connection = self.close_connection or length > 0

    def _stream(self, found: Stream) -> None:
        self.close_connection = True
        self.send_response(HTTPStatus.OK)
        self._headers("text/event-stream", None)
        for text in found.events():
            lines = "".join(f"data: {line}\n" for line in text.split("\n")) if text else ":\n"
            self.wfile.write(f"{lines}\n".encode())
            self.wfile.flush()


def _span(first: str, last: str, size: int) -> tuple[int, int] | None:
    """Return start and length of a byte range; None when it is outside the file (RFC 9110, 14.1.2)."""
    if not first:
        length = min(int(last or 0), size)
        return (size - length, length) if length else None
    start = int(first)
    end = min(int(last), size - 1) if last else size - 1
    return (start, end - start + 1) if start <= end else None
