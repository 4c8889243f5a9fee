r"""Project from every year of a history, and see what came: error and coverage by horizon.

Three histories: Colorado's jobs by county and sector, 2001 to 2019 (State Demography Office), added
up to the planning regions too; QCEW of 15 counties of central Ohio, 2019 to 2023; QCEW of every
state, 2018 to 2020, beside the nation. From each year, looking back 1 to 8 years, each way projects
as far ahead as there is a year. A series is taken by what was known when it is projected from, not
by what became of it, and every way has the same ones. The error is the sum of what was missed,
beside that of no change, and the median of what was missed in the logarithm. The width was fitted
to every other county and region of Colorado; all else checks it. QCEW years before the first file
are what it says of the change over the year.

    python benchmarks/projections.py --jobs jobs_by_sector_cat.csv.gz
    python benchmarks/projections.py --jobs ... --counties qcew/api --states qcew/statewide_annual \
        --national industry.xlsx --forecast totalJobsReg_v13.csv --later totalJobsReg_v18.csv
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

import numpy as np
import pandas as pd
import polars as pl

from lmi.config import load_state
from lmi.measures.damped_trend import damped_growth, projection_sd
from lmi.naics import containers
from lmi.schema.others import PROJECTIONS
from lmi.sources.archive import members
from lmi.sources.national_matrix import NATIONAL_MATRIX

HORIZONS = (1, 2, 3, 5, 10)
LOOK_BACK = (1, 2, 3, 5, 8)
FEWEST_JOBS = 30  # below, a rate of growth says nothing
Z80 = 1.2816
SIZES = (0, 100, 300, 1_000, 3_000, 10_000, np.inf)
TOTAL = "00000"
NO_CHANGE, OURS, MIX = "no change", "damped trend", "nation's rates on the mix"

Logs = np.ndarray


@dataclass(frozen=True)
class Past:
    """Logarithms of jobs over the last years, one row a series.

    Parameters
    ----------
    own, beside, together : ndarray
        Of the sector here, of the sector in the state or else nation, of all jobs there.
    """

    own: Logs
    beside: Logs
    together: Logs


@dataclass(frozen=True)
class History:
    """Jobs by place and sector over the years, and what each series is held against.

    Parameters
    ----------
    own : DataFrame
        By place and sector; a column a year.
    beside : DataFrame
        By sector.
    together : Series
        All jobs by year.
    mix : DataFrame, optional
        Jobs by place, sector and industry, where the nation's rates can be applied to the mix.
    """

    name: str
    own: pd.DataFrame
    beside: pd.DataFrame
    together: pd.Series
    mix: pd.DataFrame | None = None

    @property
    def fitted(self) -> np.ndarray:
        """Which series the width was fitted to."""
        places = self.own.index.get_level_values(0)
        is_colorado = self.name.startswith("Colorado")
        return is_colorado & places.isin(sorted(set(places))[::2])


Way = Callable[[Past, int], Logs]
"""From the last years to the logarithm of so many years ahead."""


def no_change(past: Past, horizon: int) -> Logs:
    """What is stays."""
    return past.own[:, -1]


def own_drift(past: Past, horizon: int) -> Logs:
    """The mean growth of the region goes on."""
    return past.own[:, -1] + horizon * _a_year(past.own)


def beside_drift(past: Past, horizon: int) -> Logs:
    """The mean growth of the sector in the state, or else the nation, goes on."""
    return past.own[:, -1] + horizon * _a_year(past.beside)


def log_linear(past: Past, horizon: int) -> Logs:
    """A straight line through the logarithms goes on."""
    own = past.own
    x = np.arange(own.shape[1]) - (own.shape[1] - 1) / 2
    slope = (own - own.mean(axis=1, keepdims=True)) @ x / (x @ x)
    return own.mean(axis=1) + slope * (x[-1] + horizon)


def damped(past: Past, horizon: int) -> Logs:
    """What the workbench does."""
    own, beside, together = map(_a_year, (past.own, past.beside, past.together))
    years = past.own.shape[1] - 1
    return past.own[:, -1] + damped_growth(own, beside, years, horizon, together)


def _a_year(logs: Logs) -> Logs:
    return (logs[:, -1] - logs[:, 0]) / (logs.shape[1] - 1)


WAYS: dict[str, Way] = {
    NO_CHANGE: no_change, "own growth": own_drift, "growth beside it": beside_drift,
    "log-linear trend": log_linear, OURS: damped,
}  # fmt: skip


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=Path, required=True)
    parser.add_argument("--counties", type=Path, help="QCEW slices, in folders YEAR/a/area")
    parser.add_argument("--states", type=Path, help="archives of QCEW slices of all states")
    parser.add_argument("--national", type=Path, help="an earlier projection of the nation")
    parser.add_argument("--forecast", type=Path, help="an earlier forecast by region")
    parser.add_argument("--later", type=Path, help="what came, by region")
    asked = parser.parse_args()
    histories = [*colorado(asked.jobs)]
    histories += [counties(asked.counties)] if asked.counties else []
    histories += [states(asked.states)] if asked.states else []
    found = pd.concat([errors(history) for history in histories], ignore_index=True)
    print("\nmissed, beside no change (1 is as good), whatever the history")
    print(relative(found, ["by"]).round(3).to_string())
    print("\nthe same by the median of what was missed in the logarithm")
    print(relative_median(found).round(3).to_string())
    print("\nColorado's by years of history")
    in_colorado = found[found["by"].str.startswith("Colorado")]
    print(relative(in_colorado, ["by", "back"]).round(3).to_string())
    ours = found[found["way"] == OURS]
    held_out = ours[~ours["fitted"]]
    print("\nof 80 % intervals hold, in what they were not fitted to")
    print(coverage(held_out, "by").round(2).to_string())
    print("\nthe same by jobs, Colorado")
    of_colorado = held_out[held_out["by"].str.startswith("Colorado")]
    sizes = pd.cut(of_colorado["jobs"], list(SIZES))
    print(coverage(of_colorado.assign(size=sizes), "size").round(2).to_string())
    if len(histories) > 2:
        print("\nfrom each year: of 80 % intervals hold, and missed beside no change")
        later = ours[~ours["by"].str.startswith("Colorado")]
        print(coverage(later, ["by", "from"]).round(2).to_string())
        print(relative(found[found["by"].isin(later["by"])], ["by", "from"]).round(3).to_string())
    if asked.national and asked.counties:
        print("\nthe nation's projection on the mix, from its base year")
        print(national(asked.national, histories[2]).round(3).to_string())
    if asked.forecast and asked.later:
        print("\nan official forecast of 2013 by region, beside what came")
        print(official(asked.forecast, asked.later).round(3).to_string())


def colorado(path: Path) -> Iterator[History]:
    """Read jobs by county, sector and year, and add up to each county's region."""
    table = pd.read_csv(path, dtype={"sector_id": str, "area_code": str})
    table = table[table["area_code"] != "000"]
    table = table.drop_duplicates(["area_code", "sector_id", "population_year"])
    state = load_state("colorado")
    home = {county: region.key for region in state.regions for county in region.counties}
    area = "08" + table["area_code"].str.zfill(3)
    jobs = pd.DataFrame(
        {
            "county": area, "region": area.map(home), "sector": table["sector_id"],
            "year": table["population_year"], "jobs": table["total_jobs"],
        }
    )  # fmt: skip
    beside = jobs.pivot_table("jobs", "sector", "year", "sum")
    for by in ("region", "county"):
        wide = jobs.pivot_table("jobs", [by, "sector"], "year", "sum")  # withheld where missing
        wide = wide[wide.index.get_level_values(1) != TOTAL]
        yield _history(f"Colorado, {by}", wide, beside, beside.loc[TOTAL])


