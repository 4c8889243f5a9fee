"""The analyst's bench, opened on a region or where a workshop left it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lmi import bench, locations
from lmi.errors import ConfigError
from lmi.words import listing
from lmi.workshop.resume import begin_session, open_session
from lmi.workshop.session_files import free_path

__all__ = ["begin_workshop", "open_bench"]


def open_bench(
    region: str,
    session: str | Path = "",
    year: int | None = None,
    base_year: int | None = None,
    **words: Any,
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
        As for `lmi.bench.open_bench`; 0 is not given.
    **words
        As for `lmi.bench.open_bench`; a session has its own.

    Raises
    ------
    SessionError
        The session's file is absent, damaged, no session, or of another release.
    LmiError
        There is no such region, or the store lacks its data.
    """
    if not session:
        page = bench.open_bench(region, year=year or None, base_year=base_year or None, **words)
        page.begin_workshop = begin_workshop
        return page
    if words:
        raise ConfigError(
            f"{listing(words)} cannot be laid over a session, which has its own; leave them out, "
            "or the session."
        )
    left = open_session(session)
    name = f"{left.room.charter.state}/{left.region.key}"
    page = bench.open_bench(name, year=left.year, base_year=left.base_year)
    page.model.take_over(left.candidates, left.region.counties, left.mean_weights)
    page.begin_workshop = begin_workshop
    return page


def begin_workshop(page: bench.Page, path: Path | None = None) -> str:
    """Begin a workshop's session with what a bench has: definitions, footprint, weights, years.

    Parameters
    ----------
    path : pathlib.Path, optional
        The session's file; a new one below the outputs unless told.

    Returns
    -------
    str
        Where it is, how it is opened, and what a workshop does not do as the bench does.

    Raises
    ------
    LmiError
        The file exists or cannot be written.
    """
    model = page.model
    target = path or free_path(locations.outputs_dir(), model.region.id)
    session, _ = begin_session(
        target, model.live(), model.region,
        candidates=model.variant.counted, weights=model.now.weights,
    )  # fmt: skip
    session.close()
    said = f"`lmi workshop --resume {target}` opens a room with what is decided here."
    if model.settings.reference == "rest":
        said += " A workshop compares with the whole state, so places by that can differ."
    return said
