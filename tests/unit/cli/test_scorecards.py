"""`lmi scorecard` from the command line: what it reads, makes and refuses."""

from __future__ import annotations

import shutil

import openpyxl
import pytest


def test_it_checks_all_and_names_what_to_correct(lmi, folder):
    done = lmi("scorecard", "--check", "--state", "sample", "--regions", folder)
    assert done.status == 0 and done.out.count("ok ") == 6
    assert "sample/cinder-basin-energy: 2 rows, emerging" in done.out
    file = folder / "sample" / "partnerships" / "crossway-health.metrics.csv"
    file.write_text(file.read_text() + "2023,trainings,4,,,,,a,b,\n")
    done = lmi("scorecard", "--check", "--regions", folder)
    assert done.status == 1 and done.out.count("ok ") == 5
    assert done.err.count("failed") == 1
    assert "crossway-health.metrics.csv, line 29: there is no metric 'trainings'" in done.err


def test_it_lists_what_may_be_measured(lmi, folder):
    done = lmi("scorecard", "--metrics", "--regions", folder)
    assert done.status == 0
    assert "trained: People who finished a training (people; impact, people; mid" in done.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ((), "Name a partnership"),
        (("sample/nobody",), "sample has no partnership 'nobody'"),
        (("sample/crossway-health", "--paper", "a5"), "no paper 'a5'"),
        (("sample/crossway-health", "--formats", "doc"), "no format 'doc'"),
        (("--state", "nowhere"), "there is no state 'nowhere'"),
        (("--state", "../sample"), "'../sample' cannot be a key"),
        (("--state", "/tmp", "--survey"), "'/tmp' cannot be a key"),
        (("--state", "./sample", "--check"), "'./sample' cannot be a key"),
        (("--state", "sample/", "--metrics"), "'sample/' cannot be a key"),
        (("--state", "sample", "--year", "1900"), "has numbers of 1900; name a year from 2018"),
        (("sample/crossway-health", "--year", "1900"), "no report of 1900; name a year from"),
    ],
)
def test_what_it_cannot_do_it_says(lmi, folder, sample_store, words, says):
    done = lmi("scorecard", *words, "--regions", folder, "--store", sample_store)
    assert done.status == 1 and says in done.err


def test_a_survey_goes_out_and_comes_back(lmi, folder, tmp_path):
    where = ("--regions", folder, "--outputs", tmp_path / "out")
    done = lmi("scorecard", "--survey", "--state", "sample", *where)
    assert done.status == 0 and done.out.count(".xlsx") == 6
    file = tmp_path / "out" / "sample" / "surveys" / "crossway-logistics.xlsx"
    done = lmi("scorecard", "--read", file, *where)
    assert done.status == 0 and "crossway-logistics.metrics.csv: 0 added, 0 there" in done.out
    book = openpyxl.load_workbook(file)
    book["Numbers"]["G2"], book["Numbers"]["G3"] = 1, 7.5
    book.save(file)
    done = lmi("scorecard", "--read", file, *where)
    assert done.status == 1 and "1 added" in done.out
    assert "not read  Numbers, cell G3: the value 7.5 is no whole number" in done.err
    assert "1 row stays in the workbook" in done.err
    done = lmi("scorecard", "--survey", "--state", "sample", "--year", 2020, *where)
    assert done.status == 1 and 0 < done.out.count(".xlsx") < 6
    assert "was launched in 2023, so it has no survey of the year 2020" in done.err
    done = lmi("scorecard", "--read", tmp_path / "none.xlsx", *where)
    assert done.status == 1 and "There is no file" in done.err


def test_a_states_page_is_written_without_any_report(lmi, folder, sample_store, tmp_path):
    where = ("--regions", folder, "--store", sample_store, "--outputs", tmp_path / "out")
    done = lmi("scorecard", "--state", "sample", "--formats", "html", *where)
    assert done.status == 0
    made = tmp_path / "out" / "sample" / "partnerships"
    assert {path.name for path in made.iterdir()} == {"index.html", "common.csv"}
    page = (made / "index.html").read_text()
    assert "<svg" in page and "Results report" not in page
    shutil.rmtree(folder / "sample" / "partnerships")
    done = lmi("scorecard", "--state", "sample", *where)
    assert done.status == 1 and "Halvane has no partnerships" in done.err
