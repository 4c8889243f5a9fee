"""Cells that the store lacks though they exist: unknown, never zero.

Establishments are always published, so what is absent from an area shows: a total holds more of
them than its parts. In an area without such a gap a cell that is absent has no jobs. In one with a
gap (an excerpt, a file that was cut) it may have any part of what the total leaves. It is given the
part that the same industry has of it elsewhere in the state, in draws that spread widely around it
and add up to what the total leaves.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from lmi import codes
from lmi.analysis.elsewhere import ESTABS, Elsewhere
from lmi.analysis.sums import EMPLVL, WAGES
from lmi.measures.arithmetic import FloatArray
from lmi.suppression.cell_hierarchy import (
    KEY,
    PERIOD,
    BoolArray,
    IntArray,
    build_hierarchy,
    sum_parts,
)
from lmi.suppression.completeness import establishment_gap
from lmi.suppression.draws import Draws
from lmi.suppression.estimate import Estimated
from lmi.suppression.problem import column_floats, rounding
from lmi.texts import as_python

__all__ = ["ABSENT", "Incomplete", "add_absent"]

ABSENT = "absent"
"""The source of a cell that the store lacks."""
DETAILED = 8
"""The level of six-digit industries, which have no parts."""
# How firmly the shares of absent cells are taken to be those of the rest of the state. Of sectors
# and three-digit industries that were taken out of fifteen counties of Ohio, as a bare total or
# below the supersectors, nine of ten intervals hold the published number with this.
CONCENTRATION = 5.0
TINY = 1e-6


@dataclass(frozen=True)
class Incomplete:
    """An area that lacks rows.

    Parameters
    ----------
    estabs, of_estabs : float
        Establishments that its total holds and no part does, and all of the area.
    """

    area_fips: str
    estabs: float
    of_estabs: float


def _gaps(rows: pd.DataFrame) -> FloatArray:
    """Count the establishments of each row that none of its parts holds.

    Where all parts are published and yet the jobs do not add up, there is one at the least. Every
    row but the most detailed has parts in the agency's files.
    """
    tree = build_hierarchy(rows)
    above = tree.parent
    estabs = np.nan_to_num(column_floats(rows[ESTABS]))
    gap = np.nan_to_num(establishment_gap(above, estabs, rounding(ESTABS)))
    jobs = column_floats(rows[f"{EMPLVL}_published"])
    parts, hidden = (sum_parts(above, x) for x in (np.ones(len(rows)), np.isnan(jobs) * 1.0))
    rest = jobs - sum_parts(above, np.nan_to_num(jobs))
    lacks_jobs = (parts > 0) & (hidden == 0) & (rest > rounding(EMPLVL) * (parts + 1) + TINY)
    gap = np.where(lacks_jobs, np.maximum(gap, 1.0), gap)
    return np.where((parts == 0) & (tree.level < DETAILED), estabs, gap)


def _with_gaps(cells: pd.DataFrame, areas: Collection[str]) -> tuple[pd.DataFrame, FloatArray]:
    """Return the rows of some areas, by their places among all, and the `_gaps` of each."""
    at = np.flatnonzero(cells["area_fips"].isin(areas))
    here = cells.iloc[at].reset_index(drop=True)
    return here.set_axis(at), _gaps(here)


def _find_incomplete(here: pd.DataFrame, gaps: FloatArray) -> tuple[Incomplete, ...]:
    """Find the areas of which a total holds more than its parts."""
    lacking = pd.Series(gaps).groupby(here["area_fips"].to_numpy()).sum()
    totals = here[here["own_code"] == codes.ALL_OWNERS].groupby("area_fips")[ESTABS].sum()
    return tuple(
        Incomplete(str(area), float(estabs), float(totals.get(area, np.nan)))
        for area, estabs in lacking[lacking > 0].items()
    )


@dataclass(frozen=True, eq=False)
class _Area:
    """The rows of an area, and below them those that it lacks with what they are elsewhere.

    Parameters
    ----------
    rows : DataFrame, n rows
    place : ndarray, shape (n,)
        Place of each row among the estimated cells; -1 for one that is absent.
    above : ndarray, shape (n,)
        Nearest row above, present or not; -1 for none.
    gap : ndarray, shape (n,), establishments
    pay : ndarray, shape (n,), USD a job
        Elsewhere; that of all where it is not known.
    """

    rows: pd.DataFrame
    place: IntArray
    above: IntArray
    gap: FloatArray
    pay: FloatArray

    @property
    def is_absent(self) -> BoolArray:
        """Rows that the store lacks."""
        return self.place < 0

    @cached_property
    def level(self) -> IntArray:
        """Of each row, 0 for all ownerships to 8 for six digits."""
        return np.asarray(self.rows["agglvl_code"].str[1].astype(int), dtype=np.int64)

    @cached_property
    def present_above(self) -> IntArray:
        """The nearest present row above each; -1 where there is none."""
        near = self.above.copy()
        while (climb := (near >= 0) & self.is_absent[near]).any():
            near[climb] = self.above[near[climb]]
        return near

    def without_zeros(self) -> _Area:
        """Drop the absent rows of a total that lacks nothing: they have no jobs."""
        near = self.present_above
        return self._of(~self.is_absent | ((near >= 0) & (self.gap[near] > 0)))

    def concerned(self) -> _Area:
        """Keep the absent rows, the totals that they are parts of and those totals' parts."""
        near = self.present_above
        is_total = np.zeros(len(self.rows) + 1, dtype=bool)
        is_total[near[self.is_absent]] = True
        is_total[-1] = False
        return self._of(self.is_absent | is_total[:-1] | is_total[near])

    def _of(self, keep: BoolArray) -> _Area:
        number = np.append(np.where(keep, np.cumsum(keep) - 1, -1), -1)
        return _Area(
            self.rows[keep].reset_index(drop=True),
            self.place[keep],
            number[self.above[keep]],
            self.gap[keep],
            self.pay[keep],
        )


