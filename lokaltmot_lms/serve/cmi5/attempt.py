"""What a platform stores for one learner and one unit: the registration, its sessions, statements and documents."""

from dataclasses import dataclass, field
from typing import Any

from lokaltmot_lms.serve.cmi5.units import Unit

Json = Any

VERBS = "http://adlnet.gov/expapi/verbs/"
ADL_VERBS = "https://w3id.org/xapi/adl/verbs/"
CMI5 = "https://w3id.org/xapi/cmi5/"
CATEGORY = f"{CMI5}context/categories/cmi5"
MOVE_ON_CATEGORY = f"{CMI5}context/categories/moveon"
SESSION_ID = f"{CMI5}context/extensions/sessionid"
MASTERY = f"{CMI5}context/extensions/masteryscore"
LAUNCH_DATA = "LMS.LaunchData"


@dataclass(kw_only=True)
class Cmi5Session:
    """One launch. verbs: of the cmi5 defined statements, in order of arrival. begun, ended: timestamps, "" before."""

    id: str
    token: str
    mode: str
    is_fetched: bool = False
    knows_launch: bool = False
    knows_learner: bool = False
    verbs: list[str] = field(default_factory=list)
    launched: str = ""
    begun: str = ""
    ended: str = ""
    ended_at: float = 0.0
    is_abandoned: bool = False


@dataclass(kw_only=True)
class Cmi5Registration:
    """A registration. activity: the id that the platform created for the unit. documents: by stateId."""

    unit: Unit
    registration: str
    activity: str
    actor: Json
    statements: list[Json] = field(default_factory=list)
    documents: dict[str, bytes] = field(default_factory=dict)
    preferences: bytes | None = None
    sessions: list[Cmi5Session] = field(default_factory=list)

    @property
    def session(self) -> Cmi5Session:
        """The last launch."""
        return self.sessions[-1]

    def said(self, verb: str) -> Json | None:
        """Return the last cmi5 defined statement with a verb in the registration, or None."""
        found = [each for each in self.statements if verb_of(each) == verb and is_defined(each)]
        return found[-1] if found else None

    @property
    def is_satisfied(self) -> bool:
        """Whether the unit's moveOn criterion is met (13.1.4)."""
        completed, passed = self.said("completed") is not None, self.said("passed") is not None
        return {
            "Passed": passed,
            "Completed": completed,
            "CompletedAndPassed": completed and passed,
            "CompletedOrPassed": completed or passed,
        }.get(self.unit.move_on, True)


def verb_of(statement: Json) -> str:
    """Return the last part of a verb's IRI; "" when the statement has none."""
    verb = statement.get("verb")
    found = verb.get("id") if isinstance(verb, dict) else None
    return found.rpartition("/")[2] if isinstance(found, str) else ""


def categories(statement: Json) -> set[str]:
    """Return the ids of a statement's category activities."""
    context = statement.get("context")
    activities = context.get("contextActivities") if isinstance(context, dict) else None
    listed = activities.get("category", []) if isinstance(activities, dict) else []
    return {each.get("id", "") for each in (listed if isinstance(listed, list) else [listed]) if isinstance(each, dict)}


def is_defined(statement: Json) -> bool:
    """Return whether this is a cmi5 defined statement; others are cmi5 allowed statements (7.1.3)."""
    return CATEGORY in categories(statement)
