r"""Project from every year of a long history, and see what came: error and coverage by horizon.

The history is Colorado's jobs by county and sector, 2001 to 2019 (State Demography Office), added
up to the planning regions too. From each year, and looking back 1 to 8 years, each way projects 1,
3, 5 and 10 years ahead. The error is the sum of what was missed over the sum of what came, beside
that of no change. The width was fitted to every other county and region; the others check it.

    python benchmarks/projections.py --jobs jobs_by_sector_cat.csv.gz
    python benchmarks/projections.py --jobs … --forecast totalJobsReg_v13.csv \
        --later totalJobsReg_v18.csv
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd

from lmi.config import load_state
from lmi.measures.damped_trend import damped_growth, projection_sd

HORIZONS = (1, 3, 5, 10)
HISTORIES = (1, 2, 3, 5, 8)
FEWEST_JOBS = 30  # below, a rate of growth says nothing
Z80 = 1.2816
SIZES = (0, 100, 300, 1_000, 3_000, 10_000, np.inf)
TOTAL = "00000"

Logs = np.ndarray
Way = Callable[[Logs, Logs, int], Logs]
"""From the logarithms of the last years, own and the state's, to that of so many years ahead."""


def no_change(own: Logs, state: Logs, horizon: int) -> Logs:
    """What is stays."""
    return own[:, -1]


def own_drift(own: Logs, state: Logs, horizon: int) -> Logs:
    """The mean growth of the region goes on."""
    return own[:, -1] + horizon * _mean_growth(own)


def state_drift(own: Logs, state: Logs, horizon: int) -> Logs:
    """The mean growth of the sector in the state goes on."""
    return own[:, -1] + horizon * _mean_growth(state)


def log_linear(own: Logs, state: Logs, horizon: int) -> Logs:
    """A straight line through the logarithms goes on."""
    x = np.arange(own.shape[1]) - (own.shape[1] - 1) / 2
    slope = (own - own.mean(axis=1, keepdims=True)) @ x / (x @ x)
    return own.mean(axis=1) + slope * (x[-1] + horizon)


def damped(own: Logs, state: Logs, horizon: int) -> Logs:
    """What the workbench does."""
    years = own.shape[1] - 1
    return own[:, -1] + damped_growth(_mean_growth(own), _mean_growth(state), years, horizon)


def _mean_growth(logs: Logs) -> Logs:
    return (logs[:, -1] - logs[:, 0]) / (logs.shape[1] - 1)


WAYS: dict[str, Way] = {
    "no change": no_change, "own growth": own_drift, "state's growth": state_drift,
    "log-linear trend": log_linear, "damped trend": damped,
}  # fmt: skip


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=Path, required=True)
    parser.add_argument("--forecast", type=Path, help="an earlier forecast by region")
    parser.add_argument("--later", type=Path, help="what came, by region")
    asked = parser.parse_args()
    jobs = read_jobs(asked.jobs)
    found = pd.concat(
        [errors(jobs, by).assign(by=by) for by in ("region", "area_fips")], ignore_index=True
    )
    print("\nmissed, beside no change (1 is as good), whatever the history")
    print(relative(found, ["by"]).round(3).to_string())
    print("\nthe same by years of history")
    print(relative(found, ["by", "back"]).round(3).to_string())
    ours = found[found["way"] == "damped trend"]
    held_out = ours[~ours["fitted"]]
    print("\nof 80 % intervals hold, by jobs, in the half that they were not fitted to")
    print(coverage(held_out).round(2).to_string())
    if asked.forecast and asked.later:
        print("\nan official forecast of 2013 by region, beside what came")
        print(official(asked.forecast, asked.later).round(3).to_string())


def read_jobs(path: Path) -> pd.DataFrame:
    """Read jobs by county, sector and year, with each county's region."""
    table = pd.read_csv(path, dtype={"sector_id": str, "area_code": str})
    table = table[table["area_code"] != "000"]
    table = table.drop_duplicates(["area_code", "sector_id", "population_year"])
    state = load_state("colorado")
    home = {county: region.key for region in state.regions for county in region.counties}
    area = "08" + table["area_code"].str.zfill(3)
    return pd.DataFrame(
        {
            "area_fips": area, "region": area.map(home), "sector": table["sector_id"],
            "year": table["population_year"], "jobs": table["total_jobs"],
        }
    )  # fmt: skip


def errors(jobs: pd.DataFrame, by: str) -> pd.DataFrame:
    """Project each series from every year in every way; one row a projection."""
    wide = jobs.pivot_table("jobs", [by, "sector"], "year", "sum").dropna()
    state = jobs.pivot_table("jobs", "sector", "year", "sum")
    wide = wide[(wide.min(axis=1) >= FEWEST_JOBS) & (wide.index.get_level_values(1) != TOTAL)]
    places = wide.index.get_level_values(0)
    own = np.log(wide.to_numpy())
    beside = np.log(state.reindex(wide.index.get_level_values(1)).to_numpy())
    fitted = places.isin(sorted(set(places))[::2])
    found = []
    for back in HISTORIES:
        for at in range(back, own.shape[1]):
            past = own[:, at - back : at + 1], beside[:, at - back : at + 1]
            for ahead in (h for h in HORIZONS if at + h < own.shape[1]):
                for name, way in WAYS.items():
                    found.append(
                        pd.DataFrame(
                            {
                                "way": name, "back": back, "horizon": ahead, "fitted": fitted,
                                "jobs": np.exp(own[:, at]), "came": own[:, at + ahead],
                                "projected": way(*past, ahead),
                            }
                        )
                    )  # fmt: skip
    return pd.concat(found, ignore_index=True)


def relative(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Divide what each way missed by what no change missed, by horizon and `by`."""
    came = np.exp(rows["came"])
    missed = rows.assign(missed=(np.exp(rows["projected"]) - came).abs())
    sums = missed.pivot_table("missed", [*by, "way"], "horizon", "sum")
    none = missed[missed["way"] == "no change"].pivot_table("missed", by, "horizon", "sum")
    return sums / none.reindex(sums.index.droplevel("way")).to_numpy()


def coverage(rows: pd.DataFrame) -> pd.DataFrame:
    """Return the share of what came that lies in the 80 % interval, by jobs and horizon."""
    width = Z80 * projection_sd(rows["jobs"], rows["horizon"])
    inside = (rows["came"] - rows["projected"]).abs() <= width
    sizes = pd.cut(rows["jobs"], list(SIZES))
    told = rows.assign(inside=inside, size=sizes)
    return told.pivot_table("inside", "size", "horizon", "mean", observed=True)


def official(forecast: Path, later: Path) -> pd.DataFrame:
    """Hold a forecast of all jobs by region to what came, beside no change since its last fact."""
    tables = []
    for path in (forecast, later):
        table = pd.read_csv(path, dtype={"regionnumber": str})
        tables.append(table.pivot_table("value", "regionnumber", "year", "sum"))
    said, came = (np.log(t.drop(index=[i for i in t.index if i in ("0", "15")])) for t in tables)
    rows = []
    for year in range(2013, 2018):
        error, none = (said[year] - came[year]).abs(), (came[2012] - came[year]).abs()
        width = Z80 * projection_sd(np.exp(came[2012]), year - 2012)
        rows.append({"year": year, "forecast": error.mean(), "no change": none.mean(),
                     "worst": error.max(), "in our 80 %": (error <= width).mean()})  # fmt: skip
    return pd.DataFrame(rows).set_index("year")


if __name__ == "__main__":
    main()
