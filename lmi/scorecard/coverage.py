"""Which of the six categories of impact a partnership measures, stage by stage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from lmi.scorecard.definition import Partnership
from lmi.scorecard.method import CATEGORIES, STAGES, Category, Phase, Stage, reached
from lmi.scorecard.readings import Readings

__all__ = ["CoverageCell", "State", "find_coverage"]

State = Literal["measured", "measured before", "not yet expected", "missing"]


@dataclass(frozen=True)
class CoverageCell:
    """A category at a stage.

    Parameters
    ----------
    state : str
        Whether it has a value of the year, of a year before only, or none: that is missing where
        the stage is reached, and not yet expected where it is not.
    metrics : tuple of str
        Names of those that have a value.
    year : int or None
        The newest year with one.
    """

    category: Category
    stage: Stage
    state: State
    metrics: tuple[str, ...] = ()
    year: int | None = None


def find_coverage(
    partnership: Partnership, readings: Readings, phase: Phase, year: int | None
) -> tuple[CoverageCell, ...]:
    """Say of each category and stage whether it is measured.

    Returns
    -------
    tuple of CoverageCell
        Categories in the method's order, each by stage.
    """
    return tuple(
        _cell(partnership, readings, category, stage, phase, year)
        for category in CATEGORIES
        for stage in STAGES
    )


def _cell(
    partnership: Partnership, readings: Readings, category: Category, stage: Stage, phase: Phase,
    year: int | None,
) -> CoverageCell:  # fmt: skip
    valued = {
        metric.name: max(series)
        for metric in partnership.catalogue.metrics.values()
        if (metric.category, metric.stage) == (category, stage)
        and (series := readings.series(metric.key))
    }
    if not valued:
        return CoverageCell(
            category, stage, "missing" if reached(phase, stage) else "not yet expected"
        )
    newest = max(valued.values())
    state: State = "measured" if newest == year else "measured before"
    named = tuple(name for name, last in valued.items() if last == newest)
    return CoverageCell(category, stage, state, named, newest)
