"""Projected growth of candidates: the region's own projection, the state's, the nation's rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from lmi import naics
from lmi.analysis.evaluate import Amounts, Evaluated, evaluate
from lmi.analysis.sums import EMPLVL, IntArray, Sums
from lmi.config import Candidate, StateConfig, candidate_cells
from lmi.errors import ConfigError
from lmi.measures.arithmetic import FloatArray
from lmi.measures.growth import mix_growth
from lmi.missing import Missing
from lmi.store import Store

__all__ = ["no_outlook", "projected_growth"]

GROWTH = "projected_emplvl_pct_chg"
TYPES = {
    "region": "str",
    "candidate": "str",
    GROWTH: "float",
    f"{GROWTH}_lo": "float",
    f"{GROWTH}_hi": "float",
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
    industries: Sums,
    year: int,
) -> tuple[pd.DataFrame, Evaluated] | Missing:
    """Return each candidate's projected growth from the best projection there is for it.

    Parameters
    ----------
    store : Store
    state : StateConfig
    candidates : sequence of Candidate
    industries : Sums
        By ``region``, ``own_code``, ``industry_code``: the region's mix.
    year : int
        Year of the mix.

    Returns
    -------
    (DataFrame, Evaluated) or Missing
        ``region``, ``candidate``, ``projected_emplvl_pct_chg`` (percent over the horizon) with
        ``_lo`` and ``_hi``, which come from the mix and not from the projection,
        ``projection_source``, ``projection_horizon``; and the measure with its draws. A candidate
        half of whose jobs no projection covers has none.

    Notes
    -----
    Order: the region's own projection, its state's, its nation's. A state's or nation's rates are
    applied to the region's mix, as `lmi.measures.growth.mix_growth`: each of the candidate's
    industries with its own ratio or, where that is not projected, that of what holds it.
    """
    sources = _sources(store, state)
    if not any(rates for _, rates in sources):
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
    for region in state.regions:
        places = [[region.key], [*region.reference_states], [region.nation]]
        for key, own in cells.groupby("candidate", sort=False):
            codes = zip(own["own_code"], own["industry_code"], strict=True)
            wanted = [(o, c, row_of[at]) for o, c in codes if (at := (region.key, o, c)) in row_of]
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


def _apply(
    region: str,
    candidate: str,
    wanted: list[tuple[str, str, int]],
    places: Sequence[str],
    sources: list[tuple[str, dict[tuple[str, str, str], tuple[float, str, str]]]],
    jobs: FloatArray,
) -> _Projected | None:
    rows, rates = [], []
    for own_code, industry_code, row in wanted:
        rate = next(
            (
                rates_of[(place, o, c)]
                for _, rates_of in sources
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
    return _Projected(region, candidate, np.array(rows), ratios, rates[-1][1], rates[-1][2])


def _evaluated(found: Sequence[_Projected], industries: Sums) -> tuple[pd.DataFrame, Evaluated]:
    """Apply the rates to the estimated mix and to every draw of it."""

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        grown = [
            mix_growth(amounts(industries, EMPLVL, found[row].rows), found[row].ratios[:, None])
            for row in rows
        ]
        none = np.empty((0, 1))
        return {GROWTH: np.stack(np.broadcast_arrays(*grown)).round(6) if grown else none}

    uncertain = np.array(
        [bool((industries.drawn_at[one.rows] >= 0).any()) for one in found], dtype=bool
    )
    measured = evaluate(formula, len(found), np.array(uncertain, dtype=bool), keep=True)
    table = pd.DataFrame(
        {
            "region": [one.region for one in found],
            "candidate": [one.candidate for one in found],
            **{f"{GROWTH}{end}": x[GROWTH] for end, x in
               (("", measured.value), ("_lo", measured.lo), ("_hi", measured.hi))},
            "projection_source": [one.source for one in found],
            "projection_horizon": [one.horizon for one in found],
        }
    )  # fmt: skip
    return table.astype(TYPES), measured
