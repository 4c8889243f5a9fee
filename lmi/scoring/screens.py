"""Screens: which candidates drive the economy, and which decline, whatever the weights.

A line is passed by the estimate; whether that is sure, the measure's interval says. A measure
that has no interval at all was published, and is sure; one whose interval is missing is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.measures.arithmetic import FloatArray, floats
from lmi.measures.lookup import require

if TYPE_CHECKING:
    from lmi.config import Criterion, NamedScreen
    from lmi.config.criterion import Line

__all__ = ["DRIVERS", "screen_table"]

DRIVERS = ("jobs", "wages", "concentration")
"""The three ways in which a sector can drive a regional economy; any of them is enough."""

BoolArray = npt.NDArray[np.bool_]


class _Passing(NamedTuple):
    """How candidates stand to one line, each of shape (n,)."""

    known: BoolArray
    passed: BoolArray
    surely: BoolArray
    surely_not: BoolArray


def _held(table: pd.DataFrame, measure: str, line: Line) -> _Passing:
    (x,) = floats(table[measure]) if measure in table else (np.full(len(table), np.nan),)
    lo, hi = (
        floats(table[end])[0] if (end := f"{measure}{suffix}") in table else x
        for suffix in ("_lo", "_hi")
    )
    at_x, at_lo, at_hi = (_passes(line, values) for values in (x, lo, hi))
    known, bounded = ~np.isnan(x), ~(np.isnan(lo) | np.isnan(hi))
    surely_not = known & bounded & ~(at_x | at_lo | at_hi)
    return _Passing(known, at_x, at_x & at_lo & at_hi, surely_not)


def _passes(line: Line, values: FloatArray) -> BoolArray:
    return np.fromiter((line.passes(x) for x in values), dtype=bool, count=len(values))


def _any(found: Sequence[_Passing], n: int) -> tuple[BoolArray, BoolArray]:
    """Whether any line is passed, and whether that is sure; what is not known is left out."""
    lines = _stacked([_none(n), *found])
    is_passed = np.logical_or.reduce(lines.passed)
    none_may = (lines.surely_not | ~lines.known).all(axis=0) & lines.known.any(axis=0)
    return is_passed, np.where(is_passed, lines.surely.any(axis=0), none_may)


def _all(found: Sequence[_Passing]) -> tuple[BoolArray, BoolArray]:
    """Whether all lines are passed, and whether that is sure."""
    lines = _stacked(found)
    is_passed = np.logical_and.reduce(lines.passed)
    return is_passed, np.where(is_passed, lines.surely.all(axis=0), lines.surely_not.any(axis=0))


def _stacked(found: Sequence[_Passing]) -> _Passing:
    """Put lines on top of each other, each part of shape (lines, n)."""
    return _Passing(*(np.stack(part) for part in zip(*found, strict=True)))


def _none(n: int) -> _Passing:
    no = np.zeros(n, dtype=bool)
    return _Passing(no, no, no, no)


def _flagged(table: pd.DataFrame, criteria: Sequence[Criterion], *flags: str) -> list[_Passing]:
    return [
        _held(table, criterion.measure, criterion.screen)
        for criterion in criteria
        if criterion.screen is not None and criterion.screen.flag in flags
    ]


def screen_table(
    table: pd.DataFrame,
    criteria: Sequence[Criterion],
    screens: Sequence[NamedScreen] = (),
    *,
    keys: Sequence[str] = ("region", "candidate"),
) -> pd.DataFrame:
    """Screen candidates for what drives the economy, for decline, and by named screens.

    Parameters
    ----------
    table : DataFrame
        One row a candidate with `keys` and the measures, each with the ends of its interval
        (``_lo``, ``_hi``) if it has one.
    criteria : sequence of Criterion
        Each with its measure and, if it has one, its screen.
    screens : sequence of NamedScreen
        Lines that are passed together, any or all of them.
    keys : sequence of str
        Columns that name a candidate.

    Returns
    -------
    DataFrame
        In the order of `table`: `keys`; ``driver_jobs``, ``driver_wages``,
        ``driver_concentration``, ``is_driver`` (any of the three), each followed by its
        ``…_is_sure``; ``is_declining``, ``may_be_declining``; and ``screen_KEY`` with
        ``screen_KEY_is_sure`` of each named screen. All bool.

    Raises
    ------
    MeasureError
        A key is missing.

    Notes
    -----
    The method asks for sectors that drive the regional economy by a significant number of jobs,
    higher-than-average wages, *or* a concentration above the state's or the nation's; any one is
    enough. A flag is set by the estimate. It is sure where the whole 90 percent interval lies on
    the same side of the line, which it does where there is no interval. Where any of several
    lines is enough, one that is surely passed makes it sure, and a flag that is not set is sure
    where none of the lines that are known may be passed; where none is known, it is not sure.

    A declining sector is no good candidate, so decline is flagged and never weighed. It
    ``is_declining`` where a whole interval lies below the line, and ``may_be_declining`` where
    only the estimate does.

    Source: Next Generation Sector Partnerships, Step 2, define the scope of industry focus.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config import Criterion, Screen
    >>> from lmi.scoring.screens import screen_table
    >>> criteria = [
    ...     Criterion(
    ...         key=flag, name=flag, question="?", measure=measure, value=((0, 0), (2, 1)),
    ...         screen=Screen(flag=flag, **line),
    ...     )
    ...     for flag, measure, line in (
    ...         ("wages", "pay_ratio", {"above": 1.0}),
    ...         ("decline", "emplvl_cagr", {"below": 0.0}),
    ...     )
    ... ]
    >>> table = pd.DataFrame({"candidate": ["energy"], "pay_ratio": [1.8], "emplvl_cagr": [-2.0],
    ...                       "emplvl_cagr_lo": [-5.0], "emplvl_cagr_hi": [0.5]})
    >>> screened = screen_table(table, criteria, keys=["candidate"])
    >>> screened[["is_driver", "is_driver_is_sure", "is_declining", "may_be_declining"]].values
    array([[ True,  True, False,  True]])
    """
    require(table, list(keys), "table of candidates")
    n = len(table)
    found: dict[str, BoolArray] = {}
    for flag in DRIVERS:
        found |= _named(f"driver_{flag}", _any(_flagged(table, criteria, flag), n))
    found |= _named("is_driver", _any(_flagged(table, criteria, *DRIVERS), n))
    decline = [_none(n), *_flagged(table, criteria, "decline")]
    surely = np.logical_or.reduce([line.surely for line in decline])
    by_estimate = np.logical_or.reduce([line.passed for line in decline])
    found |= {"is_declining": surely, "may_be_declining": by_estimate & ~surely}
    for screen in screens:
        lines = [_held(table, line.measure, line) for line in screen.lines]
        result = _any(lines, n) if screen.any else _all(lines)
        found |= _named(f"screen_{screen.key}", result)
    return table[list(keys)].assign(**found)


def _named(name: str, result: tuple[BoolArray, BoolArray]) -> dict[str, BoolArray]:
    return {name: result[0], f"{name}_is_sure": result[1]}
