"""Masks look like real withholding: whom they choose, who goes with them, what they leave."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.suppression.cell_hierarchy import KEY, PERIOD, sum_parts
from lmi.suppression.evaluation import mask
from lmi.suppression.masks.cells import hide_in, periods, read_table
from lmi.suppression.masks.masking import withholding_rates
from lmi.suppression.masks.withholding import withhold
from tests.agency_files import read_zip

JOBS = ("annual_avg_emplvl", "annual_avg_estabs")
# Two counties that are the whole state, nothing withheld.
STATE = """
99000 5 10    40 400
99000 5 23    13 100
99000 5 62    27 300
99000 5 621   18 120
99000 5 622    5 100
99000 5 623    4  80
99001 5 10    20 210
99001 5 23     7  60
99001 5 62    13 150
99001 5 621    9  70
99001 5 622    3  60
99001 5 623    1  20
99002 5 10    20 190
99002 5 23     6  40
99002 5 62    14 150
99002 5 621    9  50
99002 5 622    2  40
99002 5 623    3  60
"""


def hidden(rows: pd.DataFrame, *names: str) -> set[str]:
    """What goes when `area industry` of these names is withheld."""
    wanted = pd.DataFrame(
        [(*name.split(), "5") for name in names], columns=["area_fips", "industry_code", "own_code"]
    )
    found = hide_in(read_table(rows), wanted)
    return set(found["area_fips"] + " " + found["industry_code"])


def test_a_withheld_cell_takes_its_smallest_sibling_along_and_a_county_each(cells):
    # 621 alone would follow from 62 − 622 − 623: 623 goes with it. Both would follow from the
    # state and the other county: they go there too.
    found = hidden(cells(STATE), "99001 621")
    assert found == {"99001 621", "99001 623", "99002 621", "99002 623"}


def test_a_withheld_total_takes_parts_along(cells):
    # The sector would be the sum of its parts: the largest goes, then the smallest beside it.
    # The only other sector goes too, or 62 would be 10 − 23.
    found = hidden(cells(STATE), "99001 62")
    assert {"99001 62", "99001 621", "99001 623", "99001 23"} <= found
    assert "99001 10" not in found  # the county's private total is always printed


def test_an_only_part_goes_with_its_total(cells):
    rows = cells(STATE + "99001 5 236 7 60\n99001 5 2361 7 60\n99001 5 23611 7 60")
    assert {"99001 236", "99001 2361", "99001 23611", "99001 23"} <= hidden(rows, "99001 2361")


def test_where_a_second_one_is_withheld_already_nothing_more_goes(cells):
    rows = cells(STATE.replace("99001 5 622    3  60", "99001 5 622    3  ."))
    rows = rows[rows["area_fips"] != "99002"]  # with a county absent the state tells nothing
    assert hidden(rows, "99001 621") == {"99001 621"}


def test_what_is_withheld_already_is_not_withheld_again(cells):
    rows = cells(STATE.replace("99001 5 622    3  60", "99001 5 622    3  ."))
    assert hidden(rows, "99001 622") == set()


def test_rates_are_those_of_the_same_level_and_size(cells):
    # Three establishments: one of two cells is withheld. Nine: none of two.
    rows = cells("""
        99001 5 621 3  .
        99001 5 622 3 20
        99001 5 623 9 50
        99001 5 624 9 60
        99999 5 621 3  .
    """)
    table = read_table(rows)
    assert withholding_rates(table).tolist() == [0.5, 0.5, 0, 0, 0]


@pytest.fixture
def many(cells) -> pd.DataFrame:
    """Forty counties of six industries; of three establishments half are withheld."""
    rng = np.random.default_rng(7)
    lines, industries = [], ["23", "31-33", "42", "52", "62", "72"]
    for county in range(1, 80, 2):
        estabs = rng.integers(1, 30, len(industries))
        jobs = estabs * rng.integers(2, 20, len(industries))
        lines.append(f"99{county:03d} 5 10 {estabs.sum()} {jobs.sum()}")
        for code, n, value in zip(industries, estabs, jobs, strict=True):
            lines.append(f"99{county:03d} 5 {code} {n} {'.' if rng.random() < 1 / n else value}")
    return cells("\n".join(lines))


def test_a_mask_blanks_its_cells_and_remembers_them(many):
    masked = mask(many, *JOBS, share=0.3, seed=4)
    truth = masked.cells.merge(many[[*KEY, "annual_avg_emplvl"]], on=KEY, validate="1:1")
    assert len(truth) > 5
    assert (truth["truth"] == truth["annual_avg_emplvl"]).all()
    left = masked.cells.merge(masked.rows, on=KEY, validate="1:1")
    assert left["annual_avg_emplvl"].isna().all()
    assert (left["estabs"] == left["annual_avg_estabs"]).all()
    n_before, n_after = many["annual_avg_emplvl"].isna(), masked.rows["annual_avg_emplvl"].isna()
    assert n_after.sum() - n_before.sum() == len(truth)


def test_the_same_seed_gives_the_same_mask_whatever_the_order_of_rows(many):
    first = mask(many, *JOBS, share=0.3, seed=4).cells
    again = mask(many.sample(frac=1, random_state=1), *JOBS, share=0.3, seed=4).cells
    pd.testing.assert_frame_equal(first, again)
    other = mask(many, *JOBS, share=0.3, seed=5).cells
    assert not first[KEY].equals(other[KEY])


def test_small_cells_are_chosen_more_often(many):
    chosen = pd.concat([mask(many, *JOBS, share=0.9, seed=s).cells for s in range(5)])
    chosen = chosen[chosen["chosen"]]
    disclosed = many[many["annual_avg_emplvl"].notna() & (many["agglvl_code"] == "74")]
    assert chosen["estabs"].median() < disclosed["annual_avg_estabs"].median()


def test_in_other_years_a_cell_is_hidden_where_cells_like_it_are(many):
    # The year after, everything is disclosed, the donors too: nothing is hidden. The year before
    # is like this one: the donors are withheld, and with them the masked cells.
    after = many.assign(year=2017, annual_avg_emplvl=many["annual_avg_emplvl"].fillna(1))
    masked = mask(many, *JOBS, history={"annual": after}, share=0.3, seed=4)
    assert masked.history["annual"]["annual_avg_emplvl"].notna().all()
    same = many.assign(year=2015)
    masked = mask(many, *JOBS, history={"annual": same}, share=0.3, seed=4)
    before = masked.history["annual"].merge(masked.cells[KEY], on=KEY, validate="1:1")
    assert before["annual_avg_emplvl"].isna().all()


def test_a_change_over_the_year_tells_nothing_of_a_withheld_year(cells):
    years = pd.concat([cells("99001 5 62 4 40").assign(year=year) for year in (2015, 2016, 2017)])
    years = years.assign(oty_annual_avg_emplvl_chg=[1.0, 2.0, 3.0], oty_disclosure_code=None)
    found = withhold(years, years.loc[years["year"] == 2016, [*KEY, *PERIOD]])
    assert found["annual_avg_emplvl"].isna().tolist() == [False, True, False]
    assert found["oty_annual_avg_emplvl_chg"].isna().tolist() == [False, True, True]
    assert found["oty_disclosure_code"].fillna("").tolist() == ["", "N", "N"]
    assert found["annual_avg_estabs"].tolist() == [4, 4, 4]


def test_periods_are_taken_one_by_one_and_those_without_the_state_left_out(cells):
    rows = pd.concat(
        [
            cells("99001 5 62 4 40"),
            cells("99001 5 62 4 41").assign(year=2015),
            cells("ZZ000 5 62 9 90").assign(year=2014),
        ]
    )
    assert [set(one["year"]) for one in periods(rows)] == [{2015}, {2016}]


@pytest.fixture(scope="module")
def colorado(shared_data: Path) -> pd.DataFrame:
    return read_zip(shared_data / "qcew" / "2016_qtrly_by_area_colorado.zip", quarters="1")


def test_no_masked_cell_of_a_real_state_follows_by_subtraction(colorado):
    masked = mask(colorado, "month3_emplvl", "qtrly_estabs", share=0.2, seed=1)
    table = read_table(masked.rows, "month3_emplvl", "qtrly_estabs")
    new = table.rows[KEY].merge(masked.cells.assign(new=True), on=KEY, how="left")["new"]
    at = np.flatnonzero(new.notna())
    assert len(at) > 1000
    n_hidden = sum_parts(table.tree.parent, table.withheld.astype(float))
    n_parts = sum_parts(table.tree.parent, np.ones(len(table.rows)))
    parent = table.tree.parent[at]
    # Alone in its family, but the family's total is withheld too: nothing to subtract from.
    alone = n_hidden[parent] == 1
    assert (table.withheld[parent[alone]]).all()
    # A withheld total has a withheld part.
    assert (n_hidden[at][n_parts[at] > 0] > 0).all()
    in_state = sum_parts(table.tree.state, table.withheld.astype(float))
    state = table.tree.state[at]
    assert (in_state[state[state >= 0]] > 1).all()


def test_masked_cells_of_a_real_state_are_small_as_withheld_ones_are(colorado):
    cells = mask(colorado, "month3_emplvl", "qtrly_estabs", share=0.2, seed=1).cells
    private = colorado[(colorado["own_code"] == "5") & colorado["agglvl_code"].str.match("7[4-8]")]
    shown = private[private["month3_emplvl"].notna()]
    assert cells["estabs"].median() < 0.75 * shown["qtrly_estabs"].median()
    # every level from sectors down is tested
    assert {"74", "75", "76", "77", "78"} <= set(cells["agglvl_code"])
