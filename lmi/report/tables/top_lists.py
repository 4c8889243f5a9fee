"""Industries of three and four digits that stand out: the largest, the best paid, and so on."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.report.display import PageColumn, PageTable, words_column
from lmi.report.profile import Profile
from lmi.report.tables.jobs_and_growth import change_head
from lmi.schema.measures import MEASURES
from lmi.words import Row
from lmi.words.how_sure import JOBS, PAY
from lmi.words.intervals import MARK_NOTE, gained, moved

__all__ = ["LISTED", "TOP_COLUMNS", "top_lists", "top_lists_table"]

PRIVATE = "5"
LISTED, FEWEST_JOBS = 15, 50
ON_PAGE, PAGE_LEVEL = 5, "4-digit"
LISTS = (
    ("largest", JOBS, False),
    ("most concentrated", "lq", False),
    ("gained the most", "emplvl_chg", False),
    ("lost the most", "emplvl_chg", True),
    ("best paid", PAY, False),
)
LISTED_LEVELS = ("3-digit", PAGE_LEVEL)
TOP_COLUMNS = (
    "list", "industry_level", "place_in_list", "industry_code", "industry_title",
    "annual_avg_estabs",
    *(f"{m}{end}" for m in (JOBS, "lq", "emplvl_chg", "emplvl_pct_chg", PAY)
      for end in ("", "_lo", "_hi")),
)  # fmt: skip
"""What a file of them has."""


def top_lists(industries: pd.DataFrame) -> pd.DataFrame:
    """List private industries that have a number, not a range alone, by what stands out.

    Parameters
    ----------
    industries : DataFrame
        A region's, with what is too uncertain for a number left blank.

    Returns
    -------
    DataFrame
        At most `LISTED` a ``list`` and ``industry_level``, with ``place_in_list``.
    """
    known = industries[
        industries["industry_level"].isin(LISTED_LEVELS) & (industries["own_code"] == PRIVATE)
    ]
    jobs = known[JOBS]
    lists = []
    for name, measure, is_lowest in LISTS:
        rows = known[known[measure].notna() & ((jobs >= FEWEST_JOBS) | (measure != "lq"))]
        if measure == "emplvl_chg":
            rows = rows[rows[measure] < 0] if is_lowest else rows[rows[measure] > 0]
        for level in LISTED_LEVELS:
            at_level = rows[rows["industry_level"] == level]
            best = at_level.sort_values(
                [measure, "industry_code"], ascending=[is_lowest, True]
            ).head(LISTED)
            lists.append(best.assign(list=name, place_in_list=np.arange(1, len(best) + 1)))
    return pd.concat(lists, ignore_index=True)


def top_lists_table(profile: Profile, source: str) -> PageTable | None:
    """Lay out the first of each list, of four digits; none where nothing can be listed."""
    told = profile.industries.copy()
    for measure in (JOBS, "lq", "emplvl_chg", PAY):
        if f"{measure}_is_vague" in told:
            vague = told[f"{measure}_is_vague"].fillna(False).astype(bool)
            told.loc[vague, measure] = np.nan
    found = top_lists(told)
    shown = found[(found["industry_level"] == PAGE_LEVEL) & (found["place_in_list"] <= ON_PAGE)]
    if shown.empty:
        return None
    columns = [
        words_column("Industry", "industry_title"),
        words_column("NAICS", "industry_code"),
        PageColumn("Places of business", MEASURES["annual_avg_estabs"].cell),
        PageColumn("Jobs", MEASURES[JOBS].cell),
        PageColumn("Gained or lost", gained),
        PageColumn(change_head(profile), moved),
        PageColumn("Average pay", MEASURES[PAY].cell),
        PageColumn("LQ nation", MEASURES["lq"].cell),
    ]
    return PageTable(
        "top_lists",
        found[["region", *(name for name in TOP_COLUMNS if name in found)]],
        f"Private industries of four digits that stand out, {profile.year}",
        source,
        columns,
        (
            f"In the order of their numbers; where they are estimated, the order is too. Most "
            f"concentrated: of those with at least {FEWEST_JOBS} jobs. Those that have a range "
            f"alone are in no list. {MARK_NOTE}",
        ),
        shown,
        stack=True,
        group=_heading,
    )


def _heading(row: Row) -> str:
    return str(row["list"]).capitalize()
