"""The analyst's bench, opened on a region or where a workshop left it."""

from __future__ import annotations

from pathlib import Path

from lmi import bench
from lmi.workshop.resume import open_session

__all__ = ["open_bench"]


def open_bench(
    region: str, session: str | Path = "", year: int | None = None, base_year: int | None = None
) -> bench.Page:
    """Open the bench on a region, or on a workshop's session.

    Parameters
    ----------
    region : str
        ``STATE/REGION``, or ``REGION`` where only one state has it.
    session : path-like, optional
        A workshop's session file: its region, years, definitions, footprint and mean weights are
        taken in place of those of the files, and what the room changed is told as unsaved.
    year, base_year : int, optional
        As for `lmi.bench.open_bench`.

    Raises
    ------
    SessionError
        The session's file is absent, damaged, no session, or of another release.
    LmiError
        There is no such region, or the store lacks its data.
    """
    if not session:
        return bench.open_bench(region, year=year, base_year=base_year)
    left = open_session(session)
    name = f"{left.room.charter.state}/{left.region.key}"
    page = bench.open_bench(name, year=left.year, base_year=left.base_year)
    page.model.take_over(left.candidates, left.region.counties, left.mean_weights)
    return page
