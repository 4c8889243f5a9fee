"""What criteria say of alternatives, with every draw of it: values ready to be weighed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.config.criterion import MIDDLE
from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats, middle, ratio
from lmi.measures.lookup import require, unique_on
from lmi.schema.measures import MEASURES
from lmi.scoring.value import value_function

if TYPE_CHECKING:
    from lmi.config import Criterion

__all__ = ["Evidence", "gather_evidence"]

SPAN = "growth_years"


@dataclass(frozen=True, eq=False)
class Evidence:
    """Values of n alternatives by m criteria.

    Parameters
    ----------
    rows : DataFrame, n rows
        The columns that name an alternative.
    criteria : tuple of Criterion, length m
    raw, raw_lo, raw_hi : ndarray, shape (n, m), in each measure's unit
        What was measured and its interval; missing where there is no data.
    value : ndarray, shape (n, m), 0 to 1
        Missing where there is no data, and no other criterion that stands in.
    drawn : ndarray, shape (n, m, d), 0 to 1
        The value of every draw of the measures; draw j of one goes with draw j of the others.
    stands_in : ndarray of bool, shape (n, m)
        Where the value is that of another criterion, because this one has no data.
    is_ahead : ndarray of bool, shape (n, m)
        Where it is of what is expected, which nobody can have counted.
    """

    rows: pd.DataFrame
    criteria: tuple[Criterion, ...]
    raw: FloatArray
    raw_lo: FloatArray
    raw_hi: FloatArray
    value: FloatArray
    drawn: FloatArray
    stands_in: npt.NDArray[np.bool_]
    is_ahead: npt.NDArray[np.bool_]

    @property
    def counted(self) -> FloatArray:
        """`drawn` with what is expected held at its value: what withheld numbers leave open."""
        return np.where(self.is_ahead[:, :, None], self.value[:, :, None], self.drawn)

    @property
    def weights(self) -> FloatArray:
        """The criteria's own weights, as they are."""
        return np.array([c.weight for c in self.criteria])

    def take(self, wanted: npt.ArrayLike) -> Evidence:
        """Return some alternatives, by place or by a mask."""
        asked = np.asarray(wanted)
        at = np.flatnonzero(asked) if asked.dtype == bool else asked
        return replace(
            self,
            rows=self.rows.iloc[at].reset_index(drop=True),
            **{name: getattr(self, name)[at] for name in
               ("raw", "raw_lo", "raw_hi", "value", "drawn", "stands_in", "is_ahead")},
        )  # fmt: skip


