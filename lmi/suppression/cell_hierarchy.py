"""Which cell is part of which: every row's parent industry, its state's row and its nation's row.

QCEW cells nest two ways. Within an area a total is the sum of its ownerships, an ownership the
sum of its domains, then supersectors, sectors and 3- to 6-digit industries. Across areas a
state's cell is the sum of the same cell over its counties, the "unknown or undefined" county
included. `Hierarchy` holds both as row numbers, so that every later step is array arithmetic.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lmi import codes, naics
from lmi.errors import MeasureError
from lmi.naics import TOTAL

__all__ = [
    "KEY",
    "PERIOD",
    "BoolArray",
    "FloatArray",
    "Hierarchy",
    "IntArray",
    "build_hierarchy",
    "in_scope",
    "nearest_published",
    "sum_parts",
]

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

PERIOD = ["year", "qtr"]
KEY = ["area_fips", "own_code", "industry_code"]


@dataclass(frozen=True)
class Hierarchy:
    """Row numbers of each row's relatives; -1 where there is none.

    Parameters
    ----------
    level : ndarray, shape (n,)
        Industry level, the second digit of `agglvl_code`: 0 all ownerships, 1 one ownership,
        2 domain, 3 supersector, 4 sector, 5 to 8 three to six digits.
    area : ndarray, shape (n,)
        A number shared by the rows of one area in one period.
    parent : ndarray, shape (n,)
        Nearest ancestor that is present for the same period and area.
    state : ndarray, shape (n,)
        For a county's row, the statewide row of the same cell.
    nation : ndarray, shape (n,)
        For a county's or state's row, the nation's row of the same cell.
    cell : ndarray, shape (n,)
        A number shared by the counties of one state that hold the same cell.
    industry : ndarray, shape (n,)
        A number shared by the same industry's cells of all ownerships and counties of one state.
    is_county : ndarray of bool, shape (n,)
        Counties, the "unknown or undefined" one included.
    """

    level: IntArray
    area: IntArray
    parent: IntArray
    state: IntArray
    nation: IntArray
    cell: IntArray
    industry: IntArray
    is_county: BoolArray

    def __len__(self) -> int:
        return len(self.level)


def sum_parts(above: IntArray, values: FloatArray) -> FloatArray:
    """Add up, for every row, the values of the rows that have it above them.

    Parameters
    ----------
    above : ndarray, shape (n,)
        Row number of the total that each row is part of, -1 for none.
    values : ndarray, shape (n,)

    Returns
    -------
    ndarray, shape (n,)

    Examples
    --------
    >>> import numpy as np
    >>> sum_parts(np.array([-1, 0, 0]), np.array([9.0, 2.0, 3.0]))
    array([5., 0., 0.])
    """
    part = above >= 0
    return np.bincount(above[part], values[part], len(above)).astype(np.float64)


def nearest_published(above: IntArray, withheld: BoolArray) -> IntArray:
    """Find the nearest published row above each row.

    Parameters
    ----------
    above : ndarray, shape (n,)
        Row number of the total that each row is part of, -1 for none.
    withheld : ndarray of bool, shape (n,)

    Returns
    -------
    ndarray, shape (n,)
        -1 where there is none.

    Examples
    --------
    >>> import numpy as np
    >>> nearest_published(np.array([-1, 0, 1]), np.array([False, True, True]))
    array([-1,  0,  0])
    """
    near = above.copy()
    while (climb := (near >= 0) & withheld[near]).any():
        near[climb] = above[near[climb]]
    return near


def in_scope(rows: pd.DataFrame) -> pd.Series:
    """Tell the rows that nest: counties, states, nation; ownerships 0, 1, 2, 3 and 5.

    Parameters
    ----------
    rows : DataFrame
        Needs ``agglvl_code`` and ``own_code``.
    """
    level = rows["agglvl_code"].astype("category")
    nests = level.cat.categories.str.fullmatch("[157][0-8]")
    taken = pd.Series(np.asarray(nests, dtype=bool)[level.cat.codes], index=rows.index)
    return taken & rows["own_code"].isin(["0", "1", "2", "3", "5"])


def build_hierarchy(rows: pd.DataFrame) -> Hierarchy:
    """Find the relatives of every row.

    Parameters
    ----------
    rows : DataFrame
        QCEW rows in scope (`in_scope`) of any number of states and periods.

    Raises
    ------
    MeasureError
        If a cell (period, area, ownership, industry) occurs twice.
    """
    keys = _Keys(rows)
    kinds = [codes.parse_area(area) for area in keys.areas]
    state_of = [f"{kind.state_fips}000" if kind.state_fips else "" for kind in kinds]
    is_county = np.array([bool(k.state_fips) and k.kind != "state" for k in kinds], dtype=bool)
    is_nation = np.array([kind.kind == "nation" for kind in kinds], dtype=bool)
    county, nation = is_county[keys.area], is_nation[keys.area]
    nation_of = [codes.nation_of(area) for area in keys.areas]
    in_state = pd.factorize(np.array(state_of))[0][keys.area]
    agglvl, of_level = pd.factorize(rows["agglvl_code"])
    return Hierarchy(
        level=np.array([code[1] for code in of_level], dtype=np.int64)[agglvl],
        area=(keys.period * len(keys.areas) + keys.area).astype(np.int64),
        parent=_parents(keys),
        state=np.where(county, keys.find(area=keys.area_positions(state_of)), -1),
        nation=np.where(nation, -1, keys.find(area=keys.area_positions(nation_of))),
        cell=pd.factorize(keys.flat(area=in_state))[0].astype(np.int64),
        industry=pd.factorize(keys.flat(area=in_state, own=np.zeros_like(keys.own)))[0].astype(
            np.int64
        ),
        is_county=county,
    )


class _Keys:
    """Cells as integers, so that a relative is found by arithmetic and one index."""

    def __init__(self, rows: pd.DataFrame) -> None:
        at = [column for column in PERIOD if column in rows]
        by = rows.groupby(at, sort=False, dropna=False) if at else None
        self.period = by.ngroup().to_numpy() if by is not None else np.zeros(len(rows), np.int64)
        self.area, areas = pd.factorize(rows["area_fips"])
        self.own, owns = pd.factorize(rows["own_code"])
        self.industry, industries = pd.factorize(rows["industry_code"])
        self.areas = list(areas)
        self.owns = list(owns)
        self.up = _tree(list(industries))
        self.industries = list(self.up)
        self.index = pd.Index(self.flat())
        if not self.index.is_unique:
            twice = rows.loc[self.index.duplicated(), KEY].iloc[0]
            raise MeasureError(
                f"The cell {'/'.join(twice)} occurs twice in one period, and a cell has one row: "
                "keep one vintage and one size_code."
            )

    def flat(
        self,
        take: IntArray | slice = slice(None),
        area: IntArray | None = None,
        own: IntArray | None = None,
        industry: IntArray | None = None,
    ) -> IntArray:
        """One integer a row; -1 where a part of the key is absent."""
        parts = [
            (self.area[take] if area is None else area, len(self.areas)),
            (self.own[take] if own is None else own, len(self.owns)),
            (self.industry[take] if industry is None else industry, len(self.industries)),
        ]
        flat = self.period[take].astype(np.int64)
        known = np.ones(len(flat), dtype=bool)
        for position, size in parts:
            flat = flat * (size + 1) + position
            known &= position >= 0
        return np.where(known, flat, -1)

    def find(self, take: IntArray | slice = slice(None), **changed: IntArray) -> IntArray:
        """Row numbers of the cells with the changed parts of the key."""
        return self.index.get_indexer(pd.Index(self.flat(take, **changed))).astype(np.int64)

    def area_positions(self, areas: list[str]) -> IntArray:
        """For every row, the position of its area's relative in `areas`."""
        return pd.Index(self.areas).get_indexer(pd.Index(areas))[self.area].astype(np.int64)


