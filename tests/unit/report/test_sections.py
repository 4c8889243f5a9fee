"""Every section of the profile, with all its data and with none."""

from __future__ import annotations

import pytest

from lmi import report
from lmi.missing import Missing
from lmi.report import (
    Exhibit,
    Figure,
    PageTable,
    Prose,
    open_profile,
    sections,
    sections_brief,
    sections_context,
    sections_ranking,
    sections_staff,
)
from tests.unit.report.conftest import OUTLOOK, TREND, ground

SECTIONS = [
    name
    for module in (
        sections,
        sections_brief,
        sections_context,
        sections_ranking,
        sections_staff,
    )
    for name in module.__all__
]
MAY_BE_EMPTY = {"bubbles", "growth", "outlook", "people", "places", "years"}
"""Sections that show nothing where there is nothing, which `missing` says."""


def parts_of(profile, section):
    shown = getattr(report, section)(profile)
    return list(shown) if isinstance(shown, Exhibit) else [shown]


def words_in(parts):
    return "\n".join(part._repr_mimebundle_()[0]["text/plain"] for part in parts)


def words_of(profile, section):
    return words_in(parts_of(profile, section))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_shows_something_and_says_it_in_words(state_tables, make_profile, section):
    ground(state_tables)
    for name, value in {**OUTLOOK, **TREND}.items():
        state_tables.candidates[name] = value
    profile = make_profile()
    parts = parts_of(profile, section)
    assert parts
    assert all(isinstance(part, Figure | PageTable | Prose) for part in parts)
    assert words_in(parts).strip()


@pytest.mark.parametrize("section", ["bubbles", "years"])
def test_a_figure_is_followed_by_a_sentence_and_its_citation(profile, section):
    figure, said, *_rest = parts = parts_of(profile, section)
    assert isinstance(figure, Figure)
    assert isinstance(said, Prose)
    assert "Source: U.S. Bureau of Labor Statistics" in words_in(parts)


@pytest.fixture
def poor(state_tables, state):
    """A profile of one year, without nation, boundaries, projections or definitions."""
    for frame in (state_tables.candidates, state_tables.regions, state_tables.industries):
        numbers = frame.select_dtypes("number").columns.difference(["annual_avg_estabs"])
        frame[numbers] = float("nan")
    state_tables.ranking[["score", "rank", "top3_chance", "first_chance"]] = float("nan")
    state_tables.ranking["set_aside"] = "unscored"
    state_tables.robustness["chance"] = float("nan")
    state_tables.candidates["is_break"] = False
    state_tables.meta["base_year"] = None
    state_tables.meta["breaks"] = []
    absent = Missing("map of Sample", "no county boundaries are in the store", "ingest one")
    bare = state_tables.__class__(
        **{**vars(state_tables), "growth": state_tables.growth.iloc[:0],
           "trend": state_tables.trend.iloc[:0], "scores": state_tables.scores.iloc[:0],
           "weights": state_tables.weights.iloc[:0]}
    )  # fmt: skip
    return open_profile(bare, "north", state, absent)


@pytest.mark.parametrize("section", SECTIONS)
def test_without_data_every_section_says_so_or_shows_nothing_instead_of_failing(poor, section):
    said = words_of(poor, section)
    assert said.strip() or section in MAY_BE_EMPTY
    assert "nan" not in said.lower().replace("finance", "")


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("missing", "No map of Sample: no county boundaries are in the store."),
        ("drivers", "No jobs are published or can be estimated"),
        ("drivers", "Pay is missing for every candidate sector."),
        ("drivers", "Location quotients against the nation are missing"),
        ("brief", "No candidate sector can be ranked yet."),
        ("missing", "too few years"),
        ("missing", "How jobs changed up to 2023 is missing"),
        ("missing", "the chart of the three is not drawn"),
        ("missing", "There are no projections for this region"),
        ("missing", "Nobody has written down yet what is known on the ground."),
        ("missing", "list the organizations in engagement.csv"),
        ("missing", "Occupations, job openings"),
        ("ranking", "No candidate sector can be scored"),
        ("reasons", "There are no reasons to give"),
        ("quality", "How many of the detailed numbers are withheld is missing."),
    ],
)
def test_what_is_missing_is_said_in_words(poor, section, said):
    assert said in words_of(poor, section)


def test_illustrative_data_are_said_to_be_so_in_the_title_and_in_every_citation(make_profile):
    profile = make_profile(illustrative=True)
    (head,) = parts_of(profile, "title")
    assert "<strong>Illustrative data.</strong>" in head.html
    for section in set(SECTIONS) - {"context", "missing"}:  # which name whose files to look for
        assert "Bureau of Labor Statistics" not in words_of(profile, section)


def test_real_data_are_not_called_illustrative(profile):
    assert all("llustrative" not in words_of(profile, section) for section in SECTIONS)


def test_everything_is_saved_where_the_profile_has_a_folder(make_profile, tmp_path):
    profile = make_profile(out=tmp_path)
    shown = [part for section in SECTIONS for part in parts_of(profile, section)]
    figures = {part.name for part in shown if isinstance(part, Figure)}
    tables = {part.name for part in shown if isinstance(part, PageTable)}
    assert {"bubbles", "map", "shift_share", "trend"} < figures
    assert {"criteria", "industries", "ranking", "weights"} < tables
    tables -= {"leaders"}  # every number of it is in criteria
    saved = {path.name for path in (tmp_path / "figures").iterdir()}
    assert saved == {f"{name}.svg" for name in figures}
    assert {path.stem for path in (tmp_path / "tables").iterdir()} == tables | {"reasons"}


def test_nothing_is_saved_without_a_folder(profile, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for section in SECTIONS:
        parts_of(profile, section)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("section", SECTIONS)
def test_names_from_files_are_escaped_on_the_page(profile, section):
    html = "".join(
        part._repr_mimebundle_()[0].get("text/html", "") for part in parts_of(profile, section)
    )
    assert "<beverage>" not in html


def test_the_people_of_a_region_are_told_with_their_years(profile):
    shown = "\n".join(getattr(part, "text", "") for part in report.context(profile))
    assert "On July 1, 2023, North & West had 42,000 residents." in shown
    assert "Since 2018" in shown
    assert "5.0%, in Sample 4.0%" in shown
    assert "residents held 80.0% of the main jobs in the region" in shown
    assert "commuting of 2021" in shown
    assert "lmi fetch" not in shown


def test_what_is_absent_of_the_people_has_one_line_each(make_profile, state_tables):
    object.__setattr__(state_tables, "context", state_tables.context.iloc[:0])
    assert list(report.context(make_profile())) == []
    lines = report.missing(make_profile())
    for what in ("population", "laus", "flows"):
        assert f"`lmi fetch sample --what {what}` or `lmi ingest FILE`" in lines.text
