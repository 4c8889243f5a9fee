"""What the store holds for a state: files, periods, gaps, what is withheld, what breaks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from lmi import codes
from lmi.analysis.annual_rows import annual_rows, known_years
from lmi.analysis.places import NATION, STATE, required_counties
from lmi.assessment import comparable, withheld
from lmi.assessment.opening import OpenedState
from lmi.assessment.outlines import map_names
from lmi.config import StateConfig
from lmi.missing import Missing
from lmi.schema import BOUNDARIES, OTHER_TABLES
from lmi.schema.others import STATE_PROJECTIONS
from lmi.schema.owned import OWN_TABLES
from lmi.store import Store
from lmi.suppression.period import Period

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["COUNTY", "Holdings", "read_holdings"]

COUNTY = "county"
YEAR = "A"  # in place of a quarter, as the agency writes it
WITHHELD = ["period", "level", "cells", "withheld", "cells_share", "jobs_share"]


@dataclass(frozen=True, eq=False)
class Holdings:
    """What a store holds for a state, and what may be made of it.

    Parameters
    ----------
    asked : int or None
        The year that was asked for.
    period : Period or None
        The one that `counties` and `sectors` are of: the year asked for where it is whole, else
        the newest whole year, else the newest quarter; None in a store without the state.
    files : DataFrame
        One row a file that holds something of the state, its nation or of tables stored whole:
        the catalogue's columns and ``replaced_by``.
    periods : DataFrame
        ``place`` (county, state, nation), ``year``, ``qtr`` (A for the year), ``present``,
        ``expected``: how many of the areas have rows.
    whole : DataFrame
        ``place``, ``year``, ``present``, ``expected``: areas with the year or four quarters of it.
    absent : DataFrame
        ``area_fips``, ``name``, ``year``: counties that lack a year which others have; year is
        missing for a county that is in none.
    withheld : DataFrame
        By ``period`` and ``level``, as `lmi.assessment.withheld.by_level`.
    counties, sectors : DataFrame
        Of `period`, as `lmi.assessment.withheld.by_county` and `by_sector`.
    breaks : DataFrame
        As `lmi.assessment.comparable.breaks_between`.
    others : DataFrame
        ``table``, ``rows``, ``first``, ``last`` (years), ``place`` (``store`` or ``folder``); a
        table that is not there has no rows.
    profiles : DataFrame
        As `lmi.assessment.comparable.profile_years`.
    """

    state: StateConfig
    asked: int | None
    period: Period | None
    files: pd.DataFrame
    n_elsewhere: int
    periods: pd.DataFrame
    whole: pd.DataFrame
    absent: pd.DataFrame
    withheld: pd.DataFrame
    counties: pd.DataFrame
    sectors: pd.DataFrame
    breaks: pd.DataFrame
    others: pd.DataFrame
    profiles: pd.DataFrame
    outlines: gpd.GeoDataFrame | Missing

    @property
    def is_empty(self) -> bool:
        """Whether the store holds nothing of the state's jobs."""
        return self.period is None

    @property
    def years(self) -> list[int]:
        """Years of which some county has the whole."""
        found = self.whole[(self.whole["place"] == COUNTY) & (self.whole["present"] > 0)]
        return [int(y) for y in found["year"]]

    def has(self, place: str, year: int) -> bool:
        """Tell whether a place has a whole year."""
        found = self.whole[(self.whole["place"] == place) & (self.whole["year"] == year)]
        return bool((found["present"] > 0).any())


