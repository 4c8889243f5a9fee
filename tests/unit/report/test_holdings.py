"""What the first notebook shows: figures that fit, sentences that name every gap and its remedy."""

from __future__ import annotations

import ast
from pathlib import Path

import nbformat
import pytest

from lmi.assessment.holdings import Holdings
from lmi.report import Exhibit, holdings, style
from lmi.report.display import Figure, PageTable
from lmi.report.figures.holdings import counties_figure, levels_figure, periods_figure
from lmi.report.sentences.gaps import gaps
from lmi.report.sentences.holdings import lacks, verdict
from lmi.report.sentences.withheld import withheld_counties
from lmi.store import Store
from tests.builders import qcew, take_in, write

NOTEBOOK = Path(__file__).resolve().parents[3] / "notebooks" / "01_data.ipynb"
SECTIONS = (
    holdings.files, holdings.periods, holdings.withheld, holdings.withheld_counties,
    holdings.withheld_sectors, holdings.breaks, holdings.others, holdings.profiles,
)  # fmt: skip
CELLS = """
    {area} 0 10 10 100 9
    {area} 5 10  9  90 8
    {area} 5 23  4  40 4
    {area} 5 62  3   0 0 N
    {area} 5 72  2   0 0 N
"""


def cells_of(*areas: str) -> str:
    return "".join(CELLS.format(area=area) for area in areas)


def parts_of(section: Exhibit | PageTable) -> list[object]:
    return list(section) if isinstance(section, Exhibit) else [section]


@pytest.fixture(scope="module")
def held(sample_store: Path) -> Holdings:
    return holdings.load("sample", 2023, sample_store)


@pytest.fixture(scope="module")
def patchy(tmp_path_factory: pytest.TempPathFactory) -> Holdings:
    """Hawaii: 2016 whole, 2018 without nation and Maui, one quarter of 2019, 2021 without state."""
    folder = tmp_path_factory.mktemp("patchy")
    everywhere = ("15001", "15003", "15007", "15009")
    contents = {
        "2016": qcew(cells_of("US000", "15000", *everywhere), 2016),
        "2018": qcew(cells_of("15000", *everywhere[:3]), 2018),
        "2019": qcew(cells_of(*everywhere), 2019, "2"),
        "2021": qcew(cells_of("US000", *everywhere), 2021),
    }
    for name, content in contents.items():
        take_in(folder / "store", write(folder / f"{name}.csv", content))
    return holdings.load("hawaii", 2021, folder / "store")


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Holdings:
    return holdings.load("colorado", 2016, tmp_path_factory.mktemp("empty"))


def test_every_gap_is_named_with_what_mends_it(patchy: Holdings) -> None:
    told = [
        ("Of 2019 there is Q2 only", "2019_annual_by_area.zip"),
        ("No county rows of 2017 and 2020", "2017_annual_by_area.zip 2020_annual_by_area.zip"),
        ("No quarters of 2016, 2018 and 2021", ""),
        ("Maui + Kalawao County has no rows in 2018", "2018_annual_by_area.zip"),
        ("No statewide rows of 2021: location quotients against the state", "2021_annual"),
        ("No national rows of 2018: shift-share against the nation", "2018_annual"),
    ]
    for said, (start, remedy) in zip(gaps(patchy), told, strict=True):
        assert said.startswith(start)
        assert not remedy or f"`lmi ingest {remedy}" in said


def test_a_profile_is_told_what_it_would_lack(patchy: Holdings) -> None:
    told = " ".join(lacks(patchy))
    for part in (
        "Growth is measured from 2016 to 2021.", "No statewide rows of 2021", "No projections",
        "No pay thresholds", "engagement.csv", "No map",
    ):  # fmt: skip
        assert part in told
    assert "No national rows of 2021" not in told


def test_the_verdict_says_which_years_and_how_many_regions(patchy: Holdings) -> None:
    said = verdict(patchy)
    assert said.startswith("Every region (4) can be profiled for 2016 and 2021.")
    assert "Of 2018, 3 of 4 regions can be made." in said
    assert "For 2021 a comparison with the state, projections and a map would be missing" in said


