"""What an analyst is deciding, beside what is saved: definitions, footprint, weights, benchmarks.

There are no widgets here. Whatever is shown follows from what this holds, and what this holds is
in the state's files and in the line that `Bench.call` gives.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from lmi import codes
from lmi.assessment.footprint import LaborMarket
from lmi.assessment.footprint_evidence import FootprintEvidence
from lmi.assessment.live_state import LiveState
from lmi.assessment.measure_cache import MeasureCache
from lmi.assessment.opening import OpenedRegion
from lmi.assessment.region import LiveAssessment
from lmi.assessment.uncovered import Beginning, beginnings, share_sentence
from lmi.bench.changes_from_saved import RankingInputs, describe_changes, same_share
from lmi.bench.counties import County, CountyMap
from lmi.bench.decisions import USUAL, Decisions, Settings
from lmi.bench.variant import Variant, checked_name, decided, words_of
from lmi.config import (
    Candidate,
    Criterion,
    Region,
    candidate_breaks,
    load_asked,
    load_candidates,
    load_state,
)
from lmi.config.edit import PRIVATE, add_code, drop_code, with_level
from lmi.config.nesting import check_parts
from lmi.config.save import save_candidates, save_region, save_weights, says_the_same
from lmi.config.validate import build_entered
from lmi.errors import ConfigError, MeasureError
from lmi.words import listing

__all__ = ["Bench"]

MOST_UNDONE = 100


class Bench:
    """A region's sectors, to be defined, weighed and compared at will.

    Every change is checked as a whole: what cannot be measured is taken back, and raised.

    Parameters
    ----------
    variants : mapping of str to mapping, optional
        Held beside, by name: the same words, and ``region``.
    **words
        As for `lmi.bench.open_bench`.

    Attributes
    ----------
    variants : mapping of str to Variant
        What is held to be compared, three at most.

    Raises
    ------
    LmiError
        The store lacks the data, or a definition cannot be.
    """

    def __init__(
        self,
        opened: OpenedRegion,
        variants: Mapping[str, Mapping[str, Any]] | None = None,
        **words: Any,
    ) -> None:
        self.state, self.key = opened.state, opened.region.key
        self._load()
        self._cache = MeasureCache(opened.store, self.state, self.asked)
        self._past: tuple[Variant, ...] = ()
        self._gesture = ""
        self._put(self._read(**words))
        check_parts(self.now.candidates)
        self.measured()
        self.variants: Mapping[str, Variant] = {}
        for name, said in (variants or {}).items():
            self._hold(name, self._read(**words_of(name, said)))

    def _read(
        self,
        year: int | None = None,
        base_year: int | None = None,
        *,
        region: str = "",
        reference: str = USUAL["reference"],
        ownership: str = USUAL["ownership"],
        about: str = USUAL["about"],
        **said: Any,
    ) -> Variant:
        """Read what a line says, over what is saved."""
        settings = Settings(self._cache.choose(year, base_year), reference, ownership, about)
        return Variant(region or self.key, decided(self.saved, self.state, **said), settings)

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
    def _checked(self, gesture: str = "") -> Iterator[None]:
        """Change something, or leave all as it was where it cannot be measured.

        Parameters
        ----------
        gesture : str, optional
            What is done in many small steps, such as a slider's move: one step to take back.
        """
        before = self.variant
        try:
            yield
            check_parts(self.now.candidates)
            self.measured()
        except BaseException:
            self._put(before)
            raise
        if self.variant != before:
            if not gesture or gesture != self._gesture:
                self._past = (*self._past[1 - MOST_UNDONE :], before)
            self._gesture = gesture

    def _put(self, variant: Variant) -> None:
        self.key, self.now, self.settings = variant.region, variant.now, variant.settings

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

    @property
    def variant(self) -> Variant:
        """What is decided and looked at now."""
        return Variant(self.key, self.now, self.settings)

    def words(self, variant: Variant) -> dict[str, Any]:
        """Return the arguments of `lmi.bench.open_bench` that open a variant of its region."""
        usual = self._cache.choose(variant.settings.years.year, None).base
        return variant.words(self.saved, usual)

    def call(self, variant: Variant | None = None) -> str:
        """Return the line of Python that opens the bench as it is now, or one variant alone."""
        words, key = self.words(variant or self.variant), (variant or self.variant).region
        if variant is None and self.variants:
            words["variants"] = {
                name: {"region": held.region, **self.words(held)}
                for name, held in self.variants.items()
            }
        # JSON of texts, numbers, lists and mappings is Python, too
        told = [f"{name}={json.dumps(said, ensure_ascii=False)}" for name, said in words.items()]
        return f'open_bench("{self.state.slug}/{key}", {", ".join(told)})'

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

    @property
    def can_undo(self) -> bool:
        """Whether anything was changed since the bench was opened, or last saved."""
        return bool(self._past)

    def undo(self) -> None:
        """Take the last change back.

        Raises
        ------
        ConfigError
            There is none.
        """
        if not self._past:
            raise ConfigError(
                "nothing was changed since the bench was opened or something was saved, so there "
                "is nothing to undo."
            )
        *past, before = self._past
        self._past, self._gesture = tuple(past), ""
        self._put(before)

    def as_saved(self) -> None:
        """Decide and compare as the files do, in the years that are looked at."""
        with self._checked():
            self._put(self.saved_beside(self.variant))

    @property
    def is_as_saved(self) -> bool:
        """Whether all is decided and compared as the files do."""
        return self.variant == self.saved_beside(self.variant)

    def saved_beside(self, variant: Variant) -> Variant:
        """Return what the files say for the region and in the years of a variant."""
        usual = variant.settings.choose(USUAL["reference"], USUAL["ownership"])
        return Variant(variant.region, self.saved, usual)

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

    def measured(self) -> LiveAssessment:
        """Measure what is defined now, by whatever weights."""
        return self._measure(self.variant)

    def _measure(self, variant: Variant) -> LiveAssessment:
        region, settings = variant.now.region(self.state.region(variant.region)), variant.settings
        rest = settings.reference == "rest"
        return self._cache.measure(region, variant.counted, settings.years, rest)

    def assessment(self) -> LiveAssessment:
        """Assess what is defined now, with the weights as they are now."""
        return self.assess(self.variant)

    def assess(self, variant: Variant) -> LiveAssessment:
        """Assess what a variant defines, with its weights."""
        found = self._measure(variant)
        return self._cache.weigh(found, variant.now.weights, variant.settings.about)

    def assessment_as_saved(self) -> LiveAssessment:
        """Assess what the files define, with their weights, in the same years."""
        return self.assess(self.saved_beside(self.variant))

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

    # -- variants

    def hold(self, name: str) -> None:
        """Hold what is decided and looked at now under a name, in the place of what it held.

        Raises
        ------
        ConfigError
            The name is none, or three others are held already.
        """
        self._hold(name, self.variant)

    def _hold(self, name: str, variant: Variant) -> None:
        checked = checked_name(name, self.variants)
        self.assess(variant)
        self.variants = {**self.variants, checked: variant}

    def held(self, name: str) -> Variant:
        """Return what is held under a name.

        Raises
        ------
        ConfigError
            Nothing is.
        """
        if name not in self.variants:
            known = f"held are {listing(self.variants)}" if self.variants else "hold one first"
            raise ConfigError(f"no variant {name!r} is held; {known}.")
        return self.variants[name]

    def let_go(self, name: str) -> None:
        """Hold a variant no longer."""
        self.held(name)
        self.variants = {key: held for key, held in self.variants.items() if key != name}

    def go_to(self, name: str) -> None:
        """Decide and look as a variant does; undo leads back."""
        found = self.held(name)
        with self._checked():
            self._put(found)

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
