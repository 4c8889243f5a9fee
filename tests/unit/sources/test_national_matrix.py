"""The nation's projections as the agency lays them out: its workbook, a download of the matrix."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lmi.sources.projection_codes import matrix_industries
from lmi.store import Store
from tests.builders import refusal, take_in, write

HEADER = (
    "2024 National Employment Matrix title", "2024 National Employment Matrix code",
    "Industry type", "Employment, 2024", "Employment, 2034", "Employment change, numeric, 2024–34",
    "Employment change, percent, 2024–34", "Compound annual rate of change, employment, 2024–34",
    "Output, 2024[1][2]", "Output, 2034[1][2]", "Compound annual rate of change, output, 2024–34",
)  # fmt: skip
CODES = (
    "2024 National Employment Matrix title", "2024 National Employment Matrix code",
    '"Employment, 2024"',
)  # fmt: skip
MATRIX = (
    "Industry Title,Industry Code,Industry Type,2024 Employment,2024 Percent of Occupation,"
    "2024 Percent of Industry,Projected 2034 Employment,Projected 2034 Percent of Occupation,"
    'Projected 2034 Percent of Industry,"Employment Change, 2024-2034",'
    '"Employment Percent Change, 2024-2034",Industry Sort,Display Level'
)
ROWS = (
    ("Total employment", "TE1000", 60_000.0, 62_000.0),
    ("Total wage and salary employment", "TE1200", 50_000.0, 51_000.0),
    ("Crop production", "111000", 850.1, 874.4),
    ("Masonry contractors", "238140", 150.0, 149.9),
    ("Manufacturing", "31-330", 12_900.0, 12_800.0),
    ("Textile mills and textile product mills", "313-40", 189.9, 166.4),
    ("Textile mills", "313000", 90.0, 80.0),
    ("Chemical manufacturing (3255,6)", "3250A2", 181.4, 186.7),
    ("Elementary and secondary schools; local", "61110L", 7_448.1, 7_341.1),
    ("Hospitals; state and local", "6220Y0", 1_120.7, 1_150.1),
    ("Government", "900000", 9_000.0, 9_100.0),
    ("State government, excluding education and hospitals", "999200", 2_296.1, 2_321.5),
    ("Invented", "3ZZ0A1", 1.0, 2.0),
)
EXPECTED = {
    ("10", "0"): (50_000_000, 51_000_000), ("111", "0"): (850_100, 874_400),
    ("23814", "0"): (150_000, 149_900), ("31-33", "0"): (12_900_000, 12_800_000),
    ("313", "0"): (90_000, 80_000), ("314", "0"): (189_900, 166_400),
    ("3255", "0"): (181_400, 186_700), ("3256", "0"): (181_400, 186_700),
    ("6111", "3"): (7_448_100, 7_341_100), ("622", "2"): (1_120_700, 1_150_100),
    ("622", "3"): (1_120_700, 1_150_100), ("92", "2"): (2_296_100, 2_321_500),
}  # fmt: skip


def workbook(path: Path, rows=ROWS, header=HEADER) -> Path:
    """The agency's workbook: a list of tables, a small one, Table 2.11 with its notes."""
    book = openpyxl.Workbook()
    book.active.append(["Table 2.1 Employment by major industry sector"])
    sheet = book.create_sheet("Table 2.11")
    sheet.append(["Table 2.11 Employment and output by industry (Employment in thousands of jobs)"])
    sheet.append(header)
    for title, code, first, last in rows:
        known = isinstance(last, float)
        change = round(last - first, 1) if known else "—"
        sheet.append([title, code, "Summary", first, last, change, 0.1, 0.0, "—", 1.0, 0.2])
    sheet.append(["Footnotes:"])
    sheet.append(["[1] Billions of chained dollars"])
    book.save(path)
    return path


def download(path: Path, rows=ROWS, share: str = "100.0") -> Path:
    lines = [
        f'"{title}","=""{code}""",Summary,"{first:,.1f}",0.1,{share},"{last:,.1f}",0.1,{share},'
        f'"{last - first:,.1f}",0.1,,3'
        for title, code, first, last in rows
    ]
    return write(path, "\n".join([MATRIX, *lines]))


