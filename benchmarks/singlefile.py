"""Make a QCEW annual single file of any size: the agency's layout, invented numbers that agree.

Every area has its totals and all levels of its industries, pay follows from wages and jobs, and
changes and percentages from levels: it is held to its own arithmetic as a real file is.
"""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lmi import codes, naics
from lmi.naics.lists import industries
from lmi.schema import table

LEAVES = 650
AREAS_AT_ONCE = 100
Numbers = NDArray[np.float64]


def nested_codes(year: int, rng: np.random.Generator) -> tuple[list[str], Numbers]:
    """Return industries of all levels in order, and which six-digit ones are part of each."""
    vintage = naics.naics_year(year)
    listed = [c for c in industries() if len(c) == 6 and naics.is_known(c, vintage)]
    leaves = sorted(rng.choice(listed, LEAVES, replace=False).tolist())
    above = sorted({code for leaf in leaves for code in naics.containers(leaf)})
    holds = [[code in naics.containers(leaf) for code in above] for leaf in leaves]
    return above, np.array(holds, dtype=np.float64)


def counties(n: int, year: int) -> list[str]:
    """Return the first counties of the country."""
    states = sorted(codes.STATES - {codes.SAMPLE_STATE})
    return [county for state in states for county in sorted(codes.counties_of(state, year))][:n]


def _levels(parts: Numbers, n_areas: int, rng: np.random.Generator) -> dict[str, Numbers]:
    """Return what was measured: a row of all ownerships, then the private industries."""
    jobs = (rng.pareto(1.2, (n_areas, len(parts))) * 20).round() + 1
    wages = jobs * rng.integers(20_000, 90_000, jobs.shape)
    taxable = (wages * 0.4).round()
    leaves = {
        "annual_avg_estabs": rng.integers(1, 60, jobs.shape).astype(float),
        "annual_avg_emplvl": jobs,
        "total_annual_wages": wages,
        "taxable_annual_wages": taxable,
        "annual_contributions": (taxable * 0.02).round(),
    }
    levels = {}
    for name, values in leaves.items():
        private = values @ parts
        levels[name] = np.hstack([private[:, :1], private]).ravel()
    pay = levels["total_annual_wages"] / levels["annual_avg_emplvl"]
    return levels | {"annual_avg_wkly_wage": (pay / 52).round(), "avg_annual_pay": pay.round()}


def _quotients(is_total: NDArray[np.bool_], rng: np.random.Generator) -> dict[str, Numbers]:
    """Return quotients: that of wages is that of jobs times that of pay."""
    jobs, pay, other = (rng.gamma(shape, 1 / shape, len(is_total)) for shape in (3, 30, 3))
    found = {
        "annual_avg_estabs": other,
        "annual_avg_emplvl": jobs,
        "total_annual_wages": jobs * pay,
        "taxable_annual_wages": other,
        "annual_contributions": other,
        "annual_avg_wkly_wage": pay,
        "avg_annual_pay": pay,
    }
    return {f"lq_{name}": np.where(is_total, 1, q).round(2) for name, q in found.items()}


def _changes(levels: dict[str, Numbers], rng: np.random.Generator) -> dict[str, Numbers]:
    found = {}
    for name, level in levels.items():
        change = np.minimum(np.trunc(level * rng.normal(0, 0.1, len(level))), level - 1)
        change = np.where(level > 1, change, 0)
        found[f"oty_{name}_chg"] = change
        found[f"oty_{name}_pct_chg"] = (100 * change / np.maximum(level - change, 1)).round(1)
    return found


def _rows(
    areas: list[str], above: list[str], parts: Numbers, year: int, rng: np.random.Generator
) -> pl.DataFrame:
    levels = _levels(parts, len(areas), rng)
    owners = np.array(["0", *["5"] * len(above)])
    industry = np.array([naics.TOTAL, *above])
    level = [str(71 + naics.LEVELS.index(naics.industry_level(code))) for code in above]
    n = len(areas) * len(owners)
    is_total = np.tile(owners == "0", len(areas))
    withheld = (rng.random(n) < 0.6) & ~np.tile(industry == naics.TOTAL, len(areas))
    data: dict[str, object] = {
        "area_fips": np.repeat(areas, len(owners)),
        "own_code": np.tile(owners, len(areas)),
        "industry_code": np.tile(industry, len(areas)),
        "agglvl_code": np.tile(["70", *level], len(areas)),
        "size_code": np.full(n, "0"),
        "year": np.full(n, str(year)),
        "qtr": np.full(n, "A"),
    }
    numbers = levels | _quotients(is_total, rng) | _changes(levels, rng)
    for column in table("qcew_annual").columns:
        name = column.name
        if name.endswith("disclosure_code"):
            data[name] = np.where(withheld, "N", "")
        elif name in numbers:
            shown = np.where(withheld & bool(column.gate), 0, numbers[name])
            data[name] = shown.astype(np.int64) if column.dtype == "int" else shown
    return pl.DataFrame(data).select(table("qcew_annual").names)


def write_single_file(path: Path, rows: int, year: int = 2016, seed: int = 1) -> int:
    """Write a zip with one CSV, sorted by area as the agency's is; return its rows."""
    rng = np.random.default_rng(seed)
    above, parts = nested_codes(year, rng)
    areas = counties(max(1, round(rows / (len(above) + 1))), year)
    text = path.with_suffix(".csv")
    with text.open("wb") as file:
        for first in range(0, len(areas), AREAS_AT_ONCE):
            some = _rows(areas[first : first + AREAS_AT_ONCE], above, parts, year, rng)
            some.write_csv(file, quote_style="non_numeric", include_header=first == 0)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.write(text, f"{year}.annual.singlefile.csv")
    text.unlink()
    return len(areas) * (len(above) + 1)


def write_slices(folder: Path, n_areas: int, year: int = 2016, seed: int = 1) -> int:
    """Write a file for each of some areas, as the agency's slices are; return their rows."""
    rng = np.random.default_rng(seed)
    above, parts = nested_codes(year, rng)
    folder.mkdir(parents=True)
    for area in counties(n_areas, year):
        rows = _rows([area], above, parts, year, rng)
        rows.write_csv(folder / f"{area}.csv", quote_style="non_numeric")
    return n_areas * (len(above) + 1)


if __name__ == "__main__":
    print(write_single_file(Path(sys.argv[1]), int(sys.argv[2])))
