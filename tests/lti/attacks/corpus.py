"""Hostile launches and logins, one a case, against any tool: what is sent, and which answers are right.

`row` is the number of the threat, the same in every test of the tool. A case gets a bench, which may stand before our
tool or before another one (benchmarks/attacks.py), and returns the last answer.
"""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from jwt.utils import base64url_encode
from werkzeug.test import TestResponse

from ..bench import TOOL, Bench
from ..platform import CLAIM, INSTRUCTOR, public_jwk, rsa_key

LTI = CLAIM
REFUSED = (400, 401, 403)


@dataclass(frozen=True)
class Case:
    """One thing to try. answers: the statuses that are right. opens: whether a session may be there afterwards."""

    row: int
    name: str
    run: Callable[[Bench], TestResponse]
    answers: tuple[int, ...]
    opens: int = 0
    lines: int = 1


CASES: list[Case] = []


def case(row: int, name: str, *answers: int, opens: int = 0, lines: int = 1) -> Callable[[Any], Any]:
    def keep(run: Callable[[Bench], TestResponse]) -> Callable[[Bench], TestResponse]:
        CASES.append(Case(row, name, run, answers, opens, lines))
        return run

    return keep


def claims_case(row: int, name: str, *answers: int, opens: int = 0, **claims: Any) -> None:
    """A launch in which some claims are replaced; a callable gets the time now."""

    def run(bench: Bench) -> TestResponse:
        at = int(time.time())
        return bench.launch(**{key: value(at) if callable(value) else value for key, value in claims.items()})

    CASES.append(Case(row, name, run, answers, opens, 0 if opens else 1))


def sign_case(row: int, name: str, *answers: int, opens: int = 0, **sign: Any) -> None:
    """A launch that is signed otherwise."""
    CASES.append(Case(row, name, lambda bench: bench.launch(sign=sign), answers, opens, 0 if opens else 1))


# --- The signature ------------------------------------------------------------------------------------------------


def _unsigned(header: dict[str, Any], claims: dict[str, Any]) -> str:
    parts = [base64url_encode(json.dumps(one).encode()).decode() for one in (header, claims)]
    return f"{parts[0]}.{parts[1]}."


@case(1, "alg none", 401)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    token = _unsigned({"alg": "none", "typ": "JWT", "kid": "k1"}, bench.platform.claims(TOOL, begun.nonce))
    return bench.send(token, begun.state)


@case(1, "RS256 with an empty signature", 401)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    token = _unsigned({"alg": "RS256", "typ": "JWT", "kid": "k1"}, bench.platform.claims(TOOL, begun.nonce))
    return bench.send(token, begun.state)


@case(2, "HS256 with the public key as secret", 401)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    pem = bench.platform.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    head = _unsigned({"alg": "HS256", "typ": "JWT", "kid": "k1"}, bench.platform.claims(TOOL, begun.nonce))[:-1]
    mark = base64url_encode(hmac.new(pem, head.encode(), hashlib.sha256).digest()).decode()
    return bench.send(f"{head}.{mark}", begun.state)


for _algorithm in ("RS512", "PS256"):
    sign_case(3, _algorithm, 401, algorithm=_algorithm)
sign_case(3, "ES256", 401, algorithm="ES256", key=ec.generate_private_key(ec.SECP256R1()))
sign_case(4, "unknown kid", 401, kid="k9", key=rsa_key("attacker"))
sign_case(6, "no kid", 401, kid=...)


def _odd_kid(name: str, kid: object) -> None:
    @case(6, f"kid {name}", 401)
    def _(bench: Bench) -> TestResponse:
        begun = bench.login()
        head = _unsigned({"alg": "RS256", "typ": "JWT", "kid": kid}, bench.platform.claims(TOOL, begun.nonce))[:-1]
        mark = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(head.encode(), bench.platform.key)
        return bench.send(f"{head}.{base64url_encode(mark).decode()}", begun.state)


