"""The guarded client: whom it refuses to talk to (rows 57-60), and what it makes of bad answers (row 61)."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from lti_app.errors import DeliveryError
from lti_app.trust.egress import Egress, host_of

from ..platform import serving

PUBLIC = Egress(allows_loopback=False)
LOCAL = Egress(allows_loopback=True, deadline=1.0)


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1/x",
        "https://10.1.2.3/x",
        "https://192.168.0.1/x",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/x",
        "https://[::ffff:127.0.0.1]/x",
        "https://2130706433/x",
        "https://0x7f000001/x",
        "https://localhost/x",
        "https://localhost./x",
        "https://0.0.0.0/x",
        "https://[fd00::1]/x",
        "https://100.64.0.1/x",
    ],
)
def test_a_private_address_is_refused_even_when_it_is_listed(url: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        PUBLIC.send("GET", url, hosts={host_of(url)})
    assert (refused.value.reason, refused.value.is_lasting) == ("address_refused", True)


@pytest.mark.parametrize(
    "url",
    [
        "http://moodle.example/x",
        "ftp://moodle.example/x",
        "file:///etc/passwd",
        "https://other.example/x",
        "https://moodle.example:8443/x",
        "https://moodle.example@evil.example/x",
        "https://user@moodle.example/x",
        "https://moodle.example\\@evil.example/",
        "https://moodle.example/a b",
        "https://moodle.example/\r\nX: y",
        "https://moodle.example:99999/",
        "https://",
        "",
    ],
)
def test_only_https_to_a_host_of_the_registration(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", _never)
    with pytest.raises(DeliveryError, match="address_refused"):
        PUBLIC.send("GET", url, hosts={"moodle.example"})


def test_a_name_is_looked_up_once_so_it_cannot_point_elsewhere_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []
    real = socket.getaddrinfo

    def look_up(host: str, *rest: object, **more: object) -> object:
        asked.append(host)
        return real("127.0.0.1", *rest, **more)  # type: ignore[arg-type]

    with serving() as web:
        web.answer("/x", {"a": 1})
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        url = f"http://moodle.example:{web.port}/x"
        assert LOCAL.send("GET", url, hosts={host_of(url)}).status == 200
    assert asked.count("moodle.example") == 1


def test_a_name_that_is_public_and_private_at_once_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, 443)) for ip in ("93.184.216.34", "10.0.0.1")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: rows)
    with pytest.raises(DeliveryError, match="address_refused"):
        PUBLIC.send("GET", "https://moodle.example/x", hosts={"moodle.example"})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed_and_the_bearer_goes_nowhere(status: int) -> None:
    with serving() as web:
        web.answer("/scores", b"", status, Location=f"{web.origin}/evil")
        headers = {"Authorization": "Bearer secret"}
        answer = LOCAL.send("POST", f"{web.origin}/scores", hosts={web.host}, headers=headers, body=b"{}")
        assert answer.status == status
        assert [path for _, path, _, _ in web.asked] == ["/scores"]


def test_an_answer_above_the_cap_is_cut_off() -> None:
    with serving() as web:
        web.answer("/big", b"x" * 1_000_001)
        with pytest.raises(DeliveryError, match="too_large"):
            LOCAL.send("GET", f"{web.origin}/big", hosts={web.host})


def test_a_packed_answer_is_not_unpacked() -> None:
    with serving() as web:
        web.answer("/bomb", gzip.compress(b"0" * 10_000_000), 200, **{"Content-Encoding": "gzip"})
        with pytest.raises(DeliveryError, match="encoded"):
            LOCAL.send("GET", f"{web.origin}/bomb", hosts={web.host})


def _drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    try:
        while True:
            connection.sendall(b"x")
            time.sleep(0.1)  # the slow peer itself: this is what is tested
    except OSError:
        return


def _drip_headers(connection: socket.socket) -> None:
    try:
        while True:
            connection.sendall(b"H")
            time.sleep(0.1)
    except OSError:
        return


def _silent(connection: socket.socket) -> None:
    connection.recv(65_536)
    connection.recv(1)  # until the other side hangs up


@pytest.mark.parametrize("behave", [_drip, _drip_headers, _silent])
def test_a_slow_platform_costs_no_more_than_the_deadline(behave: Callable[[socket.socket], None]) -> None:
    with _peer(behave) as port:
        begun = time.monotonic()
        with pytest.raises(DeliveryError, match="timeout"):
            LOCAL.send("GET", f"http://127.0.0.1:{port}/", hosts={f"127.0.0.1:{port}"})
        assert time.monotonic() - begun < 60  # all that the peer has to say takes longer


@pytest.mark.parametrize("said", [b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"])
def test_garbage_is_told_as_such(said: bytes) -> None:
    def behave(connection: socket.socket) -> None:
        connection.recv(65_536)
        connection.sendall(said)

    with _peer(behave) as port, pytest.raises(DeliveryError, match="garbled"):
        LOCAL.send("GET", f"http://127.0.0.1:{port}/", hosts={f"127.0.0.1:{port}"})


def test_nobody_there_is_told_as_such() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(DeliveryError, match="unreachable"):
            LOCAL.send("GET", f"http://127.0.0.1:{port}/", hosts={f"127.0.0.1:{port}"})


def _never(*_: object, **__: object) -> object:
    raise AssertionError("a name was looked up")


@contextmanager
def _peer(behave: Callable[[socket.socket], None]) -> Iterator[int]:
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        connection, _ = listener.accept()
        with connection:
            behave(connection)

    thread = threading.Thread(target=serve)
    thread.start()
    yield listener.getsockname()[1]
    thread.join(5)
    listener.close()
