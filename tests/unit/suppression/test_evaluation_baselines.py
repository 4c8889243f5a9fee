"""The simpler ways to fill, each number checked by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.suppression.cell_hierarchy import KEY
from lmi.suppression.evaluation import (
    equal_split,
    establishment_share,
    flip_cells,
    score,
    top_down_raking,
    zero_fill,
)
from tests.agency_files import read_zip

JOBS = ("annual_avg_emplvl", "annual_avg_estabs")
# A county with 100 private jobs, 40 of them in agriculture. Manufacturing is withheld with both
# its industries, health care with one of its two: 60 jobs are left for 6 + 3 establishments.
COUNTY = """
99001 5 10    13 100
99001 5 11     4  40
99001 5 31-33  6   .
99001 5 325    4   .
99001 5 336    2   .
99001 5 62     3   .
99001 5 621    2  15
99001 5 622    1   .
"""


def of(filled, industry):
    return filled.set_index("industry_code").loc[industry, "estimate"]


def test_zero_fill_takes_the_files_at_their_word(cells):
    filled = zero_fill(cells(COUNTY), *JOBS)
    assert of(filled, ["10", "11", "31-33", "622"]).tolist() == [100, 40, 0, 0]


def test_equal_split_gives_every_withheld_sector_the_same(cells):
    filled = equal_split(cells(COUNTY), *JOBS)
    assert of(filled, ["31-33", "62"]).tolist() == [30, 30]


def test_equal_split_below_a_withheld_total_starts_from_the_nearest_published_one(cells):
    # Of the county's 100 jobs 40 are agriculture's and 15 those of 621, published at this level
    # or above: three withheld 3-digit industries share 45.
    filled = equal_split(cells(COUNTY), *JOBS)
    assert of(filled, ["325", "336", "622"]).tolist() == [15, 15, 15]


def test_establishment_share(cells):
    filled = establishment_share(cells(COUNTY), *JOBS)
    assert of(filled, ["31-33", "62"]).tolist() == [40, 20]  # 60 jobs at 6 : 3
    # 45 jobs at 4 : 2 : 1
    assert of(filled, ["325", "336", "622"]).tolist() == pytest.approx([180 / 7, 90 / 7, 45 / 7])


@pytest.mark.parametrize(
    "fill", [zero_fill, equal_split, establishment_share, top_down_raking], ids=lambda f: f.__name__
)
def test_published_cells_and_true_zeros_stay(cells, fill):
    rows = cells(COUNTY + "99001 5 55 1 0")
    filled = fill(rows, *JOBS)
    published = rows["annual_avg_emplvl"].notna()
    assert filled.index.equals(rows.index)
    assert (filled["estimate"] == rows["annual_avg_emplvl"])[published].all()
    assert filled["estimate"].ge(0).all()


@pytest.mark.parametrize("fill", [equal_split, establishment_share, top_down_raking])
def test_with_nothing_published_above_nothing_is_made_up_of_totals(cells, fill):
    filled = fill(cells("99001 5 10 4 .\n99001 5 62 4 ."), *JOBS)
    assert of(filled, ["10", "62"]).tolist() == [0, 0]


def test_top_down_raking_meets_county_and_state(cells):
    # Establishments × the state's ten jobs are 40 80 / 60 120: a product of county and sector, so
    # the fit is the product of the totals, 150·100/300 and 150·200/300.
    filled = top_down_raking(
        cells("""
        99000 5 10 30 300
        99000 5 23 10 100
        99000 5 62 20 200
        99001 5 10 12 150
        99001 5 23  4   .
        99001 5 62  8   .
        99002 5 10 18 150
        99002 5 23  6   .
        99002 5 62 12   .
        """),
        *JOBS,
    )
    assert filled["estimate"].tolist()[3:] == pytest.approx([150, 50, 100, 150, 50, 100])


def test_top_down_raking_goes_from_sectors_to_what_they_hold(cells):
    # Sectors first: 60 jobs to 23 and 62 at the state's 10 and 20 jobs an establishment: 20 and
    # 40. Then the hospitals get what the 40 leave after the 15 of 621, whatever their size.
    filled = top_down_raking(
        cells("""
        99000 5 23 10 100
        99000 5 62 10 200
        99000 5 622 1  10
        99001 5 10 12 100
        99001 5 11  4  40
        99001 5 23  4   .
        99001 5 62  4   .
        99001 5 621 3  15
        99001 5 622 1   .
        """),
        *JOBS,
    )
    at = filled[filled["area_fips"] == "99001"]
    assert of(at, ["23", "62", "622"]).tolist() == pytest.approx([20, 40, 25])


def test_on_real_flip_cells_each_is_about_as_good_as_it_is_known_to_be(shared_data: Path):
    """Colorado 2016 Q1: independent prototypes reached, sector to six digits,
    .79 .77 .92 .66 .52 (equal), .46 .45 .68 .53 .30 (establishments), .34 .26 .29 .32 .31 (raked).

    They differ in which totals they start from, so a quarter either way is allowed; the order
    between the ways is not in doubt.
    """
    rows = read_zip(shared_data / "qcew" / "2016_qtrly_by_area_colorado.zip", quarters="12")
    first, second = rows[rows["qtr"] == "1"], rows[rows["qtr"] == "2"]
    cells = flip_cells(first, second)
    assert 800 < len(cells) < 950
    error = {}
    for fill in (zero_fill, equal_split, establishment_share, top_down_raking):
        filled = fill(first, "month3_emplvl", "qtrly_estabs")
        found = cells.merge(filled[[*KEY, "estimate"]], on=KEY, validate="1:1")
        error[fill.__name__] = score(found).set_index("level").loc["all", "wape"]
    assert error["zero_fill"] == 1
    assert error["equal_split"] == pytest.approx(0.73, abs=0.25)
    assert error["establishment_share"] == pytest.approx(0.48, abs=0.25)
    assert error["top_down_raking"] == pytest.approx(0.30, abs=0.10)
    assert list(error.values()) == sorted(error.values(), reverse=True)
