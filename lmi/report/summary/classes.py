"""Classes of a measure: where they break, and in which one a number with its interval lies."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from lmi.measures.lq import CONCENTRATED
from lmi.words import Row
from lmi.words.claims import ends
from lmi.words.how_sure import as_range, has_range, is_measured

__all__ = ["QUOTIENTS", "Classes", "Placed", "classes_of"]

SHARES = (0.2, 0.4, 0.6, 0.8)
SEQUENCE = ("s1", "s2", "s3", "s4", "s5")
BELOW, ABOVE = ("b2", "b1"), ("a1", "a2")


class Placed(NamedTuple):
    """The class of a number; none where it has a range alone that lies across classes.

    Attributes
    ----------
    is_sure : bool
        Whether its whole interval lies in that class.
    """

    number: int | None
    is_sure: bool


@dataclass(frozen=True)
class Classes:
    """Classes that a measure is told by; a number on a break is in the class above it.

    Parameters
    ----------
    breaks : tuple of float
        Ascending, in the unit of the measure; one less than there are classes.
    tones : tuple of str
        Names of their colors in the style sheet.
    write : callable
        How a break is written.

    Examples
    --------
    >>> QUOTIENTS.labels[0], QUOTIENTS.labels[-1]
    ('under 0.50', '2.00 or more')
    """

    breaks: tuple[float, ...]
    tones: tuple[str, ...]
    write: Callable[[Any], str]

    @property
    def labels(self) -> list[str]:
        """What a legend says of each class."""
        said = [self.write(at) for at in self.breaks]
        if not said:
            return ["all"]
        inner = [f"{low} to {high}" for low, high in pairwise(said)]
        return [f"under {said[0]}", *inner, f"{said[-1]} or more"]

    @property
    def legend(self) -> list[tuple[str, str]]:
        """The tone and the label of each class."""
        return list(zip(self.tones, self.labels, strict=True))

    def number(self, value: float) -> int:
        """Return the class of a number, counted from 0."""
        return int(np.searchsorted(self.breaks, value, side="right"))

    def place(self, row: Row, measure: str) -> Placed | None:
        """Place a row's measure; None where it is not known.

        Examples
        --------
        >>> QUOTIENTS.place({"lq": 1.3, "lq_lo": 1.1, "lq_hi": 1.5}, "lq")
        Placed(number=3, is_sure=False)
        >>> QUOTIENTS.place({"lq": None, "lq_lo": 0.1, "lq_hi": 0.3}, "lq")
        Placed(number=0, is_sure=True)
        """
        if not is_measured(row, measure):
            return None
        told_as_range = as_range(row, measure)
        low, high = (self.number(end) for end in ends(row, measure))
        if low == high and (has_range(row, measure) or not told_as_range):
            return Placed(low, True)
        return Placed(None if told_as_range else self.number(float(row[measure])), False)


QUOTIENTS = Classes(
    (0.5, 0.8, CONCENTRATED, 2.0), (*BELOW, "n", *ABOVE), lambda value: f"{value:.2f}"
)
"""Of location quotients; the class in the middle is neither concentrated nor sparse."""


def classes_of(
    values: Iterable[Any], write: Callable[[Any], str], line: float | None = None
) -> Classes:
    """Choose classes with about as many numbers in each, and breaks on round numbers.

    Parameters
    ----------
    line : float, optional
        Where the measure changes what it says: a break, with two classes on each side that has
        numbers.

    Examples
    --------
    >>> classes_of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], "{:g}".format).labels
    ['under 2.8', '2.8 to 4.6', '4.6 to 6.4', '6.4 to 8.2', '8.2 or more']
    >>> classes_of([-4, -2, 1, 3, 8], "{:g}".format, 0.0).labels
    ['under -3', '-3 to 0', '0 to 3', '3 or more']
    """
    known = np.array([float(value) for value in values if value == value and value is not None])
    if not known.size:
        return Classes((), SEQUENCE[:1], write)
    if line is None or not known.min() < line <= known.max():
        breaks = _round(np.quantile(known, SHARES), known)
        return Classes(breaks, SEQUENCE[: len(breaks) + 1], write)
    below = _round([np.median(known[known < line])], known[known < line], most=line)
    above = [at for at in _round([np.median(known[known >= line])], known) if at > line]
    tones = (*BELOW[1 - len(below) :], *ABOVE[: len(above) + 1])
    return Classes((*below, line, *above), tones, write)


def _round(breaks: Any, known: Any, most: float = np.inf) -> tuple[float, ...]:
    """Round breaks to two digits; drop those that would leave a class empty."""
    rounded = sorted({_two_digits(at) for at in breaks})
    kept = [at for at in rounded if known.min() < at <= known.max() and at < most]
    return tuple(
        at
        for place, at in enumerate(kept)
        if not place or ((known >= kept[place - 1]) & (known < at)).any()
    )


def _two_digits(value: Any) -> float:
    number = float(value)
    return float(f"{number:.2g}") if number else 0.0
