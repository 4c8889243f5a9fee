"""Projections of industries as states keep them in their workforce databases."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.store import Store
from lmi.store.file_result import FileResult
from tests.builders import refusal, take_in, write

HEADER = (
    "stfips,areatype,area,periodid,perioddesc,matincodty,matincode,estindprj,projindprj,nchg,"
    "pchg,growrate,suppress"
)
ROWS = (
    "08,01,000000,12,2022-2032,16,000000,2900000,3200000,300000,10.3,0.99,0",
    "08,01,000000,12,2022-2032,16,310000,150000,147000,-3000,-2.0,-0.2,0",
    "08,01,000000,12,2022-2032,16,TE1100,200000,210000,10000,5.0,0.5,0",
    '08,01,000000,12,2022-2032,16,621000,"151,000","181,200","30,200",20.0,1.8,0',
    "08,01,000000,12,2022-2032,16,212000,0,0,0,0.0,0.0,1",
    "08,01,000000,12,2022-2032,16,213000,0,0,0,0.0,0.0,0",
    "08,01,000000,15,2024 - 2026,16,621000,160000,166000,6000,3.8,1.9,0",
    "08,04,000001,12,2022-2032,16,621000,9000,9900,900,10.0,1.0,0",
    "08,15,000009,12,2022-2032,16,621000,700,800,100,14.3,1.3,0",
)
EXPECTED = [
    ["08000", "10", 2022, 2032, 2900000.0, 3200000.0],
    ["08000", "31-33", 2022, 2032, 150000.0, 147000.0],
    ["08000", "621", 2022, 2032, 151000.0, 181200.0],
    ["08000", "621", 2024, 2026, 160000.0, 166000.0],
    ["08001", "621", 2022, 2032, 9000.0, 9900.0],
]
KEPT = [
    *("area_fips", "industry_code", "base_year", "projected_year"),
    *("base_emplvl", "projected_emplvl"),
]


def taken(folder: Path, *lines: str) -> tuple[list[list[object]], FileResult]:
    store = Store(folder / "store")
    [result] = take_in(store, write(folder / "indprj.csv", "\n".join(lines)))
    table = store.table("projections")
    assert {*table["own_code"]} == {"0"}
    return table[KEPT].to_numpy().tolist(), result


@pytest.mark.parametrize("cut", [False, True], ids=["codes as text", "zeros lost"])
def test_an_export_of_a_workforce_database(cut: bool, tmp_path: Path) -> None:
    lines = list(ROWS)
    if cut:
        parts = (row.split(",", 7) for row in lines)
        lines = [",".join([*(p.lstrip("0") or "0" for p in ps[:7]), ps[7]]) for ps in parts]
    rows, result = taken(tmp_path, HEADER, *lines)
    assert rows == EXPECTED
    for words in (
        "(15 08 000009): that is no area of QCEW's",
        "(212000): it is suppressed",
        "(213000): jobs",
    ):
        assert words in result.message
    assert "further remark" in result.message, "TE1100 is named by `lmi verify`"
    source = Store(tmp_path / "store").table("projections")["source"]
    assert {*source} == {"Colorado industry projections, Workforce Information Database"}


def test_what_is_no_industry_is_named(tmp_path: Path) -> None:
    rows, result = taken(tmp_path, HEADER, *ROWS[:3])
    assert len(rows) == 2
    assert "1 row left out (TE1100): that code is no industry" in result.message


def test_years_in_columns_of_their_own(tmp_path: Path) -> None:
    lines = (
        "stfips,areatype,area,naicscode,estyear,projyear,estindprj,projindprj",
        "8,1,0,621,2022,2032,151000,181200",
        "8,1,0,621,2024,2026,160000,166000",
    )
    assert taken(tmp_path, *lines)[0] == EXPECTED[2:4], "long and short term beside each other"


def test_of_industries_by_occupation_the_rows_of_all_occupations(tmp_path: Path) -> None:
    lines = (
        "stfips,areatype,area,periodid,perioddesc,matincode,matoccode,estemp,projemp",
        "8,1,0,12,2022-2032,621000,0,151000,181200",
        "8,1,0,12,2022-2032,621000,291141,30000,36000",
    )
    rows, result = taken(tmp_path, *lines)
    assert rows == EXPECTED[2:3]
    assert "(291141): it is of one occupation" in result.message


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("2022-2032", "2032-2022", "ends in 2022, not 1 to 30 years after"),
        ("2022-2032", "long term", "line 2: the period is 'long term', which names no two years"),
        ("2900000,3200000", "2900,3200", "cannot have only 2,900.0 jobs in all"),
        ("2900000", "many", "base_emplvl is 'many'"),
    ],
)
def test_what_cannot_be_is_refused(old: str, new: str, words: str, tmp_path: Path) -> None:
    text = "\n".join([HEADER, *ROWS]).replace(old, new)
    assert words in refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", text))


def test_a_file_of_which_nothing_is_left_says_why(tmp_path: Path) -> None:
    words = refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", f"{HEADER}\n{ROWS[-1]}"))
    assert (
        "no row of it can be taken in: 1 row left out (15 08 000009): that is no area of QCEW's"
        in words
    )


@pytest.mark.parametrize("mark", ["*", "ND", ""])
def test_a_mark_in_place_of_a_number_is_unknown_and_not_zero(mark: str, tmp_path: Path) -> None:
    bad = f"08,01,000000,12,2022-2032,16,23,{mark},{mark},0,0,0,"
    rows, result = taken(tmp_path, HEADER, *ROWS[:2], bad)
    assert rows == EXPECTED[:2]
    assert "(23): jobs of a year are absent or suppressed" in result.message


@pytest.mark.parametrize("swapped", [True, False])
def test_the_change_says_which_year_is_which(swapped: bool, tmp_path: Path) -> None:
    header = HEADER.replace("estindprj,projindprj", "projindprj,estindprj") if swapped else HEADER
    path = write(tmp_path / "a.csv", "\n".join([header, *ROWS]))
    if not swapped:
        take_in(Store(tmp_path / "store"), path)
        return
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line 2: nchg is '300000', which is not the jobs of the")


TITLED = HEADER.replace("matincode,", "matincode,title,")
WAREHOUSES = "08,01,000000,12,2022-2032,16,480000,{},90000,99000,9000,10.0,1.0,0"
TITLES = (
    "Transportation, Warehousing, and Utilities",
    '"Transportation, Warehousing, and Utilities"',
)


@pytest.mark.parametrize("title", TITLES, ids=["bare", "quoted"])
def test_a_title_with_commas_is_one_text_with_and_without_quotes(title: str, tmp_path: Path):
    rows, _ = taken(tmp_path, TITLED, WAREHOUSES.format(title))
    assert rows == [["08000", "48-49", 2022, 2032, 90000.0, 99000.0]]


OWN = (
    "area_fips,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl,source"
)


def test_a_source_with_commas_is_one_text(tmp_path: Path) -> None:
    row = "39000,23,0,2022,2032,242000,255100,Department of Jobs, Office of Workforce"
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "p.csv", f"{OWN}\n{row}\n"))
    (found,) = store.table("projections").to_dict("records")
    assert found["source"] == "Department of Jobs, Office of Workforce"
    assert (found["base_emplvl"], found["projected_emplvl"]) == (242_000, 255_100)


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (OWN, "39000,62,0,2022,2032,812,300,901,200,Ohio"),
        (OWN, "39000,62,0,2022,2032,812300,901200,Ohio,2024 edition"),
        (
            OWN.replace("own_code", "title,own_code"),
            "39000,62,Care, all,of it,0,2022,2032,9,9,Ohio",
        ),
    ],
    ids=["numbers", "no blank behind the comma", "some commas have one"],
)
def test_what_may_be_cut_in_two_ways_is_refused_with_the_remedy(header, row, tmp_path) -> None:
    said = refusal(
        Store(tmp_path / "store"), write(tmp_path / "p.csv", f"{header}\n{row}\n{row}\n")
    )
    assert "line 2: the row has" in said
    assert "put a text or number that holds a comma into quotes" in said


@pytest.mark.parametrize(
    ("base", "projected", "jobs"),
    [("812300", "901200", 812_300.0), ("812.300,0", "901.200,5", 812_300.0)],
)
def test_semicolons_between_fields(base, projected, jobs, tmp_path: Path) -> None:
    text = f"{OWN}\n39000,62,0,2022,2032,BASE,PROJECTED,Ohio\n".replace(",", ";")
    text = text.replace("BASE", base).replace("PROJECTED", projected)
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "p.csv", text))
    assert store.table("projections")["base_emplvl"].tolist() == [jobs]


def test_jobs_that_may_be_thousands_or_a_fraction_are_refused(tmp_path: Path) -> None:
    text = f"{OWN}\n39000,62,0,2022,2032,812.300,901.200,Ohio\n".replace(",", ";")
    said = refusal(Store(tmp_path / "store"), write(tmp_path / "p.csv", text))
    assert "base_emplvl is '812.300'" in said and "may be thousands or a fraction" in said


@pytest.mark.parametrize("mark", ["*", "S", "2"])
def test_a_mark_of_suppression_that_nobody_can_read_is_refused(mark: str, tmp_path: Path) -> None:
    rows = [row.removesuffix(",0") + f",{mark}" for row in ROWS[:2]]
    path = write(tmp_path / "a.csv", "\n".join([HEADER, *rows]))
    assert f"line 2: suppress is '{mark}'; write 1" in refusal(Store(tmp_path / "store"), path)


SWAPPED = "08,01,000000,12,2022-2032,16,621000,181200,151000,,{pchg},{rate},0"


@pytest.mark.parametrize(
    ("pchg", "rate", "words"),
    [
        ("20.1", "", "line 2: pchg is '20.1', which is not the change of jobs"),
        ("20%", "", "line 2: pchg is '20%', which is not"),
        ("", "1.8", "line 2: growrate is '1.8', which is not the growth of jobs, in all or a year"),
    ],
)
def test_the_percent_says_which_year_is_which(
    pchg: str, rate: str, words: str, tmp_path: Path
) -> None:
    text = "\n".join([HEADER, SWAPPED.format(pchg=pchg, rate=rate)])
    assert words in refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", text))


@pytest.mark.parametrize(
    ("pchg", "rate"),
    [
        ("-16.7", "-1.8"),
        ("-0.167", "-0.018"),  # shares
        ("(16.7)%", "-1.67"),  # a tenth a year
        ("", "-16.7"),  # over all ten
        ("0", "0"),  # never filled in
        ("", ""),
    ],
)
def test_a_percent_is_taken_as_states_write_it(pchg: str, rate: str, tmp_path: Path) -> None:
    rows, _ = taken(tmp_path, HEADER, SWAPPED.format(pchg=pchg, rate=rate))
    assert rows == [["08000", "621", 2022, 2032, 181200.0, 151000.0]]


@pytest.mark.parametrize("period", ["2022-32", "2022\u201332, long-term", "2022 / 32"])
def test_the_second_year_may_have_two_digits(period: str, tmp_path: Path) -> None:
    rows, _ = taken(tmp_path, HEADER, *(r.replace("2022-2032", f'"{period}"') for r in ROWS[:2]))
    assert [row[2:4] for row in rows] == [[2022, 2032]] * 2
