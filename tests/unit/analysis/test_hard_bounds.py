"""Hard bounds of a region's sums: what one cell of a family gains another loses."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.analysis import hard_bounds
from lmi.analysis.absent import ABSENT
from lmi.analysis.hard_bounds import HardBounds
from lmi.suppression import limits

# 100 private jobs, 40 of them published; the other 60 are in two sectors.
CELLS = pd.DataFrame(
    [("5", "10", "71", 12, 100.0), ("5", "11", "74", 4, 40.0),
     ("5", "23", "74", 4, np.nan), ("5", "62", "74", 4, np.nan)],
    columns=["own_code", "industry_code", "agglvl_code", "annual_avg_estabs",
             "annual_avg_emplvl_published"],
).assign(area_fips="99001", source="published")  # fmt: skip


def test_two_sectors_that_share_a_remainder_are_known_together() -> None:
    groups, rows = np.array([0, 1, 1]), np.array([2, 2, 3])
    least, most = HardBounds(CELLS).of(groups, rows, 2)
    # Rounding of the two published averages: half a job each.
    assert (least[0], most[0]) == (0, 61)
    assert (least[1], most[1]) == (59, 61)


def test_a_cell_that_the_store_lacks_adds_what_it_may_hold_itself() -> None:
    absent = pd.DataFrame({
        "area_fips": ["99003"], "own_code": ["5"], "industry_code": ["62"], "agglvl_code": ["74"],
        "source": [ABSENT], "annual_avg_emplvl_min": [3.0], "annual_avg_emplvl_max": [9.0],
    })  # fmt: skip
    cells = pd.concat([CELLS, absent], ignore_index=True)
    least, most = HardBounds(cells).of(np.array([0, 0, 0]), np.array([2, 3, 4]), 1)
    assert (least[0], most[0]) == (62, 70)


GROUPS = (np.array([0, 1, 1]), np.array([2, 2, 3]), 2)


def test_what_was_found_is_kept_for_the_same_cells_and_sums(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = HardBounds(CELLS, tmp_path).of(*GROUPS)
    monkeypatch.setattr(limits, "SumLimits", None)
    again = HardBounds(CELLS.copy(), tmp_path).of(*GROUPS)
    np.testing.assert_array_equal(found, again)
    assert len(list(tmp_path.iterdir())) == 1


def test_a_sum_is_sought_once_in_whatever_company_and_order(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bounds, sought = HardBounds(CELLS, tmp_path), []
    of = limits.SumLimits.of
    monkeypatch.setattr(
        limits.SumLimits,
        "of",
        lambda self, sums: sought.append(sums.shape[0]) or of(self, sums),
    )
    first = bounds.of(*GROUPS)
    other = bounds.of(np.array([2, 2, 0, 1]), np.array([3, 2, 2, 3]), 3)
    np.testing.assert_array_equal(np.array(other)[:, [0, 2]], first)
    assert sought == [2, 1], "only row 3 by itself is new"
    # another process, too
    third = HardBounds(CELLS, tmp_path).of(np.array([0]), np.array([3]), 1)
    np.testing.assert_array_equal(np.array(third)[:, 0], np.array(other)[:, 1])
    assert sought == [2, 1]


def test_sums_of_nothing_are_none() -> None:
    least, most = HardBounds(CELLS).of(np.array([1]), np.array([1]), 3)
    assert (least.tolist(), most.tolist()) == ([0, 40, 0], [0, 40, 0])
    assert [len(ends) for ends in HardBounds(CELLS).of(*np.zeros((2, 0), dtype=int), 0)] == [0, 0]


@pytest.mark.parametrize("spoil", [b"", b"PK not a file", None])
def test_a_damaged_file_is_made_anew(tmp_path: Path, spoil: bytes | None) -> None:
    found = HardBounds(CELLS, tmp_path).of(*GROUPS)
    [path] = tmp_path.iterdir()
    path.write_bytes(path.read_bytes()[:-40] if spoil is None else spoil)
    np.testing.assert_array_equal(HardBounds(CELLS, tmp_path).of(*GROUPS), found)


@pytest.mark.parametrize(
    "cells",
    [
        CELLS.replace({"annual_avg_emplvl_published": {40.0: 41.0}}),
        CELLS.replace({"annual_avg_estabs": {12: 13}}),
        CELLS.assign(industry_code=["10", "11", "23", "81"]),
    ],
)
def test_other_cells_are_looked_at_anew(tmp_path: Path, cells: pd.DataFrame) -> None:
    HardBounds(CELLS, tmp_path).of(*GROUPS)
    found = HardBounds(cells, tmp_path).of(*GROUPS)
    np.testing.assert_array_equal(found, HardBounds(cells).of(*GROUPS))
    assert len(list(tmp_path.iterdir())) == 2


def test_more_sums_than_are_kept_are_found_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hard_bounds, "MOST_KEPT", 1)
    np.testing.assert_array_equal(
        HardBounds(CELLS, tmp_path).of(*GROUPS), HardBounds(CELLS).of(*GROUPS)
    )
    assert not list(tmp_path.iterdir())
