"""Sentences on what may make a sector a driver: its jobs, its pay and its concentration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lmi import words
from lmi.assessment.region import Assessment
from lmi.measures.lq import CONCENTRATED
from lmi.words import Row, holds, records
from lmi.words.claims import in_order, may_be_first, or_, side
from lmi.words.intervals import (
    JOBS,
    PAY,
    cell,
    is_vague,
    mostly_estimated,
    said_jobs,
    said_pay,
    span,
    sure,
)

__all__ = [
    "concentration_sentence",
    "drivers_sentence",
    "hollow",
    "industries_sentence",
    "part_of",
    "threshold_sentence",
    "wages_sentence",
]

_SHARE = "emplvl_share"
LARGEST = 3  # sectors named in order of jobs


def drivers_sentence(found: Assessment) -> str:
    """Say which candidates have the most jobs and how much of that is estimated."""
    rows = [row for row in found.rows if words.is_known(row["annual_avg_emplvl"])]
    if not rows:
        return "No jobs are published or can be estimated for any candidate sector."
    first, *others = in_order(rows, JOBS, LARGEST)
    text = f"The largest of {words.count(len(rows), 'candidate sector')} with jobs here is "
    if len(first) == 1:
        share = words.share(first[0]["emplvl_share"])
        text += f"{first[0]['candidate_name']} with {said_jobs(first[0])}, {share} of all jobs in "
        text += "the region"
    else:
        text += or_([_named_jobs(row) for row in first])
    if others:
        followers = (or_([_named_jobs(row) for row in group]) for group in others)
        text += f", followed by {words.listing(followers)}"
    return f"{text}. {_estimated_part(rows)}{_open(rows)}{_without(found, rows)}".strip()


def _named_jobs(row: Row) -> str:
    said = said_jobs(row)
    if " (" in said:  # one bracket, not two
        said = said.replace(" (", "; ").removesuffix(")")
    return f"{row['candidate_name']} ({said})"


def _estimated_part(rows: Sequence[Row]) -> str:
    guessed = [row for row in rows if words.much_estimated(row["emplvl_estimated_share"])]
    if not guessed:
        return "At most a tenth of the jobs of any of them is estimated. "
    if len(guessed) == 1:
        lead = f"In {guessed[0]['candidate_name']} more than a tenth of the jobs are estimated"
    else:
        lead = (
            f"In {words.spelled(len(guessed))} sectors more than a tenth of the jobs are estimated"
        )
    return (
        f"{lead}, because numbers that could reveal a single employer are withheld; the range of "
        "each is listed under \u201cHow good the numbers are\u201d. "
    )


def _open(rows: Sequence[Row]) -> str:
    """Name the sectors whose jobs are too uncertain for a number."""
    vague = [f"{row['candidate_name']} ({said_jobs(row)})" for row in rows if is_vague(row, JOBS)]
    if not vague:
        return ""
    return f"Too uncertain to say how many jobs there are: {words.listing(vague)}. "


def _without(found: Assessment, rows: Sequence[Row]) -> str:
    shown = {row["candidate"] for row in rows}
    missing = [row["candidate_name"] for row in found.rows if row["candidate"] not in shown]
    text = f"The jobs of {words.listing(missing)} are withheld. " if missing else ""
    if found.absent:
        text += f"No jobs are recorded in {words.listing(found.absent)}. "
    return text


def industries_sentence(table: pd.DataFrame) -> str:
    """Say which industry sectors are the largest, of a table that has the largest first.

    A sector whose share is too uncertain has no rank here; it is named with the range that the
    table has of it, where that reaches what the others have.
    """
    rows = records(table.dropna(subset=["annual_avg_emplvl"]))
    if not rows:
        return "No industry sector has published or estimated jobs."
    firm = [row for row in rows if not is_vague(row, _SHARE)][:3]
    text = "By standard industry sectors, public and private employers together,"
    open_rows = [row for row in rows if is_vague(row, _SHARE) and _may_be_among(row, firm)]
    if not firm:
        return f"{text} it is too uncertain to say which are the largest."
    verb = "is" if len(firm) == 1 else "are"
    surely = " for which that can be said" if open_rows else ""
    text += f" the largest by share of all jobs{surely} {verb} {_shares(firm)}."
    if open_rows:
        text += f" Too uncertain to rank among them: {_shares(open_rows)}."
    return text


def _may_be_among(row: Row, others: Sequence[Row]) -> bool:
    """Tell whether a sector may be as large as one of the others."""
    most: Any = row.get(f"{_SHARE}_hi")
    return not words.is_known(most) or any(float(most) >= float(r[_SHARE]) for r in others)


def _shares(rows: Sequence[Row]) -> str:
    shares = (cell(row, _SHARE, words.share) for row in rows)
    return words.listing(
        [f"{row['industry_title']} ({share})" for row, share in zip(rows, shares, strict=True)]
    )


def wages_sentence(found: Assessment, total: Row) -> str:
    """Say how the candidates pay against the region's average and the threshold.

    Parameters
    ----------
    total : mapping
        All jobs of the region: its row of the `regions` table.
    """
    rows = [row for row in found.rows if words.is_known(row["avg_annual_pay"])]
    if not rows:
        return "Pay is missing for every candidate sector."
    open_pay = [row for row in rows if is_vague(row, PAY)]
    rows = [row for row in rows if not is_vague(row, PAY)]
    if not rows:
        return f"Pay is too uncertain to say for {_too_open(open_pay)}."
    average = total["avg_annual_pay"]
    sides = [side(row, PAY, average) for row in rows]
    above = sides.count(1)
    text = (
        f"{part_of(above, len(rows))} {'pays' if above == 1 else 'pay'} more than the region's "
        f"average of {words.money(average)}{_may_too(sides)}. {_of_known(open_pay)} pay is in "
        f"{or_([_named_pay(row) for row in may_be_first(rows, PAY)])}"
    )
    lowest = or_([_named_pay(row) for row in may_be_first(rows, PAY, lowest=True)])
    text += f", the lowest in {lowest}." if len(rows) > 1 else "."
    if words.is_known(found.threshold):
        text += _reaching(rows, total, found.threshold)
    if open_pay:
        text += f" Too uncertain to say what they pay: {_too_open(open_pay)}."
    return (
        f"{text} An average hides part-time work and the spread of pay: it does not tell how many "
        "of a sector's jobs pay that much."
    )


def _of_known(unknown: Sequence[Row]) -> str:
    return "Of what can be told, the highest" if unknown else "The highest"


def _may_too(sides: Sequence[int]) -> str:
    """Say of how many it is not sure."""
    may = sides.count(0)
    return f" ({words.spelled(may)} more may)" if may else ""


def _too_open(rows: Sequence[Row]) -> str:
    said = [(row["candidate_name"], span(row, PAY, words.money)) for row in rows]
    return words.listing([f"{name} ({pay})" if pay else str(name) for name, pay in said])


def _reaching(rows: Sequence[Row], total: Row, threshold: float) -> str:
    """Say how many averages reach the threshold, whom that sustains and who says so."""
    sides = [side(row, PAY, threshold, reaches=True) for row in rows]
    reach = sides.count(1)
    verb = "reaches" if reach == 1 else "reach"
    text = f" {part_of(reach, len(rows))} {verb} the pay threshold of {words.money(threshold)}"
    text += _may_too(sides)
    household, source = (total.get(f"threshold_{k}") for k in ("household", "source"))
    if not words.is_known(household):
        return f"{text}."
    if holds(total, "threshold_is_fallback"):
        return f"{text}, a public figure that stands in for a family-sustaining wage."
    cited = f"{source}, {total['threshold_year']:.0f}"
    return f"{text}, which sustains {household} ({cited})."


def threshold_sentence(total: Row) -> str:
    """Say what stands in where no family-sustaining wage was given; empty where one was."""
    if not holds(total, "threshold_is_fallback"):
        return ""
    return (
        f"The pay threshold is {total['threshold_source']}, "
        f"{total['threshold_year']:.0f}, because no family-sustaining wage was given for "
        "this region. It is the same in most of the nation and knows no rents. A thresholds.csv in "
        "the state's folder replaces it, as regions/README.md shows."
    )


def _named_pay(row: Row) -> str:
    return f"{row['candidate_name']} ({said_pay(row)})"


def concentration_sentence(found: Assessment) -> str:
    """Say which candidates are concentrated here."""
    known = [row for row in found.rows if words.is_known(row["lq"])]
    if not known:
        return "Location quotients against the nation are missing for every candidate sector."
    rows = [row for row in known if not is_vague(row, "lq")]
    if not rows:
        return "How concentrated jobs are is too uncertain to say for every candidate sector."
    above = sum(row["lq"] > 1 for row in rows)
    strong = sum(row["lq"] >= CONCENTRATED for row in rows)
    top = max(rows, key=lambda row: row["lq"])
    state = (
        f" and {words.quotient(top['lq_state'])} times that of {found.state_name}"
        if words.is_known(top["lq_state"])
        else ""
    )
    has = "has" if above == 1 else "have"
    reach = "reaches" if strong == 1 else "reach"
    return (
        f"{part_of(above, len(rows))} {has} a larger share of jobs here than in the nation; "
        f"{words.spelled(strong) if strong else 'none'} {reach} {CONCENTRATED}, a common mark of "
        f"specialization. {top['candidate_name']} stands out: its share of jobs is "
        f"{words.quotient(top['lq'])} times the nation's{_sure_lq(top)}{state}."
        f"{_open_lq(known)}{hollow(rows)}"
    )


def hollow(rows: Sequence[Row]) -> str:
    """Explain hollow marks where a chart has any.

    Examples
    --------
    >>> hollow([{"emplvl_estimated_share": 0.7}]), hollow([{"emplvl_estimated_share": 0.2}])
    (' Hollow marks are mostly estimated.', '')
    """
    any_hollow = any(mostly_estimated(row["emplvl_estimated_share"]) for row in rows)
    return " Hollow marks are mostly estimated." if any_hollow else ""


def _sure_lq(row: Row) -> str:
    guessed = words.estimated(row["emplvl_estimated_share"])
    return sure(row, "lq", words.quotient) if guessed else ""


def _open_lq(rows: Sequence[Row]) -> str:
    vague = [row["candidate_name"] for row in rows if is_vague(row, "lq")]
    if not vague:
        return ""
    return f" Too uncertain to say how concentrated it is here: {words.listing(vague)}."


def part_of(part: int, whole: int) -> str:
    """Write how many of the candidates, as at the start of a sentence.

    Examples
    --------
    >>> part_of(7, 18), part_of(0, 1)
    ('Seven of 18 candidate sectors', 'None of 1 candidate sector')
    """
    if part == 0:
        return f"None of {words.count(whole, 'candidate sector')}"
    return f"{words.spelled(part).capitalize()} of {words.count(whole, 'candidate sector')}"
