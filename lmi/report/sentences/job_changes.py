"""Sentences on what changed: gains and losses, and growth beside concentration."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report.figures.bubble_points import BubblePoints
from lmi.report.figures.shift_share_bars import ShiftShareSplit
from lmi.report.in_order import measured_rows
from lmi.report.sentences.jobs_pay_concentration import LARGER, hollow
from lmi.words import Row, holds, records
from lmi.words.claims import ends, may_be_first, middle_of, or_, side
from lmi.words.how_sure import (
    JOBS,
    as_range,
    crosses,
    has_range,
    is_guessed_change,
    is_measured,
    is_off,
    is_too_open,
    is_vague,
)
from lmi.words.intervals import effect, rough_signed, signed_points, span

__all__ = ["bubbles_sentence", "shift_share_sentence"]

CHANGE, PERCENT, LOCAL = "emplvl_chg", "emplvl_pct_chg", "competitive_share"
MISSING, OPEN, RANGED, WITHIN = (
    "a number is missing",
    "it is too uncertain where they belong",
    "a range alone is given of them",
    "their jobs are in other bubbles",
)


def shift_share_sentence(found: Assessment, split: ShiftShareSplit) -> str:
    """Say who gained and lost jobs, and where the region did better than the industry."""
    split = replace(split, table=split.table[split.table["counted"]])
    known = measured_rows(split.table, "emplvl_chg")
    if not known:
        return _no_growth(found, split)
    rows = [row for row in known if not is_vague(row, "emplvl_chg")]
    if not rows:
        said = _unclear(known).strip()
        return f"From {found.span}, {said[0].lower()}{said[1:]}"
    if len(known) == 1:
        local = _local_of_one(known[0], split.reference)
        return (
            f"From {found.span}, {_named_change(known[0])}.{local} {_not_compared(split)}".strip()
        )
    parts = [_extreme(rows, "gained the most jobs", 1), _extreme(rows, "lost the most", -1)]
    said = " and ".join(filter(None, parts))
    told = "of what can be told, " if len(rows) < len(known) else ""
    text = (
        f"From {found.span}, {told}{said}. " if said else f"From {found.span} no sector changed. "
    )
    local, unclear = _local(known, split.reference), _unclear(known)
    return (text + local + unclear + _not_compared(split)).strip()


def _named_change(row: Row) -> str:
    """Say what the one candidate gained or lost, or may have."""
    ways = {1: "gained", -1: "lost"}
    middle, name = middle_of(row, CHANGE), row["candidate_name"]
    if not middle:
        return f"{name} neither gained nor lost jobs"
    surely = ways.get(_strictly(row, CHANGE))
    return f"{name} {surely or f'may have {ways[1 if middle > 0 else -1]}'} jobs ({_said(row)})"


def _local_of_one(row: Row, reference: str) -> str:
    if not is_measured(row, LOCAL) or is_vague(row, LOCAL):
        return ""
    how = {1: "did better", 0: "may have done better", -1: "did no better"}[side(row, LOCAL, 0.0)]
    return f" It {how} here than the same industries in {reference}."


def _unclear(rows: Sequence[Row]) -> str:
    """Name the sectors of which not even the direction is known, and those of which it alone is."""
    vague = [row for row in rows if is_vague(row, "emplvl_chg")]
    text = ""
    for way, lead in (
        (0, "Too uncertain to say how jobs changed: {}"),
        (1, "Sure to have gained, how much is open: {}"),
        (-1, "Sure to have lost, how much is open: {}"),
    ):
        named = [_ranged(row) for row in vague if _way(row) == way]
        text += f"{lead.format(words.listing(named))}. " if named else ""
    return text


def _way(row: Row) -> int:
    """Tell whether jobs were surely gained (1) or lost (-1)."""
    return _strictly(row, CHANGE) if has_range(row, CHANGE) else 0


def _ranged(row: Row) -> str:
    change = span(row, "emplvl_pct_chg", signed_points)
    return f"{row['candidate_name']} ({change})" if change else str(row["candidate_name"])


def _extreme(rows: Sequence[Row], what: str, sign: int) -> str:
    """Say who gained or lost the most, or may have; empty where nobody did."""
    first = may_be_first(rows, CHANGE, lowest=sign < 0)
    moved = [row for row in first if sign * middle_of(row, CHANGE) > 0]
    if not moved:
        return ""
    is_sure = all(_strictly(row, CHANGE) == sign for row in first)
    said = what if is_sure else f"may have {what}"
    if len(moved) == 1:
        return f"{moved[0]['candidate_name']} {said} ({_said(moved[0])})"
    return f"{or_([_named(row) for row in moved])} {said}"


def _named(row: Row) -> str:
    return f"{row['candidate_name']} ({_said(row)})"


def _strictly(row: Row, measure: str) -> int:
    """Tell whether a measure is surely above (1) or below (-1) nothing."""
    low, high = ends(row, measure)
    return 1 if low > 0 else -1 if high < 0 else 0


def _said(row: Row) -> str:
    if as_range(row, CHANGE):
        return span(row, CHANGE, rough_signed)
    if not is_guessed_change(row):
        return words.signed(row["emplvl_chg"])
    change = f"about {rough_signed(row['emplvl_chg'])}"
    interval = span(row, "emplvl_chg", rough_signed)
    return f"{change}; 90% sure: {interval}" if " to " in interval else change


def _local(rows: Sequence[Row], reference: str) -> str:
    known = [row for row in rows if is_measured(row, LOCAL) and not is_vague(row, LOCAL)]
    if not known:
        return "How the same industries did in the nation and the state is missing. "
    sides = [side(row, LOCAL, 0.0) for row in known]
    better, may = sides.count(1), sides.count(0)
    verb = "sector did" if better == 1 else "sectors did"
    lead = words.spelled(better).capitalize()
    lead += f" {verb} better here than the same industries in {reference}"
    lead += f" ({may} more may have)" if may else ""
    best = may_be_first(known, LOCAL)
    if any(side(row, LOCAL, 0.0) < 1 for row in best):
        return f"{lead}. "
    named = or_(
        [f"{row['candidate_name']} ({words.spoken(effect(row, LOCAL))} jobs)" for row in best]
    )
    return f"{lead}; the local share is largest in {named}. "


def _not_compared(split: ShiftShareSplit) -> str:
    rows = [row for row in records(split.table) if not is_measured(row, "emplvl_chg")]
    broken = [row["candidate_name"] for row in rows if holds(row, "is_break")]
    missing = [row["candidate_name"] for row in rows if not holds(row, "is_break")]
    text = ""
    if broken:
        verb = "is" if len(broken) == 1 else "are"
        text += (
            f"{words.listing(broken)} {verb} not compared, because industry codes or county "
            "lines changed in between. "
        )
    if missing:
        text += f"For {words.listing(missing)} the change is missing. "
    return text.strip()


def _no_growth(found: Assessment, split: ShiftShareSplit) -> str:
    if split.table["is_break"].any():
        return _not_compared(split)
    return (
        f"How jobs changed up to {found.year} is missing for every candidate sector: the data "
        "at hand hold no earlier year and no over-the-year change."
    )


def _lost(row: Row) -> str:
    if as_range(row, PERCENT):
        return f"lost jobs ({span(row, PERCENT, signed_points)})"
    if not _strictly(row, PERCENT):
        return "did not grow"
    if is_off(row, PERCENT):  # no digit says more than the interval
        return f"lost about {-row[PERCENT]:.0f}% of its jobs"
    about = "about " if is_guessed_change(row) else ""
    return f"lost {about}{words.pct(-row[PERCENT])} of its jobs"


def _why_left_out(row: Row) -> str:
    """Say why a candidate that is not drawn is not."""
    if is_too_open(row):
        return OPEN
    return RANGED if any(as_range(row, name) for name in (PERCENT, "lq", JOBS)) else MISSING


def bubbles_sentence(
    found: Assessment, points: BubblePoints, unlabelled: Sequence[str] = ()
) -> str:
    """Say which candidates are both concentrated and growing.

    Parameters
    ----------
    unlabelled : sequence of str
        Names of those drawn without a name.
    """
    drawn, left_out = records(points.table), points.left_out
    rows = [row for row in found.rows if is_measured(row, "lq") and is_measured(row, PERCENT)]

    def is_concentrated(row: Row) -> bool:
        return side(row, "lq", LARGER, reaches=True) == 1

    both = [
        row["candidate_name"]
        for row in rows
        if is_concentrated(row) and _strictly(row, PERCENT) == 1
    ]
    losing = [row for row in rows if is_concentrated(row) and side(row, PERCENT, 0.0) < 0]
    if both:
        verb = "is" if len(both) == 1 else "are"
        text = (
            f"{words.listing(both)} {verb} more concentrated here than in the nation and growing."
        )
    else:
        surely = "surely " if any(map(crosses, rows)) else ""
        text = (
            f"No candidate sector is {surely}more concentrated here than in the nation and growing."
        )
    if losing:
        lost = [f"{row['candidate_name']} {_lost(row)}" for row in losing]
        lead = "Concentrated too, but" if both else "Of those that are concentrated,"
        text += f" {lead} {words.listing(lost)}."
    why_out = {row["candidate_name"]: _why_left_out(row) for row in found.rows}
    for why in (MISSING, OPEN, RANGED, WITHIN):
        out = points.within if why == WITHIN else left_out
        names = [name for name in out if why_out.get(name, why) == why]
        if names:
            text += f" Not drawn, because {why}: {words.listing(names)}."
    doubtful = [row["candidate_name"] for row in drawn if crosses(row)]
    if doubtful:
        text += (
            f" For {words.listing(doubtful)}, estimates leave open which corner; the dotted lines "
            "show how far."
        )
    text += hollow(drawn)
    if unlabelled:
        text += f" Drawn without a name, for want of room: {words.listing(unlabelled)}."
    return text
