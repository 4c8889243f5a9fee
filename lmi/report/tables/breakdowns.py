"""A region by county, by owner, and by the season."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd

from lmi import codes, words
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.report.profile import Profile
from lmi.report.tables.jobs_and_growth import change_head
from lmi.schema.measures import MEASURES
from lmi.words import Row, records
from lmi.words.claims import may_be_first, or_
from lmi.words.how_sure import JOBS, PAY, is_measured
from lmi.words.intervals import FEW_NOTE, MARK_NOTE, moved

__all__ = ["counties_table", "seasons_table"]

PUBLISHED = 0.9
"""From this share of its jobs that the agency prints by month on, a sector's season is told."""
SWINGING = 6
QUARTERS = ("1", "2", "3", "4")


def counties_table(profile: Profile, source: str) -> PageTable | None:
    """List the counties, the largest first, each with its largest sector; none for one county."""
    table = profile.county_jobs
    whole = table[table["kind"] == "total"]
    if len(whole) < 2:
        return None
    names = profile.county_names
    sectors = table[table["kind"] == "sector"]
    largest = {str(area): _largest(rows) for area, rows in sectors.groupby("area_fips")}
    private = table[(table["kind"] == "ownership") & (table["key"] == "5")].set_index("area_fips")
    frame = whole.assign(
        county=[names.get(area) or codes.county_name(area) for area in whole["area_fips"]],
        largest_sector=[largest.get(area, words.MISSING) for area in whole["area_fips"]],
        government_share=1 - private[JOBS].reindex(whole["area_fips"]).to_numpy() / whole[JOBS],
        of_private=private["emplvl_estimated_share"].reindex(whole["area_fips"]).to_numpy(),
    ).sort_values([JOBS, "county"], ascending=[False, True], ignore_index=True)
    columns = [
        words_column("County", "county"),
        PageColumn("Jobs", MEASURES[JOBS].cell),
        PageColumn("Places of business", MEASURES["annual_avg_estabs"].cell),
        PageColumn("Average pay", MEASURES[PAY].cell),
        PageColumn(change_head(profile), moved),
        PageColumn("At government", _at_government),
        words_column("Largest private sector", "largest_sector"),
    ]
    kept = [
        "region", "area_fips", "county", "annual_avg_estabs", JOBS, PAY, "emplvl_chg",
        "emplvl_pct_chg", "government_share", "largest_sector",
    ]  # fmt: skip
    return PageTable(
        "counties",
        frame[[name for name in kept if name in frame]],
        f"Counties of {profile.name}, {profile.year}",
        source,
        columns,
        (f"{MARK_NOTE} {FEW_NOTE}",),
        frame,
        stack=True,
    )


def _at_government(row: Row) -> str:
    return words.marked(words.share(row["government_share"]), row["of_private"])


def _largest(rows: pd.DataFrame) -> str:
    """Name the sector of private employers with the most jobs, or those of which it is one."""
    known = [row for row in records(rows) if is_measured(row, JOBS)]
    if not known:
        return words.MISSING
    return or_([str(row["name"]) for row in may_be_first(known, JOBS)], 2)


def seasons_table(profile: Profile, source: str) -> PageTable | None:
    """Set the quarters side by side: all jobs, and the sectors that swing the most over the year.

    Of a sector, only where the agency prints nearly all of its jobs by month.
    """
    table = profile.quarters
    own = table[(table["place"] == "region") & table["seasonal_index"].notna()]
    own = own[own["emplvl_published_share"] >= PUBLISHED]
    if own.empty:
        return None
    wide = own.pivot_table(
        index=["kind", "key", "name"], columns="qtr", values="seasonal_index", aggfunc="first"
    ).reset_index()
    swing = own.groupby(["kind", "key"])["emplvl_swing_pct"].first().rename("swing").reset_index()
    wide = wide.merge(swing, on=["kind", "key"]).dropna()
    if not set(QUARTERS) <= set(map(str, wide.columns)) or wide.empty:
        return None
    wide.columns = wide.columns.map(str)
    total = wide[wide["kind"] == "total"]
    by_sector = wide[wide["kind"] == "candidate"].nlargest(SWINGING, "swing")
    frame = pd.concat([total, by_sector], ignore_index=True)
    columns = [
        words_column("Sector", "name"),
        *(PageColumn(f"Quarter {number}", _index(number)) for number in QUARTERS),
        PageColumn("Most over least month", lambda row: f"+{words.pct(row['swing'])}"),
    ]
    return PageTable(
        "seasons",
        frame.assign(region=profile.region.key),
        f"Jobs over the year {profile.year}, and the sectors that swing the most",
        source,
        columns,
        ("100 is the mean of the year's quarters. By months that the agency publishes.",),
        stack=True,
    )


def _index(number: str) -> Callable[[Row], str]:
    def write(row: Row) -> str:
        value: Any = row[number]
        return words.whole(100 * float(value))

    return write