@pytest.mark.parametrize("made", [workbook, download])
def test_the_nation_is_read_in_jobs_by_industry_and_owner(made, tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    suffix = "xlsx" if made is workbook else "csv"
    [result] = take_in(store, made(tmp_path / f"any.{suffix}"))
    table = store.table("projections")
    found = {
        (row["industry_code"], row["own_code"]): (row["base_emplvl"], row["projected_emplvl"])
        for row in table.to_dict("records")
    }
    assert found == EXPECTED
    assert {*table["area_fips"]} == {"US000"}
    assert {*zip(table["base_year"], table["projected_year"], strict=True)} == {(2024, 2034)}
    assert "3 rows left out (3ZZ0A1, 900000 and TE1000): that code is no industry" in result.message


def test_what_has_no_number_is_left_out_and_said(tmp_path: Path) -> None:
    rows = (*ROWS[:3], ("Coal mining", "212100", 42.7, "--"), ("Mystery", None, 1.0, 1.0))
    store = Store(tmp_path / "store")
    [result] = take_in(store, workbook(tmp_path / "industry.xlsx", rows))
    assert sorted(store.table("projections")["industry_code"]) == ["10", "111"]
    assert "(212100): jobs of a year are absent" in result.message
    assert result.status == "added"


def test_what_cannot_be_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    in_jobs = [(t, c, 1000 * a, 1000 * b) for t, c, a, b in ROWS]
    assert "400,000,000" in refusal(store, workbook(tmp_path / "a.xlsx", in_jobs))
    of_one = download(tmp_path / "b.csv", share="0.2")
    assert "it is of one occupation" in refusal(store, of_one)
    lines = download(tmp_path / "c.csv").read_text().replace("874.4", "974.4")
    said = refusal(store, write(tmp_path / "d.csv", lines))
    assert "which is not projected_2034_employment less 2024_employment" in said
    one_year = write(tmp_path / "f.csv", f"{','.join(CODES)}\nCrop production,111000,1.0")
    assert "it has jobs of 2024 alone" in refusal(store, one_year)
    twice = workbook(tmp_path / "e.xlsx", (*ROWS, ("Crop production", "111000", 1.0, 2.0)))
    assert "111" in refusal(store, twice)


@pytest.mark.parametrize(
    ("code", "title", "year", "industries"),
    [
        ("1131-2", "Forestry", 2022, "1131 1132"),
        ("523,50", "Securities", 2022, "523 525"),
        ("8134-9", "Civic organizations", 2022, "8134 8139"),
        ("4445R0", "All other retail trade (444, 449, 456-9)", 2022, "444 449 456 457 458 459"),
        ("4445R0", "Retail trade, but motor vehicles", 2017, "442 443 444 446 447 448 451 453 454"),
        ("4445R0", "Retail trade, but motor vehicles", 2022, ""),
        ("4590A1", "Miscellaneous retailers (4594 and 4595 only)", 2022, "4594 4595"),
        ("5136A9", "Information services (5131, 516, 519)", 2022, "5131 516 519"),
        ("5136-9", "Publishing, broadcasting, and content providers", 2022, "513 516 517 518 519"),
        ("5136-9", "Publishing, broadcasting, and content providers", 2017, ""),
        ("3990X1", "A group that nobody knows", 2022, ""),
        ("9992-3", "State and local government", 2022, ""),
        ("6110P1", "Colleges; private (6112,3)", 2022, "6112 6113"),
        ("48-490", "Transportation and warehousing", 2022, "48-49"),
        ("3250A9", "Chemical manufacturing (3257,8)", 2022, ""),
        ("61110l", "Elementary and secondary schools; local", 2022, "6111"),
        ("", "", 2022, ""),
    ],
)
def test_codes_of_the_matrix(code: str, title: str, year: int, industries: str) -> None:
    assert " ".join(matrix_industries(code, title, year)[1]) == industries


def test_the_reference_table_is_made_by_the_same_reader(tmp_path: Path) -> None:
    from tools.national_projections import make

    out = tmp_path / "out.csv"
    make(workbook(tmp_path / "industry.xlsx"), out)
    lines = out.read_text().splitlines()
    assert (
        lines[0] == "industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl"
    )
    assert "313,0,2024,2034,90000,80000" in lines and len(lines) == 1 + len(EXPECTED)
