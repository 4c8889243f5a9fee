"""What an analyst is deciding, beside what is saved: definitions, footprint, weights, benchmarks.

There are no widgets here. Whatever is shown follows from what this holds, and what this holds is
either in the state's files, or in `Bench.changes` and can be saved to them, or in `Bench.call`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from lmi.analysis.span import Years
from lmi.bench.changes import Decided, describe_changes, same_share
from lmi.bench.counties import County, Gazette
from lmi.bench.decisions import Decisions
from lmi.bench.definitions import (
    OWNERSHIPS,
    built,
    with_ownership,
)
from lmi.bench.measuring import Measured, Measurer
from lmi.config import (
    Candidate,
    Region,
    StateConfig,
    candidate_breaks,
    load_state,
)
from lmi.config.save import save_candidates, save_region, save_weights, says_the_same
from lmi.errors import ConfigError, MeasureError
from lmi.scoring.appraise import ABOUT, Appraisal
from lmi.store import Store
from lmi.words import listing

__all__ = ["REFERENCES", "Bench", "Settings"]

REFERENCES = {"state": "nation and state", "rest": "nation and rest of state"}
"""What a region is compared with, beside the nation."""


@dataclass(frozen=True)
class Settings:
    """What is looked at: no file of the state holds it, `Bench.call` does.

    Parameters
    ----------
    years : Years
    reference : {"state", "rest"}
    ownership : {"defined", "private", "all"}
    about : {"any", "stated", "order"}
        Which weights the robustness is over.
    """

    years: Years
    reference: str = "state"
    ownership: str = "defined"
    about: str = "any"


class Bench(Decisions):
    """A region's sectors, to be defined, weighed and compared at will.

    Parameters
    ----------
    store : Store
    state : StateConfig
    region : str
        Key of the region.
    year, base_year : int, optional
        As for `lmi.analysis.analyse`.
    reference, ownership, about : str, optional
        As in `Settings`.

    Raises
    ------
    LmiError
        The store lacks the data, or a definition cannot be.
    """

    def __init__(
        self,
        store: Store,
        state: StateConfig,
        region: str,
        year: int | None = None,
        base_year: int | None = None,
        *,
        reference: str = "state",
        ownership: str = "defined",
        about: str = "any",
    ) -> None:
        super().__init__(state, region)
        self.store = store
        self._measurer = Measurer(store, state, self.criteria)
        self.settings = Settings(self._measurer.choose(year, base_year))
        self.choose(reference=reference, ownership=ownership, about=about)

    # -- what is looked at

    @property
    def years(self) -> list[int]:
        """The years that the store has."""
        return self._measurer.years()

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
        self._try(years=self._measurer.choose(year, base_year))

    def choose(self, **chosen: str) -> None:
        """Choose a reference, an ownership or what the robustness is over.

        Parameters
        ----------
        **chosen : str
            ``reference``, ``ownership`` or ``about``, as in `Settings`.
        """
        known = {"reference": REFERENCES, "ownership": OWNERSHIPS, "about": ABOUT}
        for name, value in chosen.items():
            if value not in known[name]:
                raise MeasureError(
                    f"{value!r} is not known as {name}; write {listing(known[name], last='or')}."
                )
        self._try(**chosen)

    def _try(self, **chosen: object) -> None:
        """Change settings, or leave them as they were where they cannot be measured."""
        before = self.settings
        self.settings = replace(before, **chosen)  # type: ignore[arg-type]
        try:
            self.measured()
        except Exception:
            self.settings = before
            raise

    def call(self) -> str:
        """Return the line of Python that opens the bench as it is looked at now."""
        s, state = self.settings, self.state.slug
        usual = self._measurer.choose(s.years.year, None).base
        words = [f"year={s.years.year}"]
        if s.years.base != usual:
            words.append(f"base_year={s.years.base}")
        words += [
            f'{name}="{value}"'
            for name, value, plain in (
                ("reference", s.reference, "state"),
                ("ownership", s.ownership, "defined"),
                ("about", s.about, "any"),
            )
            if value != plain
        ]
        return f'open_bench("{state}/{self.key}", {", ".join(words)})'

    def counted(self) -> tuple[Candidate, ...]:
        """Return the candidates with the employers that are looked at."""
        found = (with_ownership(c, self.settings.ownership) for c in self.candidates)
        return tuple(c for c in found if c is not None)

    def left_out(self) -> list[str]:
        """Name the candidates that have no such employers."""
        return [c.name for c in self.candidates if not with_ownership(c, self.settings.ownership)]

    def breaks(self, key: str) -> list[str]:
        """Say why a candidate's growth cannot be compared between the years; empty if it can."""
        years = self.settings.years
        return candidate_breaks(self.candidate(key), years.first, years.year)

    def counties(self) -> list[County]:
        """List the counties that can be ticked."""
        return self._gazette().list(self.known_areas(), self.saved_region, self.region)

    def known_areas(self) -> frozenset[str]:
        """Return the areas that have data in the year."""
        live = self._measurer.live(self.region, self.settings.years)
        return live.read[self.settings.years.year].areas

    def _gazette(self) -> Gazette:
        states = sorted({c[:2] for r in (*self.state.regions, self.region) for c in r.counties})
        return Gazette(self.store, states, self.settings.years.year)

    # -- what follows

    def measured(self) -> Measured:
        """Measure what is defined now."""
        rest = self.settings.reference == "rest"
        return self._measurer.measure(self.region, self.counted(), self.settings.years, rest)

    def measured_as_saved(self) -> Measured:
        """Measure what the files define, in the same years."""
        return self._measurer.measure(
            self.saved_region, self.saved_candidates, self.settings.years, rest=False
        )

    def appraisal(self) -> Appraisal:
        """Appraise what is defined now, with the weights as they are now."""
        return self.measured().appraise(self.weights, self.settings.about)

    def appraisal_as_saved(self) -> Appraisal:
        """Appraise what the files define, with their weights."""
        return self.measured_as_saved().appraise(self.saved_weights, self.settings.about)

    def is_robust(self) -> bool:
        """Tell whether the robustness of `appraisal` is at hand, or has to be computed."""
        return self.measured().is_robust(self.appraisal())

    def robust(self) -> Appraisal:
        """Return the appraisal with its robustness computed, and keep that."""
        measured, appraisal = self.measured(), self.appraisal()
        measured.robustness(appraisal)
        return appraisal

    def table(self) -> pd.DataFrame:
        """Return the measures of the candidates as they are now."""
        return self.measured().measures.table

    def changes(self) -> list[str]:
        """Say what differs from what is saved, and what follows from it."""
        return describe_changes(
            Decided(self.saved_region, self.saved_candidates, self.saved_weights),
            Decided(
                self.region, self.candidates, self.weights,
                self.settings.reference, self.settings.ownership, self.left_out(),
            ),
            {c.key: c.name for c in self.criteria},
            self._gazette().names({*self.region.counties, *self.saved_region.counties}),
            (self.measured_as_saved(), self.appraisal_as_saved()),
            (self.measured(), self.appraisal()),
        )  # fmt: skip

    # -- saving

    def unsaved_candidates(self) -> list[Candidate]:
        """Return the candidates that differ from their files, as they are counted now."""
        saved = {c.key: c for c in self.saved_candidates}
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
                same_share(key, self.saved_weights, self.weights) for key in self.weights
            ),
        }
        return tuple(word for word, is_so in differs.items() if is_so)

    def save_region(self, key: str = "", name: str = "") -> Path:
        """Save the footprint, and look at it as it was saved.

        Parameters
        ----------
        key, name : str, optional
            Of a new region; the region at hand is written over without them.

        Returns
        -------
        pathlib.Path
            The state's file.

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
        wanted = built(Region, {**now.model_dump(), **update})
        names = self._gazette().names({*now.counties, *saved.counties})
        path = save_region(self.state, wanted, saved, names)
        self._regions.pop(saved.key, None)
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
        path = save_candidates(self.state, differing, self.saved_candidates)
        left = {c.key for c in differing}
        kept = tuple(c for c in self.candidates if c.key not in left)
        self._reread()
        unsaved = [c for c in kept if c.key not in {s.key for s in self.saved_candidates}]
        self.candidates = (*self.saved_candidates, *unsaved)
        return path

    def save_weights(self) -> Path:
        """Save the weights that differ from their files.

        Raises
        ------
        ConfigError
            They cannot be saved so.
        """
        path = save_weights(self.state, self.weights, self.key)
        self._reread()
        self.weights = dict(self.saved_weights)
        return path

    def _reread(self) -> None:
        """Read the state's files again, and keep what is changed and not saved."""
        candidates, weights = self.candidates, self.weights
        self.state = load_state(self.state.folder / "state.yml")
        self._load()
        self._measurer.reread(self.state, self.criteria)
        self.candidates, self.weights = candidates, weights
