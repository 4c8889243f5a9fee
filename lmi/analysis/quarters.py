"""The quarters of the year of levels: what the agency publishes of them, and how they swing.

Nothing here is estimated. A sum is of those cells that are published in all four quarters, so that
its months compare, and it says how much of the jobs these are; who has the agency's files can
make each of them, so that none tells of an employer.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.analysis.breakdown import broken_down, named
from lmi.analysis.measured import CONFIDENTIAL
from lmi.analysis.places import members_of, prefixes_of, required_counties
from lmi.analysis.span import Span
from lmi.analysis.sums import EMPLVL, PLACE, Sums
from lmi.analysis.tried import OF
from lmi.codes import ALL_OWNERS, GOVERNMENT, PRIVATE
from lmi.config import candidate_cells
from lmi.measures.arithmetic import ratio
from lmi.measures.lookup import look_up
from lmi.measures.season import seasonal_index, seasonal_swing
from lmi.naics import SECTORS, TOTAL, naics_year
from lmi.store import Store

__all__ = ["COLUMNS", "read_quarters"]

MONTHS = ["month1_emplvl", "month2_emplvl", "month3_emplvl"]
WAGES, ESTABS = "total_qtrly_wages", "qtrly_estabs"
SUMMED = [*MONTHS, WAGES]
CELL = ["area_fips", "own_code", "industry_code"]
BY = [*PLACE, *OF]
QUARTERS = 4
WHOLE = "is_whole"
LEAST_SHARE = 0.75
"""Of its jobs, that must be published for a season to be told."""
SHARE, INDEX, SWING = "emplvl_published_share", "seasonal_index", "emplvl_swing_pct"
COLUMNS = (
    *PLACE, "kind", "key", "name", "year", "qtr", ESTABS,
    *(f"{name}_published" for name in SUMMED), SHARE, INDEX, SWING,
)  # fmt: skip


def read_quarters(store: Store, span: Span) -> pd.DataFrame:
    """Add up the quarters of the year of levels, of a state's regions and their states.

    Returns
    -------
    DataFrame
        `COLUMNS`, a row a quarter, what each is of as `lmi.analysis.breakdown.named` says it:
        places of business; the months' jobs and the wages that are published;
        ``emplvl_published_share`` (0 to 1), those jobs as a share of all; ``seasonal_index``, the
        quarter's over the year's; ``emplvl_swing_pct``, from the lowest to the highest month. Both
        are missing where less than `LEAST_SHARE` is published, and jobs and wages where nothing
        is. No rows for a region of which the store lacks a quarter.
    """
    rows = _rows(store, span)
    members = _members(rows, span)
    if members is None:
        return pd.DataFrame(columns=list(COLUMNS))
    own = rows[rows["area_fips"].isin(members["area_fips"])]
    cells = broken_down(own, span.candidates, naics_year(span.year))
    here = members.merge(cells, on="area_fips", validate="m:m")
    sums = here.groupby([*BY, "qtr"])[[ESTABS, *SUMMED]].sum().reset_index()
    # whatever was there in one quarter has a row of each
    known = here.groupby(BY)["is_published"].all().rename(WHOLE).reset_index()
    grid = known.merge(pd.DataFrame({"qtr": list("1234")}), how="cross")
    sums = grid.merge(sums, on=[*BY, "qtr"], how="left", validate="1:1").fillna(0.0)
    sums = _with_season(sums, span).rename(columns={name: f"{name}_published" for name in SUMMED})
    found = named(sums.assign(year=span.year), span.candidates, naics_year(span.year), list(PLACE))
    return found[list(COLUMNS)]


def _rows(store: Store, span: Span) -> pd.DataFrame:
    """Read the cells of the year's quarters, and whether each is published in all of them."""
    wanted = candidate_cells(span.candidates, naics_year(span.year))["industry_code"]
    rows = store.qcew(
        "quarterly",
        states={prefix for prefix in prefixes_of(span.state.regions) if prefix.isdigit()},
        years=[span.year],
        industries={TOTAL, *SECTORS, *wanted},
        columns=[*CELL, "size_code", "qtr", "disclosure_code", ESTABS, *SUMMED],
    )
    rows = rows[rows["size_code"] == "0"].reset_index(drop=True)
    is_none = rows["disclosure_code"].eq("-").to_numpy(dtype=bool, na_value=False)
    numbers = rows[SUMMED].astype(float)
    numbers[is_none] = 0.0
    hidden = numbers.isna().any(axis=1).groupby([rows[key] for key in CELL]).transform("any")
    numbers[hidden] = 0.0
    return rows.assign(**numbers, **{ESTABS: rows[ESTABS].astype(float)}, is_published=~hidden)


