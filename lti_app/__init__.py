"""The LTI tool: launches built modules from Canvas and Moodle, keeps progress and returns grades.

It plays what the compiler built and never builds (see the import contracts in pyproject.toml). Importing it has no side
effects; create_app() registers the blueprints.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from lti_app.settings import Settings


def create_app(settings: "Settings | None" = None) -> "Flask":
    """Return the application.

    settings: read from LOKALTMOT_* when not given.

    Raises:
        SettingsError: a setting is missing or invalid.
    """
    from flask import Flask

    from lti_app import home, launch, player, report, site
    from lti_app.settings import read_settings
    from lti_app.trust.tool import make_tool
    from lti_app.web.guard import protect
    from lti_app.web.logs import set_up_logs

    app = Flask("lti_app", static_folder=None)
    settings = settings or read_settings()
    set_up_logs(settings.log_level)
    app.extensions["lokaltmot"] = make_tool(settings)
    protect(app)
    for package in (launch, player, home, report, site):
        app.register_blueprint(package.blueprint)
    return app
