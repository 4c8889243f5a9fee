"""The first page's table: the sectors that lead, and those that are set aside."""

from __future__ import annotations

from functools import partial

import pandas as pd

from lmi import words
from lmi.assessment.apart import LEVELS, group_of
from lmi.assessment.outlooks import is_open, jobs_cell
from lmi.assessment.region import Assessment
from lmi.report.display import PageColumn, PageTable
from lmi.report.tables.jobs_and_growth import change_head
from lmi.report.tables.ranking import engaged, place_and_name
from lmi.schema.measures import LATEST, MEASURES
from lmi.words import Row, records
from lmi.words.how_sure import (
    JOBS,
    PAY,
    as_range,
    estimated_ends,
    is_measured,
    mostly_estimated,
)
from lmi.words.intervals import MARK_NOTE, moved

__all__ = ["LEADERS", "leaders", "leaders_table", "no_outlook"]

LEADERS = 6
"""So many of the ranked stand on the first page, and those that are level with the last."""
ALL, SOME, FEW = "\N{BLACK CIRCLE}", "\N{CIRCLE WITH LEFT HALF BLACK}", "\N{WHITE CIRCLE}"
LATEST_YEAR = LATEST[1]
EXPECTED = "projected_emplvl_chg"


def leaders(found: Assessment) -> pd.DataFrame:
    """Choose the first of the ranked, with those that are level with the last of them."""
    return found.ranked[found.ranked["rank"] <= LEADERS]


def _on_first_page(found: Assessment) -> pd.DataFrame:
    """Return those that lead, then those that are set aside, the absent left out."""
    ordered = found.best_first
    aside = ordered[ordered["rank"].isna() & ~ordered["stands_with"].isin(["", *LEVELS])]
    shown = pd.concat([leaders(found), aside], ignore_index=True)
    return shown[shown[JOBS] != 0]


def leaders_table(found: Assessment) -> PageTable:
    """Set the sectors that lead beside those that are set aside, each with what a room asks."""
    shown = _on_first_page(found)
    is_apart = bool(shown["rank"].isna().any())
    columns = [
        PageColumn("Sector", place_and_name, numeric=False),
        PageColumn("Jobs", lambda row: _beside(row, JOBS, "emplvl_share")),
        PageColumn("Places of business", MEASURES["annual_avg_estabs"].cell),
        PageColumn("Jobs per place", MEASURES["emplvl_per_estab"].cell),
        PageColumn("Pay (÷ region)", lambda row: _beside(row, PAY, "pay_ratio")),
        *_changes(found, shown),
        *_to_come(shown),
        *(
            [PageColumn("LQ", MEASURES["lq"].cell)]
            if any(is_measured(row, "lq") for row in records(shown))
            else []
        ),
        PageColumn("Published", _published, numeric=False),
    ]
    if "engagement_organisations" in shown and (shown["engagement_organisations"] > 0).any():
        columns.append(PageColumn("Work with it", engaged, numeric=False))
    is_open = any(_published(row)[:1].isdigit() for row in records(shown))
    unmarked = "; no mark where a range leaves that open" if is_open else ""
    return PageTable(
        "leaders",
        shown,
        f"The sectors that lead{', and those set aside' if is_apart else ''}, {found.year}",
        "",
        columns,
        (
            f"Published: {ALL} all of its jobs, {SOME} more than half, {FEW} less{unmarked}. LQ: "
            f"location quotient, 2 is twice the nation's share of jobs. {MARK_NOTE}",
        ),
        stack=True,
        group=partial(_group, found),
    )


def _group(found: Assessment, row: Row) -> str:
    """Name the reason that sets a row aside, and what to ask of those under it."""
    name, ask = group_of(found.asked.set_aside, str(row["stands_with"]))
    return f"Set aside: {words.lowered(name)}. {ask}" if name else ""


def _to_come(shown: pd.DataFrame) -> list[PageColumn]:
    """Jobs to come, with the year in the head where that is the same for all.

    Where they may be a gain or a loss, that is said: the range is on the next page.
    """
    if not any(_has_a_side(row) for row in records(shown)):
        return []
    told = shown.loc[shown[EXPECTED].notna(), "projection_horizon"]
    years = {str(horizon).rpartition("-")[2] for horizon in told}
    if len(years) > 1:
        return [PageColumn("Jobs to come", _come)]
    by = f" by {years.pop()}"
    return [PageColumn(f"Jobs to come{by}", lambda row: _come(row).removesuffix(by))]


def _come(row: Row) -> str:
    is_either = words.is_known(row.get(EXPECTED)) and is_open(row)
    return "gain or loss" if is_either else jobs_cell(row)


def _changes(found: Assessment, shown: pd.DataFrame) -> list[PageColumn]:
    """The change over the latest year, where growth is measured from another, and from that."""
    whole = PageColumn(change_head(found), moved)
    if (
        found.base_year is None
        or found.base_year == found.year - 1
        or not _known(shown, LATEST_YEAR)
    ):
        return [whole]
    return [PageColumn("In a year", _latest), whole]


def _known(shown: pd.DataFrame, measure: str) -> bool:
    return measure in shown and bool(shown[measure].notna().any())


def _latest(row: Row) -> str:
    return moved(row, LATEST_YEAR)


def _beside(row: Row, measure: str, other: str) -> str:
    """Write a measure, and in brackets what it is to the region's where that has a number."""
    own = MEASURES[measure].cell(row)
    if as_range(row, other) or not is_measured(row, other):
        return own
    return f"{own} ({MEASURES[other].write(row[other])})"


def _has_a_side(row: Row) -> bool:
    """Whether what is expected of it tells a gain from a loss."""
    return words.is_known(row.get(EXPECTED)) and not is_open(row)


def no_outlook(found: Assessment) -> str:
    """Say that what is expected tells no gain from a loss, where a column would say only that."""
    shown = _on_first_page(found)
    if not _known(shown, EXPECTED) or any(_has_a_side(row) for row in records(shown)):
        return ""
    return "Projections leave open whether any of these will gain or lose jobs."


def _published(row: Row) -> str:
    """Mark how much of a sector's jobs is published, with the share, or what it is at least."""
    ends = estimated_ends(row)
    if ends is None:
        return words.MISSING
    least, most = ends
    if least < most or (as_range(row, JOBS) and most < 1):
        mark = SOME if not mostly_estimated(most) else FEW if mostly_estimated(least) else ""
        return f"{mark} {words.whole_share(1 - most)} or more".strip()
    if not words.estimated(most):
        return f"{ALL} all"
    if not words.estimated(1 - most):
        return f"{FEW} none"
    return f"{FEW if mostly_estimated(most) else SOME} {words.whole_share(1 - most)}"
