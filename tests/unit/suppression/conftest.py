"""Small QCEW tables as a reader writes them."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable

import numpy as np
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


# Jobs an establishment by sector, and a county's own deviation from it.
SIZES = {"11": 6, "23": 9, "42": 12, "51": 15, "52": 8, "62": 20, "71": 10, "81": 5}
COUNTIES = tuple(f"990{number:02d}" for number in range(1, 31, 2))
MONTHS = ("month1_emplvl", "month2_emplvl", "month3_emplvl")


@pytest.fixture
def quarter() -> Callable[..., pd.DataFrame]:
    """Make a quarter of a state of fifteen counties and eight sectors, private ownership.

    A county's cell holds establishments × the sector's size × a factor of its own, which stays
    the same from quarter to quarter; `jobs` are further factors of some cells, `withheld` cells
    lose their jobs and wages. Pay is 10,000 a quarter times 1 + a tenth of the sector's size.
    """

    def make(
        year: int = 2016,
        qtr: str = "1",
        withheld: Iterable[tuple[str, str]] = (),
        growth: float = 1.0,
        jobs: dict[tuple[str, str], float] | None = None,
        pay: dict[tuple[str, str], float] | None = None,
    ) -> pd.DataFrame:
        rng = np.random.default_rng(7)
        leaves = pd.DataFrame(
            [(county, sector) for county in COUNTIES for sector in SIZES],
            columns=["area_fips", "industry_code"],
        )
        keys = list(zip(leaves["area_fips"], leaves["industry_code"], strict=True))
        size = leaves["industry_code"].map(SIZES).to_numpy()
        leaves["qtrly_estabs"] = rng.integers(3, 30, len(leaves))
        own = rng.lognormal(0, 0.3, len(leaves)) * growth
        own = own * np.array([(jobs or {}).get(key, 1.0) for key in keys])
        held = np.round(leaves["qtrly_estabs"] * size * own)
        wage = 10_000 * (1 + size / 10) * np.array([(pay or {}).get(key, 1.0) for key in keys])
        leaves = leaves.assign(**dict.fromkeys(MONTHS, held), total_qtrly_wages=held * wage)
        numbers = ["qtrly_estabs", *MONTHS, "total_qtrly_wages"]
        of_county = leaves.groupby("area_fips", as_index=False)[numbers].sum()
        of_state = leaves.groupby("industry_code", as_index=False)[numbers].sum()
        all_jobs = of_state[numbers].sum().to_frame().T
        rows = pd.concat(
            [
                leaves,
                of_county.assign(industry_code="10"),
                of_state.assign(area_fips="99000"),
                all_jobs.assign(area_fips="99000", industry_code="10"),
            ],
            ignore_index=True,
        ).assign(own_code="5", year=year, qtr=qtr)
        hidden = pd.MultiIndex.from_frame(rows[["area_fips", "industry_code"]]).isin(list(withheld))
        rows.loc[hidden, numbers[1:]] = np.nan
        keys = zip(rows["area_fips"], rows["own_code"], rows["industry_code"], strict=True)
        return rows.assign(agglvl_code=[agglvl_code(*key) for key in keys])

    return make


@pytest.fixture
def as_a_year() -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Turn a quarter into a year with the same jobs and four times its wages."""

    def turned(rows: pd.DataFrame) -> pd.DataFrame:
        return rows.drop(columns=[*MONTHS, "total_qtrly_wages", "qtrly_estabs"]).assign(
            qtr="A",
            annual_avg_estabs=rows["qtrly_estabs"],
            annual_avg_emplvl=rows["month3_emplvl"],
            total_annual_wages=rows["total_qtrly_wages"] * 4,
        )

    return turned
