"""The sheets of counties and of quarters, of a region's workbook and of a state's."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from lmi import codes
from lmi.report.workbook.flags import FLAGS, NOT_PUBLISHED, flagged, named_columns
from lmi.report.workbook.sheet import TableSheet

__all__ = ["counties_sheet", "quarters_sheet"]


def counties_sheet(rows: pd.DataFrame, names: Mapping[str, str]) -> TableSheet:
    """Lay out the counties of a region, or of all, as the state's table has them.

    Parameters
    ----------
    names : mapping of str to str
        What counties are called, where a map says so.
    """
    frame = rows.copy()
    called = [names.get(area) or codes.county_name(area) for area in frame["area_fips"]]
    frame.insert(list(frame.columns).index("area_fips") + 1, "county", called)
    about = "Counties: all jobs, by owner, by sector of private employers, by candidate"
    return TableSheet("Counties", flagged(frame), about)


def quarters_sheet(rows: pd.DataFrame) -> TableSheet:
    """Lay out the quarters of a region or of all, and of their states."""
    frame = rows.copy()
    is_told = frame["seasonal_index"].notna()
    flag = pd.Series("", index=frame.index).where(is_told, NOT_PUBLISHED)
    frame.insert(named_columns(frame), FLAGS, flag)
    about = "Months of the year, as far as the agency publishes them, and how they swing"
    return TableSheet("Quarters", frame, about)
