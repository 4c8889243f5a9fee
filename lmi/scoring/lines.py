"""Lines that measures pass or not: by the estimate, and surely, with the whole interval.

A measure that has no interval at all was published, and is sure; one whose interval is missing is
not. One that has a range and no number is held at its middle.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import BoolArray, FloatArray, floats, middle

if TYPE_CHECKING:
    from lmi.config.criterion import Line

__all__ = ["BoolArray", "Passing", "all_of", "any_of", "both", "held", "none_of"]


class Passing(NamedTuple):
    """How n candidates stand to one line, each of shape (n,)."""

    known: BoolArray
    passed: BoolArray
    surely: BoolArray
    surely_not: BoolArray


def held(table: pd.DataFrame, measure: str, line: Line) -> Passing:
    """Hold a measure of a table against a line; one that the table lacks is not known.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config.criterion import Line
    >>> from lmi.scoring.lines import held
    >>> table = pd.DataFrame({"lq": [1.4], "lq_lo": [1.1], "lq_hi": [1.7]})
    >>> passing = held(table, "lq", Line(at_least=1.25))
    >>> passing.passed.tolist(), passing.surely.tolist()
    ([True], [False])
    """
    (x,) = floats(table[measure]) if measure in table else (np.full(len(table), np.nan),)
    lo, hi = (
        floats(table[end])[0] if (end := f"{measure}{suffix}") in table else x
        for suffix in ("_lo", "_hi")
    )
    x = middle(x, lo, hi)
    at_x, at_lo, at_hi = (_passes(line, values) for values in (x, lo, hi))
    known, bounded = ~np.isnan(x), ~(np.isnan(lo) | np.isnan(hi))
    surely_not = known & bounded & ~(at_x | at_lo | at_hi)
    return Passing(known, at_x, at_x & at_lo & at_hi, surely_not)


def _passes(line: Line, values: FloatArray) -> BoolArray:
    return np.fromiter((line.passes(x) for x in values), dtype=bool, count=len(values))


def any_of(found: Sequence[Passing], n: int) -> tuple[BoolArray, BoolArray]:
    """Tell whether any line is passed, and whether that is sure; what is not known is left out.

    Examples
    --------
    >>> from lmi.scoring.lines import any_of, none_of
    >>> any_of([], 2), any_of([none_of(1)], 1)
    ((array([False, False]), array([False, False])), (array([False]), array([False])))
    """
    lines = _stacked([none_of(n), *found])
    is_passed = np.logical_or.reduce(lines.passed)
    none_may = (lines.surely_not | ~lines.known).all(axis=0) & lines.known.any(axis=0)
    return is_passed, np.where(is_passed, lines.surely.any(axis=0), none_may)


def all_of(found: Sequence[Passing]) -> tuple[BoolArray, BoolArray]:
    """Tell whether all lines are passed, and whether that is sure.

    Examples
    --------
    >>> from lmi.scoring.lines import all_of, none_of
    >>> all_of([none_of(1)])
    (array([False]), array([False]))
    """
    lines = _stacked(found)
    is_passed = np.logical_and.reduce(lines.passed)
    return is_passed, np.where(is_passed, lines.surely.all(axis=0), lines.surely_not.any(axis=0))


def both(one: Passing, other: Passing) -> Passing:
    """Return how candidates stand to two lines that must both be passed.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config.criterion import Line
    >>> from lmi.scoring.lines import both, held
    >>> table = pd.DataFrame({"lq": [1.4, 1.4], "jobs": [900, 90]})
    >>> both(held(table, "lq", Line(above=1)), held(table, "jobs", Line(above=100))).passed
    array([ True, False])
    """
    surely_not = one.surely_not | other.surely_not
    return Passing(
        (one.known & other.known) | surely_not, one.passed & other.passed,
        one.surely & other.surely, surely_not,
    )  # fmt: skip


def _stacked(found: Sequence[Passing]) -> Passing:
    """Put lines on top of each other, each part of shape (lines, n)."""
    return Passing(*(np.stack(part) for part in zip(*found, strict=True)))


def none_of(n: int) -> Passing:
    """Return how candidates stand to no line: nothing is known, nothing passed.

    Examples
    --------
    >>> from lmi.scoring.lines import none_of
    >>> none_of(2).passed.tolist()
    [False, False]
    """
    no = np.zeros(n, dtype=bool)
    return Passing(no, no, no, no)