for _name, _kid in (("a dict", {"a": 1}), ("10 kB", "k" * 10_000), ("a path", "../../etc/passwd"), ("a number", 1)):
    _odd_kid(_name, _kid)
sign_case(7, "attacker's key with the right kid", 401, key=rsa_key("attacker"))


@case(7, "key set moved elsewhere by a redirect", 401)
def _(bench: Bench) -> TestResponse:
    bench.web.answer("/evil", {"keys": [public_jwk(rsa_key("attacker"), "k1")]})
    bench.web.answer("/jwks/ours", b"", 302, Location=f"http://localhost:{bench.web.port}/evil")
    answer = bench.launch(sign={"key": rsa_key("attacker")})
    assert not [path for _, path, _, _ in bench.web.asked if path == "/evil"]
    return answer


_ATTACKER_JWK = public_jwk(rsa_key("attacker"), "k1")
sign_case(8, "jwk in the header", 401, key=rsa_key("attacker"), jwk=_ATTACKER_JWK)
sign_case(8, "jku in the header", 401, key=rsa_key("attacker"), jku="http://127.0.0.1:9/keys")
sign_case(8, "x5u in the header", 401, key=rsa_key("attacker"), x5u="http://127.0.0.1:9/cert")
sign_case(8, "crit in the header", 401, crit=["exp"])
sign_case(8, "jwk and jku beside a good signature", 303, opens=1, jwk=_ATTACKER_JWK, jku="http://127.0.0.1:9/keys")


def _key_set(name: str, keys: Callable[[Bench], list[dict[str, Any]]]) -> None:
    @case(9, f"key set with {name}", 401)
    def _(bench: Bench) -> TestResponse:
        bench.web.answer("/jwks/ours", {"keys": keys(bench)})
        return bench.launch()


_key_set("an oct key", lambda _: [{"kty": "oct", "kid": "k1", "k": "c2VjcmV0"}])
_key_set("an EC key", lambda _: [{"kty": "EC", "crv": "P-256", "kid": "k1", "x": "AA", "y": "AA"}])
_key_set("an RSA key for encryption", lambda bench: [public_jwk(bench.platform.key, "k1", use="enc")])
_key_set("one kid twice", lambda bench: [public_jwk(bench.platform.key, "k1"), _ATTACKER_JWK])


@case(9, "RSA key of 1024 bits", 401)
def _(bench: Bench) -> TestResponse:
    small = rsa_key("small", 1024)
    bench.web.answer("/jwks/ours", {"keys": [public_jwk(small, "k1")]})
    begun = bench.login()
    head = _unsigned({"alg": "RS256", "typ": "JWT", "kid": "k1"}, bench.platform.claims(TOOL, begun.nonce))[:-1]
    mark = jwt.algorithms.RSAAlgorithm(jwt.algorithms.RSAAlgorithm.SHA256).sign(head.encode(), small)
    return bench.send(f"{head}.{base64url_encode(mark).decode()}", begun.state)


# --- Times ----------------------------------------------------------------------------------------------------------

claims_case(10, "exp missing", 401, exp=...)
claims_case(10, "exp a word", 401, exp="tomorrow")
claims_case(10, "exp true", 401, exp=True)
claims_case(10, "exp in ten years", 401, exp=lambda at: at + 315_360_000)
claims_case(11, "expired beyond the leeway", 401, iat=lambda at: at - 200, exp=lambda at: at - 90)
claims_case(11, "expired within the leeway", 303, opens=1, iat=lambda at: at - 100, exp=lambda at: at - 30)
claims_case(12, "iat missing", 401, iat=...)
claims_case(12, "iat ten minutes ago", 401, iat=lambda at: at - 600, exp=lambda at: at + 60)
claims_case(12, "iat ten minutes ahead", 401, iat=lambda at: at + 600, exp=lambda at: at + 660)
claims_case(12, "iat two seconds ahead", 303, opens=1, iat=lambda at: at + 2, exp=lambda at: at + 62)
claims_case(12, "iat beyond all time", 401, iat=10**400)
claims_case(13, "nbf ahead", 401, nbf=lambda at: at + 600)
claims_case(75, "clock two hours off", 401, iat=lambda at: at + 7203, exp=lambda at: at + 7263)

