"""Projected growth of candidates: the region's own projection, the state's, the nation's rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi import codes, naics
from lmi.analysis.evaluate import Amounts, evaluate
from lmi.analysis.measured import Evaluated
from lmi.analysis.sums import EMPLVL, IntArray, Sums
from lmi.config import Candidate, Region, StateConfig, candidate_cells
from lmi.measures.arithmetic import FloatArray
from lmi.measures.growth import compound_rate, mix_growth
from lmi.missing import Missing
from lmi.reference import read_reference
from lmi.schema.others import COUNTS, STATE_PROJECTIONS
from lmi.schema.owned import OWN_PROJECTIONS
from lmi.sources.own_file import read_own
from lmi.store import Store
from lmi.words import did_you_mean, listing

__all__ = ["GROWTH", "no_outlook", "projected_growth"]

GROWTH, RATE = "projected_emplvl_pct_chg", "projected_emplvl_cagr"
TYPES = {
    "region": "str",
    "candidate": "str",
    **{f"{name}{end}": "float" for name in (GROWTH, RATE) for end in ("", "_lo", "_hi")},
    f"{GROWTH}_region": "float",
    "projection_source": "str",
    "projection_horizon": "str",
}
ALL = "0"
BASE_WITHIN = 3  # years between a projection's first year and that of the jobs it is applied to
NATIONAL = "BLS Employment Projections, the nation's rates by industry on the mix of jobs here"
SHORT_TERM = 3  # years; the agencies' short-term projections are over two
Rates = dict[tuple[str, str, str], tuple[float, str, str]]
"""Ratio, source and horizon, by place, ownership and industry."""


def no_outlook() -> pd.DataFrame:
    """Return the table of projected growth without a row.

    Examples
    --------
    >>> len(no_outlook()), no_outlook()["projected_emplvl_pct_chg"].dtype
    (0, dtype('float64'))
    """
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TYPES.items()})


def _own_projections(state: StateConfig) -> pd.DataFrame:
    """Read the state's folder's own projections, by region."""
    path = state.folder / "projections.csv"
    if not path.is_file():
        return pd.DataFrame(columns=list(OWN_PROJECTIONS.names))
    found = read_own(path, OWN_PROJECTIONS)
    regions = [r.key for r in state.regions]
    for at, row in enumerate(found.rows.to_dict("records")):
        if row["region"] not in regions:
            hint = did_you_mean(row["region"], regions) or f"; {state.name} has {listing(regions)}"
            raise found.error(at, f"there is no region {row['region']!r}{hint}.")
    return found.rows


def _state_tables(store: Store, state: StateConfig) -> pd.DataFrame:
    """Read what the store has of states' own tables: the state's by its regions, all by area."""
    table = store.table(STATE_PROJECTIONS.name)
    if isinstance(table, Missing):
        return pd.DataFrame(columns=list(STATE_PROJECTIONS.names))
    is_level = table["counts"] == "jobs"
    source = table["source"].where(is_level, table["source"] + "; " + table["counts"].map(COUNTS))
    return table.assign(place=table["place"].str.removeprefix(f"{state.slug}/"), source=source)


def _rates(table: pd.DataFrame, by: str) -> Rates:
    """Return ratio, source and horizon by place, ownership and industry; the newest base wins.

    Projections over a few years are newer, of some industries alone, and never mixed with longer
    ones: a place that has both keeps the longer.
    """
    is_long = table["projected_year"] - table["base_year"] > SHORT_TERM
    has_long = is_long.groupby(table[by]).transform("any")
    rates = {}
    for row in (
        table[is_long | ~has_long].sort_values(["base_year", "projected_year"]).to_dict("records")
    ):
        if row["base_emplvl"] and row["base_emplvl"] > 0:
            horizon = f"{row['base_year']:.0f}-{row['projected_year']:.0f}"
            key = (row[by], row["own_code"], row["industry_code"])
            rates[key] = (row["projected_emplvl"] / row["base_emplvl"], row["source"], horizon)
    return rates


def national_rates(year: int) -> Rates:
    """Return the nation's own projection by industry, which comes with the workbench.

    Returns
    -------
    dict
        Empty where it begins too far from the year of the jobs that it would be applied to.
    """
    rates: Rates = {}
    rows = read_reference("national_projections")
    # an industry that has a row of its own is not projected as one of several
    for owners, industries, _, base, projected, first, last in sorted(
        rows, key=lambda row: -len(row[1].split())
    ):
        if abs(int(base) - year) > BASE_WITHIN:
            continue
        for own_code in owners.split():
            for industry_code in industries.split():
                key = (codes.NATION, own_code, industry_code)
                rates[key] = (float(last) / float(first), NATIONAL, f"{base}-{projected}")
    return rates


def _nearest(industry_code: str, own_code: str) -> Iterator[tuple[str, str]]:
    """Where to look for a cell's rate: the industry itself, then what holds it; its owner first."""
    for code in (industry_code, *naics.ancestors(industry_code)):
        if code == naics.TOTAL:
            return
        yield own_code, code
        yield ALL, code


