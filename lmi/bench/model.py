"""What an analyst is deciding, beside what is saved: definitions, footprint, weights, benchmarks.

There are no widgets here. Whatever is shown follows from what this holds, and what this holds is
in the state's files and in the line that `Bench.call` gives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lmi import codes
from lmi.assessment.footprint import LaborMarket
from lmi.assessment.footprint_evidence import FootprintEvidence
from lmi.assessment.live_state import LiveState
from lmi.assessment.uncovered import Beginning, beginnings, share_sentence
from lmi.bench.changes_from_saved import RankingInputs, describe_changes, same_share
from lmi.bench.counties import County, CountyMap
from lmi.bench.desk import Desk
from lmi.bench.variant import Variant
from lmi.config import (
    Candidate,
    Region,
    candidate_breaks,
    load_asked,
    load_state,
)
from lmi.config.edit import PRIVATE, add_code, drop_code, with_level
from lmi.config.save import save_candidates, save_region, save_weights, says_the_same
from lmi.config.validate import build_entered
from lmi.errors import ConfigError, MeasureError

__all__ = ["Bench"]


class Bench(Desk):
    """A region's sectors, to be defined, weighed and compared at will.

    Every change is checked as a whole: what cannot be measured is taken back, and raised.
    """

    # -- what is looked at

    def choose_region(self, key: str) -> None:
        """Look at another region of the state; what was changed of this one stays.

        Raises
        ------
        ConfigError
            The state has no such region, or asks other criteria of it.
        """
        found = self.state.region(key)
        if load_asked(self.state, region=key) != self.asked:
            raise ConfigError(
                f"the state asks of {found.name} by criteria of its own; open the bench with "
                f"{found.id!r}.",
                file=self.state.folder / "criteria.yml",
            )
        with self._checked():
            self.key = found.key

    @property
    def years(self) -> list[int]:
        """The years that the store has."""
        return self._cache.years()

    def choose_years(self, year: int, base_year: int | None = None) -> None:
        """Look at another year, or measure growth from another one.

        Raises
        ------
        LmiError
            The store lacks the year, or growth would run backwards.
        """
        if base_year is not None and base_year >= year:
            raise MeasureError(
                f"Growth to {year} cannot be measured from {base_year}; choose an earlier year."
            )
        with self._checked():
            self.settings = replace(self.settings, years=self._cache.choose(year, base_year))

    def choose(
        self, reference: str | None = None, ownership: str | None = None, about: str | None = None
    ) -> None:
        """Choose a reference, an ownership or what the robustness is over, as in `Settings`."""
        with self._checked():
            self.settings = self.settings.choose(reference, ownership, about)

    def breaks(self, key: str) -> list[str]:
        """Say why a candidate's growth cannot be compared between the years; empty if it can."""
        years = self.settings.years
        return candidate_breaks(self.now.candidate(key), years.first, years.year)

    def counties(self) -> list[County]:
        """List the counties that can be ticked."""
        return self._county_map().list(self.known_areas(), self.saved_region, self.region)

    @property
    def rests_on(self) -> str:
        """What is to be known of the numbers."""
        return " ".join(self.live().caveats)

    def known_areas(self) -> frozenset[str]:
        """Return the areas that have data in the year."""
        return self.live().areas

    def live(self) -> LiveState:
        """Return the cells that all is measured from."""
        return self._cache.live(self.region, self.settings.years)

    def _county_map(self) -> CountyMap:
        states = sorted({c[:2] for r in (*self.state.regions, self.region) for c in r.counties})
        return CountyMap(self._cache.boundaries(states, self.settings.years.year))

    # -- what is decided

    def set_weight(self, criterion: str, weight: float) -> None:
        """Set the weight of a criterion, as `Decisions.with_weights` allows."""
        with self._checked(f"weight of {criterion}"):
            self.now = self.now.with_weights({criterion: weight})

    def reset_weights(self) -> None:
        """Weigh as the files do."""
        with self._checked():
            self.now = replace(self.now, weights=self.saved.weights)

    def equal_weights(self) -> None:
        """Weigh every criterion alike that counts now."""
        with self._checked():
            self.now = self.now.with_equal_weights()

    def add_code(self, key: str, code: str, own: tuple[str, ...] = PRIVATE) -> None:
        """Add an industry to a candidate."""
        with self._checked():
            self.now = self.now.with_candidate(add_code(self.now.candidate(key), code, own))

    def drop_code(self, key: str, code: str) -> None:
        """Take an industry out of a candidate."""
        with self._checked():
            self.now = self.now.with_candidate(drop_code(self.now.candidate(key), code))

    def new_candidate(self, key: str, name: str, *parts: Mapping[str, Any], why: str = "") -> None:
        """Begin a candidate with some industries, as `Decisions.with_new_candidate` allows.

        Parameters
        ----------
        *parts : mapping
            Industries (``naics``), each with whose jobs count (``own``) if not those of private
            employers.
        """
        with self._checked():
            self.now = self.now.with_new_candidate(key, name, why, parts)

    def beginnings(self) -> list[Beginning]:
        """Return the sectors that can be made of what none holds."""
        return beginnings(self.measured().uncovered)

    @property
    def in_none(self) -> str:
        """What share of all jobs is in no sector, as a sentence."""
        return share_sentence(self.measured().uncovered)

    def rank_level(self, key: str, level: str) -> None:
        """Rank a sector as a ``whole``, or its ``parts``."""
        with self._checked():
            self.now = self.now.with_candidate(with_level(self.now.candidate(key), level))

    def undo_candidate(self, key: str) -> None:
        """Define a candidate as its file does; one that is not saved goes."""
        saved = next((c for c in self.saved.candidates if c.key == key), None)
        with self._checked():
            now = self.now
            self.now = now.with_candidate(saved) if saved else now.without_candidate(key)

    def set_county(self, county: str, on: bool) -> None:
        """Take a county into the footprint or out of it.

        A county that changed its code goes with the other codes of its ground.

        Raises
        ------
        LmiError
            There is no such county, the store lacks it, or none would be left.
        """
        tied = codes.tied_codes(county, {*self.known_areas(), *self.saved_region.counties})
        held = set(self.region.counties)
        with self._checked():
            counties = held | tied if on else held - tied
            self.now = self.now.with_counties(self.saved_region, counties)

    def undo_region(self) -> None:
        """Draw the footprint as its file does."""
        with self._checked():
            self.now = self.now.without_footprint(self.key)

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
        with self._checked():
            drawn = self.now.with_counties(self.saved_region, set(counties))
            self.now = replace(drawn.with_known_weights(weights), candidates=tuple(candidates))

    # -- what follows

    def labor_market(self) -> LaborMarket:
        """Look at the footprint as it is now, as a labor market."""
        return self._cache.labor_market(self.region)

    def footprint(self) -> FootprintEvidence:
        """Look at the footprint as it is now, and at the sectors in and around it."""
        return self._cache.footprint(self.region, self.variant.counted, self.settings.years)

    def changes(self, variant: Variant | None = None) -> list[str]:
        """Say what differs from what is saved, and what follows from it; now, or in a variant."""
        found = variant or self.variant
        saved = self.state.region(found.region)
        region = found.now.region(saved)
        return describe_changes(
            RankingInputs(saved, self.saved.candidates, self.saved.weights),
            RankingInputs(
                region, found.now.candidates, found.now.weights,
                found.settings.reference, found.settings.ownership, found.left_out,
            ),
            {c.key: c.name for c in self.criteria},
            self._county_map().names({*region.counties, *saved.counties}),
            self.assess(self.saved_beside(found)),
            self.assess(found),
        )  # fmt: skip

    # -- saving

    def unsaved_candidates(self) -> list[Candidate]:
        """Return the candidates that differ from their files, as they are counted now."""
        saved = {c.key: c for c in self.saved.candidates}
        counted = self.variant.counted
        return [c for c in counted if c.key not in saved or not says_the_same(saved[c.key], c)]

    @property
    def unsaved(self) -> tuple[str, ...]:
        """What differs from the files: any of ``region``, ``sectors`` and ``weights``."""
        differs: Mapping[str, bool] = {
            "region": self.region != self.saved_region,
            "sectors": bool(self.unsaved_candidates()),
            "weights": not all(
                same_share(key, self.saved.weights, self.now.weights) for key in self.now.weights
            ),
        }
        return tuple(word for word, is_so in differs.items() if is_so)

    def save_region(self, key: str = "", name: str = "") -> Path:
        """Save the footprint, and look at it as it was saved.

        Parameters
        ----------
        key, name : str, optional
            Of a new region; the region at hand is written over without them.

        Raises
        ------
        ConfigError
            The region cannot be saved so; the message says how it can.
        """
        now, saved = self.region, self.saved_region
        new = key and key != saved.key
        if new and any(r.key == key for r in self.state.regions):
            raise ConfigError(
                f"{self.state.name} has a region {key!r} already; choose another key, or look at "
                "that region and change it."
            )
        update = {"key": key or saved.key, "name": name.strip() or saved.name}
        if new:
            update["note"] = ""
        wanted = build_entered(Region, {**now.model_dump(), **update})
        names = self._county_map().names({*now.counties, *saved.counties})
        path = save_region(self.state, wanted, saved, names)
        self.now = self.now.without_footprint(saved.key)
        self._reread()
        self.key = wanted.key
        return path

    def save_candidates(self) -> Path:
        """Save the sectors that differ from their files, as they are counted now.

        Raises
        ------
        ConfigError
            There is nothing to save, or it cannot be saved so.
        """
        differing = self.unsaved_candidates()
        if not differing:
            raise ConfigError("every sector is as its file has it, so there is nothing to save.")
        path = save_candidates(self.state, differing, self.saved.candidates)
        self._reread()
        told = {c.key for c in (*differing, *self.saved.candidates)}
        unsaved = (c for c in self.now.candidates if c.key not in told)
        self.now = replace(self.now, candidates=(*self.saved.candidates, *unsaved))
        return path

    def save_weights(self) -> Path:
        """Save the weights that differ from their files.

        Raises
        ------
        ConfigError
            They cannot be saved so.
        """
        path = save_weights(self.state, self.now.weights, self.key)
        self._reread()
        self.reset_weights()
        return path

    def _reread(self) -> None:
        """Read the state's files again; what is changed and not saved stays, undo begins anew."""
        self.state = load_state(self.state.folder / "state.yml")
        self._load()
        self._cache.reread(self.state, self.asked)
        self._past, self._gesture = (), ""
