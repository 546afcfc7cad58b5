"""/healthz, /readyz, /metrics, and the style sheets and scripts of the tool's own pages."""

import hmac

from flask import Blueprint, Response, abort, jsonify, request, send_file
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy.exc import SQLAlchemyError

from lokaltmot_lms.resources import shipped
from lti_app.migrations import is_current
from lti_app.store.disk import LEAST_MEGABYTES, free_megabytes
from lti_app.trust.tool import current_tool

blueprint = Blueprint("site", __name__)
_TYPES = {".css": "text/css", ".js": "text/javascript"}


@blueprint.get("/healthz")
def healthz() -> Response:
    """Answer that the process is running."""
    return jsonify({"status": "ok"})


@blueprint.get("/readyz")
def readyz() -> tuple[Response, int] | Response:
    """Answer whether launches would work: the database responds and has the current schema.

    A warning does not make the answer a failure: a tool whose disk is nearly full still works.
    """
    try:
        current = is_current(current_tool().engine)
    except SQLAlchemyError:
        return jsonify({"status": "no database"}), 503
    if not current:
        return jsonify({"status": "old schema"}), 503
    free = free_megabytes(current_tool().settings.database)
    is_low = free is not None and free < LEAST_MEGABYTES
    return jsonify({"status": "ok", "warning": f"disk nearly full: {free} MB left"} if is_low else {"status": "ok"})


@blueprint.get("/metrics")
def metrics() -> Response:
    """Answer with the process's metrics, if the request has LOKALTMOT_METRICS_TOKEN."""
    wanted = current_tool().settings.metrics_token
    given = request.headers.get("Authorization", "")
    if not wanted or not hmac.compare_digest(given.encode("utf-8", "replace"), f"Bearer {wanted}".encode()):
        abort(404)
    return Response(generate_latest(), content_type=CONTENT_TYPE_LATEST)


@blueprint.get("/lti/static/<name>")
def static(name: str) -> Response:
    """Answer with a file of templates/lti/static, or the theme's colours."""
    templates = shipped("templates")
    files = {path.name: path for path in (templates / "lti" / "static").iterdir()}
    files["theme.css"] = templates / "themes" / current_tool().settings.theme / "theme.css"
    if name not in files:
        abort(404)
    path = files[name]
    return send_file(path, mimetype=_TYPES[path.suffix], max_age=3600)