def counties(folder: Path) -> History:
    """Read a few counties: each sector is held against all of them."""
    years: dict[int, list[pd.DataFrame]] = {}
    for path in sorted(folder.glob("*/a/area/*.csv")):
        years.setdefault(int(path.parts[-4]), []).append(_read(path))
    tables = {year: pd.concat(found) for year, found in years.items()}
    tables = {min(tables) - 1: _year_before(tables[min(tables)]), **tables}
    sectors = _over_years(tables, 74)
    mix = _over_years(tables, 75)
    beside = sectors.groupby(level=1).sum()
    return _history("central Ohio", sectors, beside, beside.sum(), mix)


def states(folder: Path) -> History:
    """Read every state: each sector is held against the nation's."""
    years: dict[int, pd.DataFrame] = {}
    for path in sorted(folder.glob("*.zip")):
        with ZipFile(path) as archive:
            found = [_read(archive.open(name)) for name in archive.namelist()]
        years[int(path.name[:4])] = pd.concat(found)
    earlier, later = min(years), max(years)
    # each file is of another release: growth is taken within one
    before = _year_before(years[later])
    chain = _year_before(years[earlier])["jobs"] / years[earlier]["jobs"] * before["jobs"]
    tables = {
        earlier - 1: before.assign(jobs=chain.reindex(before.index)),
        earlier: before,
        later: years[later],
    }
    sectors = _over_years(tables, 54)
    beside = sectors.groupby(level=1).sum()
    return _history("states", sectors, beside, beside.sum(), _over_years(tables, 55))


