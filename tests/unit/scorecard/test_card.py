"""A scorecard sets a partnership against its own past, and tells of nobody who may be known."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import nbformat
import pytest
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from lmi.assessment.opening import open_region
from lmi.assessment.since_year import keep_sector, kept_sector, sector_since
from lmi.batch import Order, Places, scorecards
from lmi.config import load_state
from lmi.errors import ConfigError
from lmi.missing import Missing
from lmi.report.profile_page import page_html, profile_exporter
from lmi.scorecard import card as card_module
from lmi.scorecard import sections
from lmi.scorecard.book import scorecard_bytes
from lmi.scorecard.card import Scorecard, load_scorecard, make_card
from lmi.scorecard.coverage import find_coverage
from lmi.scorecard.files import load_partnerships
from lmi.scorecard.method import CATEGORIES, PHASES, STAGES, reached
from lmi.scorecard.tables import metrics_table, sector_table, team_state
from lmi.sources.workbook import sheet_rows

NOTEBOOK = Path(__file__).resolve().parents[3] / "notebooks" / "06_partnership_scorecard.ipynb"
NO_SECTOR = Missing("numbers of the sector", "none were asked for", "ask for them")
SECTIONS = [
    name for name in sections.__all__ if name not in ("FOOT", "METHOD", "fictional", "load")
]


def carded(partnership, year: int | None = None) -> Scorecard:
    return make_card(partnership, year, NO_SECTOR)


def shown(card: Scorecard) -> str:
    """All that both reports show, as HTML."""
    found = []
    for name in SECTIONS:
        made = getattr(sections, name)
        for each in (made(card, "process"), made(card, "impact")) if name == "method" else (
            made(card),
        ):  # fmt: skip
            parts = list(each) if hasattr(each, "__iter__") else [each]
            found += [getattr(part, "html", getattr(part, "alt", "")) for part in parts]
    return "\n".join(found)


@pytest.fixture(scope="module")
def samples() -> dict[str, Scorecard]:
    """The cards of the sample's partnerships, without their sectors."""
    return {p.key: carded(p) for p in load_partnerships(load_state("sample"))}


def test_every_sample_card_says_that_it_is_fictional(samples):
    for card in samples.values():
        assert "made up" in sections.title(card).html
        assert "Context, not attribution" in shown(card)


def test_what_is_typed_is_text_on_the_page_and_no_formula_in_the_workbook(partnership, tmp_path):
    evil, formula = "<script>alert(1)</script>", "=cmd|' /C calc'!A0"
    card = carded(
        partnership(
            f"priorities: [{{name: '{evil}', since: 2021, action_teams: "
            f"[{{name: '{evil}', started: 2021, lead: '<b>'}}]}}]\n"
            f"needs: [{{need: housing, said: '{evil}'}}]\n",
            f"2021,trained,9,,,,,{evil},{evil},{evil}\n2022,trained,9,,,,,{formula},s,{formula}\n",
        )
    )
    page = shown(card)
    assert "<script" not in page and "&lt;script&gt;" in page
    book = tmp_path / "a.xlsx"
    book.write_bytes(scorecard_bytes(card))
    assert any(formula in row for row in sheet_rows(book, "Rows")["Rows"])  # the text itself
    for table in (metrics_table(card, "impact"),):
        for row in csv.reader(io.StringIO(table.csv.decode())):
            assert not [cell for cell in row if cell.startswith("=")]


@pytest.mark.parametrize(("sign", "kept"), [("a", 32_737), ("😀", 16_368)])
def test_a_text_that_no_cell_holds_says_that_it_is_cut(partnership, tmp_path, sign, kept):
    card = carded(partnership("", f"2021,trained,9,,,,,e,s,{sign * 40_000}\n"))
    book = tmp_path / "a.xlsx"
    book.write_bytes(scorecard_bytes(card))
    (row,) = [row for row in sheet_rows(book, "Rows")["Rows"] if row[1] == "trained"]
    told = next(cell for cell in row if len(cell) > 99)
    assert told == f"{sign * kept} [cut here, of 40,000 letters]"
    assert len(told.encode("utf-16-le")) // 2 <= 32_767


