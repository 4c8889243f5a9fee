"""Masks: disclosed cells withheld on purpose, in the pattern in which the agency withholds.

A cell is chosen with a probability in proportion to the rate at which the agency withholds cells
of its industry level and its number of establishments; totals follow at the rate at which totals
with so many withheld parts are withheld; complements follow as in `complement`. In other periods a
chosen cell is withheld where a donor is: a really withheld cell of the same level and size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import polars as pl

from lmi.suppression.cell_hierarchy import (
    KEY,
    PERIOD,
    BoolArray,
    FloatArray,
    IntArray,
    sum_parts,
)
from lmi.suppression.masks.cells import PrivateCells, hide_in, periods, read_table
from lmi.suppression.masks.complement import complement
from lmi.suppression.masks.withholding import keys_among, withhold
from lmi.suppression.other_periods import History

__all__ = ["Masked", "choose_cells", "mask", "other_tables", "withholding_rates"]

# Lower ends of the bands of establishments; one and two are withheld nearly always.
BANDS = np.array([0, 1, 2, 3, 4, 6, 11, 21, 51])
# Upper ends of the bands of a family's withheld share.
SHARES = np.array([0.25, 0.5, 0.75, 0.999])
SECTOR = 4


@dataclass(frozen=True, eq=False)
class Masked:
    """A table with more withheld, and the truth.

    Parameters
    ----------
    rows : DataFrame
        The rows given, the chosen cells withheld.
    history : dict of DataFrame
        The other periods given, the chosen cells withheld where their donors are.
    cells : DataFrame
        The cells withheld here: area_fips, own_code, industry_code, agglvl_code, year, qtr,
        ``estabs``, ``truth``, ``chosen`` (else withheld as total or complement).
    """

    rows: pd.DataFrame
    history: dict[str, pd.DataFrame]
    cells: pd.DataFrame


def mask(
    rows: pd.DataFrame,
    measure: str,
    estabs: str,
    history: History | None = None,
    share: float = 0.2,
    seed: int = 1,
    seen: float = 0.0,
    others: Sequence[PrivateCells] | None = None,
) -> Masked:
    """Withhold disclosed private cells of counties in the pattern of those really withheld.

    Parameters
    ----------
    rows : DataFrame
        QCEW rows of one state and period, with the statewide rows where there are any.
    measure, estabs : str
        The column to estimate, and the establishments that go with it.
    history : dict of DataFrame, optional
        Rows of other periods: ``quarterly``, ``annual``.
    share : float, 0 to 1
        Share of the disclosed cells that is chosen where the agency withholds all others.
    seed : int
        The same seed, rows in any order, give the same mask.
    seen : float, 0 to 1
        Share of the cells that stay as they are in other periods.
    others : sequence of PrivateCells, optional
        What `other_tables` reads from the history, for who masks it more than once.
    """
    history = history or {}
    rng = np.random.default_rng(seed)
    table = read_table(rows, measure, estabs)
    chosen = choose_cells(table, share, rng)
    hidden = _with_totals(table, chosen, rng)
    hidden = complement(table.tree, table.value, table.withheld, hidden, table.all_counties)
    cells = table.rows.loc[hidden, [*KEY, "agglvl_code", *PERIOD]].assign(
        estabs=table.estabs[hidden], truth=table.value[hidden], chosen=chosen[hidden]
    )
    donor = _donors(table, np.flatnonzero(hidden), rng)
    unseen = rng.random(len(cells)) >= seen
    like = table.rows[KEY].iloc[donor]
    others = other_tables(history) if others is None else others
    elsewhere = [_hidden_in(table, cells[unseen], like[unseen]) for table in others]
    everywhere = pd.concat([found[[*KEY, *PERIOD]] for found in (cells, *elsewhere)])
    return Masked(
        rows=withhold(rows, everywhere),
        history={name: withhold(frame, everywhere) for name, frame in history.items()},
        cells=cells.reset_index(drop=True),
    )


def withholding_rates(table: PrivateCells) -> FloatArray:
    """Rate at which the agency withholds county cells like each of a table's.

    Returns
    -------
    ndarray, shape (n,)
        By industry level and band of establishments; 0 for rows that are not of a known county.
    """
    kind = _kinds(table)
    size = int(kind.max(initial=0)) + 1
    of_county = table.is_known_county
    held = np.bincount(kind[of_county & table.withheld], minlength=size)
    n = np.bincount(kind[of_county], minlength=size)
    rate = np.divide(held, n, out=np.zeros(size), where=n > 0)
    return np.where(of_county, rate[kind], 0.0)


def choose_cells(table: PrivateCells, share: float, rng: np.random.Generator) -> BoolArray:
    """Draw the cells to withhold first.

    Parameters
    ----------
    share : float, 0 to 1
        The probability is this share of the agency's rate for such cells.

    Returns
    -------
    ndarray of bool, shape (n,)
        Disclosed cells with jobs, of sector level and below, that are not the only county of
        their state's cell.
    """
    tree = table.tree
    n_counties = sum_parts(tree.state, np.ones(len(tree)))
    sole = (tree.state >= 0) & (n_counties[tree.state] == 1) & table.all_counties[tree.state]
    may = table.is_known_county & ~table.withheld & (tree.level >= SECTOR) & ~sole
    may &= np.nan_to_num(table.value) > 0
    return may & (rng.random(len(tree)) < share * withholding_rates(table))


def _kinds(table: PrivateCells) -> IntArray:
    band = np.searchsorted(BANDS, table.estabs, side="right")
    return np.asarray(table.tree.level * (len(BANDS) + 1) + band, dtype=np.int64)


def _with_totals(table: PrivateCells, chosen: BoolArray, rng: np.random.Generator) -> BoolArray:
    """Withhold totals of families that lost members, at the rate of families like them.

    A total with withheld share s₁ that was disclosed at s₀ is withheld with (r₁ − r₀)/(1 − r₀).
    """
    tree, hidden, luck = table.tree, chosen.copy(), rng.random(len(table.tree))
    rate = _rate_of_totals(table)
    before = _hidden_share(table, table.withheld)
    for level in range(7, SECTOR - 1, -1):
        now = _hidden_share(table, table.withheld | hidden)
        at = np.flatnonzero(
            table.is_known_county & (tree.level == level) & ~table.withheld & (now > before)
        )
        r0 = rate[level, np.searchsorted(SHARES, before[at])] * (before[at] > 0)
        r1 = rate[level, np.searchsorted(SHARES, now[at])]
        follows = luck[at] < np.clip((r1 - r0) / np.maximum(1 - r0, 1e-9), 0, 1)
        hidden[at[follows]] = True
    return hidden


def _rate_of_totals(table: PrivateCells) -> FloatArray:
    """Rate of withheld totals by level and by the band of their parts' withheld share."""
    tree, share = table.tree, _hidden_share(table, table.withheld)
    rate = np.zeros((9, len(SHARES) + 1))
    some = table.is_known_county & (share > 0)
    for level in range(9):
        for band in range(len(SHARES) + 1):
            like = some & (tree.level == level) & (np.searchsorted(SHARES, share) == band)
            rate[level, band] = table.withheld[like].mean() if like.any() else 0.0
    return rate


