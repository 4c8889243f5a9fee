"""What a place's jobs are told apart by: all of them, by owner, by sector, by candidate."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lmi import codes
from lmi.analysis.tried import OF
from lmi.codes import ALL_OWNERS, GOVERNMENT, PRIVATE, whole_columns
from lmi.config import Candidate, candidate_cells
from lmi.naics import TOTAL

__all__ = ["broken_down", "by_owner", "named"]

"""Ownerships as the agency codes them: private, and all of government."""
OWNERS: Mapping[str, str] = {PRIVATE: "Private employers", GOVERNMENT: "Government"}
KINDS = ("total", "ownership", "sector", "candidate")


def by_owner(cells: pd.DataFrame) -> pd.DataFrame:
    """Take the cells of private employers in all and by sector, and of government in all.

    Returns
    -------
    DataFrame
        Rows of `cells`, ``own_code`` and ``industry_code`` those of the number that each is of.
    """
    private = cells[cells["own_code"] == PRIVATE]
    level = whole_columns.industry_levels(private["industry_code"])
    is_public = cells["own_code"].isin(codes.OWN_CODES) & (cells["own_code"] != PRIVATE)
    public = cells[is_public & (cells["industry_code"] == TOTAL)]
    kept = private[level.isin(["total", "sector"])]
    return pd.concat([kept, public.assign(own_code=GOVERNMENT)], ignore_index=True)


def broken_down(
    cells: pd.DataFrame, candidates: Sequence[Candidate], naics_year: int
) -> pd.DataFrame:
    """Return cells with what each is added up to, once for each number that it is in.

    Parameters
    ----------
    cells : DataFrame
        Of any areas, by ``own_code`` and ``industry_code``.

    Returns
    -------
    DataFrame
        `OF` of the number in the place of the cell's own: a candidate, an ownership with its
        industry, or all three empty for all jobs.
    """
    everything = cells[(cells["own_code"] == ALL_OWNERS) & (cells["industry_code"] == TOTAL)]
    wanted = candidate_cells(candidates, naics_year)
    of_candidates = wanted.merge(cells, on=["own_code", "industry_code"], validate="m:m")
    whole = [everything.assign(candidate=""), of_candidates]
    parts = [part.assign(own_code="", industry_code="") for part in whole]
    return pd.concat([*parts, by_owner(cells).assign(candidate="")], ignore_index=True)


def named(
    rows: pd.DataFrame, candidates: Sequence[Candidate], naics_year: int, first: Sequence[str]
) -> pd.DataFrame:
    """Say in words what each row is of, in the place of `OF`, and put rows in order.

    Parameters
    ----------
    first : sequence of str
        Columns to order by before that, and to leave in front.

    Returns
    -------
    DataFrame
        ``kind`` (one of ``total``, ``ownership``, ``sector``, ``candidate``), ``key`` (``total``,
        an ownership, a sector's code, of private employers, or a candidate's key) and ``name``.
    """
    candidate, own, code = (rows[name] for name in OF)
    is_what = [(own == "") & (candidate == ""), code == TOTAL, own != ""]
    titles = whole_columns.titles(code.where(code != "", TOTAL), naics_year)
    names = candidate.map({c.key: c.name for c in candidates})
    kind = np.select(is_what, [0, 1, 2], 3)
    found = rows.drop(columns=OF).assign(
        kind=np.array(KINDS)[kind],
        key=np.select(is_what, ["total", own, code], candidate),
        name=np.select(is_what, ["All jobs", own.map(OWNERS), titles], names),
        _kind=kind,
    )
    ordered = found.sort_values([*first, "_kind", "key"], kind="stable", ignore_index=True)
    front = [*first, "kind", "key", "name"]
    return ordered[[*front, *(c for c in rows if c not in (*OF, *front))]]