def read_holdings(opened: OpenedState, year: int | None = None) -> Holdings:
    """Read what the store holds for a state.

    Parameters
    ----------
    year : int, optional
        The one to look at closely; the newest whole one where not given or not there.

    Raises
    ------
    StoreError
        The store is damaged.
    """
    store, state = opened.store, opened.state
    nation = codes.nation_of(codes.statewide(state.state_fips))[:2]
    prefixes = [state.state_fips, nation]
    files, n_elsewhere = _files(store, set(prefixes))
    known = known_years(store, prefixes)
    periods = pd.concat([store.periods("annual", prefixes), store.periods("quarterly", prefixes)])
    county_codes = _counties(state, periods)
    whole = _counted(state, known, county_codes)
    years = sorted(int(y) for y in whole.loc[whole["place"] == COUNTY, "year"])
    period = _closest(year, years, periods[periods["area_fips"].isin(county_codes)])
    outlines = store.boundaries("county", [state.state_fips], period.year if period else None)
    names = map_names(outlines)
    shares, cells = _withheld(store, state, county_codes, years, period)
    return Holdings(
        state=state,
        asked=year,
        period=period,
        files=files,
        n_elsewhere=n_elsewhere,
        periods=_counted(state, periods, county_codes),
        whole=whole,
        absent=_absent(known, county_codes, periods["area_fips"], years, names),
        withheld=shares,
        counties=withheld.by_county(cells, names),
        sectors=withheld.by_sector(cells),
        breaks=comparable.breaks_between(opened, years),
        others=_others(store, state, files),
        profiles=comparable.profile_years(opened),
        outlines=outlines,
    )


def _files(store: Store, prefixes: set[str]) -> tuple[pd.DataFrame, int]:
    """List the files that concern the state, and count the others."""
    catalogue, current = store.catalogue(), store.current_rows()
    concern = set(current.loc[current["state"].isin({*prefixes, ""}), "source_id"])
    is_here = catalogue["source_id"].isin(concern) | (catalogue["current"] == 0)
    files = catalogue[is_here].reset_index(drop=True)
    files["replaced_by"] = [_replaced_by(file, catalogue) for file in files.to_dict("records")]
    return files, int((~is_here).sum())


def _replaced_by(file: dict, catalogue: pd.DataFrame) -> str:  # type: ignore[type-arg]
    """Name the newest later file of the same table and periods, where rows gave way."""
    if file["current"] >= file["rows"]:
        return ""
    covered = set(str(file["periods"]).split(", "))
    later = catalogue[
        (catalogue["source_id"] > file["source_id"])
        & (catalogue["table"] == file["table"])
        & catalogue["periods"].map(lambda periods: bool(covered & set(periods.split(", "))))
    ]
    return "" if later.empty else str(later["name"].iloc[-1])


def _counties(state: StateConfig, periods: pd.DataFrame) -> set[str]:
    """All counties that the state has in the years of the store, or that its regions name."""
    years = [int(year) for year in periods["year"].unique()]
    listed = {c for year in years for c in codes.counties_of(state.state_fips, year)}
    regional = {c for r in state.regions for c in r.counties}
    stored = {a for a in periods["area_fips"].unique() if codes.is_county(a)}
    return {c for c in listed | regional | stored if c[:2] == state.state_fips}


def _counted(state: StateConfig, rows: pd.DataFrame, counties: set[str]) -> pd.DataFrame:
    """Count the areas of each place that have rows, by year and, where there is one, quarter."""
    statewide = codes.statewide(state.state_fips)
    places = {STATE: {statewide}, NATION: {codes.nation_of(statewide)}, COUNTY: counties}
    keys = [key for key in ("year", "qtr") if key in rows]
    found = []
    for place, areas in places.items():
        here = rows[rows["area_fips"].isin(areas)]
        for values in here[keys].drop_duplicates().itertuples(index=False):
            present = set(here.loc[(here[keys] == list(values)).all(axis=1), "area_fips"])
            needed = required_counties(areas, int(values[0]), present) if place == COUNTY else areas
            fictional = codes.nation_of(statewide) != codes.NATION
            expected = present if fictional and place == COUNTY else needed | present
            found.append((place, *values, len(present), len(expected)))
    columns = ["place", *keys, "present", "expected"]
    return pd.DataFrame(found, columns=columns).sort_values(columns[:-2], ignore_index=True)


