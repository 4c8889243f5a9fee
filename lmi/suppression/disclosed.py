"""Which sets of parts are withheld, decided one after the other, once for what is published."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np

from lmi.suppression import known_sums
from lmi.suppression.array_cache import contents_key, kept_arrays
from lmi.suppression.cell_hierarchy import BoolArray, FloatArray
from lmi.suppression.known_sums import KnownSums

__all__ = ["Disclosed", "Tiers"]

Set = tuple[int, ...]
Tiers = tuple[tuple[Set, ...], ...]
"""The parts of each set, in the order in which they are decided on, tier after tier."""
REMEMBERED = 8


class Disclosed:
    """What is decided of sets of parts, each beside those before it.

    What was asked last is remembered, so that what is published is decided on once, whatever is
    asked beside it.

    Parameters
    ----------
    estabs : ndarray, shape (m,)
        Establishments in each part.
    published : sequence of tuple of int
        The parts of each sum that the agency publishes.
    """

    def __init__(self, estabs: FloatArray, published: Sequence[Set]) -> None:
        self.estabs, self.published = estabs, published
        self._kept: dict[Tiers, BoolArray] = {}
        self._after = lru_cache(maxsize=REMEMBERED)(self._decide)

    def withheld(self, tiers: Tiers, folder: Path | None = None) -> BoolArray:
        """Tell which sets are withheld, one tier after the other.

        Parameters
        ----------
        folder : pathlib.Path, optional
            Where that is kept, under a name that holds all it was made from.
        """
        if folder is None:
            return self._withheld(tiers)
        path = folder / f"withheld-{self._key(tiers)}.npz"
        n = sum(map(len, tiers))
        [found] = kept_arrays(path, ("is_withheld",), n, lambda: (self._withheld(tiers),))
        ends = np.cumsum([len(tier) for tier in tiers])
        for number, of_tier in enumerate(np.split(found, ends[:-1]), start=1):
            self._kept[tiers[:number]] = of_tier
        return found

    def _withheld(self, tiers: Tiers) -> BoolArray:
        each = [self._after(tiers[: n + 1])[0] for n in range(len(tiers))]
        return np.concatenate([np.zeros(0, dtype=bool), *each])

    def _decide(self, tiers: Tiers) -> tuple[BoolArray, KnownSums]:
        """Tell which sets of the last tier are withheld, and what is known then."""
        known = (self._after(tiers[:-1])[1] if tiers[1:] else self.known).copy()
        kept = self._kept.get(tiers)
        if kept is None:
            return np.array([not known.add_unless_told(of) for of in tiers[-1]], dtype=bool), known
        for of, is_withheld in zip(tiers[-1], kept.tolist(), strict=True):
            if not is_withheld:
                known.add(of)
        return kept, known

    @cached_property
    def known(self) -> KnownSums:
        """What the agency publishes; who adds to it adds to a copy."""
        known = KnownSums(self.estabs.tolist())
        for of in self.published:
            known.add(of)
        return known

    def _key(self, tiers: Tiers) -> str:
        # The rule itself is in the name, so that no decision of another rule is taken for one.
        rule = inspect.getsource(known_sums)
        lists = (*tiers, self.published)
        return contents_key(rule, self.estabs, *(a for sets in lists for a in _flat(sets)))


def _flat(sets: Iterable[Set]) -> tuple[np.ndarray, np.ndarray]:
    """Write sets as the length of each and the parts of all."""
    each = list(sets)
    lengths = np.fromiter(map(len, each), np.int64, len(each))
    return lengths, np.fromiter((p for parts in each for p in parts), np.int64, lengths.sum())
