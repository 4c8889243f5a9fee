"""A survey goes out, is filled in, comes back: what is right is kept, what is wrong is named."""

from __future__ import annotations

import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from lmi.config import load_state
from lmi.errors import ConfigError, DataFileError
from lmi.scorecard.dates import known_date
from lmi.scorecard.files import load_partnerships
from lmi.scorecard.method import reached
from lmi.scorecard.phase import find_phase
from lmi.scorecard.readings import read_readings
from lmi.scorecard.survey import LONGEST, NUMBERS, README, ask, survey_bytes
from lmi.scorecard.survey_read import survey_partnership, take_in_survey

BEFORE = "2021-12,action-plan,1,,,,,Minutes,Port,\n2021,trained,9,,,,,List,Port,\n"
Cells = dict[tuple[str, str], object]


def fill(file: Path, cells: Cells, more: tuple[dict[str, object], ...] = ()) -> Path:
    """Type into a survey: by metric and column, and rows below."""
    book = openpyxl.load_workbook(file)
    page = book[NUMBERS]
    head = [cell.value for cell in page[1]]
    rows = {row[head.index("metric")].value: row for row in page.iter_rows(min_row=2)}
    for (metric, column), value in cells.items():
        rows[metric][head.index(column)].value = value
        if isinstance(value, str):
            rows[metric][head.index(column)].data_type = "s"  # typed as text, whatever it is
    spare = (r for r in page.iter_rows(min_row=2) if not r[head.index("metric")].value)
    for row, extra in zip(spare, more, strict=False):
        for column, value in extra.items():
            row[head.index(column)].value = value
    book.save(file)
    return file


@pytest.fixture
def sent(tmp_path, partnership):
    """A partnership with some numbers, and its survey of the year after."""
    found = partnership("measures: [trained, placements, retention]\n", BEFORE)
    file = tmp_path / "harbor.survey.xlsx"
    file.write_bytes(survey_bytes(found))
    return found, file


def test_it_asks_what_the_phase_asks_within_twenty_minutes():
    for partnership in load_partnerships(load_state("sample")):
        readings = read_readings(partnership)
        asked = ask(partnership, readings)
        phase = find_phase(partnership, readings).phase
        assert asked.year == 2024 and 0 < asked.minutes <= LONGEST
        assert {m.key for m in asked.metrics} & {m.key for m in partnership.catalogue.common}
        for metric in (*asked.metrics, *asked.left):
            assert reached(phase, metric.stage) or readings.series(metric.key)
        if phase == "emerging":
            assert {m.stage for m in asked.metrics} == {"early"}
        assert survey_bytes(partnership) == survey_bytes(partnership)


def test_it_carries_last_years_values_and_who_counted(sent):
    found, file = sent
    rows = list(openpyxl.load_workbook(file)[NUMBERS].iter_rows(values_only=True))
    (row,) = [dict(zip(rows[0], r, strict=True)) for r in rows if r[-1] == "trained"]
    assert (row["2021"], row["date"], row["source"], row["value"]) == (
        "9 people", "2022", "Port", None
    )  # fmt: skip
    assert survey_partnership(file) == found.id


def test_what_was_filled_in_is_read_back_once_and_carried_on(sent):
    found, file = sent
    fill(file, {
        ("trained", "value"): 12, ("trained", "evidence"): "List",
        ("trained", "story"): "=1+1 is how it began", ("action-plan", "value"): 1,
    }, ({"date": "2022-06", "metric": "meetings", "value": 4, "source": "Port"},))  # fmt: skip
    before = found.metrics_file.read_bytes()
    made = take_in_survey(file, found)
    assert (made.n_added, made.n_known, made.wrong) == (3, 0, ())
    assert found.metrics_file.read_bytes().startswith(before)
    readings = read_readings(found)
    assert readings.series("trained") == {2021: 9.0, 2022: 12.0}
    assert readings.series("meetings") == {2022: 4.0}
    assert readings.stories[0]["story"] == "=1+1 is how it began"
    assert b"2022,trained,12,people," in found.metrics_file.read_bytes()  # another is told later
    assert b"'=1+1" in found.metrics_file.read_bytes()  # no spreadsheet runs it
    again = take_in_survey(file, found)
    assert (again.n_added, again.n_known, again.wrong) == (0, 3, ())
    file.write_bytes(survey_bytes(found))
    rows = list(openpyxl.load_workbook(file)[NUMBERS].iter_rows(values_only=True))
    (row,) = [r for r in rows if r[-1] == "trained"]
    assert row[rows[0].index("2022")] == "12 people"


