"""Which phase of performance a partnership is in, with the evidence for each claim."""

from __future__ import annotations

from dataclasses import dataclass

from lmi.scorecard.catalogue import MetricDefinition
from lmi.scorecard.definition import Partnership, told_date
from lmi.scorecard.method import PHASES, Phase
from lmi.scorecard.readings import Readings
from lmi.scorecard.values import written
from lmi.words import Row, count, is_known, records

__all__ = ["PhaseClaim", "PhaseFinding", "find_phase"]

FILE = "the partnership's file"


@dataclass(frozen=True)
class PhaseClaim:
    """One thing that speaks for a phase.

    Parameters
    ----------
    what : str
        The metric with its value, or what the partnership's file has.
    evidence, source : str
        What shows it, and who says so.
    """

    phase: Phase
    what: str
    date: str
    evidence: str
    source: str


@dataclass(frozen=True)
class PhaseFinding:
    """The phase, and what it rests on.

    Parameters
    ----------
    phase : {"emerging", "active", "advanced"}
        The furthest for which, and for all before it, some evidence is written down; "emerging"
        where there is none.
    claims : tuple of PhaseClaim
        The newest of each metric, in the order of the phases.
    notes : tuple of str
        What does not fit together.
    """

    phase: Phase
    claims: tuple[PhaseClaim, ...]
    notes: tuple[str, ...] = ()


def find_phase(partnership: Partnership, readings: Readings) -> PhaseFinding:
    """Find a partnership's phase from what it wrote down.

    Notes
    -----
    A value is evidence of its metric's phase where the row says what shows it. A metric that gets
    better by going down, or that is a percentage, speaks for itself only where it got better: since
    its baseline, or since it was first counted.
    """
    claims = [*_agreed(partnership, readings.year), *_counted(partnership, readings)]
    backed = {claim.phase for claim in claims}
    phase: Phase = "emerging"
    for each in PHASES:
        if each not in backed:
            break
        phase = each
    ordered = tuple(sorted(claims, key=lambda claim: list(PHASES).index(claim.phase)))
    return PhaseFinding(phase, ordered, tuple(_notes(partnership, phase, backed)))


def _agreed(partnership: Partnership, year: int | None) -> list[PhaseClaim]:
    """What the file itself shows: priorities of businesses."""
    known = [p for p in partnership.said.priorities
             if year is None or told_date(p.since).year <= year]  # fmt: skip
    if not known:
        return []
    first = min((p.since for p in known), key=lambda since: told_date(since).first)
    teams = sum(len(priority.action_teams) for priority in known)
    return [
        PhaseClaim(
            "emerging", f"{count(len(known), 'priority')} with {count(teams, 'action team')}",
            first, "Named with their dates", FILE,
        )
    ]  # fmt: skip


def _counted(partnership: Partnership, readings: Readings) -> list[PhaseClaim]:
    newest: dict[str, Row] = {}
    for row in records(readings.rows):
        if is_known(row["value"]) and row["value"] > 0 and row["evidence"]:
            newest[row["metric"]] = row
    metrics = partnership.catalogue.metrics
    return [
        PhaseClaim(
            metric.phase,
            f"{metric.name}: {_told(metric, int(row['year']), partnership, readings)}",
            row["date"], row["evidence"], row["source"],
        )
        for metric in metrics.values()
        if (row := newest.get(metric.key, {}))
        and _speaks(metric, partnership, readings)
    ]  # fmt: skip


def _told(metric: MetricDefinition, year: int, partnership: Partnership, readings: Readings) -> str:
    """Write a year's value: that of a part of it would tell of the rest."""
    return written(readings.series(metric.key)[year], metric, partnership.state.staff)


def _speaks(metric: MetricDefinition, partnership: Partnership, readings: Readings) -> bool:
    """Tell whether a value alone says that something came about."""
    if metric.phase != "advanced" or (metric.better == "more" and metric.unit != "percent"):
        return True
    series = list(readings.series(metric.key).values())
    target = partnership.said.targets.get(metric.key)
    first = series[0] if target is None or target.baseline is None else target.baseline
    gained = series[-1] - first
    return gained < 0 if metric.better == "less" else gained > 0


def _notes(partnership: Partnership, phase: Phase, backed: set[Phase]) -> list[str]:
    said, order = partnership.said.phase, list(PHASES)
    found = []
    if not backed:
        found.append("No evidence of any phase is written down yet.")
    for beyond in order[order.index(phase) + 1 :]:
        if beyond in backed:
            lacks = order[order.index(phase) + 1] if phase in backed else phase
            found.append(
                f"There is evidence of the phase {beyond}, and none of {lacks} is written down."
            )
            break
    if said is not None and said != phase:
        found.append(f"The partnership calls itself {said}; what is written down reaches {phase}.")
    return found
