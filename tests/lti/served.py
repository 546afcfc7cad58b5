"""A tool on a free port that serves a module, and learners' sessions in it as launches would open them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from lti_app import create_app
from lti_app.settings import Settings
from lti_app.store.engine import writing
from lti_app.store.people import bind_line_item, see_context, see_link, see_person
from lti_app.store.registrations import add_registration, find_registrations, list_deployments, put_deployment
from lti_app.store.sessions import open_session
from lti_app.store.types import now
from lti_app.trust.secrets import hashed, new_token
from lti_app.trust.tool import Tool

from .bench import empty_database

_ISSUER = "https://moodle.example"


@dataclass
class ServedTool:
    """A tool that is running, and one of its modules."""

    tool: Tool
    origin: str
    module: Path

    def session(
        self,
        *,
        link: str = "1",
        module: str = "",
        course: str = "Trygg oppvekst",
        settings: dict[str, Any] | None = None,
        **claims: str,
    ) -> str:
        """Open a session; return its address as after a launch without cookies: the proof is in the fragment."""
        id_, proof = new_token(), new_token()
        with writing(self.tool.engine) as connection:
            found = find_registrations(connection, issuer=_ISSUER)
            registration_id = found[0].id if found else add_registration(
                connection, issuer=_ISSUER, client_id="ours", auth_login_url=f"{_ISSUER}/a",
                auth_token_url=f"{_ISSUER}/t", jwks_url=f"{_ISSUER}/j", service_hosts=("moodle.example",),
                deployment_policy="auto",
            )  # fmt: skip
            put_deployment(connection, registration_id, "1", is_active=True)
            (deployment,) = list_deployments(connection, registration_id)
            person_id, _ = see_person(connection, registration_id, "4")
            context_id = see_context(connection, registration_id, course, course)
            link_id, _ = see_link(
                connection, registration_id, link, context_row=context_id, module=module or self.module.name, rev=None,
                settings=settings or {},
            )  # fmt: skip
            bind_line_item(connection, registration_id, link_id, f"{_ISSUER}/item{link}?type_id=2")
            open_session(
                connection, id_hash=hashed(id_), proof_hash=hashed(proof), registration_id=registration_id,
                deployment_id=deployment.id, user_id=person_id, link_id=link_id, context_id=context_id, role="learner",
                message="resource", expires_at=now() + timedelta(hours=1),
                claims={"locale": "nb", "carried": True, "return_url": f"{_ISSUER}/course", **claims},
            )  # fmt: skip
        return f"{self.origin}/s/{id_}/#lm={proof}"


@contextmanager
def serve_tool(modules: Path) -> Iterator[ServedTool]:
    """Serve the modules of a folder; the own one is the first of them."""
    module = min(path.parent for path in modules.glob("*/module.json"))
    server = make_server("127.0.0.1", 0, lambda *_: [], threaded=True)
    origin = f"http://127.0.0.1:{server.server_port}"
    settings = Settings(
        public_url=origin, database=f"sqlite:///{modules / 'tool.db'}", secret_file=modules / "s", modules=modules
    )
    (modules / "tool.db").write_bytes(empty_database())
    app = create_app(settings)
    tool: Tool = app.extensions["lokaltmot"]
    server.app = app
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield ServedTool(tool=tool, origin=origin, module=module)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        tool.engine.dispose()
