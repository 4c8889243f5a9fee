"""What many tests measure alike is measured once.

A bench or a room is opened anew by each of a hundred tests, on the same store and mostly with the
same definitions. The cells that are read are kept here for the tests of a worker, and the measures
made of them for those of all workers, by all that they depend on; whatever a test changes is
measured as the product measures it.
"""

from __future__ import annotations

import hashlib
import pickle
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from functools import partial
from typing import Any

import pytest

from lmi.assessment import live_state
from lmi.assessment.live_state import LiveState
from lmi.config import Candidate, Region, StateConfig
from lmi.store import Store
from tests.made_once import made_once

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
    """A state's definitions, and the files beside them, wherever their folder is."""
    beside = sorted(p for p in state.folder.iterdir() if p.is_file() and p.name != "state.yml")
    files = hashlib.sha256(b"".join(path.read_bytes() for path in beside)).hexdigest()
    return f"{state.model_dump_json(exclude={'folder'})} {files}"


@pytest.fixture(scope="session")
def measured_once(sample_store: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is read and measured of the sample; its store never changes in a run."""
    read, measure, kept = live_state.open_live, LiveState.measure_each, Kept()

    def by_any_worker(key: Hashable, make: Callable[[], Any]) -> Any:
        # the key's texts are all that it compares: definitions and years are plain values
        name = f"measured-{hashlib.sha256(repr(key).encode()).hexdigest()[:16]}"
        file = made_once(name, lambda to: to.write_bytes(pickle.dumps(make())), tmp_path_factory)
        return pickle.loads(file.read_bytes())

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
        made = partial(measure, self, regions, candidates, like, rest)
        return kept.get(key, lambda: by_any_worker(key, made))

    with pytest.MonkeyPatch.context() as patch:
        for name in READERS:
            patch.setattr(f"{name}.open_live", open_live)
        patch.setattr(LiveState, "measure_each", measure_each)
        yield
