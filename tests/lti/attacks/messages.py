"""More hostile launches: roles that are none, what a teacher's choice asks for, and what a server of keys answers."""

import gzip
from typing import Any

from werkzeug.test import TestResponse

from ..bench import TOOL, Bench
from ..platform import CLAIM, INSTRUCTOR, LEARNER, MEMBERSHIP, public_jwk, rsa_key
from .corpus import CASES, case, claims_case

__all__ = ["CASES"]

# --- Who somebody says they are -------------------------------------------------------------------------------------


def _no_teacher(row: int, name: str, **claims: Any) -> None:
    """A launch that may open, but never as a teacher's."""

    @case(row, name, 303, opens=1, lines=0)
    def _(bench: Bench) -> TestResponse:
        answer = bench.launch(**claims)
        assert not bench.is_teacher()
        return answer


for _name, _roles in (
    ("a bare word", ["Instructor"]),
    ("a learner's sub-role named Instructor", [f"{MEMBERSHIP}/Learner#Instructor"]),
    ("a sub-role of nonsense", [f"{MEMBERSHIP}/nonsense#Instructor"]),
    ("in capitals", [INSTRUCTOR.upper()]),
    ("with a blank after it", [f"{INSTRUCTOR} "]),
    ("a teacher at the institution, a learner here", [INSTRUCTOR.replace("membership", "institution/person"), LEARNER]),
    ("none at all", []),
):
    _no_teacher(43, f"role {_name}", **{f"{CLAIM}roles": _roles})
claims_case(43, "10 000 roles", 413, **{f"{CLAIM}roles": [INSTRUCTOR] * 10_000})
claims_case(43, "a role that is a number", 400, **{f"{CLAIM}roles": [INSTRUCTOR, 1]})
_no_teacher(44, "custom.role and custom.roles say Instructor", **{
    f"{CLAIM}custom": {"role": "Instructor", "roles": INSTRUCTOR, "user_id": "1"}
})  # fmt: skip

# --- What a teacher's choice asks for -------------------------------------------------------------------------------


def _deep_linking(row: int, name: str, *answers: int, **settings: Any) -> None:
    @case(row, name, *answers)
    def _(bench: Bench) -> TestResponse:
        return bench.deep_link(settings)


for _name, _url in (
    ("on a foreign host", "https://evil.example/return"),
    ("javascript:", "javascript:alert(1)"),
    ("with a script in it", 'https://moodle.example/"><script>alert(1)</script>'),
    ("without TLS", "http://moodle.example.evil.example/return"),
    ("with user information", "https://moodle.example@evil.example/"),
    ("missing", None),
):
    _deep_linking(53, f"return address {_name}", 400, deep_link_return_url=_url)
_deep_linking(54, "no links of ours accepted", 400, accept_types=["link", "html"])
_deep_linking(54, "accept_types a word", 400, accept_types="ltiResourceLink")


@case(54, "deep linking without settings", 400)
def _(bench: Bench) -> TestResponse:
    begun = bench.login()
    claims = bench.platform.deep_linking_claims(TOOL, begun.nonce)
    claims = {name: value for name, value in claims.items() if not name.endswith("deep_linking_settings")}
    return bench.send(bench.platform.sign(claims), begun.state)


# --- What a server of keys answers ----------------------------------------------------------------------------------


def _keys_answer(name: str, body: Any, status: int = 200, **headers: str) -> None:
    @case(61, f"key set: {name}", 401)
    def _(bench: Bench) -> TestResponse:
        bench.web.answer("/jwks/ours", body, status, **headers)
        return bench.launch()


_GOOD = {"keys": [public_jwk(rsa_key("platform"), "k1")]}
_keys_answer("a page of HTML", b"<html>please sign in</html>", **{"Content-Type": "text/html"})
_keys_answer("nothing, 204", b"", 204)
_keys_answer("a good one, but 500", _GOOD, 500)
_keys_answer("a good one, but 404", _GOOD, 404)
_keys_answer("half of it", b'{"keys": [{"kty": "RSA", "kid"')
_keys_answer("a list", [_GOOD])
_keys_answer("a word for a key", {"keys": ["k1"]})
_keys_answer("1 000 keys", {"keys": [public_jwk(rsa_key("platform"), f"k{number}") for number in range(1000)]})
_keys_answer("a packed bomb", gzip.compress(b" " * 50_000_000), **{"Content-Encoding": "gzip"})
_keys_answer("more than a megabyte", {**_GOOD, "more": "x" * 1_000_001})


@case(70, "another Host at login", 400)
def _(bench: Bench) -> TestResponse:
    return bench.browser.post("/lti/login", data=bench.platform.login_hints(TOOL), headers={"Host": "evil.example"})
