"""Tables that lack counties among their own: cut off or filtered, or an excerpt."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi import codes
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
    ],
    ids=["whole", "a region", "two", "Kalawao", "Connecticut", "Alaska", "regions"],
)
def test_an_excerpt_needs_no_word(rows: list[tuple[str, int]], tmp_path: Path) -> None:
    assert "cut off or filtered" not in said(tmp_path, *rows)
