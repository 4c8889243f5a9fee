"""The index of consumer prices as its agency lays it out, and as anyone writes it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.analysis.real_pay import price_indexes
from lmi.reference.consumer_prices import known_price_indexes
from lmi.store import Store
from tests.builders import is_one_sentence, refusal, take_in, write

SERIES = (
    "series_id        \tyear\tperiod\t       value\tfootnote_codes\n"
    "CUUR0000SA0      \t2025\tM12\t     324.054\t\n"
    "CUUR0000SA0      \t2025\tM13\t     321.943\t\n"
    "CUUR0000SA0      \t2026\tM13\t     330.5\t\n"
    "CUUR0000SA0      \t2025\tS01\t     320.229\t\n"
    "CUSR0000SA0      \t2025\tM13\t     322.1\t\n"
    "CUUR0100SA0      \t2025\tM13\t     338.0\t\n"
)
DOWNLOAD = "Series ID,Year,Period,Label,Value\nCUUR0000SA0,2026,M13,2026 Annual,330.5\n"
ONE = (
    "CPI for All Urban Consumers (CPI-U)\nSeries Id:,CUUR0000SA0\nBase Period:,1982-84=100\n"
    "Year,Jan,Feb,Dec,Annual,HALF1,HALF2\n"
    "2025,317.671,319.082,324.054,321.943,320.229,324.000\n"
    "2026,325.2,326.0,,,326.8,\n"
)
_OF_2026 = [f"{325 + m:.1f}" for m in range(12)]
MONTHS = "series_id\tyear\tperiod\tvalue\n" + "".join(
    f"CUUR0000SA0\t2026\tM{m:02}\t{v}\n" for m, v in enumerate([*_OF_2026, "332.5"], 1)
)
ROW_OF_MONTHS = (
    "Series Id:,CUUR0000SA0\nYear,Jan,Feb,Mar,Apr,May,Jun,Jul,Aug,Sep,Oct,Nov,Dec,Annual\n"
    f"2026,{','.join(_OF_2026)},332.5\n"
)
OWN = "year,cpi_u\n2026,330.5\n"


def found(text: str, folder: Path) -> dict[int, float]:
    store = Store(folder / "store")
    take_in(store, write(folder / "a.csv", text))
    rows = store.table("consumer_prices")
    return dict(zip(rows["year"], rows["cpi_u"], strict=True))


@pytest.mark.parametrize(
    ("text", "index"),
    [
        (SERIES, {2025: 321.943, 2026: 330.5}),
        (DOWNLOAD, {2026: 330.5}),
        (ONE, {2025: 321.943}),
        (OWN, {2026: 330.5}),
    ],
    ids=["time series", "download of series", "download of one", "own columns"],
)
def test_annual_averages_of_the_one_series_are_read(text, index, tmp_path: Path) -> None:
    assert found(text, tmp_path) == index


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (ONE.replace("CUUR0000SA0", "CUUR0400SA0"), ["line 5", "no CUUR0000SA0", "U.S. city"]),
        ("year,cpi_u\n2026,3.3\n", ["3.3", "cpi_u", "index of another base"]),
        ("year,cpi_u\n2026,330.5\n2026,331\n", ["2026"]),
        (MONTHS, ["line 14", "'332.5' is no mean of the twelve months"]),
        (ROW_OF_MONTHS, ["line 3", "'332.5' is no mean of the twelve months"]),
    ],
    ids=["another series", "a rate", "twice", "a month's", "a month's in its column"],
)
def test_what_is_no_such_index_is_refused(text, words, tmp_path: Path) -> None:
    said = refusal(Store(tmp_path / "store"), write(tmp_path / "a.csv", text))
    assert all(part in said for part in words), said
    assert is_one_sentence(said)


def test_a_newer_year_in_the_store_counts_beside_those_that_come_along(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    assert price_indexes(store) == (known_price_indexes(), set())
    take_in(store, write(tmp_path / "a.csv", SERIES))
    prices, sources = price_indexes(store)
    assert prices == known_price_indexes() | {2026: 330.5}
    assert sources == set(store.table("consumer_prices")["source_id"])
