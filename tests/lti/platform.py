"""A small platform that signs whatever it is told to: the other side in the tests of launches."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from jwt.algorithms import RSAAlgorithm

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
LEARNER, INSTRUCTOR = f"{MEMBERSHIP}#Learner", f"{MEMBERSHIP}#Instructor"


@cache
def rsa_key(name: str, bits: int = 2048) -> RSAPrivateKey:
    """The key of a name, the same for all tests of a process, because a key is slow to make."""
    return generate_private_key(public_exponent=65537, key_size=bits)


def public_jwk(key: RSAPrivateKey, kid: str, **more: str) -> dict[str, Any]:
    made = json.loads(RSAAlgorithm.to_jwk(key.public_key()))
    return {"kty": "RSA", "kid": kid, "n": made["n"], "e": made["e"], "alg": "RS256", "use": "sig", **more}


@dataclass
class Web:
    """A web server on 127.0.0.1 that answers as the test says and keeps the requests."""

    port: int = 0
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def origin(self) -> str:
        return f"http://{self.host}"

    def answer(self, path: str, body: Any, status: int = 200, **headers: str) -> None:
        data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.answers[path] = (status, {"Content-Type": "application/json", **headers}, data)


@contextmanager
def serving() -> Iterator[Web]:
    """Run a Web until the block ends."""
    web = Web()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            size = int(self.headers.get("Content-Length") or 0)
            web.asked.append((self.command, self.path, dict(self.headers), self.rfile.read(size)))
            known = web.answers.get(self.path) or web.answers.get(self.path.split("?")[0])
            status, headers, body = known or (404, {}, b"")
            self.send_response_only(status)
            for name, value in {"Date": self.date_time_string(), **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET  # noqa: N815  # the name that the server looks for

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Platform:
    """The platform of one registration: its issuer, client, keys and claims."""

    web: Web
    client_id: str
    issuer: str = "https://moodle.example"
    kid: str = "k1"
    key: RSAPrivateKey = field(default_factory=lambda: rsa_key("platform"))

    def __post_init__(self) -> None:
        self.web.answer(f"/jwks/{self.client_id}", {"keys": [public_jwk(self.key, self.kid)]})

    @property
    def registration(self) -> dict[str, Any]:
        """The fields of the registration in the tool."""
        return {
            "issuer": self.issuer,
            "client_id": self.client_id,
            "auth_login_url": f"{self.issuer}/mod/lti/auth.php",
            "auth_token_url": f"{self.web.origin}/token",
            "jwks_url": f"{self.web.origin}/jwks/{self.client_id}",
            "service_hosts": ("moodle.example", self.web.host),
            "deployment_policy": "listed",
        }

    def login_hints(self, tool: str) -> dict[str, str]:
        """The parameters of a login from Moodle, as recorded."""
        return {
            "iss": self.issuer,
            "client_id": self.client_id,
            "lti_deployment_id": "1",
            "login_hint": "4",
            "lti_message_hint": '{"cmid":7,"launchid":"ltilaunch7_9"}',
            "target_link_uri": f"{tool}/lti/launch",
        }

    def claims(self, tool: str, nonce: str, /, **more: Any) -> dict[str, Any]:
        """A learner's launch, in the form that Moodle 4.5 sends."""
        at = int(time.time())
        made = {
            "iss": self.issuer,
            "aud": self.client_id,
            "sub": "4",
            "nonce": nonce,
            "iat": at,
            "exp": at + 60,
            f"{CLAIM}deployment_id": "1",
            f"{CLAIM}target_link_uri": f"{tool}/lti/launch",
            f"{CLAIM}message_type": "LtiResourceLinkRequest",
            f"{CLAIM}version": "1.3.0",
            f"{CLAIM}roles": [LEARNER],
            f"{CLAIM}context": {"id": "2", "label": "LM101", "title": "Lokalt mot", "type": ["CourseSection"]},
            f"{CLAIM}resource_link": {"id": "1", "title": "Negativ sosial kontroll", "description": ""},
            f"{CLAIM}launch_presentation": {
                "locale": "nb",
                "document_target": "iframe",
                "return_url": "https://moodle.example/mod/lti/return.php",
            },
            f"{CLAIM}custom": {"module": "negativ-sosial-kontroll", "rev": "1"},
        }
        made.update(more)
        return {name: value for name, value in made.items() if value is not ...}

    def deep_linking_claims(self, tool: str, nonce: str, settings: dict[str, Any] | None = None) -> dict[str, Any]:
        """An instructor's deep linking launch; settings: replace Moodle's."""
        return self.claims(
            tool,
            nonce,
            **{
                f"{CLAIM}message_type": "LtiDeepLinkingRequest",
                f"{CLAIM}roles": [INSTRUCTOR],
                f"{CLAIM}resource_link": ...,
                f"{CLAIM}custom": {},
                f"{DEEP_LINKING}deep_linking_settings": {
                    "accept_types": ["ltiResourceLink"],
                    "accept_multiple": True,
                    "auto_create": False,
                    "accept_presentation_document_targets": ["frame", "iframe", "window"],
                    "deep_link_return_url": "https://moodle.example/mod/lti/contentitem_return.php?sesskey=a1&b=2",
                    "title": "",
                    "text": "",
                    **(settings or {}),
                },
            },
        )

    def sign(self, claims: Any, *, key: Any = None, algorithm: str = "RS256", **headers: Any) -> str:
        """An id_token. headers: in addition to alg and typ; kid is the platform's by default, ... leaves it out."""
        named = {name: value for name, value in {"kid": self.kid, **headers}.items() if value is not ...}
        if isinstance(claims, bytes):
            return jwt.api_jws.PyJWS().encode(claims, key or self.key, algorithm, named)
        return jwt.encode(claims, key or self.key, algorithm, named)
