"""Time the question every profile asks: twelve counties over ten years, out of the store.

The store is made from invented single files, one a year. They hold the counties of the first dozen
states, each with some 1,350 industries of all levels: other states are other files and are never
opened. The naive ways read the same years with pandas, from the same Parquet and from CSV.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent))

from singlefile import write_single_file

from lmi.store import Store
from lmi.store.ingest import ingest

YEARS = range(2014, 2024)
COLUMNS = ["area_fips", "own_code", "industry_code", "year", "disclosure_code",
           "annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages"]  # fmt: skip


def median_ms(question: Callable[[], pd.DataFrame], runs: int) -> tuple[float, int]:
    """Ask once to warm up, then several times; return the median and the rows of the answer."""
    rows = len(question())
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        question()
        times.append(1000 * (time.perf_counter() - start))
    return statistics.median(times), rows


def main() -> None:
    """Parse the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=800_000, help="rows a year")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--state", default="08")
    args = parser.parse_args()
    counties = [f"{args.state}{n:03d}" for n in range(1, 25, 2)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for year in YEARS:
            path = folder / f"{year}.zip"
            write_single_file(path, args.rows, year, seed=year)
            outcome = ingest([path], folder / "store")[0]
            assert outcome.status == "added", outcome.message
            if year == YEARS[-1]:
                pd.read_csv(path, dtype=str, keep_default_na=False).to_csv(folder / "one.csv")
            path.unlink()
        store = Store(folder / "store")
        size = sum(p.stat().st_size for p in (folder / "store").rglob("*.parquet"))
        print(f"{len(YEARS)} years of {args.rows:,} rows, store {size / 1e6:.0f} MB")
        parts = sorted((folder / "store").rglob(f"state={args.state}/*/*.parquet"))

        def ours() -> pd.DataFrame:
            return store.qcew("annual", areas=counties, years=YEARS, columns=COLUMNS)

        def every_column() -> pd.DataFrame:
            return store.qcew("annual", areas=counties, years=YEARS)

        def with_pandas() -> pd.DataFrame:
            wanted = [("area_fips", "in", counties)]
            return pd.concat([pd.read_parquet(p, columns=COLUMNS, filters=wanted) for p in parts])

        for label, question in (
            ("store, 8 columns", ours),
            ("store, all columns", every_column),
            ("pandas on the same Parquet, 8 columns", with_pandas),
        ):
            middle, rows = median_ms(question, args.runs)
            print(f"{label:40s} {middle:8.1f} ms   {rows:,} rows")
        start = time.perf_counter()
        pd.read_csv(folder / "one.csv", dtype=str)
        seconds = time.perf_counter() - start
        print(f"{'pandas, one year of CSV, times ten':40s} {10_000 * seconds:8.0f} ms")


if __name__ == "__main__":
    main()
