"""What is or may be wrong with projections: they do not fit the jobs, each other, or any growth."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from lmi import naics
from lmi.words import listing

__all__ = ["Key", "beyond_wholes", "off_base", "usable"]

FAST = 10.0  # percent a year; in 420 industries of the nation none is projected to change by more
BASE_WITHIN = 3  # years between a projection's first year and that of the jobs it is applied to
NAMED = 3
OVER = 0.05  # of a whole, and 10 jobs a number, by which rounded parts may be more than it
ROUNDED = 10
TOO_FEW, TOO_MANY = 0.25, 4  # of the jobs that the data have
LEAST = 50  # jobs, below which a few make a multiple
Key = tuple[str, str, str]
"""Place, ownership and industry."""


def usable(table: pd.DataFrame, year: int) -> tuple[pd.DataFrame, list[str], list[str]]:
    """Keep the rows that say something of the jobs of a year.

    Returns
    -------
    (DataFrame, list of str, list of str)
        The rows; what is to be said of those of other years, unless another edition has taken
        their place; and of the others.
    """
    if table.empty:
        return table, [], []
    first, last = table["base_year"].astype(int), table["projected_year"].astype(int)
    before, after = table["base_emplvl"].astype(float), table["projected_emplvl"].astype(float)
    is_over, is_far = last <= year, (first - year).abs() > BASE_WITHIN
    is_nothing = ~((before > 0) & (after > 0))
    with np.errstate(divide="ignore", invalid="ignore"):
        a_year = 100 * ((after / before) ** (1 / (last - first)) - 1)
    is_kept = ~(is_over | is_far | is_nothing)
    keys = pd.MultiIndex.from_frame(table[["place", "own_code", "industry_code"]])
    is_replaced = keys.isin(keys[is_kept])
    named = _cells_named if is_kept.any() else _named
    told = (
        (is_over, f"it ends by {year}, the year of the jobs", "ingest a newer one"),
        (
            is_far & ~is_over,
            f"it begins more than {BASE_WITHIN} years from {year}, the year of the jobs that it "
            "would be applied to",
            "ingest one that begins nearer, or the jobs of its first year",
        ),
    )
    of_other_years = [
        f"Not applied: {named(table[rows & ~is_replaced])}; {why}, so {remedy}."
        for rows, why, remedy in told
        if (rows & ~is_replaced).any()
    ]
    notes = []
    if (rows := is_nothing & ~is_over & ~is_far).any():
        notes.append(
            f"Not applied: {_cells_named(table[rows])}, which no jobs before or after are given "
            "for, as where they are withheld; what holds these industries stands for them."
        )
    if (rows := is_kept & (a_year.abs() > FAST)).any():
        notes.append(
            f"Projected to change by more than {FAST:.0f}% a year: {_cells_named(table[rows])}; "
            "see whether both numbers count the same jobs in the same unit."
        )
    return table[is_kept], of_other_years, notes


def _named(rows: pd.DataFrame) -> str:
    """Name projections by source and years."""
    over = (
        rows["base_year"].astype(int).astype(str)
        + "-"
        + rows["projected_year"].astype(int).astype(str)
    )
    return listing(list(dict.fromkeys(rows["source"] + ", " + over)), NAMED)


def _cells_named(rows: pd.DataFrame) -> str:
    """Name the industries of projections, with their places."""
    named = "industry " + rows["industry_code"] + " of " + rows["place"]
    return f"{_named(rows.iloc[:1])}, {listing(list(dict.fromkeys(named)), NAMED)}"


def beyond_wholes(table: pd.DataFrame) -> Iterator[str]:
    """Name industries whose parts are more than they are: they overlap, or count other jobs."""
    for _, rows in table.groupby(["place", "own_code", "base_year", "projected_year"]):
        jobs = dict(zip(rows["industry_code"], rows["base_emplvl"].astype(float), strict=True))
        parts: dict[str, list[float]] = {}
        for code, number in jobs.items():
            whole = next((each for each in naics.ancestors(code) if each in jobs), None)
            if whole:
                parts.setdefault(whole, []).append(number)
        beyond = [
            whole
            for whole, numbers in parts.items()
            if sum(numbers) > (1 + OVER) * jobs[whole] + ROUNDED * (1 + len(numbers))
        ]
        if beyond:
            named = _cells_named(rows[rows["industry_code"].isin(beyond)])
            yield (
                f"Parts are more than the whole: {named}; industries overlap or count other jobs, "
                "so see which numbers belong together."
            )


def off_base(table: pd.DataFrame, jobs: Mapping[Key, float]) -> Iterator[str]:
    """Name industries that a region's projection begins with other jobs of than the data have.

    Parameters
    ----------
    jobs : mapping
        Published jobs by region, ownership and industry: an industry has at least those of each
        of its parts.
    """
    at_least: dict[Key, float] = {}
    for (region, own, code), number in jobs.items():
        for each in (code, *naics.ancestors(code)):
            for owner in (own, "0"):
                key = (region, owner, each)
                at_least[key] = max(at_least.get(key, 0.0), number)
    keys: list[Key] = list(
        zip(table["place"], table["own_code"], table["industry_code"], strict=True)
    )
    off = [
        max(LEAST, begun / TOO_FEW) < at_least.get(key, 0.0)
        or begun > TOO_MANY * max(LEAST, jobs.get(key, np.inf))
        for key, begun in zip(keys, table["base_emplvl"].astype(float), strict=True)
    ]
    if any(off):
        yield (
            f"It begins with other jobs than the data have: {_cells_named(table[off])}; see "
            "whether it is in jobs, not thousands or percent, and of the same region."
        )