def _members(rows: pd.DataFrame, span: Span) -> pd.DataFrame | None:
    """Return the areas of the regions, and of their states, that have all quarters, if any do."""
    totals = rows[(rows["own_code"] == ALL_OWNERS) & (rows["industry_code"] == TOTAL)]
    n_quarters = totals.groupby("area_fips")["qtr"].nunique()
    present = set(n_quarters.index[n_quarters == QUARTERS])
    regions = tuple(
        region
        for region in span.regions
        if present.intersection(region.counties)
        and required_counties(region.counties, span.year, ()) <= present
    )
    if not regions:
        return None
    state = span.state.model_copy(update={"regions": regions})
    return members_of(state, present, present, span.year)[0]


def _with_season(sums: pd.DataFrame, span: Span) -> pd.DataFrame:
    """Add the share of jobs that is published, and how they move within the year."""
    of_quarters = sums[MONTHS].mean(axis=1).to_numpy()
    mean = of_quarters.reshape(-1, QUARTERS).mean(axis=1).repeat(QUARTERS)
    of_all = np.minimum(ratio(mean, look_up(sums, _jobs(span), EMPLVL, BY)), 1.0)
    share = np.where(sums[WHOLE], 1.0, np.where(mean > 0, of_all, 0.0))
    swing = seasonal_swing(sums[MONTHS].to_numpy(float).reshape(-1, 3 * QUARTERS))
    is_told = share >= LEAST_SHARE
    known = {name: sums[name].where(sums[WHOLE] | (mean > 0)) for name in SUMMED}
    return sums.assign(
        **known,
        **{
            SHARE: share,
            INDEX: np.where(is_told, seasonal_index(of_quarters, mean), np.nan),
            SWING: np.where(is_told, swing.repeat(QUARTERS), np.nan),
        },
    )


def _jobs(span: Span) -> pd.DataFrame:
    """Return the year's jobs of places as they are told; the middle of what is a range alone."""
    now = span.now
    assert now.industries is not None, "the year was computed without detail"
    private = now.industries.table["own_code"] == PRIVATE
    by_owner = now.industries.take(np.flatnonzero(private))
    parts = [
        _told(sums) for sums in (
            now.totals, now.candidates, by_owner,
        )
    ]  # fmt: skip
    whole, owned = parts[0], parts[2]
    own = owned[owned["industry_code"] == TOTAL].drop(columns="industry_code")
    others = whole.merge(own, on=list(PLACE), suffixes=("", "_own"), validate="1:1")
    jobs = others[EMPLVL] - others.pop(f"{EMPLVL}_own")
    parts.append(others.assign(own_code=GOVERNMENT, industry_code=TOTAL, **{EMPLVL: jobs}))
    return pd.concat(parts, ignore_index=True).fillna(dict.fromkeys(OF, ""))


def _told(sums: Sums) -> pd.DataFrame:
    table = sums.publishable().table
    middle = table[[f"{EMPLVL}_lo", f"{EMPLVL}_hi"]].mean(axis=1)
    jobs = table[EMPLVL].where(~table[CONFIDENTIAL], middle)
    return table[[c for c in BY if c in table]].assign(**{EMPLVL: jobs})
