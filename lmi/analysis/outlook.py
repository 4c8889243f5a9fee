"""Projected growth of candidates: the region's own projection, the state's, the nation's rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lmi import naics
from lmi.config import Candidate, StateConfig, candidate_cells
from lmi.errors import ConfigError
from lmi.missing import Missing
from lmi.store import Store

__all__ = ["no_outlook", "projected_growth"]

TYPES = {
    "region": "str",
    "candidate": "str",
    "projected_emplvl_pct_chg": "float",
    "projection_source": "str",
    "projection_horizon": "str",
}
_NEEDED = (
    "region", "industry_code", "own_code", "base_year", "projected_year", "base_emplvl",
    "projected_emplvl", "source",
)  # fmt: skip


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
        return pd.DataFrame(columns=list(_NEEDED))
    table = pd.read_csv(path, dtype=str, comment="#", keep_default_na=False)
    missing = [c for c in _NEEDED if c not in table.columns]
    if missing:
        raise ConfigError(
            f"it lacks the column {missing[0]!r}; its columns are {', '.join(_NEEDED)}",
            file=path, line=1,
        )  # fmt: skip
    _check_rows(table, path, {r.key for r in state.regions})
    numbers = ["base_year", "projected_year", "base_emplvl", "projected_emplvl"]
    return table.assign(**{c: pd.to_numeric(table[c]) for c in numbers})


def _check_rows(table: pd.DataFrame, path: Path, regions: set[str]) -> None:
    for line, row in enumerate(table.to_dict("records"), start=2):
        if row["region"] not in regions:
            raise ConfigError(
                f"region is {row['region']!r}, which the state does not have; write one of "
                f"{', '.join(sorted(regions))}",
                file=path, line=line,
            )  # fmt: skip
        for column in ("base_year", "projected_year", "base_emplvl", "projected_emplvl"):
            try:
                float(row[column])
            except ValueError as error:
                raise ConfigError(
                    f"{column} is {row[column]!r}; it must be a number", file=path, line=line
                ) from error


def _rates(table: pd.DataFrame, by: str) -> dict[tuple[str, str, str], tuple[float, str, str]]:
    """Return ratio, source and horizon by place, ownership and industry; the newest base wins."""
    rates = {}
    for row in table.sort_values(["base_year", "projected_year"]).to_dict("records"):
        if row["base_emplvl"] and row["base_emplvl"] > 0:
            horizon = f"{row['base_year']:.0f}-{row['projected_year']:.0f}"
            key = (row[by], row["own_code"], row["industry_code"])
            rates[key] = (row["projected_emplvl"] / row["base_emplvl"], row["source"], horizon)
    return rates


def _nearest(industry_code: str, own_code: str) -> Iterator[tuple[str, str]]:
    """Where to look for a cell's rate: the industry itself, then what holds it; its owner first."""
    for code in (industry_code, *naics.ancestors(industry_code)):
        if code == naics.TOTAL:
            return
        yield own_code, code
        yield "0", code


def _sources(
    store: Store, state: StateConfig
) -> list[tuple[str, dict[tuple[str, str, str], tuple[float, str, str]]]]:
    """Rates in order of preference, each with what its places are."""
    found = [("region", _rates(_own_projections(state), "region"))]
    table = store.table("projections")
    if not isinstance(table, Missing):
        found.append(("area", _rates(table, "area_fips")))
    return found


def projected_growth(
    store: Store,
    state: StateConfig,
    candidates: Sequence[Candidate],
    industries: pd.DataFrame,
    year: int,
) -> pd.DataFrame | Missing:
    """Return each candidate's projected growth from the best projection there is for it.

    Parameters
    ----------
    store : Store
    state : StateConfig
    candidates : sequence of Candidate
    industries : DataFrame
        ``region``, ``own_code``, ``industry_code``, ``annual_avg_emplvl``: the region's mix.
    year : int
        Year of the mix.

    Returns
    -------
    DataFrame or Missing
        ``region``, ``candidate``, ``projected_emplvl_pct_chg`` (percent over the horizon),
        ``projection_source``, ``projection_horizon``. A candidate half of whose jobs no
        projection covers has none.

    Notes
    -----
    Order: the region's own projection, its state's, its nation's. A state's or nation's rates are
    applied to the region's mix: growth = Σ jobs·(ratio − 1) / Σ jobs over the candidate's
    industries, each with its own ratio or, where that is not projected, of what holds it.
    """
    sources = _sources(store, state)
    if not any(rates for _, rates in sources):
        return Missing(
            f"projections for {state.name}",
            "neither the store nor the state's folder has any",
            "ingest a CSV of the state's industry projections or write projections.csv",
        )
    cells = candidate_cells(candidates, naics.naics_year(year))
    keys = ["region", "own_code", "industry_code"]
    jobs: dict[object, float] = industries.set_index(keys)["annual_avg_emplvl"].to_dict()
    rows = []
    for region in state.regions:
        places = [[region.key], [*region.reference_states], [region.nation]]
        for key, own in cells.groupby("candidate", sort=False):
            wanted = [
                (str(o), str(c), jobs.get((region.key, o, c), 0.0))
                for o, c in zip(own["own_code"], own["industry_code"], strict=True)
            ]
            for options in places:
                found = _apply(wanted, options, sources)
                if found is not None:
                    rows.append((region.key, key, *found))
                    break
    return pd.DataFrame(rows, columns=list(TYPES)).astype(TYPES)


def _apply(
    wanted: list[tuple[str, str, float]],
    places: Sequence[str],
    sources: list[tuple[str, dict[tuple[str, str, str], tuple[float, str, str]]]],
) -> tuple[float, str, str] | None:
    covered, moved, total = 0.0, 0.0, sum(w[2] for w in wanted)
    last: tuple[float, str, str] | None = None
    for own_code, industry_code, n_jobs in wanted:
        rate = next(
            (
                rates[(place, o, c)]
                for _, rates in sources
                for o, c in _nearest(industry_code, own_code)
                for place in places
                if (place, o, c) in rates
            ),
            None,
        )
        if rate is not None:
            covered, moved, last = covered + n_jobs, moved + n_jobs * (rate[0] - 1), rate
    if last is None or total <= 0 or covered < total / 2:
        return None
    return float(np.round(100 * moved / covered, 6)), last[1], last[2]
