"""From a name to what is asked of it: the one way to a region's store, definitions and criteria."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from lmi import locations
from lmi.assessment.kept_tables import state_tables
from lmi.assessment.state_tables import StateTables
from lmi.config import (
    Asked,
    Candidate,
    Region,
    StateConfig,
    find_region,
    list_states,
    load_asked,
    load_candidates,
    load_state,
    named_state,
)
from lmi.errors import StoreError
from lmi.store import Store
from lmi.store.sample_files import take_in_sample

if TYPE_CHECKING:
    from lmi.assessment.live_state import LiveState

__all__ = ["OpenedRegion", "OpenedState", "Stored", "open_region", "open_state", "states_with_data"]

Say = Callable[[str], object]
Stored = Store | Path | None
"""A store, or where it is; at its usual place where nothing is said."""


def _quiet(text: str) -> None:
    """Say nothing."""


@dataclass(frozen=True, eq=False)
class OpenedState:
    """A state's definitions, and the store that has its numbers."""

    store: Store
    state: StateConfig
    root: Path

    @cached_property
    def candidates(self) -> tuple[Candidate, ...]:
        """The state's candidates."""
        return load_candidates(self.state, self.root)

    def asked_of(self, region: str, over: Path | None = None) -> Asked:
        """Return what is asked of a region's candidates, with a file of criteria laid over."""
        return load_asked(self.state, self.root, over, region)

    def open(self, region: Region, over: Path | None = None) -> OpenedRegion:
        """Open one of its regions, with a file of criteria laid over the state's own."""
        asked = self.asked_of(region.key, over)
        return OpenedRegion(self.store, self.state, self.root, region, asked)

    def analyse(self, year: int | None = None, base_year: int | None = None) -> StateTables:
        """Return the state's tables, as `lmi.assessment.state.analyse` computes them."""
        return state_tables(self.store, self.state, year, base_year)

    def live(self, year: int | None = None, base_year: int | None = None) -> LiveState:
        """Read what the state's regions are measured by."""
        from lmi.assessment.live_state import open_live

        return open_live(self.store, self.state, year, base_year)


@dataclass(frozen=True, eq=False)
class OpenedRegion(OpenedState):
    """A region of it, and what is asked of its candidates."""

    region: Region
    asked: Asked


def states_with_data(store: Stored = None, regions: Path | None = None) -> list[StateConfig]:
    """Return the states that the store has numbers of, and those that are made up.

    Raises
    ------
    ConfigError
        There is no folder of definitions, or a state's file is not valid.
    """
    from lmi.analysis.year_cells import available_years

    found, held = list[StateConfig](), _store(store)
    for slug in list_states(regions):
        state = load_state(slug, regions)
        with contextlib.suppress(StoreError):
            if state.illustrative or available_years(held, state):
                found.append(state)
    return found


def open_state(
    slug: str,
    *,
    store: Stored = None,
    regions: Path | None = None,
    staff: bool = False,
    say: Say = _quiet,
) -> OpenedState:
    """Open a state by the name of its folder.

    Parameters
    ----------
    store : Store or path-like, optional
        Where it is, unless at its usual place.
    regions : path-like, optional
        The folder of definitions, unless at its usual place.
    staff : bool, optional
        Show numbers of fewer than three employers, also where the state's file does not say so.
    say : callable, optional
        Told what takes time.

    Raises
    ------
    ConfigError
        There is no such state, or its file is not valid.
    """
    root = locations.regions_dir(regions).resolve()
    opened = OpenedState(_store(store), _for_staff(named_state(slug, root), staff), root)
    take_in_sample(opened.state, opened.store, say)
    return opened


def open_region(
    region: str,
    *,
    store: Stored = None,
    regions: Path | None = None,
    criteria: Path | None = None,
    staff: bool = False,
    say: Say = _quiet,
) -> OpenedRegion:
    """Open a region by its name.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where only one state has it.
    criteria : path-like, optional
        A file to lay over the state's own criteria.
    store, regions, staff, say
        As for `open_state`.

    Raises
    ------
    ConfigError
        There is no such region, or a definition is not valid.
    """
    root = locations.regions_dir(regions).resolve()
    state, found = find_region(region, root)
    state = _for_staff(state, staff)
    opened = OpenedState(_store(store), state, root)
    take_in_sample(state, opened.store, say)
    return opened.open(found, criteria)


def _for_staff(state: StateConfig, staff: bool) -> StateConfig:
    return state.model_copy(update={"staff": True}) if staff else state


def _store(given: Stored) -> Store:
    return given if isinstance(given, Store) else Store(given)