def test_one_or_two_people_are_told_nowhere(partnership, tmp_path):
    """Not on the page, in a table's file, in a picture's words or in the workbook."""
    card = carded(partnership(
        "targets: {placements: {value: 9, by: 2024}}\n",
        "2021,action-plan,1,,,,,e,s,\n2021,placements,2,,,,,e,s,\n2022,placements,7,,,,,e,s,\n",
    ))  # fmt: skip
    told = metrics_table(card, "impact")
    assert told.frame.set_index("year")["value"].isna().to_dict()[2021]
    assert "fewer than 3 people" in told.html and "7 people" in told.html
    assert "2 people" not in shown(card)
    book = tmp_path / "a.xlsx"
    book.write_bytes(scorecard_bytes(card))
    (row,) = [row for row in sheet_rows(book, "Rows")["Rows"] if row[:2] == ["2021", "placements"]]
    assert row[2] == "" and row[-1] == "True"


def test_the_staffs_own_card_tells_every_number(partnership, regions):
    file = regions / "sample" / "state.yml"
    file.write_text(file.read_text().replace("partition: true", "partition: true\nstaff: true"))
    card = carded(partnership(rows="2021,placements,2,,,,,e,s,\n"))
    assert "2 people" in shown(card) and "not for publication" in sections.title(card).html


def test_an_earlier_year_knows_nothing_of_a_later_one(samples):
    partnership = samples["ferrow-valley-metals"].partnership
    card = carded(partnership, 2019)
    assert card.year == 2019 and set(card.readings.rows["year"]) <= {2018, 2019}
    page = shown(card)
    assert "Late bus" not in page and "52 people" not in page
    assert "done 2020" not in page and "under way" in page
    assert card.phase.phase == "active"


def test_no_evidence_is_called_no_evidence(partnership):
    said = shown(carded(partnership("", "")))
    assert "counts as emerging until something is written down" in said
    assert "By its evidence" not in said


def test_an_action_team_is_done_due_or_late():
    card = carded(load_partnerships(load_state("sample"), only="crossway-logistics")[0])
    (priority,) = card.partnership.said.priorities
    assert [team_state(team, 2023) for team in priority.action_teams] == [
        "done 2022-06, a quick win", "under way, was due 2023-06"
    ]  # fmt: skip


@pytest.mark.parametrize("phase", PHASES)
def test_coverage_has_each_box_once_and_missing_is_only_what_is_expected(samples, phase):
    for card in samples.values():
        cells = find_coverage(card.partnership, card.readings, phase, card.year)
        assert [(c.category, c.stage) for c in cells] == [
            (c, s) for c in CATEGORIES for s in STAGES
        ]
        for cell in cells:
            assert (cell.state in ("missing", "not yet expected")) == (cell.metrics == ())
            if cell.state == "missing":
                assert reached(phase, cell.stage)
            if cell.state == "not yet expected":
                assert not reached(phase, cell.stage)


def test_a_year_that_nobody_counted_is_missing_and_not_the_year_before(samples, partnership):
    card = carded(samples["crossway-health"].partnership, 2024)
    told = metrics_table(card, "impact").frame
    assert set(told[told["year"] == 2024]["told"]) == {"n/a"}
    assert {cell.state for cell in card.coverage} <= {"measured before", "missing"}
    assert "nothing is counted yet" in sections.title(carded(partnership())).text
    for year in (2018, 2099):
        with pytest.raises(ConfigError, match=f"in 2019, so it has no report of {year}; name a"):
            carded(samples["crossway-health"].partnership, year)


def test_what_is_not_yet_expected_is_not_called_missing(samples):
    table = metrics_table(samples["cinder-basin-energy"], "impact")
    assert set(table.frame["told"]) == {"not yet expected"} and table.frame["value"].isna().all()