def _sources(store: Store, state: StateConfig, year: int) -> list[Rates]:
    """Rates in order of preference: the team's, those of the state's own tables, those by area.

    The nation's come with the workbench and stand last.
    """
    own = _state_tables(store, state)
    is_region = own["place"].isin([region.key for region in state.regions])
    by_area = [own[~is_region].rename(columns={"place": "area_fips"})]
    table = store.table("projections")
    by_area += [] if isinstance(table, Missing) else [table]
    return [
        _rates(_own_projections(state), "region"),
        _rates(own[is_region], "place"),
        _rates(pd.concat(by_area), "area_fips"),
        national_rates(year),
    ]


def projected_growth(
    store: Store,
    state: StateConfig,
    candidates: Sequence[Candidate],
    industries: Sums,
    year: int,
    regions: Sequence[Region] | None = None,
) -> tuple[pd.DataFrame, Evaluated] | Missing:
    """Return each candidate's projected growth from the best projection there is for it.

    Parameters
    ----------
    industries : Sums
        By ``region``, ``own_code``, ``industry_code``: the region's mix.
    year : int
        Year of the mix.
    regions : sequence of Region, optional
        Which to project for; all of the state's unless told.

    Returns
    -------
    (DataFrame, Evaluated) or Missing
        ``region``, ``candidate``, ``projected_emplvl_pct_chg`` (percent over the horizon) with
        ``_lo`` and ``_hi``, which come from the mix and not from the projection;
        ``projected_emplvl_cagr``, the same as a compound rate a year, comparable whatever the
        horizon,
        ``projected_emplvl_pct_chg_region`` (the same of all jobs, missing where the projection
        has no total), ``projection_source``, ``projection_horizon``; and the measure with its
        draws. A candidate half of whose jobs no projection covers has none.

    Notes
    -----
    Order: the region's own projection (the team's file, then the state's own tables as its mapping
    reads them), its state's, its nation's. A state's or nation's rates are
    applied to the region's mix, as `lmi.measures.growth.mix_growth`: each of the candidate's
    industries with its own ratio or, where that is not projected, that of what holds it.
    """
    sources = _sources(store, state, year)
    if not any(sources):
        return Missing(
            f"projections for {state.name}",
            "neither the store nor the state's folder has any",
            "ingest a CSV of the state's industry projections or write projections.csv",
        )
    cells = candidate_cells(candidates, naics.naics_year(year))
    table = industries.table
    keys = zip(table["region"], table["own_code"], table["industry_code"], strict=True)
    row_of = {key: row for row, key in enumerate(keys)}
    jobs = table[EMPLVL].to_numpy(dtype=np.float64)
    found: list[_Projected] = []
    for region in state.regions if regions is None else regions:
        places = [[region.key], [*region.reference_states], [region.nation]]
        for key, own in cells.groupby("candidate", sort=False):
            pairs = zip(own["own_code"], own["industry_code"], strict=True)
            wanted = [(o, c, row_of[at]) for o, c in pairs if (at := (region.key, o, c)) in row_of]
            options = (_apply(region.key, str(key), wanted, p, sources, jobs) for p in places)
            best = next((option for option in options if option is not None), None)
            found += [best] if best is not None else []
    return _evaluated(found, industries)