# --- Parties --------------------------------------------------------------------------------------------------------

claims_case(14, "aud with a foreign one and no azp", 401, aud=["ours", "other"])
claims_case(15, "azp not ours", 401, azp="other")
claims_case(15, "azp not ours, aud a list", 401, aud=["ours"], azp="other")
claims_case(16, "aud foreign first, azp ours", 401, aud=["other", "ours"], azp="ours")
claims_case(17, "client of another registration", 401, aud="theirs")
claims_case(17, "iss with a slash", 401, iss="https://moodle.example/")
claims_case(17, "iss in capitals", 401, iss="https://MOODLE.example")


@case(18, "token of one registration with the login of another", 401)
def _(bench: Bench) -> TestResponse:
    begun = bench.login(platform=bench.other)
    return bench.send(bench.platform.sign(bench.platform.claims(TOOL, begun.nonce)), begun.state)


claims_case(19, "unknown deployment", 403, **{f"{LTI}deployment_id": "9"})

# --- State, nonce and browser ---------------------------------------------------------------------------------------

claims_case(21, "nonce missing", 401, nonce=...)
claims_case(21, "nonce never issued", 401, nonce="made-up")


@case(22, "nonce of one login with the state of another", 401)
def _(bench: Bench) -> TestResponse:
    first, second = bench.login(), bench.login()
    answer = bench.send(bench.platform.sign(bench.platform.claims(TOOL, first.nonce)), second.state)
    if bench.is_ours:
        assert bench.rows("login_attempt") == 0  # both are burnt
    return answer


@case(23, "the same launch again, same browser", 303, opens=1, lines=0)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    first = bench.send(token, begun.state)
    second = bench.send(token, begun.state)
    assert first.headers["Location"] == second.headers.get("Location")
    return second


@case(24, "replay from another browser", 401, opens=1)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    bench.send(token, begun.state)
    return bench.send(token, begun.state, bench.new_browser())


@case(25, "used nonce, new state, another person", 401, opens=1)
def _(bench: Bench) -> TestResponse:
    first = bench.login()
    bench.send(bench.platform.sign(bench.platform.claims(TOOL, first.nonce)), first.state)
    second = bench.login()
    return bench.send(bench.platform.sign(bench.platform.claims(TOOL, first.nonce, sub="5")), second.state)


@case(27, "no state", 401)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    return bench.post({"id_token": bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))})


@case(27, "a state we never gave", 401)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    return bench.send(bench.platform.sign(bench.platform.claims(TOOL, begun.nonce)), "x" * 43)


@case(28, "known state in a browser that did not begin (login CSRF)", 401)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    return bench.send(token, begun.state, bench.new_browser())


@case(30, "the platform says login_required", 400)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    return bench.post({"error": "login_required", "error_description": "<b>no</b>", "state": begun.state})


# --- The form of the request ------------------------------------------------------------------------------------------


@case(31, "id_token in the address", 405)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    token = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    return bench.browser.get("/lti/launch", query_string={"id_token": token, "state": begun.state})


@case(32, "two id_tokens", 400)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    good = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    return bench.post(f"id_token={good}&id_token={good}&state={begun.state}")


@case(32, "two states", 400)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    good = bench.platform.sign(bench.platform.claims(TOOL, begun.nonce))
    return bench.post(f"id_token={good}&state={begun.state}&state={begun.state}")


@case(32, "iss twice at login", 400)
def _(bench: Bench) -> TestResponse:
    hints = bench.platform.login_hints(TOOL)
    return bench.ask_login({**hints, "iss": [hints["iss"], "https://evil.example"]})


claims_case(33, "token of 2 MB", 413, padding="x" * 2_000_000)


@case(33, "login_hint of 1 MB", 413)
def _(bench: Bench) -> TestResponse:
    return bench.login(login_hint="x" * 1_000_000).response


