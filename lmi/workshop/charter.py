"""What a session is about: the region and the definitions as they were when it began.

All of it is kept in the session's file, so that a session opened again is the one that was begun,
whatever has been edited since.
"""

from __future__ import annotations

import datetime
import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, field_validator

from lmi import codes
from lmi.assessment.basis import citation, sources_used
from lmi.assessment.fingerprint import OWN_FILES, fingerprint
from lmi.assessment.json_values import plain
from lmi.assessment.outlines import map_names
from lmi.assessment.people import Engagement, Knowledge
from lmi.config import (
    Asked,
    Candidate,
    Criterion,
    CriticalMass,
    NamedScreen,
    Region,
    SetAside,
    load_asked,
    load_candidates,
)
from lmi.missing import Missing
from lmi.words import listing, records

if TYPE_CHECKING:  # what measures; a room shows what was measured
    from lmi.assessment.live_state import LiveState
    from lmi.assessment.opening import OpenedState

__all__ = [
    "LENGTH",
    "LETTERS",
    "SessionCharter",
    "begin",
    "differences",
    "new_code",
    "read_code",
]

LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
"""Letters and digits that are not taken for each other: no B and 8, I, L and 1, O and 0, S and 5,
Z and 2."""
LENGTH = 6
Rows = list[dict[str, Any]]


class SessionCharter(BaseModel):
    """What a session is about.

    Parameters
    ----------
    session_id : str
        Random, and no secret.
    code : str
        What participants join with.
    started : str
        Time where the room is, ISO 8601 with its offset from UTC.
    state, state_name : str
        Slug and name.
    candidates, criteria, screens, set_aside, critical_mass
        As they were at the start.
    counties : dict of str to str
        Counties that the footprint may be made of, with their names.
    engagement, knowledge : list of dict or None
        Rows of the state's own files that count in the region; None where there is no file.
    sources : list of dict
        Vintages and hashes of what the numbers came from.
    parts : dict of str to str
        Parts of the store that the numbers follow from, named by what is in them.
    files : dict of str to str
        SHA-256 of the state's own files.
    source : str
        Citation of the numbers.
    notes : tuple of str
        Sentences to know of the numbers.
    made_up : int
        Participants that were made up to try it out.
    staff : bool
        Whether numbers of fewer than three employers are shown, so that nothing is published.
    """

    model_config = ConfigDict(frozen=True)

    session_id: str
    code: str
    started: str
    state: str
    state_name: str
    region: Region
    illustrative: bool
    year: int
    base_year: int | None
    candidates: tuple[Candidate, ...]
    criteria: tuple[Criterion, ...]
    screens: tuple[NamedScreen, ...] = ()
    set_aside: SetAside = SetAside()
    critical_mass: CriticalMass | None = None
    counties: dict[str, str]
    engagement: Rows | None
    knowledge: Rows | None
    lmi_version: str
    sources: Rows
    parts: dict[str, str]
    files: dict[str, str]
    source: str
    notes: tuple[str, ...] = ()
    made_up: int = 0
    staff: bool = False

    @field_validator("code")
    @classmethod
    def _a_code(cls, code: str) -> str:
        """Refuse a code that lets everybody in, or nobody."""
        if len(code) != LENGTH or not set(code) <= set(LETTERS):
            raise ValueError("the code is none")
        return code

    @field_validator("criteria", mode="before")
    @classmethod
    def _without_decline(cls, criteria: Any) -> Any:
        """Leave out a screen for losing jobs, which sessions of release 0.1 have.

        Losing jobs is a reason to set a candidate aside since, and those sessions have none.
        """
        return [
            {**c, "screen": None}
            if isinstance(c, dict) and (c.get("screen") or {}).get("flag") == "decline"
            else c
            for c in criteria
        ]

    @property
    def asked(self) -> Asked:
        """What is asked of the candidates."""
        return Asked(self.criteria, self.screens, self.set_aside, self.critical_mass)


