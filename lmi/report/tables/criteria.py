"""The candidates against the criteria of Step 2."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report.display import PageColumn, PageTable
from lmi.report.tables.jobs_and_growth import change_head
from lmi.report.tables.ranking import RANKING, group_heading, indented
from lmi.schema.measure import Measure
from lmi.schema.measures import COLUMNS, MEASURES
from lmi.words import Row, holds
from lmi.words.claims import middle_of
from lmi.words.intervals import (
    FEW_NOTE,
    JOBS,
    MARK_NOTE,
    cell,
    has_range,
    is_measured,
    is_vague,
    moved,
    signed_points,
    sure,
)

if TYPE_CHECKING:
    from lmi.config import NamedScreen

__all__ = ["criteria_table"]

DOWN = "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"
LOSS = -1.0
"""A change within one percent of none is about the same."""
NO_BREAK = "\N{NO-BREAK SPACE}"
THRESHOLD = "pay_to_threshold_ratio"
TICK = "\N{CHECK MARK}"


def criteria_table(found: Assessment, source: str, standard: str = "") -> PageTable:
    """Hold the candidates against the statistics of Step 2, the highest score first.

    Parameters
    ----------
    standard : str, optional
        What the pay threshold is called; without it, it is said to stand in.
    """
    ordered = found.best_first
    projected = "projected_emplvl_pct_chg"
    has_projections = projected in ordered and ordered[projected].notna().any()
    drives = "driver_concentration"
    columns = [
        PageColumn("Sector", _ranked_name, numeric=False),
        _screened(found, "Jobs", "annual_avg_emplvl", "emplvl_share", "driver_jobs"),
        _screened(found, "Average pay", "avg_annual_pay", "pay_ratio", "driver_wages"),
        *([_to_threshold(standard)] if words.is_known(found.threshold) else []),
        _falling(change_head(found), moved, "emplvl_pct_chg"),
        *([_falling("Projected change", _projected, projected)] if has_projections else []),
        _screened(found, "LQ nation", "lq", "lq", drives),
        _screened(found, "LQ state", "lq_state", "lq_state", drives),
        PageColumn("Drives the economy by", _driven_by, numeric=False),
        *(_named_screen(screen) for screen in found.screens if f"screen_{screen.key}" in ordered),
        *(PageColumn(measure.head, measure.cell) for measure in _others(found)),
    ]
    keys = ["region", "candidate", "candidate_name"]
    flags = [str(name) for name in ordered if str(name).startswith("screen_")]
    kept = [name for name in [*RANKING, *flags, *COLUMNS] if name in ordered]
    return PageTable(
        "criteria",
        ordered[keys + kept],
        f"Candidate sectors against the Step 2 criteria, {found.name}, {found.year}",
        source,
        columns,
        (
            f"{TICK} passes the screen for a driver of the economy. {DOWN} lost more than 1%. In "
            "brackets: by the estimate, but its 90% range reaches across the line. "
            f"{MARK_NOTE} {FEW_NOTE} LQ: location quotient.{_screens_note(found)}",
        ),
        layout=ordered[ordered["annual_avg_emplvl"] != 0],
        stack=True,
        group=partial(group_heading, found),
    )


def _to_threshold(standard: str) -> PageColumn:
    """Pay over the threshold, which the head names: no number of a stand-in goes without it."""
    return PageColumn(f"Pay ÷ {standard or 'stand-in threshold'}", MEASURES[THRESHOLD].cell)


def _others(found: Assessment) -> list[Measure]:
    """Measures that a criterion reads and that are none of the numbers shown anyway."""
    read = {criterion.measure: MEASURES[criterion.measure] for criterion in found.criteria}
    return [m for key, m in read.items() if not m.number and key in found.candidates]


def _screens_note(found: Assessment) -> str:
    return "".join(f" {screen.name}: {screen.words}." for screen in found.screens)


def _named_screen(screen: NamedScreen) -> PageColumn:
    """Whether a screen of the state's own is passed, in brackets where that is not sure."""
    flag = f"screen_{screen.key}"

    def text(row: Row) -> str:
        said = f"{TICK} yes" if holds(row, flag) else "no"
        return said if holds(row, f"{flag}_is_sure") else f"({said})"

    def tint(row: Row) -> str:
        return "good" if holds(row, flag) and holds(row, f"{flag}_is_sure") else ""

    return PageColumn(screen.name, text, numeric=False, tint=tint)