def gather_evidence(
    table: pd.DataFrame,
    criteria: Sequence[Criterion],
    draws: Mapping[str, FloatArray] | None = None,
    *,
    keys: Sequence[str] = ("region", "candidate"),
) -> Evidence:
    """Read the measures that criteria ask for and turn them into values.

    Parameters
    ----------
    table : DataFrame, n rows
        One row an alternative with `keys` and the criteria's measures, with ``_lo`` and ``_hi``
        where they have an interval; a measure without a column is missing for all. A criterion
        that asks for a span of years (``min_years``) reads it in ``growth_years``.
    criteria : sequence of Criterion
        Key, measure, anchors (``value``), scale, weight and stand-in (``otherwise``) of each. A
        measure that has a range and no number is scored at the middle of the range.
    draws : mapping of str to ndarray, shape (n, d) or (n, 1), optional
        By measure; one that is not there is the same in every draw. A draw that leaves a measure
        undefined is missing there.
    keys : sequence of str
        Columns that name an alternative.

    Returns
    -------
    Evidence

    Raises
    ------
    MeasureError
        A key is missing or repeats, or there is no criterion.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config import Criterion
    >>> from lmi.scoring.evidence import gather_evidence
    >>> line = ((0, 0), (2, 1))
    >>> pay = Criterion(key="pay", name="p", question="?", measure="pay_ratio", value=line)
    >>> table = pd.DataFrame({"candidate": ["health", "energy"], "pay_ratio": [1.0, None]})
    >>> gather_evidence(table, [pay], keys=["candidate"]).value.tolist()
    [[0.5], [nan]]
    """
    require(table, list(keys), "table of candidates")
    unique_on(table, list(keys), "table of candidates")
    if not criteria:
        raise MeasureError("A score was asked for without criteria; name one or more.")
    given = draws or {}
    raw, lo, hi = (_columns(table, criteria, end) for end in ("", "_lo", "_hi"))
    n_draws = max(
        (x.shape[1] for c in criteria if (x := given.get(c.measure)) is not None), default=1
    )
    value = np.full(raw.shape, np.nan)
    drawn = np.full((*raw.shape, n_draws), np.nan)
    for j, criterion in enumerate(criteria):
        known = middle(raw[:, j], lo[:, j], hi[:, j])
        scored = np.where(_is_trend(table, criterion), known, np.nan)
        value[:, j] = value_function(scored, criterion.value, criterion.scale)
        if criterion.surely:
            ends = (
                np.stack([lo[:, j], hi[:, j]]) if f"{criterion.measure}_lo" in table else raw[:, j]
            )
            valued = value_function(ends, criterion.value, criterion.scale)
            value[:, j] = _surely(value[:, j], np.atleast_2d(valued))
        of_draws = given.get(criterion.measure)
        if of_draws is None or criterion.surely:
            drawn[:, j] = value[:, j, None]
        else:
            valued = value_function(of_draws, criterion.value, criterion.scale)
            drawn[:, j] = np.where(np.isnan(value[:, j, None]), np.nan, valued)
        if _is_ahead(criterion):
            value[:, j] = _mean(drawn[:, j])
    stands_in = _stand_in(criteria, value, drawn)
    lo, hi = np.where(np.isnan(lo), raw, lo), np.where(np.isnan(hi), raw, hi)
    rows = table[list(keys)].reset_index(drop=True)
    is_ahead = np.array([_is_ahead(criterion) for criterion in criteria]) & ~stands_in
    return Evidence(rows, tuple(criteria), raw, lo, hi, value, drawn, stands_in, is_ahead)


def _is_ahead(criterion: Criterion) -> bool:
    measure = MEASURES.get(criterion.measure)
    return measure is not None and measure.number == "outlook"


def _mean(drawn: FloatArray) -> FloatArray:
    """Return the mean over draws: what may come either way counts near the middle."""
    known = ~np.isnan(drawn)
    total = np.where(known, drawn, 0.0).sum(axis=1)
    return ratio(total, known.sum(axis=1))


def _columns(table: pd.DataFrame, criteria: Sequence[Criterion], end: str) -> FloatArray:
    none = np.full(len(table), np.nan)
    found = [table.get(f"{c.measure}{end}", none) for c in criteria]
    return np.column_stack([floats(x)[0] for x in found])


def _surely(value: FloatArray, ends: FloatArray) -> FloatArray:
    """Return what a whole interval says: the value of the end nearer to the middle.

    Where an end is not known nothing is sure, which is the middle.
    """
    low, high = np.nan_to_num(ends.min(axis=0)), np.nan_to_num(ends.max(axis=0), nan=1.0)
    return np.where(np.isnan(value), np.nan, np.clip(MIDDLE, low, high))


def _is_trend(table: pd.DataFrame, criterion: Criterion) -> npt.NDArray[np.bool_]:
    """Tell where growth spans the years that a criterion asks for."""
    (years,) = floats(table.get(SPAN, pd.Series(0, index=table.index)))
    return years >= criterion.min_years


def _stand_in(criteria: Sequence[Criterion], value: Any, drawn: Any) -> npt.NDArray[np.bool_]:
    """Fill what is missing from the criterion that stands in; tell where."""
    at = {c.key: j for j, c in enumerate(criteria)}
    filled = np.zeros(value.shape, dtype=bool)
    before, drawn_before = value.copy(), drawn.copy()
    for j, criterion in enumerate(criteria):
        other = at.get(criterion.otherwise) if criterion.otherwise else None
        if other is None:
            continue
        filled[:, j] = np.isnan(before[:, j]) & ~np.isnan(before[:, other])
        value[filled[:, j], j] = before[filled[:, j], other]
        drawn[filled[:, j], j] = drawn_before[filled[:, j], other]
    return filled
