"""One formula, evaluated for the estimates and for every draw: a measure and its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
import numpy.typing as npt

from lmi.analysis.measured import Evaluated
from lmi.analysis.sums import IntArray, Sums
from lmi.measures.arithmetic import FloatArray
from lmi.measures.certainty import ends

__all__ = ["Amounts", "Formula", "evaluate"]

BLOCK = 2048  # rows whose draws are in memory at a time

Amounts = Callable[[Sums, str, IntArray], FloatArray]
"""Gives a column of sums at some rows: estimates, shape (r, 1), or draws, shape (r, k)."""

Formula = Callable[[Amounts, IntArray], dict[str, FloatArray]]
"""Gives measures of some rows from their amounts, which may be estimates or draws."""


def evaluate(
    formula: Formula, n: int, is_uncertain: npt.NDArray[np.bool_], keep: bool = False
) -> Evaluated:
    """Evaluate a formula for n rows, and for the draws of those that are uncertain.

    Parameters
    ----------
    is_uncertain : ndarray of bool, shape (n,)
        Rows that rest on a withheld cell; the interval of the others is their value.
    keep : bool, optional
        Keep the draws.
    """
    value = {name: x[:, 0] for name, x in formula(Sums.estimates, np.arange(n)).items()}
    lo = {name: x.copy() for name, x in value.items()}
    hi = {name: x.copy() for name, x in value.items()}
    if keep:
        draws = formula(Sums.draws, np.arange(n))
    for rows in _blocks(np.flatnonzero(is_uncertain)):
        drawn = {k: x[rows] for k, x in draws.items()} if keep else formula(Sums.draws, rows)
        for name, found in drawn.items():
            if found.shape[1] > 1:
                lo[name][rows], hi[name][rows] = ends(value[name][rows], found)
    return Evaluated(value, lo, hi, draws if keep else {})


def _blocks(rows: IntArray) -> Iterator[IntArray]:
    for start in range(0, len(rows), BLOCK):
        yield rows[start : start + BLOCK]