def test_broken_in_three_ways_it_names_three_cells_and_keeps_the_rest(sent):
    found, file = sent
    fill(file, {
        ("trained", "value"): 12,
        ("school-programs", "value"): "a few",
        ("businesses-engaged", "value"): 8, ("businesses-engaged", "date"): "2019",
        ("businesses-engaged", "source"): "Port", ("school-programs", "source"): "School",
    }, ({"date": "2022", "metric": "retention", "value": 140, "source": "Port"},))  # fmt: skip
    made = take_in_survey(file, found)
    assert made.n_added == 1 and len(made.wrong) == 3
    told = " ".join(made.wrong)
    page = openpyxl.load_workbook(file)[NUMBERS]
    at = {row[-1].value: row[0].row for row in page.iter_rows(min_row=2)}
    assert f"Numbers, cell G{at['school-programs']}:" in told and "'a few'" in told
    assert f"Numbers, cell F{at['businesses-engaged']}: the date 2019 is before" in told
    assert f"Numbers, cell G{at['retention']}: the value 140 is more than 100 percent" in told
    assert read_readings(found).series("trained")[2022] == 12
    fill(file, {
        ("school-programs", "value"): 3, ("businesses-engaged", "date"): "2022",
        ("retention", "value"): 40,
    })  # fmt: skip
    made = take_in_survey(file, found)
    assert (made.n_added, made.n_known, made.wrong) == (3, 1, ())


def test_a_number_that_the_file_has_otherwise_is_not_overwritten(sent):
    found, file = sent
    fill(file, {("trained", "value"): 12, ("trained", "date"): "2021"})
    before = found.metrics_file.read_bytes()
    (told,) = take_in_survey(file, found).wrong
    assert "partnership's file has 9 for 2021; write it there, in line 3" in told
    assert found.metrics_file.read_bytes() == before


@pytest.mark.parametrize("column", ["evidence", "story", "source"])
def test_words_beside_a_number_that_the_file_has_are_not_dropped(sent, column):
    """They were counted as there already; now the workbook keeps them and says which cell."""
    found, file = sent
    asked = {("trained", "value"): 9, ("trained", "date"): "2021", ("trained", column): "Hired six"}
    fill(file, asked)
    made = take_in_survey(file, found)
    assert (made.n_added, made.n_known) == (0, 0)
    (told,) = made.wrong
    letter = {"evidence": "H", "source": "I", "story": "J"}[column]
    assert f"cell {letter}" in told and f"the {column} is 'Hired six'" in told and "line 3" in told
    fill(file, {("trained", "value"): None, ("trained", column): None, ("trained", "story"): "Six"})
    assert "the story is 'Six'" in take_in_survey(file, found).wrong[0]


def test_a_letter_that_the_files_encoding_lacks_loses_no_row(sent):
    found, file = sent
    old = found.metrics_file.read_text("utf-8") + "2021-06,meetings,3,,,,,Café,Port,\n"
    found.metrics_file.write_bytes(old.encode("windows-1252"))
    fill(file, {("trained", "value"): 12, ("trained", "story"): "Łukasz’ crew, 漢"})
    made = take_in_survey(file, found)
    assert made.n_added == 1 and made.is_recoded and not made.wrong
    assert found.metrics_file.read_text("utf-8").startswith(old)
    assert read_readings(found).stories[0]["story"] == "Łukasz’ crew, 漢"
    found.metrics_file.write_bytes(old.encode("windows-1252"))
    fill(file, {("trained", "story"): "Zoë’s crew"})
    made = take_in_survey(file, found)
    assert made.n_added == 1 and not made.is_recoded
    assert "Zoë’s".encode("windows-1252") in found.metrics_file.read_bytes()


def test_a_percentage_is_read_as_its_cell_shows_it(sent):
    """79% is kept as 0.79 in a workbook, which is not 0.79 percent."""
    found, file = sent
    retained = {"metric": "retention", "source": "Port", "evidence": "Payroll"}
    typed = {"2021": 0.79, "2022": "80 %", "2023": 1, "2024": 0.5}
    rows = [{**retained, "date": year, "value": value} for year, value in typed.items()]
    fill(file, {}, (*rows, {"metric": "meetings", "source": "Port", "date": "2022", "value": 0.5}))
    book = openpyxl.load_workbook(file)
    page = book[NUMBERS]
    column = [cell.value for cell in page[1]].index("value") + 1
    shown = {"2021": "0%", "2023": "0.0%", "2024": '0.0"%"'}  # the last scales nothing
    for row in page.iter_rows(min_row=2):
        if row[-1].value == "retention" and row[column - 2].value in shown:
            row[column - 1].number_format = shown[row[column - 2].value]
        elif row[-1].value == "meetings":
            row[column - 1].number_format = "0%"
    book.save(file)
    made = take_in_survey(file, found)
    assert read_readings(found).series("retention") == {2021: 79.0, 2022: 80.0, 2023: 100.0}
    (share, people) = made.wrong
    assert "the value is '0.5', which may be 0.5% or a share of 1" in share
    assert "'meetings' counts events; write it without '%'" in people


