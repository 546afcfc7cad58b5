"""Open edX: its `lti-consumer-xblock` as a platform, with Django set up as little as it takes."""

from django.conf import settings

settings.configure(
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}, PLATFORM_NAME="Open edX"
)

from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key  # noqa: E402
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat  # noqa: E402
from lti_consumer.data import Lti1p3LaunchData  # noqa: E402
from lti_consumer.lti_1p3.constants import LTI_1P3_CONTEXT_TYPE  # noqa: E402
from lti_consumer.lti_1p3.consumer import LtiAdvantageConsumer  # noqa: E402
from wsgi import serve  # noqa: E402

SCORE = "https://purl.imsglobal.org/spec/lti-ags/scope/score"


class OpenEdx:
    """One block of a course."""

    def __init__(self, origin, tool):
        self.origin = origin
        private = generate_private_key(public_exponent=65537, key_size=2048)
        pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
        self._consumer = LtiAdvantageConsumer(
            iss=origin, lti_oidc_url=f"{tool}/lti/login", lti_launch_url=f"{tool}/lti/launch", client_id="ours",
            deployment_id="1", rsa_key=pem, rsa_key_id="edx-1", redirect_uris=[f"{tool}/lti/launch"],
            tool_keyset_url=f"{tool}/lti/jwks.json",
        )  # fmt: skip
        self._consumer.enable_ags(f"{origin}/items?type_id=2", f"{origin}/item?type_id=2", True)
        self._consumer.enable_nrps(f"{origin}/members")
        self._consumer.enable_deep_linking(f"{tool}/lti/launch", f"{origin}/return")

    def preflight(self, message, role, module):
        self._consumer.set_user_data("edx-user-4", role, "Kari Nordmann", "kari@example.no")
        self._consumer.set_resource_link_claim("block-v1:kurs+type@lti+block@1")
        self._consumer.set_context_claim(
            "course-v1:kurs", [LTI_1P3_CONTEXT_TYPE.course_offering], "Lokalt mot", "LM101"
        )
        self._consumer.set_launch_presentation_claim("iframe", None)
        self._consumer.set_custom_parameters({"module": module})
        kind = {"resource": "LtiResourceLinkRequest", "choice": "LtiDeepLinkingRequest"}[message]
        return self._consumer.prepare_preflight_url(
            Lti1p3LaunchData("edx-user-4", role, "config-1", "block-1", message_type=kind)
        )

    def launch(self, fields):
        return {"url": fields["redirect_uri"], **self._consumer.generate_launch_request(fields)}

    def keys(self):
        return self._consumer.get_public_keyset()

    def token(self, fields):
        return self._consumer.access_token(fields)

    def may_score(self, bearer):
        return self._consumer.check_token(bearer, [SCORE])

    def chosen(self, jwt):
        return self._consumer.check_and_decode_deep_linking_token(jwt)


serve(OpenEdx)
