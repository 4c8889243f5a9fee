"""What is projected of candidates: the region's own projection, the state's, the nation's rates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pandas as pd

from lmi import naics
from lmi.analysis.projected_rates import Edition, ProjectedRates, read_rates
from lmi.analysis.projection_faults import off_base
from lmi.analysis.sums import EMPLVL, Sums
from lmi.codes import ALL_OWNERS
from lmi.config import Candidate, Region, StateConfig, candidate_cells
from lmi.measures.arithmetic import FloatArray
from lmi.measures.growth import mix_growth
from lmi.missing import Missing
from lmi.store import Store
from lmi.words import listing

__all__ = ["GROWTH", "TYPES", "no_outlook", "projected_growth"]

GROWTH = "projected_emplvl_pct_chg"
TYPES = {
    "region": "str",
    "candidate": "str",
    "projection_kind": "str",
    GROWTH: "float",
    f"{GROWTH}_region": "float",
    "projection_source": "str",
    "projection_horizon": "str",
    "projection_lacks": "str",
}
Wanted = list[tuple[str, str, int]]
"""Ownership and industry of a candidate's cells, and their rows."""


def no_outlook() -> pd.DataFrame:
    """Return the table of projected growth without a row.

    Examples
    --------
    >>> len(no_outlook()), no_outlook()["projected_emplvl_pct_chg"].dtype
    (0, dtype('float64'))
    """
    return pd.DataFrame({name: pd.Series(dtype=kind) for name, kind in TYPES.items()})


def projected_growth(
    store: Store,
    state: StateConfig,
    candidates: Sequence[Candidate],
    industries: Sums,
    year: int,
    regions: Sequence[Region] | None = None,
) -> tuple[pd.DataFrame, list[str]]:
    """Return each candidate's projected growth, from every kind of projection that there is of it.

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
    (DataFrame, list of str)
        ``region``, ``candidate``, ``projection_kind`` (one of `lmi.schema.outlooks.OUTLOOKS`, at
        most one row of each), ``projected_emplvl_pct_chg`` (percent over the horizon),
        ``projected_emplvl_pct_chg_region`` (the same of all jobs, missing where the projection
        has no total), ``projection_source``, ``projection_horizon``, ``projection_lacks`` (the
        industries that it has no rate for); and what is to be said of projections that are not
        applied. The best stands first.

    Notes
    -----
    Order: the region's own projection (the team's file, then the state's own tables as its mapping
    reads them), its state's, its nation's. Of each the best edition is taken that covers half of
    the candidate's jobs. Its rates are applied to the region's mix, as
    `lmi.measures.growth.mix_growth`: each of the candidate's industries with its own ratio or,
    where that is not projected, that of what holds it. Editions are not mixed.
    """
    projected = read_rates(store, state, year)
    notes = list(projected.notes)
    if not any(projected.editions.values()):
        missing = Missing(
            f"projections for {state.name}",
            "neither the store nor the state's folder has any",
            "ingest a CSV of the state's industry projections or write projections.csv",
        )
        return no_outlook(), [*notes, str(missing)]
    table, cells = industries.table, candidate_cells(candidates, naics.naics_year(year))
    pairs_of = {
        key: list(zip(own["own_code"].tolist(), own["industry_code"].tolist(), strict=True))
        for key, own in cells.groupby("candidate", sort=False)
    }
    keys = zip(*(table[n].tolist() for n in ("region", "own_code", "industry_code")), strict=True)
    row_of = {key: row for row, key in enumerate(keys)}
    jobs = table[EMPLVL].to_numpy(dtype=np.float64)
    shown = {key: jobs[row] for key, row in row_of.items() if industries.drawn_at[row] < 0}
    notes += off_base(projected.begun, shown)
    found = []
    for region in state.regions if regions is None else regions:
        places = dict(
            zip(projected.editions, ([region.key], region.reference_states, [region.nation]),
                strict=True)
        )  # fmt: skip
        for key, pairs in pairs_of.items():
            wanted = [(o, c, row_of[at]) for o, c in pairs if (at := (region.key, o, c)) in row_of]
            for kind in projected.editions:
                row = _best(projected, kind, places[kind], wanted, jobs)
                found += [{"region": region.key, "candidate": key, **row}] if row else []
    rows = pd.DataFrame(found, columns=list(TYPES)).astype(TYPES)
    return rows, notes


def _best(
    projected: ProjectedRates, kind: str, places: Sequence[str], wanted: Wanted, jobs: FloatArray
) -> dict[str, str | float]:
    """Apply the first edition that covers half of a candidate's jobs; empty where none does."""
    total = jobs[[row for *_, row in wanted]].sum()
    for edition in projected.editions[kind] if total > 0 else ():
        rates = [_rate(edition, places, own, code) for own, code, _ in wanted]
        known = [(row, rate) for (*_, row), rate in zip(wanted, rates, strict=True) if rate]
        covered = jobs[[row for row, _ in known]]
        if not known or covered.sum() < total / 2:
            continue
        ratios = np.array([ratio for _, (ratio, _) in known])
        lacks = {code for (_, code, _), rate in zip(wanted, rates, strict=True) if not rate}
        whole = projected.all_jobs(kind, places, edition.horizon)
        return {
            "projection_kind": kind,
            GROWTH: float(mix_growth(covered, ratios)),
            f"{GROWTH}_region": round(100 * (whole - 1), 6),
            "projection_source": listing(list(dict.fromkeys(source for _, (_, source) in known))),
            "projection_horizon": edition.horizon,
            "projection_lacks": " ".join(sorted(lacks)),
        }
    return {}


def _rate(
    edition: Edition, places: Sequence[str], own_code: str, industry_code: str
) -> tuple[float, str] | None:
    """Return the rate of a cell: of the industry itself, then of what holds it; its owner first."""
    keys = (
        (place, own, code) for own, code in _nearest(industry_code, own_code) for place in places
    )
    return next((edition.rates[key] for key in keys if key in edition.rates), None)


def _nearest(industry_code: str, own_code: str) -> Iterator[tuple[str, str]]:
    for code in (industry_code, *naics.ancestors(industry_code)):
        if code == naics.TOTAL:
            return
        yield own_code, code
        yield ALL_OWNERS, code
