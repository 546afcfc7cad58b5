"""`lti1p3platform` as a platform: its three abstract classes, filled in as a website would."""

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from lti1p3platform.ltiplatform import LTI1P3PlatformConfAbstract
from lti1p3platform.message_launch import LTIAdvantageMessageLaunchAbstract
from lti1p3platform.oidc_login import OIDCLoginAbstract
from lti1p3platform.registration import Registration
from lti1p3platform.request import Request
from wsgi import serve

MEMBERSHIP = "http://purl.imsglobal.org/vocab/lis/v2/membership"
SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"


class _Config(LTI1P3PlatformConfAbstract):
    def init_platform_config(self, **given):
        private = generate_private_key(public_exponent=65537, key_size=2048)
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption()).decode()
        public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
        tool = given["tool"]
        self._registration = (
            Registration().set_iss(given["origin"]).set_client_id("ours").set_deployment_id("1")
            .set_launch_url(f"{tool}/lti/launch").set_deeplink_launch_url(f"{tool}/lti/launch")
            .set_oidc_login_url(f"{tool}/lti/login").set_tool_key_set_url(f"{tool}/lti/jwks.json")
            .set_platform_private_key(pem)
            .set_platform_public_key(public)
        )  # fmt: skip

    def get_registration_by_params(self, **_):
        return self._registration


class _Login(OIDCLoginAbstract):
    def set_lti_message_hint(self, **given):
        self._lti_message_hint = given["hint"]

    def get_redirect(self, url):
        return url


class _Request(Request):
    def build_metadata(self, request):
        return {"method": "GET", "form_data": {}, "get_data": request, "headers": {}, "path": "/auth"}


class _Launch(LTIAdvantageMessageLaunchAbstract):
    def render_launch_form(self, launch_data, **_):
        return {"url": launch_data["launch_url"], "id_token": launch_data["id_token"], "state": launch_data["state"]}


class Platform1p3:
    """One link in a course."""

    def __init__(self, origin, tool):
        self.origin = origin
        self._config = _Config(origin=origin, tool=tool)
        self._asked = ("resource", "student", "")

    def preflight(self, message, role, module):
        self._asked = (message, role, module)
        login = _Login({}, self._config)
        login.set_lti_message_hint(hint="hint-1")
        return login.initiate_login("user-4")

    def launch(self, fields):
        message, role, module = self._asked
        launch = _Launch(_Request(fields), self._config)
        name = {"student": "Learner", "instructor": "Instructor"}[role]
        launch.set_user_data("user-4", [f"{MEMBERSHIP}#{name}"], "Kari Nordmann", "kari@example.no")
        launch.set_resource_link_claim("link-1")
        launch.set_launch_context_claim("course-1", ["CourseSection"], "Lokalt mot", "LM101")
        launch.set_custom_parameters_claim({"module": module})
        launch.set_ags(f"{self.origin}/items?type_id=2", f"{self.origin}/item?type_id=2")
        if message == "choice":
            launch.set_dl(f"{self.origin}/return")
        return launch.lti_launch()

    def keys(self):
        return self._config.get_jwks()

    def token(self, fields):
        return self._config.get_access_token(fields)

    def may_score(self, bearer):
        return self._config.validate_token(bearer, [SCORE])

    def chosen(self, jwt):
        return self._config.validate_deeplinking_resp({"JWT": jwt})


serve(Platform1p3)
