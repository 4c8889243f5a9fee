"""The candidates against the criteria of Step 2."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report.display import PageColumn, PageTable, Stroke
from lmi.report.tables.bars import BEYOND_NOTE, Drawing, bars_of
from lmi.report.tables.jobs_and_growth import change_head
from lmi.report.tables.ranking import RANKING, group_heading, place_and_name
from lmi.schema.measure import Measure
from lmi.schema.measures import COLUMNS, MEASURES
from lmi.words import Row, holds, records
from lmi.words.claims import middle_of
from lmi.words.how_sure import JOBS, PAY, has_range, is_measured, is_vague
from lmi.words.intervals import FEW_NOTE, MARK_NOTE, cell, moved, signed_points, span

if TYPE_CHECKING:
    from lmi.config import NamedScreen

__all__ = ["criteria_table"]

CHANGE = "emplvl_pct_chg"
DOWN = "\N{BLACK DOWN-POINTING SMALL TRIANGLE}"
LOSS = -1.0
"""A change within one percent of none is about the same."""
MOST_LQ = 4.0
"""Bars of higher quotients end in an arrow, so that those about one can be told apart."""
NO_BREAK = "\N{NO-BREAK SPACE}"
PROJECTED = "projected_emplvl_pct_chg"
SHOWN = ("annual_avg_estabs", "emplvl_per_estab")
"""Shown whether or not a criterion reads them."""
STAND_IN = "poverty-based threshold"
THRESHOLD = "pay_to_threshold_ratio"
TICK = "\N{CHECK MARK}"


def criteria_table(
    found: Assessment, source: str, standard: str = "", pay: float = float("nan"),
    made_of: str = "",
) -> PageTable:  # fmt: skip
    """Set the candidates side by side by the statistics of Step 2, the highest score first.

    Parameters
    ----------
    standard : str, optional
        What the pay threshold is called; without it, it is said to stand in.
    pay : float, USD a year, optional
        Average of all the region's jobs: a line through the bars of pay.
    made_of : str, optional
        What the threshold is made of, where it stands in for a standard.
    """
    ordered = found.best_first
    has_projections = PROJECTED in ordered and ordered[PROJECTED].notna().any()
    drives = "driver_concentration"
    here = ordered[ordered[JOBS] != 0]
    line = [Stroke(found.threshold, dashed=True)] if words.is_known(found.threshold) else []
    by_jobs, by_pay = "emplvl_estimated_share", "wages_estimated_share"
    bars = {
        "jobs": bars_of(here, JOBS, estimated_by=by_jobs),
        "pay": bars_of(here, PAY, strokes=[*_region_pay(pay), *line], estimated_by=by_pay),
        "change": bars_of(here, CHANGE, strokes=[Stroke(0.0)], estimated_by=by_jobs),
        "lq": bars_of(here, "lq", strokes=[Stroke(1.0)], estimated_by=by_jobs, most=MOST_LQ),
    }
    columns = [
        PageColumn("Sector", place_and_name, numeric=False),
        _screened(found, "Jobs", JOBS, "emplvl_share", "driver_jobs", bars["jobs"]),
        PageColumn("Places of business", MEASURES["annual_avg_estabs"].cell),
        PageColumn("Jobs per place", MEASURES["emplvl_per_estab"].cell),
        _screened(found, "Average pay", PAY, "pay_ratio", "driver_wages", bars["pay"]),
        *([_to_threshold(standard)] if words.is_known(found.threshold) else []),
        _falling(change_head(found), moved, CHANGE, bars["change"]),
        *([_falling("Projected change", _projected, PROJECTED)] if has_projections else []),
        *(
            _screened(found, title, name, name, drives, bars.get(name))
            for title, name in (("LQ nation", "lq"), ("LQ state", "lq_state"))
            if any(is_measured(row, name) for row in records(here))  # no column of n/a alone
        ),
        PageColumn("Drives the economy by", _driven_by, numeric=False, on_paper=False),
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
            f"{_lines_note(found, pay, standard, made_of)} {MARK_NOTE} {FEW_NOTE} LQ: location "
            f"quotient.{_screens_note(found)}",
        ),
        layout=here,
        stack=True,
        group=partial(group_heading, found),
    )


def _to_threshold(standard: str) -> PageColumn:
    """Pay over the threshold, which the head names: no number of a stand-in goes without it."""
    return PageColumn(f"Pay ÷ {standard or STAND_IN}", MEASURES[THRESHOLD].cell)


def _region_pay(pay: float) -> list[Stroke]:
    return [Stroke(pay)] if words.is_known(pay) else []


def _others(found: Assessment) -> list[Measure]:
    """Measures that a criterion reads and that are none of the numbers shown anyway."""
    read = {criterion.measure: MEASURES[criterion.measure] for criterion in found.criteria}
    return [
        m for key, m in read.items() if not (m.number or key in SHOWN) and key in found.candidates
    ]


def _lines_note(found: Assessment, pay: float, standard: str, made_of: str) -> str:
    """Say what the lines through the bars are."""
    lines = [f"the region's average, {words.money(pay)}"] if words.is_known(pay) else []
    if words.is_known(found.threshold):
        lines.append(f"dashed, {_held_against(found, standard, made_of)}")
    of_pay = f" Lines through pay: {words.listing(lines)}; through LQ: 1." if lines else ""
    return BEYOND_NOTE + of_pay


def _held_against(found: Assessment, standard: str, made_of: str) -> str:
    """Name the threshold; one that stands in for a local standard says of what it is made."""
    wage = words.money(found.threshold)
    if standard:
        return f"{standard}, {wage}"
    return f"the {STAND_IN}, {wage}{f' ({made_of})' if made_of else ''}"


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


def _screened(
    found: Assessment,
    title: str,
    shown: str,
    measure: str,
    flag: str,
    bar: Drawing | None = None,
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

    return _ticked(title, MEASURES[shown].cell, TICK, passes, is_open, "good", bar)


def _ticked(
    title: str,
    write: Callable[[Row], str],
    mark: str,
    holds: Callable[[Row], bool],
    is_open: Callable[[Row], bool],
    tint: str,
    bar: Drawing | None = None,
) -> PageColumn:
    """A number with a mark where something holds, in brackets where it holds by the estimate."""

    def text(row: Row) -> str:
        if not holds(row):
            return write(row)
        shown = f"({mark})" if is_open(row) else mark
        return f"{shown}{NO_BREAK}{write(row)}"

    def colour(row: Row) -> str:
        return tint if holds(row) and not is_open(row) else ""

    return PageColumn(title, text, tint=colour, bar=bar)


def _falling(
    title: str, write: Callable[[Row], str], name: str, bar: Drawing | None = None
) -> PageColumn:
    """A change with a mark where jobs are lost."""

    def falls(row: Row) -> bool:
        return is_measured(row, name) and middle_of(row, name) < LOSS

    def is_open(row: Row) -> bool:
        if is_vague(row, name) and not has_range(row, name):
            return True
        return has_range(row, name) and float(row[f"{name}_hi"]) >= LOSS

    return _ticked(title, write, DOWN, falls, is_open, "low", bar)


def _projected(row: Row) -> str:
    """Write the range that what comes lies in: a middle alone would say more than is known."""
    if has_range(row, PROJECTED):
        return span(row, PROJECTED, signed_points)
    return cell(row, PROJECTED, signed_points)  # in whole percent, as it is known


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
