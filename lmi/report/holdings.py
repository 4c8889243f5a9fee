"""What is in the store for a state, one function a section: what the first notebook calls."""

from __future__ import annotations

from pathlib import Path

from lmi.assessment.holdings import Holdings, read_holdings
from lmi.assessment.opening import open_state
from lmi.report import boilerplate
from lmi.report.display import Exhibit, PageTable, Part, Prose, bullets, sentence, title_block
from lmi.report.figures import holdings as figures
from lmi.report.sentences import holdings as sentences
from lmi.report.sentences import withheld as hidden
from lmi.report.sentences.gaps import gaps, no_gaps
from lmi.report.sentences.holdings import verdict
from lmi.report.tables import holdings as tables

__all__ = [
    "breaks", "files", "load", "others", "periods", "profiles", "title", "withheld",
    "withheld_counties", "withheld_sectors",
]  # fmt: skip

METHOD = (
    "What the files that were taken in say of jobs and wages by county, and what they leave open. "
    "No number here is estimated."
)
NOTHING = "Nothing to show: the store has no jobs of the state."


def load(state: str, year: int | None = None, store: str | Path = "") -> Holdings:
    """Read what a store holds for a state.

    Parameters
    ----------
    state : str
        Name of the state's folder in ``regions/``.
    year : int, optional
        The one to look at closely; the newest whole one where not given or not there.
    store : path-like, optional
        Where the store is, unless at its usual place.

    Returns
    -------
    Holdings
        Files, periods, gaps, shares withheld, breaks, and years that can be profiled; all empty
        where the store lacks the state.

    Raises
    ------
    ConfigError
        There is no such state.

    Examples
    --------
    >>> import tempfile
    >>> held = load("oregon", 2023, tempfile.mkdtemp())
    >>> held.is_empty, title(held).text.splitlines()[1]
    (True, 'What is in the store')
    """
    return read_holdings(open_state(state, store=Path(store) if store else None), year or None)


def title(held: Holdings) -> Prose:
    """Name the state, and say whether profiles may be made."""
    return title_block(
        f"Data · {held.state.name}", "What is in the store", verdict(held),
        made_up=boilerplate.ILLUSTRATIVE if held.state.illustrative else "", method=METHOD,
    )  # fmt: skip


def files(held: Holdings) -> Exhibit:
    """List what was taken in, and what gave way to later files."""
    said = sentence(sentences.files(held))
    return Exhibit((said,) if held.files.empty else (tables.files_table(held), said))


def periods(held: Holdings) -> Exhibit:
    """Draw which periods are there, and name the gaps."""
    if held.periods.empty:
        return Exhibit((sentence(NOTHING),))
    told = gaps(held) or [no_gaps(held)]
    return Exhibit((figures.periods_figure(held), bullets(told, "remarks")))


def withheld(held: Holdings) -> Exhibit:
    """Show how much is withheld, by level of industry and by year."""
    if held.is_empty:
        return Exhibit((sentence(NOTHING),))
    parts: list[Part] = [
        figures.levels_figure(held), sentence(hidden.withheld_levels(held)),
    ]  # fmt: skip
    if held.withheld["period"].nunique() > 1:
        parts.append(tables.withheld_table(held))
    return Exhibit(tuple(parts))


def withheld_counties(held: Holdings) -> Exhibit:
    """Show where most is withheld."""
    if held.counties.empty:
        return Exhibit((sentence(NOTHING),))
    return Exhibit((figures.counties_figure(held), sentence(hidden.withheld_counties(held))))


def withheld_sectors(held: Holdings) -> Exhibit:
    """Show which sectors are withheld most often."""
    if held.sectors.empty:
        return Exhibit((sentence(NOTHING),))
    said = sentence(hidden.withheld_sectors(held))
    return Exhibit(
        (figures.sectors_figure(held), said) if held.sectors["withheld"].any() else (said,)
    )


def breaks(held: Holdings) -> Exhibit:
    """List what cannot be compared over the years."""
    said = sentence(sentences.breaks(held))
    return Exhibit((said,) if held.breaks.empty else (tables.breaks_table(held), said))


def others(held: Holdings) -> PageTable:
    """List the tables beside jobs and wages."""
    return tables.others_table(held)


def profiles(held: Holdings) -> Exhibit:
    """Say which years can be profiled, and what a profile would lack."""
    if held.profiles.empty:
        return Exhibit((sentence(verdict(held)),))
    told = sentences.lacks(held)
    parts: list[Part] = [tables.profiles_table(held)]
    if told:
        parts += [sentence(f"A profile of {held.period}:"), bullets(told, "remarks")]
    return Exhibit(tuple(parts))