def _ranked_name(row: Row) -> str:
    name = indented(row)
    return f"{words.whole(row['rank'])}. {name}" if words.is_known(row["rank"]) else name


def _screened(
    found: Assessment,
    title: str,
    shown: str,
    measure: str,
    flag: str,
) -> PageColumn:
    """A number with a tick where it passes its criterion's screen."""
    screens = [c.screen for c in found.criteria if c.measure == measure and c.screen]

    def passes(row: Row) -> bool:
        if not is_measured(row, shown) or not is_measured(row, measure):
            return False
        return holds(row, flag) and (not screens or screens[0].passes(middle_of(row, measure)))

    def is_open(row: Row) -> bool:
        if not has_range(row, measure):
            return is_vague(row, measure) or is_vague(row, shown)
        if not holds(row, f"{flag}_is_sure", otherwise=True):
            return True
        ends = (row[f"{measure}{end}"] for end in ("_lo", "_hi"))
        return bool(screens) and not all(screens[0].passes(float(end)) for end in ends)

    return _ticked(title, MEASURES[shown].cell, TICK, passes, is_open, "good")


def _ticked(
    title: str,
    write: Callable[[Row], str],
    mark: str,
    holds: Callable[[Row], bool],
    is_open: Callable[[Row], bool],
    tint: str,
) -> PageColumn:
    """A number with a mark where something holds, in brackets where it holds by the estimate."""

    def text(row: Row) -> str:
        if not holds(row):
            return write(row)
        shown = f"({mark})" if is_open(row) else mark
        return f"{shown}{NO_BREAK}{write(row)}"

    return PageColumn(title, text, tint=lambda row: tint if holds(row) and not is_open(row) else "")


def _falling(title: str, write: Callable[[Row], str], name: str) -> PageColumn:
    """A change with a mark where jobs are lost."""

    def falls(row: Row) -> bool:
        return is_measured(row, name) and middle_of(row, name) < LOSS

    def is_open(row: Row) -> bool:
        if is_vague(row, name) and not has_range(row, name):
            return True
        return has_range(row, name) and float(row[f"{name}_hi"]) >= LOSS

    return _ticked(title, write, DOWN, falls, is_open, "low")


def _projected(row: Row) -> str:
    # in whole percent, as it is known
    said = cell(row, "projected_emplvl_pct_chg", signed_points)
    return said + sure(row, "projected_emplvl_pct_chg", signed_points).replace("90% sure: ", "")


def _driven_by(row: Row) -> str:
    ways = {
        "driver_jobs": "jobs",
        "driver_wages": "pay",
        "driver_concentration": "concentration",
    }
    named = [
        way if holds(row, f"{flag}_is_sure", otherwise=True) else f"({way})"
        for flag, way in ways.items()
        if holds(row, flag)
    ]  # fmt: skip
    if not is_measured(row, JOBS):
        return words.MISSING
    is_sure = all(holds(row, f"{flag}_is_sure", otherwise=True) for flag in ways)
    return ", ".join(named) or _small(row) or ("none" if is_sure else "(none)")


def _small(row: Row) -> str:
    """Say by what it would drive the economy, were there enough of it."""
    pays = "pays above average" if holds(row, "wages_but_small") else ""
    dense = "is concentrated" if holds(row, "concentration_but_small") else ""
    said = " and ".join(filter(None, (pays, dense)))
    return f"none: it {said}, but is small" if said else ""
