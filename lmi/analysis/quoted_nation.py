"""The nation's shares of a year for which the store has no national file.

Every row prints the agency's own location quotient, so what an industry is of the nation's jobs
follows from any area's row, within the rounding of what is printed
(`lmi.measures.quoted_share`). All areas of the store are asked, and what their claims allow
together is carried up and down the nation's own tree of ownerships and industries, so that an
industry that no area prints is held by what its siblings leave. Shares are all that follows: how
many jobs the nation has, and so how they grew, no quotient tells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from lmi import codes, naics
from lmi.analysis.shares import Shares
from lmi.analysis.sums import EMPLVL
from lmi.codes import ALL_OWNERS, PRIVATE
from lmi.measures.arithmetic import FloatArray, IntArray, ratio
from lmi.measures.quoted_share import agree, quoted_share, year_of_months
from lmi.store import Store
from lmi.suppression.bounds import hard_bounds
from lmi.suppression.cell_hierarchy import Hierarchy, build_hierarchy, sum_parts

__all__ = ["QuotedNation", "quoted_nation"]

CELL = ["own_code", "industry_code"]
KEY = ["area_fips", *CELL]
MONTHS = 12
HALF_A_JOB = 0.5  # what an annual average is rounded by
# Bounds settle in jobs of a million, so that what is left is small beside the smallest industry.
MILLION = 1e6


@dataclass(frozen=True, eq=False)
class QuotedNation:
    """What the quotients of a year tell of its nation.

    Parameters
    ----------
    cells : DataFrame
        ``own_code``, ``industry_code``, ``share`` of all jobs (0 to 1) with ``lo`` and ``hi`` of
        every ownership and industry, and ``is_lacking``: false where the store has the nation's
        own row, or none is needed.
    areas : tuple of str
        Whose quotients they are.
    contradictions : tuple of str
        Quotients that do not fit those of the other areas, as area/ownership/industry.
    """

    cells: pd.DataFrame
    areas: tuple[str, ...]
    source_ids: tuple[int, ...]
    contradictions: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Whether all of the nation follows from quotients."""
        return bool(self.cells["is_lacking"].all())

    def of_candidates(self, wanted: pd.DataFrame, n_draws: int) -> Shares:
        """Return the shares of candidates that hold an industry which the store lacks.

        Parameters
        ----------
        wanted : DataFrame
            ``candidate``, ``own_code``, ``industry_code``.
        """
        held = wanted.merge(self.cells, on=CELL, validate="m:1")
        return _shares(held, ["candidate"], n_draws)

    def of_industries(self, n_draws: int) -> Shares:
        """Return those of industries: private, and of all ownerships together."""
        total = self.cells["own_code"] == ALL_OWNERS
        private = self.cells["own_code"] == PRIVATE
        together = self.cells[~total & (self.cells["industry_code"] != naics.TOTAL)]
        parts = [self.cells[total | private], together.assign(own_code=ALL_OWNERS)]
        return _shares(pd.concat(parts), CELL, n_draws)


def _shares(cells: pd.DataFrame, keys: list[str], n_draws: int) -> Shares:
    added = {"share": "sum", "lo": "sum", "hi": "sum", "is_lacking": "any"}
    sums = cells.groupby(keys, sort=True).agg(added)
    sums = sums[sums["is_lacking"]]
    share, lo, hi = np.minimum(sums[["share", "lo", "hi"]].to_numpy(dtype=np.float64), 1.0).T
    return Shares(sums.index.to_frame(index=False), share, lo, hi, n_draws)


