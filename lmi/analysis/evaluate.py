"""One formula, evaluated for the estimates and for every draw: a measure and its interval."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.analysis.measured import Evaluated
from lmi.measures.arithmetic import FloatArray, IntArray
from lmi.measures.certainty import ends

__all__ = ["Amounts", "Formula", "Summed", "evaluate"]

BLOCK = 2048  # rows whose draws are in memory at a time


class Summed(Protocol):
    """Amounts and their draws: sums of cells, or shares."""

    @property
    def table(self) -> pd.DataFrame:
        """What each amount is of, one row each."""

    @property
    def drawn_at(self) -> IntArray:
        """For every row of the table its row of the draws; -1 where it is certain."""

    def estimates(self, name: str, rows: IntArray, /) -> FloatArray:
        """Return amounts at some rows, shape (r, 1); missing for -1."""

    def draws(self, name: str, rows: IntArray, /) -> FloatArray:
        """Return their draws, shape (r, k), or (r, 1) where none of them is uncertain."""


Amounts = Callable[[Summed, str, IntArray], FloatArray]
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
    value = {name: x[:, 0] for name, x in formula(_estimates, np.arange(n)).items()}
    lo = {name: x.copy() for name, x in value.items()}
    hi = {name: x.copy() for name, x in value.items()}
    if keep:
        draws = formula(_draws, np.arange(n))
    for rows in _blocks(np.flatnonzero(is_uncertain)):
        drawn = {k: x[rows] for k, x in draws.items()} if keep else formula(_draws, rows)
        for name, found in drawn.items():
            if found.shape[1] > 1:
                lo[name][rows], hi[name][rows] = ends(value[name][rows], found)
    return Evaluated(value, lo, hi, draws if keep else {})


def _estimates(of: Summed, name: str, rows: IntArray) -> FloatArray:
    return of.estimates(name, rows)


def _draws(of: Summed, name: str, rows: IntArray) -> FloatArray:
    return of.draws(name, rows)


def _blocks(rows: IntArray) -> Iterator[IntArray]:
    for start in range(0, len(rows), BLOCK):
        yield rows[start : start + BLOCK]
