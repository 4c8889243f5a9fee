"""A column of codes as numbers: what is known of each of the few codes is read once each."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl
from numpy.typing import NDArray

__all__ = ["Coded"]


class Coded:
    """The codes of a block.

    Parameters
    ----------
    column : polars.Series
        At least one code, all as categories, none missing.

    Examples
    --------
    >>> codes = Coded(pl.Series(["5", "0", "5"], dtype=pl.Categorical))
    >>> codes.read(int).tolist()
    [5, 0, 5]
    >>> [codes.values[i] for i in codes.places]
    ['5', '0', '5']
    """

    def __init__(self, column: pl.Series) -> None:
        self._numbers = column.to_physical().to_numpy()
        few = column.unique()
        self._at = few.to_physical().to_numpy()
        self.values: list[str] = few.cast(pl.String).to_list()

    def read(self, of: Callable[[str], int]) -> NDArray[np.int64]:
        """Return a number for each row, by its code."""
        return self._spread([of(value) for value in self.values])

    @property
    def places(self) -> NDArray[np.int64]:
        """The place of each row's code among the `values`."""
        return self._spread(range(len(self.values)))

    def _spread(self, found: list[int] | range) -> NDArray[np.int64]:
        table = np.zeros(int(self._at.max()) + 1, np.int64)
        table[self._at] = found
        return table[self._numbers]
