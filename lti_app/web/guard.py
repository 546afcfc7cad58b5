"""Applied to every request and response: Host check, limited body size, security headers, and one error page."""

from secrets import token_hex

import structlog
from flask import Flask, Response, g, jsonify, request
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from werkzeug.exceptions import HTTPException
from werkzeug.routing import IntegerConverter, Map

from lti_app.errors import Advice, LaunchError
from lti_app.platforms import frame_origins, platform_of
from lti_app.store.engine import writing
from lti_app.store.keys import add_audit
from lti_app.trust.sessions import ProofWanted
from lti_app.trust.tool import current_tool
from lti_app.web.cookieless import carry
from lti_app.web.pages import language_of, page

LARGEST_BODY = 65_536
_AUDIT_BURST, _AUDIT_LINES_PER_SECOND = 300, 20.0  # rate limit of this process for the audit trail
_AUDIT_PATIENCE = 0.3  # seconds that a line waits for the database
_AUDIT_REST = 5.0  # seconds without further tries after a line that could not be written
_PROBES = ("/healthz", "/readyz", "/metrics")  # requested by monitoring, which may not know our host name
_PERMISSIONS = ", ".join(f"{name}=()" for name in ("camera", "display-capture", "geolocation", "microphone", "payment"))
_ADVICE = {403: Advice.NOT_YOURS, 404: Advice.NOTHING_HERE, 429: Advice.TRY_LATER}
_log = structlog.get_logger(__name__)


class RowConverter(IntegerConverter):
    """An id of a row in a URL, `<row:name>`. A larger number than PostgreSQL's integer is no address of ours."""

    def __init__(self, url_map: Map) -> None:
        super().__init__(url_map, min=1, max=2**31 - 1)


def protect(app: Flask) -> None:
    """Install the checks, the headers and the error handlers in an application."""
    app.url_map.converters["row"] = RowConverter
    app.config.update(MAX_CONTENT_LENGTH=LARGEST_BODY, MAX_FORM_PARTS=200)
    app.before_request(_check_host)
    app.after_request(_add_headers)
    app.register_error_handler(ProofWanted, carry)
    app.register_error_handler(LaunchError, _refused)
    app.register_error_handler(HTTPException, _http_error)

    app.register_error_handler(Exception, _unexpected)


def _check_host() -> None:
    if request.path not in _PROBES and request.host != current_tool().settings.host:
        raise LaunchError(400, "host")


def _add_headers(response: Response) -> Response:
    frames = " ".join(("'self'", *_frames()))
    forms = g.get("form_action", "'self'")
    style_attributes = "'unsafe-inline'" if g.get("has_drawings") else "'none'"
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; "
        # Only pages of a course may have style attributes: the course's SVG drawings use them.
        f"style-src-attr {style_attributes}; font-src 'self'; connect-src 'self'; base-uri 'none'; "
        f"form-action {forms}; frame-src 'self'; frame-ancestors {frames}",
    )
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    if not g.get("asks_opener"):
        response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = _PERMISSIONS
    response.headers.setdefault("Cache-Control", "no-store")
    if not current_tool().settings.is_local:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    return response


def _frames() -> tuple[str, ...]:
    """Return the origins that may frame this page: those of the platform of the session or login."""
    platform = g.get("framed_by")
    if platform is None:
        return tuple(g.get("frame_origins", ()))
    return frame_origins(platform, platform_of(platform.platform_family).frames)


def _refused(error: LaunchError) -> Response:
    incident = note(kind="refused", reason=error.reason, registration_id=error.registration_id, detail=error.detail)
    return _answer(error.status, error.advice, incident, error.reason)


def _http_error(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400 and error.response:  # a redirect from routing
        return Response(status=status, headers={"Location": error.response.headers.get("Location", "/")})
    reason = "too_large" if status == 413 else f"http_{status}"
    incident = note(kind="refused", reason=reason)
    response = _answer(status, _ADVICE.get(status, Advice.START_AGAIN), incident, reason)
    if status == 405:
        response.headers["Allow"] = ", ".join(sorted(getattr(error, "valid_methods", None) or ()))
    return response


def _unexpected(error: Exception) -> Response:
    incident = token_hex(4)
    _log.error("unexpected", incident=incident, kind=type(error).__name__, exc_info=error)
    status = 503 if isinstance(error, OperationalError) else 500
    return _answer(status, Advice.TRY_LATER, incident, "unexpected")


def note(*, kind: str, reason: str, registration_id: int | None = None, detail: dict[str, object] | None = None) -> str:
    """Write a line to the audit trail and to the log, and return its reference number.

    The log gets every line. The audit trail is rate limited for refusals, so that a flood of bad requests does not keep
    the database busy. It never delays an answer for long: while another process holds the database, lines are left out.
    """
    incident = token_hex(4)
    tool = current_tool()
    if kind != "refused" or tool.limits.spend("audit", burst=_AUDIT_BURST, per_second=_AUDIT_LINES_PER_SECOND):
        try:
            with writing(tool.engine, patience=_AUDIT_PATIENCE) as connection:
                add_audit(
                    connection, kind=kind, reason=reason, incident=incident, registration_id=registration_id,
                    detail=detail,
                )  # fmt: skip
        except SQLAlchemyError as error:
            tool.limits.rest("audit", seconds=_AUDIT_REST, per_second=_AUDIT_LINES_PER_SECOND)
            _log.warning("audit_left_out", incident=incident, kind=type(error).__name__)
    _log.info(kind, reason=reason, incident=incident, registration=registration_id, **(detail or {}))
    return incident


def _answer(status: int, advice: Advice, incident: str, reason: str) -> Response:
    if request.headers.get("Accept", "").startswith("application/json") or request.is_json:
        response = jsonify({"error": advice.value, "reason": reason, "reference": incident})
        response.status_code = status
        return response
    return page(
        "error", language=language_of(request), status=status, advice=advice.value, incident=incident, reason=reason
    )
