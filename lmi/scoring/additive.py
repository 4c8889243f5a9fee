"""Weighted additive score: missing criteria are left out and the other weights share their part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats, ratio
from lmi.measures.tables import require, unique_on
from lmi.scoring.value import value_function

if TYPE_CHECKING:
    from lmi.config import Criterion

__all__ = ["AdditiveScore", "additive_score", "score_draws", "score_table", "weighted_sum"]


class AdditiveScore(NamedTuple):
    """A score and what it is made of.

    Attributes
    ----------
    score : ndarray, shape (n,), 0 to 1
        Missing where no criterion that counts is present.
    weight : ndarray, shape (n, m), 0 to 1
        Share of each criterion in this alternative's score; 0 where it is missing.
    contribution : ndarray, shape (n, m), 0 to 1
        Weight times value, missing where the value is; the contributions add up to the score.
    """

    score: FloatArray
    weight: FloatArray
    contribution: FloatArray


def weighted_sum(values: Any, weights: Any) -> FloatArray:
    """Return the plain weighted sum of each alternative.

    Parameters
    ----------
    values : array_like, shape (n, m)
        Alternatives × criteria.
    weights : array_like, shape (m,)
        Weights of the criteria, as they are.

    Returns
    -------
    ndarray, shape (n,)
        Missing where a value is.

    Notes
    -----
    Σ_j w_j·v_ij. Source: Fishburn, P. C. (1967), Additive utilities with incomplete product sets,
    Operations Research 15, 537–542.

    Examples
    --------
    >>> from lmi.scoring.additive import weighted_sum
    >>> weighted_sum([[1, 0, 3], [0, 5, 6]], [1, 1, 1])
    array([ 4., 11.])
    """
    matrix, weight = floats(values, weights)
    return matrix @ weight


def additive_score(values: Any, weights: Any) -> AdditiveScore:
    """Return the weighted mean of the criteria that are present.

    Parameters
    ----------
    values : array_like, shape (n, m), 0 to 1
        Alternatives × criteria; NaN where a criterion is missing.
    weights : array_like, shape (m,)
        Weights of the criteria, zero or more; only their ratios matter.

    Returns
    -------
    AdditiveScore

    Raises
    ------
    MeasureError
        A weight is negative or missing, all are zero, or their number is not that of the criteria.

    Notes
    -----
    Σ_j w_j·v_ij / Σ_j w_j over the criteria j that alternative i has. An alternative's score
    depends on its own row only, so adding or dropping another does not change it.

    Examples
    --------
    >>> from lmi.scoring.additive import additive_score
    >>> result = additive_score([[1.0, 0.5], [1.0, None]], [1, 3])
    >>> result.score
    array([0.625, 1.   ])
    >>> result.weight
    array([[0.25, 0.75],
           [1.  , 0.  ]])
    """
    matrix, weight = floats(values, weights)
    _check_weights(weight, matrix)
    present = ~np.isnan(matrix)
    counted = np.where(present, weight, 0.0)
    share = ratio(counted, counted.sum(axis=-1, keepdims=True))
    contribution = share * matrix
    score = np.where(np.isnan(share).all(axis=-1), np.nan, np.nansum(contribution, axis=-1))
    return AdditiveScore(score, np.nan_to_num(share), contribution)


def _check_weights(weight: FloatArray, matrix: FloatArray) -> None:
    if weight.ndim != 1 or matrix.ndim != 2 or matrix.shape[1] != len(weight):
        raise MeasureError(
            f"A score was given {weight.size} weights for values of shape {matrix.shape}; give "
            f"one weight a criterion."
        )
    if not (weight >= 0).all() or not (weight > 0).any():
        raise MeasureError(
            f"The weights {weight.tolist()} must be zero or more, with one of them above zero."
        )


def score_table(
    table: pd.DataFrame,
    criteria: Sequence[Criterion],
    *,
    keys: Sequence[str] = ("region", "candidate"),
) -> pd.DataFrame:
    """Score a table of candidates by criteria, one row for each candidate and criterion.

    Parameters
    ----------
    table : DataFrame
        One row a candidate with `keys` and the criteria's measures; a measure without a column
        is missing for all.
    criteria : sequence of Criterion
        Key, measure, anchors (``value``), scale and weight of each.
    keys : sequence of str
        Columns that name a candidate.

    Returns
    -------
    DataFrame
        `keys`, ``criterion``, ``raw`` (in the measure's unit), ``value`` (0 to 1), ``weight``
        (share in this candidate's score, 0 where missing) and ``contribution`` (missing where
        the value is), in the order of `table` and `criteria`.

    Raises
    ------
    MeasureError
        A key is missing or repeats, or the weights cannot be used.

    Notes
    -----
    See `value_function` and `additive_score`.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config import Criterion
    >>> from lmi.scoring.additive import score_table
    >>> jobs, pay = (
    ...     Criterion(key=k, name=k, question="?", measure=m, value=((0, 0), (2, 1)))
    ...     for k, m in (("jobs", "emplvl_share"), ("pay", "pay_ratio"))
    ... )
    >>> table = pd.DataFrame({"region": ["a"], "candidate": ["health"], "pay_ratio": [1.0]})
    >>> score_table(table, [jobs, pay]).drop(columns=["region", "candidate"])
      criterion  raw  value  weight  contribution
    0      jobs  NaN    NaN     0.0           NaN
    1       pay  1.0    0.5     1.0           0.5
    """
    require(table, list(keys), "table of candidates")
    unique_on(table, list(keys), "table of candidates")
    if not criteria:
        raise MeasureError("A score was asked for without criteria; name one or more.")
    n, m = len(table), len(criteria)
    missing = np.full(n, np.nan)
    raws = [table[c.measure].to_numpy() if c.measure in table else missing for c in criteria]
    raw = np.column_stack([floats(r)[0] for r in raws])
    value = np.column_stack(
        [value_function(raw[:, j], c.value, c.scale) for j, c in enumerate(criteria)]
    )
    scored = additive_score(value, [c.weight for c in criteria])
    rows = table[list(keys)].loc[table.index.repeat(m)].reset_index(drop=True)
    return rows.assign(
        criterion=[c.key for c in criteria] * n,
        raw=raw.ravel(),
        value=value.ravel(),
        weight=scored.weight.ravel(),
        contribution=scored.contribution.ravel(),
    )


def score_draws(
    table: pd.DataFrame, criteria: Sequence[Criterion], draws: Mapping[str, FloatArray]
) -> FloatArray:
    """Score every draw of the measures.

    Parameters
    ----------
    table : DataFrame, n rows
        One row a candidate with the criteria's measures, as for `score_table`.
    criteria : sequence of Criterion
    draws : mapping of str to ndarray, shape (n, k) or (n, 1)
        By measure; one that is not there, or has one column, is the same in every draw.

    Returns
    -------
    ndarray, shape (n, k), 0 to 1
        Missing where a draw leaves no criterion. A criterion that `table` has no measure for is
        left out of every draw, one that a draw leaves undefined out of that draw.

    Notes
    -----
    See `value_function` and `additive_score`.

    Examples
    --------
    >>> import numpy as np
    >>> import pandas as pd
    >>> from lmi.config import Criterion
    >>> from lmi.scoring.additive import score_draws
    >>> line = ((0, 0), (2, 1))
    >>> pay = Criterion(key="p", name="p", question="?", measure="pay_ratio", value=line)
    >>> table = pd.DataFrame({"pay_ratio": [1.0]})
    >>> score_draws(table, [pay], {"pay_ratio": np.array([[0.8, 1.0, 1.4]])})
    array([[0.4, 0.5, 0.7]])
    """
    values = []
    for criterion in criteria:
        (known,) = floats(table.get(criterion.measure, np.nan))
        raw = np.broadcast_to(known, len(table))[:, None]
        drawn = np.where(np.isnan(raw), np.nan, draws.get(criterion.measure, raw))
        values.append(value_function(drawn, criterion.value, criterion.scale))
    stacked = np.stack(np.broadcast_arrays(*values), axis=-1)
    scored = additive_score(
        stacked.reshape(-1, len(criteria)), [criterion.weight for criterion in criteria]
    )
    return scored.score.reshape(stacked.shape[:-1])
