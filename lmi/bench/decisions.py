"""What is decided at the bench: weights, definitions, the footprint.

Every change is checked as a whole: what cannot be measured is taken back, and raised.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from lmi.bench.counties import same_ground
from lmi.bench.definitions import PRIVATE, add_code, built, drop_code
from lmi.config import Candidate, Part, Region, StateConfig, load_candidates, load_criteria
from lmi.errors import ConfigError, MeasureError
from lmi.words import listing

__all__ = ["Decisions"]

DIGITS = 4


class Decisions(ABC):
    """The definitions of a state, as its files have them and as they are now.

    Parameters
    ----------
    state : StateConfig
    region : str
        Key of the region that is looked at.
    """

    def __init__(self, state: StateConfig, region: str) -> None:
        self.state, self.key = state, state.region(region).key
        self._regions: dict[str, Region] = {}
        self._load()

    def _load(self) -> None:
        """Take what the state's files say, and forget what was changed."""
        self.saved_candidates = load_candidates(self.state)
        self.criteria = load_criteria(self.state, region=self.key)
        self.saved_weights = {c.key: c.weight for c in self.criteria}
        self.candidates: tuple[Candidate, ...] = self.saved_candidates
        self.weights: dict[str, float] = dict(self.saved_weights)

    @abstractmethod
    def measured(self) -> Any:
        """Measure what is defined now; raises what a person has to know where it cannot be."""

    @abstractmethod
    def known_areas(self) -> frozenset[str]:
        """Return the areas that have data."""

    @contextmanager
    def _checked(self) -> Iterator[None]:
        """Change something, or leave all as it was where it cannot be measured."""
        before, regions = (self.key, self.candidates), dict(self._regions)
        try:
            yield
            self.measured()
        except BaseException:
            (self.key, self.candidates), self._regions = before, regions
            raise

    @property
    def saved_region(self) -> Region:
        """The region as its file has it."""
        return self.state.region(self.key)

    @property
    def region(self) -> Region:
        """The region as it is now."""
        return self._regions.get(self.key, self.saved_region)

    def choose_region(self, key: str) -> None:
        """Look at another region of the state; what was changed of this one stays.

        Raises
        ------
        ConfigError
            The state has no such region, or asks other criteria of it.
        """
        found = self.state.region(key)
        if load_criteria(self.state, region=key) != self.criteria:
            raise ConfigError(
                f"the state asks of {found.name} by criteria of its own; open the bench with "
                f"{found.id!r}.",
                file=self.state.folder / "criteria.yml",
            )
        with self._checked():
            self.key = found.key

    # -- weights

    def set_weight(self, criterion: str, weight: float) -> None:
        """Set the weight of a criterion; only the proportions of the weights matter.

        Raises
        ------
        MeasureError
            It is negative, of no criterion, or leaves no weight above zero.
        """
        if criterion not in self.weights:
            raise MeasureError(
                f"There is no criterion {criterion!r} to weigh; the criteria are "
                f"{listing(self.weights)}."
            )
        if not 0 <= weight < float("inf"):
            raise MeasureError(f"The weight {weight:g} must be zero or more.")
        changed = {**self.weights, criterion: round(weight, DIGITS)}
        if not any(changed.values()):
            raise MeasureError("Every weight would be zero; raise another one first.")
        self.weights = changed

    def reset_weights(self) -> None:
        """Weigh as the files do."""
        self.weights = dict(self.saved_weights)

    def equal_weights(self) -> None:
        """Weigh every criterion alike that counts now."""
        self.weights = {key: 1.0 if weight else 0.0 for key, weight in self.weights.items()}

    @property
    def shares(self) -> dict[str, float]:
        """The weights as shares of one."""
        total = sum(self.weights.values())
        return {key: weight / total for key, weight in self.weights.items()}

    # -- definitions

    def candidate(self, key: str) -> Candidate:
        """Return a candidate as it is now, before other employers are looked at."""
        found = next((c for c in self.candidates if c.key == key), None)
        if found is None:
            raise ConfigError(f"there is no sector {key!r}.")
        return found

    def add_code(self, key: str, code: str, own: tuple[str, ...] = PRIVATE) -> None:
        """Add an industry to a candidate."""
        self._put(add_code(self.candidate(key), code, own))

    def drop_code(self, key: str, code: str) -> None:
        """Take an industry out of a candidate."""
        self._put(drop_code(self.candidate(key), code))

    def new_candidate(self, key: str, name: str, code: str, why: str = "") -> None:
        """Begin a candidate with one industry.

        Raises
        ------
        ConfigError
            The key is taken or no key, or there is no such industry.
        """
        if any(c.key == key for c in self.candidates):
            raise ConfigError(f"there is a sector {key!r} already; choose another name.")
        said = why.strip() or "Defined at the bench."
        part = Part(naics=(code,), own=PRIVATE)
        begun = built(Candidate, {"key": key, "name": name, "why": said, "industries": (part,)})
        self._put(add_code(begun.model_copy(update={"industries": ()}), code))

    def undo_candidate(self, key: str) -> None:
        """Define a candidate as its file does; one that is not saved goes."""
        saved = next((c for c in self.saved_candidates if c.key == key), None)
        if saved is not None:
            self._put(saved)
        else:
            with self._checked():
                self.candidates = tuple(c for c in self.candidates if c.key != key)

    def _put(self, candidate: Candidate) -> None:
        put = {c.key: c for c in self.candidates} | {candidate.key: candidate}
        with self._checked():
            self.candidates = tuple(put.values())

    def take_over(
        self,
        candidates: Iterable[Candidate],
        counties: Iterable[str],
        weights: Mapping[str, float],
    ) -> None:
        """Begin with what others decided, such as a workshop; what is saved stays what it is.

        Raises
        ------
        LmiError
            It cannot be measured; then nothing was taken over.
        """
        before = dict(self.weights)
        try:
            for criterion, weight in weights.items():
                if criterion in self.weights:
                    self.weights[criterion] = round(float(weight), DIGITS)
            with self._checked():
                self.candidates = tuple(candidates)
                self._put_region(set(counties))
        except BaseException:
            self.weights = before
            raise

    # -- footprint

    def set_county(self, county: str, on: bool) -> None:
        """Take a county into the footprint or out of it.

        A county that changed its code goes with the other codes of its ground.

        Raises
        ------
        LmiError
            There is no such county, the store lacks it, or none would be left.
        """
        known = {*self.known_areas(), *self.saved_region.counties}
        tied = same_ground(county, known)
        held = set(self.region.counties)
        counties = held | tied if on else held - tied
        if not counties:
            raise ConfigError(
                f"{self.region.name} would have no county left; tick another one first."
            )
        self._put_region(counties)

    def undo_region(self) -> None:
        """Draw the footprint as its file does."""
        self._regions.pop(self.key, None)

    def _put_region(self, counties: set[str]) -> None:
        saved, region = self.saved_region, self.region
        with self._checked():
            changed = {**region.model_dump(), "counties": tuple(sorted(counties))}
            self._regions[region.key] = built(Region, changed)
            if counties == set(saved.counties):
                del self._regions[region.key]