def quoted_nation(store: Store, nation: str, year: int, cells: pd.DataFrame) -> QuotedNation | None:
    """Infer the shares of what the nation's rows of a year lack, be it all or an industry.

    Parameters
    ----------
    cells : DataFrame
        Estimated cells of the nation, where the store has any, and of states compared with it.

    Returns
    -------
    QuotedNation or None
        None where the nation's rows lack nothing that is published of the states, or no area
        prints a quotient.

    Notes
    -----
    Where the nation's total is there and industries are not, only the areas of the states at hand
    are asked, and what the nation's rows say stands.
    """
    is_nation = cells["area_fips"] == nation
    own, others = cells[is_nation], cells[~is_nation]
    total = own.loc[(own["own_code"] == ALL_OWNERS) & (own["industry_code"] == naics.TOTAL), EMPLVL]
    if total.empty:
        return _inferred(_claims_of(store, nation, year, None), year)
    there = others.loc[others[f"{EMPLVL}_published"] > 0, CELL].drop_duplicates()
    lacking = there[~_index(there).isin(_index(own))]
    if lacking.empty:
        return None
    shares = {
        to: own[f"{EMPLVL}_{end}"] / total.item() for to, end in (("lo", "min"), ("hi", "max"))
    }
    claims = _claims_of(store, nation, year, sorted(others["area_fips"].str[:2].unique()))
    return _inferred(claims, year, own[CELL].assign(**shares), lacking)


def _inferred(
    claims: pd.DataFrame,
    year: int,
    known: pd.DataFrame | None = None,
    lacking: pd.DataFrame | None = None,
) -> QuotedNation | None:
    tree = _nation(naics.naics_year(year))
    claims = claims.assign(cell=tree.find(claims))
    claims = claims[claims["cell"] >= 0]
    if claims.empty:
        return None
    lo, hi, odd = _agreed(claims, len(tree.cells))
    is_lacking = np.ones(len(lo), dtype=bool)
    if known is not None and lacking is not None:
        at = tree.find(known)
        lo[at[at >= 0]], hi[at[at >= 0]] = (known.loc[at >= 0, end] for end in ("lo", "hi"))
        is_lacking = np.isin(np.arange(len(lo)), tree.find(lacking))
    lo, hi = tree.bounds(lo, hi)
    return QuotedNation(
        cells=tree.cells[CELL].assign(
            share=tree.between(lo, hi), lo=lo, hi=hi, is_lacking=is_lacking
        ),
        areas=tuple(sorted(claims["area_fips"].unique())),
        source_ids=tuple(sorted(int(i) for i in claims["source_id"].unique())),
        contradictions=odd,
    )


def _claims_of(store: Store, nation: str, year: int, states: Sequence[str] | None) -> pd.DataFrame:
    """What areas' rows claim of the nation's shares: of the year, else of its twelve months."""
    annual = _areas(store.periods("annual", states), nation, year, 1)
    quarters = _areas(store.periods("quarterly", states), nation, year, 4)
    claims = [_annual(store, annual, year), *_monthly(store, set(quarters) - set(annual), year)]
    return pd.concat(claims, ignore_index=True)


def _areas(periods: pd.DataFrame, nation: str, year: int, n: int) -> list[str]:
    """Areas of a nation, itself left out, of which the store has so many periods of a year."""
    here = periods.loc[periods["year"] == year, "area_fips"].value_counts()
    return [a for a in here.index[here == n] if a != nation and codes.nation_of(a) == nation]


def _annual(store: Store, areas: Iterable[str], year: int) -> pd.DataFrame:
    columns = [*KEY, "qtr", "size_code", "source_id", EMPLVL, f"lq_{EMPLVL}"]
    rows = store.qcew("annual", areas=areas, years=[year], columns=columns)
    return _claims(rows, EMPLVL, HALF_A_JOB).assign(month=-1)


def _monthly(store: Store, areas: Iterable[str], year: int) -> Iterator[pd.DataFrame]:
    months = [f"month{n}_emplvl" for n in (1, 2, 3)]
    columns = [*KEY, "qtr", "size_code", "source_id", *months, *(f"lq_{m}" for m in months)]
    rows = store.qcew("quarterly", areas=areas, years=[year], columns=columns)
    for number, name in enumerate(months):
        claims = _claims(rows, name, 0.0)
        yield claims.assign(month=3 * claims["qtr"].astype(int) - 3 + number)


