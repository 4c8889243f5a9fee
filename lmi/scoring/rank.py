"""Ranks of scores, with ties."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lmi.measures.arithmetic import floats
from lmi.measures.tables import require

__all__ = ["rank_scores", "ranking_table"]

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


def ranking_table(
    scores: pd.DataFrame,
    *,
    keys: Sequence[str] = ("region", "candidate"),
    within: Sequence[str] = ("region",),
) -> pd.DataFrame:
    """Add up the contributions of a long table of scores and rank the candidates.

    Parameters
    ----------
    scores : DataFrame
        `keys`, ``criterion``, ``value`` and ``contribution``, as `score_table` gives them.
    keys : sequence of str
        Columns that name a candidate.
    within : sequence of str
        Those of `keys` within which candidates are ranked.

    Returns
    -------
    DataFrame
        `keys`, ``score`` (0 to 1), ``rank`` (Int64) and ``criteria_missing`` (keys of the missing
        criteria, comma between), sorted by `within`, rank and `keys`.

    Raises
    ------
    MeasureError
        A column is missing.

    Notes
    -----
    See `rank_scores` and `additive_score`. A candidate without any criterion that counts has no
    score and no rank, and comes last.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.scoring.rank import ranking_table
    >>> scores = pd.DataFrame(
    ...     {
    ...         "region": "a",
    ...         "candidate": ["health", "health", "energy", "energy"],
    ...         "criterion": ["jobs", "pay"] * 2,
    ...         "value": [0.5, 0.7, 0.9, None],
    ...         "contribution": [0.25, 0.35, 0.9, None],
    ...     }
    ... )
    >>> ranking_table(scores)[["candidate", "score", "rank", "criteria_missing"]]
      candidate  score  rank criteria_missing
    0    energy    0.9     1              pay
    1    health    0.6     2
    """
    keys, within = list(keys), list(within)
    require(scores, [*keys, "criterion", "value", "contribution"], "table of scores")
    missing = scores[scores["value"].isna()].groupby(keys)["criterion"].agg(", ".join)
    ranking = scores.groupby(keys, sort=True)["contribution"].sum(min_count=1).to_frame("score")
    ranking["criteria_missing"] = missing.reindex(ranking.index).fillna("").astype("str")
    ranking = ranking.reset_index()
    compared = ranking["score"].round(_DECIMALS)
    ranked = compared.groupby([ranking[w] for w in within]) if within else compared
    ranking["rank"] = ranked.rank(method="min", ascending=False).astype("Int64")
    ranking = ranking.sort_values([*within, "rank", *keys], ignore_index=True)
    return ranking[[*keys, "score", "rank", "criteria_missing"]]
