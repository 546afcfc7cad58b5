"""Client for Assignment and Grade Services (LTI AGS 2.0): line items, scores and results."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit

from lti_app.errors import DeliveryError
from lti_app.services import Services, json_in, object_in, refusal
from lti_app.store.engine import writing
from lti_app.store.grades import Grade, set_line_item
from lti_app.trust.egress import PlatformResponse

SCOPE = "https://purl.imsglobal.org/spec/lti-ags/scope/"
SCORE, LINE_ITEM, RESULT = f"{SCOPE}score", f"{SCOPE}lineitem", f"{SCOPE}result.readonly"
# Prefix of a line item that does not exist yet: "new:", the link's id, a space, the URL of the line item container.
NEW = "new:"
_SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
_ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
_ITEMS_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"
_RESULTS_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"
_DEFAULT_MAXIMUM = 100.0  # when the platform does not report a scoreMaximum; the platform scales the score


def send_score(services: Services, grade: Grade) -> PlatformResponse:
    """Send a grade to its line item, creating or reading the line item first if needed. Returns the response.

    Raises:
        DeliveryError: see Services.ask; "no_line_item" when there is none and the tool may not create one.
    """
    url, maximum = _line_item(services, grade)
    score = {
        "userId": grade.sub,
        "scoreGiven": round(grade.share * maximum, 4),
        "scoreMaximum": maximum,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        # With microseconds and a time zone: Moodle reads a time without a zone as its own (measured with Moodle 4.5).
        "timestamp": grade.sent_timestamp.isoformat(timespec="microseconds"),
        "submission": {"startedAt": grade.started_at.isoformat(), "submittedAt": grade.submitted_at.isoformat()},
        **({"comment": grade.comment} if grade.comment else {}),
    }
    return services.ask("POST", beneath(url, "scores"), scope=SCORE, content=score, kind=_SCORE_TYPE)


def result_share(services: Services, grade: Grade) -> float | None:
    """Return the learner's result on the platform, 0 to 1; None when the platform does not report one."""
    url = beneath(grade.line_item_url, "results")
    url += ("&" if "?" in url else "?") + f"user_id={quote(grade.sub, safe='')}"
    answer = services.ask("GET", url, scope=RESULT, accept=_RESULTS_TYPE)
    found = json_in(answer) if answer.status == 200 else None
    for result in found if isinstance(found, list) else []:
        if isinstance(result, dict) and str(result.get("userId")) == grade.sub:
            given, maximum = result.get("resultScore"), result.get("resultMaximum")
            if isinstance(given, int | float) and isinstance(maximum, int | float) and maximum > 0:
                return float(given) / float(maximum)
    return None


def beneath(url: str, name: str) -> str:
    """Return the URL of a line item's sub-resource. The name goes before the query, which Moodle's line items have."""
    parts = urlsplit(url)
    return urlunsplit(parts._replace(path=f"{parts.path.rstrip('/')}/{name}"))


def _line_item(services: Services, grade: Grade) -> tuple[str, float]:
    maximum: float | None
    if grade.line_item_url.startswith(NEW):
        url, maximum = _make_line_item(services, grade.line_item_url)
    elif grade.maximum is None:
        url, maximum = grade.line_item_url, _read_maximum(services, grade.line_item_url)
    else:
        return grade.line_item_url, grade.maximum
    if maximum is not None:
        with writing(services.tool.engine) as connection:
            set_line_item(connection, grade.line_item_id, url=url, maximum=maximum)
    return url, maximum or _DEFAULT_MAXIMUM


def _read_maximum(services: Services, url: str) -> float | None:
    for scope in (LINE_ITEM, f"{LINE_ITEM}.readonly"):
        try:
            answer = services.ask("GET", url, scope=scope, accept=_ITEM_TYPE)
        except DeliveryError as error:
            if error.reason != "token_refused" or not error.is_lasting:
                raise
            continue
        return _maximum(object_in(answer)) if answer.status == 200 else None
    return None


def _make_line_item(services: Services, order: str) -> tuple[str, float]:
    """Find or create the line item of a link.

    The search comes first, so a sender that died after creating the line item finds it again.
    """
    link, container = order.removeprefix(NEW).split(" ", 1)
    query = ("&" if "?" in container else "?") + f"resource_link_id={quote(link, safe='')}"
    answer = services.ask("GET", container + query, scope=LINE_ITEM, accept=_ITEMS_TYPE)
    items = json_in(answer) if answer.status == 200 else None
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and str(item.get("resourceLinkId")) == link and isinstance(item.get("id"), str):
            return item["id"], _maximum(item) or _DEFAULT_MAXIMUM
    content = {"label": "Lokalt mot", "scoreMaximum": _DEFAULT_MAXIMUM, "resourceLinkId": link, "tag": "lokaltmot"}
    answer = services.ask("POST", container, scope=LINE_ITEM, content=content, kind=_ITEM_TYPE, accept=_ITEM_TYPE)
    made = object_in(answer)
    if answer.status not in (200, 201) or not isinstance(made.get("id"), str):
        raise refusal("no_line_item", answer)
    return made["id"], _maximum(made) or _DEFAULT_MAXIMUM


def _maximum(item: Mapping[str, Any]) -> float | None:
    maximum = item.get("scoreMaximum")
    is_number = isinstance(maximum, int | float) and not isinstance(maximum, bool)
    return float(maximum) if is_number and maximum and 0 < maximum < 1e9 else None