def test_a_store_without_the_state_says_so_in_every_section(empty: Holdings) -> None:
    said = verdict(empty)
    assert said.startswith("The store has no jobs of any county of Colorado")
    assert "`lmi ingest 2016_annual_by_area.zip`" in said
    for section in SECTIONS:
        parts = parts_of(section(empty))
        assert parts and not any(isinstance(part, Figure) for part in parts)


def test_one_quarter_makes_no_profile_and_is_shown_all_the_same(tmp_path: Path) -> None:
    take_in(tmp_path / "store", write(tmp_path / "q.csv", qcew(cells_of("15003"), 2020, "3")))
    found = holdings.load("hawaii", 2020, tmp_path / "store")
    assert "has 2020Q3 only" in verdict(found)
    assert all(parts_of(section(found)) for section in SECTIONS)


def test_a_year_that_is_not_there_is_told_with_its_command(sample_store: Path) -> None:
    found = holdings.load("sample", 2011, sample_store)
    assert "The store has no whole year 2011; what follows is of 2023." in verdict(found)


def test_the_only_withheld_sector_of_a_county_has_no_share(tmp_path: Path) -> None:
    cells = cells_of("15001") + cells_of("15003").replace("15003 5 72  2   0 0 N", "")
    take_in(tmp_path / "store", write(tmp_path / "a.csv", qcew(cells, 2016)))
    found = holdings.load("hawaii", 2016, tmp_path / "store")
    assert "Left out: 1 county with a single sector withheld" in withheld_counties(found)
    assert "Honolulu County one cell" in counties_figure(found).alt


def test_many_files_of_one_kind_share_a_row_and_the_csv_has_all(tmp_path: Path) -> None:
    areas = [f"08{n:03d}" for n in range(1, 60, 2) if n not in (15,)]
    take_in(
        tmp_path / "store",
        *(write(tmp_path / f"{area}.csv", qcew(cells_of(area), 2016)) for area in areas),
    )
    table = holdings.files(holdings.load("colorado", 2016, tmp_path / "store")).parts[0]
    assert isinstance(table, PageTable)
    assert [row["name"] for row in table.rows] == [f"08001.csv and {len(areas) - 1} more"]
    assert len(table.frame) == len(areas)
    assert Store(tmp_path / "store").catalogue()["rows"].sum() == table.rows[0]["rows"]


def test_the_time_axis_has_a_row_for_each_place_and_marks_the_new_codes(held: Holdings) -> None:
    axes = periods_figure(held).fig.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        f"{place}, {what}" for place in ("Counties", "State", "Nation")
        for what in ("years", "quarters")
    ]  # fmt: skip
    assert [line.get_xdata()[0] for line in axes.lines] == [2021.5]
    assert any("NAICS 2022" in text.get_text() for text in axes.texts)


@pytest.mark.parametrize("name", ["held", "patchy"])
def test_no_text_of_a_figure_is_cut_off_or_lies_on_another(
    name: str, request: pytest.FixtureRequest
) -> None:
    found = request.getfixturevalue(name)
    drawn = [periods_figure(found), levels_figure(found), counties_figure(found)]
    for figure in drawn:
        with style.drawing():
            figure.fig.canvas.draw()
        axes = figure.fig.axes[0]
        renderer = figure.fig.canvas.get_renderer()
        texts = [
            *figure.fig.texts, *axes.texts, *(axes.get_yticklabels() if axes.axison else ()),
            *(t for legend in figure.fig.legends for t in legend.get_texts()),
        ]  # fmt: skip
        boxes = [t.get_window_extent(renderer) for t in texts if t.get_text().strip()]
        cut = [b.bounds for b in boxes if b.x0 < 0 or b.x1 > figure.fig.bbox.width]
        assert not cut, (figure.name, cut)
        overlaps = [
            (i, j) for i, a in enumerate(boxes) for j, b in enumerate(boxes[:i]) if a.overlaps(b)
        ]
        assert not overlaps, (figure.name, overlaps)


def test_the_notebook_calls_every_section_once_and_computes_nothing() -> None:
    code = [c for c in nbformat.read(NOTEBOOK, as_version=4).cells if c.cell_type == "code"]
    assert "parameters" in code[0].metadata["tags"]
    called = [ast.unparse(ast.parse(cell.source).body[0]) for cell in code[2:]]
    assert called == [f"holdings.{f.__name__}(held)" for f in (holdings.title, *SECTIONS)]
