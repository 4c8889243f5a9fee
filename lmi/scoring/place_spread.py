"""How far a group's places of an item lie apart: how many put it where, and no more of anybody."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats

__all__ = ["place_spread"]


def place_spread(rankings: Any) -> pd.DataFrame:
    """Return how many people put each item at each place, and how far they lie apart.

    Parameters
    ----------
    rankings : array_like, shape (judges, items)
        Ranks, 1 the best; NaN where a judge did not rank an item.

    Returns
    -------
    DataFrame, one row an item
        ``people`` (tuple of int: how many at place 1, 2, … of as many as there are items) and
        ``apart`` (places: the mean distance of two people; NaN with fewer than two).

    Raises
    ------
    MeasureError
        The rankings are not a table of judges × items.

    Notes
    -----
    Gini's mean difference, Σ over pairs of |r − s| by their number: of two people picked at
    random, how many places apart they put the item.

    Examples
    --------
    >>> from lmi.scoring.place_spread import place_spread
    >>> place_spread([[1, 2, 3], [1, 3, 2], [1, 2, 3]]).round(2)
          people  apart
    0  (3, 0, 0)   0.00
    1  (0, 2, 1)   0.67
    2  (0, 1, 2)   0.67
    """
    (ranks,) = floats(rankings)
    if ranks.ndim != 2:
        raise MeasureError(
            f"Rankings of shape {ranks.shape} were given; give one row a person and one column an "
            "item."
        )
    places = np.arange(1, ranks.shape[1] + 1)
    rows = [
        {
            "people": tuple(int(n) for n in (column[:, None] == places).sum(axis=0)),
            "apart": _apart(column[~np.isnan(column)]),
        }
        for column in ranks.T
    ]
    return pd.DataFrame(rows, columns=["people", "apart"])


def _apart(ranks: FloatArray) -> float:
    n = len(ranks)
    if n < 2:
        return float("nan")
    return float(np.abs(ranks[:, None] - ranks).sum() / (n * (n - 1)))
