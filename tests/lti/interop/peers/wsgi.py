"""What the peers share: a platform of somebody else's code as a small web server. Runs in their own environment.

A peer brings preflight(message, role, module), launch(fields), keys(), token(fields), may_score(bearer), chosen(jwt).
"""

import json
import sys
from urllib.parse import parse_qsl
from wsgiref.simple_server import WSGIRequestHandler, make_server

FORM = (
    '<form action="{url}" method="post"><input type="hidden" name="id_token" value="{id_token}">'
    '<input type="hidden" name="state" value="{state}"></form>'
)


def serve(make_peer):
    """Serve a peer on a free port, which is printed; the tool's origin is the first word of the command line."""
    kept = {"scores": [], "items": [], "refused": []}
    held = []

    def answer(environ, start):
        size = int(environ.get("CONTENT_LENGTH") or 0)
        body = environ["wsgi.input"].read(size).decode()
        query = dict(parse_qsl(environ["QUERY_STRING"], keep_blank_values=True))
        try:
            status, headers, text = _route(held[0], kept, environ, query, body)
        except Exception as error:  # noqa: BLE001  # however the peer's own code refuses
            kept["refused"].append(f"{type(error).__name__}: {error}")
            status, headers, text = "400 Bad Request", {}, "{}"
        start(status, [("Content-Type", headers.pop("Content-Type", "application/json")), *headers.items()])
        return [text.encode()]

    server = make_server("127.0.0.1", 0, answer, handler_class=_Quiet)
    held.append(make_peer(f"http://127.0.0.1:{server.server_port}", sys.argv[1]))
    print(server.server_port, flush=True)
    server.serve_forever()


def _route(peer, kept, environ, query, body):
    path, form = environ["PATH_INFO"], dict(parse_qsl(body, keep_blank_values=True))
    if path == "/open":
        return "302 Found", {"Location": peer.preflight(query["message"], query["role"], query["module"])}, ""
    if path == "/auth":
        return "200 OK", {"Content-Type": "text/html"}, FORM.format(**peer.launch({**query, **form}))
    if path == "/jwks":
        return "200 OK", {}, json.dumps(peer.keys())
    if path == "/token":
        return "200 OK", {}, json.dumps(peer.token(form))
    if path == "/item/scores":
        bearer = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ")
        if not peer.may_score(bearer):
            return "401 Unauthorized", {}, "{}"
        kept["scores"].append({"type": environ["CONTENT_TYPE"], "query": environ["QUERY_STRING"], **json.loads(body)})
        return "204 No Content", {}, ""
    if path == "/item":
        return "200 OK", {}, json.dumps({"id": f"{peer.origin}/item?type_id=2", "label": "A", "scoreMaximum": 10})
    if path == "/return":
        kept["items"] = peer.chosen(form["JWT"])
        return "200 OK", {}, "{}"
    if path == "/kept":
        return "200 OK", {}, json.dumps(kept)
    return "404 Not Found", {}, "{}"


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_):
        return
