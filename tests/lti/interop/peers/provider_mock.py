"""`lti-provider-mock` as it is, on a free port, which is printed. Its settings are in the environment."""

import os
import socket
import sys

taken = socket.create_server(("127.0.0.1", 0))
os.environ["LTI_PROVIDER_MOCK__LTI"] = (
    f'{{"iss": "http://127.0.0.1:{taken.getsockname()[1]}", "login_url": "{sys.argv[1]}/lti/login",'
    f' "launch_url": "{sys.argv[1]}/lti/launch"}}'
)

import uvicorn  # noqa: E402
from lti_provider_mock.server import app  # noqa: E402

print(taken.getsockname()[1], flush=True)
uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[taken])
