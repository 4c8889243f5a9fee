"""Add parts up: industries to their parent, ownerships to their total, counties to the state."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.codes import counties_of, ownership_parts, parse_area
from lmi.measures.arithmetic import BoolArray, FloatArray, floats
from lmi.missing import Missing
from lmi.naics import TOTAL
from lmi.suppression.cell_hierarchy import IntArray, build_hierarchy, in_scope, sum_parts
from lmi.verify.tally import CheckResult, Frequency, Tally, missing, reference_rows

__all__ = ["additive_columns", "check_counties", "check_levels", "check_ownerships"]

ADDITIVE = (
    *("annual_avg_estabs", "annual_avg_emplvl", "total_annual_wages"),
    *("taxable_annual_wages", "annual_contributions"),
    *("qtrly_estabs", "month1_emplvl", "month2_emplvl", "month3_emplvl"),
    *("total_qtrly_wages", "taxable_qtrly_wages", "qtrly_contributions"),
)
ABSENT = "Parts of the industry are not in the data: establishments and jobs both fall short."


def additive_columns(rows: pd.DataFrame) -> list[str]:
    """List the columns that add up over areas, ownerships and industries.

    Returns
    -------
    list of str
        Establishments first.
    """
    return [c for c in ADDITIVE if c in rows.columns]


def _rounding(column: str, parts: FloatArray) -> FloatArray:
    """Greatest difference between a rounded total and the sum of its rounded parts."""
    return (0.5 if column.startswith("annual_avg_") else 0.0) * (parts + 1)


def _compare(tally: Tally, rows: pd.DataFrame, above: IntArray, absent: BoolArray) -> None:
    """Compare every row with the sum of its parts where all of them are disclosed."""
    parts = sum_parts(above, np.ones(len(rows)))
    for column in additive_columns(rows):
        (own,) = floats(rows[column])
        hidden = sum_parts(above, np.isnan(own).astype(float)) > 0
        ours = np.where((parts > 0) & ~hidden, sum_parts(above, np.nan_to_num(own)), np.nan)
        tally.add(column, own, ours, _rounding(column, parts), absent & (ours < own), ABSENT)


def _lacking(rows: pd.DataFrame, above: IntArray) -> tuple[BoolArray, BoolArray]:
    """Tell rows whose parts hold too few establishments, and those that lack jobs as well."""
    columns = additive_columns(rows)
    estabs = next((c for c in columns if "estabs" in c), None)
    jobs = next((c for c in columns if "emplvl" in c), None)
    if estabs is None or jobs is None:
        return np.zeros(len(rows), dtype=bool), np.zeros(len(rows), dtype=bool)
    parts = sum_parts(above, np.ones(len(rows)))
    counted, worked = floats(rows[estabs], rows[jobs])
    few = (parts > 0) & (counted - sum_parts(above, counted) > _rounding(estabs, parts))
    few_jobs = worked - sum_parts(above, worked) > _rounding(jobs, parts)  # false where withheld
    return few, few & few_jobs


def _partial_areas(few: BoolArray, above: IntArray, area: IntArray) -> BoolArray:
    """Tell the rows of areas that hold only some industries: half of the families lack parts."""
    families = np.unique(above[above >= 0])
    size = int(area.max(initial=-1)) + 1
    all_ = np.bincount(area[families], minlength=size)
    lacking = np.bincount(area[families], few[families], size)
    return ((lacking >= 2) & (lacking >= all_ / 2))[area]


def check_levels(rows: pd.DataFrame, period: Frequency) -> CheckResult:
    """Check every industry against the industries directly below it.

    Notes
    -----
    Total = domains = supersectors = sectors = 3-digit … = 6-digit industries, by area and
    ownership, where the whole family is disclosed. Annual averages are rounded one by one, so a
    sum of n may differ by (n + 1) / 2. Areas of which only some industries were taken in are left
    out, since their families lack members.
    """
    name, text = f"levels add up, {period}", "industry = sum of the industries below it"
    take = in_scope(rows).to_numpy(dtype=bool) & (rows["own_code"] != "0").to_numpy(dtype=bool)
    if not take.any():
        return missing(name, text, Missing("rows", "none was given", "ingest QCEW files"))
    kept = rows[take]
    tree = build_hierarchy(kept)
    partial = _partial_areas(_lacking(kept, tree.parent)[0], tree.parent, tree.area)
    if partial.any():
        kept = kept[~partial]
        tree = build_hierarchy(kept)
    tally = Tally(name, text, kept)
    if partial.any():
        left_out = rows[take][partial & ~reference_rows(rows[take])]["area_fips"].nunique()
        tally.notes = [f"Left out: {left_out:,} areas of which only some industries are there."]
    _compare(tally, kept, tree.parent, _lacking(kept, tree.parent)[1])
    return tally.result()


def check_ownerships(rows: pd.DataFrame, period: Frequency) -> CheckResult:
    """Check totals over ownerships: all (0), all government (8), all but federal (9)."""
    name = f"ownerships add up, {period}"
    text = "total = federal + state + local + private; government, insured likewise"
    top = (rows["industry_code"] == TOTAL).to_numpy(dtype=bool)
    single = top & rows["own_code"].isin(["1", "2", "3", "5"]).to_numpy(dtype=bool)
    sums = top & rows["own_code"].isin(["0", "8", "9"]).to_numpy(dtype=bool)
    if not (single.any() and sums.any()):
        gap = Missing("totals over ownerships", "no row has them", "ingest whole by-area files")
        return missing(name, text, gap)
    totals, keys = rows[sums], ["area_fips", "year", "qtr"]
    tally = Tally(name, text, totals)
    at = pd.MultiIndex.from_frame(totals[keys])
    by_own = {own: part.set_index(keys) for own, part in rows[single].groupby("own_code")}
    includes = {
        str(own): totals["own_code"].map(lambda code, own=own: own in ownership_parts(code))
        & at.isin(part.index)  # an ownership that is not there has no jobs
        for own, part in by_own.items()
    }
    parts = sum(np.asarray(flag, dtype=float) for flag in includes.values())
    for column in additive_columns(rows):
        ours = np.zeros(len(totals))
        for code, part in by_own.items():
            (values,) = floats(part[column].reindex(at))
            ours += np.where(includes[str(code)], values, 0.0)
        (own,) = floats(totals[column])
        tally.add(column, own, ours, _rounding(column, np.asarray(parts)))
    return tally.result()


def check_counties(rows: pd.DataFrame, period: Frequency) -> CheckResult:
    """Check the state's cells against the sum of its counties.

    Notes
    -----
    Establishments of every cell; jobs and wages of cells that are disclosed in every county. The
    "unknown or undefined" county counts. Only states of which every county is there.
    """
    name, text = f"counties add up, {period}", "state = sum of its counties"
    take = in_scope(rows).to_numpy(dtype=bool)
    kept = rows[take]
    complete, gaps = _complete_states(kept)
    if not complete.any():
        why = "; ".join(gaps) or "no statewide rows with their counties are there"
        remedy = "ingest the statewide file and every county of the state"
        return missing(name, text, Missing("whole states", why, remedy))
    kept = kept[complete]
    tally = Tally(name, text, kept)
    tally.notes = [f"Left out: {gap}." for gap in gaps]
    _compare(tally, kept, build_hierarchy(kept).state, np.zeros(len(kept), dtype=bool))
    return tally.result()


def _complete_states(rows: pd.DataFrame) -> tuple[BoolArray, list[str]]:
    """Tell the rows of states and periods of which all counties are there."""
    kinds = {area: parse_area(area) for area in rows["area_fips"].unique()}
    state = rows["area_fips"].map({a: k.state_fips or "" for a, k in kinds.items()})
    take, gaps = np.zeros(len(rows), dtype=bool), set()
    groups = rows[["year", "qtr"]].assign(state=state.to_numpy(), at=np.arange(len(rows)))
    groups = groups[~reference_rows(rows) | ~rows["area_fips"].str.endswith("000")]
    for _, group in groups.groupby(["state", "year", "qtr"]):
        fips, year, at = group["state"].iloc[0], group["year"].iloc[0], group["at"].to_numpy()
        there = set(rows["area_fips"].iloc[at].unique())
        if not fips or f"{fips}000" not in there:
            continue
        counties = {a for a in there if kinds[a].kind == "county"}
        listed = set(counties_of(fips, int(year)))
        if counties and listed <= counties:
            take[at] = True
        elif counties:
            gaps.add(f"{len(counties)} of {len(listed)} counties of {fips}000 are there")
    return take, sorted(gaps)
