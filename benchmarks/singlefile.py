"""Make a QCEW annual single file of any size: the agency's layout, invented numbers."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import numpy as np
import polars as pl

from lmi import codes
from lmi.schema import table

CODES = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr")


def industry_codes() -> list[str]:
    """Return well-formed six-digit codes, about as many as a large county has."""
    sectors = (11, 23, 42, 52, 54, 56, 62, 72, 81)
    return [f"{sector}{i}" for sector in sectors for i in range(1111, 1261)]


def write_single_file(path: Path, rows: int, year: int = 2016, seed: int = 1) -> int:
    """Write a zip with one CSV, sorted by area as the agency's is; return its rows."""
    rng = np.random.default_rng(seed)
    industries = industry_codes()
    states = sorted(codes.STATES - {codes.SAMPLE_STATE})
    areas = [f"{state}{county:03d}" for state in states for county in range(1, 139, 2)]
    n_areas = max(1, min(len(areas), round(rows / len(industries))))
    per_area = min(len(industries), rows // n_areas)
    n = n_areas * per_area
    withheld = rng.random(n) < 0.6
    emplvl = np.where(withheld, 0, (rng.pareto(1.2, n) * 20).astype(int))
    wages = emplvl * rng.integers(20_000, 90_000, n)
    fixed = {
        "area_fips": np.repeat(areas[:n_areas], per_area),
        "own_code": np.full(n, "5"),
        "industry_code": np.tile(industries[:per_area], n_areas),
        "agglvl_code": np.full(n, "78"),
        "size_code": np.full(n, "0"),
        "year": np.full(n, str(year)),
        "qtr": np.full(n, "A"),
        "annual_avg_emplvl": emplvl,
        "total_annual_wages": wages,
    }
    data: dict[str, np.ndarray] = {}
    for column in table("qcew_annual").columns:
        name = column.name
        if name in fixed:
            data[name] = fixed[name]
        elif name.endswith("disclosure_code"):
            data[name] = np.where(withheld, "N", "")
        elif name.endswith("pct_chg"):
            data[name] = np.where(withheld, 0, np.round(rng.normal(0, 10, n), 1))
        elif name.startswith("lq_"):
            data[name] = np.where(withheld, 0, np.round(rng.gamma(2, 0.5, n), 2))
        elif "estabs" in name:
            data[name] = rng.integers(1, 60, n)
        else:
            data[name] = np.where(withheld, 0, rng.integers(100, 90_000, n))
    text = path.with_suffix(".csv")
    pl.DataFrame(data).write_csv(text, quote_style="non_numeric")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        archive.write(text, f"{year}.annual.singlefile.csv")
    text.unlink()
    return n


if __name__ == "__main__":
    print(write_single_file(Path(sys.argv[1]), int(sys.argv[2])))
