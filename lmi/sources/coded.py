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
        numbers = column.to_physical().to_numpy()
        row = np.full(int(numbers.max()) + 1, -1, np.int32)
        row[numbers] = np.arange(len(column), dtype=np.int32)
        at = np.flatnonzero(row >= 0)
        self.values: list[str] = column.gather(row[at]).to_list()
        place = np.zeros(len(row), np.intp)
        place[at] = np.arange(len(at))
        self.places: NDArray[np.intp] = place[numbers]
        """The place of each row's code among the values."""

    def read(self, of: Callable[[str], int]) -> NDArray[np.int32]:
        """Return a number for each row, by its code."""
        return np.array([of(value) for value in self.values], np.int32).take(self.places)
