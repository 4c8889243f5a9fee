"""What no candidate holds in a region: its share of all jobs, and the largest of its industries.

An industry here is one of 3 digits, or of finer ones where candidates hold a part of it; private
and public employers are told apart, for so are definitions. All of a region is what is left of its
jobs when every industry that any candidate holds is taken out, each once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import pandas as pd

from lmi import naics
from lmi.analysis.evaluate import Amounts, evaluate
from lmi.analysis.level_measures import is_drawn, levels
from lmi.analysis.measured import CONFIDENTIAL
from lmi.analysis.places import REGION
from lmi.analysis.quoted_nation import QuotedNation
from lmi.analysis.sums import EMPLVL, Cells, Sums, sum_by_place
from lmi.codes import PRIVATE, whole_columns
from lmi.config import Candidate
from lmi.config.candidates import cells_of_any, cells_of_none
from lmi.measures.arithmetic import FloatArray, IntArray
from lmi.measures.certainty import add_flags
from lmi.measures.employment import employment_share
from lmi.measures.lookup import positions

__all__ = ["LARGEST", "measure_uncovered", "sum_uncovered"]

LARGEST, FEWEST = 5, 3
"""Industries of a region that are measured, and the places of business that each has at the least:
one or two employers are no industry to make a sector of, and not to be pointed at."""

HELD = ""
REMEMBERED = 6  # definitions, of each of three vintages
ESTABS = "annual_avg_estabs"
CELL = ["own_code", "industry_code"]


def cells_of_none_by_owner(candidates: Sequence[Candidate], naics_year: int) -> pd.DataFrame:
    """Return the cells that no candidate holds, each with its key as ``candidate``.

    Returns
    -------
    DataFrame
        ``candidate``, as ``531/5`` or ``921/123``, ``own_code`` and ``industry_code``; asked for
        by every year of one vintage, so remembered and not to be changed.
    """
    return _cells_of_none(tuple(candidates), naics_year)


@lru_cache(maxsize=REMEMBERED)
def _cells_of_none(candidates: tuple[Candidate, ...], naics_year: int) -> pd.DataFrame:
    free = cells_of_none(candidates, naics_year)
    who = np.where(free["own_code"] == PRIVATE, "private", "public")
    owners = free.groupby(["industry_code", who])["own_code"].transform("".join).astype("str")
    return free.assign(candidate=free["industry_code"] + "/" + owners)


def sum_uncovered(
    cells: Cells, members: pd.DataFrame, candidates: Sequence[Candidate], naics_year: int
) -> Sums:
    """Add up the largest industries that no candidate holds, and all that any holds.

    Returns
    -------
    Sums
        By place, region and ``candidate``: an industry and whose jobs of it count, as ``531/5`` or
        ``921/123``, and `HELD` for the jobs that candidates hold, each once.
    """
    free = cells_of_none_by_owner(candidates, naics_year)
    here = members.loc[members["place"] == REGION, ["region", "area_fips"]]
    own = cells.table[cells.table["area_fips"].isin(here["area_fips"])]
    found = free.merge(own, on=CELL, validate="1:m").merge(here, on="area_fips", validate="m:m")
    sums = found.groupby(["region", "candidate"])[[EMPLVL, ESTABS]].sum()
    jobs = sums.loc[(sums[ESTABS] >= FEWEST) & (sums[EMPLVL] > 0), EMPLVL]
    largest = jobs.sort_values(ascending=False).groupby("region").head(LARGEST)
    held = cells_of_any(candidates, naics_year).assign(candidate=HELD)
    is_large = free["candidate"].isin(largest.index.get_level_values("candidate"))
    wanted = free.loc[is_large, [*CELL, "candidate"]]
    parts = [
        wanted.merge(cells.table, on=CELL, validate="1:m"),
        held.merge(own, on=CELL, validate="1:m"),
    ]
    matched = pd.concat(parts, ignore_index=True)
    return sum_by_place(cells.only(matched), members, ["candidate"])


def measure_uncovered(
    sums: Sums,
    totals: Sums,
    thresholds: pd.DataFrame,
    naics_year: int,
    quoted: QuotedNation | None = None,
) -> pd.DataFrame:
    """Measure what no candidate holds.

    Parameters
    ----------
    sums : Sums
        As `sum_uncovered` gives them.
    totals : Sums
        All jobs, by place and region.
    thresholds : DataFrame
        As for `lmi.analysis.level_measures.levels`.
    quoted : QuotedNation, optional
        What stands in for rows of the nation that the store lacks.

    Returns
    -------
    DataFrame
        By region the largest industries, the largest first, before them all that no candidate
        holds: ``industry_code`` (empty for all), ``own_codes`` (each a character),
        ``industry_title``, and the measures of a level with their intervals.
    """
    own = sums.of(REGION)
    is_held = (own.table["candidate"] == HELD).to_numpy()
    industries = sums.take(np.flatnonzero(sums.table["candidate"] != HELD))
    shares = None
    if quoted is not None:
        shares = quoted.of_candidates(_cells(industries.table["candidate"]), totals.n_draws)
    rows, _ = levels(industries, totals, thresholds, ["candidate"], shares)
    rows = rows[rows[ESTABS] >= FEWEST]
    # What is told as a range alone stands where its middle is.
    size = rows[EMPLVL].fillna(rows[[f"{EMPLVL}_lo", f"{EMPLVL}_hi"]].mean(axis=1))
    rows = rows.loc[size.sort_values(ascending=False, kind="stable").index]
    rows = rows.groupby("region").head(LARGEST)
    rest = _left_over(own.take(np.flatnonzero(is_held)), totals.of(REGION))
    table = add_flags(pd.concat([rest, rows], ignore_index=True))
    code, _, owners = table.pop("candidate").str.partition("/").to_numpy().T
    named = pd.Series(code, dtype="str").replace(HELD, naics.TOTAL)
    titles = whole_columns.titles(named, naics_year)
    table.insert(1, "industry_code", code)
    table.insert(2, "own_codes", owners)
    table.insert(3, "industry_title", titles.to_numpy())
    return table.sort_values("region", kind="stable", ignore_index=True)


def _cells(keys: pd.Series) -> pd.DataFrame:
    rows = [
        (key, own, key.partition("/")[0])
        for key in keys.unique().tolist()
        for own in key.partition("/")[2]
    ]
    return pd.DataFrame(rows, columns=["candidate", *CELL], dtype="str")


def _left_over(held: Sums, totals: Sums) -> pd.DataFrame:
    """Take the jobs that candidates hold from all jobs."""
    at = positions(held.table, totals.table, ["region"])

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        total = amounts(totals, EMPLVL, at[rows])
        left = np.maximum(total - amounts(held, EMPLVL, rows), 0.0)
        return {EMPLVL: left, "emplvl_share": employment_share(left, total)}

    n = len(held.table)
    is_uncertain = is_drawn(held, np.arange(n)) | is_drawn(totals, at)
    found = evaluate(formula, n, is_uncertain)
    low, high = held.published_jobs(np.arange(n))
    total = totals.estimates(EMPLVL, at)[:, 0]
    left = total - high, total - low
    shares = employment_share(left[0], total), employment_share(left[1], total)
    told = held.told(np.arange(n))
    found = found.withheld(told, {EMPLVL: left, "emplvl_share": shares}, middle=True)
    table = held.table[["region", "candidate"]].assign(**{CONFIDENTIAL: False})
    return found.add_to(table)