def _hidden_share(table: PrivateCells, hidden: BoolArray) -> FloatArray:
    """Share of each total's parts that is withheld; 0 for a row without parts."""
    parent = table.tree.parent
    n = sum_parts(parent, np.ones(len(parent)))
    held = sum_parts(parent, hidden.astype(float))
    return np.divide(held, n, out=np.zeros(len(n)), where=n > 0)


def _donors(table: PrivateCells, hidden: IntArray, rng: np.random.Generator) -> IntArray:
    """Draw for every cell a really withheld one of its level and size, -1 if there is none."""
    kind = _kinds(table)
    donors = np.flatnonzero(table.is_known_county & table.withheld & (table.estabs > 0))
    donors = donors[np.argsort(kind[donors], kind="stable")]
    first = np.searchsorted(kind[donors], kind[hidden], side="left")
    n = np.searchsorted(kind[donors], kind[hidden], side="right") - first
    pick = first + (rng.random(len(hidden)) * n).astype(np.int64)
    return np.where(n > 0, donors[np.minimum(pick, len(donors) - 1)], hidden)


def other_tables(history: History) -> list[PrivateCells]:
    """Read the private cells of every period of a history."""
    return [read_table(period) for frame in history.values() for period in periods(frame)]


def _hidden_in(table: PrivateCells, cells: pd.DataFrame, donors: pd.DataFrame) -> pd.DataFrame:
    """Find what to withhold in another period: the cells whose donor is not disclosed there."""
    shown = keys_among(pl.from_pandas(donors), table.keys.filter(~table.withheld))
    return hide_in(table, cells.loc[~shown, KEY])