def begin(
    live: LiveState,
    region: Region,
    made_up: int = 0,
    candidates: tuple[Candidate, ...] | None = None,
    weights: Mapping[str, float] | None = None,
) -> SessionCharter:
    """Return the charter of a new session.

    Parameters
    ----------
    region : Region
        As its file has it, or drawn anew.
    made_up : int
        Participants that are made up to try it out.
    candidates : tuple of Candidate, optional
        The state's own unless told.
    weights : mapping of str to float, optional
        By key of criterion; the criteria's own unless told.

    Raises
    ------
    ConfigError
        A definition or a file of the state's folder cannot be used.
    """
    state, years = live.state, live.years
    candidates = load_candidates(state) if candidates is None else candidates
    asked = load_asked(state, region=region.key)
    if weights is not None:
        weighed = (c.model_copy(update={"weight": weights.get(c.key, 0.0)}) for c in asked.criteria)
        asked = asked._replace(criteria=tuple(weighed))
    people = live.people(region, candidates)
    return SessionCharter(
        session_id=secrets.token_hex(8),
        code=new_code(),
        started=datetime.datetime.now().astimezone().isoformat(timespec="seconds"),
        state=state.slug,
        state_name=state.name,
        region=region,
        illustrative=state.illustrative,
        staff=state.staff,
        year=years.year,
        base_year=years.base,
        candidates=candidates,
        **asked._asdict(),
        counties=_counties(live, region),
        engagement=_said_rows(people.engagement),
        knowledge=_said_rows(people.knowledge),
        source=_source(live),
        notes=tuple(map(str, people.missing)),
        made_up=made_up,
        sources=_sources(live),
        **fingerprint(live.store, state, region)._asdict(),
    )


def differences(charter: SessionCharter, opened: OpenedState) -> tuple[str, ...]:
    """Say what has changed since a session began, one sentence each.

    Parameters
    ----------
    charter : SessionCharter
        As it was kept.
    opened : OpenedState
        Its folder and its store as they are now.
    """
    now = fingerprint(opened.store, opened.state, charter.region)
    found = []
    if now.lmi_version != charter.lmi_version:
        found.append(
            f"The session began with release {charter.lmi_version} of the workbench; this is "
            f"{now.lmi_version}."
        )
    if charter.parts and not now.parts:
        found.append(
            f"The store has nothing of {charter.state_name}: what was on the screen stays as it "
            "was, and a scope that is new cannot be measured here."
        )
    elif now.parts != charter.parts:
        found.append(
            "The store has changed since the session began: what was on the screen stays as it "
            "was, and a scope that is new is measured from the store as it is now."
        )
    changed = [n for n in OWN_FILES if now.files.get(n) != charter.files.get(n)]
    if changed:
        found.append(
            f"{listing(changed)} in the state's folder changed since the session began; the "
            "session keeps to what it began with."
        )
    return tuple(found)


def _source(live: LiveState) -> str:
    """Return the citation of the numbers on every screen."""
    state = live.state
    cited = citation(f"{live.years.year} annual average", state.illustrative, state.staff)
    return " ".join([cited, *live.caveats])


def _sources(live: LiveState) -> Rows:
    """Vintages and hashes of the files that the numbers came from."""
    return [plain(row) for row in sources_used(live.store, live.source_ids)]


def _said_rows(found: Engagement | Knowledge | Missing) -> Rows | None:
    """Return the rows of a state's own file as JSON can hold them; None without a file."""
    if isinstance(found, Missing):
        return None
    return [plain(row) for row in records(found.rows.astype("object"))]


def _counties(live: LiveState, region: Region) -> dict[str, str]:
    """Counties that a footprint may be made of: those with numbers in the region's states."""
    present = live.areas
    states = set(region.state_fips)
    listed = {c for r in (*live.state.regions, region) for c in r.counties}
    found = {
        area
        for area in present
        if codes.is_county(area) and (area in listed or codes.state_of(area) in states)
    }
    # A county's former code stays, so that its earlier years are found.
    found |= set(region.counties)
    named = _names_on_map(live, states) if live.state.illustrative else {}
    return {area: named.get(area) or codes.county_name(area) for area in sorted(found)}


def _names_on_map(live: LiveState, states: set[str]) -> dict[str, str]:
    """Names of the counties of a fictional state, which no list of the agency's has."""
    return map_names(live.store.boundaries("county", states, live.years.year))


def new_code() -> str:
    """Return a code drawn at random: one of 244 million.

    Examples
    --------
    >>> from lmi.workshop.charter import LETTERS, new_code
    >>> len(new_code()), set(new_code()) <= set(LETTERS)
    (6, True)
    """
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """Return a code as it was meant: capitals, without blanks and hyphens.

    Examples
    --------
    >>> from lmi.workshop.charter import read_code
    >>> read_code(" k7m-4xq ")
    'K7M4XQ'
    """
    return "".join(text.split()).replace("-", "").upper()[:64]
