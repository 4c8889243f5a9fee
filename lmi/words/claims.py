"""What may be claimed of an order: never more than the intervals bear out.

A row's measure lies between ``_lo`` and ``_hi``, nine times in ten, whether it has a number or
that range alone; where it has neither end, it is known. One is said to come first only where its
interval clears that of every other: the chance that another is before it is then below a tenth.
Else those that may be first are named together.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lmi.words.numbers import is_known
from lmi.words.phrases import listing
from lmi.words.rows import Row

__all__ = ["ends", "in_order", "may_be_first", "middle_of", "or_", "side"]


def ends(row: Row, measure: str) -> tuple[float, float]:
    """Return the interval of a measure, its value twice where it has none.

    Examples
    --------
    >>> ends({"lq": 1.2, "lq_lo": 1.0, "lq_hi": 1.5}, "lq"), ends({"lq": 1.2}, "lq")
    ((1.0, 1.5), (1.2, 1.2))
    """
    low: Any = row.get(f"{measure}_lo")
    high: Any = row.get(f"{measure}_hi")
    value: Any = row[measure]
    return (float(low if is_known(low) else value), float(high if is_known(high) else value))


def side(row: Row, measure: str, line: float, *, reaches: bool = False) -> int:
    """Tell on which side of a line a measure is: 1 above, -1 at or below, 0 where it may be either.

    Parameters
    ----------
    reaches : bool
        Whether to be at the line is to be above it.

    Examples
    --------
    >>> wide = {"lq": 1.2, "lq_lo": 0.9, "lq_hi": 1.5}
    >>> side(wide, "lq", 1.0), side(wide, "lq", 0.8), side({"lq": 1.0}, "lq", 1.0)
    (0, 1, -1)
    """
    low, high = ends(row, measure)
    if reaches:
        return 1 if low >= line else -1 if high < line else 0
    return 1 if low > line else -1 if high <= line else 0


def may_be_first(rows: Sequence[Row], measure: str, *, lowest: bool = False) -> list[Row]:
    """Return who may have the most, the largest value first; one alone where it is sure.

    Parameters
    ----------
    lowest : bool
        Whether the least is asked for.

    Examples
    --------
    >>> a = {"name": "a", "jobs": 9.0}
    >>> b = {"name": "b", "jobs": 8.0, "jobs_lo": 6.0, "jobs_hi": 10.0}
    >>> c = {"name": "c", "jobs": 5.0, "jobs_lo": 4.0, "jobs_hi": 6.0}
    >>> [row["name"] for row in may_be_first([c, b, a], "jobs")]
    ['a', 'b']
    >>> [row["name"] for row in may_be_first([c, b, a], "jobs", lowest=True)]
    ['c', 'b']
    """
    sign = -1.0 if lowest else 1.0
    spans = [sorted(sign * end for end in ends(row, measure)) for row in rows]
    bar = max((low for low, _ in spans), default=0.0)
    found = [row for row, (_, high) in zip(rows, spans, strict=True) if high >= bar]
    return sorted(found, key=lambda row: -sign * middle_of(row, measure))


def middle_of(row: Row, measure: str) -> float:
    """Return a number, or the middle of its range where it has a range alone.

    Examples
    --------
    >>> middle_of({"lq": 1.2}, "lq"), middle_of({"lq": None, "lq_lo": 1.0, "lq_hi": 2.0}, "lq")
    (1.2, 1.5)
    """
    value: Any = row[measure]
    if is_known(value):
        return float(value)
    low, high = (row.get(f"{measure}_{end}") for end in ("lo", "hi"))
    known = is_known(low) and is_known(high)
    return (float(low) + float(high)) / 2 if known else float("nan")  # type: ignore[arg-type]


def in_order(rows: Sequence[Row], measure: str, most: int) -> list[list[Row]]:
    """Return who surely comes first, second and so on, and last those of whom it is one.

    Parameters
    ----------
    most : int
        Places to fill. After a place that several may have nothing sure can be said.

    Examples
    --------
    >>> rows = [{"jobs": 9.0}, {"jobs": 5.0, "jobs_lo": 4.0, "jobs_hi": 7.0}, {"jobs": 6.0}]
    >>> [len(group) for group in in_order(rows, "jobs", 3)]
    [1, 2]
    """
    left = list(rows)
    groups: list[list[Row]] = []
    while left and len(groups) < most and (not groups or len(groups[-1]) == 1):
        group = may_be_first(left, measure)
        left = [row for row in left if not any(row is one for one in group)]
        groups.append(group)
    return groups


def or_(names: Sequence[str], most: int = 3) -> str:
    """Name those of whom it is one; the least likely of many are counted.

    Examples
    --------
    >>> or_(["Energy"]), or_(["Energy", "Food"]), or_(list("abcdef"))
    ('Energy', 'Energy or Food', 'a, b, c or one of 3 others')
    """
    if len(names) <= most + 1:
        return listing(names, last="or")
    return f"{', '.join(names[:most])} or one of {len(names) - most} others"
