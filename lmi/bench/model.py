"""What an analyst is deciding, beside what is saved: definitions, footprint, weights, benchmarks.

There are no widgets here. Whatever is shown follows from what this holds, and what this holds is
either in the state's files, or in `Bench.changes` and can be saved to them, or in `Bench.call`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from lmi import codes
from lmi.assessment.footprint import LaborMarket
from lmi.assessment.footprint_evidence import FootprintEvidence
from lmi.assessment.measure_cache import MeasureCache
from lmi.assessment.opening import OpenedRegion
from lmi.assessment.region import LiveAssessment
from lmi.assessment.uncovered import Beginning, beginnings, share_sentence
from lmi.bench.changes_from_saved import RankingInputs, describe_changes, same_share
from lmi.bench.counties import County, CountyMap
from lmi.bench.decisions import Decisions, Settings
from lmi.config import (
    Candidate,
    Criterion,
    Region,
    candidate_breaks,
    load_asked,
    load_candidates,
    load_state,
)
from lmi.config.edit import PRIVATE, add_code, drop_code, with_level, with_ownership
from lmi.config.nesting import check_parts
from lmi.config.save import save_candidates, save_region, save_weights, says_the_same
from lmi.config.validate import build_entered
from lmi.errors import ConfigError, MeasureError

__all__ = ["Bench"]


class Bench:
    """A region's sectors, to be defined, weighed and compared at will.

    Every change is checked as a whole: what cannot be measured is taken back, and raised.

    Parameters
    ----------
    year, base_year : int, optional
        As for `lmi.assessment.state.analyse`.
    reference, ownership, about : str, optional
        As in `Settings`.

    Raises
    ------
    LmiError
        The store lacks the data, or a definition cannot be.
    """

    def __init__(
        self,
        opened: OpenedRegion,
        year: int | None = None,
        base_year: int | None = None,
        *,
        reference: str = "state",
        ownership: str = "defined",
        about: str = "any",
    ) -> None:
        self.state, self.key = opened.state, opened.region.key
        self._load()
        self.now = self.saved
        self._cache = MeasureCache(opened.store, self.state, self.asked)
        years = self._cache.choose(year, base_year)
        self.settings = Settings(years, reference, ownership, about)
        self.measured()

    def _load(self) -> None:
        """Take what the state's files say as what is saved."""
        candidates = load_candidates(self.state)
        self.asked = load_asked(self.state, region=self.key)
        self.saved = Decisions(candidates, {c.key: c.weight for c in self.criteria})

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria that the region is asked by."""
        return self.asked.criteria

    @contextmanager
    def _checked(self) -> Iterator[None]:
        """Change something, or leave all as it was where it cannot be measured."""
        before = self.key, self.now, self.settings
        try:
            yield
            check_parts(self.now.candidates)
            self.measured()
        except BaseException:
            self.key, self.now, self.settings = before
            raise

    # -- what is looked at

    @property
    def saved_region(self) -> Region:
        """The region as its file has it."""
        return self.state.region(self.key)

    @property
    def region(self) -> Region:
        """The region as it is now."""
        return self.now.region(self.saved_region)

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

    def call(self) -> str:
        """Return the line of Python that opens the bench as it is looked at now."""
        usual = self._cache.choose(self.settings.years.year, None).base
        return f'open_bench("{self.state.slug}/{self.key}", {self.settings.arguments(usual)})'

    def counted(self) -> tuple[Candidate, ...]:
        """Return the candidates with the employers that are looked at."""
        found = (with_ownership(c, self.settings.ownership) for c in self.now.candidates)
        return tuple(c for c in found if c is not None)

    def left_out(self) -> list[str]:
        """Name the candidates that have no such employers."""
        counted = {c.key for c in self.counted()}
        return [c.name for c in self.now.candidates if c.key not in counted]

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
        return " ".join(self._cache.live(self.region, self.settings.years).caveats)

    def known_areas(self) -> frozenset[str]:
        """Return the areas that have data in the year."""
        return self._cache.live(self.region, self.settings.years).areas

    def _county_map(self) -> CountyMap:
        states = sorted({c[:2] for r in (*self.state.regions, self.region) for c in r.counties})
        return CountyMap(self._cache.boundaries(states, self.settings.years.year))

    # -- what is decided

    def set_weight(self, criterion: str, weight: float) -> None:
        """Set the weight of a criterion, as `Decisions.with_weight` allows."""
        self.now = self.now.with_weight(criterion, weight)

    def reset_weights(self) -> None:
        """Weigh as the files do."""
        self.now = replace(self.now, weights=self.saved.weights)

    def equal_weights(self) -> None:
        """Weigh every criterion alike that counts now."""
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
            self.now = replace(drawn.with_weights(weights), candidates=tuple(candidates))

    # -- what follows

    def measured(self) -> LiveAssessment:
        """Measure what is defined now, by whatever weights."""
        rest = self.settings.reference == "rest"
        return self._cache.measure(self.region, self.counted(), self.settings.years, rest)

    def assessment(self) -> LiveAssessment:
        """Assess what is defined now, with the weights as they are now."""
        return self._cache.weigh(self.measured(), self.now.weights, self.settings.about)

    def assessment_as_saved(self) -> LiveAssessment:
        """Assess what the files define, with their weights, in the same years."""
        measured = self._cache.measure(
            self.saved_region, self.saved.candidates, self.settings.years, rest=False
        )
        return self._cache.weigh(measured, self.saved.weights, self.settings.about)

    def labor_market(self) -> LaborMarket:
        """Look at the footprint as it is now, as a labor market."""
        return self._cache.labor_market(self.region)

    def footprint(self) -> FootprintEvidence:
        """Look at the footprint as it is now, and at the sectors in and around it."""
        return self._cache.footprint(self.region, self.counted(), self.settings.years)

    def changes(self) -> list[str]:
        """Say what differs from what is saved, and what follows from it."""
        return describe_changes(
            RankingInputs(self.saved_region, self.saved.candidates, self.saved.weights),
            RankingInputs(
                self.region, self.now.candidates, self.now.weights,
                self.settings.reference, self.settings.ownership, self.left_out(),
            ),
            {c.key: c.name for c in self.criteria},
            self._county_map().names({*self.region.counties, *self.saved_region.counties}),
            self.assessment_as_saved(),
            self.assessment(),
        )  # fmt: skip

    # -- saving

    def unsaved_candidates(self) -> list[Candidate]:
        """Return the candidates that differ from their files, as they are counted now."""
        saved = {c.key: c for c in self.saved.candidates}
        return [
            c for c in self.counted() if c.key not in saved or not says_the_same(saved[c.key], c)
        ]

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
        """Read the state's files again; what is changed and not saved stays."""
        self.state = load_state(self.state.folder / "state.yml")
        self._load()
        self._cache.reread(self.state, self.asked)
