"""Jobs per establishment."""

from __future__ import annotations

import numpy as np

from lmi.measures.establishments import jobs_per_establishment


def test_average_size() -> None:
    assert jobs_per_establishment([120, 7], [10, 2]).tolist() == [12.0, 3.5]


def test_a_cell_that_rounds_to_no_establishment_has_no_average_size() -> None:
    assert np.isnan(jobs_per_establishment(5, 0))


def test_a_withheld_cell_has_no_average_size() -> None:
    assert np.array_equal(jobs_per_establishment([30, None], 4), [7.5, np.nan], equal_nan=True)
