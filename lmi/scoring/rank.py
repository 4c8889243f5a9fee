"""Ranks of scores, with ties."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lmi.measures.arithmetic import floats

__all__ = ["FIRST_THREE", "rank_scores"]

FIRST_THREE = 3
"""The ranks that a team looks at when it agrees on one or two sectors."""

# Scores that differ by less than this differ by the order of additions only.
_DECIMALS = 9


def rank_scores(scores: Any) -> pd.Series:
    """Rank scores, the highest first; equal scores share the better rank.

    Parameters
    ----------
    scores : array_like, shape (n,), 0 to 1
        Scores; NaN where there is none.

    Returns
    -------
    Series of Int64, length n
        1, 2, 2, 4, …; missing where the score is.

    Notes
    -----
    A rank is one plus the number of higher scores. Scores are compared to nine decimals.

    Examples
    --------
    >>> from lmi.scoring.rank import rank_scores
    >>> rank_scores([0.5, 0.9, 0.5, None, 0.1]).tolist()
    [2, 1, 2, <NA>, 4]
    """
    index = scores.index if isinstance(scores, pd.Series) else None
    compared = pd.Series(floats(scores)[0], index=index).round(_DECIMALS)
    return compared.rank(method="min", ascending=False).astype("Int64")
