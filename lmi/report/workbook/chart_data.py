"""The numbers behind the charts of a workbook's first page, a block a chart."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.report.profile import Profile
from lmi.report.workbook.sheet import TableSheet

__all__ = ["CHART_DATA", "CHARTED", "JOBS", "JOBS_CHART", "SEASON_CHART", "chart_data", "told"]

CHART_DATA = "Chart data"
JOBS, PAY, CHANGE, LQ = "annual_avg_emplvl", "avg_annual_pay", "emplvl_pct_chg", "lq"
JOBS_CHART, SEASON_CHART = "Jobs", "Jobs by month"
CHARTED = {"Change in jobs": CHANGE, "Pay": PAY, "Concentration": LQ}
"""Chart to the measure that it draws, besides those of jobs."""
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
COLUMNS = [
    "chart", "label", "published", "estimated", "start", "range", "value", "minus", "plus",
    "compared",
]  # fmt: skip


def told(frame: pd.DataFrame, measure: str) -> pd.Series:
    """Return a measure where it is told as a number, missing where a range alone is told."""
    number = frame[measure].astype(float)
    vague = frame.get(f"{measure}_is_vague", pd.Series(False, index=frame.index))
    return number.mask(vague.fillna(False).astype(bool))


def chart_data(profile: Profile) -> TableSheet:
    """Return the numbers of every chart; a chart without numbers has no rows."""
    frame = profile.best_first
    frame = frame[frame[JOBS] != 0]
    parts = [_jobs(frame), *(_measured(frame, *of) for of in CHARTED.items()), _season(profile)]
    rows = pd.concat([p for p in parts if len(p)], ignore_index=True)
    return TableSheet(CHART_DATA, rows.reindex(columns=COLUMNS), "What the charts are drawn of")


def _jobs(frame: pd.DataFrame) -> pd.DataFrame:
    """Return jobs as bars: published, estimated, and, where a range alone is told, that range."""
    number, known = told(frame, JOBS), frame[f"{JOBS}_published"].fillna(0.0)
    lo, hi = (frame.get(f"{JOBS}{end}", number).astype(float) for end in ("_lo", "_hi"))
    is_told = number.notna()
    known = known.where(is_told, np.fmin(known, lo))
    rows = pd.DataFrame(
        {
            "chart": JOBS_CHART, "label": frame["candidate_name"], "published": known,
            "estimated": (number - known).where(is_told),
            "start": (lo - known).mask(is_told), "range": (hi - lo).mask(is_told),
            "minus": (number - lo).where(is_told), "plus": (hi - number).where(is_told),
        }
    )  # fmt: skip
    order = number.fillna((lo + hi) / 2)
    return rows.loc[order.dropna().sort_values(ascending=False, kind="stable").index]


def _measured(frame: pd.DataFrame, chart: str, measure: str) -> pd.DataFrame:
    """Return a measure of those for which it is told as a number, with its range, ordered."""
    number = told(frame, measure)
    lo, hi = (frame.get(f"{measure}{end}", number).astype(float) for end in ("_lo", "_hi"))
    rows = pd.DataFrame(
        {
            "chart": chart, "label": frame["candidate_name"], "value": number,
            "minus": number - lo, "plus": hi - number,
        }
    )  # fmt: skip
    return rows.loc[number.dropna().sort_values(ascending=False, kind="stable").index]


def _season(profile: Profile) -> pd.DataFrame:
    """Return all jobs by month, the year's average as 100, in the region and in its states."""
    whole = profile.quarters[profile.quarters["kind"] == "total"]
    by = {place: _months(rows) for place, rows in whole.groupby("place")}
    if "region" not in by:
        return pd.DataFrame()
    rows = pd.DataFrame({"chart": SEASON_CHART, "label": list(MONTHS), "value": by["region"]})
    return rows.assign(compared=by["state"]) if "state" in by else rows


def _months(quarters: pd.DataFrame) -> np.ndarray:
    ordered = quarters.sort_values("qtr")
    jobs = ordered[[f"month{n}_emplvl_published" for n in (1, 2, 3)]].to_numpy(float).ravel()
    return np.asarray(100 * jobs / jobs.mean())
