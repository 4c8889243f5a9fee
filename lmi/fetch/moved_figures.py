"""What moved between two states of the store: published cells, regions' numbers, ranks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from lmi.assessment.opening import OpenedState, Say
from lmi.assessment.state_tables import StateTables
from lmi.errors import LmiError, StoreError
from lmi.fetch.plan import Wanted, period_name
from lmi.fetch.registry import ANNUAL

__all__ = ["Changes", "Moved", "NewQuarter", "RankMoved", "Snapshot", "changes", "snapshot"]

# Figures of a region, and to how many decimals a reader sees one move.
FIGURES = {
    "annual_avg_emplvl": 0, "annual_avg_estabs": 0, "avg_annual_pay": 0, "emplvl_pct_chg": 1,
}  # fmt: skip
LARGEST = 25
_KEY = ["area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"]
_NUMBERS = {
    "annual": {
        "annual_avg_estabs": "estabs", "annual_avg_emplvl": "jobs", "total_annual_wages": "wages",
    },
    "quarterly": {
        "qtrly_estabs": "estabs", "month3_emplvl": "jobs", "total_qtrly_wages": "wages",
        "oty_month3_emplvl_chg": "jobs_chg",
    },
}  # fmt: skip
_NAMES = ("estabs", "jobs", "wages")


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What a state's numbers were at one time.

    Parameters
    ----------
    tables : StateTables or None
        None where the store could not be measured.
    cells : DataFrame
        Published cells of the areas and periods that files speak of: their key, ``estabs``,
        ``jobs``, ``wages``, and ``jobs_chg`` over the year for quarters.
    """

    tables: StateTables | None
    cells: pd.DataFrame


@dataclass(frozen=True)
class Moved:
    """A figure of a region that is another than it was."""

    region: str
    name: str
    figure: str
    year_before: int
    before: float
    year: int
    after: float

    @property
    def pct(self) -> float:
        """By how much of the value before, in percent."""
        return 100 * (self.after - self.before) / self.before if self.before else float("nan")


@dataclass(frozen=True)
class RankMoved:
    """A candidate that stands elsewhere than it did."""

    region: str
    name: str
    candidate: str
    before: int
    after: int


@dataclass(frozen=True)
class NewQuarter:
    """A region's jobs in the last month of a new quarter, where all counties' are published."""

    region: str
    name: str
    period: str
    jobs: float
    jobs_chg: float


@dataclass(frozen=True, eq=False)
class Changes:
    """What moved in a state.

    Parameters
    ----------
    year_before, year : int
        Year that levels were of, and are of now.
    cells : DataFrame
        One row an area and period: how many published cells were ``revised``, ``disclosed``,
        ``withheld``, ``added``, ``gone``.
    largest : DataFrame
        The cells whose jobs were revised most, with ``jobs_before`` and ``jobs``.
    revised : tuple of Moved
        Figures of the same year that were revised.
    newest : tuple of Moved
        Figures of a newer year against those of the year before it.
    """

    year_before: int
    year: int
    cells: pd.DataFrame
    largest: pd.DataFrame
    revised: tuple[Moved, ...]
    newest: tuple[Moved, ...]
    ranks: tuple[RankMoved, ...]
    quarters: tuple[NewQuarter, ...]

    @property
    def nothing(self) -> bool:
        """Whether nothing moved."""
        return self.cells.empty and not (self.revised or self.newest or self.ranks)


def snapshot(
    opened: OpenedState, files: Iterable[Wanted], say: Say = lambda text: None
) -> Snapshot:
    """Read what a state's numbers are now.

    Parameters
    ----------
    files : iterable of Wanted
        Files whose areas and periods are looked at cell by cell.
    say : callable
        Told why a state cannot be measured.
    """
    slices = [w for w in files if w.source == "qcew"]
    parts = []
    for frequency in ("annual", "quarterly"):
        of = [w for w in slices if (w.quarter == ANNUAL) == (frequency == "annual")]
        if of:
            parts.append(_cells(opened, frequency, of))
    cells = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=_KEY)
    try:
        return Snapshot(opened.analyse(), cells)
    except LmiError as error:  # what is in the store must not keep out what would mend it
        say(str(error))
        return Snapshot(None, cells)


def _in_year(opened: OpenedState, year: int) -> StateTables | None:
    try:
        return opened.analyse(year)
    except StoreError:
        return None


def _cells(opened: OpenedState, frequency: str, files: Iterable[Wanted]) -> pd.DataFrame:
    numbers = _NUMBERS[frequency]
    files = list(files)
    prefixes = {w.url.rpartition("/")[2][:2] for w in files} - {"US"}
    rows = opened.store.qcew(
        "annual" if frequency == "annual" else "quarterly",
        states=sorted(prefixes),
        years=sorted({w.year for w in files}),
        columns=[*_KEY, *numbers],
    )
    return rows.rename(columns=numbers)


