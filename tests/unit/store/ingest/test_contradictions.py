"""Rows, areas, names and headers that contradict themselves are caught at the door."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.errors import DataFileError
from lmi.sources.archive import members
from lmi.sources.qcew_names import check_name, check_title
from lmi.sources.recognise import recognise
from lmi.store import Store
from tests.builders import FAMILY, jobs, qcew, refusal, take_in, write, write_zip

WHOLE = """
    08001 0 10     100 2000 90000000
    08001 5 10     100 2000 90000000
    08001 5 102    100 2000 90000000
    08001 5 1025   100 2000 90000000
    08001 5 62     100 2000 90000000
    08001 5 621     60 1500 70000000
    08001 5 6211    60 1500 70000000
    08001 5 62111   60 1500 70000000
    08001 5 621111  60 1500 70000000
    08001 5 622     40    0        0 N
    08001 5 6221    40    0        0 N
    08001 5 62211   40    0        0 N
    08001 5 622110  40    0        0 N
"""
# Enough sound rows beside it that one odd row is one in a hundred.
MANY = "\n".join(WHOLE.replace("08001", f"08{county:03}") for county in range(1, 19, 2))


def remarks(tmp_path: Path, text: str, name: str = "f.csv") -> tuple[list[str], int]:
    """What is said of a file, and how many rows come in."""
    [member] = members(write(tmp_path / name, text))
    kind = recognise(member)
    assert kind is not None
    said: list[str] = []
    rows = sum(frame.height for frame in kind.reader.read(member, kind.table, said))
    return said, rows


@pytest.mark.parametrize("qtr", ["A", "3"])
@pytest.mark.parametrize("layout", ["slice", "by-area", "short", "trimmed"])
def test_of_a_sound_and_whole_file_nothing_is_said(qtr: str, layout: str, tmp_path: Path) -> None:
    text = qcew(WHOLE, qtr=qtr, layout=layout).replace("a title", "Adams County, Colorado")
    assert remarks(tmp_path, text) == ([], 13)


def test_a_row_with_ten_times_the_jobs_is_left_out_and_named(store: Store, tmp_path: Path) -> None:
    text = qcew(MANY).replace(",1500,", ",15000,", 1)
    [result] = take_in(store, write(tmp_path / "f.csv", text))
    assert result.rows == 9 * 13 - 1
    assert "08001 5 621" not in jobs(store)
    assert result.message.startswith(
        "left out as unknown: line 7 (08001/5/621 2016), where avg_annual_pay 46,667 does not "
        "follow from total_annual_wages 70,000,000 and annual_avg_emplvl 15,000"
    )
    assert store.remarks(areas=["08"])[0] == ("f.csv", result.message.split("; ")[0])
    assert store.remarks(areas=["15"]) == []


def test_a_row_that_is_off_by_little_is_kept_and_named(store: Store, tmp_path: Path) -> None:
    text = qcew(MANY).replace(",1500,", ",1440,", 1)
    [result] = take_in(store, write(tmp_path / "f.csv", text))
    assert jobs(store)["08001 5 621"] == 1440
    assert result.message.startswith("kept as it is: line 7 (08001/5/621 2016), where ")


def test_in_a_small_file_one_row_refuses_it(store: Store, tmp_path: Path) -> None:
    text = qcew(WHOLE).replace(",1500,", ",15000,", 1)
    assert "line 7: avg_annual_pay 46,667" in refusal(store, write(tmp_path / "f.csv", text))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("62,74,", "62,76,"), "agglvl_code '76' (county, 4-digit, by ownership, of all sizes)"),
        (("62,74,0", "62,74,3"), "size_code '3'"),
        (("5,62,74", "0,62,74"), "own_code '0'"),
        (("5,62,74", "4,62,74"), "own_code is '4', which the agency counts with private"),
        (("6211,76", "6299,76"), "No NAICS vintage has an industry 6299"),
        (("6211,76", "5112,76"), ""),
    ],
)
def test_codes_of_a_row_are_held_to_each_other(
    change: tuple[str, str], said: str, tmp_path: Path
) -> None:
    found, rows = remarks(tmp_path, qcew(MANY).replace(*change, 1))
    assert said in found[0]
    assert rows == 9 * 13 - bool(said)


def test_an_n_that_is_lost_makes_no_zero(store: Store, tmp_path: Path) -> None:
    text = qcew(MANY).replace(",A,N,", ",A,,", 1)
    [result] = take_in(store, write(tmp_path / "f.csv", text))
    assert "as if its N were lost" in result.message
    assert "08001 5 622" not in jobs(store)


def test_every_n_that_is_lost_refuses_the_file(store: Store, tmp_path: Path) -> None:
    cells = "\n".join(f"08001 5 {code} 7 0 0 N" for code in range(11111, 11151))
    text = qcew(FAMILY + cells.replace("08001 5", "08003 5")).replace(",N,", ",,")
    message = refusal(store, write(tmp_path / "f.csv", text))
    assert "N" in message


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("5 62 ", "an excerpt: 1 industry of 08001 2016, own_code 5 alone"),
        ("5 ", "an excerpt: 12 industries of 08001 2016, own_code 5 alone"),
    ],
)
def test_an_excerpt_is_said_to_be_one(kept: str, said: str, tmp_path: Path) -> None:
    cells = "\n".join(line for line in WHOLE.splitlines() if f"08001 {kept}" in line)
    assert remarks(tmp_path, qcew(cells))[0] == [said]


def test_a_cut_file_is_said_to_be_cut(tmp_path: Path) -> None:
    lines = qcew(MANY).splitlines(keepends=True)
    whole, cut = 4 * 13, 6
    said, rows = remarks(tmp_path, "".join(lines[: 1 + whole + cut]))
    assert rows == whole + cut
    assert [one.split()[0] for one in said] == ["08009/5/62", "08009/5/621"]
    assert remarks(tmp_path, "".join(lines[: 1 + whole + 2]))[0] == [
        "an excerpt, or cut off: 1 industry of 08009 2016; 4 others are whole"
    ]


def test_a_row_that_is_lost_is_missed_where_it_was(tmp_path: Path) -> None:
    lines = [line for line in MANY.splitlines() if "08003 5 622110" not in line]
    assert remarks(tmp_path, qcew("\n".join(lines)))[0] == [
        "08003/5/62211 2016 has 40 places of business and its parts have fewer, so a row is "
        "missing or wrong"
    ]


def test_a_stray_row_of_another_area_is_left_out(tmp_path: Path) -> None:
    text = qcew(MANY + "\n08099 5 62 7 90 4000000")
    said, rows = remarks(tmp_path, text)
    assert said == ["left out as unknown: 1 row of 08099 2016, alone in a file of others"]
    assert rows == 9 * 13


def test_a_misspelt_column_is_refused_with_what_was_meant(store: Store, tmp_path: Path) -> None:
    text = qcew().replace("lq_disclosure_code", "lq_disclosure_cod")
    message = refusal(store, write(tmp_path / "f.csv", text))
    assert "'lq_disclosure_cod' is not known and it lacks 'lq_disclosure_code'" in message


def test_quotients_without_their_disclosure_code_are_remarked(tmp_path: Path) -> None:
    text = qcew(WHOLE).replace("oty_disclosure_code", "our_own_column")
    assert remarks(tmp_path, text)[0] == [
        "it lacks oty_disclosure_code, so that a 0 of its oty_ columns may be a withheld number"
    ]


def test_a_year_to_come_is_refused(store: Store, tmp_path: Path) -> None:
    message = refusal(store, write(tmp_path / "f.csv", qcew(WHOLE, year=2099)))
    assert "line 2: year is 2099, which is to come" in message


def test_a_by_area_file_whose_title_is_anothers_is_refused(store: Store, tmp_path: Path) -> None:
    text = qcew(WHOLE, layout="by-area").replace("a title", "Lake County, Ohio")
    message = refusal(store, write(tmp_path / "f.csv", text))
    assert "08001 (Adams County, Colorado) bears the title 'lake county, ohio'" in message


def test_a_name_of_the_agencys_is_held_to_the_rows(store: Store, tmp_path: Path) -> None:
    name = "2016.annual.by_area/2015.annual 08001 Adams County, Colorado.csv"
    message = refusal(store, write_zip(tmp_path / "f.zip", {name: qcew(WHOLE)}))
    assert "its name says 2015 and its rows are of 2016" in message


@pytest.mark.parametrize(
    ("area", "title"),
    [
        ("08001", "Adams County, Colorado"),
        ("08001", "adams county, co"),
        ("08001", "Adams"),
        ("08000", "Colorado -- Statewide"),
        ("08999", "Unknown Or Undefined, Colorado"),
        ("US000", "U.S. TOTAL"),
        ("35013", "Dona Ana County, New Mexico"),
        ("99001", "Brackwater County, Halvane"),
        ("C1974", "Denver-Aurora-Lakewood, CO MSA"),
    ],
)
def test_titles_of_its_own_are_fine(area: str, title: str) -> None:
    check_title(area, title, "f.csv")


@pytest.mark.parametrize(
    "name", ["2016.annual.singlefile.csv", "08003.csv", "jobs 2015.csv", "2016.q1-q4 x.csv"]
)
def test_other_names_say_nothing(name: str) -> None:
    check_name(name, {"08001"}, {2016}, "f.csv")


def test_a_name_with_another_county_is_refused() -> None:
    with pytest.raises(DataFileError, match="its name says 08003 and its rows are of 08001"):
        check_name("2016.q1-q4 08003 Alamosa County, Colorado.csv", {"08001"}, {2016}, "f.csv")


def test_a_large_file_in_no_order_is_taken_in_without_a_word_on_its_sums(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("lmi.sources.qcew_areas.BATCH_ROWS", 10)
    monkeypatch.setattr("lmi.sources.csv_table.BLOCK_BYTES", 4000)
    lines = [line for line in MANY.splitlines() if line.strip()]
    mixed = [line for first in range(13) for line in lines[first::13]]
    assert remarks(tmp_path, qcew("\n".join(mixed)), "2016.annual 08017.csv") == ([], 9 * 13)
