"""The guarded HTTP client for all outgoing requests. It contacts the hosts of a registration and no others."""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import SplitResult, urlsplit

from lti_app.errors import DeliveryError

DEADLINE = 10.0  # seconds for a whole request
CAP = 1_000_000  # bytes of a response
# IPv6 addresses that carry an IPv4 address, which may be one of our own network: mapped (RFC 4291, 2.5.5.2), translated
# (RFC 6052, RFC 8215, RFC 2765), 6to4 (RFC 3056), Teredo (RFC 4380). Site-local addresses are deprecated (RFC 3879).
_CARRYING = (
    "::ffff:0:0/96",
    "64:ff9b::/96",
    "64:ff9b:1::/48",
    "::ffff:0:0:0/96",
    "2002::/16",
    "2001::/32",
    "fec0::/10",
)
_NO_PLATFORM = tuple(map(ipaddress.ip_network, _CARRYING))
_COMPATIBLE = ipaddress.ip_network("::/96")  # RFC 4291, 2.5.5.1; it also contains the loopback address
_CHUNK = 65_536
_UNSAFE = frozenset("\\\r\n\t ")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformResponse:
    """A platform's response. headers: names in lower case."""

    status: int
    headers: Mapping[str, str] = field(repr=False)
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Egress:
    """The client. allows_loopback: only for a tool that runs on loopback itself."""

    allows_loopback: bool
    deadline: float = DEADLINE
    cap: int = CAP

    def send(
        self,
        method: str,
        url: str,
        *,
        hosts: Collection[str],
        headers: Mapping[str, str] | None = None,
        body: bytes | None = None,
    ) -> PlatformResponse:
        """Send one request and return the whole response, whatever its status. Redirects are not followed.

        hosts: the allowed hosts, each as "host" or "host:port".

        Raises:
            DeliveryError: "address_refused", "unreachable", "timeout", "too_large", "encoded" or "garbled".
        """
        parts = self._checked(url, hosts)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        ends_at = time.monotonic() + self.deadline
        address = self._address(parts.hostname or "", port)
        try:
            connection = _connect(parts, address, port, self.deadline)
        except (OSError, ssl.SSLError) as error:
            raise DeliveryError(reason="unreachable") from error
        # A peer that sends one byte per second never triggers the socket timeout, so a timer ends the request.
        watch = threading.Timer(max(0.0, ends_at - time.monotonic()), _hang_up, [connection])
        watch.daemon = True
        watch.start()
        try:
            return self._exchange(connection, method, parts, headers or {}, body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = "timeout" if time.monotonic() >= ends_at else "garbled"
            raise DeliveryError(reason=reason) from error
        finally:
            watch.cancel()
            connection.close()

    def _checked(self, url: str, hosts: Collection[str]) -> SplitResult:
        refused = DeliveryError(reason="address_refused", is_lasting=True)
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            raise refused from None
        host = parts.hostname or "."
        if host.endswith(".") or "@" in parts.netloc or _UNSAFE & set(url):
            raise refused
        is_plain = parts.scheme == "http" and self.allows_loopback
        if parts.scheme != "https" and not is_plain:
            raise refused
        default = 443 if parts.scheme == "https" else 80
        name = host if port in (None, default) else f"{host}:{port}"
        if name not in hosts:
            raise refused
        return parts

    def _address(self, host: str, port: int) -> str:
        """Return the address to connect to. It is resolved once, so that DNS cannot change it afterwards."""
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise DeliveryError(reason="unreachable") from error
        addresses = [str(row[4][0]) for row in found]
        if not addresses or not all(self._may_connect(address) for address in addresses):
            raise DeliveryError(reason="address_refused", is_lasting=True)
        return addresses[0]

    def _may_connect(self, text: str) -> bool:
        address = ipaddress.ip_address(text.split("%")[0])
        if any(address in network for network in _NO_PLATFORM):
            return False
        if address.is_loopback:
            return self.allows_loopback
        return address.is_global and not address.is_multicast and address not in _COMPATIBLE

    def _exchange(
        self,
        connection: http.client.HTTPConnection,
        method: str,
        parts: SplitResult,
        headers: Mapping[str, str],
        body: bytes | None,
    ) -> PlatformResponse:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        fixed = {"Accept-Encoding": "identity", "Connection": "close", "User-Agent": "lokaltmot"}
        connection.request(method, target, body=body, headers={**fixed, **headers})
        response = connection.getresponse()
        if response.getheader("Content-Encoding", "identity").lower() not in ("", "identity"):
            raise DeliveryError(reason="encoded")  # not requested; a small compressed body may expand without limit
        received = bytearray()
        while chunk := response.read1(_CHUNK):
            received += chunk
            if len(received) > self.cap:
                raise DeliveryError(reason="too_large")
        if response.length:
            raise http.client.IncompleteRead(bytes(received), response.length)
        found: dict[str, str] = {}
        for name, value in response.getheaders():  # a repeated header is a list (RFC 9110, 5.3)
            known = found.get(name.lower())
            found[name.lower()] = value if known is None else f"{known}, {value}"
        return PlatformResponse(status=response.status, headers=found, body=bytes(received))


def host_of(url: str) -> str:
    """Return "host" or "host:port" of a URL as `hosts` lists it; empty when it has none."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    default = {"https": 443, "http": 80}.get(parts.scheme)
    host = parts.hostname or ""
    return host if port in (None, default) else f"{host}:{port}"


def _connect(parts: SplitResult, address: str, port: int, deadline: float) -> http.client.HTTPConnection:
    connection = http.client.HTTPConnection(parts.netloc, timeout=deadline)
    plain = socket.create_connection((address, port), timeout=deadline)
    try:
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if parts.scheme == "https":
            connection.sock = _tls().wrap_socket(plain, server_hostname=parts.hostname)
        else:
            connection.sock = plain
    except BaseException:
        plain.close()
        raise
    return connection


@cache
def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


def _hang_up(connection: http.client.HTTPConnection) -> None:
    if connection.sock is not None:
        try:
            connection.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # already closed
