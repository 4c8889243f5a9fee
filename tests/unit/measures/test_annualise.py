"""Quarters become years."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.measures.annualise import annualise

HEAD = (
    "area_fips own_code industry_code agglvl_code size_code year qtr disclosure_code "
    "qtrly_estabs month1_emplvl month2_emplvl month3_emplvl total_qtrly_wages"
)


@pytest.fixture
def quarters(read):
    """Quarterly rows of one county, written without the columns that are always the same."""

    def build(text: str, area: str = "99001", year: int = 2020) -> pd.DataFrame:
        rows = read("industry_code qtr disclosure_code qtrly_estabs m1 m2 m3 wages\n" + text)
        months = {f"m{i}": f"month{i}_emplvl" for i in (1, 2, 3)}
        rows = rows.rename(columns=months | {"wages": "total_qtrly_wages"})
        rows = rows.assign(area_fips=area, own_code="5", agglvl_code="74", size_code="0", year=year)
        return rows[HEAD.split()]

    return build


WHOLE = """
    62  1  .  4  10  11  12  100000
    62  2  .  4  10  11  12  100000
    62  3  .  5  10  11  12  150000
    62  4  .  5  10  11  12  222000
"""


def test_four_quarters_make_a_year_as_the_agency_makes_it(quarters) -> None:
    year = annualise(quarters(WHOLE)).iloc[0]
    assert (year["year"], year["qtr"]) == (2020, "A")
    assert pd.isna(year["disclosure_code"])
    assert year["annual_avg_estabs"] == 5  # 4.5, a half, goes up
    assert year["annual_avg_emplvl"] == 11
    assert year["total_annual_wages"] == 572_000
    assert year["avg_annual_pay"] == 52_000
    assert year["annual_avg_wkly_wage"] == 1_000


def test_what_is_to_be_added_up_is_not_rounded(quarters) -> None:
    # eight cells of 4.5 establishments
    cells = [WHOLE.replace("62 ", f"621{i} ") for i in range(8)]
    year = annualise(quarters("\n".join(cells)), rounded=False)
    assert year["annual_avg_estabs"].sum() == 36  # rounded first, 40
    assert annualise(quarters("\n".join(cells)))["annual_avg_estabs"].sum() == 40


def test_pay_divides_by_the_unrounded_mean_of_the_months(quarters) -> None:
    # 18 job-months are 1.5 jobs, which the agency prints as 2; 36,000 over 1.5 is 24,000.
    year = annualise(
        quarters("""
            62  1  .  1  1  1  1  6000
            62  2  .  1  1  1  1  6000
            62  3  .  1  2  2  2  12000
            62  4  .  1  2  2  2  12000
        """)
    ).iloc[0]
    assert year["annual_avg_emplvl"] == 2
    assert year["avg_annual_pay"] == 24_000


def test_a_quarter_withheld_withholds_the_year_but_not_the_establishments(quarters) -> None:
    year = annualise(
        quarters("""
            62  1  .  4  10  11  12  100000
            62  2  N  4  .   .   .   .
            62  3  .  4  10  11  12  150000
            62  4  .  4  10  11  12  222000
        """)
    ).iloc[0]
    assert year["disclosure_code"] == "N"
    assert year["annual_avg_estabs"] == 4
    withheld = ["annual_avg_emplvl", "total_annual_wages", "avg_annual_pay", "annual_avg_wkly_wage"]
    assert year[withheld].isna().all()


def test_a_withheld_quarter_that_still_holds_the_agencys_zeros_is_withheld(quarters) -> None:
    raw = quarters(WHOLE)
    raw.loc[1, ["disclosure_code", "month1_emplvl", "month2_emplvl", "month3_emplvl"]] = [
        "N",
        0,
        0,
        0,
    ]
    assert annualise(raw)["annual_avg_emplvl"].isna().all()


def test_a_cell_absent_in_some_quarters_has_no_jobs_in_them(quarters) -> None:
    rows = quarters(
        WHOLE
        + """
        23  2  .  2  12  12  12  26000
        23  3  .  2  12  12  12  26000
    """
    )
    year = annualise(rows).set_index("industry_code").loc["23"]
    assert year["annual_avg_estabs"] == 1
    assert year["annual_avg_emplvl"] == 6
    assert year["total_annual_wages"] == 52_000


def test_a_quarter_without_establishments_has_no_jobs(quarters) -> None:
    year = annualise(
        quarters("""
            62  1  -  0  .   .   .   .
            62  2  -  0  .   .   .   .
            62  3  .  2  12  12  12  26000
            62  4  .  2  12  12  12  26000
        """)
    ).iloc[0]
    assert pd.isna(year["disclosure_code"])
    assert (year["annual_avg_emplvl"], year["total_annual_wages"]) == (6, 52_000)


def test_a_cell_without_establishments_all_year_stays_so(quarters) -> None:
    year = annualise(quarters("\n".join(f"62 {q} - 0 . . . ." for q in "1234"))).iloc[0]
    assert year["disclosure_code"] == "-"
    assert year["annual_avg_estabs"] == 0
    assert np.isnan(year["annual_avg_emplvl"])


def test_true_zeros_are_zeros(quarters) -> None:
    year = annualise(quarters("\n".join(f"62 {q} . 1 0 0 0 0" for q in "1234"))).iloc[0]
    assert pd.isna(year["disclosure_code"])
    assert year[["annual_avg_emplvl", "total_annual_wages", "avg_annual_pay"]].tolist() == [0, 0, 0]


def test_wages_without_a_job_in_any_month_print_no_pay(quarters) -> None:
    year = annualise(quarters("\n".join(f"62 {q} . 1 0 0 0 345" for q in "1234"))).iloc[0]
    assert year[["total_annual_wages", "avg_annual_pay"]].tolist() == [1380, 0]


def test_a_year_that_lacks_a_quarter_is_left_out(quarters) -> None:
    rows = pd.concat(
        [quarters(WHOLE), quarters(WHOLE, year=2021).query("qtr in ['1', '2', '4']")],
        ignore_index=True,
    )
    assert annualise(rows)["year"].tolist() == [2020]


def test_other_areas_quarters_do_not_complete_a_year(quarters) -> None:
    rows = pd.concat([quarters(WHOLE), quarters(WHOLE, area="99003").iloc[:3]], ignore_index=True)
    assert annualise(rows)["area_fips"].tolist() == ["99001"]


def test_tax_columns_and_the_source_are_carried_where_they_are(quarters) -> None:
    rows = quarters(WHOLE).assign(
        taxable_qtrly_wages=[4, 3, 2, 1],
        qtrly_contributions=[1, 1, 1, np.nan],
        source_id=[3, 3, 4, 3],
    )
    year = annualise(rows).iloc[0]
    assert year["taxable_annual_wages"] == 10
    assert np.isnan(year["annual_contributions"])
    assert year["annual_avg_emplvl"] == 11
    assert year["source_id"] == 4


def test_rows_come_out_sorted_whatever_the_order_in(quarters) -> None:
    rows = pd.concat(
        [quarters(WHOLE.replace("62", i), area=a) for i in ("62", "23") for a in ("99003", "99001")]
    )
    shuffled = rows.sample(frac=1, random_state=7)
    out = annualise(shuffled)
    assert out[["area_fips", "industry_code"]].to_numpy().tolist() == [
        ["99001", "23"],
        ["99001", "62"],
        ["99003", "23"],
        ["99003", "62"],
    ]
    pd.testing.assert_frame_equal(out, annualise(rows))


def test_the_columns_are_the_stores(quarters) -> None:
    assert annualise(quarters(WHOLE)).columns.tolist() == [
        "area_fips",
        "own_code",
        "industry_code",
        "agglvl_code",
        "size_code",
        "year",
        "qtr",
        "disclosure_code",
        "annual_avg_estabs",
        "annual_avg_emplvl",
        "total_annual_wages",
        "annual_avg_wkly_wage",
        "avg_annual_pay",
    ]


def test_nothing_in_nothing_out(quarters) -> None:
    nothing = annualise(quarters(WHOLE).iloc[:0])
    assert nothing.empty
    assert "annual_avg_emplvl" in nothing.columns


def test_a_cell_twice_in_a_quarter_is_refused(quarters) -> None:
    rows = pd.concat([quarters(WHOLE), quarters(WHOLE).iloc[[2]]])
    with pytest.raises(MeasureError, match=r"industry_code 62.* year 2020, qtr 3"):
        annualise(rows)


def test_annual_rows_are_refused(quarters) -> None:
    with pytest.raises(MeasureError, match="quarter 'A' is not one of"):
        annualise(quarters(WHOLE).assign(qtr="A"))


def test_a_missing_column_is_named(quarters) -> None:
    with pytest.raises(MeasureError, match="'month2_emplvl'"):
        annualise(quarters(WHOLE).drop(columns="month2_emplvl"))
