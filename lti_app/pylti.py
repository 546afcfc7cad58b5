"""The only module that imports PyLTI1p3: the names of LTI claims, and builders for the messages that we send."""

from typing import Any

from pylti1p3.deep_link_resource import DeepLinkResource
from pylti1p3.lineitem import LineItem

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
DEEP_LINKING = "https://purl.imsglobal.org/spec/lti-dl/claim/"
SETTINGS = f"{DEEP_LINKING}deep_linking_settings"
GRADES = "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint"
ROSTER = "https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice"
SCOPES = (
    "https://purl.imsglobal.org/spec/lti-ags/scope/lineitem",
    "https://purl.imsglobal.org/spec/lti-ags/scope/result.readonly",
    "https://purl.imsglobal.org/spec/lti-ags/scope/score",
    "https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly",
)
RESOURCE_REQUEST = "LtiResourceLinkRequest"
DEEP_LINKING_REQUEST = "LtiDeepLinkingRequest"
DEEP_LINKING_RESPONSE = "LtiDeepLinkingResponse"
# 1EdTech's data privacy launch is a draft, with two names in use (PyLTI1p3 has the first, Tsugi the second).
PRIVACY_REQUESTS = ("DataPrivacyLaunchRequest", "LtiDataPrivacyLaunchRequest")


def content_item(
    *,
    url: str,
    title: str,
    text: str,
    custom: dict[str, str],
    maximum: float | None,
    tag: str,
    resource_id: str,
    window: dict[str, dict[str, str]],
) -> dict[str, Any]:
    """Return one content item of a deep linking response.

    maximum: the scoreMaximum of its line item; None for no line item. window: the properties `available` and
    `submission` (LTI Deep Linking 2.0).
    """
    resource = DeepLinkResource().set_url(url).set_title(title).set_custom_params(custom)
    if maximum is not None:
        resource.set_lineitem(
            LineItem().set_label(title).set_score_maximum(maximum).set_tag(tag).set_resource_id(resource_id)
        )
    return {**resource.to_dict(), "text": text, **window}
