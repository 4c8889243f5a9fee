"""The method's words for what a partnership is measured by: kinds, groups, categories, phases.

They are those of Next Generation Sector Partnerships (training manual, module 5, and benchmarking
framework), to whom they are due.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple

__all__ = [
    "ABOUT", "CATEGORIES", "GROUPS", "KINDS", "MEMBER_KINDS", "PHASES", "STAGES", "STAGE_OF",
    "UNITS", "Category", "Group", "Kind", "MemberKind", "Phase", "Stage", "Unit", "UnitName",
    "reached",
]  # fmt: skip

Kind = Literal["process", "impact"]
Group = Literal["business", "people", "programs"]
Category = Literal["business", "people", "programs", "economy", "community", "systems"]
Stage = Literal["early", "mid", "mature"]
Phase = Literal["emerging", "active", "advanced"]
MemberKind = Literal[
    "business", "education", "workforce", "economic development", "labor", "community"
]
UnitName = Literal[
    "people", "jobs", "businesses", "organizations", "programs", "events", "hours", "days",
    "percent", "USD", "yes or no",
]  # fmt: skip

KINDS: Mapping[Kind, str] = {
    "process": "Process: how the partnership works",
    "impact": "Impact: what has come of it",
}
GROUPS: Mapping[Group, str] = {
    "business": "Business and industry",
    "people": "Jobseekers and students",
    "programs": "Public programs and resources",
}
CATEGORIES: Mapping[Category, str] = {
    "business": "Business partners",
    "people": "Students, jobseekers and workers",
    "programs": "Public programs",
    "economy": "Regional economy",
    "community": "Community development",
    "systems": "Systems change",
}
ABOUT: Mapping[str, str] = dict(CATEGORIES.items(), process="How partnerships work")
"""What a story or an insight may be about: a category of impact, or the work itself."""
STAGES: tuple[Stage, ...] = ("early", "mid", "mature")
PHASES: Mapping[Phase, str] = {
    "emerging": "early evidence: a plan, and employers at the table",
    "active": "outputs: things made and done for groups of employers",
    "advanced": "impact: people, employers or public programs are better off",
}
STAGE_OF: Mapping[Phase, Stage] = dict(zip(PHASES, STAGES, strict=True))
"""The stage up to which a partnership of a phase is asked for impact."""
MEMBER_KINDS: tuple[MemberKind, ...] = (
    "business", "education", "workforce", "economic development", "labor", "community"
)  # fmt: skip


class Unit(NamedTuple):
    """What a number counts.

    Attributes
    ----------
    noun : str
        Of one of it; empty where the unit is a sign.
    adds_up : bool
        Whether sums over partnerships can make sense at all.
    is_guarded : bool
        Whether one or two of it may be somebody whom a reader knows.
    """

    noun: str
    adds_up: bool
    is_guarded: bool = False


UNITS: Mapping[UnitName, Unit] = {
    "people": Unit("person", True, True),
    "jobs": Unit("job", True, True),
    "businesses": Unit("business", False),  # one may be in two partnerships
    "organizations": Unit("organization", False),
    "programs": Unit("program", True),
    "events": Unit("event", True),
    "hours": Unit("hour", True),
    "days": Unit("day", False),
    "percent": Unit("", False),
    "USD": Unit("", True),
    "yes or no": Unit("", False),
}


def reached(phase: Phase, stage: Stage) -> bool:
    """Tell whether a partnership of a phase is asked for what belongs to a stage.

    Examples
    --------
    >>> reached("active", "early"), reached("active", "mature")
    (True, False)
    """
    return STAGES.index(stage) <= STAGES.index(STAGE_OF[phase])
