"""Bars in the cells of a table of candidates: one axis a column, so that the rows compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from lmi.report.display import Bar, BarScale, Stroke
from lmi.words import Row, is_known, records
from lmi.words.how_sure import JOBS, as_range, has_range, is_measured, is_vague, mostly_estimated

__all__ = ["BEYOND_NOTE", "Drawing", "bars_of"]

BEYOND = 1.25
"""A range ends in an arrow at so many times what is known to be the most."""
BEYOND_NOTE = (
    "Bars: solid what is published, pale what is estimated, with a line where the number lies nine "
    "times in ten; an arrow goes on past the axis."
)

Drawing = Callable[[Row], Markup]


def bars_of(
    table: pd.DataFrame,
    measure: str,
    *,
    strokes: Sequence[Stroke] = (),
    estimated_by: str = "",
    most: float = float("inf"),
) -> Drawing:
    """Make what draws a column's bars, all by one axis.

    Parameters
    ----------
    table : DataFrame, one row a candidate
        All rows that are to be compared.
    strokes : sequence of Stroke, optional
        Lines through all bars; the axis reaches them.
    estimated_by : str, optional
        Column of the share that is estimated; of jobs the published part is drawn as it is, of
        another measure a bar is pale where more than half is estimated.
    most : float, optional
        No axis goes further.

    Examples
    --------
    >>> table = pd.DataFrame({"lq": [2.0], "lq_lo": [1.5], "lq_hi": [2.5]})
    >>> "<svg" in bars_of(table, "lq")({"lq": 2.0, "lq_lo": 1.5, "lq_hi": 2.5})
    True
    """
    rows = [row for row in records(table) if is_measured(row, measure)]
    scale = BarScale(*_axis(rows, measure, [one.at for one in strokes], most), strokes)

    def draw(row: Row) -> Markup:
        if not is_measured(row, measure):
            return Markup("")
        return scale.draw(_bar(row, measure, estimated_by))

    return draw


def _bar(row: Row, measure: str, estimated_by: str) -> Bar:
    value: Any = row.get(measure)
    told = float(value) if is_known(value) and not as_range(row, measure) else float("nan")
    low, high = _ends(row, measure) if has_range(row, measure) else (told, told)
    if measure == JOBS:
        known: Any = row.get(f"{JOBS}_published")
        return Bar(told, low, high, float(known) if is_known(known) else 0.0)
    is_pale = bool(estimated_by) and mostly_estimated(row.get(estimated_by))
    return Bar(told, low, high, 0.0 if is_pale else float("inf"))


def _ends(row: Row, measure: str) -> tuple[float, float]:
    low, high = (float(row[f"{measure}_{end}"]) for end in ("lo", "hi"))
    return low, high


def _numbers(row: Row, measure: str) -> list[float]:
    own = [float(row[measure])] if is_known(row.get(measure)) else []
    return [*own, *_ends(row, measure)] if has_range(row, measure) else own


def _axis(
    rows: Sequence[Row], measure: str, lines: Sequence[float], most: float
) -> tuple[float, float]:
    """Reach from zero to what is known; what is too uncertain to place stretches it but a little.

    Nobody's range makes the differences of the others unreadable.
    """
    every = [(is_vague(row, measure), _numbers(row, measure)) for row in rows]
    known = [end for is_open, own in every for end in own if not is_open]
    told = [end for _, own in every for end in own]
    held = known or told
    low, high = min([0.0, *held, *lines]), max([0.0, *held, *lines])
    low, high = max(min([low, *told]), BEYOND * low), min(max([high, *told]), BEYOND * high, most)
    return (low, high) if low < high else (0.0, 1.0)
