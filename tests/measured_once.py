"""What many tests of one process measure alike is measured once.

A bench or a room is opened anew by each of a hundred tests, on the same store and mostly with the
same definitions. The cells that are read and the measures made of them are kept here by all that
they depend on; whatever a test changes is measured as the product measures it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Any

import pytest

from lmi.assessment import live_state
from lmi.assessment.live_state import LiveState
from lmi.config import Candidate, Region, StateConfig
from lmi.store import Store

KEPT = 60
READERS = ("lmi.assessment.live_state", "lmi.assessment.measure_cache")


class Kept:
    """Results by what they were made of; the one that was asked for longest ago goes first."""

    def __init__(self) -> None:
        self._made: OrderedDict[Hashable, Any] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], Any]) -> Any:
        if key not in self._made:
            self._made[key] = make()
        self._made.move_to_end(key)
        while len(self._made) > KEPT:
            self._made.popitem(last=False)
        return self._made[key]


def definitions(state: StateConfig) -> str:
    """A state's definitions, wherever their folder is."""
    return state.model_dump_json(exclude={"folder"})


@pytest.fixture(scope="session")
def measured_once(sample_store: object) -> Iterator[None]:
    """Keep what is read and measured of the sample; its store never changes in a run."""
    read, measure, kept = live_state.open_live, LiveState.measure_each, Kept()

    def open_live(
        store: Store, state: StateConfig, year: int | None = None, base_year: int | None = None
    ) -> LiveState:
        if store.root != sample_store:
            return read(store, state, year, base_year)
        key = ("read", definitions(state), year, base_year)
        cells = kept.get(key, lambda: read(store, state, year, base_year))
        candidates = live_state.load_candidates(state)
        return LiveState(store, state, cells.years, cells.read, candidates)

    def measure_each(
        self: LiveState, regions: Sequence[Region], candidates: Sequence[Candidate],
        like: Region, rest: bool = False,
    ) -> Any:  # fmt: skip
        if self.store.root != sample_store:
            return measure(self, regions, candidates, like, rest)
        key = (
            definitions(self.state), self.years, self.candidates, tuple(regions),
            tuple(candidates), like, rest, tuple(sorted(self.read)),
        )  # fmt: skip
        return kept.get(key, lambda: measure(self, regions, candidates, like, rest))

    with pytest.MonkeyPatch.context() as patch:
        for name in READERS:
            patch.setattr(f"{name}.open_live", open_live)
        patch.setattr(LiveState, "measure_each", measure_each)
        yield
