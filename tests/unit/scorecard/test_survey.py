"""A survey goes out, is filled in, comes back: what is right is kept, what is wrong is named."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from lmi.config import load_state
from lmi.errors import ConfigError, DataFileError
from lmi.scorecard.files import load_partnerships
from lmi.scorecard.method import reached
from lmi.scorecard.phase import find_phase
from lmi.scorecard.readings import read_readings
from lmi.scorecard.survey import LONGEST, NUMBERS, ask, survey_bytes
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
    assert "partnership's file has 9 for 2021; correct it there, in line 3" in told
    assert found.metrics_file.read_bytes() == before


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
