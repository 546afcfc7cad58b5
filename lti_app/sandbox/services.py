"""The demo platform's services: key set, tokens, line items, scores, results and the roster."""

from datetime import datetime
from typing import Any

import jwt
from flask import Blueprint, Response, abort, current_app, jsonify, request

from lti_app.pylti import SCOPES
from lti_app.sandbox.platform import CLIENT, CONTEXT, PEOPLE, Placed, SandboxPlatform
from lti_app.trust.egress import host_of
from lti_app.trust.tool import current_tool

blueprint = Blueprint("services", __name__)
NAME = "lokaltmot-sandbox"
_LINE_ITEM, _RESULT, _SCORE, _MEMBERS = SCOPES


def the_platform() -> SandboxPlatform:
    """Return the platform of this request."""
    found = current_app.extensions[NAME]
    if not isinstance(found, SandboxPlatform):
        raise LookupError("This application is not a platform.")
    return found


def claims_of(token: str, audience: str) -> dict[str, Any] | None:
    """Return the claims of a JWT from the tool, verified with its published key set; None if it is invalid."""
    tool = the_platform().tool
    answer = current_tool().egress.send("GET", f"{tool}/lti/jwks.json", hosts={host_of(tool)})
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        keys = {key.key_id: key for key in jwt.PyJWKSet.from_json(answer.body.decode()).keys}
        claims: dict[str, Any] = jwt.decode(
            token, keys[kid].key, ["RS256"], audience=audience, issuer=CLIENT, options={"require": ["exp", "iat"]}
        )
    except (jwt.PyJWTError, KeyError, UnicodeError):
        return None
    return claims


@blueprint.get("/jwks")
def keys() -> Response:
    """Answer with the platform's key set."""
    return jsonify(the_platform().key_set)


@blueprint.post("/token")
def token() -> Response | tuple[Response, int]:
    """Answer with a token for a client assertion of the tool (RFC 7523)."""
    platform = the_platform()
    if claims_of(request.form.get("client_assertion", ""), f"{platform.origin}/token") is None:
        return jsonify({"error": "invalid_client"}), 400
    scopes = set(request.form.get("scope", "").split()) & set(SCOPES)
    made = {"access_token": platform.token(scopes), "token_type": "Bearer", "expires_in": 300}
    return jsonify({**made, "scope": " ".join(sorted(scopes))})


@blueprint.get("/items/<id_>")
def item(id_: str) -> Response:
    """Answer with a column of the gradebook."""
    return jsonify(_as_item(_placed(id_, _LINE_ITEM)))


@blueprint.get("/items")
def items() -> Response:
    """Answer with the columns of the gradebook."""
    _demand(_LINE_ITEM)
    return jsonify([_as_item(placed) for placed in the_platform().placed.values()])


@blueprint.post("/items/<id_>/scores")
def take_score(id_: str) -> Response | tuple[Response, int]:
    """Store a score in the gradebook, unless there is one with a later timestamp."""
    placed, score = _placed(id_, _SCORE), request.get_json()
    at, user = datetime.fromisoformat(score["timestamp"]), str(score["userId"])
    if user not in PEOPLE or score["gradingProgress"] != "FullyGraded":
        return jsonify({"error": "score"}), 422
    if user in placed.grades and placed.grades[user][1] >= at:
        return jsonify({"error": "newer"}), 409
    placed.grades[user] = (float(score["scoreGiven"]) / float(score["scoreMaximum"]), at)
    return jsonify({})


@blueprint.get("/items/<id_>/results")
def results(id_: str) -> Response:
    """Answer with the grades of a column."""
    rows = _placed(id_, _RESULT).grades.items()
    return jsonify([{"userId": user, "resultScore": share, "resultMaximum": 1} for user, (share, _) in rows])


@blueprint.get("/members")
def members() -> Response:
    """Answer with the roster of the course, the only response with names."""
    _demand(_MEMBERS)
    rows = [{"user_id": who.id, "name": who.name, "roles": [who.role], "status": "Active"} for who in PEOPLE.values()]
    return jsonify({"id": f"{the_platform().origin}/members", "context": {"id": CONTEXT}, "members": rows})


def _placed(id_: str, scope: str) -> Placed:
    _demand(scope)
    return the_platform().placed.get(id_) or abort(404)


def _demand(scope: str) -> None:
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not the_platform().allows(given, scope):
        abort(401)


def _as_item(placed: Placed) -> dict[str, Any]:
    url = f"{the_platform().origin}/items/{placed.id}"
    return {"id": url, "label": placed.title, "scoreMaximum": placed.maximum, "resourceLinkId": placed.id}