def changes(opened: OpenedState, before: Snapshot, after: Snapshot) -> Changes | None:
    """Compare a state's numbers; None where there were none before, or are none now."""
    if before.tables is None or after.tables is None:
        return None
    year_before, year = int(before.tables.meta["year"]), int(after.tables.meta["year"])
    again = after.tables if year == year_before else _in_year(opened, year_before)
    compared = _compared(before.cells, after.cells)
    return Changes(
        year_before=year_before,
        year=year,
        cells=_counted(compared),
        largest=_largest(compared),
        revised=() if again is None else _moved(before.tables, again),
        newest=() if again is None or again is after.tables else _moved(again, after.tables),
        ranks=_ranks(before.tables, after.tables),
        quarters=_new_quarters(opened, before.cells, after.cells),
    )


def _compared(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Put cells side by side, and say of each that changed what became of it."""
    names = [*_KEY, *_NAMES]
    table = before.reindex(columns=names).merge(
        after.reindex(columns=names), on=_KEY, how="outer", suffixes=("_before", ""),
        indicator="side", validate="1:1",
    )  # fmt: skip
    was, now = table["jobs_before"].notna(), table["jobs"].notna()
    differs = pd.Series(False, index=table.index)
    for name in _NAMES:
        one, other = table[f"{name}_before"], table[name]
        differs |= (one != other) & one.notna() & other.notna()
    what = pd.Series("", index=table.index)
    what = what.mask(differs, "revised").mask(~was & now, "disclosed").mask(was & ~now, "withheld")
    what = what.mask(table["side"] == "right_only", "added").mask(
        table["side"] == "left_only", "gone"
    )
    return table.assign(what=what)[what != ""].drop(columns="side")


def _counted(compared: pd.DataFrame) -> pd.DataFrame:
    kinds = ["revised", "disclosed", "withheld", "added", "gone"]
    keys = ["area_fips", "year", "qtr"]
    counts = compared.pivot_table(
        index=keys, columns="what", values="own_code", aggfunc="count", fill_value=0, observed=True
    )
    return counts.reindex(columns=kinds, fill_value=0).reset_index()


def _largest(compared: pd.DataFrame) -> pd.DataFrame:
    revised = compared[compared["what"] == "revised"]
    size = (revised["jobs"] - revised["jobs_before"]).abs()
    order = size.sort_values(ascending=False, kind="stable").index
    kept = revised.loc[order[size[order] > 0]].head(LARGEST)
    return kept[[*_KEY, "jobs_before", "jobs"]].reset_index(drop=True)


def _moved(before: StateTables, after: StateTables) -> tuple[Moved, ...]:
    """Return the figures of regions that differ, the largest change first."""
    old = before.regions.set_index("region")
    new = after.regions.set_index("region")
    years = int(before.meta["year"]), int(after.meta["year"])
    found = []
    for region in new.index.intersection(old.index, sort=False):
        for figure, decimals in FIGURES.items():
            one, other = (
                float(t.loc[region, figure]) if figure in t else float("nan") for t in (old, new)
            )
            if pd.notna(one) and pd.notna(other) and round(one, decimals) != round(other, decimals):
                name = str(new.loc[region, "region_name"])
                found.append(Moved(str(region), name, figure, years[0], one, years[1], other))
    order = {figure: n for n, figure in enumerate(FIGURES)}
    return tuple(sorted(found, key=lambda m: (order[m.figure], -abs(m.after - m.before))))


def _ranks(before: StateTables, after: StateTables) -> tuple[RankMoved, ...]:
    keys = ["region", "candidate"]
    both = before.ranking[[*keys, "rank"]].merge(
        after.ranking[[*keys, "rank"]], on=keys, suffixes=("_before", ""), validate="1:1"
    )
    both = both[both["rank"].notna() & both["rank_before"].notna()]
    both = both[both["rank"] != both["rank_before"]]
    regions = after.regions.set_index("region")["region_name"]
    candidates = after.candidates.drop_duplicates("candidate").set_index("candidate")
    names = candidates["candidate_name"]
    found = [
        RankMoved(r, str(regions[r]), str(names[c]), int(one), int(other))
        for r, c, one, other in both.itertuples(index=False)
    ]
    return tuple(sorted(found, key=lambda m: (m.name, m.after)))


def _new_quarters(
    opened: OpenedState, before: pd.DataFrame, after: pd.DataFrame
) -> tuple[NewQuarter, ...]:
    """Add up the totals of quarters that no cell was of before."""
    if "jobs_chg" not in after:
        return ()
    totals = after[
        (after["own_code"] == "0") & (after["industry_code"] == "10") & (after["qtr"] != "A")
    ]
    known = set(zip(before["year"], before["qtr"], strict=True))
    found = []
    for (year, quarter), rows in totals.groupby(["year", "qtr"]):
        if (year, quarter) in known:
            continue
        period = period_name(int(str(year)), str(quarter))
        by_area = rows.set_index("area_fips")
        for region in opened.state.regions:
            if not set(region.counties) <= set(by_area.index):
                continue
            own = by_area.loc[list(region.counties)]
            jobs, change = own["jobs"].sum(skipna=False), own["jobs_chg"].sum(skipna=False)
            if pd.notna(jobs) and pd.notna(change):
                found.append(NewQuarter(region.key, region.name, period, jobs, change))
    return tuple(found)
