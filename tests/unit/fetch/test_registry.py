"""The registry of sources: addresses, days of release, what is told of each."""

from __future__ import annotations

from datetime import date

import pydantic
import pytest

from lmi.fetch.registry import Source, registry

SOURCES = registry().sources


@pytest.mark.parametrize(
    ("name", "of", "urls"),
    [
        ("qcew", {"year": 2023, "area": "08001"},
         ["https://data.bls.gov/cew/data/api/2023/a/area/08001.csv"]),
        ("qcew", {"year": 2024, "quarter": "2", "area": "US000"},
         ["https://data.bls.gov/cew/data/api/2024/2/area/US000.csv"]),
        ("boundaries", {"year": 2023},
         ["https://www2.census.gov/geo/tiger/GENZ2023/shp/cb_2023_us_county_20m.zip",
          "https://www2.census.gov/geo/tiger/GENZ2023/shp/cb_2023_us_state_20m.zip"]),
        ("flows", {"year": 2021, "st": "co"},
         ["https://lehd.ces.census.gov/data/lodes/LODES8/co/od/co_od_main_JT01_2021.csv.gz",
          "https://lehd.ces.census.gov/data/lodes/LODES8/co/od/co_od_aux_JT01_2021.csv.gz"]),
        ("laus", {"year": 2009}, ["https://www.bls.gov/lau/laucnty09.xlsx"]),
        ("population", {"year": 2023},
         ["https://www2.census.gov/programs-surveys/popest/datasets/2020-2023/counties/totals/"
          "co-est2023-alldata.csv"]),
        ("population", {"year": 2019},
         ["https://www2.census.gov/programs-surveys/popest/datasets/2010-2019/counties/totals/"
          "co-est2019-alldata.csv"]),
    ],
)  # fmt: skip
def test_addresses_are_those_that_the_agencies_use(name: str, of: dict, urls: list[str]):
    assert list(SOURCES[name].urls_of(**of)) == urls
    assert {registry().source_of(url) for url in urls} == {name}


@pytest.mark.parametrize(
    "url",
    [
        "https://data.bls.gov/cew/data/api/2023/a/area/../../x.csv",
        "https://data.bls.gov.evil.example/cew/data/api/2023/a/area/08001.csv",
        "http://data.bls.gov/cew/data/api/2023/a/area/08001.csv",
        "https://data.bls.gov/cew/data/api/2023/a/area/08001.csv?x",
        "",
    ],
)
def test_another_address_is_nobodys(url: str):
    assert registry().source_of(url) is None


@pytest.mark.parametrize(
    ("today", "newest"),
    [("2024-06-09", 2022), ("2024-06-10", 2023), ("2025-01-01", 2023), ("2026-11-26", 2025)],
)
def test_the_newest_year_follows_from_the_day_of_release(today: str, newest: int):
    assert SOURCES["qcew"].newest_year(date.fromisoformat(today)) == newest


def test_figures_are_preliminary_until_the_next_first_quarter():
    qcew = SOURCES["qcew"]
    assert qcew.vintage(2023, date(2024, 6, 12)) == "preliminary"
    assert qcew.vintage(2023, date(2024, 9, 10)) == "revised"
    assert qcew.vintage(2024, date(2024, 12, 15), "1") == "preliminary"
    assert SOURCES["boundaries"].vintage(2023, date(2030, 1, 1)) == ""


def test_quarters_come_out_one_after_the_other():
    out = [SOURCES["qcew"].is_out(2024, date(2025, 1, 5), q) for q in "1234a"]
    assert out == [True, True, False, False, False]


def test_every_source_says_whose_it_is_and_how_it_was_checked():
    hosts = registry().hosts
    for name, source in SOURCES.items():
        assert source.agency.startswith("U.S."), name
        assert "17 U.S.C. 105" in source.licence
        assert source.verified
        assert source.revisions
        assert all(url.split("/")[2] in hosts for url in source.urls), name
    assert SOURCES["projections"].verified.startswith("Not verified")


@pytest.mark.parametrize(
    "changed",
    [
        {"urls": ["http://data.bls.gov/a.csv"]}, {"published": {"a": "June"}}, {"years": "some"},
        {"colour": "red"},
    ],
)  # fmt: skip
def test_the_registry_is_checked(changed: dict):
    with pytest.raises(pydantic.ValidationError):
        Source.model_validate(SOURCES["laus"].model_dump() | changed)
