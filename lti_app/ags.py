"""Assignment and Grade Services: line items, scores and results, as a platform takes them (LTI AGS 2.0)."""

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
NEW = "new:"  # a line item that is to be made: this, the link's id, a blank, the address of the container
_SCORE_TYPE = "application/vnd.ims.lis.v1.score+json"
_ITEM_TYPE = "application/vnd.ims.lis.v2.lineitem+json"
_ITEMS_TYPE = "application/vnd.ims.lis.v2.lineitemcontainer+json"
_RESULTS_TYPE = "application/vnd.ims.lis.v2.resultcontainer+json"
_OURS = 100.0  # the maximum when the platform does not tell its own; it scales the score


def send_score(services: Services, grade: Grade) -> PlatformResponse:
    """Send a grade to its line item, which is made or read first when need be. Returns the platform's answer.

    Raises:
        DeliveryError: see Services.ask; "no_line_item" when there is none and none may be made.
    """
    url, maximum = _line_item(services, grade)
    score = {
        "userId": grade.sub,
        "scoreGiven": round(grade.share * maximum, 4),
        "scoreMaximum": maximum,
        "activityProgress": "Completed",
        "gradingProgress": "FullyGraded",
        # Microseconds and a zone: Moodle reads a time without one in its own (Moodle 4.5, measured).
        "timestamp": grade.sent_timestamp.isoformat(timespec="microseconds"),
        "submission": {"startedAt": grade.started_at.isoformat(), "submittedAt": grade.submitted_at.isoformat()},
        **({"comment": grade.comment} if grade.comment else {}),
    }
    return services.ask("POST", beneath(url, "scores"), scope=SCORE, content=score, kind=_SCORE_TYPE)


def result_share(services: Services, grade: Grade) -> float | None:
    """Return the result that the platform holds, 0 to 1; None when it does not tell."""
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
    """Return the address of a part of a line item: before its query, which Moodle's have."""
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
    return url, maximum or _OURS


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
    """Find or make the line item of a link. A sender that died after making it finds it again."""
    link, container = order.removeprefix(NEW).split(" ", 1)
    query = ("&" if "?" in container else "?") + f"resource_link_id={quote(link, safe='')}"
    answer = services.ask("GET", container + query, scope=LINE_ITEM, accept=_ITEMS_TYPE)
    items = json_in(answer) if answer.status == 200 else None
    for item in items if isinstance(items, list) else []:
        if isinstance(item, dict) and str(item.get("resourceLinkId")) == link and isinstance(item.get("id"), str):
            return item["id"], _maximum(item) or _OURS
    content = {"label": "Lokalt mot", "scoreMaximum": _OURS, "resourceLinkId": link, "tag": "lokaltmot"}
    answer = services.ask("POST", container, scope=LINE_ITEM, content=content, kind=_ITEM_TYPE, accept=_ITEM_TYPE)
    made = object_in(answer)
    if answer.status not in (200, 201) or not isinstance(made.get("id"), str):
        raise refusal("no_line_item", answer)
    return made["id"], _maximum(made) or _OURS


def _maximum(item: Mapping[str, Any]) -> float | None:
    maximum = item.get("scoreMaximum")
    is_number = isinstance(maximum, int | float) and not isinstance(maximum, bool)
    return float(maximum) if is_number and maximum and 0 < maximum < 1e9 else None
