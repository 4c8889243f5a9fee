"""Sums of cells by place, with joint draws of each sum, so that its interval is that of the sum."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.analysis.measured import CONFIDENTIAL, Ends
from lmi.measures.arithmetic import FloatArray, IntArray
from lmi.measures.certainty import ends
from lmi.measures.employment import estimated_share
from lmi.measures.rounded_range import rounded_range
from lmi.suppression.draws import Draws

__all__ = [
    "RANGE",
    "WIDTH",
    "EMPLVL",
    "PLACE",
    "SHARES",
    "WAGES",
    "Cells",
    "Limiter",
    "Sums",
    "join",
    "sum_by_place",
]

EMPLVL, WAGES = "annual_avg_emplvl", "total_annual_wages"
ADDED = (
    "annual_avg_estabs",
    *(f"{name}{end}" for name in (EMPLVL, WAGES) for end in ("", "_published", "_min", "_max")),
)  # fmt: skip
SHARES = ("emplvl_estimated_share", "wages_estimated_share")
PLACE = ("place", "region")
HALF_A_JOB = 0.5
WIDTH = "least_width"
"""Jobs that a range in the place of a sum must be wide at least."""
RANGE = ("range_lo", "range_hi")
"""Ends of a range of jobs that is given, where it does not follow from the sum and its width."""
QUARTERS = 4
LEAST_JOBS = 10.0
"""The narrowest range in the place of jobs that may not be told."""


Limiter = Callable[[IntArray, IntArray, int], tuple[FloatArray, FloatArray]]
"""Gives the least and the most jobs of sums: the cell at `row` belongs to `group`, 0 to n − 1."""


@dataclass(frozen=True, eq=False)
class Cells:
    """Cells to be added up, and the draws of those that are withheld.

    Parameters
    ----------
    table : DataFrame
        ``area_fips``, ``row`` (place of the cell in the draws), the columns to sum, and whatever
        the cells are to be summed by.
    """

    table: pd.DataFrame
    emplvl: Draws
    wages: Draws

    def only(self, table: pd.DataFrame) -> Cells:
        """Return the same draws with other cells of theirs."""
        return replace(self, table=table)


@dataclass(frozen=True, eq=False)
class Sums:
    """Sums of cells and, for those that rest on a withheld cell, their draws.

    Parameters
    ----------
    table : DataFrame, shape (n, …)
        Place, region, keys and sums.
    drawn_at : ndarray, shape (n,)
        For every row of `table` its row of the draws; -1 where all is published.
    moves : dict of str to ndarray, shape (m, k), float32
        Draw minus sum, of `EMPLVL` and of `WAGES`; rows of `table` that add up the same cells
        share a row.
    """

    table: pd.DataFrame
    drawn_at: IntArray
    moves: dict[str, npt.NDArray[np.float32]]

    @property
    def n_draws(self) -> int:
        """How many draws there are."""
        return int(self.moves[EMPLVL].shape[1])

    @cached_property
    def is_certain(self) -> bool:
        """Whether every sum is published in full."""
        return bool((self.drawn_at < 0).all())

    def take(self, rows: npt.ArrayLike) -> Sums:
        """Return some rows, in that order; -1 gives a row of missing values."""
        wanted = np.asarray(rows, dtype=np.int64)
        found = wanted >= 0
        if found.all():
            table = self.table.iloc[wanted].reset_index(drop=True)
        else:
            table = self.table.reset_index(drop=True).reindex(np.where(found, wanted, -1))
            table = table.reset_index(drop=True)
        return Sums(table, np.append(self.drawn_at, -1)[np.where(found, wanted, -1)], self.moves)

    def of(self, place: str) -> Sums:
        """Return the rows of one place, without that column."""
        return self._by_place.get(place) or self._at(place)

    @cached_property
    def _by_place(self) -> dict[str, Sums]:
        return {place: self._at(place) for place in self.table["place"].unique()}

    def _at(self, place: str) -> Sums:
        here = self.take(np.flatnonzero((self.table["place"] == place).to_numpy()))
        return replace(here, table=here.table.drop(columns="place"))

    def estimates(self, name: str, rows: IntArray) -> FloatArray:
        """Return sums at rows of the table, shape (r, 1); missing for -1.

        An estimate of less than half a job is none: so the agency rounds, and neither pay of it
        nor growth from it has a meaning.
        """
        found = np.append(self.table[name].to_numpy(dtype=np.float64), np.nan)[rows]
        return (np.where(found < HALF_A_JOB, 0.0, found) if name == EMPLVL else found)[:, None]

    def told(self, rows: IntArray) -> npt.NDArray[np.bool_]:
        """Tell which rows may not be published; False for -1, and where nothing is said of it."""
        flags = self.table.get(CONFIDENTIAL, pd.Series(False, index=self.table.index))
        return np.append(flags.to_numpy(dtype=bool), False)[rows]

    def publishable(self) -> Sums:
        """Return the sums with ranges, or nothing, in the place of what may not be told.

        Places of business and what the agency published stay; the share that is estimated is
        that of the middle of the range, and of wages rounded up to quarters.
        """
        told = self.told(np.arange(len(self.table)))
        table = self.table.drop(columns=[WIDTH, *RANGE], errors="ignore")
        ends = self.published_jobs(np.arange(len(table)))
        for end, found in zip(("_lo", "_hi"), ends, strict=True):
            table.loc[told, f"{EMPLVL}{end}"] = found[told]
        bounds = [f"{name}{end}" for name in (EMPLVL, WAGES) for end in ("", "_min", "_max")]
        table.loc[told, [*bounds, f"{WAGES}_lo", f"{WAGES}_hi"]] = np.nan
        middle = (ends[0] + ends[1]) / 2
        of_jobs = estimated_share(table[f"{EMPLVL}_published"], middle)
        table.loc[told, SHARES[0]] = of_jobs[told]
        of_wages = np.ceil(QUARTERS * table.loc[told, SHARES[1]]) / QUARTERS
        table.loc[told, SHARES[1]] = of_wages
        return replace(self, table=table)

    def published_jobs(self, rows: IntArray) -> Ends:
        """Return what is published of jobs: twice the sum, or the ends of a range around it."""
        jobs = self.estimates(EMPLVL, rows)[:, 0]
        told = self.told(rows)
        if not told.any():
            return jobs, jobs
        columns = (f"{EMPLVL}_lo", f"{EMPLVL}_hi", WIDTH)
        lo, hi, width = (
            np.append(self.table[name].to_numpy(float), np.nan)[rows] for name in columns
        )
        ends = rounded_range(lo, hi, width, LEAST_JOBS)
        if RANGE[0] in self.table:
            low, high = (np.append(self.table[end].to_numpy(float), np.nan)[rows] for end in RANGE)
            ends = np.where(np.isnan(low), ends[0], low), np.where(np.isnan(high), ends[1], high)
        return np.where(told, ends[0], jobs), np.where(told, ends[1], jobs)

    def draws(self, name: str, rows: IntArray) -> FloatArray:
        """Return draws of sums, shape (r, k), or (r, 1) where none of them is uncertain.

        A draw of less than half a job is none, as for the estimates.
        """
        value = self.estimates(name, rows)
        if self.is_certain:
            return value
        at = np.append(self.drawn_at, -1)[rows]
        drawn = at >= 0
        if not drawn.any():
            return value
        moved = np.repeat(value, self.n_draws, axis=1)
        moved[drawn] += self.moves[name][at[drawn]]
        least = HALF_A_JOB if name == EMPLVL else 0.0
        return np.where(moved < least, 0.0, moved)


def join(parts: Sequence[Sums]) -> Sums:
    """Put sums of the same cells under one another."""
    starts = np.cumsum([0, *(len(part.moves[EMPLVL]) for part in parts[:-1])])
    at = [
        np.where(p.drawn_at >= 0, p.drawn_at + start, -1)
        for p, start in zip(parts, starts, strict=True)
    ]
    return Sums(
        pd.concat([part.table for part in parts], ignore_index=True),
        np.concatenate(at),
        {name: np.concatenate([part.moves[name] for part in parts]) for name in (EMPLVL, WAGES)},
    )


def sum_by_place(
    cells: Cells, members: pd.DataFrame, keys: Sequence[str], limits: Limiter | None = None
) -> Sums:
    """Add up cells by place, region and `keys`.

    Parameters
    ----------
    cells : Cells
        Cells that do not contain one another.
    members : DataFrame
        ``place``, ``region``, ``area_fips``.
    keys : sequence of str
        Columns to sum by beside the place.
    limits : callable, optional
        Finds the hard bounds of the sums; by default they are the sums of the cells' own, which
        are wider.

    Returns
    -------
    Sums
        Table of ``place``, ``region``, `keys`, the sums, ``emplvl_estimated_share`` and
        ``wages_estimated_share`` (0 to 1), and for jobs and wages ``_lo`` and ``_hi``, the 90 %
        interval of the sum, and ``_min`` and ``_max``, hard bounds.

    Notes
    -----
    Places that are made of the same areas, as the nation is for every region, are added up once.
    """
    grounds, where = _grounds(members)
    rows = grounds.merge(cells.table, on="area_fips", validate="m:m")
    by = ["ground", *keys]
    groups = rows.groupby(by, sort=True, observed=True)
    sums = groups[list(ADDED)].sum().reset_index()
    group, row = (np.asarray(x, dtype=np.int64) for x in (groups.ngroup(), rows["row"]))
    if limits is not None:
        least, most = limits(group, row, len(sums))
        sums = sums.assign(**{f"{EMPLVL}_min": least, f"{EMPLVL}_max": most})
    at, moves = _moves(cells, group, row, len(sums))
    sums, moves = _bounded(sums, at, moves)
    table = where.merge(sums.assign(__sum=np.arange(len(sums))), on="ground", validate="m:m")
    order = table.pop("__sum").to_numpy()
    return Sums(table.drop(columns="ground"), at[order], moves)


def _grounds(members: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Number the different sets of areas: the areas of each, and each place's number."""
    sets = members.groupby(list(PLACE), sort=True)["area_fips"].agg(lambda a: " ".join(sorted(a)))
    number, distinct = pd.factorize(sets)
    areas = [(n, area) for n, text in enumerate(distinct) for area in text.split()]
    where = sets.index.to_frame(index=False).assign(ground=number)
    return pd.DataFrame(areas, columns=["ground", "area_fips"]), where


