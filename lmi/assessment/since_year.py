"""A sector since some year, beside its state: what a partnership is read against, no more."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from lmi import atomic
from lmi.analysis.year_cells import available_years
from lmi.assessment.basis import citation, pandemic_note, vintages_note
from lmi.assessment.opening import OpenedRegion
from lmi.config import Candidate
from lmi.errors import StoreError
from lmi.missing import Missing
from lmi.words import Row, is_known, records
from lmi.words.how_sure import JOBS

__all__ = ["SectorSince", "keep_sector", "kept_sector", "sector_since"]

KEPT = ".sector.json"


@dataclass(frozen=True)
class SectorSince:
    """A sector of a region in a year, and how it changed since another.

    Parameters
    ----------
    year : int
        Of the levels.
    since : int
        The year asked for.
    base_year : int or None
        The year that change is measured from: that one, or the last before it of which something
        is known; None where there is none, or where it is no earlier than the levels.
    row : mapping
        Its measures, as a profile's table of candidates has them.
    source : str
        Citation, with vintages and what is to be known of the years.
    """

    year: int
    since: int
    base_year: int | None
    row: Row
    source: str

    @property
    def state_pct_chg(self) -> float | None:
        """Percent that its industries would have changed at their pace in the state.

        That is the state's share of the shift-share against the state: what all jobs did there,
        and what these industries did beyond or below that. None where it is not known, or would
        tell of one or two employers.
        """
        jobs, change = self.row.get(JOBS), self.row.get("emplvl_chg")
        parts = [self.row.get(f"{name}_state") for name in ("national_growth", "industry_mix")]
        if not all(is_known(value) for value in (jobs, change, *parts)):
            return None
        before = float(jobs or 0) - float(change or 0)
        return 100 * sum(float(part or 0) for part in parts) / before if before > 0 else None


def sector_since(opened: OpenedRegion, candidate: Candidate, since: int) -> SectorSince | Missing:
    """Measure a sector as it is defined, since a year.

    Parameters
    ----------
    candidate : Candidate
        The state's or another; it is measured as the bench measures one that is tried.
    since : int
        Year that change is measured from; the nearest before it where the store lacks it.

    Returns
    -------
    SectorSince or Missing
        Missing, in words, where the store has nothing of the region.
    """
    try:
        known = available_years(opened.store, opened.state)
        now = max(known)
        base = max((y for y in known if y <= since and y < now), default=None)
        live = opened.live(now, base)
        measured = live.measure(opened.region, [candidate])
    except StoreError as error:
        return Missing(
            f"numbers of {candidate.name} in {opened.region.name}",
            str(error).rstrip("."),
            f"run `lmi fetch {opened.state.slug}`",
        )
    rows = records(measured.table)
    if not rows:
        return Missing(
            f"numbers of {candidate.name} in {opened.region.name}",
            f"the store lacks a county of the region in {now}",
            f"run `lmi fetch {opened.state.slug}`",
        )
    first = live.base_year
    is_known_base = first is not None and first <= since < now
    state = opened.state
    told = [
        citation(f"{now} annual average", state.illustrative, state.staff),
        vintages_note([now, *([first] if first and is_known_base else [])]),
        pandemic_note([first] if first and is_known_base else [], now),
    ]
    source = " ".join(filter(None, told))
    return SectorSince(now, since, first if is_known_base else None, rows[0], source)


def keep_sector(found: SectorSince | Missing, folder: Path) -> Path:
    """Write what was measured where a notebook finds it, to the last digit; return the file."""
    told = {type(found).__name__: {**asdict(found)}}
    atomic.write_text(folder / KEPT, json.dumps(told, default=_plain))
    return folder / KEPT


def kept_sector(folder: Path) -> SectorSince | Missing | None:
    """Return what `keep_sector` wrote; None where it did not."""
    if not (folder / KEPT).is_file():
        return None
    [(kind, told)] = json.loads((folder / KEPT).read_text(encoding="utf-8")).items()
    return Missing(**told) if kind == Missing.__name__ else SectorSince(**told)


def _plain(value: Any) -> object:
    """Return numpy's numbers as Python's own."""
    return value.item()
