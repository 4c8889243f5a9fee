"""A state's summary: regions side by side, links to what is there, maps, words no larger."""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Iterator
from importlib import import_module

import pandas as pd
import pytest
import shapely
from bs4 import BeautifulSoup
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from pypdf import PdfReader

from lmi.analysis.state_total import IN_NONE, WHOLE
from lmi.assessment.context import SURVEY
from lmi.config import Region, SetAside
from lmi.missing import Missing
from lmi.report import Exhibit, summary
from lmi.report.pdf import as_pdf
from lmi.report.profile_page import page_html, profile_exporter, summary_kind
from lmi.report.summary.maps import outlines
from lmi.report.summary.matrices import outlooks_table, quotients_table, ranks_table
from lmi.report.summary.neighbors import shared_leads
from lmi.report.summary.tables import certainty_table, counties_table
from tests.unit.report.conftest import LOSING
from tests.unit.report.test_pages import fetches
from tests.unit.report.test_tables import seen

NAN = float("nan")
SECTIONS = ("title", "front", "regions", "leads", "quotients", "changes", "outlooks", "maps",
            "certainty", "notes")  # fmt: skip
# west | middle | (a gap) | east, north: two pairs of neighbors
PLACES = {"west": ("99001", 0), "middle": ("99003", 1), "east": ("99005", 5), "north": ("99007", 6)}
RANKS = {
    "care": (1, 2, 3, 1), "build": (2, 9, 1, 2), "food": (NAN, 1, NAN, NAN), "mines": (3, 3, 9, 9),
}  # fmt: skip


@pytest.fixture
def found(state_tables, state, counties):
    state_tables.meta["notes"] = ["A & b."]
    rows = [
        {"kind": IN_NONE, "areas": "99999", "annual_avg_emplvl": 500.0},
        {"kind": WHOLE, "areas": "99000", "annual_avg_emplvl": 25_000.0, "avg_annual_pay": 41_000.0,
         "emplvl_pct_chg": 2.0},
    ]  # fmt: skip
    object.__setattr__(state_tables, "total", pd.DataFrame(rows))
    return summary.Summary(
        tables=state_tables, state=state, counties=counties,
        set_aside={"north": SetAside(reasons=(LOSING,)), "south": SetAside()},
        failed=state_tables.meta["failed"],
    )  # fmt: skip


def page_of(found) -> str:
    cells = []
    for name in SECTIONS:
        shown = getattr(summary, name)(found)
        outputs = []
        for part in shown if isinstance(shown, Exhibit) else (shown,) if shown else ():
            data, metadata = part._repr_mimebundle_()
            outputs.append(new_output("display_data", data, metadata=metadata))
        cells += [new_markdown_cell(f"## {name}")] if name not in SECTIONS[:2] else []
        cells.append(new_code_cell(name, outputs=outputs))
    return page_html(new_notebook(cells=cells), profile_exporter(), kind=summary_kind())


def soup_of(found) -> BeautifulSoup:
    return BeautifulSoup(page_of(found), "html.parser")


def test_each_region_links_what_there_is_of_it_and_a_failed_one_says_why(found, tmp_path):
    (tmp_path / "north").mkdir()
    for name in ("profile.html", "brief.pdf"):
        (tmp_path / "north" / name).touch()
    soup = soup_of(dataclasses.replace(found, out=tmp_path))
    rows = soup.find(class_="of-list").tbody.find_all("tr")
    assert [a["href"] for a in rows[0].find_all("a")] == ["north/profile.html", "north/brief.pdf"]
    assert rows[0].find(class_="counties").get_text() == "Aspen, Birch"
    assert [p.get_text() for p in rows[0].find_all("td")[0].find_all("p")] == [
        "1. Health care", "2. Food & <beverage>", "3. Construction",
    ]  # fmt: skip
    assert rows[1].find("a") is None
    assert "No profile: The store has no 2023 rows for 99009 Elm." in rows[1].get_text()
    assert [a["href"] for a in soup.find(class_="statemap").find_all("a")] == ["north/profile.html"]
    assert set(fetches(soup)) == {"north/profile.html", "north/brief.pdf"}
    assert {p.name for p in (tmp_path / "tables").iterdir()} >= {"regions.csv", "counties.csv"}