@case(33, "10 000 fields", 413)
def _(bench: Bench) -> TestResponse:
    return bench.post("a=&" * 10_000)


def _payload_case(name: str, payload: bytes) -> None:
    @case(34, f"payload {name}", 400, 401)
    def _(bench: Bench) -> TestResponse:
        return bench.send(bench.platform.sign(payload), bench.login().state)


for _name, _payload in (
    ("a list", b"[]"),
    ("with NaN", b'{"exp": NaN}'),
    ("nested deep", b'{"a":' * 5_000 + b"1" + b"}" * 5_000),
    ("not UTF-8", b'{"sub": "\xff"}'),
    ("with a key twice", b'{"sub": "1", "sub": "2"}'),
    ("not JSON", b"hello"),
):
    _payload_case(_name, _payload)


@case(34, "token of one word", 400, 401)
def _(bench: Bench) -> TestResponse:
    return bench.send("hello", bench.login().state)


@case(34, "form not UTF-8", 400)
def _(bench: Bench) -> TestResponse:
    return bench.post(b"id_token=%ff&state=%ff")


# --- LTI claims -------------------------------------------------------------------------------------------------------

claims_case(35, "version 1.1", 400, **{f"{LTI}version": "1.1"})
claims_case(35, "version missing", 400, **{f"{LTI}version": ...})
claims_case(35, "message type unknown", 400, **{f"{LTI}message_type": "LtiMakeCoffeeRequest"})
for _name, _target in (
    ("missing", ...),
    ("on a foreign host", "http://evil.example/lti/launch"),
    ("of another scheme", "javascript:alert(1)"),
    ("without a scheme", "//evil.example/lti/launch"),
    ("with user information", "http://localhost@evil.example/lti/launch"),
    ("with a backslash", "http://localhost\\@evil.example/"),
    ("on an unknown path", f"{TOOL}/admin"),
    ("a dict", {"a": 1}),
):
    claims_case(36, f"target_link_uri {_name}", 400, **{f"{LTI}target_link_uri": _target})
claims_case(37, "target differs from the login's", 401, **{f"{LTI}target_link_uri": f"{TOOL}/"})


def _login_case(row: int, name: str, *answers: int, **hints: Any) -> None:
    CASES.append(Case(row, name, lambda bench: bench.login(**hints).response, answers))


_login_case(38, "login: unknown iss", 400, iss="https://evil.example")
_login_case(38, "login: no client_id where two match", 400, client_id=...)
_login_case(39, "login: foreign target", 400, target_link_uri="https://evil.example/")
_login_case(39, "login: no target", 400, target_link_uri=...)
_login_case(39, "login: unknown deployment", 400, lti_deployment_id="77")


@case(40, "login: line feeds and quotes in hints", 302, lines=0)
def _(bench: Bench) -> TestResponse:
    answer = bench.login(login_hint='4\r\nSet-Cookie: a=b"', lti_message_hint="\r\n\r\n<script>").response
    assert "\r" not in answer.headers["Location"]
    assert "%0D%0ASet-Cookie" in answer.headers["Location"]
    assert "a=b" not in str(answer.headers.getlist("Set-Cookie"))
    return answer


for _name, _sub in (("missing", ...), ("empty", ""), ("a number", 4), ("of 256 characters", "x" * 256)):
    claims_case(41, f"sub {_name}", 400, sub=_sub)
for _name, _link in (
    ("missing", ...),
    ("without id", {}),
    ("with an id of 300", {"id": "x" * 300}),
    ("with a control character", {"id": "a\x00b"}),
    ("a list", []),
):
    claims_case(42, f"resource_link {_name}", 400, **{f"{LTI}resource_link": _link})
for _name, _roles in (("a string", INSTRUCTOR), ("dicts", [{"role": INSTRUCTOR}]), ("200", [INSTRUCTOR] * 200)):
    claims_case(43, f"roles {_name}", 400, **{f"{LTI}roles": _roles})
