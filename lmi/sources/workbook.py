"""The first sheet of an Excel workbook."""

from __future__ import annotations

import datetime as dt

from python_calamine import CalamineError, CalamineWorkbook

from lmi.sources.archive import Member

__all__ = ["Cell", "sheet"]

Cell = int | float | str | bool | dt.time | dt.date | dt.datetime | dt.timedelta
MAX_BYTES = 1 << 28  # a sheet stands in memory whole; an agency's workbook unpacks to megabytes


def sheet(member: Member) -> list[list[Cell]]:
    """Return the rows of a workbook's first sheet, from the first that is filled.

    An empty cell is an empty text. A workbook that is damaged, locked with a password or too large
    has no rows, so that no reader takes it for its own.
    """
    if member.size > MAX_BYTES:
        return []
    try:
        return CalamineWorkbook.from_path(member.path).get_sheet_by_index(0).to_python()
    except CalamineError:
        return []
