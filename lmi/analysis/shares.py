"""Shares of a nation's jobs that are known within an interval, asked like sums of cells."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import FloatArray, IntArray
from lmi.schema.measures import COVERAGE
from lmi.suppression.noise import named_noise

__all__ = ["Shares"]


@dataclass(frozen=True, eq=False)
class Shares:
    """Shares of all jobs, each somewhere in an interval.

    Parameters
    ----------
    table : DataFrame, shape (n, …)
        What each share is of, in text.
    value, lo, hi : ndarray, shape (n,)
        What it is taken for, and the least and the most it can be, 0 to 1.
    n_draws : int
        How many draws to give of each.

    Notes
    -----
    Half of the draws lie below the value, evenly down to the least, and half above it, evenly up
    to the most. Nothing lies outside, so the interval that holds nine of ten draws is made to be
    all of it: the twentieth of the draws on either side lies at its ends. Draws of different shares
    are independent, as roundings are; those of one are the same whatever stands beside it.

    Examples
    --------
    >>> import numpy as np, pandas as pd
    >>> from lmi.measures.certainty import ends
    >>> sectors = pd.DataFrame({"industry_code": ["23", "62"]})
    >>> value, lo, hi = np.array([0.052, 0.1]), np.array([0.05, 0.1]), np.array([0.06, 0.1])
    >>> shares = Shares(sectors, value, lo, hi, n_draws=200)
    >>> rows = np.array([0, 1])
    >>> lo, hi = ends(shares.estimates("annual_avg_emplvl", rows)[:, 0],
    ...               shares.draws("annual_avg_emplvl", rows))
    >>> lo.round(4), hi.round(4)
    (array([0.05, 0.1 ]), array([0.06, 0.1 ]))
    """

    table: pd.DataFrame
    value: FloatArray
    lo: FloatArray
    hi: FloatArray
    n_draws: int

    @property
    def drawn_at(self) -> IntArray:
        """The row of its draws for every row; -1 where the share is known."""
        return np.where(self.lo < self.hi, np.arange(len(self.lo)), -1)

    def take(self, rows: IntArray) -> Shares:
        """Return some rows."""
        table = self.table.iloc[rows].reset_index(drop=True)
        return Shares(table, self.value[rows], self.lo[rows], self.hi[rows], self.n_draws)

    def estimates(self, _name: str, rows: IntArray) -> FloatArray:
        """Return the shares, shape (r, 1); missing for -1."""
        return np.append(self.value, np.nan)[rows][:, None]

    def draws(self, _name: str, rows: IntArray) -> FloatArray:
        """Return draws of the shares, shape (r, k); missing for -1."""
        value = self.estimates(_name, rows)
        below, above = (
            np.append(np.abs(end - self.value), np.nan)[rows][:, None] for end in (self.lo, self.hi)
        )
        place = np.vstack([self._places, np.zeros(self.n_draws)])[rows]
        return np.asarray(value + place * np.where(place < 0, below, above))

    @cached_property
    def _places(self) -> FloatArray:
        """Where each draw of a row lies, from -1 at the least over 0 to 1 at the most, (n, k)."""
        beyond = (1 - COVERAGE) / 2 + 1 / self.n_draws
        even = (np.arange(self.n_draws) + 0.5) / self.n_draws
        places = np.clip((2 * even - 1) / (1 - 2 * beyond), -1.0, 1.0)
        names = self.table.iloc[:, 0].str.cat(self.table.iloc[:, 1:], sep="/")
        return places[np.argsort(named_noise(names, self.n_draws), axis=1)]
