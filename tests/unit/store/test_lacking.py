"""Tables that lack counties among their own: cut off or filtered, or an excerpt."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi import codes
from lmi.store.at_odds import all_at_odds
from lmi.store.catalogue import Catalogue
from lmi.store.held_numbers import HeldNumbers
from tests.builders import take_in, write

COLORADO = sorted(codes.counties_of("08", 2021))
HAWAII = sorted(codes.counties_of("15", 2021))


def said(tmp_path: Path, *rows: tuple[str, int]) -> str:
    lines = [f"{area},{year},{50_000 + int(area) % 999 + 7 * year}" for area, year in rows]
    text = "\n".join(["area_fips,year,population", *lines, ""])
    [result] = take_in(tmp_path / "store", write(tmp_path / "p.csv", text))
    return result.message


def of(areas: list[str], *years: int) -> list[tuple[str, int]]:
    return [(area, year) for year in years for area in areas]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (of(COLORADO[:63], 2021), "no population of 1 of the 64 counties of Colorado (08125 2021)"),
        (of(COLORADO[:6], 2021), "no population of 58 of the 64 counties of Colorado"),
        (of(COLORADO[20:], 2021), "no population of 20 of the 64 counties of Colorado (08001 2021"),
        (
            of(COLORADO, 2020) + of(COLORADO[:60], 2021),
            "no population of 4 of the 64 counties of Colorado (08119 2021, 08121 2021, 08123 2021",
        ),
        (
            of(COLORADO[:40], 2020, 2021),
            "no population of 24 of the 64 counties of Colorado (08079 2021, 08081 2021, 08083 2021"
            " and 21 others), and so in 1 other year",
        ),
        (
            of([*COLORADO[30:40], *HAWAII], 2020) + of(COLORADO[30:40], 2021),
            "no population of 1 state in 2021, which it has of other years",
        ),
        (of(COLORADO[30:40], 2020) + of(COLORADO[30:34], 2021), "of 60 of the 64 counties"),
    ],
    ids=["the last", "a tenth", "the end", "a year", "both years", "a state", "of an excerpt"],
)
def test_a_table_that_was_cut_says_what_it_lacks(
    rows: list[tuple[str, int]], words: str, tmp_path: Path
) -> None:
    message = said(tmp_path, *rows)
    assert "cut off or filtered: it has " in message
    assert words in message


@pytest.mark.parametrize(
    "rows",
    [
        of(COLORADO, 2020, 2021),
        of(COLORADO[5:40:3], 2020, 2021),
        of(COLORADO[:2], 2021),
        of([c for c in HAWAII if c != "15005"], 2021),
        of(sorted(codes.counties_of("09", 2021)), 2021),
        of(["02063", "02066", "02020"], 2021),
        of(COLORADO[10:20], 2020) + of(sorted(codes.counties_of("56", 2020))[3:9], 2020),
        of(COLORADO, 2018, 2019, 2020, 2021) + of(HAWAII, 2018, 2019),
    ],
    ids=["whole", "a region", "two", "Kalawao", "Connecticut", "Alaska", "regions", "later years"],
)
def test_an_excerpt_needs_no_word(rows: list[tuple[str, int]], tmp_path: Path) -> None:
    assert "cut off or filtered" not in said(tmp_path, *rows)


def test_those_who_come_to_work_in_a_state_live_in_few_counties_of_others(tmp_path: Path) -> None:
    """A state's excerpt by place of work is whole; by place of home it may be cut."""

    def flows_from(homes: list[str]) -> str:
        rows = [f"{h[:2]},{h[2:]},008,001,{300 + int(h) % 97},40" for h in homes]
        return "\n".join(
            ["h_state_fips,h_county_fips,w_state_fips,w_county_fips,flow,moe", *rows, ""]
        )

    wyoming = sorted(codes.counties_of("56", 2013))[:15]
    path = write(tmp_path / "f_2009_2013.csv", flows_from([*COLORADO, *wyoming]))
    [result] = take_in(tmp_path / "store", path)
    assert "cut off or filtered" not in result.message
    cut = write(tmp_path / "g_2009_2013.csv", flows_from([*COLORADO[:40], *wyoming]))
    [result] = take_in(tmp_path / "other", cut)
    assert "no workers of 24 of the 64 counties of Colorado" in result.message


def test_a_store_of_excerpts_is_no_table_that_was_cut(tmp_path: Path) -> None:
    """What `lmi verify` reads came in many files, of other places and years each."""
    said(tmp_path, *of(COLORADO[:5], 2020), *of(HAWAII, 2020))
    said(tmp_path, *of(COLORADO[5:40], 2021))
    held = HeldNumbers(tmp_path / "store", Catalogue.load(tmp_path / "store"))
    assert all_at_odds(held).remarked == []
    assert all_at_odds(held, areas=["0800"]).remarked == []
