"""The nation's shares out of the quotients that its areas print."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.analysis.quoted_nation import quoted_nation
from lmi.store import Store
from tests.builders import FAMILY, qcew, take_in, write
from tests.printed_quotients import (
    ALL_JOBS,
    NO_CELLS,
    PrintedRows,
    added_up,
    infer,
    outside,
    printed,
    shares_of,
)

# Private construction, software and care, and a school of the county's.
NATION = {
    ("5", "236115"): 600_000, ("5", "541511"): 900_000, ("5", "541512"): 1_000_000,
    ("5", "621111"): 2_500_000, ("5", "722511"): 4_000_000, ("3", "611110"): 1_000_000,
}  # fmt: skip
ONE = {("5", "236115"): 9_000, ("5", "541511"): 1_500, ("5", "541512"): 400,
       ("5", "621111"): 7_100, ("5", "722511"): 11_000, ("3", "611110"): 3_000}  # fmt: skip
OTHER = {("5", "236115"): 50, ("5", "541511"): 7_100, ("5", "541512"): 9_300,
         ("5", "621111"): 1_100, ("5", "722511"): 16_000, ("3", "611110"): 2_000}  # fmt: skip
MONTHS = tuple(f"month{n}_emplvl" for n in (1, 2, 3))
CARE = ("5", "62")


def width(rows: PrintedRows) -> pd.Series:
    cells = shares_of(infer(rows))
    return cells["hi"] - cells["lo"]


def quarters(areas: dict[str, dict], nation: dict, numbers: str = "1234") -> pd.DataFrame:
    return pd.concat([printed(areas, nation, qtr=q, names=MONTHS) for q in numbers])


def test_one_area_is_enough_and_every_interval_holds_the_truth():
    found = infer(PrintedRows(printed({"08001": ONE}, NATION)))
    assert outside(found, NATION) == []
    assert found is not None and found.areas == ("08001",) and found.is_whole
    care = shares_of(found).loc[CARE]
    assert care["lo"] < 0.25 < care["hi"] < 1.02 * care["lo"]


def test_more_areas_never_widen_and_the_best_pinned_decides():
    both = PrintedRows(printed({"08001": ONE, "39049": OTHER}, NATION))
    alone = [PrintedRows(printed({area: jobs}, NATION)) for area, jobs in
             (("08001", ONE), ("39049", OTHER))]  # fmt: skip
    assert outside(infer(both), NATION) == []
    assert (width(both) <= np.minimum(width(alone[0]), width(alone[1])) + 1e-12).all()


def test_what_nobody_prints_is_what_its_siblings_leave():
    """Software is two industries; one of them is withheld in the only area."""
    rows = printed({"08001": ONE}, NATION, withheld={("08001", "5", "541512")})
    found = infer(PrintedRows(rows))
    assert outside(found, NATION) == []
    cells = shares_of(found)
    hidden, whole, known = (cells.loc[("5", c)] for c in ("541512", "54151", "541511"))
    assert hidden["hi"] <= whole["hi"] - known["lo"] + 1e-12
    assert hidden["hi"] < 0.12 < 0.18 < whole["lo"]


def test_several_that_nobody_prints_share_what_is_left_and_all_adds_up():
    hidden = {("08001", "5", code) for code in ("541511", "541512")}
    cells = shares_of(infer(PrintedRows(printed({"08001": ONE}, NATION, withheld=hidden))))
    parts = cells.loc[[("5", c) for c in ("541511", "541512", "541513", "541519")], "share"]
    assert parts.to_numpy() == pytest.approx(cells.loc[("5", "54151"), "share"] / 4)
    owners = cells.loc[[(own, "10") for own in "1235"], "share"]
    assert owners.sum() == pytest.approx(1) == cells.loc[ALL_JOBS, "share"]


def test_a_year_follows_from_its_twelve_months():
    found = infer(PrintedRows(quarterly=quarters({"08001": ONE}, NATION)))
    assert outside(found, NATION) == []
    assert shares_of(found).loc[CARE, "lo"] > 0.24


def test_three_quarters_make_no_year():
    assert infer(PrintedRows(quarterly=quarters({"08001": ONE}, NATION, "123"))) is None


def test_an_area_with_a_year_is_not_asked_for_its_quarters():
    other = {**NATION, ("5", "621111"): 5_000_000}
    rows = PrintedRows(printed({"08001": ONE}, NATION), quarters({"08001": ONE}, other))
    found = infer(rows)
    assert found is not None and found.contradictions == ()
    assert outside(found, NATION) == []


def test_a_quotient_that_does_not_fit_the_others_is_named_and_most_decide():
    rows = printed({"08001": ONE, "08003": ONE, "39049": OTHER}, NATION)
    odd = (rows["area_fips"] == "08003") & (rows["industry_code"] == "62")
    rows.loc[odd, "lq_annual_avg_emplvl"] = 2.5
    found = infer(PrintedRows(rows))
    assert found is not None and found.contradictions == ("08003/5/62",)
    assert outside(found, NATION) == []


def test_areas_of_another_nation_and_other_years_are_not_asked():
    rows = pd.concat([
        printed({"99001": ONE}, NATION), printed({"08001": ONE}, NATION, year=2021),
    ])  # fmt: skip
    assert infer(PrintedRows(rows)) is None


def test_the_nations_own_rows_are_used_where_they_are():
    cells = cells_of({"US000": added_up(NATION), "08001": added_up(ONE)})
    rows = PrintedRows(printed({"08001": ONE}, NATION))
    assert infer(rows, cells=cells) is None


def test_an_industry_that_the_nations_rows_lack_is_inferred_and_no_other():
    whole = added_up(NATION)
    lacking = {cell: n for cell, n in whole.items() if not cell[1].startswith("5415")}
    cells = cells_of({"US000": lacking, "08001": added_up(ONE)})
    found = infer(PrintedRows(printed({"08001": ONE}, NATION)), cells=cells)
    assert found is not None and not found.is_whole
    assert outside(found, NATION) == []
    care, software = (shares_of(found).loc[("5", code)] for code in ("621", "5415"))
    assert (care["lo"], care["hi"]) == pytest.approx((0.25, 0.25)) and not care["is_lacking"]
    assert 0.18 < software["lo"] < 0.19 == pytest.approx(software["hi"], rel=0.01)
    assert software["is_lacking"]
    wanted = [("it", "5", "5415"), ("it", "5", "23"), ("care", "5", "62")]
    table = pd.DataFrame(wanted, columns=["candidate", "own_code", "industry_code"])
    shares = found.of_candidates(table, 200)
    assert shares.table["candidate"].tolist() == ["it"], "care is in the nation's own rows"
    assert shares.lo[0] < 0.25 == pytest.approx(shares.hi[0], rel=0.01)


def test_all_ownerships_together_are_the_sum_of_each():
    found = infer(PrintedRows(printed({"08001": ONE}, NATION)))
    assert found is not None
    shares = found.of_industries(200)
    at = {key: row for row, key in enumerate(shares.table.itertuples(index=False, name=None))}
    assert shares.value[at[ALL_JOBS]] == shares.lo[at[ALL_JOBS]] == shares.hi[at[ALL_JOBS]] == 1
    assert shares.lo[at["0", "61"]] < 0.1 < shares.hi[at["0", "61"]]
    assert ("5", "23") in at and ("3", "61") not in at


def test_rows_without_quotients_tell_nothing(tmp_path):
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "trimmed.csv", qcew(FAMILY, layout="trimmed")))
    assert quoted_nation(store, "US000", 2016, NO_CELLS) is None


def cells_of(areas: dict[str, dict]) -> pd.DataFrame:
    """Cells as they are when estimated, all published."""
    rows = [(area, *cell, n) for area, jobs in areas.items() for cell, n in jobs.items()]
    names = ["area_fips", "own_code", "industry_code", "annual_avg_emplvl"]
    table = pd.DataFrame(rows, columns=names)
    return table.assign(**{f"annual_avg_emplvl_{end}": table["annual_avg_emplvl"]
                           for end in ("published", "min", "max")})  # fmt: skip
