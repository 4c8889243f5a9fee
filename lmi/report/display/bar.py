"""A bar in a table's cell: a few shapes of SVG that need no style sheet and no script.

What is published is solid, what is estimated pale with an outline, a range that stands for a
number a pale band, and a line runs from end to end of an interval: told by lightness and form, so
that a print without colour says the same. The number stands beside it as text; the drawing is
hidden from readers who listen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from lmi.report import style
from lmi.report.html import fill

__all__ = ["Bar", "BarScale", "Stroke"]

WIDTH, HEIGHT = 100.0, 14.0
TOP, BOTTOM, MIDDLE = 3.0, 11.0, 7.0
NARROW = 2.0
"""An interval that is drawn narrower than this is not drawn: it would look like a blot."""
HEAD = 5.0


@dataclass(frozen=True)
class Bar:
    """What a cell draws, in the unit of its column; missing where there is nothing to draw.

    Parameters
    ----------
    value : float
        NaN where a range stands for it.
    lo, hi : float
        Ends of its interval.
    known : float, optional
        How much of the value is published; all of it unless told.
    """

    value: float
    lo: float
    hi: float
    known: float = float("inf")


class Stroke(NamedTuple):
    """A line through all bars of a column: at what value, and whether it is dashed."""

    at: float
    dashed: bool = False


class _Shape(NamedTuple):
    """A rectangle of the drawing, from one value to another."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True)
class BarScale:
    """The axis of a column of bars: from its least to its most, both with zero between them.

    Examples
    --------
    >>> picture = BarScale(0.0, 200.0).draw(Bar(100.0, 100.0, 100.0))
    >>> 'width="50.0"' in picture and "<svg" in picture
    True
    """

    least: float
    most: float
    strokes: Sequence[Stroke] = ()

    def draw(self, bar: Bar) -> Markup:
        """Draw a bar from zero, with its interval; empty where there is nothing to draw."""
        low, high = self._at(bar.lo), self._at(bar.hi)
        if not (low == low and high == high):
            low = high = self._at(bar.value)
        has_value = bar.value == bar.value
        if not has_value and not low < high:
            return Markup("")
        return Markup(
            fill(
                "sections/bar.html.j2",
                width=f"{WIDTH:g}",
                height=f"{HEIGHT:g}",
                shapes=self._shapes(bar) if has_value else [_shape("range", low, high)],
                interval=(_n(low), _n(high)) if has_value and high - low >= NARROW else None,
                strokes=[(_n(self._at(one.at)), one.dashed) for one in self.strokes],
                beyond=self._beyond(bar),
                look=style,
            )
        )

    def _shapes(self, bar: Bar) -> list[_Shape]:
        zero, value = self._at(0.0), self._at(bar.value)
        known = self._at(min(max(bar.known, 0.0), bar.value) if bar.value > 0 else bar.value)
        shapes = [_shape("known", *sorted((zero, known)))] if known != zero else []
        return [*shapes, *([_shape("estimated", known, value)] if value > known else [])]

    def _beyond(self, bar: Bar) -> tuple[str, str] | None:
        """The head of an arrow where a bar or its interval goes on past the axis."""
        ends = [end for end in (bar.value, bar.lo, bar.hi) if end == end]
        if max(ends) > self.most:
            return _n(WIDTH), _n(WIDTH - HEAD)
        return (_n(0.0), _n(HEAD)) if min(ends) < self.least else None

    def _at(self, value: float) -> float:
        """Where a value lies on the drawing, held to its ends."""
        share = (value - self.least) / (self.most - self.least)
        return WIDTH * min(max(share, 0.0), 1.0) if share == share else share


def _shape(kind: str, start: float, end: float) -> _Shape:
    return _Shape(kind, _n(start), _n(max(end - start, 0.6)))


def _n(value: float) -> str:
    return f"{value:.1f}"
