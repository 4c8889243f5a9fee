"""Hard bounds of sums of a year's cells: the least and the most that published numbers allow."""

from __future__ import annotations

import contextlib
import hashlib
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from lmi.analysis.absent import ABSENT
from lmi.analysis.sums import EMPLVL
from lmi.measures.arithmetic import FloatArray, IntArray
from lmi.suppression.array_cache import DAMAGED, contents_key, read_arrays, write_arrays
from lmi.suppression.cell_hierarchy import KEY, build_hierarchy
from lmi.suppression.completeness import establishment_gap, whole_states
from lmi.suppression.problem import column_floats, rounding

if TYPE_CHECKING:
    from lmi.suppression.limits import SumLimits

__all__ = ["HardBounds"]

ESTABS, PUBLISHED = "annual_avg_estabs", f"{EMPLVL}_published"
# All that the bounds are made from.
TOLD_BY = (*KEY, "agglvl_code", ESTABS, PUBLISHED)
ARRAYS = ("sums", "min", "max")
MOST_KEPT = 100_000
"""Sums that are kept on disk, a few megabytes: a bench can ask for ever new ones."""


class HardBounds:
    """The least and the most of sums of a year's jobs; each sum is sought once and remembered.

    Whoever asks for a sum of the same cells, a state's tables or a footprint that is tried, is
    told the same.

    Parameters
    ----------
    cells : DataFrame
        Estimated cells, with ``annual_avg_emplvl_published`` missing where withheld.
    folder : pathlib.Path, optional
        Where bounds are kept for another process, since finding those of a state takes seconds.
    """

    def __init__(self, cells: pd.DataFrame, folder: Path | None = None) -> None:
        self._cells = cells
        self._is_absent = (cells["source"] == ABSENT).to_numpy()
        self._held = cells[~self._is_absent]  # the absent stand below them
        made_from = "" if folder is None else contents_key(self._held[list(TOLD_BY)])
        self._path = None if folder is None else folder / f"limits-{made_from}.npz"
        self._known = self._read()
        self._one_at_a_time = Lock()

    def of(self, group: IntArray, row: IntArray, n_groups: int) -> tuple[FloatArray, FloatArray]:
        """Return the least and the most jobs of each sum.

        Parameters
        ----------
        group, row : ndarray
            The cell at `row` belongs to the sum `group`, 0 to `n_groups` - 1.
        """
        beside = self._is_absent[row]
        with self._one_at_a_time:
            least, most = self._of_held(group[~beside], row[~beside], n_groups)
        if beside.any():
            least, most = (
                limits + np.bincount(group[beside], self._own(end)[row[beside]], n_groups)
                for limits, end in ((least, "_min"), (most, "_max"))
            )
        return least, most

    def _own(self, end: str) -> FloatArray:
        return self._cells[f"{EMPLVL}{end}"].to_numpy(dtype=float)

    def _of_held(
        self, group: IntArray, row: IntArray, n_groups: int
    ) -> tuple[FloatArray, FloatArray]:
        order = np.lexsort((row, group))
        starts = np.searchsorted(group[order], np.arange(n_groups + 1))
        rows = [row[order[a:b]] for a, b in pairwise(starts)]
        named = [_name(one) for one in rows]
        lacking = {name: one for name, one in zip(named, rows, strict=True)
                   if name not in self._known}  # fmt: skip
        if lacking:
            members = list(lacking.values())
            at = np.repeat(np.arange(len(members)), [len(one) for one in members])
            ones = np.ones(len(at))
            shape = (len(members), len(self._held))
            sums = sparse.csr_array((ones, (at, np.concatenate(members))), shape=shape)
            found = self._limits.of(sums)
            ends = zip(found.min.tolist(), found.max.tolist(), strict=True)
            self._known |= dict(zip(lacking, ends, strict=True))
            self._write()
        least, most = np.array([self._known[name] for name in named]).reshape(-1, 2).T
        return least, most

    @cached_property
    def _limits(self) -> SumLimits:
        from lmi.suppression.limits import SumLimits  # slow to import, and bounds are kept

        cells = self._held
        tree = build_hierarchy(cells)
        published, estabs = column_floats(cells[PUBLISHED]), column_floats(cells[ESTABS])
        return SumLimits(
            tree,
            published,
            whole_parent=~(establishment_gap(tree.parent, estabs, rounding(ESTABS)) > 0),
            whole_state=whole_states(tree, estabs, rounding(ESTABS)),
            slack=rounding(EMPLVL),
        )

    def _read(self) -> dict[int, tuple[float, float]]:
        if self._path is not None:
            with contextlib.suppress(*DAMAGED):
                sums, least, most = (a.tolist() for a in read_arrays(self._path, *ARRAYS))
                return dict(zip(sums, zip(least, most, strict=True), strict=True))
        return {}

    def _write(self) -> None:
        """Keep what is known; a store that cannot be written to is read all the same."""
        if self._path is not None and len(self._known) <= MOST_KEPT:
            sums = np.array(list(self._known), dtype=np.uint64)
            ends = np.array(list(self._known.values())).T
            with contextlib.suppress(OSError):
                write_arrays(self._path, dict(zip(ARRAYS, (sums, *ends), strict=True)))


def _name(rows: IntArray) -> int:
    """Name a sum by the rows that it is of, in their order."""
    told = np.asarray(rows, dtype="<i8").tobytes()
    return int.from_bytes(hashlib.blake2b(told, digest_size=8).digest(), "little")
