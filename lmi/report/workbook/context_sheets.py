"""The sheets of a region's context: what is wanted first, a row a subject, and every number.

A region's residents, labor force and flows are hundreds of numbers, most of them of single
counties and past years: one sheet says them as a reader asks, the other has them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from lmi.assessment.context import REGION, Commuting, Flow, Level
from lmi.assessment.context_table import FLOWS
from lmi.report.profile import Profile
from lmi.report.sentences.context import SURVEY
from lmi.report.workbook.sheet import TableSheet
from lmi.words import listing

__all__ = ["context_sheets"]

LEVELS = {
    "population": "Residents, July 1", "labor_force": "Labor force",
    "employed": "Employed residents", "unemployed": "Unemployed residents",
    "unemployment_rate": "Unemployment rate, %",
}  # fmt: skip
COUNTED = {
    "commuting": "main jobs", "commuting_all_jobs": "all jobs", "commuting_survey": "survey",
}  # fmt: skip
BACK = 5  # years to the earlier number, or as many as there are
LARGEST = 10  # counties at the other end of flows
PRINTED = 50  # rows of every number, which is a page
COLUMNS = [
    "what", "place", "county", "year", "value", "margin_of_error", "year0", "value0", "limits",
    "area_fips",
]  # fmt: skip


def context_sheets(profile: Profile) -> Iterator[TableSheet]:
    """Yield the sheet of what is wanted first, then that of every number, the newest first."""
    rows = [*_levels(profile), *_flows(profile)]
    first = pd.DataFrame(rows, columns=COLUMNS)
    numbers = ["year", "value", "margin_of_error", "year0", "value0"]
    yield TableSheet(
        "Context", first.astype(dict.fromkeys(numbers, float)),
        "Residents, labor force and commuting: the newest year and an earlier one",
    )  # fmt: skip
    every = profile.setting.rows.drop(columns="region")
    is_flow = every["table"].isin(FLOWS)
    levels = every[~is_flow].sort_values("year", ascending=False, kind="stable")
    yield TableSheet(
        "Context by year", pd.concat([levels, every[is_flow]], ignore_index=True),
        "Every year of the same, and every county at the other end of a flow",
        printed_rows=PRINTED,
    )  # fmt: skip


def _levels(profile: Profile) -> Iterator[dict[str, Any]]:
    """Say a measure of the region, and of its state and nation in the same year."""
    context = profile.setting
    for measure, what in LEVELS.items():
        level = context.newest(measure)
        if level is None:
            continue
        told = {"what": what, "place": "Region", "year": level.year, "value": level.value}
        yield told | _earlier(profile, measure, REGION, level) | _of_some(profile, level)
        for place, name in (("state", profile.state_name), ("nation", "Nation")):
            value = context.path(measure, place).get(level.year)
            if value is not None:
                told = {"what": what, "place": name, "year": level.year, "value": value}
                yield told | _earlier(profile, measure, place, level)


def _of_some(profile: Profile, level: Level) -> dict[str, str]:
    if level.is_whole:
        return {}
    lacking = listing([profile.county_name(area) for area in level.lacking])
    return {"limits": f"Without {lacking}: no total of the region."}


def _earlier(profile: Profile, measure: str, place: str, level: Level) -> dict[str, Any]:
    """Return the number of some years before, where it is of the same counties."""
    spans = [c for c in profile.setting.changes(measure, place) if c.year - c.year0 <= BACK]
    if not spans or spans[-1].year != level.year:
        return {}
    year0 = spans[-1].year0
    return {"year0": year0, "value0": profile.setting.path(measure, place)[year0]}


def _flows(profile: Profile) -> Iterator[dict[str, Any]]:
    """Say who works in the region and who lives there, and the counties at the other end."""
    for found in profile.setting.commuting:
        for at, (what, flow) in enumerate(_told(found)):
            row: dict[str, Any] = {
                "what": f"{what} ({COUNTED[found.table]})", "place": "Region", "year": found.year,
                "value": flow.value,
            }  # fmt: skip
            if found.table == SURVEY:
                row["margin_of_error"] = flow.margin
            if flow.area_fips:
                row |= {
                    "area_fips": flow.area_fips, "county": profile.county_name(flow.area_fips)
                }  # fmt: skip
            yield row if at else row | {"limits": found.limits}


def _told(found: Commuting) -> Iterator[tuple[str, Flow]]:
    yield "Work here", found.works
    yield "Work here and live here", found.stay
    yield "Work here, live elsewhere", found.comes_in
    yield from (("Come in from", flow) for flow in found.origins[:LARGEST])
    yield "Live here and work", found.lives
    yield "Live here, work elsewhere", found.goes_out
    yield from (("Go out to", flow) for flow in found.destinations[:LARGEST])
