"""A workbook's sheets of people's words, added to the state's own files: nothing is lost."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from xlsxwriter import Workbook

from lmi import locations
from lmi.assessment.people_files import read_engagement, read_knowledge
from lmi.assessment.people_sheets import add_people
from lmi.config import StateConfig, load_candidates, load_state
from lmi.errors import ConfigError, DataFileError

REGION = "crossway"
EFFORT = ("organisation", "system", "effort", "candidate", "since", "region")
SAID = ("candidate", "region", "statement", "rating", "who", "date", "item")
COLLEGE = ("New College", "education", "Council", "health-care", 2020, REGION)
WORD = ("health-care", REGION, "Nurses leave for Tollgate.", 4, "nurse", "2024-11-01", "")
FILES = ("engagement.csv", "local_knowledge.csv")


@pytest.fixture
def state(tmp_path: Path) -> StateConfig:
    """The sample, in a folder of its own."""
    folder = tmp_path / "regions"
    shutil.copytree(locations.regions_dir() / "sample", folder / "sample")
    for name in ("criteria.yml", "sectors.yml"):
        shutil.copy(locations.regions_dir() / name, folder / name)
    return load_state("sample", folder)


def book(folder: Path, with_units: bool = True, **sheets: Sequence[Sequence[object]]) -> Path:
    """A workbook with sheets of rows, names and units above them."""
    file = folder / "filled in.xlsx"
    with Workbook(str(file), {"strings_to_formulas": False}) as made:
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            page = made.add_worksheet(name.replace("_", " "))
            head, *below = rows
            units = ["1 to 5" if column == "rating" else "" for column in head]
            for at, row in enumerate([head, units, *below] if with_units else rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, datetime.date):
                        page.write_datetime(at, column, cell, day)
                    else:
                        page.write(at, column, cell)
    return file


def take(file: Path, state: StateConfig):
    return add_people(file, state, REGION, load_candidates(state))


def raw(state: StateConfig) -> list[bytes]:
    return [(state.folder / name).read_bytes() for name in FILES]


def test_new_rows_stand_at_the_end_and_all_else_stays_byte_for_byte(tmp_path, state) -> None:
    before = raw(state)
    file = book(tmp_path, Engagement=[EFFORT, COLLEGE], Local_knowledge=[SAID, WORD])
    efforts, words = take(file, state)
    assert (efforts.n_added, words.n_added) == (1, 1)
    for was, now in zip(before, raw(state), strict=True):
        assert now.startswith(was) and len(now.splitlines()) == len(was.splitlines()) + 1
    last = read_engagement(state, load_candidates(state)).iloc[-1]
    assert last[list(EFFORT)].tolist() == list(COLLEGE)
    assert read_knowledge(state, load_candidates(state)).iloc[-1]["statement"] == WORD[2]


def test_where_the_row_of_units_was_taken_out_no_row_is_lost(tmp_path, state) -> None:
    file = book(tmp_path, with_units=False, Local_knowledge=[SAID, WORD])
    (words,) = take(file, state)
    assert words.n_added == 1
    with pytest.raises(ConfigError, match="cell D2: rating is 9"):
        take(book(tmp_path, False, Local_knowledge=[SAID, (*WORD[:3], 9, *WORD[4:])]), state)


def test_a_row_that_stands_twice_is_added_once(tmp_path, state) -> None:
    (efforts,) = take(book(tmp_path, Engagement=[EFFORT, COLLEGE, COLLEGE]), state)
    assert (efforts.n_added, efforts.n_known) == (1, 1)
    found = read_engagement(state, load_candidates(state))
    assert (found["organisation"] == COLLEGE[0]).sum() == 1


def test_the_same_workbook_again_adds_nothing(tmp_path, state) -> None:
    file = book(tmp_path, Engagement=[EFFORT, COLLEGE])
    take(file, state)
    after = raw(state)
    (again,) = take(file, state)
    assert (again.n_added, again.n_known) == (0, 1)
    assert raw(state) == after


def test_rows_that_the_sheet_lacks_are_named_and_stay(tmp_path, state) -> None:
    (found,) = take(book(tmp_path, Engagement=[EFFORT, COLLEGE]), state)
    assert any(row.startswith("Crossway Workforce Board") for row in found.left)
    assert not any("ferrow-valley" in row for row in found.left)


def test_a_date_may_be_a_date_and_a_text_may_look_like_a_formula(tmp_path, state) -> None:
    row = ("health-care", REGION, "=1+1", 4, "nurse", datetime.date(2024, 11, 1), "")
    take(book(tmp_path, Local_knowledge=[SAID, row]), state)
    last = read_knowledge(state, load_candidates(state)).iloc[-1]
    assert (last["statement"], last["date"]) == ("=1+1", "2024-11-01")
    assert b"'=1+1" in raw(state)[1]


def test_comments_separators_and_encodings_of_a_file_stay(tmp_path, state) -> None:
    file = state.folder / "engagement.csv"
    head = "# who works with employers\nregion;organization;system;effort;candidate\n"
    text = f"{head};Café;community;Talk;energy"
    file.write_bytes(text.encode("windows-1252"))
    row = ("Zoë's", "education", "A; B", "energy", "", REGION)
    take(book(tmp_path, Engagement=[EFFORT, row]), state)
    assert file.read_bytes() == f'{text}\n{REGION};Zoë\'s;education;"A; B";energy\n'.encode(
        "windows-1252"
    )


def test_a_letter_that_the_files_encoding_lacks_loses_no_row(tmp_path, state) -> None:
    file = state.folder / "engagement.csv"
    text = "organisation,system,effort,candidate,region\nCafé,community,Talk,energy,\n"
    file.write_bytes(text.encode("windows-1252"))
    row = ("Łódź College", "education", "Council", "energy", "", REGION)
    (found,) = take(book(tmp_path, Engagement=[EFFORT, row]), state)
    assert found.n_added == 1 and found.is_recoded
    assert file.read_text("utf-8") == f"{text}Łódź College,education,Council,energy,{REGION}\n"


def test_a_name_that_begins_as_a_comment_does_is_no_comment(tmp_path, state) -> None:
    (found,) = take(book(tmp_path, Engagement=[EFFORT, ("#1 Staffing", *COLLEGE[1:])]), state)
    assert found.n_added == 1
    efforts = read_engagement(state, load_candidates(state))
    assert efforts["organisation"].iloc[-1] == "#1 Staffing"


def test_rows_above_the_names_do_not_move_the_names_of_cells(tmp_path, state) -> None:
    wrong = (*WORD[:3], 9, *WORD[4:])
    file = book(tmp_path, False, Local_knowledge=[(), (), SAID, [""] * 7, wrong])
    with pytest.raises(ConfigError, match="cell D5: rating is 9"):
        take(file, state)
    (words,) = take(book(tmp_path, False, Local_knowledge=[(), SAID, [""] * 7, WORD]), state)
    assert words.n_added == 1


def test_a_column_that_the_file_lacks_is_asked_for(tmp_path, state) -> None:
    file = state.folder / "engagement.csv"
    file.write_text("organisation,system,effort,candidate\nA,community,Talk,energy\n")
    with pytest.raises(ConfigError, match=r"no column region and since, .* header"):
        take(book(tmp_path, Local_knowledge=[SAID, WORD], Engagement=[EFFORT, COLLEGE]), state)
    assert b"Nurses leave" not in raw(state)[1]


def test_a_file_that_is_not_there_is_begun(tmp_path, state) -> None:
    for name in FILES:
        (state.folder / name).unlink()
    take(book(tmp_path, Engagement=[EFFORT, COLLEGE], Local_knowledge=[SAID, WORD]), state)
    assert len(read_engagement(state, load_candidates(state))) == 1
    assert len(read_knowledge(state, load_candidates(state))) == 1


@pytest.mark.parametrize(
    ("sheet", "head", "row", "place", "told"),
    [
        ("Local_knowledge", SAID, (*WORD[:3], 9, *WORD[4:]), "cell D3", "above 5"),
        ("Local_knowledge", SAID, ("helth", *WORD[1:]), "cell A3", "health-care"),
        ("Local_knowledge", SAID, (*WORD[:5], "soon", ""), "cell F3", "2026-11"),
        ("Local_knowledge", SAID, (*WORD[:6], "champion"), "cell G3", "champions"),
        ("Engagement", EFFORT, ("A", "school", *COLLEGE[2:]), "cell B3", "system"),
        ("Engagement", EFFORT, (*COLLEGE[:5], "nowhere"), "cell F3", "region"),
    ],
)
def test_what_cannot_be_is_refused_with_its_cell(
    tmp_path, state, sheet, head, row, place, told
) -> None:
    before = raw(state)
    with pytest.raises(ConfigError, match=told) as caught:
        take(book(tmp_path, **{sheet: [head, row]}), state)
    assert f"{sheet.replace('_', ' ')}, {place}: " in str(caught.value)
    assert raw(state) == before


def test_neither_file_is_touched_where_one_sheet_is_wrong(tmp_path, state) -> None:
    before = raw(state)
    wrong = (*WORD[:3], 9, *WORD[4:])
    with pytest.raises(ConfigError):
        take(book(tmp_path, Engagement=[EFFORT, COLLEGE], Local_knowledge=[SAID, wrong]), state)
    assert raw(state) == before


def test_what_is_no_such_workbook_is_refused(tmp_path, state) -> None:
    with pytest.raises(DataFileError, match="no sheet Engagement or Local knowledge"):
        take(book(tmp_path, Sheet1=[EFFORT]), state)
    text = tmp_path / "text.xlsx"
    text.write_text("organisation")
    with pytest.raises(DataFileError, match="as an Excel workbook"):
        take(text, state)
