"""A tiny agency whose printed numbers all follow from each other, to plant errors in.

Two counties make a state, the state and another place make a nation; private and federal
employers in construction (23) and two branches of health care (621, 622); two years.
"""

from __future__ import annotations

import math
from decimal import ROUND_HALF_EVEN, Decimal
from itertools import product

import numpy as np
import pandas as pd
import pytest

MONTHS = ["month1_emplvl", "month2_emplvl", "month3_emplvl"]
SUMS = ["qtrly_estabs", *MONTHS, "total_qtrly_wages"]
QUARTERLY = [*SUMS, "avg_wkly_wage"]
ANNUAL = [
    *("annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages"),
    *("annual_avg_wkly_wage", "avg_annual_pay"),
]
CELL = ["area_fips", "own_code", "industry_code"]
PARTS = {"10": ["23", "621", "622"], "23": ["23"], "62": ["621", "622"], "621": ["621"],
         "622": ["622"]}  # fmt: skip
PLACES = {"99001": ["99001"], "99003": ["99003"], "99000": ["99001", "99003"],
          "ZZ000": ["99001", "99003", "rest"]}  # fmt: skip
OWNERS = {"0": ["1", "5"], "1": ["1"], "5": ["5"]}
WITHHELD = [("99003", "5", "621"), ("99003", "5", "622")]


def half_up(top: int, bottom: int) -> int:
    return (2 * top + bottom) // (2 * bottom) if bottom else 0


def to_digits(value: float, digits: int) -> float:
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_EVEN))


def leaves() -> pd.DataFrame:
    """What employers reported: every county, owner, branch and quarter."""
    random = np.random.default_rng(62)
    rows = []
    places, owners, branches = ("99001", "99003", "rest"), ("1", "5"), ("23", "621", "622")
    for place, own, branch in product(places, owners, branches):
        size = int(random.integers(20, 400))
        for year, qtr in product((2019, 2020), "1234"):
            jobs = size + random.integers(-9, 10, 3)
            pay = int(random.integers(6_000, 20_000))
            rows.append((place, own, branch, year, qtr, size // 9, *jobs, int(jobs[1]) * pay))
    return pd.DataFrame(rows, columns=[*CELL, "year", "qtr", *SUMS])


def agglvl_code(area: str, own: str, industry: str) -> str:
    first = {"ZZ000": "1", "99000": "5"}.get(area, "7")
    if own == "0":
        return f"{first}0"
    return first + ("1" if industry == "10" else "4" if len(industry) == 2 else "5")


def totals() -> pd.DataFrame:
    """Every area, owner and industry, added up from the leaves."""
    reported, found = leaves(), []
    for area, own, industry in product(PLACES, OWNERS, PARTS):
        if own == "0" and industry != "10":
            continue
        part = reported[
            reported["area_fips"].isin(PLACES[area])
            & reported["own_code"].isin(OWNERS[own])
            & reported["industry_code"].isin(PARTS[industry])
        ]
        held = part.groupby(["year", "qtr"], as_index=False)[SUMS].sum()
        found.append(held.assign(area_fips=area, own_code=own, industry_code=industry))
    rows = pd.concat(found, ignore_index=True)
    keys = zip(rows["area_fips"], rows["own_code"], rows["industry_code"], strict=True)
    return rows.assign(agglvl_code=[agglvl_code(*key) for key in keys], size_code="0")


def with_derived(rows: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Add over-the-year changes and location quotients, as printed."""
    at = rows.set_index([*CELL, "year", "qtr"])[columns].to_dict("index")
    records = []
    for row in rows.to_dict("records"):
        key = (row["area_fips"], row["own_code"], row["industry_code"], row["year"], row["qtr"])
        before = at.get((*key[:3], key[3] - 1, key[4]))
        nation, area = ("ZZ000", *key[1:]), (key[0], "0", "10", *key[3:])
        for column in columns:
            x = row[column]
            change = x - before[column] if before else math.nan
            row[f"oty_{column}_chg"] = change
            row[f"oty_{column}_pct_chg"] = (
                to_digits(100 * change / before[column], 1) if before else math.nan
            )
            share = x / at[area][column]
            base = at[nation][column] / at["ZZ000", "0", "10", *key[3:]][column]
            row[f"lq_{column}"] = to_digits(share / base, 2)
        records.append(row)
    return pd.DataFrame(records)


def withhold(rows: pd.DataFrame) -> pd.DataFrame:
    """Hide the withheld cells as the store does: missing, but for the establishments."""
    names = pd.MultiIndex.from_frame(rows[CELL])
    hidden = names.isin(WITHHELD)
    numbers = [c for c in rows.select_dtypes("number").columns if "estabs" not in c]
    numbers.remove("year")
    rows = rows.astype(dict.fromkeys(numbers, "float64"))
    rows.loc[hidden, numbers] = np.nan
    for prefix in ("", "lq_", "oty_"):
        rows[f"{prefix}disclosure_code"] = np.where(hidden, "N", None)
    return rows


def make_quarterly() -> pd.DataFrame:
    rows = totals()
    jobs = rows[MONTHS].sum(axis=1)
    pairs = zip(rows["total_qtrly_wages"], jobs, strict=True)
    rows["avg_wkly_wage"] = [half_up(3 * w, 13 * m) for w, m in pairs]
    return withhold(with_derived(rows, QUARTERLY))


def make_annual() -> pd.DataFrame:
    rows = totals().assign(jobs=lambda r: r[MONTHS].sum(axis=1))
    keys = [*CELL, "agglvl_code", "size_code", "year"]
    year = rows.groupby(keys, as_index=False)[["qtrly_estabs", "jobs", "total_qtrly_wages"]].sum()
    year["qtr"] = "A"
    year["annual_avg_estabs"] = [half_up(n, 4) for n in year.pop("qtrly_estabs")]
    jobs, wages = year.pop("jobs"), year.pop("total_qtrly_wages")
    year["annual_avg_emplvl"] = [half_up(n, 12) for n in jobs]
    year["total_annual_wages"] = wages
    pairs = list(zip(wages, jobs, strict=True))
    year["annual_avg_wkly_wage"] = [half_up(12 * w, 52 * n) for w, n in pairs]
    year["avg_annual_pay"] = [half_up(12 * w, n) for w, n in pairs]
    return withhold(with_derived(year, ANNUAL))


@pytest.fixture(scope="session")
def printed() -> dict[str, pd.DataFrame]:
    """The agency's ``annual`` and ``quarterly`` rows, without an error."""
    return {"annual": make_annual(), "quarterly": make_quarterly()}
