"""Commuters: flows between blocks, and between counties by survey."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from lmi import codes
from lmi.store import Store
from lmi.store.commit import remove
from lmi.store.ingest import ingest
from tests.builders import refusal, take_in, write

LODES = "w_geocode,h_geocode,S000,SA01,SA02,SA03,SE01,SE02,SE03,SI01,SI02,SI03,createdate"


def blocks(*rows: str, header: str = LODES) -> str:
    lines = [
        f"{work},{home},{jobs},0,{jobs},0,0,{jobs},0,0,{jobs},0,20230321"
        for work, home, jobs in map(str.split, rows)
    ]
    return "\n".join([header, *lines, ""])


ROWS = (
    "080010078011000 080010078012000 3",
    "080010078011000 080590078012000 2",
    "080010078022222 080590099999999 4",
    "080590078011000 080010099999999 1",
)
AUX = tuple(row.replace(" 08", " 56") for row in ROWS)


@pytest.mark.parametrize(
    ("name", "table", "number", "rows"),
    [
        ("co_od_main_JT01_2021.csv", "commuting", "jobs", ROWS),
        ("CO_OD_AUX_jt01_2021.CSV", "commuting", "jobs", AUX),
        ("co_od_main_JT00_2021.csv", "commuting_all_jobs", "all_jobs", ROWS),
    ],
)
@pytest.mark.parametrize("cut", [False, True], ids=["codes as text", "zeros lost"])
def test_blocks_are_added_up_to_counties(
    name: str, table: str, number: str, rows: tuple[str, ...], cut: bool, tmp_path: Path
) -> None:
    text = blocks(*(row.replace(" 08", " 8").removeprefix("0") if cut else row for row in rows))
    store = Store(tmp_path / "store")
    [result] = take_in(store, write(tmp_path / name, text))
    assert (result.table, result.rows) == (table, 3)
    found = store.table(table).set_index(["w_county_fips", "h_county_fips", "year"])[number]
    home = "56" if rows is AUX else "08"
    assert found.to_dict() == {
        ("08001", f"{home}001", 2021): 3,
        ("08001", f"{home}059", 2021): 6,
        ("08059", f"{home}001", 2021): 1,
    }


def test_the_same_bytes_under_a_corrected_name_are_read_by_that(tmp_path: Path) -> None:
    """Only the name says the year, so bytes alone do not make a file the same."""
    store = Store(tmp_path / "store")
    wrong = write(tmp_path / "co_od_main_JT01_2020.csv", blocks(*ROWS))
    take_in(store, wrong)
    right = wrong.rename(tmp_path / "co_od_main_JT01_2021.csv")
    [result] = take_in(store, right)
    assert (result.status, result.counts.added) == ("added", 3)
    assert "came before as co_od_main_JT01_2020.csv and were read otherwise: 3 rows" in (
        result.message
    )
    assert "`lmi remove 1`" in result.message
    assert set(store.table("commuting")["year"]) == {2020, 2021}
    remove(store.root, {1})
    assert set(store.table("commuting")["year"]) == {2021}
    assert [again.status for again in ingest([right], store.root)] == ["unchanged"]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("flows.csv", "neither the year nor the kind of jobs stands in a file of flows"),
        ("co_od_main_JT02_2021.csv", "it counts a part of the jobs (JT02); take main jobs (JT01)"),
    ],
)
def test_a_name_must_say_what_the_file_does_not(name: str, words: str, tmp_path: Path) -> None:
    path = write(tmp_path / name, blocks(*ROWS))
    assert words in refusal(Store(tmp_path / "store"), path)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("08001007801100 08059 1", "the block of home is '08059'; it has 15 digits"),
        ("8.0010078011E+13 080590078012000 1", "the block of work is '8.0010078011E+13'"),
        ("080010078011000 080590078012000 1.5", "S000 is '1.5'; it must be a whole number"),
        ("080010078011000 080590078012000 -1", "S000 is '-1'; it must be a whole number"),
        ("200010078011000 080590078012000 1", "of another state than the file's name says"),
        ("080010078011000 200590078012000 1", "of another state than the file's name says"),
        ("20001007801100 080590078012000 1", "of another state than the file's name says"),
    ],
)
def test_a_bad_block_is_named_with_its_line(row: str, words: str, tmp_path: Path) -> None:
    path = write(tmp_path / "co_od_main_JT01_2021.csv", blocks(*ROWS, row))
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line 6: ")
    assert words in message


def test_numbers_and_blocks_may_have_a_fraction_of_zero(tmp_path: Path) -> None:
    rows = [" ".join(f"{int(field)}.0" for field in row.split()) for row in ROWS]
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "co_od_main_JT01_2021.csv", blocks(*rows)))
    assert store.table("commuting")["jobs"].tolist() == [3, 6, 1]


@pytest.mark.parametrize("part", ["main", "aux"])
def test_half_a_file_is_told_by_the_counties_that_it_lacks(part: str, tmp_path: Path) -> None:
    home = "08001" if part == "main" else "56001"
    rows = [
        f"{county}007801100{i % 10} {home}0078012000 900"
        for i, county in enumerate(codes.counties_of("08", 2021))
    ]
    name = f"co_od_{part}_JT01_2021.csv"
    [result] = take_in(tmp_path / "whole", write(tmp_path / name, blocks(*rows)))
    assert "cut off" not in result.message
    [result] = take_in(tmp_path / "half", write(tmp_path / name, blocks(*rows[:40])))
    assert (
        "cut off or filtered: it has nobody who works in 24 of the 64 counties of Colorado "
        "(08079 2021, 08081 2021, 08083 2021 and 21 others)"
    ) in result.message


def test_the_part_main_is_not_the_part_aux(tmp_path: Path) -> None:
    path = write(tmp_path / "co_od_aux_JT01_2021.csv", blocks(*AUX, ROWS[0]))
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line 6: the block of home is '080010078012000', and the")


def test_a_flow_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "co_od_main_JT01_2021.csv", blocks(*ROWS, ROWS[0]))
    assert "line 2: a flow to the block '080010078011000' stands twice" in refusal(
        Store(tmp_path / "store"), path
    )


SURVEY = """h_state_fips,h_county_fips,w_state_fips,w_county_fips,flow,moe
08,001,008,001,8635,597
08,001,056,021,16,23
08,001,301,NA,10,16
08,001,303,NA,7,12
08,001,NA,NA,5,9
08,003,008,001,300,
NA,NA,NA,NA,NA,NA
"Source: U.S. Census Bureau, 2009-2013 American Community Survey.",NA,NA,NA,NA,NA
"""
FLOWS = {
    ("08001", "08001"): (8635, 597),
    ("56021", "08001"): (16, 23),
    ("XX000", "08001"): (22, 22),  # the root of 16² + 12² + 9² is 21.9
}


def survey(text: str, folder: Path, name: str = "a.csv") -> dict[tuple[str, str], tuple[int, int]]:
    store = Store(folder / "store")
    take_in(store, write(folder / name, text))
    rows = store.table("commuting_survey")
    assert set(rows["year"]) == {2013}
    without = rows[rows["margin_of_error"].isna()]
    assert without["h_county_fips"].tolist() == ["08003"]
    keyed = rows.dropna().set_index(["w_county_fips", "h_county_fips"])
    return {key: tuple(map(int, row[:2])) for key, *row in keyed.itertuples()}


def test_a_survey_crosses_state_lines_and_the_border(tmp_path: Path) -> None:
    assert survey(SURVEY, tmp_path) == FLOWS


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "8635,597",
            "597,8635",
            "line 2: margin_of_error 8,635 cannot be that of 597",
        ),
        ("8635,597", "40,41", "line 2: margin_of_error 41 cannot be more than the 40 workers that"),
        ("056,021,16", ",021,16", "line 3: the state of work is empty and the county of work"),
        ("08,001,008,001,8635", "08,001,,,8635", "no state of work here, or one abroad"),
        ("08,001,008,001,8635", "08,001,301,,8635", "nowhere do more than 10% work abroad"),
    ],
    ids=["swapped", "swapped and small", "a state lost", "both lost", "a state gone abroad"],
)
def test_a_survey_that_cannot_be_is_refused(old: str, new: str, words: str, tmp_path: Path) -> None:
    text = SURVEY.replace("08,003,008,001,300,", "08,003,008,003,300,").replace(old, new)
    assert words in refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", text))


def test_both_states_may_have_three_digits(tmp_path: Path) -> None:
    """Some pad both columns alike; a state of home alone with three digits is one of work."""
    head, *rows = SURVEY.splitlines()
    padded = [f"0{row}" if row[:2].isdigit() else row for row in rows]
    assert survey("\n".join([head, *padded]), tmp_path) == FLOWS


def test_the_name_may_say_the_five_years(tmp_path: Path) -> None:
    text = "\n".join(SURVEY.splitlines()[:7])
    assert survey(text, tmp_path, "county_flows_2009_2013.csv") == FLOWS
    path = write(tmp_path / "flows.csv", text)
    message = refusal(Store(tmp_path / "other"), path)
    assert "which five years the survey is of" in message


def test_the_agencys_own_header_names_home_and_work_alike(tmp_path: Path) -> None:
    places = "State FIPS Code,County FIPS Code,State Name,County Name"
    head = (
        "Table 1. Residence County to Workplace County Commuting Flows: 5-Year ACS, 2009-2013\n"
        "Residence,,,,Place of Work,,,,Commuting Flow,\n"
        f"{places},{places},Workers in Commuting Flow,Margin of Error\n"
    )
    lines = [line.split(",") for line in SURVEY.splitlines()[1:7]]
    rows = [
        f'{hs},{hc},Colorado,Adams County,{ws},{wc},a,b,"{int(flow):,}",{moe}'
        for hs, hc, ws, wc, flow, moe in lines
    ]
    assert survey(head + "\n".join(rows), tmp_path) == FLOWS


def test_a_county_of_work_that_is_lost_is_not_abroad(tmp_path: Path) -> None:
    path = write(tmp_path / "f_2009_2013.csv", SURVEY.replace("056,021", "056,"))
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line 3: the county of work is empty")


def test_jobs_of_all_are_those_of_every_age(tmp_path: Path) -> None:
    """Two columns that changed places are seen by it."""
    swapped = LODES.replace("S000,SA01", "SA01,S000")
    path = write(tmp_path / "co_od_main_JT01_2021.csv", blocks(*ROWS, header=swapped))
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line 2: S000 is '0', and SA01, SA02 and SA03 do not add up")


def test_a_year_to_come_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "co_od_main_JT01_2051.csv", blocks(*ROWS))
    assert "year is 2051, which is to come" in refusal(Store(tmp_path / "store"), path)


PLACE = ["State FIPS Code", "County FIPS Code", "State Name", "County Name"]
NUMBERS = ["Workers in Commuting Flow", "Margin of Error"]
TITLE = "Table 1. Residence County to Workplace County Commuting Flows: 5-Year ACS, 2009-2013\n"
ABOVE = {"home": "Residence,,,,Place of Work,,,,Commuting Flow,\n",
         "work": "Place of Work,,,,Residence,,,,Commuting Flow,\n"}  # fmt: skip


def laid_out(header: list[str], *, above: str = "", work_first: bool = False) -> str:
    """The same flows, each end with its names."""
    rows = []
    for line in SURVEY.splitlines()[1:7]:
        hs, hc, ws, wc, flow, moe = line.replace("NA", "").split(",")
        ends = [[hs, hc, "Colorado", "Adams County"], [ws, wc, "a", "b"]]
        rows.append(
            ",".join([*(ends[1] + ends[0] if work_first else ends[0] + ends[1]), flow, moe])
        )
    return TITLE + above + "\n".join([",".join(header), *rows, ""])


def numbered(mark: str, first: str = "") -> list[str]:
    """Titles as a program numbers those that stand twice."""
    before = [f"{t}{first.format(n)}" for n, t in enumerate(PLACE, 1)]
    return [*before, *(f"{t}{mark.format(n)}" for n, t in enumerate(PLACE, 5)), *NUMBERS]


@pytest.mark.parametrize(
    "text",
    [
        laid_out([*PLACE, *PLACE, *NUMBERS], above=ABOVE["work"], work_first=True),
        laid_out(numbered(".1"), above=""),
        laid_out(numbered("...{}", "...{}")),
        laid_out(
            [f"{end} {title}" for end in ("Residence", "Workplace") for title in PLACE] + NUMBERS
        ),
        laid_out(
            [f"{title} Residence" for title in PLACE]
            + [f"{title} Place of Work" for title in PLACE]
            + ["Number", "MOE"]
        ),
    ],
    ids=["work first", "pandas", "readxl", "2006-2010", "named behind"],
)
def test_a_survey_in_other_layouts_is_the_same(text: str, tmp_path: Path) -> None:
    assert survey(text, tmp_path) == FLOWS


def test_home_and_work_that_were_swapped_show_by_their_digits(tmp_path: Path) -> None:
    swapped = SURVEY.replace("h_", "x_").replace("w_", "h_").replace("x_", "w_")
    path = write(tmp_path / "a.csv", swapped)
    assert (
        "line 2: the state of home is '008', with the three digits of a state of work; see whether "
        "home and work are swapped"
    ) in refusal(Store(tmp_path / "store"), path)


def test_a_survey_knows_the_planning_regions_of_connecticut(tmp_path: Path) -> None:
    """The flows of 2016 to 2020 came with the counties of 2022."""
    text = (
        f"{SURVEY.splitlines()[0]}\n09,110,009,110,40000,500\n09,120,009,110,5000,300\n"
        '"5-Year ACS, 2016-2020",,,,,\n'
    )
    store = Store(tmp_path / "store")
    take_in(store, write(tmp_path / "a.csv", text))
    assert store.table("commuting_survey")["h_county_fips"].tolist() == ["09110", "09120"]


def files_of_states(folder: Path) -> list[Path]:
    """Main and aux of two neighbours, one of them packed."""
    wyoming = [
        row.replace("08001", "56001").replace("08059", "56003")
        for row in (*ROWS, "080010078022222 080590078012000 7")
    ]
    texts = {
        "co_od_main_JT01_2021.csv": blocks(*ROWS),
        "co_od_aux_JT01_2021.csv": blocks(*AUX),
        "wy_od_main_JT01_2021.csv": blocks(*wyoming),
        "wy_od_aux_JT01_2021.csv": blocks(*(row.replace(" 56", " 08") for row in wyoming)),
    }
    files = [write(folder / name, text) for name, text in texts.items()]
    packed = write(folder / f"{files[0].name}.gz", gzip.compress(files[0].read_bytes()))
    return [packed, *files[1:]]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 1), (1, 2), (1, 0, 1, 3, 2, 0)])
def test_states_and_parts_come_together_in_any_order(
    order: tuple[int, ...], tmp_path: Path
) -> None:
    files = files_of_states(tmp_path)
    alone = {}
    for n in {*order}:
        root = tmp_path / f"alone {n}"
        take_in(root, files[n])
        alone |= (
            Store(root)
            .table("commuting")
            .set_index(["w_county_fips", "h_county_fips"])["jobs"]
            .to_dict()
        )
    together = tmp_path / "together"
    for n in order:
        assert ingest([files[n]], together)[0].status in ("added", "unchanged")
    found = Store(together).table("commuting").set_index(["w_county_fips", "h_county_fips"])["jobs"]
    assert found.to_dict() == alone


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            "\n08,",
            "\n99908,",
            "a code of a state or county is '99908'; it has three digits at most",
        ),
        (",008,", ",99908,", "a code of a state or county is '99908'; it has three digits at most"),
        (
            "\n08,001,",
            "\n08,000,",
            "h_county_fips: '08000' is no county; take out the rows of other",
        ),
    ],
    ids=["a longer state of home", "a longer state of work", "a state in place of a county"],
)
def test_a_code_of_no_county_is_refused(old: str, new: str, words: str, tmp_path: Path) -> None:
    """The last two of five digits were read as a state, and a state's row as one more county."""
    path = write(tmp_path / "flows_2009_2013.csv", SURVEY.replace(old, new, 1))
    message = refusal(Store(tmp_path / "store"), path)
    assert message.startswith(f"{path}, line ")
    assert words in message


@pytest.mark.parametrize(("flow", "moe"), [(863_500, 597), (8635, 59), (8635, 5970)])
def test_a_margin_that_was_multiplied_is_named(flow: int, moe: int, tmp_path: Path) -> None:
    """Of so many workers one in some ten was asked, so that their margin is known by and large."""
    head = "h_state_fips,h_county_fips,w_state_fips,w_county_fips,flow,moe"
    path = write(tmp_path / "f_2009_2013.csv", f"{head}\n08,001,008,001,{flow},{moe}\n")
    [result] = take_in(Store(tmp_path / "store"), path)
    assert f"margin_of_error is {moe:,} where w_county_fips '08001'" in result.message
    assert f"has {flow:,} workers, of whom one in some ten was asked" in result.message


def test_a_row_of_a_state_among_flows_is_refused(tmp_path: Path) -> None:
    text = "w_county_fips,h_county_fips,jobs,year\n08001,08001,5,2021\n08000,08001,7,2021\n"
    message = refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", text))
    assert "line 3: w_county_fips: '08000' is no county; take out the rows of other" in message