def _absent(
    known: pd.DataFrame,
    counties: set[str],
    ever: pd.Series,
    years: list[int],
    names: dict[str, str],
) -> pd.DataFrame:
    """List the counties that lack a year, once without a year where they lack all."""
    here, seen = known[known["area_fips"].isin(counties)], set(ever)
    rows: list[tuple[str, int | None]] = []
    for year in years:
        present = set(here.loc[here["year"] == year, "area_fips"])
        needed = required_counties(counties, year, seen) - present
        rows += [(area, year if area in seen else None) for area in needed]
    table = pd.DataFrame(rows, columns=["area_fips", "year"]).drop_duplicates()
    table.insert(
        1, "name", [names.get(area) or codes.county_name(area) for area in table["area_fips"]]
    )
    return table.astype({"year": "Int64"}).sort_values(["area_fips", "year"], ignore_index=True)


def _closest(year: int | None, years: list[int], rows: pd.DataFrame) -> Period | None:
    """Choose the period to look at closely."""
    if years:
        return Period(year if year in years else years[-1])
    quarters = rows[rows["qtr"] != YEAR]
    if quarters.empty:
        return None
    newest = quarters.sort_values(["year", "qtr"]).iloc[-1]
    return Period(int(newest["year"]), str(newest["qtr"]))


def _withheld(
    store: Store, state: StateConfig, counties: set[str], years: list[int], period: Period | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what is withheld in each whole year, or in the quarter, and the period's cells."""
    chosen = withheld.private_cells(_NO_ROWS, [])
    tables = []
    for each in [Period(y) for y in years] or ([period] if period else []):
        rows = (
            store.qcew("quarterly", states=[state.state_fips], years=[each.year],
                       quarters=[each.quarter])
            if each.quarter
            else annual_rows(store, [state.state_fips], each.year)
        )  # fmt: skip
        cells = withheld.private_cells(rows, sorted(counties), each.measure, each.estabs)
        tables.append(withheld.by_level(cells).assign(period=str(each)))
        chosen = cells if each == period else chosen
    shares = pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=WITHHELD)
    return shares[WITHHELD], chosen


_NO_ROWS = pd.DataFrame(
    columns=["area_fips", "own_code", "size_code", "agglvl_code", "industry_code"],
    dtype="str",
).assign(annual_avg_emplvl=pd.Series(dtype=float), annual_avg_estabs=pd.Series(dtype=float))


def _others(store: Store, state: StateConfig, files: pd.DataFrame) -> pd.DataFrame:
    """Say which tables beside QCEW there are, in the store and in the state's folder."""
    rows = [
        (spec.name, "store", *_span_of(store, state, spec.name))
        for spec in OTHER_TABLES
        if spec is not STATE_PROJECTIONS or state.projections
    ]
    mapped = store.current_rows()
    mapped = mapped[(mapped["table"] == BOUNDARIES.name) & (mapped["state"] == state.state_fips)]
    for kind in ("county", "state"):
        found = mapped[mapped["kind"] == kind]
        first, last = (found["year"].min(), found["year"].max()) if len(found) else (None, None)
        rows.append((f"{kind} boundaries", "store", int(found["rows"].sum()), first, last))
    for name in OWN_TABLES:
        path = state.folder / f"{name}.csv"
        lines = len(pd.read_csv(path, dtype=str)) if path.is_file() else 0
        rows.append((name, "folder", lines, None, None))
    table = pd.DataFrame(rows, columns=["table", "place", "rows", "first", "last"])
    return table.astype({"first": "Int64", "last": "Int64"})


def _span_of(store: Store, state: StateConfig, name: str) -> tuple[int, int | None, int | None]:
    """Rows of a table that concern the state or its nation, and its first and last year.

    A table without places is of the nation.
    """
    table = store.table(name)
    if isinstance(table, Missing):
        return 0, None, None
    nation = codes.nation_of(codes.statewide(state.state_fips))
    place = next((c for c in ("area_fips", "w_county_fips", "place") if c in table), None)
    concerned = (state.state_fips, nation, f"{state.slug}/")
    here = table if place is None else table[table[place].str.startswith(concerned)]
    if here.empty:
        return 0, None, None
    first, last = ("year", "year") if "year" in here else ("base_year", "projected_year")
    return len(here), int(here[first].min()), int(here[last].max())
