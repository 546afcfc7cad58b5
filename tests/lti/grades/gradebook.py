"""A small gradebook on 127.0.0.1 that behaves as Moodle 4.5 does with scores, and fails as the test says."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

MAXIMUM = 10


@dataclass
class Gradebook:
    """grades: what it holds, by user. answers: the next answers to scores, instead of its own: a status, or a word.

    pages: answers that come before all others, in place of the gradebook's own. clock_ahead: seconds.

    "drop" closes the connection after the grade was taken; "garbage" is no HTTP; "hang" says nothing.
    """

    port: int = 0
    grades: dict[str, float] = field(default_factory=dict)
    dated: dict[str, int] = field(default_factory=dict)
    answers: list[Any] = field(default_factory=list)
    scores: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    tokens: int = 0
    token_answers: list[tuple[int, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    pages: list[tuple[int, bytes]] = field(default_factory=list)
    clock_ahead: float = 0
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def line_item(self) -> str:
        return f"http://{self.host}/item?type_id=2"

    @property
    def container(self) -> str:
        return f"http://{self.host}/items?type_id=2"

    def take(self, score: dict[str, Any]) -> int:
        """Moodle: a second score in the same second, or an older one, gives 409."""
        self.scores.append(score)
        at = datetime.fromisoformat(score["timestamp"])
        second, user = int(at.timestamp()), score["userId"]
        if at.tzinfo is None or at.timestamp() > time.time() + self.clock_ahead + 1:
            return 400
        if second <= self.dated.get(user, 0):
            return 409
        self.dated[user] = second
        self.grades[user] = score["scoreGiven"] / score["scoreMaximum"] * MAXIMUM
        return 200


@contextmanager
def gradebook() -> Iterator[Gradebook]:
    """Run a gradebook until the block ends."""
    book = Gradebook()
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            with lock:
                answer = self._answer(body)
            if answer == "hang":
                book.released.wait(20)
            elif answer == "garbage":
                self.wfile.write(b"\x00\xff not http\r\n\r\n")
            elif answer != "drop":
                self._send(*answer)
            self.close_connection = True

        def _answer(self, body: bytes) -> Any:
            book.paths.append(f"{self.command} {self.path}")
            path = self.path.split("?")[0]
            if path == "/token":
                book.tokens += 1
                good = {"access_token": f"t{book.tokens}", "token_type": "bearer", "expires_in": 3600}
                return (*(book.token_answers.pop(0) if book.token_answers else (200, good)), {})
            if path == "/item/scores":
                if book.pages:
                    return (*book.pages.pop(0), {"Content-Type": "text/html"})
                planned = book.answers.pop(0) if book.answers else None
                if planned in ("hang", "garbage"):
                    return planned
                if planned is None or planned == "drop":
                    status = book.take(json.loads(body))
                    return "drop" if planned == "drop" else (status, {}, {})
                return planned if isinstance(planned, tuple) else (planned, {}, {})
            if path == "/items":
                if self.command == "POST":
                    book.items.append({**json.loads(body), "id": book.line_item})
                    return (201, book.items[-1], {})
                return (200, book.items, {})
            if path == "/item/results":
                rows = [
                    {"userId": user, "resultScore": grade, "resultMaximum": MAXIMUM}
                    for user, grade in book.grades.items()
                ]
                return (200, rows, {})
            return (200, {"id": book.line_item, "scoreMaximum": MAXIMUM}, {})

        def _send(self, status: int, content: Any, headers: dict[str, str]) -> None:
            data = content if isinstance(content, bytes) else json.dumps(content).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST  # noqa: N815  # the name that the server looks for

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 64

        def handle_error(self, *_: object) -> None:
            return  # a sender was killed in the middle of a request

    server = Server(("127.0.0.1", 0), Handler)
    book.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield book
    finally:
        book.released.set()
        server.shutdown()
        thread.join()
        server.server_close()
