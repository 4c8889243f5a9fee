"""What was measured: values, intervals and draws, whoever measured them."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.measures.arithmetic import FloatArray

__all__ = ["KEYS", "UNCOVERED", "CandidateMeasures", "Evaluated"]

KEYS = ["region", "candidate"]
UNCOVERED = ["region", "industry_code", "own_codes", "industry_title"]


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
