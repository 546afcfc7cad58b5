"""The demo platform's pages: the choice of a person, the course, the tool in a frame, and the gradebook."""

from urllib.parse import urlencode

from flask import Blueprint, Response, abort, request

from lti_app.pylti import DEEP_LINKING
from lti_app.sandbox.platform import CLIENT, DEPLOYMENT, PEOPLE, Placed, Somebody
from lti_app.sandbox.services import claims_of, the_platform
from lti_app.web.pages import language_of, page

blueprint = Blueprint("pages", __name__)
_PICKER = "add"


@blueprint.get("/")
def home() -> Response:
    """Show the introduction and the choice of a person."""
    return page("sandbox_home", language=language_of(request), people=list(PEOPLE.values()))


@blueprint.get("/as/<id_>")
def course(id_: str) -> Response:
    """Show the course as one person sees it."""
    placed = list(the_platform().placed.values())
    return page("sandbox_course", language=language_of(request), who=_somebody(id_), placed=placed)


@blueprint.get("/as/<id_>/<hint>")
def frame(id_: str, hint: str) -> Response:
    """Show the tool in a frame, beginning with its login. hint: a module's number, or "add"."""
    who, placed = _somebody(id_), _placed(hint)
    if placed is None and not who.is_teacher:
        abort(403)
    platform = the_platform()
    asked = {
        "iss": platform.origin, "client_id": CLIENT, "lti_deployment_id": DEPLOYMENT, "login_hint": who.id,
        "lti_message_hint": hint, "target_link_uri": placed.url if placed else f"{platform.tool}/lti/launch",
    }  # fmt: skip
    address = f"{platform.tool}/lti/login?{urlencode(asked)}"
    return page("sandbox_frame", language=language_of(request), who=who, placed=placed, address=address)


@blueprint.get("/auth")
def auth() -> Response:
    """Send the id_token to the tool (OpenID Connect, response mode form_post)."""
    platform, asked = the_platform(), request.args
    target = f"{platform.tool}/lti/launch"
    if (asked.get("client_id"), asked.get("redirect_uri")) != (CLIENT, target):
        abort(400)
    who, language = _somebody(asked.get("login_hint", "")), language_of(request)
    token = platform.sign(who, asked.get("nonce", ""), language, _placed(asked.get("lti_message_hint", "")))
    fields = {"id_token": token, "state": asked.get("state", "")}
    return page("sandbox_auth", language=language, address=target, fields=fields)


@blueprint.post("/return")
def take_modules() -> Response:
    """Add the chosen modules to the course, if the tool has signed the response."""
    platform = the_platform()
    claims = claims_of(request.form.get("JWT", ""), platform.origin)
    if claims is None:
        abort(400)
    for item in claims[f"{DEEP_LINKING}content_items"]:
        platform.place(item)
    teacher = next(who for who in PEOPLE.values() if who.is_teacher)
    return page("sandbox_returned", language=language_of(request), who=teacher)


@blueprint.get("/grades")
def grades() -> Response:
    """Show the gradebook."""
    learners = [who for who in PEOPLE.values() if not who.is_teacher]
    placed = list(the_platform().placed.values())
    return page("sandbox_grades", language=language_of(request), learners=learners, placed=placed)


@blueprint.get("/favicon.ico")
def icon() -> Response:
    """Answer that there is no icon."""
    return Response(status=204)


def _somebody(id_: str) -> Somebody:
    return PEOPLE.get(id_) or abort(404)


def _placed(hint: str) -> Placed | None:
    return None if hint == _PICKER else the_platform().placed.get(hint) or abort(404)