def test_the_page_is_one_file_with_one_script_of_ours_and_unique_ids(found):
    soup = soup_of(found)
    assert [s.get_text() for s in soup.find_all("script")] == [summary_kind().script]
    assert soup.title.get_text() == "Sample: regional labor market profiles"
    ids = [tag["id"] for tag in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {use["href"].removeprefix("#") for use in soup.find_all("use")} <= set(ids)
    assert fetches(soup) == []
    assert soup.find("form", class_="search").has_attr("hidden"), "without a script it is not there"


def test_on_paper_it_has_its_maps_and_no_link_that_leads_nowhere(found, tmp_path):
    (tmp_path / "north").mkdir()
    (tmp_path / "north" / "profile.html").touch()
    shown = dataclasses.replace(found, out=tmp_path, follow=("summary.pdf",))
    soup = soup_of(shown)
    assert soup.find("p", class_="files").a["href"] == "summary.pdf"
    made = as_pdf(str(soup), "a4")
    assert made == as_pdf(str(soup), "a4")
    read = PdfReader(io.BytesIO(made))
    words = " ".join(page.extract_text() for page in read.pages)
    assert "Sample" in words and "1. North" in words and "interval reaches" in words
    assert "Choose a region" not in words and "This page (PDF)" not in words
    assert read.pages[0].mediabox.width > read.pages[0].mediabox.height
    assert read.trailer["/Root"]["/MarkInfo"]["/Marked"]
    told = set(alternatives(read.trailer["/Root"]["/StructTreeRoot"]))
    assert {drawing["aria-label"] for drawing in soup.select("svg.map")} == told


def alternatives(tag) -> Iterator[str]:
    """What the tags of a PDF say of its pictures."""
    if isinstance(tag, list):
        for one in tag:
            yield from alternatives(one.get_object())
    elif isinstance(tag, dict):
        if "/Alt" in tag and tag["/S"] == "/Figure":
            yield str(tag["/Alt"])
        yield from alternatives(tag.get("/K", []))


def test_below_the_regions_stand_what_is_in_none_the_state_and_the_nation(found):
    rows = seen(summary.regions(found).parts[-1])
    assert [row["Region"] for row in rows] == [
        "1. North & West", "2. South", "In no region: county unknown", "Sample", "The nation",
    ]  # fmt: skip
    assert [row["Jobs"] for row in rows] == ["20,000", "n/a", "500", "25,000", "103,000,000"]
    assert [row["Share of the state's jobs"] for row in rows] == ["80.0%", "", "2.0%", "100.0%", ""]
    assert [row["Change in jobs 2018–2023"] for row in rows] == [
        "+6.0%", "n/a", "n/a", "+2.0%", "+3.0%",
    ]  # fmt: skip
    assert [row["Unemployment 2023"] for row in rows] == ["5.0%", "", "", "4.0%", ""]
    assert rows[0]["Residents who work in the region 2021"].startswith("88.9%")


def test_a_region_without_numbers_is_not_measured_and_nowhere_none(four):
    """It was blank, which the legends explain as no jobs there, and counted among the others."""
    four.tables.meta["failed"] = {"north": "The store has no 2023 rows for 99007 Dogwood."}
    kept = four.tables.ranking["region"] != "north"
    tables = dataclasses.replace(
        four.tables,
        ranking=four.tables.ranking[kept],
        candidates=four.tables.candidates[four.tables.candidates["region"] != "north"],
    )
    bare = dataclasses.replace(four, tables=tables, set_aside=dict.fromkeys(PLACES, SetAside()))
    why = "Not measured: North (The store has no 2023 rows for 99007 Dogwood)."
    for table in (ranks_table(bare), quotients_table(bare)):
        assert {row["4"] for row in seen(table)} == {"n/a"}
        assert set(table.frame["north"]) == {"n/a"}
        assert why in table.notes[-1]
    maps = BeautifulSoup(summary.leads(bare).parts[0].html, "html.parser")
    north = [use for use in maps.find_all("use") if use.title and "North" in use.title.get_text()]
    assert {(use["class"][0], use.title.get_text()) for use in north} == {
        ("blank", "North: not measured")
    }
    assert "never zero" in maps.find_all("ul")[-1].get_text()
    assert "of 3 measured regions" in maps.get_text() and "of 4" not in maps.get_text()
    told = summary.front(bare).parts
    assert any("first three in 3 of 3 measured regions" in one.text for one in told)


def test_a_region_whose_key_is_a_countys_code_has_its_own_outline(four):
    """The region 99001 is made of another county than that of this code."""
    regions = [four.state.regions[0].model_copy(update={"key": "99003"}), *four.state.regions[1:]]
    state = four.state.model_copy(update={"regions": tuple(regions)})
    drawn = BeautifulSoup(outlines(dataclasses.replace(four, state=state)).html, "html.parser")
    paths = {path["id"]: path["d"] for path in drawn.find_all("path", id=True)}
    assert len(paths) == 8 and len(set(paths.values())) == 4
    assert paths["regions-99003"] == paths["counties-99001"] != paths["counties-99003"]


def test_without_boundaries_all_but_the_maps_is_there(found):
    bare = dataclasses.replace(found, counties=Missing("a map", "none is there", "ingest one"))
    soup = soup_of(bare)
    assert soup.find("use") is None and soup.find(class_="statemap") is None
    assert summary.maps(bare) is None and shared_leads(bare) == []
    headings = [h["id"] for h in soup.find_all("h2")]
    assert "maps" not in headings and "quotients" in headings


def test_illustrative_data_and_what_is_for_staff_are_said_to_be_so(found):
    marked = dataclasses.replace(
        found, state=found.state.model_copy(update={"illustrative": True}), staff=True
    )
    badges = [badge.get_text() for badge in soup_of(marked).find_all(class_="badge")]
    assert badges[0].startswith("For staff") and badges[1].startswith("Illustrative data.")


def test_a_withheld_county_is_hatched_or_blank_on_a_map_and_never_in_the_lowest_class(found):
    drawn = BeautifulSoup(
        summary.choropleth(found, "annual_avg_emplvl", of="craft").html, "html.parser"
    )
    by_name = {use.title.get_text(): use for use in drawn.find_all("use") if use.title}
    birch = next(use for said, use in by_name.items() if said.startswith("Birch"))
    assert birch["class"] == ["blank"] and birch.find_next_sibling("use")["class"] == ["over"]
    cedar = next(use for said, use in by_name.items() if said.startswith("Cedar"))
    assert cedar["class"] == ["blank"] and "not known" in cedar.get_text()
    legend = drawn.find_all("ul")[-1].get_text()
    assert "range alone" in legend and "never zero" in legend


def test_a_county_that_is_counted_with_another_says_so_on_a_map(found, monkeypatch):
    drawn = summary.choropleth(found, "annual_avg_emplvl", of="craft").html
    assert "Cedar: not known" in drawn
    codes_of = {name: code for code, name in found.county_names.items()}
    whole = {codes_of["Cedar"]: codes_of["Aspen"]}
    monkeypatch.setattr("lmi.codes.counted_with", lambda: whole)
    drawn = summary.choropleth(found, "annual_avg_emplvl", of="craft").html
    assert "Cedar: counted with Aspen" in drawn and "Cedar: not known" not in drawn


@pytest.mark.parametrize(("most", "names"), [(9, True), (0, False)])
def test_a_few_places_too_small_to_see_are_named_and_many_are_in_the_table(
    found, monkeypatch, most, names
):
    monkeypatch.setattr("lmi.report.state_map.TINY", 1e9)
    monkeypatch.setattr(import_module("lmi.report.summary.maps"), "MOST_TINY", most)
    drawn = BeautifulSoup(summary.choropleth(found, "annual_avg_emplvl").html, "html.parser")
    told = drawn.find(class_="tiny-head").get_text()
    assert bool(drawn.find("ul", class_="tiny")) is names
    assert ("the table below has their numbers" in told) is not names


def test_a_map_has_its_numbers_in_a_table(found):
    ranking = found.tables.ranking
    care = dataclasses.replace(found.tables, ranking=ranking[ranking["candidate"] == "care"])
    rows = seen(counties_table(dataclasses.replace(found, tables=care)))
    assert [(row["County"], row["Jobs"]) for row in rows] == [
        ("Aspen", "15,000"),
        ("Birch", "5,000"),
    ]
    assert rows[0]["Jobs: Health care"] == "3,000"


@pytest.fixture
def four(found, counties):
    """Four regions of a county each, with as much of the tables as is read."""
    keys = [(region, key) for key in RANKS for region in PLACES]
    ranks = [RANKS[key][list(PLACES).index(region)] for region, key in keys]
    ranking = pd.DataFrame(keys, columns=["region", "candidate"]).assign(
        rank=pd.array([None if r != r else r for r in ranks], dtype="Int64"),
        rank_hi=9,
        set_aside=["declining" if r != r else "" for r in ranks],
    )
    table = ranking[["region", "candidate"]].assign(
        candidate_name=lambda t: t["candidate"].str.title(),
        lq=1.0, lq_lo=1.0, lq_hi=1.0, lq_is_vague=False, annual_avg_emplvl=9.0,
    )  # fmt: skip
    tables = dataclasses.replace(found.tables, ranking=ranking, candidates=table)
    regions = tuple(
        Region(state="sample", key=key, name=key.title(), counties=(fips,))
        for key, (fips, _) in PLACES.items()
    )
    shapes = [shapely.box(at, 0, at + 1, 1) for _, at in PLACES.values()]
    drawn = counties.head(4).set_geometry(shapes, crs=4326)
    state = found.state.model_copy(update={"regions": regions})
    return dataclasses.replace(found, tables=tables, state=state, counties=drawn)


def with_quotients(four, **quotients: dict):
    table = four.tables.candidates.copy()
    for key, values in quotients.items():
        rows = (table["region"] == "west") & (table["candidate"] == key)
        for name, value in values.items():
            table.loc[rows, name] = value
    return dataclasses.replace(four, tables=dataclasses.replace(four.tables, candidates=table))


def test_who_leads_most_often_comes_first_and_who_is_set_aside_is_said(four):
    rows = seen(ranks_table(four))
    assert [row["Sector"] for row in rows] == ["Care", "Build", "Mines", "Food"]
    assert rows[0] == {"Sector": "Care", "1": "1", "2": "2", "3": "3", "4": "1"}
    assert rows[3] == {"Sector": "Food", "1": "aside", "2": "1", "3": "aside", "4": "aside"}


def test_a_quotient_is_shaded_as_its_whole_range_is_and_hatched_where_that_reaches_on(four):
    table = quotients_table(
        with_quotients(
            four,
            care={"lq": 1.4, "lq_lo": 1.3, "lq_hi": 1.5},
            build={"lq": 1.4, "lq_lo": 1.1, "lq_hi": 1.7},
            mines={"lq": NAN, "lq_lo": 0.4, "lq_hi": 9.0, "lq_is_vague": True},
            food={"annual_avg_emplvl": 0.0},
        )
    )
    rows = {row["Sector"]: row["1"] for row in seen(table)}
    assert rows == {"Care": "1.40", "Build": "1.40", "Food": "", "Mines": "0.40 to 9.00"}
    looks = {row.th.get_text(): row.td["class"] for row in
             BeautifulSoup(table.html, "html.parser").tbody.find_all("tr")}  # fmt: skip
    assert looks == {"Care": ["num", "a1"], "Build": ["num", "a1", "across"], "Food": ["num"],
                     "Mines": ["num", "across"]}  # fmt: skip


def test_sectors_that_are_told_as_a_range_are_counted_whatever_the_reason(found):
    """Franklin, 2023: three sectors on round numbers stood beside "Sectors told as a range: 1"."""

    def ranged():
        rows = seen(certainty_table(found))
        return int(rows[0]["Sectors told as a range"])

    before = ranged()
    table = found.tables.candidates
    own = (table["region"] == "north") & (table["candidate"] == "care")
    table.loc[own, ["annual_avg_emplvl", "annual_avg_emplvl_lo", "annual_avg_emplvl_hi"]] = (
        NAN, 4_000.0, 6_000.0,
    )  # fmt: skip
    assert ranged() == before + 1


def test_a_survey_of_five_years_heads_its_column_with_all_of_them(found, monkeypatch):
    setting = found.setting

    def by_survey(region):
        own = setting(region)
        told = [dataclasses.replace(one, table=SURVEY, year=2013) for one in own.commuting]
        own.__dict__["commuting"] = tuple(told)
        return own

    monkeypatch.setattr(type(found), "setting", lambda self, region: by_survey(region))
    rows = seen(summary.regions(found).parts[-1])
    assert "Residents who work in the region 2009 to 2013" in rows[0]


def test_an_outlook_that_is_not_there_may_be_one_that_is_not_told(four):
    cited = {"projected_emplvl_cagr": 1.0, "projection_source": "Office",
             "projection_horizon": "2023-2033"}  # fmt: skip
    for staff, told in ((False, True), (True, False)):
        shown = dataclasses.replace(with_quotients(four, care=cited), staff=staff)
        notes = " ".join(outlooks_table(shown).notes)
        assert ("or it would tell of one or two employers" in notes) == told


def test_an_outlook_is_shaded_only_where_it_is_sure(four):
    named = ("projected_emplvl_cagr", "projected_emplvl_cagr_lo", "projected_emplvl_cagr_hi")
    numbers = {"care": (1.0, 0.2, 2.0), "build": (-1.0, -2.0, 0.5), "food": (-1.0, -2.0, -0.1),
               "mines": (0.0, 0.0, 0.0)}  # fmt: skip
    rows = {key: dict(zip(named, three, strict=True)) for key, three in numbers.items()}
    cited = {"projection_source": "Office", "projection_horizon": "2023-2033"}
    table = outlooks_table(with_quotients(four, **{k: {**v, **cited} for k, v in rows.items()}))
    looks = {row.th.get_text(): row.td["class"] for row in
             BeautifulSoup(table.html, "html.parser").tbody.find_all("tr")}  # fmt: skip
    assert looks == {"Care": ["num", "good"], "Build": ["num"], "Food": ["num", "low"],
                     "Mines": ["num"]}  # fmt: skip


def test_neighbors_share_a_sector_and_regions_apart_do_not(four):
    assert shared_leads(four) == ["Build: East and North.", "Care: East and North.",
                                  "Care: West and Middle.", "Mines: West and Middle."]  # fmt: skip


def test_what_leads_nearly_everywhere_is_said_in_two_words(four):
    shapes = [shapely.box(at, 0, at + 1, 1) for at in range(4)]
    close = dataclasses.replace(four, counties=four.counties.set_geometry(shapes, crs=4326))
    assert "Care: most regions." in shared_leads(close)
