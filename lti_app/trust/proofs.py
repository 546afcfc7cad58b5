"""How a browser proves that it began the login: a partitioned cookie, or a value in the platform's storage.

A cookie with only `SameSite=None` is dropped in a frame when third-party cookies are blocked; with `Partitioned` it is
kept (Chromium 156). One function sets all cookies, so that all get the same attributes.
"""

from flask import Request, Response

_PREFIX = "__Host-lm-"
_LENGTH = 8


def cookie_name(id_: str) -> str:
    """Return the cookie's name for a state or a session. The start of the id keeps several tabs apart."""
    return _PREFIX + id_[:_LENGTH]


def storage_key(state: str) -> str:
    """Return the name of the value in the platform's storage (LTI client side postMessages)."""
    return f"lokaltmot-{state[:_LENGTH]}"


def set_proof(response: Response, id_: str, proof: str, *, seconds: int | None = None) -> None:
    """Set the cookie that proves a login or a session.

    seconds: how long the browser keeps it; 0 removes it, None keeps it until the browser is closed (RFC 6265, 5.3).
    """
    response.set_cookie(
        cookie_name(id_),
        proof,
        max_age=seconds,
        path="/",
        secure=True,
        httponly=True,
        samesite="None",
        partitioned=True,
    )


def proof_in(request: Request, id_: str) -> str:
    """Return the proof that the browser sent for a login or a session; empty if it sent none."""
    return request.cookies.get(cookie_name(id_), "")