def _tree(industries: list[str]) -> dict[str, str | None]:
    """Parent of every code and of its ancestors: a sector hangs under its supersector."""
    up: dict[str, str | None] = {}
    for code in industries:
        up[code] = _above(code)
    todo = [code for code in up.values() if code is not None]
    while todo:
        code = todo.pop()
        if code not in up:
            up[code] = _above(code)
            todo.append(up[code] or TOTAL)
    return up


def _above(code: str) -> str | None:
    if naics.parse_industry(code).level == "sector":
        return naics.supersector_of(code)
    return naics.parent(code)


def _parents(keys: _Keys) -> IntArray:
    """Climb from every row until an ancestor is present; an ownership's total climbs to own 0."""
    position = {code: i for i, code in enumerate(keys.industries)}
    up = np.array([position.get(above or "", -1) for above in keys.up.values()], dtype=np.int64)
    top = position.get(TOTAL, -1)
    all_own = keys.owns.index("0") if "0" in keys.owns else -1
    parent = np.full(len(keys.area), -1, dtype=np.int64)
    climbing = np.flatnonzero(keys.own != all_own)
    industry, own = keys.industry[climbing].astype(np.int64), keys.own[climbing].astype(np.int64)
    while len(climbing):
        at_top = industry == top
        industry, own = np.where(at_top, top, up[industry]), np.where(at_top, all_own, own)
        found = keys.find(climbing, own=own, industry=industry)
        parent[climbing] = found
        on = (found < 0) & (industry >= 0) & (own != all_own)
        climbing, industry, own = climbing[on], industry[on], own[on]
    return parent
