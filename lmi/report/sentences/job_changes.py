"""Sentences on what changed: gains and losses, and growth beside concentration."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report.figures.bubble_points import BubblePoints
from lmi.report.figures.shift_share_bars import ShiftShareSplit
from lmi.report.sentences.jobs_pay_concentration import hollow
from lmi.words import Row, holds, records
from lmi.words.intervals import (
    crosses,
    is_guessed_change,
    is_too_open,
    is_vague,
    signed_points,
    span,
)

__all__ = ["bubbles_sentence", "shift_share_sentence"]


def shift_share_sentence(found: Assessment, split: ShiftShareSplit) -> str:
    """Say who gained and lost jobs, and where the region did better than the industry."""
    known = records(split.table.dropna(subset=["emplvl_chg"]))
    if not known:
        return _no_growth(found, split)
    rows = [row for row in known if not is_vague(row, "emplvl_chg")]
    if not rows:
        return f"From {found.span} {_unclear(known).strip()}"
    most, least = rows[0], rows[-1]
    parts = [f"From {found.span}, {_gain(most)}" if most["emplvl_chg"] > 0 else ""]
    if least["emplvl_chg"] < 0:
        lead = " and " if parts[0] else f"From {found.span}, "
        parts.append(f"{lead}{_loss(least)}")
    text = "".join(parts) + ". " if any(parts) else f"From {found.span} no sector changed. "
    local, unclear = _local(rows, split.reference), _unclear(known)
    return (text + local + unclear + _not_compared(split)).strip()


def _unclear(rows: Sequence[Row]) -> str:
    """Name the sectors of which not even the direction is known."""
    vague = [row for row in rows if is_vague(row, "emplvl_chg")]
    if not vague:
        return ""
    said = [(row["candidate_name"], span(row, "emplvl_pct_chg", signed_points)) for row in vague]
    named = words.listing([f"{name} ({change})" if change else str(name) for name, change in said])
    return f"Too uncertain to say how jobs changed: {named}. "


def _gain(row: Row) -> str:
    return f"{row['candidate_name']} gained the most jobs ({_said(row)})"


def _loss(row: Row) -> str:
    return f"{row['candidate_name']} lost the most ({_said(row)})"


def _said(row: Row) -> str:
    change = words.signed(row["emplvl_chg"])
    if not is_guessed_change(row):
        return change
    interval = span(row, "emplvl_chg", words.signed)
    return f"about {change}; 90% sure: {interval}" if " to " in interval else f"about {change}"


def _local(rows: Sequence[Row], reference: str) -> str:
    known = [
        row
        for row in rows
        if words.is_known(row["competitive_share"]) and not is_vague(row, "competitive_share")
    ]
    if not known:
        return "How the same industries did in the nation and the state is missing. "
    best = max(known, key=lambda row: row["competitive_share"])
    better = sum(row["competitive_share"] > 0 for row in known)
    verb = "sector did" if better == 1 else "sectors did"
    many = words.spelled(better).capitalize()
    lead = f"{many} {verb} better here than the same industries in {reference}"
    if best["competitive_share"] <= 0:
        return f"{lead}. "
    return (
        f"{lead}; the local share is largest in {best['candidate_name']} "
        f"({words.signed(best['competitive_share'])} jobs). "
    )


def _not_compared(split: ShiftShareSplit) -> str:
    rows = records(split.table[split.table["emplvl_chg"].isna()])
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

    def named(test: Callable[[Row], bool]) -> list[str]:
        return [row["candidate_name"] for row in drawn if test(row)]

    both = named(lambda row: row["lq"] > 1 and row["emplvl_pct_chg"] > 0)
    losing = named(lambda row: row["lq"] > 1 and row["emplvl_pct_chg"] <= 0)
    if both:
        verb = "is" if len(both) == 1 else "are"
        text = (
            f"{words.listing(both)} {verb} both more concentrated than in the nation and growing."
        )
    else:
        text = "No candidate sector is both more concentrated than in the nation and growing."
    if losing:
        verb = "is" if len(losing) == 1 else "are"
        text += f" {words.listing(losing)} {verb} concentrated but did not grow."
    vague = {row["candidate_name"] for row in found.rows if is_too_open(row)}
    for why, names in (
        ("a number is missing", [name for name in left_out if name not in vague]),
        ("it is too uncertain where they belong", [name for name in left_out if name in vague]),
    ):
        if names:
            text += f" Not drawn, because {why}: {words.listing(names)}."
    doubtful = named(crosses)
    if doubtful:
        text += (
            f" By what had to be estimated, {words.listing(doubtful)} may belong in another "
            "corner; the dotted lines show how far."
        )
    text += hollow(drawn)
    if unlabelled:
        text += f" Drawn without a name, for want of room: {words.listing(unlabelled)}."
    return text
