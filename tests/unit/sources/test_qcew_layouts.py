"""QCEW in layouts other than its own: what comes in is what its own slices bring in."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from lmi.store import Store
from lmi.store.ingest import ingest
from tests.agency_layouts import QUARTER, YEAR, Row, as_text, high_level, wid
from tests.builders import qcew, refusal, rows_of, take_in, write

CELLS = """
    08000 0 10   200 3300 165000000
    08001 0 10   100 2000 104000000
    08001 5 10    90 1800  90000000
    08001 1 10     2  100   9000000
    08001 5 101   40  900  46800000
    08001 5 102   50  900  43200000
    08001 5 1013  30    0         0 N
    08001 5 1012  10  600  30000000
    08999 0 10     3    0         0 N
"""


def as_workbook(path: Path, rows: list[Row]) -> Path:
    book = openpyxl.Workbook()
    for row in (list(rows[0]), *(list(r.values()) for r in rows)):
        book.active.append(row)
    book.save(path)
    return path


def taken_in(path: Path, folder: Path, frequency: str = "annual") -> pd.DataFrame:
    store = Store(folder / path.stem)
    take_in(store, path)
    return store.qcew(frequency).drop(columns="source_id")  # type: ignore[arg-type]


def slice_of(folder: Path, qtr: str) -> pd.DataFrame:
    frequency = "annual" if qtr == "A" else "quarterly"
    return taken_in(write(folder / "slice.csv", qcew(CELLS, qtr=qtr)), folder, frequency)


def same(found: pd.DataFrame, expected: pd.DataFrame, columns: Iterable[str]) -> None:
    keys = ["area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"]
    kept = [*keys, *columns]
    pd.testing.assert_frame_equal(found[kept], expected[kept])


@pytest.mark.parametrize("coded", [True, False], ids=["codes", "titles alone"])
@pytest.mark.parametrize("made", ["csv", "xlsx"])
@pytest.mark.parametrize(("qtr", "columns"), [("A", YEAR), ("2", QUARTER)])
def test_a_high_level_table_is_the_slice(
    coded: bool, made: str, qtr: str, columns: dict[str, str], tmp_path: Path
) -> None:
    rows = high_level(rows_of(CELLS, qtr=qtr), columns, coded=coded)
    path = tmp_path / f"high.{made}"
    path = as_workbook(path, rows) if made == "xlsx" else write(path, as_text(rows))
    frequency = "annual" if qtr == "A" else "quarterly"
    found = taken_in(path, tmp_path, frequency)
    same(found, slice_of(tmp_path, qtr), columns.values())
    withheld = found[found["disclosure_code"] == "N"]
    assert len(withheld) == 2
    jobs = [ours for ours in columns.values() if ours.endswith(("emplvl", "wages", "pay"))]
    assert withheld[jobs].isna().all(axis=None), "withheld is never zero"


def test_industries_may_be_named_by_their_titles(tmp_path: Path) -> None:
    rows = high_level(rows_of(CELLS), YEAR, coded=False)
    for row in rows:
        row["Industry"] = str(row["Industry"]).partition(" ")[2]
    found = taken_in(write(tmp_path / "high.csv", as_text(rows)), tmp_path)
    same(found, slice_of(tmp_path, "A"), YEAR.values())


def test_all_ownerships_of_an_industry_are_left_out_and_named(tmp_path: Path) -> None:
    [row] = high_level(rows_of("08001 5 1013 30 600 30000000"), YEAR, coded=False)
    both = [row, row | {"Ownership": "Total Covered"}]
    store = Store(tmp_path / "store")
    [result] = take_in(store, write(tmp_path / "a.csv", as_text(both)))
    assert result.rows == 1
    assert "1 row left out (0): QCEW has no such rows at that level" in result.message


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Area", "Atlantis County, Colorado", "no area is called 'Atlantis County, Colorado'"),
        ("Ownership", "Mine", "the ownership is 'Mine'; it is one of Total covered, "),
        ("Industry", "Spinning of gold", "the industry is 'Spinning of gold'; it begins with"),
        ("Annual Average Employment", "many", "annual_avg_emplvl is 'many'"),
        ("Annual Average Status Code", "X", "disclosure_code is 'X'"),
    ],
)
def test_what_nobody_can_read_is_refused_with_its_line(
    column: str, value: str, words: str, tmp_path: Path
) -> None:
    rows = high_level(rows_of(CELLS), YEAR, coded=False)
    rows[2][column] = value
    path = write(tmp_path / "a.csv", as_text(rows))
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line 4: ")
    assert words in message


@pytest.mark.parametrize("cut", [False, True], ids=["codes as text", "zeros lost"])
@pytest.mark.parametrize("suppress", [True, False], ids=["marked", "not marked"])
def test_an_export_holds_years_and_quarters(suppress: bool, cut: bool, tmp_path: Path) -> None:
    rows = [row for qtr in ("A", "1", "2") for row in rows_of(CELLS, qtr=qtr)]
    path = write(tmp_path / "export.csv", as_text(wid(rows, suppress=suppress, cut=cut)))
    store = Store(tmp_path / "store")
    [result] = take_in(store, path)
    assert (result.table, result.rows) == ("qcew_quarterly and qcew_annual", len(rows))
    assert result.message == ""
    quarter = store.qcew("quarterly", quarters=["2"])
    same(quarter, slice_of(tmp_path, "2"), ["disclosure_code", *QUARTER.values()])
    year = taken_in(write(tmp_path / "year.csv", qcew(CELLS)), tmp_path)
    same(store.qcew("annual"), year, ["disclosure_code", "annual_avg_emplvl"])
    catalogue = store.catalogue()
    assert catalogue["table"].tolist() == ["qcew_quarterly", "qcew_annual"]
    assert len(set(catalogue["sha256"])) == 1
    assert [one.status for one in ingest([path], store.root)] == ["unchanged"]


LEFT: list[tuple[str, str, str]] = [
    ("areatype", "15", "that is no area of QCEW's"),
    ("periodtype", "03", "it is no year and no quarter"),
    ("indcodty", "05", "its industry codes are none of NAICS"),
    ("indcode", "TE", "it is no code of NAICS"),
    ("ownership", "60", "QCEW has no such ownership"),
]


@pytest.mark.parametrize(("column", "value", "words"), LEFT)
def test_what_is_none_of_qcew_s_is_left_out_and_named(
    column: str, value: str, words: str, tmp_path: Path
) -> None:
    rows = wid(rows_of(CELLS.replace("08999", "08003")))
    other = rows[1] | {column: value}
    [result] = take_in(
        Store(tmp_path / "store"), write(tmp_path / "a.csv", as_text([*rows, other]))
    )
    assert result.rows == len(rows)
    assert "1 row left out (" in result.message
    assert value in result.message
    assert words in result.message


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [("indcode", "TE", "it is no code of NAICS"), ("ownership", "60", "QCEW has no such")],
)
def test_a_file_most_of_whose_codes_are_nobody_s_is_refused(
    column: str, value: str, words: str, tmp_path: Path
) -> None:
    rows = wid(rows_of(CELLS))
    rows = [row | {column: value} if n >= 4 else row for n, row in enumerate(rows)]
    message = refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", as_text(rows)))
    assert f"5 rows left out ({value}): {words}" in message
    assert "more than the 4 rows that can be read" in message


def test_sectors_are_written_as_ranges(tmp_path: Path) -> None:
    cells = "08001 5 31-33 30 600 30000000\n08001 5 311 9 90 4000000"
    rows = wid(rows_of(cells))
    rows[0]["indcode"], rows[1]["indcode"] = "310000", "311000"
    found = taken_in(write(tmp_path / "a.csv", as_text(rows)), tmp_path)
    assert dict(zip(found["industry_code"], found["agglvl_code"], strict=True)) == {
        "31-33": "74",
        "311": "75",
    }


def test_an_export_without_its_months_is_refused_by_name(tmp_path: Path) -> None:
    rows = [{k: v for k, v in row.items() if k != "mnth2emp"} for row in wid(rows_of(CELLS))]
    path = write(tmp_path / "a.csv", as_text(rows))
    assert "it lacks the column 'mnth2emp'" in refusal(Store(tmp_path / "store"), path)


@pytest.mark.parametrize("said", ["1", "1.0", "01", "Y", "True", "yes"])
def test_a_row_that_is_marked_is_withheld_however_it_is_marked(said: str, tmp_path: Path) -> None:
    rows = wid(rows_of(CELLS), suppress=False)
    for row in rows:
        is_withheld = int(str(row["avgemp"])) == 0
        row["suppress"] = said if is_withheld else {"1.0": "0.0", "True": "False"}.get(said, "")
    found = taken_in(write(tmp_path / "a.csv", as_text(rows)), tmp_path)
    assert (found["disclosure_code"] == "N").sum() == 2


def test_numbers_that_a_state_marks_as_suppressed_are_withheld_and_named(tmp_path: Path) -> None:
    """Its own database keeps them; the mark says that they are not to be told."""
    rows = wid(rows_of(CELLS))
    rows[2]["suppress"] = "1"
    store = Store(tmp_path / "store")
    [result] = take_in(store, write(tmp_path / "a.csv", as_text(rows)))
    assert result.message == "1 row marked as suppressed print numbers, which are withheld here"
    found = store.qcew("annual")
    private = found[(found["own_code"] == "5") & (found["industry_code"] == "10")].squeeze()
    assert (private["disclosure_code"], private["annual_avg_estabs"]) == ("N", 90)
    assert pd.isna(private["annual_avg_emplvl"])
    assert pd.isna(private["total_annual_wages"])
    rows[1]["suppress"] = "1"
    message = refusal(Store(tmp_path / "other"), write(tmp_path / "b.csv", as_text(rows)))
    assert "line 3: suppress is '1' on all jobs of an area, which are always told" in message


@pytest.mark.parametrize(
    ("lacking", "qtr", "words"),
    [
        (["mnth1emp", "mnth2emp", "mnth3emp"], "A", "9 rows left out (02): the file lacks what"),
        (["avgemp"], "2", "9 rows left out (01): the file lacks what such periods have (avgemp)"),
    ],
    ids=["years", "quarters"],
)
def test_an_export_of_years_or_of_quarters_needs_no_columns_of_the_others(
    lacking: list[str], qtr: str, words: str, tmp_path: Path
) -> None:
    frequency = "annual" if qtr == "A" else "quarterly"
    whole = taken_in(
        write(tmp_path / "whole.csv", as_text(wid(rows_of(CELLS, qtr=qtr)))), tmp_path, frequency
    )
    both = [row for q in ("A", "2") for row in wid(rows_of(CELLS, qtr=q))]
    text = pd.DataFrame(both).drop(columns=lacking).to_csv(index=False)
    store = Store(tmp_path / "store")
    [result] = take_in(store, write(tmp_path / "a.csv", text))
    assert words in result.message
    pd.testing.assert_frame_equal(store.qcew(frequency).drop(columns="source_id"), whole)


@pytest.mark.parametrize("digits", ["32", "330000"])
def test_a_part_of_a_sector_is_not_the_sector(digits: str, tmp_path: Path) -> None:
    cells = "08001 0 10 90 2000 100000000\n08001 5 31-33 30 600 30000000"
    rows = wid(rows_of(cells))
    rows[1]["indcode"] = digits
    [result] = take_in(Store(tmp_path / "one"), write(tmp_path / "a.csv", as_text(rows)))
    assert f"1 row left out ({digits}): it is no code of NAICS, or one part" in result.message
    rows.append(rows[1] | {"indcode": "31"})
    message = refusal(Store(tmp_path / "two"), write(tmp_path / "b.csv", as_text(rows)))
    assert f"2 rows left out (31 and {digits}): it is no code" in message


def test_who_works_in_no_one_county_is_a_place_of_its_own(tmp_path: Path) -> None:
    """999 is all of them, as QCEW writes it; 995 and the like are parts that it has not."""
    rows = wid(rows_of(CELLS))
    other = rows[-1] | {"area": "000995"}
    [result] = take_in(Store(tmp_path / "s"), write(tmp_path / "a.csv", as_text([*rows, other])))
    assert (result.rows, "(04 08 000995): that is no area" in result.message) == (9, True)


def test_a_mark_that_nobody_can_read_is_refused(tmp_path: Path) -> None:
    rows = wid(rows_of(CELLS))
    rows[1]["suppress"] = "X"
    path = write(tmp_path / "a.csv", as_text(rows))
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line 3: suppress is 'X'; write 1 where it is so")


@pytest.mark.parametrize(("qtr", "columns"), [("A", YEAR), ("2", QUARTER)])
def test_a_status_that_was_lost_leaves_no_zero(
    qtr: str, columns: dict[str, str], tmp_path: Path
) -> None:
    rows = high_level(rows_of(CELLS, qtr=qtr), columns, coded=False)
    (status,) = (theirs for theirs, ours in columns.items() if ours == "disclosure_code")
    lost = [row | {status: ""} for row in rows]
    frequency = "annual" if qtr == "A" else "quarterly"
    found = taken_in(write(tmp_path / "high.csv", as_text(lost)), tmp_path, frequency)
    same(found, slice_of(tmp_path, qtr), columns.values())


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Industry", "1012 Manufacturing", "of which the code is another's"),
        ("Own", "2", "own is '2', and the ownership beside it is another"),
        ("Qtr", "1", "qtr is '1'; of a year it is A"),
    ],
)
def test_codes_and_titles_that_disagree_are_refused(
    column: str, value: str, words: str, tmp_path: Path
) -> None:
    rows = high_level(rows_of(CELLS), YEAR, coded=True)
    at = next(i for i, row in enumerate(rows) if "1013 " in str(row["Industry"]))
    rows[at][column] = value
    path = write(tmp_path / "a.csv", as_text(rows))
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line {at + 3}: "), "the header takes two lines"
    assert words in message


@pytest.mark.parametrize(
    ("areatype", "stfips", "area"),
    [
        ("04", "08", "039049"),
        ("04", "08", "000000"),
        ("21", "08", "197400"),
        ("21", "08", "001974"),
    ],
)
def test_a_code_that_is_no_area_s_makes_none(
    areatype: str, stfips: str, area: str, tmp_path: Path
) -> None:
    rows = wid(rows_of(CELLS))
    other = rows[1] | {"areatype": areatype, "stfips": stfips, "area": area}
    path = write(tmp_path / "a.csv", as_text([*rows, other]))
    [result] = take_in(Store(tmp_path / "store"), path)
    assert result.rows == len(rows)
    assert f"1 row left out ({areatype} {stfips} {area}): that is no area" in result.message


def test_codes_are_read_however_they_are_filled(tmp_path: Path) -> None:
    """With zeros to six digits, on either side; owners to two; all as numbers with a fraction."""
    rows = wid(rows_of(CELLS), suppress=True)
    plain = taken_in(write(tmp_path / "plain.csv", as_text(rows)), tmp_path)
    filled = [
        r | {"indcode": str(r["indcode"]).ljust(6, "0"), "ownership": f"0{str(r['ownership'])[0]}"}
        for r in rows
    ]
    left = [row | {"indcode": str(row["indcode"]).zfill(6)} for row in rows]
    total = [row | {"indcode": "000000"} if row["indcode"] == "10" else row for row in rows]
    floats = [{k: f"{int(str(v))}.0" for k, v in row.items()} for row in rows]
    for number, each in enumerate((filled, left, total, floats)):
        found = taken_in(write(tmp_path / f"{number}.csv", as_text(each)), tmp_path)
        pd.testing.assert_frame_equal(found, plain)


def test_a_row_that_is_marked_as_preliminary_is_of_that_release(tmp_path: Path) -> None:
    rows = wid(rows_of(CELLS))
    rows[1]["prelim"] = "1"
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", as_text(rows)))
    rows_by_vintage = store.catalogue().set_index("vintage")["rows"].to_dict()
    assert rows_by_vintage == {"": len(rows) - 1, "preliminary": 1}


def test_months_that_are_of_another_quarter_are_refused(tmp_path: Path) -> None:
    rows = high_level(rows_of(CELLS, qtr="3"), QUARTER, coded=False)
    path = write(tmp_path / "a.csv", as_text(rows))
    assert refusal(Store(tmp_path / "store"), path) == (
        f"{path}, line 2: qtr is '3', and the column april_employment is of quarter 2; mend either"
    )


def test_a_table_of_two_quarters_may_have_the_months_of_both(tmp_path: Path) -> None:
    """Those of the other quarter are empty."""
    second = high_level(rows_of(CELLS, qtr="2"), QUARTER, coded=False)
    first = [
        {
            k.replace("April", "January").replace("May", "February").replace("June", "March"): v
            for k, v in row.items()
        }
        for row in high_level(rows_of(CELLS, qtr="1"), QUARTER, coded=False)
    ]
    titles = [*second[0], "January Employment", "February Employment", "March Employment"]
    both = [{title: row.get(title, "") for title in titles} for row in (*second, *first)]
    found = taken_in(write(tmp_path / "a.csv", as_text(both)), tmp_path, "quarterly")
    alone = slice_of(tmp_path, "1")
    same(found[found["qtr"] == "1"].reset_index(drop=True), alone, ["month1_emplvl"])


@pytest.mark.parametrize("made", ["csv", "xlsx"])
def test_the_case_of_an_example_county_is_read_with_a_real_one_in_its_place(
    made: str, shared_data: Path, tmp_path: Path
) -> None:
    case, path = shared_data / "cases" / f"highlevel.{made}", tmp_path / f"high.{made}"
    example, real = "Example County, Example State", "Adams County, Colorado"
    if made == "csv":
        write(path, case.read_text(encoding="utf-8").replace(example, real))
    else:
        book = openpyxl.load_workbook(case)
        for cell in (cell for row in book.active.iter_rows() for cell in row):
            cell.value = real if cell.value == example else cell.value
        book.save(path)
    [row] = taken_in(path, tmp_path, "quarterly").to_dict("records")
    assert (row["area_fips"], row["own_code"], row["industry_code"]) == ("08001", "5", "1013")
    assert (row["year"], row["qtr"], row["agglvl_code"]) == (2024, "1", "73")
    assert [row[f"month{n}_emplvl"] for n in (1, 2, 3)] == [10_311, 10_350, 10_402]
    assert row["total_qtrly_wages"] == 161_000_000 and row["avg_wkly_wage"] == 1196


@pytest.mark.parametrize("mark", ["*", "ND", "(D)", "s;"])
def test_a_mark_in_place_of_each_number_withholds_a_row(mark: str, tmp_path: Path) -> None:
    """With a flag and without one; in place of one number it is none, and refused."""
    rows = wid(rows_of(CELLS), suppress=False)
    numbers = ("avgemp", "totwage", "avgwkwage")
    marked = [row | dict.fromkeys(numbers, mark) if row["avgemp"] == 0 else row for row in rows]
    found = taken_in(write(tmp_path / "a.csv", as_text(marked)), tmp_path)
    same(found, slice_of(tmp_path, "A"), ["disclosure_code", "annual_avg_emplvl"])
    rows[2]["totwage"] = mark
    message = refusal(Store(tmp_path / "other"), write(tmp_path / "b.csv", as_text(rows)))
    assert f"line 4: total_annual_wages is {mark!r}; it must be a whole number" in message


def test_a_weekly_wage_with_cents_is_rounded_as_the_agency_does(tmp_path: Path) -> None:
    rows = wid(rows_of(CELLS))
    rows[0]["avgwkwage"], rows[1]["avgwkwage"] = "961.54", "1000.00"
    found = taken_in(write(tmp_path / "a.csv", as_text(rows)), tmp_path)
    assert found["annual_avg_wkly_wage"].tolist()[:2] == [962, 1000]


def test_an_export_without_the_row_of_all_jobs_is_said_to_be_a_part(tmp_path: Path) -> None:
    rows = [row for row in wid(rows_of(CELLS)) if row["ownership"] == "50"]
    [result] = take_in(Store(tmp_path / "store"), write(tmp_path / "a.csv", as_text(rows)))
    assert result.message == "an excerpt, or cut off: it has no row of all jobs of 08001 2016"


def test_an_export_without_the_column_of_marks_is_read(tmp_path: Path) -> None:
    """It ended in a traceback; zeros beside places of business are withheld without it too."""
    rows = [{k: v for k, v in row.items() if k != "suppress"} for row in wid(rows_of(CELLS))]
    found = taken_in(write(tmp_path / "a.csv", as_text(rows)), tmp_path)
    same(found, slice_of(tmp_path, "A"), ["disclosure_code", "annual_avg_emplvl"])


def test_a_row_of_no_type_of_period_is_left_and_named(tmp_path: Path) -> None:
    rows = wid(rows_of(CELLS))
    rows[4]["periodtype"] = ""
    [result] = take_in(Store(tmp_path / "store"), write(tmp_path / "a.csv", as_text(rows)))
    assert (result.rows, "1 row left out (empty): it is no year" in result.message) == (8, True)


@pytest.mark.parametrize(
    ("industry", "times", "words"),
    [
        ("101", 0.3, "08001/5/101 2016 has 12 places of business, and its parts have more"),
        ("101", 10, "08001/5/101 2016 has 400 places of business and its parts have fewer"),
    ],
)
@pytest.mark.parametrize("layout", ["high-level", "workforce database"])
def test_places_of_business_that_do_not_add_up_are_named(
    layout: str, industry: str, times: float, words: str, tmp_path: Path
) -> None:
    cells = rows_of(CELLS)
    [row] = (row for row in cells if row["industry_code"] == industry)
    row["annual_avg_estabs"] = round(int(str(row["annual_avg_estabs"])) * times)
    rows = wid(cells) if layout == "workforce database" else high_level(cells, YEAR, coded=False)
    [result] = take_in(Store(tmp_path / "store"), write(tmp_path / "a.csv", as_text(rows)))
    assert words in result.message


@pytest.mark.parametrize(
    ("column", "value", "words"),
    [
        ("Employment Location Quotient Relative to U.S.", 1.3, "every quotient of a total is 1"),
        ("Annual Average Establishment Count", 9_000, "cannot be in annual_avg_estabs 9,000"),
        ("Annual Average Establishment Count", 0, "cannot be in annual_avg_estabs 0"),
    ],
)
def test_a_total_that_no_area_has_is_named(
    column: str, value: float, words: str, tmp_path: Path
) -> None:
    rows = high_level(rows_of(CELLS), YEAR, coded=False)
    rows[1][column] = value
    store = Store(tmp_path / "store")
    [result] = ingest([write(tmp_path / "a.csv", as_text(rows))], store.root)
    assert words in result.message


def test_a_year_that_bears_another_s_totals_is_refused(tmp_path: Path) -> None:
    """These layouts tell of no changes over the year."""
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", as_text(wid(rows_of(CELLS)))))
    path = write(tmp_path / "b.csv", as_text(wid(rows_of(CELLS, 2017))))
    message = refusal(store, path)
    assert "2016 has 3,300 jobs in all, and 2017 has the very same, with the same wages" in message
