"""How many people put an item where, and how far they lie apart."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from lmi.errors import MeasureError
from lmi.scoring.place_spread import place_spread


def test_every_ranking_is_counted_once_and_the_distance_is_that_of_all_pairs() -> None:
    ranks = np.array([[1, 2, 3], [2, 1, 3], [3, 1, 1], [1, 2, np.nan]])
    found = place_spread(ranks)
    assert found["people"].tolist() == [(2, 1, 1), (2, 2, 0), (1, 0, 2)]
    for item, apart in enumerate(found["apart"]):
        column = [r for r in ranks[:, item] if not np.isnan(r)]
        assert apart == pytest.approx(np.mean([abs(a - b) for a, b in combinations(column, 2)]))


def test_one_person_lies_apart_from_nobody() -> None:
    assert np.isnan(place_spread([[1, 2]])["apart"]).all()


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(MeasureError, match="one row a person"):
        place_spread([1, 2, 3])
