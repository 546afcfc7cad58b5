"""The smallest tool that PyLTI1p3's own documentation leads to: what our launch is compared with, in one process."""

from pathlib import Path
from typing import Any

from flask import Flask, request
from pylti1p3.contrib.flask.launch_data_storage.cache import FlaskCacheDataStorage
from pylti1p3.contrib.flask.message_launch import FlaskMessageLaunch
from pylti1p3.contrib.flask.oidc_login import FlaskOIDCLogin
from pylti1p3.contrib.flask.request import FlaskRequest
from pylti1p3.exception import LtiException, OIDCException
from pylti1p3.grade import Grade
from pylti1p3.tool_config import ToolConfDict


class _Memory(dict[str, Any]):
    """A cache as PyLTI1p3 wants one."""

    def set(self, key: str, value: Any, _seconds: int | None = None) -> None:
        self[key] = value


def stock_app(
    platforms: list[Any], launched: list[str], private_key: str = "", *, teachers: list[bool] | None = None
) -> Flask:
    """Return the tool.

    launched: grows by the sub of each launch that it accepts; teachers: by whether it was one's. private_key: PEM, to
    send grades.
    """
    conf = ToolConfDict({platforms[0].issuer: [_configured(platform) for platform in platforms]})
    for platform in platforms if private_key else ():
        conf.set_private_key(platform.issuer, private_key, client_id=platform.client_id)
    storage = FlaskCacheDataStorage(_Memory())
    app = Flask(Path(__file__).stem)
    app.config.update(PREFERRED_URL_SCHEME="https", SECRET_KEY="benchmark")  # noqa: S106  # it guards nothing

    @app.errorhandler(LtiException)
    @app.errorhandler(OIDCException)
    def _refused(error: Exception) -> tuple[str, int]:
        return str(error), 401

    @app.route("/lti/login", methods=["GET", "POST"])
    def _login() -> Any:
        asked = FlaskRequest()
        return FlaskOIDCLogin(asked, conf, launch_data_storage=storage).redirect(asked.get_param("target_link_uri"))

    @app.post("/lti/launch")
    def _launch() -> str:
        launch = FlaskMessageLaunch(FlaskRequest(), conf, launch_data_storage=storage)
        launched.append(launch.get_launch_data().get("sub", ""))
        if teachers is not None:
            teachers.append(bool(launch.check_teacher_access()))
        return str(launch.get_launch_id())

    @app.get("/hello")
    def _hello() -> str:
        return "hello"

    @app.post("/lti/score/<launch_id>")
    def _score(launch_id: str) -> str:
        launch = FlaskMessageLaunch.from_cache(launch_id, FlaskRequest(), conf, launch_data_storage=storage)
        grade = Grade().set_score_given(8).set_score_maximum(10).set_timestamp(request.form["timestamp"])
        grade.set_activity_progress("Completed").set_grading_progress("FullyGraded")
        launch.get_ags().put_grade(grade.set_user_id(launch.get_launch_data()["sub"]))
        return "sent"

    return app


def _configured(platform: Any) -> dict[str, Any]:
    known = platform.registration
    return {
        "client_id": platform.client_id,
        "auth_login_url": known["auth_login_url"],
        "auth_token_url": known["auth_token_url"],
        "key_set_url": known["jwks_url"],
        "deployment_ids": ["1"],
    }
