"""How a browser proves that it is the one that began: a partitioned cookie, or a value from the platform's storage.

`SameSite=None` alone is lost in a frame when third-party cookies are blocked; with `Partitioned` it arrives
(Chromium 156). One function sets all cookies, so that none is forgotten.
"""

from flask import Request, Response

_PREFIX = "__Host-lm-"
_LENGTH = 8


def cookie_name(id_: str) -> str:
    """Return the name of the cookie that goes with a state or a session; the id's beginning keeps tabs apart."""
    return _PREFIX + id_[:_LENGTH]


def storage_key(state: str) -> str:
    """Return the name of the value in the platform's storage (LTI client side postMessages)."""
    return f"lokaltmot-{state[:_LENGTH]}"


def set_proof(response: Response, id_: str, proof: str, *, seconds: int) -> None:
    """Set the cookie that proves a login or a session; seconds 0 removes it."""
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
    """Return what the browser shows for a login or a session; empty when it shows nothing."""
    return request.cookies.get(cookie_name(id_), "")