def test_less_than_one_percent_is_read_again_as_that(sent):
    found, file = sent
    row = {"metric": "retention", "source": "Port", "date": "2022", "value": "0.5%"}
    fill(file, {}, (row,))
    assert take_in_survey(file, found).n_added == 1
    assert read_readings(found).series("retention") == {2022: 0.5}
    assert take_in_survey(file, found).n_known == 1


def test_a_number_below_none_is_named_as_it_was_typed(sent):
    found, file = sent
    for typed in (-3, "-3", "−3"):
        (told,) = take_in_survey(fill(file, {("trained", "value"): typed}), found).wrong
        at = told.split(":")[0]
        assert at.startswith("Numbers, cell G")
        assert told == f"{at}: value is -3; it cannot be below 0, so mend the row."


def test_a_formula_that_nobody_computed_is_no_blank(sent):
    found, file = sent
    book = openpyxl.load_workbook(file)
    page = book[NUMBERS]
    at = next(row[0].row for row in page.iter_rows() if row[-1].value == "trained")
    page[f"G{at}"] = "=6+6"
    book.save(file)
    with pytest.raises(DataFileError, match=f"formula without a result in G{at}; open the workb"):
        take_in_survey(file, found)


def test_an_error_in_a_cell_is_no_blank_and_a_yes_is_a_number(sent):
    found, file = sent
    fill(file, {("action-plan", "value"): "Yes"})
    assert take_in_survey(file, found).n_added == 1
    assert read_readings(found).series("action-plan")[2022] == 1
    book = openpyxl.load_workbook(file)
    at = next(row[0].row for row in book[NUMBERS].iter_rows() if row[-1].value == "trained")
    book[NUMBERS][f"G{at}"] = "#REF!"
    book.save(file)
    with pytest.raises(DataFileError, match=f"formula without a result in G{at}"):
        take_in_survey(file, found)


def test_a_row_that_begins_as_a_comment_does_is_read_again(sent):
    """It was counted as added, and nobody ever read it."""
    found, file = sent
    fill(file, {("trained", "value"): 12, ("trained", "date"): "#2022"})
    (told,) = take_in_survey(file, found).wrong
    assert "the date is '#2022'" in told


