"""Small QCEW tables as a reader writes them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pandas as pd
import pytest

AREA_DIGIT = {"US000": "1", "ZZ000": "1"}
LEVEL_DIGIT = {"10": "1", "101": "2", "102": "2"}


def agglvl_code(area_fips: str, own_code: str, industry_code: str) -> str:
    area = AREA_DIGIT.get(area_fips) or ("5" if area_fips.endswith("000") else "7")
    if own_code == "0":
        return f"{area}0"
    if industry_code in LEVEL_DIGIT:
        return area + LEVEL_DIGIT[industry_code]
    if industry_code.startswith("10"):
        return f"{area}3"
    return area + (
        "4" if len(industry_code) == 2 or "-" in industry_code else str(len(industry_code) + 2)
    )


@pytest.fixture
def cells() -> Callable[..., pd.DataFrame]:
    """Read `area own industry estabs jobs [wages]`, a dot for withheld, into annual rows."""

    def reader(text: str) -> pd.DataFrame:
        names = [
            "area_fips",
            "own_code",
            "industry_code",
            "annual_avg_estabs",
            "annual_avg_emplvl",
            "total_annual_wages",
        ]
        rows = pd.read_csv(
            io.StringIO(text.strip()),
            sep=r"\s+",
            names=names,
            comment="#",
            dtype=dict.fromkeys(names[:3], "str"),
            na_values=["."],
        )
        keys = zip(rows["area_fips"], rows["own_code"], rows["industry_code"], strict=True)
        return rows.assign(agglvl_code=[agglvl_code(*key) for key in keys], year=2016, qtr="A")

    return reader


@pytest.fixture
def key() -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Index a result by `area own industry`, as the tables are written."""

    def indexed(result: pd.DataFrame) -> pd.DataFrame:
        names = result["area_fips"] + " " + result["own_code"] + " " + result["industry_code"]
        return result.set_index(names)

    return indexed
