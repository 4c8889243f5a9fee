"""What a partnership is, as its team writes it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, model_validator

from lmi.config import Candidate, CandidatePart, Region, StateConfig
from lmi.config.fields import Definition, Slug, Text
from lmi.config.validate import problem
from lmi.manifest import digest
from lmi.scorecard.catalogue import MetricCatalogue, MetricDefinition
from lmi.scorecard.dates import Day, Known, is_to_come, known_date
from lmi.scorecard.method import Category, MemberKind, Phase
from lmi.words import listing

__all__ = [
    "METRICS", "ActionTeam", "Baseline", "Convener", "Insight", "Need", "Partnership",
    "PartnershipFile", "Priority", "Target", "counties_digest", "sector_digest", "told_date",
]  # fmt: skip


METRICS = ".metrics.csv"
"""How the name of a partnership's file of numbers ends."""
MOST_MEMBERS = 100_000
SIGNS = 16  # of a digest: enough to tell one definition from another
Figure = Annotated[float, Field(ge=-1e15, le=1e15)]


def told_date(text: str) -> Known:
    """Return a date that a definition has, which was checked when it was read."""
    found = known_date(text)
    assert found is not None, "the definition was checked"
    return found


def sector_digest(candidate: Candidate) -> str:
    """Return what changes where a sector's industries do, in whatever order they stand.

    Examples
    --------
    >>> a, b = (Candidate(key=key, name=key, why="Why.", industries=[{"naics": codes}])
    ...         for key, codes in (("a", ["23", "62"]), ("b", ["62", "23"])))
    >>> sector_digest(a) == sector_digest(b)
    True
    """
    parts = ([sorted(p.naics), sorted(p.own), sorted(p.exclude)] for p in candidate.industries)
    return digest([json.dumps(sorted(parts))])[:SIGNS]


def counties_digest(counties: Iterable[str]) -> str:
    """Return what changes where a footprint's counties do."""
    return digest(sorted(counties))[:SIGNS]


def _refuse_to_come(day: str | None, key: str) -> None:
    if day is not None and is_to_come(told_date(day)):
        raise problem(f"{day} is to come; leave it out until it is so", key)


class Convener(Definition):
    """Who calls the partnership together; the kind may not be known yet."""

    name: Text
    kind: MemberKind | None = None


class OwnDefinition(Definition):
    """A sector of the partnership's own."""

    name: Text
    why: Text = "As the partnership draws it."
    industries: tuple[CandidatePart, ...] = Field(min_length=1)


class ActionTeam(Definition):
    """A few people who do one thing.

    Parameters
    ----------
    lead : str
        Role of whoever leads it, not a name.
    started : str
        Day, month or year.
    due, done : str, optional
        When it is to be, and was, finished.
    quick_win : bool
        Whether it was chosen because it can be done soon.
    """

    name: Text
    lead: str = ""
    started: Day
    due: Day | None = None
    done: Day | None = None
    quick_win: bool = False
    result: str = ""

    @model_validator(mode="after")
    def _in_order(self) -> ActionTeam:
        for name in ("due", "done"):
            end = getattr(self, name)
            if end is not None and told_date(end).last < told_date(self.started).first:
                raise problem(f"{end} is before it started, {self.started}; correct one", name)
        _refuse_to_come(self.done, "done")
        return self


