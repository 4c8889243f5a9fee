"""A partnership's scorecard: what its two reports are made of, put together once."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from pathlib import Path

from lmi.assessment.opening import open_region
from lmi.assessment.since_year import SectorSince, kept_sector, sector_since
from lmi.errors import ConfigError
from lmi.missing import Missing
from lmi.report.display import Exhibit, Part, Prose
from lmi.scorecard.catalogue import MetricDefinition
from lmi.scorecard.coverage import CoverageCell, find_coverage
from lmi.scorecard.definition import Partnership
from lmi.scorecard.files import find_partnership
from lmi.scorecard.method import Kind
from lmi.scorecard.phase import PhaseFinding, find_phase
from lmi.scorecard.readings import Readings, StageNote, read_readings, stage_notes

__all__ = ["Scorecard", "load_scorecard", "make_card", "measure_sector"]


@dataclass(frozen=True, eq=False)
class Scorecard:
    """What a partnership's reports are made of.

    Parameters
    ----------
    year : int
        The year of the report: the newest with a row, unless told; nothing later is in it.
    readings : Readings
        Up to that year.
    coverage : tuple of CoverageCell
        Categories of impact by stage.
    early : tuple of StageNote
        Values of a stage that is not reached.
    sector : SectorSince or Missing
        Its sector since the launch.
    out : Path, optional
        Where figures and tables are saved as they are made.
    """

    partnership: Partnership
    year: int
    readings: Readings
    phase: PhaseFinding
    coverage: tuple[CoverageCell, ...]
    early: tuple[StageNote, ...]
    sector: SectorSince | Missing
    out: Path | None = None

    @property
    def staff(self) -> bool:
        """Whether it is for staff, so that small numbers are told."""
        return self.partnership.state.staff

    @property
    def illustrative(self) -> bool:
        """Whether its state is made up."""
        return self.partnership.state.illustrative

    def metrics(self, kind: Kind) -> list[MetricDefinition]:
        """Return the metrics of a kind that it chose or counted, in the catalogue's order."""
        chosen = {metric.key for metric in self.partnership.chosen}
        return [
            metric
            for metric in self.partnership.catalogue.metrics.values()
            if metric.kind == kind and (metric.key in chosen or self.readings.series(metric.key))
        ]

    def exhibit(self, *parts: Part | None) -> Exhibit:
        """Show one after the other what is there, figures and tables saved before."""
        there = tuple(part for part in parts if part is not None)
        for part in there:
            if self.out is not None and not isinstance(part, Prose):
                part.save(self.out)
        return Exhibit(there)


def load_scorecard(
    partnership: str, year: int = 0, store: str | Path = "", out: str | Path = ""
) -> Scorecard:
    """Read a partnership and measure its sector.

    Parameters
    ----------
    partnership : str
        ``STATE/NAME``, or ``NAME`` where only one state has it.
    year : int, optional
        Of the report; the newest with a row unless told.
    store : path-like, optional
        Where the store is, unless at its usual place.
    out : path-like, optional
        Folder that figures and tables are saved to; without it nothing is saved. A sector that
        was measured before and is kept there is not measured again.

    Raises
    ------
    ConfigError
        There is no such partnership, or one of its files cannot be.
    """
    found, folder = find_partnership(partnership), Path(out) if out else None
    sector = kept_sector(folder) if folder else None
    if sector is None:
        sector = measure_sector(found, Path(store) if store else None)
    return make_card(found, year or None, sector, folder)


def measure_sector(partnership: Partnership, store: Path | None = None) -> SectorSince | Missing:
    """Measure a partnership's sector since its baseline, or else since its launch."""
    root = partnership.state.folder.parent
    baseline = partnership.said.baseline
    since = baseline.year if baseline is not None else partnership.launch.year
    opened = open_region(partnership.region.id, store=store, regions=root)
    return sector_since(opened, partnership.candidate, since)


def make_card(
    partnership: Partnership,
    year: int | None,
    sector: SectorSince | Missing,
    out: Path | None = None,
) -> Scorecard:
    """Put a scorecard together from what was read.

    Raises
    ------
    ConfigError
        A row of its numbers cannot be, or the year is before the launch or to come.
    """
    readings = read_readings(partnership)
    newest = readings.year or partnership.launch.year  # without a number, the year it began
    at = year or newest
    latest = max(newest, datetime.date.today().year)
    if not partnership.launch.year <= at <= latest:
        raise ConfigError(
            f"{partnership.id} was launched in {partnership.launch.year}, so it has no report of "
            f"{at}; name a year from then to {latest}."
        )
    known = replace(
        readings,
        rows=readings.rows[readings.rows["year"] <= at].reset_index(drop=True),
        yearly=readings.yearly[readings.yearly["year"] <= at].reset_index(drop=True),
    )
    phase = find_phase(partnership, known)
    return Scorecard(
        partnership=partnership,
        year=at,
        readings=known,
        phase=phase,
        coverage=find_coverage(partnership, known, phase.phase, at),
        early=tuple(stage_notes(partnership, known, phase.phase)),
        sector=sector,
        out=out,
    )
