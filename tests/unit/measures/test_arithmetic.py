"""Floats, ratios and the agency's rounding."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.measures.arithmetic import floats, ratio, round_half_up


@pytest.mark.parametrize(
    "column",
    [
        pd.Series([1, None], dtype="Int64"),
        pd.Series([1.0, np.nan]),
        pd.Series([1, None], dtype="object"),
        [1, None],
    ],
)
def test_every_kind_of_missing_is_nan(column: object) -> None:
    (values,) = floats(column)
    assert values[0] == 1
    assert np.isnan(values[1])


def test_series_of_different_tables_are_not_paired_by_position() -> None:
    jobs = pd.Series([10, 20], index=["a", "b"])
    total = pd.Series([100, 200], index=["b", "a"])
    with pytest.raises(MeasureError, match="different indexes"):
        ratio(jobs, total)


def test_series_of_one_table_are() -> None:
    table = pd.DataFrame({"jobs": [10, 20], "total": [100, 100]}, index=[7, 3])
    assert ratio(table["jobs"], table["total"]).tolist() == [0.1, 0.2]


def test_nothing_over_zero_is_infinite() -> None:
    assert np.isnan(ratio([5, 0, -5], 0)).all()


def test_a_missing_number_makes_the_ratio_missing() -> None:
    assert np.isnan(ratio([np.nan, 1], [1, np.nan])).all()


@pytest.mark.parametrize(
    ("exact", "printed"),
    [(0.5, 1), (1.5, 2), (2.5, 3), (2.4999, 2), (-2.5, -2), (0.49999999999999994, 0), (7, 7)],
)
def test_halves_are_rounded_up(exact: float, printed: float) -> None:
    assert round_half_up(exact) == printed


def test_rounding_keeps_missing() -> None:
    assert np.isnan(round_half_up([np.nan])).all()