class Priority(Definition):
    """What businesses put on the table, until it is solved."""

    name: Text
    since: Day
    solved: Day | None = None
    action_teams: tuple[ActionTeam, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Priority:
        if self.solved is not None and told_date(self.solved).last < told_date(self.since).first:
            raise problem(f"{self.solved} is before {self.since}; correct one", "solved")
        _refuse_to_come(self.solved, "solved")
        for place, team in enumerate(self.action_teams):
            if told_date(team.started).last < told_date(self.since).first:
                raise problem(
                    f"{team.started} is before its priority, {self.since}; correct one",
                    *("action_teams", place, "started"),  # type: ignore[arg-type]
                )
        return self


class Target(Definition):
    """What a metric is to come to, and where it began.

    Parameters
    ----------
    by : str
        Day, month or year.
    baseline : float, optional
        What it was before; `baseline_date` says when, which may be before the launch.
    """

    value: float = Field(ge=0)
    by: Day
    baseline: float | None = Field(None, ge=0)
    baseline_date: Day | None = None

    @model_validator(mode="after")
    def _whole(self) -> Target:
        if (self.baseline is None) != (self.baseline_date is None):
            raise problem("a baseline has a value and a date; write both or neither", "baseline")
        _refuse_to_come(self.baseline_date, "baseline_date")
        if self.baseline_date and told_date(self.baseline_date).first > told_date(self.by).last:
            raise problem(
                f"{self.baseline_date} is after the target is due, {self.by}; correct one",
                "baseline_date",
            )
        return self


class Need(Definition):
    """What the partnership says that it needs, for its state to hear."""

    need: Slug
    said: Text
    since: Day | None = None


class Insight(Definition):
    """What the partnership learned that others may use.

    Parameters
    ----------
    about : str
        A category of impact, or ``process``: how partnerships work.
    """

    about: Category | Literal["process"]
    said: Text
    since: Day | None = None


class Baseline(Definition):
    """What the sector was when it was chosen, by the decision record that it started from.

    Parameters
    ----------
    record : str
        Name of the record's file.
    year : int
        Of the figures.
    base_year : int, optional
        Year that their change is measured from.
    source : str
        Citation of the figures.
    figures : mapping of str to float
        By column of a profile's table of candidates.
    estimated : tuple of str
        Those of the figures that are estimated in part.
    definition, footprint : str
        Digests of the sector's industries and of the counties that the figures are of, as
        `sector_digest` and `counties_digest` give them; empty where nobody kept them.
    """

    record: str = ""
    year: int = Field(ge=1950, le=2100)
    base_year: int | None = Field(None, ge=1950, le=2100)
    source: Text
    figures: Mapping[str, Figure] = Field(default_factory=dict)
    estimated: tuple[str, ...] = ()
    definition: str = ""
    footprint: str = ""


class PartnershipFile(Definition):
    """``regions/STATE/partnerships/NAME.yml``, before its state is looked at."""

    name: Text
    region: str
    candidate: Slug | None = None
    definition: OwnDefinition | None = None
    convener: Convener
    launch: Day
    phase: Phase | None = None
    members: Mapping[MemberKind, int] = Field(default_factory=dict)
    priorities: tuple[Priority, ...] = ()
    measures: tuple[Slug, ...] = ()
    targets: Mapping[Slug, Target] = Field(default_factory=dict)
    own_metrics: Mapping[Slug, Any] = Field(default_factory=dict)
    needs: tuple[Need, ...] = ()
    insights: tuple[Insight, ...] = ()
    baseline: Baseline | None = None
    ended: Day | None = None
    note: str = ""

    @model_validator(mode="after")
    def _one_sector(self) -> PartnershipFile:
        if (self.candidate is None) == (self.definition is None):
            raise problem(
                "a partnership is of one sector: name a 'candidate' of the state, or write a "
                "'definition' of its own, not both"
            )
        return self

    @model_validator(mode="after")
    def _after_launch(self) -> PartnershipFile:
        launch = told_date(self.launch)
        if launch.year > datetime.date.today().year + 1:
            raise problem(f"{self.launch} is more than a year ahead; correct it", "launch")
        for place, priority in enumerate(self.priorities):
            if told_date(priority.since).last < launch.first:
                raise problem(
                    f"{priority.since} is before the launch, {self.launch}; correct one",
                    *("priorities", place, "since"),  # type: ignore[arg-type]
                )
        for key, target in self.targets.items():
            if told_date(target.by).last < launch.first:
                raise problem(
                    f"{target.by} is before the launch, {self.launch}; correct one",
                    *("targets", key, "by"),
                )
        if self.ended is not None and told_date(self.ended).last < launch.first:
            raise problem(f"{self.ended} is before the launch, {self.launch}", "ended")
        return self

    @model_validator(mode="after")
    def _some_members(self) -> PartnershipFile:
        for kind, number in self.members.items():
            if not 0 <= number <= MOST_MEMBERS:
                raise problem(
                    f"{number} is no number of members; write 0 to {MOST_MEMBERS:,}",
                    *("members", kind),
                )
        return self


@dataclass(frozen=True)
class Partnership:
    """A partnership of a state: what its file says, checked against the state's definitions."""

    key: str
    said: PartnershipFile
    state: StateConfig
    region: Region
    candidate: Candidate
    is_own_sector: bool
    catalogue: MetricCatalogue
    file: Path

    @property
    def id(self) -> str:
        """Its name in commands, ``STATE/NAME``."""
        return f"{self.state.slug}/{self.key}"

    @property
    def name(self) -> str:
        """As people call it."""
        return str(self.said.name)

    @property
    def launch(self) -> Known:
        """When it was launched."""
        return told_date(self.said.launch)

    @property
    def metrics_file(self) -> Path:
        """Where its numbers are."""
        return self.file.with_suffix(METRICS)

    def is_there(self, year: int) -> bool:
        """Tell whether it had begun in a year, and had not ended before."""
        ended = self.said.ended
        return self.launch.year <= year and (ended is None or told_date(ended).year >= year)

    @property
    def baseline_note(self) -> str:
        """What is, or may be, defined otherwise than when the sector was chosen; else empty."""
        baseline = self.said.baseline
        if baseline is None:
            return ""
        now = {
            "industries of the sector": (baseline.definition, sector_digest(self.candidate)),
            "counties of the region": (baseline.footprint, counties_digest(self.region.counties)),
        }
        other = [what for what, (then, at) in now.items() if then and then != at]
        unknown = [what for what, (then, _) in now.items() if not then]
        if not other and unknown:
            return (
                f"Nobody kept what the {listing(unknown)} were then, so the figures of then and "
                "the numbers of now may be of two definitions."
            )
        if not other:
            return ""
        return (
            f"The {listing(other)} are not those of then, so the figures of then and the numbers "
            "of now are of two definitions."
        )

    @property
    def chosen(self) -> tuple[MetricDefinition, ...]:
        """The metrics that it chose; the state's handful where it has not chosen yet."""
        keys = self.said.measures or tuple(m.key for m in self.catalogue.common)
        return tuple(self.catalogue.metrics[key] for key in dict.fromkeys((*keys, *self._own)))

    @property
    def _own(self) -> tuple[str, ...]:
        return tuple(self.said.own_metrics)