def _read(file: object) -> pd.DataFrame:
    """Read what private employers of an area disclose, by sector and three-digit industry."""
    names = {"annual_avg_emplvl": "jobs", "oty_annual_avg_emplvl_chg": "change"}
    kept = ["area_fips", "industry_code", "agglvl_code", "disclosure_code", "oty_disclosure_code"]
    table = pd.read_csv(file, usecols=[*kept, "own_code", *names], dtype={"area_fips": str,
                        "industry_code": str, "own_code": str})  # fmt: skip
    is_shown = (table["own_code"] == "5") & (table["disclosure_code"] != "N")
    table = table[is_shown & table["agglvl_code"].isin([54, 55, 74, 75])].rename(columns=names)
    return table.set_index(["area_fips", "industry_code"])


def _year_before(table: pd.DataFrame) -> pd.DataFrame:
    """Return the jobs of the year before by the published change."""
    shown = table[table["oty_disclosure_code"] != "N"]
    return shown.assign(jobs=shown["jobs"] - shown["change"])


def _over_years(tables: dict[int, pd.DataFrame], level: int) -> pd.DataFrame:
    of_level = {y: t.loc[t["agglvl_code"] == level, "jobs"] for y, t in tables.items()}
    return pd.DataFrame(of_level).dropna()


def _history(
    name: str,
    own: pd.DataFrame,
    beside: pd.DataFrame,
    together: pd.Series,
    mix: pd.DataFrame | None = None,
) -> History:
    return History(name, own, beside, together, mix)


def errors(history: History) -> pd.DataFrame:
    """Project each series from every year in every way; one row a projection."""
    with np.errstate(divide="ignore"):
        own = np.log(history.own.to_numpy())
    beside = np.log(history.beside.reindex(history.own.index.get_level_values(1)).to_numpy())
    together = np.log(history.together.to_numpy())[None, :]
    years = list(history.own.columns)
    found = []
    for back, at in ((b, a) for b in LOOK_BACK for a in range(b, len(years))):
        span = slice(at - back, at + 1)
        is_known = (own[:, span] >= np.log(FEWEST_JOBS)).all(axis=1)
        for ahead in (h for h in HORIZONS if at + h < len(years)):
            of = is_known & np.isfinite(own[:, at + ahead])
            past = Past(own[of, span], beside[of, span], together[:, span])
            said = {name: way(past, ahead) for name, way in WAYS.items()}
            if history.mix is not None:
                rates = _mix_rates(history, years[at - back], years[at])
                said[MIX] = own[of, at] + ahead * rates[of] / back
            rest = {
                "by": history.name, "back": back, "from": years[at], "horizon": ahead,
                "fitted": history.fitted[of], "jobs": np.exp(own[of, at]),
                "came": own[of, at + ahead],
            }  # fmt: skip
            found += [pd.DataFrame({**rest, "way": n, "projected": x}) for n, x in said.items()]
    return pd.concat(found, ignore_index=True)