def _claims(rows: pd.DataFrame, jobs: str, rounding: float) -> pd.DataFrame:
    """What rows claim of the nation's share; rows that tell nothing are left out."""
    rows = rows[(rows["size_code"] == "0") & (rows[jobs] > 0) & rows[f"lq_{jobs}"].notna()]
    is_total = (rows["own_code"] == ALL_OWNERS) & (rows["industry_code"] == naics.TOTAL)
    place = ["area_fips", "qtr"]
    base = rows.loc[is_total, [*place, jobs]].rename(columns={jobs: "base"})
    beside = rows.merge(base, on=place, how="left", validate="m:1")
    lo, hi = quoted_share(beside[jobs], beside["base"], beside[f"lq_{jobs}"], rounding)
    tells = lo > 0
    found = beside.loc[tells, [*KEY, "qtr", "source_id"]]
    return found.assign(lo=lo[tells], hi=hi[tells])


def _agreed(claims: pd.DataFrame, n: int) -> tuple[FloatArray, FloatArray, tuple[str, ...]]:
    """What all claims say together of each cell's share of the year, and the claims that do not."""
    of_year = claims["month"] < 0
    whole, parts = claims[of_year], claims[~of_year]
    year = agree(whole["cell"].to_numpy(), whole["lo"], whole["hi"], n)
    month = (parts["cell"] * MONTHS + parts["month"]).to_numpy()
    months = agree(month, parts["lo"], parts["hi"], n * MONTHS)
    lo, hi = year_of_months(months.lo.reshape(n, MONTHS), months.hi.reshape(n, MONTHS))
    both = np.tile(np.arange(n), 2)
    found = agree(both, np.append(year.lo, lo), np.append(year.hi, hi), n)
    odd = pd.concat([whole[year.is_odd], parts[months.is_odd]])[KEY].drop_duplicates()
    named = tuple("/".join(key) for key in odd.sort_values(KEY).itertuples(index=False))
    return found.lo, found.hi, named


@dataclass(frozen=True, eq=False)
class _Nation:
    """Every ownership and industry of a nation, and what adds up to what.

    Parameters
    ----------
    cells : DataFrame
        ``own_code``, ``industry_code``, ``agglvl_code``.
    """

    cells: pd.DataFrame
    index: pd.MultiIndex
    tree: Hierarchy

    def find(self, table: pd.DataFrame) -> IntArray:
        """Return the cells of rows; -1 for what does not nest."""
        return self.index.get_indexer(_index(table)).astype(np.int64)

    def bounds(self, lo: FloatArray, hi: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Carry the ends of shares up and down the sums that they are part of."""
        published = np.where(self.cells["own_code"] == ALL_OWNERS, MILLION, np.nan)
        whole = sum_parts(self.tree.parent, np.ones(len(lo))) > 0
        start = lo * MILLION, hi * MILLION
        least, most = hard_bounds(self.tree, published, 0.0, whole, start=start)
        return least / MILLION, most / MILLION

    def between(self, lo: FloatArray, hi: FloatArray) -> FloatArray:
        """Return shares within their bounds that add up, from all jobs down to industries.

        The parts of a whole all lie at the same fraction of their intervals, so that what it
        leaves to those which nobody prints is shared between them in equal parts.
        """
        above, share = self.tree.parent, np.ones(len(lo))
        least, room = sum_parts(above, lo), sum_parts(above, hi - lo)
        for level in range(1, self.tree.level.max() + 1):
            at = np.flatnonzero(self.tree.level == level)
            left = share[above[at]] - least[above[at]]
            fraction = np.clip(np.nan_to_num(ratio(left, room[above[at]])), 0.0, 1.0)
            share[at] = lo[at] + fraction * (hi - lo)[at]
        return share


@cache
def _nation(naics_year: int) -> _Nation:
    industries = sorted(naics.known_industries(naics_year))
    level = {code: 1 + naics.LEVELS.index(naics.industry_level(code)) for code in industries}
    rows = [(ALL_OWNERS, naics.TOTAL, "10")]
    rows += [(own, code, f"1{level[code]}") for own in codes.OWN_CODES for code in industries]
    cells = pd.DataFrame(rows, columns=[*CELL, "agglvl_code"])
    tree = build_hierarchy(cells.assign(area_fips=codes.NATION))
    return _Nation(cells, _index(cells), tree)


def _index(table: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(table[CELL])
