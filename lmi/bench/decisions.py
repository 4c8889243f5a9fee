"""What is decided at the bench, and how it is looked at: values that every change makes anew.

So what cannot be measured is taken back by keeping the old ones. A state's files hold what was
decided; how it is looked at no file holds, the line that opens the bench does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from lmi.assessment.live_state import Years
from lmi.config import Candidate, Region
from lmi.config.edit import JOBS_COUNTED, begin_candidate, with_counties
from lmi.errors import ConfigError, MeasureError
from lmi.scoring.about import About
from lmi.words import listing

__all__ = ["REFERENCES", "Decisions", "Settings"]

DIGITS = 4
REFERENCES = {"state": "nation and state", "rest": "nation and rest of state"}
"""What a region is compared with, beside the nation."""
USUAL = {"reference": "state", "ownership": "defined", "about": "any"}
"""How the bench is looked at where nothing is said."""


@dataclass(frozen=True)
class Decisions:
    """Sectors, weights and footprints: as a state's files have them, or as they are now.

    Parameters
    ----------
    candidates : tuple of Candidate
        Before other employers are looked at.
    weights : mapping of str to float
        By key of criterion; only their proportions matter.
    footprints : mapping of str to Region, optional
        By key, the regions that hold other counties than their files say.
    """

    candidates: tuple[Candidate, ...]
    weights: Mapping[str, float]
    footprints: Mapping[str, Region] = field(default_factory=dict)

    # -- weights

    def with_weights(self, weights: Mapping[str, float]) -> Decisions:
        """Set the weights of some criteria.

        Raises
        ------
        MeasureError
            One is negative, no number, of no criterion, or none above zero is left.
        """
        for criterion, weight in weights.items():
            if criterion not in self.weights:
                raise MeasureError(
                    f"There is no criterion {criterion!r} to weigh; the criteria are "
                    f"{listing(self.weights)}."
                )
            if not isinstance(weight, int | float) or not 0 <= weight < float("inf"):
                raise MeasureError(f"The weight {weight!r} must be a number, zero or more.")
        changed = self.with_known_weights(weights)
        if not any(changed.weights.values()):
            raise MeasureError("Every weight would be zero; raise another one first.")
        return changed

    def with_known_weights(self, weights: Mapping[str, float]) -> Decisions:
        """Set the weights of several criteria; those that are none here are left out."""
        known = {key: round(float(w), DIGITS) for key, w in weights.items() if key in self.weights}
        return replace(self, weights={**self.weights, **known})

    def with_equal_weights(self) -> Decisions:
        """Weigh every criterion alike that counts now."""
        return replace(self, weights={key: 1.0 if w else 0.0 for key, w in self.weights.items()})

    # -- sectors

    def candidate(self, key: str) -> Candidate:
        """Return a candidate.

        Raises
        ------
        ConfigError
            There is none of that key.
        """
        found = next((c for c in self.candidates if c.key == key), None)
        if found is None:
            raise ConfigError(f"there is no sector {key!r}.")
        return found

    def with_candidate(self, candidate: Candidate) -> Decisions:
        """Put a candidate in the place of the one of its key, or after the others."""
        put = {c.key: c for c in self.candidates} | {candidate.key: candidate}
        return replace(self, candidates=tuple(put.values()))

    def without_candidate(self, key: str) -> Decisions:
        """Leave a candidate out."""
        return replace(self, candidates=tuple(c for c in self.candidates if c.key != key))

    def with_new_candidate(
        self, key: str, name: str, why: str, parts: Sequence[Mapping[str, Any]]
    ) -> Decisions:
        """Begin a candidate with some industries.

        Raises
        ------
        ConfigError
            The key is taken or no key, or there is no such industry.
        """
        if any(c.key == key for c in self.candidates):
            raise ConfigError(f"there is a sector {key!r} already; choose another name.")
        said = why.strip() or "Defined at the bench."
        return self.with_candidate(begin_candidate(key, name, said, parts))

    # -- footprints

    def region(self, saved: Region) -> Region:
        """Return a region as it is here."""
        return self.footprints.get(saved.key, saved)

    def with_counties(self, saved: Region, counties: Collection[str]) -> Decisions:
        """Draw a region's footprint anew.

        Raises
        ------
        ConfigError
            It would have no county left.
        """
        drawn = with_counties(self.region(saved), counties)
        if drawn.counties == saved.counties:
            return self.without_footprint(saved.key)
        return replace(self, footprints={**self.footprints, saved.key: drawn})

    def without_footprint(self, key: str) -> Decisions:
        """Draw a region's footprint as its file does."""
        others = {k: region for k, region in self.footprints.items() if k != key}
        return replace(self, footprints=others)


@dataclass(frozen=True)
class Settings:
    """Years, what a region is compared with, whose jobs count and which weights are varied.

    Parameters
    ----------
    reference : {"state", "rest"}
    ownership : {"defined", "private", "all"}
    about : {"any", "stated", "order"}
        Which weights the robustness is over.

    Raises
    ------
    MeasureError
        One of them is not known.
    """

    years: Years
    reference: str = USUAL["reference"]
    ownership: str = USUAL["ownership"]
    about: str = USUAL["about"]

    def __post_init__(self) -> None:
        for name, value, known in (
            ("reference", self.reference, tuple(REFERENCES)),
            ("ownership", self.ownership, tuple(JOBS_COUNTED)),
            ("about", self.about, tuple(About)),
        ):
            if value not in known:
                raise MeasureError(
                    f"{value!r} is not known as {name}; write {listing(known, last='or')}."
                )

    def choose(
        self, reference: str | None = None, ownership: str | None = None, about: str | None = None
    ) -> Settings:
        """Choose some anew, and keep the others."""
        return replace(
            self,
            reference=self.reference if reference is None else reference,
            ownership=self.ownership if ownership is None else ownership,
            about=self.about if about is None else about,
        )

    def words(self, usual_base: int | None) -> dict[str, Any]:
        """Return the arguments that open the bench so, without those that are as usual."""
        told: dict[str, Any] = {"year": self.years.year}
        if self.years.base not in (None, usual_base):
            told["base_year"] = self.years.base
        chosen = {"reference": self.reference, "ownership": self.ownership, "about": self.about}
        return told | {name: said for name, said in chosen.items() if said != USUAL[name]}