def _mix_rates(history: History, first: int, last: int) -> Logs:
    """Return growth as that of each industry in all places, on the mix of each place."""
    assert history.mix is not None
    grown = history.mix.groupby(level=1)[[first, last]].sum()
    return _on_mix(history, last, np.log(grown[last] / grown[first]))


def _on_mix(history: History, year: int, rates: pd.Series) -> Logs:
    """Apply rates by industry to the mix of every series; of a sector of no industries its own."""
    assert history.mix is not None
    mix = history.mix.reset_index(names=["place", "industry"])
    sectors = set(history.beside.index)
    mix["sector"] = [next(iter(sectors & containers(i)), i) for i in mix["industry"]]
    mix["rate"] = mix["industry"].map(rates)
    mix = mix.dropna(subset="rate")
    mix["grown"] = mix[year] * np.exp(mix["rate"])
    sums = mix.groupby(["place", "sector"])[["grown", year]].sum()
    found = np.log(sums["grown"] / sums[year]).reindex(history.own.index)
    whole = history.own.index.get_level_values(1).map(rates)
    return found.fillna(pd.Series(whole, history.own.index)).fillna(0.0).to_numpy()


def relative(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Divide what each way missed by what no change missed, by horizon and `by`."""
    came = np.exp(rows["came"])
    missed = rows.assign(missed=(np.exp(rows["projected"]) - came).abs())
    sums = missed.pivot_table("missed", [*by, "way"], "horizon", "sum")
    none = missed[missed["way"] == NO_CHANGE].pivot_table("missed", by, "horizon", "sum")
    return sums / none.reindex(sums.index.droplevel("way")).to_numpy()


def relative_median(rows: pd.DataFrame) -> pd.DataFrame:
    """Divide the median of what each way missed, in the logarithm, by that of no change."""
    missed = rows.assign(missed=(rows["projected"] - rows["came"]).abs())
    middle = missed.pivot_table("missed", ["by", "way"], "horizon", "median")
    none = middle.xs(NO_CHANGE, level="way")
    return middle / none.reindex(middle.index.droplevel("way")).to_numpy()


def coverage(rows: pd.DataFrame, by: str | list[str]) -> pd.DataFrame:
    """Return the share of what came that lies in the 80 % interval."""
    width = Z80 * projection_sd(rows["jobs"], rows["horizon"])
    inside = (rows["came"] - rows["projected"]).abs() <= width
    return rows.assign(inside=inside).pivot_table("inside", by, "horizon", "mean", observed=True)


def national(file: Path, history: History) -> pd.DataFrame:
    """Hold a projection of the nation, on the mix of each place, to what came."""
    [member] = members(file)
    table = pl.concat(NATIONAL_MATRIX.read(member, PROJECTIONS, [])).to_pandas()
    base, last = int(table["base_year"].iloc[0]), int(table["projected_year"].iloc[0])
    table = table[table["own_code"].isin(["0", "5"])].drop_duplicates("industry_code", keep="last")
    a_year = np.log(table["projected_emplvl"] / table["base_emplvl"]) / (last - base)
    rates = pd.Series(a_year.to_numpy(), table["industry_code"].astype(str))
    own = np.log(history.own)
    rows = []
    for ahead in (h for h in HORIZONS if base + h in own.columns):
        projected = own[base] + ahead * _on_mix(history, base, rates)
        rest = {"horizon": ahead, "came": own[base + ahead], "jobs": history.own[base]}
        for way, said in ((MIX, projected), (NO_CHANGE, own[base])):
            rows.append(pd.DataFrame({**rest, "way": way, "projected": said, "by": base}))
    found = pd.concat(rows)
    missed = relative(found, ["by"])
    return pd.concat([missed, coverage(found[found["way"] == MIX], ["by", "way"])],
                     keys=["missed", "in our 80 %"])  # fmt: skip


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