def _moves(
    cells: Cells, group: IntArray, row: IntArray, n_groups: int
) -> tuple[IntArray, dict[str, npt.NDArray[np.float32]]]:
    """Add up the draws of the groups that hold a withheld cell."""
    is_drawn = np.zeros(cells.emplvl.n_rows, dtype=bool)
    is_drawn[cells.emplvl.rows] = True
    is_drawn[cells.wages.rows] = True
    kept = is_drawn[row]
    uncertain, compact = np.unique(group[kept], return_inverse=True)
    at = np.full(n_groups, -1, dtype=np.int64)
    at[uncertain] = np.arange(len(uncertain))
    moves = {
        name: draws.sums(compact, row[kept], len(uncertain)).astype(np.float32)
        for name, draws in ((EMPLVL, cells.emplvl), (WAGES, cells.wages))
    }
    return at, moves


def _bounded(
    sums: pd.DataFrame, at: IntArray, moves: dict[str, npt.NDArray[np.float32]]
) -> tuple[pd.DataFrame, dict[str, npt.NDArray[np.float32]]]:
    """Hold draws to what is published and to the hard bounds, and read their intervals."""
    drawn = np.flatnonzero(at >= 0)
    held: dict[str, npt.NDArray[np.float32]] = {}
    columns: dict[str, FloatArray] = {}
    for name, moved in moves.items():
        value, known, least, most = (
            sums[f"{name}{end}"].to_numpy(dtype=np.float64)
            for end in ("", "_published", "_min", "_max")
        )
        # An estimate may miss a bound by rounding; it is never called impossible.
        least, most = np.fmin(np.fmax(known, least), value), np.fmax(most, value)
        low, high = ((bound - value)[drawn, None].astype(np.float32) for bound in (least, most))
        held[name] = np.clip(moved, low, high)
        below, above = ends(np.zeros(len(drawn)), held[name])
        lo, hi = value.copy(), value.copy()
        # Again in double precision, so that no end misses a bound by the last places.
        lo[drawn] = np.maximum(value[drawn] + below, least[drawn])
        hi[drawn] = np.minimum(value[drawn] + above, most[drawn])
        columns |= {f"{name}_lo": lo, f"{name}_hi": hi}
    shares = {
        share: estimated_share(sums[f"{name}_published"], sums[name])
        for share, name in zip(SHARES, moves, strict=True)
    }
    return sums.assign(**columns, **shares), held
