"""How sure a measure is: its interval from joint draws, and when that is too wide for a number.

A measure of estimated jobs or wages is computed once from the estimates and once for every draw of
what the withheld cells may be, by the same function. The interval holds the true value nine times
in ten. Where it is so wide that a number would mislead, the measure is called vague: tables keep
the number beside the flag, a reader is shown the interval in words instead.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.measures.arithmetic import FloatArray, floats, ratio
from lmi.schema.measures import COVERAGE, MEASURES

__all__ = [
    "DECLINE",
    "GROWTH",
    "VAGUE_RATIO",
    "VAGUE_WIDTH",
    "add_flags",
    "ends",
    "is_vague_growth",
    "is_vague_level",
    "suffixed",
]

VAGUE_RATIO = 3.0
"""A level, pay or a quotient is vague where its upper end is more than so many times its lower."""

DECLINE, GROWTH = -10.0, 10.0
"""A change is vague where it may be a loss beyond the one and a gain beyond the other, percent."""

VAGUE_WIDTH = 100.0
"""A change is vague, whatever its sign, where its interval is wider than this, points."""

ROUNDING = 1e-9
"""Ends of ranges lie on these lines exactly, but for rounding, which differs among processors."""


def ends(value: Any, draws: Any) -> tuple[FloatArray, FloatArray]:
    """Return the interval of a measure from its draws.

    Parameters
    ----------
    value : array_like, shape (n,), in the measure's unit
        The measure of the estimates.
    draws : array_like, shape (n, k), same unit
        The measure of each draw; NaN where a draw leaves it undefined, such as pay where nobody
        works.

    Returns
    -------
    lo, hi : ndarray, shape (n,)
        Central interval of 90 percent, widened where need be to hold `value`; missing where
        `value` is, or where so many draws are undefined that they fill a tail of the interval.

    Notes
    -----
    Quantiles at 5 and 95 percent of the draws that are defined, linear between two draws.

    Examples
    --------
    >>> import numpy as np
    >>> from lmi.measures.certainty import ends
    >>> ends([50.0], [np.arange(101.0)])
    (array([5.]), array([95.]))
    """
    (estimate,) = floats(value)
    ordered = np.sort(np.asarray(draws), axis=-1)  # missing draws come last
    tail, k = (1 - COVERAGE) / 2, ordered.shape[-1]
    defined = k - np.isnan(ordered).sum(axis=-1)
    unusable = np.isnan(estimate) | (defined < (1 - tail) * k)
    low, high = (_at(ordered, share * np.maximum(defined - 1, 0)) for share in (tail, 1 - tail))
    return (
        np.where(unusable, np.nan, np.fmin(low, estimate)),
        np.where(unusable, np.nan, np.fmax(high, estimate)),
    )


def _at(ordered: npt.NDArray[Any], place: FloatArray) -> FloatArray:
    """Take each row's value at a fractional place."""
    below = np.floor(place).astype(np.int64)
    above = np.minimum(below + 1, ordered.shape[-1] - 1)
    first, second = (
        np.take_along_axis(ordered, at[:, None], axis=-1)[:, 0].astype(np.float64)
        for at in (below, above)
    )
    weight = place - below
    return np.where(weight == 0, first, first + weight * (second - first))


def is_vague_level(lo: Any, hi: Any) -> npt.NDArray[np.bool_]:
    """Tell where jobs, pay, a share or a quotient is too uncertain for a number.

    Parameters
    ----------
    lo, hi : array_like, shape (n,), in any one unit
        Ends of the interval, zero or more.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where ``hi > 3 · lo``, so that the value may be three times as much as it may be at
        least; false where an end is missing.

    Examples
    --------
    >>> from lmi.measures.certainty import is_vague_level
    >>> is_vague_level([1050, 40, 0], [1400, 900, 0])
    array([False,  True, False])
    """
    low, high = floats(lo, hi)
    return np.asarray(high > VAGUE_RATIO * low * (1 + ROUNDING))


def is_vague_growth(lo: Any, hi: Any) -> npt.NDArray[np.bool_]:
    """Tell where a change in percent is too uncertain for a number.

    Parameters
    ----------
    lo, hi : array_like, shape (n,), percent of the earlier value
        Ends of the interval.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where the interval runs from a loss of more than 10 percent to a gain of more than
        10 percent, or is wider than 100 points; false where an end is missing.

    Examples
    --------
    >>> from lmi.measures.certainty import is_vague_growth
    >>> is_vague_growth([-4, -25, 20], [30, 40, 180])
    array([False,  True,  True])
    """
    low, high = floats(lo, hi)
    falls_or_grows = (low < DECLINE - ROUNDING) & (high > GROWTH + ROUNDING)
    return np.asarray(falls_or_grows | (high - low > VAGUE_WIDTH + ROUNDING))


def add_flags(table: pd.DataFrame, base: Any = np.nan) -> pd.DataFrame:
    """Add ``_is_vague`` beside every measure of a table that has an interval.

    Parameters
    ----------
    table : DataFrame
        Measures, each with ``_lo`` and ``_hi`` where it has an interval.
    base : array_like, shape (n,), jobs, optional
        Jobs in the earlier year, which the effects of a shift-share are held against; needed
        where the table has such.

    Returns
    -------
    DataFrame
        `table` with a column of bool after the interval of each measure that has a rule. A
        measure that is known while its interval is not is vague as well.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.certainty import add_flags
    >>> table = pd.DataFrame({"lq": [1.2, 0.8], "lq_lo": [1.0, 0.1], "lq_hi": [1.5, 2.0]})
    >>> add_flags(table)["lq_is_vague"].tolist()
    [False, True]
    """
    columns: dict[str, Any] = {}
    for name in table.columns:
        columns[name] = table[name]
        measure = str(name).removesuffix("_hi")
        if name == measure or f"{measure}_lo" not in table:
            continue
        known = MEASURES.get(measure)
        judged = known if known is None or not known.same_as else MEASURES[known.same_as]
        if judged is None or not judged.vague_by:
            continue
        value, low, high = floats(*(table[f"{judged.key}{end}"] for end in ("", "_lo", "_hi")))
        if judged.vague_by == "level":
            is_vague = is_vague_level(low, high)
        elif judged.vague_by == "effect":
            is_vague = is_vague_growth(*(ratio(100 * end, base) for end in (low, high)))
        else:
            is_vague = is_vague_growth(low, high)
        columns[f"{measure}_is_vague"] = is_vague | (np.isnan(low) & ~np.isnan(value))
    return pd.DataFrame(columns, index=table.index)


def suffixed(column: str, suffix: str) -> str:
    """Put a suffix on the name of a measure, before its end.

    Parameters
    ----------
    column : str
        A measure, or one of its ends.
    suffix : str
        Such as ``_state``.

    Returns
    -------
    str

    Examples
    --------
    >>> from lmi.measures.certainty import suffixed
    >>> suffixed("competitive_share", "_state"), suffixed("competitive_share_lo", "_state")
    ('competitive_share_state', 'competitive_share_state_lo')
    """
    measure = column.removesuffix("_lo").removesuffix("_hi")
    return f"{measure}{suffix}{column[len(measure) :]}"
