"""What was measured: values, intervals and draws, whoever measured them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.measures.arithmetic import FloatArray

__all__ = [
    "CHANGE_CONFIDENTIAL", "CONFIDENTIAL", "KEYS", "UNCOVERED", "CandidateMeasures", "Ends",
    "Evaluated",
]  # fmt: skip

KEYS = ["region", "candidate"]
UNCOVERED = ["region", "industry_code", "own_codes", "industry_title"]
CONFIDENTIAL, CHANGE_CONFIDENTIAL = "is_confidential", "is_change_confidential"
Ends = tuple[FloatArray, FloatArray]
"""Lower and upper ends of n ranges."""


@dataclass(frozen=True, eq=False)
class Evaluated:
    """Measures of n rows.

    Parameters
    ----------
    value, lo, hi : dict of str to ndarray, shape (n,)
    draws : dict of str to ndarray, shape (n, k) or (n, 1)
        Empty where they were not kept.
    """

    value: dict[str, FloatArray]
    lo: dict[str, FloatArray]
    hi: dict[str, FloatArray]
    draws: dict[str, FloatArray]

    def add_to(self, table: pd.DataFrame) -> pd.DataFrame:
        """Add every measure to a table, with its ends beside it."""
        columns = {
            f"{name}{end}": found[name]
            for name in self.value
            for end, found in (("", self.value), ("_lo", self.lo), ("_hi", self.hi))
        }
        return table.assign(**columns)

    def withheld(
        self, told: npt.NDArray[np.bool_], ends: Mapping[str, Ends | None], middle: bool = False
    ) -> Evaluated:
        """Return the same with ranges in the place of some numbers.

        Parameters
        ----------
        told : ndarray of bool, shape (n,)
            Rows that have no numbers any more.
        ends : mapping of str to (ndarray, ndarray) or None
            By measure what stands in the place of its numbers; None for nothing. Draws are spread
            evenly over it, in the order that they had. A measure that is not named stays.
        middle : bool, optional
            Give the middle of the range as the number.
        """
        if not told.any():
            return self
        none = np.full(len(told), np.nan), np.full(len(told), np.nan)
        value, lo, hi, draws = (dict(x) for x in (self.value, self.lo, self.hi, self.draws))
        for name, given in ends.items():
            low, high = none if given is None else given
            low, high = (np.where(np.isnan(low + high), np.nan, end) for end in (low, high))
            value[name] = np.where(told, (low + high) / 2 if middle else np.nan, value[name])
            lo[name] = np.where(told, low, lo[name])
            hi[name] = np.where(told, high, hi[name])
            if name in draws:
                draws[name] = _spread(draws[name], told, low, high)
        return Evaluated(value, lo, hi, draws)

    def draws_at(self, rows: npt.NDArray[np.int64]) -> dict[str, FloatArray]:
        """Return the draws at some rows; missing for -1."""
        return {
            name: np.vstack([x, np.full((1, x.shape[1]), np.nan)])[rows]
            for name, x in self.draws.items()
        }


@dataclass(frozen=True, eq=False)
class CandidateMeasures:
    """Measures of candidates.

    Parameters
    ----------
    table : DataFrame, one row a region and candidate
    draws : dict of str to ndarray, shape (n, k) or (n, 1)
        By measure; draw j of one goes with draw j of every other.
    uncovered : DataFrame, optional
        What no candidate holds, as `lmi.analysis.uncovered.measure_uncovered` gives it.
    """

    table: pd.DataFrame
    draws: dict[str, FloatArray]
    uncovered: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=UNCOVERED))

    def of(self, regions: Collection[str]) -> CandidateMeasures:
        """Return those of some regions."""
        chosen = self.table["region"].isin(list(regions)).to_numpy()
        free = self.uncovered[self.uncovered["region"].isin(list(regions))]
        return CandidateMeasures(
            self.table[chosen].reset_index(drop=True),
            {name: drawn[chosen] for name, drawn in self.draws.items()},
            free.reset_index(drop=True),
        )


def _spread(
    draws: FloatArray, told: npt.NDArray[np.bool_], low: FloatArray, high: FloatArray
) -> FloatArray:
    spread, n = draws.copy(), draws.shape[1]
    order = draws[told].argsort(axis=1, kind="stable").argsort(axis=1, kind="stable")
    spread[told] = low[told, None] + (high - low)[told, None] * (order + 0.5) / n
    return spread