def _of_areas(given: Sequence[tuple[pd.DataFrame, FloatArray, pd.DataFrame]]) -> list[_Area]:
    """Put what areas may have below what they have.

    Parameters
    ----------
    given : sequence
        Of each area its rows, by their places among all cells, the `_gaps` of each, and what it
        may have, as `Elsewhere` has it.
    """
    tables = [_with_absent(present, known) for present, _, known in given]
    above = build_hierarchy(pd.concat(tables, ignore_index=True)).parent  # of all at once
    found, start = [], 0
    for rows, (present, gaps, _) in zip(tables, given, strict=True):
        end, n_absent = start + len(rows), len(rows) - len(present)
        place = np.append(present.index.to_numpy(), np.full(n_absent, -1, dtype=np.int64))
        own = np.where(above[start:end] < 0, -1, above[start:end] - start)
        gap = np.append(gaps, np.zeros(n_absent))
        area = _Area(rows, place, own, gap, np.zeros(len(rows))).without_zeros()
        found.append(replace(area, pay=_pay(area.rows)).concerned())
        start = end
    return found


def _with_absent(present: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Put the rows that an area may have and lacks below those that it has."""
    first = present.iloc[0]
    held, named = (
        zip(*(t[key].tolist() for key in KEY[1:]), strict=True) for t in (present, known)
    )
    has = set(held)
    absent = known[[cell not in has for cell in named]]
    same = {name: first[name] for name in ("area_fips", *PERIOD) if name in present}
    absent = absent.assign(agglvl_code=first["agglvl_code"][0] + absent["level"], **same)
    return pd.concat([present, absent], ignore_index=True)


def _leaf_shares(area: _Area, n_draws: int) -> tuple[IntArray, FloatArray]:
    """Share out what the totals leave among the absent cells that have no absent part.

    Returns
    -------
    leaves : ndarray, shape (m,)
        Their rows.
    shares : ndarray, shape (m, 1 + k)
        As elsewhere, and drawn around that from a Dirichlet distribution; those below one present
        total add up to 1.
    """
    has_part = np.zeros(len(area.rows) + 1, dtype=bool)
    has_part[area.above[area.is_absent]] = True
    leaves = np.flatnonzero(area.is_absent & ~has_part[:-1])
    total = area.present_above[leaves]
    # A cell that has no jobs elsewhere may have some here.
    size = np.maximum(np.nan_to_num(column_floats(area.rows[EMPLVL])[leaves]), 1.0)
    expected = size / sum_parts_of(total, size[:, None], len(area.rows))[total][:, 0]
    random = np.random.default_rng(zlib.crc32(str(area.rows["area_fips"].iloc[0]).encode()))
    spread = np.repeat(CONCENTRATION * expected[:, None], n_draws, axis=1)
    drawn = random.standard_gamma(spread).clip(min=np.finfo(float).tiny)
    sums = sum_parts_of(total, drawn, len(area.rows))[total]
    return leaves, np.column_stack([expected, drawn / sums])


def sum_parts_of(above: IntArray, values: FloatArray, n: int) -> FloatArray:
    """Add up rows of values, shape (m, k), by the row that is above each, shape (n, k)."""
    found = np.zeros((n, values.shape[1]))
    np.add.at(found, above, values)
    return found


def _drawn(estimated: Estimated, name: str, at: IntArray) -> FloatArray:
    """Return the estimate of some cells and their draws, shape (r, 1 + k)."""
    draws: Draws = estimated.emplvl if name == EMPLVL else estimated.wages
    value = estimated.cells[name].to_numpy(dtype=np.float64)[at][:, None]
    moved = draws.sums(np.arange(len(at)), at, len(at))
    return np.column_stack([value, np.maximum(value + moved, 0.0)])


def _amounts(area: _Area, own: FloatArray, leaves: IntArray, shares: FloatArray) -> FloatArray:
    """Give leaves their shares of what is left, and every absent cell the sum of its parts.

    Parameters
    ----------
    own : ndarray, shape (n, c)
        Amounts of the present rows, 0 for the absent.
    """
    found, total = own.copy(), area.present_above
    present = np.flatnonzero(~area.is_absent & (total >= 0))
    left = own - sum_parts_of(total[present], own[present], len(own))
    found[leaves] = np.maximum(left, 0.0)[total[leaves]] * shares
    for n in range(area.level.max(initial=0), 0, -1):
        rows = np.flatnonzero((area.level == n) & (area.above >= 0))
        rows = rows[area.is_absent[area.above[rows]]]
        np.add.at(found, area.above[rows], found[rows])
    return found


def _absent_rows(estimated: Estimated, area: _Area) -> tuple[pd.DataFrame, dict[str, np.ndarray]]:
    """Return the absent cells of an area as estimated cells, and their draws' deviations."""
    n, absent = len(area.rows), np.flatnonzero(area.is_absent)
    leaves, shares = _leaf_shares(area, estimated.emplvl.n_draws)
    of_pay = shares * area.pay[leaves][:, None]
    total = area.present_above[leaves]
    of_pay /= sum_parts_of(total, of_pay, n)[total]
    table = area.rows.loc[
        absent, [*KEY, "agglvl_code", *(n for n in PERIOD if n in area.rows)]
    ].assign(source=ABSENT)
    moves: dict[str, np.ndarray] = {}
    present = np.flatnonzero(~area.is_absent)
    for name, given in ((EMPLVL, shares), (WAGES, of_pay)):
        own = np.zeros((n, shares.shape[1]))
        own[present] = _drawn(estimated, name, area.place[present])
        found = _amounts(area, own, leaves, given)[absent]
        value, drawn = found[:, 0], found[:, 1:]
        moves[name] = (drawn - value[:, None]).astype(np.float32)
        bounds = _bounds(estimated, area, name)
        lo, hi = np.quantile(drawn, [0.05, 0.95], axis=1)
        table = table.assign(**{
            name: value,
            f"{name}_published": bounds["published"][absent],
            f"{name}_lo": np.minimum(lo, value), f"{name}_hi": np.maximum(hi, value),
            f"{name}_min": bounds["min"][absent], f"{name}_max": bounds["max"][absent],
        })  # fmt: skip
    gap = np.zeros((n, 1))
    gap[present, 0] = np.nan_to_num(column_floats(area.rows[ESTABS]))[present]
    table[ESTABS] = _amounts(area, gap, leaves, shares[:, :1])[absent, 0]
    return table, moves


def _pay(rows: pd.DataFrame) -> FloatArray:
    """What a job pays elsewhere; what it pays in all, where that is not known."""
    jobs, wages = (np.nan_to_num(column_floats(rows[n])) for n in (EMPLVL, WAGES))
    middle = wages.sum() / max(jobs.sum(), 1.0)
    return np.where((jobs > 0) & (wages > 0), wages / np.maximum(jobs, 1.0), middle)


def _bounds(estimated: Estimated, area: _Area, name: str) -> dict[str, FloatArray]:
    """What an absent cell has at the least, at the most, and published: of its present parts."""
    n, present = len(area.rows), np.flatnonzero(~area.is_absent)
    cells = estimated.cells.iloc[area.place[present]]
    own = {end: np.zeros((n, 1)) for end in ("published", "min", "max")}
    for end, values in own.items():
        values[present, 0] = np.nan_to_num(column_floats(cells[f"{name}_{end}"]))
    none = np.zeros((0, 1)), np.zeros(0, dtype=np.int64)
    parts = {end: _amounts(area, values, none[1], none[0])[:, 0] for end, values in own.items()}
    total = area.present_above
    inside = np.flatnonzero(~area.is_absent & (total >= 0))
    held = sum_parts_of(total[inside], own["min"][inside], n)[:, 0]
    left = np.maximum(own["max"][:, 0] - held, 0.0)
    return {**parts, "max": parts["max"] + np.where(area.is_absent, left[total], 0.0)}


def add_absent(
    estimated: Estimated, areas: Collection[str]
) -> tuple[Estimated, tuple[Incomplete, ...]]:
    """Add the cells that areas lack though they exist.

    Parameters
    ----------
    areas : collection of str
        Counties and states to look at.

    Returns
    -------
    Estimated
        The absent cells stand below the others, with `ABSENT` as their source.
    tuple of Incomplete
        The areas that lack some; with none of them the cells are as they were.
    """
    cells = estimated.cells
    here, gaps = _with_gaps(cells, {*areas, *(codes.statewide(area[:2]) for area in areas)})
    seen = {one.area_fips: one for one in _find_incomplete(here, gaps)}
    asked = {area: one for area, one in seen.items() if area in areas}
    if not asked:
        return estimated, ()
    of_asked = here["area_fips"].isin(asked).to_numpy()
    here, gaps = as_python(here[of_asked]), gaps[of_asked]
    elsewhere, own = Elsewhere(cells, seen), here.groupby("area_fips").indices
    year = int(here["year"].iloc[0])
    given = [(here.iloc[own[a]], gaps[own[a]], elsewhere.of(a, year)) for a in asked]
    both = zip(asked.values(), _of_areas(given), strict=True)
    lacking = [(one, area) for one, area in both if area.is_absent.any()]
    if not lacking:
        return estimated, ()
    found = [_absent_rows(estimated, area) for _, area in lacking]
    table = pd.concat([cells, *(rows for rows, _ in found)], ignore_index=True)
    emplvl, wages = (
        _below(draws, [moves[name] for _, moves in found])
        for name, draws in ((EMPLVL, estimated.emplvl), (WAGES, estimated.wages))
    )
    incomplete = tuple(one for one, _ in lacking)
    return replace(estimated, cells=table, emplvl=emplvl, wages=wages), incomplete


def _below(draws: Draws, moves: list[np.ndarray]) -> Draws:
    """Add the draws of rows that come below the others."""
    n_rows = draws.n_rows + sum(map(len, moves))
    rows = np.append(draws.rows, np.arange(draws.n_rows, n_rows))
    return Draws(rows, np.concatenate([draws.deviation, *moves]), n_rows)