@dataclass(frozen=True, eq=False)
class _Projected:
    """A candidate's industries that a projection covers, and what it says of each."""

    region: str
    candidate: str
    rows: IntArray
    ratios: FloatArray
    source: str
    horizon: str
    of_all_jobs: float

    @property
    def years(self) -> int:
        """Length of the horizon."""
        first, last = self.horizon.split("-")
        return int(last) - int(first)


def _apply(
    region: str,
    candidate: str,
    wanted: list[tuple[str, str, int]],
    places: Sequence[str],
    sources: Sequence[Rates],
    jobs: FloatArray,
) -> _Projected | None:
    rows, rates = [], []
    for own_code, industry_code, row in wanted:
        rate = next(
            (
                rates_of[(place, o, c)]
                for rates_of in sources
                for o, c in _nearest(industry_code, own_code)
                for place in places
                if (place, o, c) in rates_of
            ),
            None,
        )
        if rate is not None:
            rows.append(row)
            rates.append(rate)
    total, covered = jobs[[row for *_, row in wanted]].sum(), jobs[rows].sum()
    if not rates or total <= 0 or covered < total / 2:
        return None
    ratios = np.array([rate[0] for rate in rates])
    _, source, horizon = rates[-1]
    whole = _all_jobs(places, sources, horizon)
    return _Projected(region, candidate, np.array(rows), ratios, source, horizon, whole)


def _all_jobs(places: Sequence[str], sources: Sequence[Rates], horizon: str) -> float:
    """Percent change of all jobs that is projected for a place over the same years."""
    found = (
        rates[key]
        for rates in sources
        for place in places
        if (key := (place, ALL, naics.TOTAL)) in rates
    )
    ratio = next((ratio for ratio, _, years in found if years == horizon), np.nan)
    return 100 * (ratio - 1)


def _evaluated(found: Sequence[_Projected], industries: Sums) -> tuple[pd.DataFrame, Evaluated]:
    """Apply the rates to the estimated mix and to every draw of it."""
    uncertain = np.array(
        [bool((industries.drawn_at[one.rows] >= 0).any()) for one in found], dtype=bool
    )

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        grown = [
            mix_growth(amounts(industries, EMPLVL, found[row].rows), found[row].ratios[:, None])
            for row in rows
        ]
        change = np.stack(np.broadcast_arrays(*grown)).round(6) if grown else np.empty((0, 1))
        # A mix of known rates to the last place would tell the jobs that are mixed.
        change = np.where(uncertain[rows, None], change.round(1), change)
        years = np.array([found[row].years for row in rows], dtype=np.float64)[:, None]
        return {GROWTH: change, RATE: compound_rate(100.0, 100 + change, years)}

    measured = evaluate(formula, len(found), uncertain, keep=True)
    table = pd.DataFrame(
        {
            "region": [one.region for one in found],
            "candidate": [one.candidate for one in found],
            **{f"{name}{end}": x[name] for name in (GROWTH, RATE) for end, x in
               (("", measured.value), ("_lo", measured.lo), ("_hi", measured.hi))},
            f"{GROWTH}_region": np.round([one.of_all_jobs for one in found], 6),
            "projection_source": [one.source for one in found],
            "projection_horizon": [one.horizon for one in found],
        }
    )  # fmt: skip
    return table.astype(TYPES), measured