def test_a_sector_is_read_against_its_industries_pace_in_the_state(sample_store, samples):
    partnership = samples["ferrow-valley-metals"].partnership
    opened = open_region(partnership.region.id, store=sample_store)
    found = sector_since(opened, partnership.candidate, 2018)
    row = found.row
    before = row["annual_avg_emplvl"] - row["emplvl_chg"]
    assert (found.year, found.base_year) == (2023, 2018)
    assert row["emplvl_chg"] == pytest.approx(
        before * found.state_pct_chg / 100 + row["competitive_share_state"]
    )
    table = sector_table(make_card(partnership, 2023, found))
    assert table is not None
    told = set(table.frame["measure"])
    assert {"Jobs", "Times the nation's share of jobs"} < told
    assert not any("LQ" in name for name in told)  # employers and boards read it
    late = sector_since(opened, partnership.candidate, 2023)
    assert (late.year, late.base_year) == (2023, None)
    early = sector_since(opened, partnership.candidate, 2010)
    assert (early.year, early.base_year) == (2023, None)  # nothing is known so far back


def test_a_sector_that_was_measured_is_not_measured_again(
    sample_store, samples, tmp_path, monkeypatch
):
    """What a notebook shows is what its workbook has: to the last digit, with what is missing."""
    partnership = samples["ferrow-valley-metals"].partnership
    opened = open_region(partnership.region.id, store=sample_store)
    found = sector_since(opened, partnership.candidate, 2018)
    keep_sector(found, tmp_path)
    monkeypatch.setattr(card_module, "sector_since", None)
    again = load_scorecard(partnership.id, out=tmp_path).sector
    both = (sector_table(make_card(partnership, 2023, each)) for each in (found, again))
    one, other = (table.csv for table in both)
    assert one == other and again.state_pct_chg == found.state_pct_chg
    known = [{k for k, v in each.row.items() if v == v} for each in (found, again)]
    assert known[0] == known[1]
    keep_sector(NO_SECTOR, tmp_path)
    assert kept_sector(tmp_path) == NO_SECTOR


def test_a_store_without_the_state_is_said_and_no_defect(tmp_path):
    opened = open_region("oregon/lane", store=tmp_path)
    found = sector_since(opened, opened.candidates[0], 2020)
    assert isinstance(found, Missing) and "lmi fetch oregon" in str(found)


def test_one_action_team_has_finished_or_not(samples):
    said = shown(carded(samples["cinder-basin-energy"].partnership))
    assert "0 of 1 action team has finished" in said


def test_each_report_has_its_own_cells_and_runs_nothing():
    notebook = nbformat.read(NOTEBOOK, 4)
    exporter = profile_exporter()
    pages = {part: page_html(notebook, exporter, part) for part in scorecards.REPORTS}
    for page in pages.values():
        assert "Ferrow Valley Metals Partnership" in page and "made up" in page
    assert "What has come of it" in pages["results"] and "Jobseekers hired" in pages["results"]
    assert "What has come of it" not in pages["progress"]
    assert "action teams have finished" in pages["progress"]
    assert "action teams have finished" not in pages["results"]


def test_reports_are_put_in_place_whole_or_not_at_all(samples, sample_store, tmp_path, monkeypatch):
    own = samples["gannet-island-builders"].partnership
    places = Places(sample_store, own.state.folder.parent, tmp_path)

    def run(name, parameters, folder, places):
        assert parameters["partnership"] == own.id
        return nbformat.read(NOTEBOOK, 4)

    monkeypatch.setattr(scorecards, "run_notebook", run)
    made = scorecards.make_reports(own, Order(formats=("html",)), places)
    names = {path.name for path in made.iterdir()}
    assert names == {"progress.html", "results.html", "scorecard.ipynb", "manifest.json"}
    page = (made / "results.html").read_text()
    assert "script-src" not in page and "<script" not in page
    assert "<title>Ferrow Valley Metals Partnership: results report</title>" in page

    for error, why in (
        (PapermillExecutionError(1, 1, "", "StoreError", "it broke", []), "it broke"),
        (DeadKernelError("Kernel died"), "its process was killed, .*; close other programs and"),
        (RuntimeError("Kernel died before replying to kernel_info"), "Kernel died before"),
    ):

        def fail(*_, error=error):
            raise error

        monkeypatch.setattr(scorecards, "run_notebook", fail)
        with pytest.raises(scorecards.LmiError, match=f"gannet-island-builders: {why}"):
            scorecards.make_reports(own, Order(formats=("html",)), places)
    assert {path.name for path in made.iterdir()} == names
    assert list(made.parent.iterdir()) == [made]