@pytest.mark.parametrize("part", ["xl/styles.xml", "xl/workbook.xml", "[Content_Types].xml"])
def test_a_workbook_with_a_damaged_part_is_refused_in_a_sentence(sent, part):
    found, file = sent
    with zipfile.ZipFile(file) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    for spoilt in (parts[part][: len(parts[part]) // 2], b"<a"):
        with zipfile.ZipFile(file, "w") as damaged:
            for name, data in {**parts, part: spoilt}.items():
                damaged.writestr(name, data)
        with pytest.raises(DataFileError, match="cannot be read as an Excel workbook"):
            take_in_survey(file, found)


def test_rows_and_columns_that_were_put_in_do_not_move_the_names_of_cells(sent):
    found, file = sent
    fill(file, {("trained", "value"): "a few"})
    book = openpyxl.load_workbook(file)
    page = book[NUMBERS]
    page.insert_rows(1, 2)
    page.insert_cols(1)
    at = next(row[0].row for row in page.iter_rows() if row[-1].value == "trained")
    book[README].insert_cols(1)
    book.save(file)
    assert survey_partnership(file) == found.id
    (told,) = take_in_survey(file, found).wrong
    assert told.startswith(f"Numbers, cell H{at}: value is 'a few'")


def test_a_year_before_the_launch_has_no_survey(sent):
    found, _ = sent
    for year in (2019, -5, 99999):
        with pytest.raises(ConfigError, match=f"launched in 2020, so it has no .* {year}; name"):
            survey_bytes(found, year)
    assert survey_bytes(found, 2020)


def test_another_partnerships_survey_and_another_workbook_are_refused(sent, partnership, tmp_path):
    found, file = sent
    other = partnership(key="pier")
    with pytest.raises(ConfigError, match="survey of 'sample/harbor', not of 'sample/pier'"):
        take_in_survey(file, other)
    book = openpyxl.load_workbook(file)
    book[NUMBERS]["G1"] = "worth"
    book.save(file)
    with pytest.raises(DataFileError, match="lacks the column value"):
        take_in_survey(file, found)
    del book[NUMBERS]
    book.save(file)
    with pytest.raises(DataFileError, match="has no sheet 'Numbers'"):
        take_in_survey(file, found)
    file.write_bytes(b"no workbook")
    with pytest.raises(DataFileError, match="cannot be read as an Excel workbook"):
        take_in_survey(file, found)
    assert read_readings(found).year == 2021


def test_the_first_survey_begins_the_file(sent):
    found, file = sent
    found.metrics_file.unlink()
    fill(file, {("trained", "value"): 0})
    assert take_in_survey(file, found).n_added == 1
    assert read_readings(found).series("trained") == {2022: 0.0}  # none is not missing


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("March 15, 2022", "2022-03-15"), ("15 Mar 2022", "2022-03-15"), ("Sept. 2022", "2022-09"),
        ("3/15/22", "2022-03-15"), ("3/2022", "2022-03"), ("15.03.2022", "2022-03-15"),
        ("2022/03/15", "2022-03-15"), (datetime(2022, 3, 15, 14, 30), "2022-03-15"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(sent, written: object, date: str):
    found, file = sent
    fill(file, {("trained", "value"): 7, ("trained", "date"): written})
    assert take_in_survey(file, found).n_added == 1
    assert read_readings(found).rows["date"].tolist()[-1] == date


@pytest.mark.parametrize("written", ["Q1 2022", "Mar-22", "2022.3", "22", "May 32, 2022", "Mai 22"])
def test_a_date_that_may_be_another_is_none(written: str):
    assert known_date(written) is None


def test_a_sheet_that_people_worked_on_is_read(sent):
    found, file = sent
    nobody = {"metric": "retention", "date": "2022", "source": "Port", "value": "N/A"}
    fill(file, {("trained", "value"): "7 people"}, (nobody,))
    book = openpyxl.load_workbook(file)
    sheet = book[NUMBERS]
    at = next(cell for cell in sheet[1] if cell.value == "value")
    at.value = "Value (2022)"
    sheet.insert_rows(1)
    sheet["A1"] = "Harbor, counted in 2022"
    book.save(file)
    taken = take_in_survey(file, found)
    assert (taken.n_added, taken.wrong) == (1, ())
    assert read_readings(found).series("trained")[2022] == 7


def test_what_is_written_where_nothing_is_read_is_named_and_not_lost(sent):
    found, file = sent
    assert take_in_survey(file, found).beside == ()
    fill(file, {("trained", "value"): 7}, ({"metric": "retention", "date": "2022"},))
    book = openpyxl.load_workbook(file)
    page, readme = book[NUMBERS], book[README]
    at = next(
        row[0].row for row in page.iter_rows() if row[0].value == "People who finished a training"
    )
    page.cell(at, 4).value = "12 people"
    page.cell(at, 5).value = "30 people by 2027"
    page.cell(at, 12).value = "ask Bob"
    page.cell(page.max_row, 1).value = "We also met three times."
    readme["B12"] = "Our comment to the state"
    book.save(file)
    taken = take_in_survey(file, found)
    assert (taken.n_added, taken.wrong) == (1, ())
    says = {
        f"Numbers, cell D{at}: '12 people'": "correct a number of 2021 in harbor.metrics.csv",
        f"Numbers, cell E{at}: '30 people by 2027'": "below 'targets' of harbor.yml",
        f"Numbers, cell L{at}: 'ask Bob'": "write it as the story",
        f"Numbers, cell A{page.max_row}: 'We also met": "write it as the story",
        "Read me, cell B12: 'Our comment": "nothing is read of this sheet",
    }
    assert len(taken.beside) == len(says)
    for cell, where in says.items():
        assert [text for text in taken.beside if text.startswith(cell) and where in text], cell


def test_a_stroke_is_nothing_or_zero_and_asked_for(sent):
    found, file = sent
    fill(file, {("trained", "value"): "-"})
    [wrong] = take_in_survey(file, found).wrong
    assert "the value is '-', which may be nothing or zero; leave the cell blank, or" in wrong
