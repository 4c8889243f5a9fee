"""The fourth notebook's sections: what they show, and what they say where something lacks."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from lmi.assessment.footprint_study import FootprintStudy
from lmi.report import Exhibit, Figure, PageTable, footprint
from lmi.report.figures.footprint import LINES, around, flows_figure, sector_figure

NOTEBOOK = Path(__file__).resolve().parents[3] / "notebooks" / "04_footprint.ipynb"
SECTIONS = (footprint.verdict, footprint.flows, footprint.counties, footprint.sector)


@pytest.fixture(scope="module")
def study(sample_store: Path) -> FootprintStudy:
    return footprint.load("sample/crossway", "health-care", store=sample_store)


def parts_of(section: Exhibit | PageTable) -> list[object]:
    return list(section) if isinstance(section, Exhibit) else [section]


def test_the_title_carries_the_verdict_and_says_that_data_are_made_up(study) -> None:
    text = footprint.title(study).text
    assert "About right: 93.9% of its working residents work in it" in text
    assert "Illustrative data." in text


def test_the_map_shows_the_largest_flows_between_counties_that_it_shows(study) -> None:
    figure = next(p for p in footprint.flows(study) if isinstance(p, Figure))
    by = study.market.judged_by.by_county
    at = {study.market.name(c): i for i, c in enumerate(by.counties)}
    crossing = [
        by.flows[i, j]
        for c, i in at.items() for d, j in at.items()
        if (by.counties[i] in study.region.counties) != (by.counties[j] in study.region.counties)
        and {by.counties[i], by.counties[j]} <= {*study.region.counties, *study.market.near}
    ]  # fmt: skip
    assert f"{max(crossing):,.0f} from Copperfell to Kingsmere" in figure.alt
    numbers = {text.get_text() for text in figure.fig.axes[0].texts}
    assert f"{max(crossing):,.0f}" in numbers
    assert {"Brightwater", "Harrowgate", "Kingsmere", "Tollgate"} <= numbers


def test_each_figure_has_the_same_bytes_when_it_is_drawn_again(study) -> None:
    shapes = around(study.market, study.shapes)
    for draw in (flows_figure, sector_figure):
        assert draw(study, shapes).svg == draw(study, shapes).svg
        assert "ILLUSTRATIVE" in draw(study, shapes).fig.texts[1].get_text()


def test_a_county_whose_interval_holds_a_line_is_hatched(study) -> None:
    shapes = around(study.market, study.shapes)
    hatched = sum(bool(p.get_hatch()) for p in sector_figure(study, shapes).fig.axes[0].patches)
    rows = study.sector_by_county
    across = [((rows["lq_lo"] < line) & (rows["lq_hi"] > line)).any() for line in LINES]
    assert any(across) and hatched == 1, "one patch for all that are hatched"


def test_every_change_is_a_row_with_the_sectors_jobs_and_rank(study) -> None:
    table = footprint.counties(study)
    assert isinstance(table, PageTable)
    names = [column.cell(row) for row in table.rows for column in table.shown[:1]]
    assert names[0] == "As it is"
    assert {"With Copperfell", "Without Tollgate"} <= set(names)
    first = [column.cell(table.rows[0]) for column in table.shown]
    assert first[-1] == "1" and first[1] == ""


def test_a_changed_footprint_stands_beside_the_one_there_was(sample_store) -> None:
    study = footprint.load("sample/crossway", adding="99009", without="99003", store=sample_store)
    [said] = footprint.verdict(study)
    assert "As it was: " in said.text and "Now: " in said.text
    assert "99009" in study.region.counties and "99003" not in study.region.counties
    assert "No sector is in mind" in next(iter(footprint.sector(study))).text


def test_where_something_lacks_it_is_said(study, tmp_path) -> None:
    empty = footprint.load("oregon/lane", store=tmp_path / "store")
    for section in SECTIONS:
        parts = parts_of(section(empty))
        assert parts and not any(isinstance(part, (Figure, PageTable)) for part in parts)
    assert "is not known: the store has no commuting" in footprint.title(empty).text


def test_the_notebook_calls_each_section_once() -> None:
    cells = nbformat.read(NOTEBOOK, as_version=4).cells
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    called = [name for line in code for name in footprint.__all__ if f"footprint.{name}(" in line]
    assert sorted(called) == sorted(footprint.__all__)


@pytest.mark.parametrize("section", [footprint.flows, footprint.sector])
def test_counties_that_the_map_lacks_are_named_and_without_any_of_its_own_there_is_none(
    study, section
) -> None:
    def with_map_of(*counties: str) -> list[object]:
        other = replace(study)
        kept = study.shapes[study.shapes["area_fips"].isin(counties)]
        other.__dict__["shapes"] = kept.reset_index(drop=True)
        return parts_of(section(other))

    own, near = study.region.counties, study.market.near
    name = study.market.name
    figure, said, *_ = with_map_of(*own[1:], *near)
    assert isinstance(figure, Figure)
    assert said.text.startswith(
        f"Not on the map in the store, which is of another year: {name(own[0])}."
    )
    none_of_its_own = with_map_of(*near)
    assert not any(isinstance(part, Figure) for part in none_of_its_own)
    assert none_of_its_own[0].text.startswith("Not on the map in the store")
    assert not any("Not on the map" in getattr(part, "text", "")
                   for part in parts_of(section(study)))  # fmt: skip
