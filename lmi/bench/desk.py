"""What stands on the bench now, what stood there before, and what is held beside it.

What is measured follows from a `Variant`: the one that stands now, the one that the files have, or
one that is held.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from lmi.assessment.measure_cache import MeasureCache
from lmi.assessment.opening import OpenedRegion
from lmi.assessment.region import LiveAssessment
from lmi.bench.decisions import USUAL, Decisions, Settings
from lmi.bench.variant import Variant, checked_name, decided, words_of
from lmi.config import Criterion, Region, load_asked, load_candidates
from lmi.config.nesting import check_parts
from lmi.errors import ConfigError
from lmi.words import listing

__all__ = ["Desk"]

MOST_UNDONE = 100


class Desk:
    """A region's variant, with those before it and those beside it.

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

    def _load(self) -> None:
        """Take what the state's files say as what is saved."""
        candidates = load_candidates(self.state)
        self.asked = load_asked(self.state, region=self.key)
        self.saved = Decisions(candidates, {c.key: c.weight for c in self.criteria})

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """The criteria that the region is asked by."""
        return self.asked.criteria

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

    @property
    def saved_region(self) -> Region:
        """The region as its file has it."""
        return self.state.region(self.key)

    @property
    def region(self) -> Region:
        """The region as it is now."""
        return self.now.region(self.saved_region)

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
