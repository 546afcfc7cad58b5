"""The server of preview and `try`: this machine only, right types, byte ranges."""

import http.client
from collections.abc import Iterator

import pytest

from lokaltmot_lms.serve import ServedFile, Server, Stream, in_memory, media_type

CONTENT = bytes(range(200))


def route(name: str) -> ServedFile | Stream | None:
    if name == "events":
        return Stream(events=lambda: iter(["one", "two\nlines", ""]))
    return {"film.mp4": in_memory("film.mp4", CONTENT), "mappe/å b.html": in_memory("x.html", b"<p>")}.get(name)


@pytest.fixture
def server() -> Iterator[Server]:
    with Server(route) as running:
        yield running


def asked(server: Server, path: str, method: str = "GET", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=120)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    result = (answer.status, answer.headers, answer.read())
    connection.close()
    return result


def test_a_file_comes_whole_with_its_type(server: Server) -> None:
    status, headers, body = asked(server, "/film.mp4")
    assert (status, body) == (200, CONTENT)
    assert headers["Content-Type"] == "video/mp4"
    assert headers["Accept-Ranges"] == "bytes"
    assert headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=150-", 150, 200), ("bytes=-20", 180, 200), ("bytes=190-999", 190, 200)],
)
def test_a_part_of_a_file_comes_as_206(server: Server, wanted: str, start: int, end: int) -> None:
    status, headers, body = asked(server, "/film.mp4", Range=wanted)
    assert (status, body) == (206, CONTENT[start:end])
    assert headers["Content-Range"] == f"bytes {start}-{end - 1}/200"


@pytest.mark.parametrize("wanted", ["bytes=200-", "bytes=9-3", "bytes=-0"])
def test_a_part_outside_is_416(server: Server, wanted: str) -> None:
    status, headers, _ = asked(server, "/film.mp4", Range=wanted)
    assert (status, headers["Content-Range"]) == (416, "bytes */200")


@pytest.mark.parametrize("wanted", ["bytes=0-1,5-6", "lines=1-2", "nonsense"])
def test_a_range_that_is_not_understood_is_passed_over(server: Server, wanted: str) -> None:
    assert asked(server, "/film.mp4", Range=wanted)[0::2] == (200, CONTENT)


def test_names_are_decoded_and_a_query_is_left_out(server: Server) -> None:
    assert asked(server, "/mappe/%C3%A5%20b.html?m=1")[0] == 200


def test_what_is_not_there_is_404(server: Server) -> None:
    for path in ("/", "/nothing", "/../film.mp4", "/%2e%2e/film.mp4"):
        assert asked(server, path)[0] == 404


def test_head_tells_the_size_alone(server: Server) -> None:
    status, headers, body = asked(server, "/film.mp4", method="HEAD")
    assert (status, headers["Content-Length"], body) == (200, "200", b"")


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1.evil.example:80", ""])
def test_another_name_for_this_machine_is_turned_away(server: Server, host: str) -> None:
    assert asked(server, "/film.mp4", Host=host)[0] == 421


def test_localhost_is_this_machine(server: Server) -> None:
    assert asked(server, "/film.mp4", Host=f"localhost:{server.port}")[0] == 200


def test_events_come_as_a_stream(server: Server) -> None:
    status, headers, body = asked(server, "/events")
    assert (status, headers["Content-Type"]) == (200, "text/event-stream")
    assert body == b"data: one\n\ndata: two\ndata: lines\n\n:\n\n"


def test_types_are_those_a_platform_gives() -> None:
    assert media_type("a.js") == "text/javascript; charset=utf-8"
    assert media_type("a.mjs") == "text/plain"  # as Moodle serves it: such a module does not run there
    assert media_type("a.WEBP") == "image/webp"
    assert media_type("README") == "application/octet-stream"
