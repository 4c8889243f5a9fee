"""Sentences on what may make a sector a driver: its jobs, its pay and its concentration."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from lmi import words
from lmi.assessment.region import Assessment
from lmi.assessment.uncovered import free_industries, industry_name, share_sentence
from lmi.measures.lq import CONCENTRATED
from lmi.report.in_order import measured_rows
from lmi.schema.measures import MEASURES, STANDS_IN, threshold_name
from lmi.words import Row, holds
from lmi.words.claims import ends, in_order, may_be_first, middle_of, or_, side
from lmi.words.how_sure import (
    JOBS,
    PAY,
    as_range,
    has_range,
    is_measured,
    is_vague,
    mostly_estimated,
)
from lmi.words.intervals import cell, rough_money, rough_quotient, said_jobs, said_pay, span, sure

__all__ = [
    "concentration_sentence",
    "drivers_sentence",
    "LARGER",
    "hollow",
    "industries_sentence",
    "how_many",
    "threshold_sentence",
    "uncovered_sentence",
    "wages_sentence",
]

_SHARE = "emplvl_share"
LARGER = 1.05
"""A quotient from here on is a clearly larger share than the nation's."""
WAGE = "threshold_annual_wage"
LARGEST = 3  # sectors named in order of jobs


def drivers_sentence(found: Assessment) -> str:
    """Say which candidates have the most jobs and how much of that is estimated."""
    rows = [row for row in found.rows if is_measured(row, JOBS)]
    if not rows:
        return "No jobs are published or can be estimated for any candidate sector."
    if len(rows) == 1:
        (row,) = rows
        share = cell(row, _SHARE, words.share)
        return (
            f"{row['candidate_name']} has {said_jobs(row)}, {share} of all jobs in the region. "
            f"{_estimated_part(rows)}{_without(found, rows)}"
        ).strip()
    first, *others = in_order(rows, JOBS, LARGEST)
    text = f"The largest of {words.count(len(rows), 'candidate sector')} with jobs here is "
    if len(first) == 1:
        share = cell(first[0], _SHARE, words.share)
        text += f"{first[0]['candidate_name']} with {said_jobs(first[0])}, {share} of all jobs in "
        text += "the region"
    else:
        text += or_([_named_jobs(row) for row in first])
    if others:
        followers = (or_([_named_jobs(row) for row in group]) for group in others)
        text += f", followed by {words.listing(followers)}"
    return f"{text}. {_estimated_part(rows)}{_open(rows)}{_without(found, rows)}".strip()


def _named_jobs(row: Row, name: str = "") -> str:
    said = said_jobs(row)
    if " (" in said:  # one bracket, not two
        said = said.replace(" (", "; ").removesuffix(")")
    return f"{name or row['candidate_name']} ({said})"


def _estimated_part(rows: Sequence[Row]) -> str:
    guessed = [row for row in rows if words.much_estimated(row["emplvl_estimated_share"])]
    if not guessed:
        whose = "its jobs" if len(rows) == 1 else "the jobs of any of them"
        return f"At most a tenth of {whose} is estimated. "
    if len(guessed) == 1:
        lead = f"In {guessed[0]['candidate_name']} more than a tenth of the jobs are estimated"
    else:
        lead = f"In {len(guessed)} sectors more than a tenth of the jobs are estimated"
    return (
        f"{lead}, because numbers that could reveal a single employer are withheld; the range of "
        "each is listed under \u201cHow good the numbers are\u201d. "
    )


def _open(rows: Sequence[Row]) -> str:
    """Name the sectors whose jobs are too uncertain for a number, or given as a range alone."""
    vague = [row for row in rows if is_vague(row, JOBS)]
    ranged = [row for row in rows if as_range(row, JOBS) and not is_vague(row, JOBS)]
    text = ""
    for lead, some in (
        ("Too uncertain to say how many jobs there are", vague),
        ("Given as a range, so that nothing tells of one or two employers", ranged),
    ):
        told = {str(row["candidate_name"]): said_jobs(row) for row in some}
        # a range that is written as one number is none
        named = [f"{name} ({jobs})" for name, jobs in told.items() if not jobs.startswith("about")]
        text += f"{lead}: {words.listing(named)}. " if named else ""
    return text


def _without(found: Assessment, rows: Sequence[Row]) -> str:
    shown = {row["candidate"] for row in rows}
    missing = [row["candidate_name"] for row in found.rows if row["candidate"] not in shown]
    text = f"The jobs of {words.listing(missing)} are withheld. " if missing else ""
    if found.absent:
        text += f"No jobs are recorded in {words.listing(found.absent)}. "
    return text


def industries_sentence(table: pd.DataFrame) -> str:
    """Say which industry sectors are the largest, as far as that is sure."""
    rows = measured_rows(table, JOBS)
    if not rows:
        return "No industry sector has published or estimated jobs."
    first, *others = in_order(rows, _SHARE, LARGEST)
    text = "Of standard industry sectors, public and private employers together, the largest is "
    text += or_([_named_share(row) for row in first])
    if others:
        followers = (or_([_named_share(row) for row in group]) for group in others)
        text += f", followed by {words.listing(followers)}"
    return f"{text}."


def _named_share(row: Row) -> str:
    return f"{row['industry_title']} ({cell(row, _SHARE, words.share)} of all jobs)"


def wages_sentence(found: Assessment, total: Row) -> str:
    """Say how the candidates pay against the region's average and the threshold.

    Parameters
    ----------
    total : mapping
        All jobs of the region: its row of the `regions` table.
    """
    known = [row for row in found.rows if is_measured(row, PAY)]
    if not known:
        return "Pay is missing for every candidate sector."
    open_pay = [row for row in known if is_vague(row, PAY)]
    rows = [row for row in known if not is_vague(row, PAY)]
    if not rows:
        return f"Pay is too uncertain to say for {_too_open(open_pay)}."
    average = total["avg_annual_pay"]
    sides = [_pay_side(row, average) for row in known]
    text = (
        f"{how_many(known, sides, 'pays', 'pay')} more than the region's "
        f"average of {words.money(average)}{_may_too(sides)}. {_extremes(rows, open_pay)}"
    )
    if words.is_known(found.threshold):
        text += _reaching(known, total, found.threshold)
    if open_pay:
        text += f" Too uncertain to say what they pay: {_too_open(open_pay)}."
    return (
        f"{text} An average hides part-time work and the spread of pay: it does not tell how many "
        "of a sector's jobs pay that much."
    )


def _extremes(rows: Sequence[Row], unknown: Sequence[Row]) -> str:
    """Say who pays the most and the least, or may."""
    if len(rows) == 1 and not unknown:
        return f"It pays {said_pay(rows[0])}."
    most, least = may_be_first(rows, PAY), may_be_first(rows, PAY, lowest=True)
    if len(most) == len(least) == len(rows) > 1:
        return f"{_of_known(unknown)} and the lowest pay may be in any of them."
    lowest = f", the lowest in {or_([_named_pay(row) for row in least])}" if len(rows) > 1 else ""
    return f"{_of_known(unknown)} pay is in {or_([_named_pay(row) for row in most])}{lowest}."


def _pay_side(row: Row, line: float, *, reaches: bool = False) -> int:
    """Tell on which side of a line pay is; either, where it is open and no interval is known."""
    if is_vague(row, PAY) and not has_range(row, PAY):
        return 0
    return side(row, PAY, line, reaches=reaches)


def _of_known(unknown: Sequence[Row]) -> str:
    return "Of what can be told, the highest" if unknown else "The highest"


def _may_too(sides: Sequence[int]) -> str:
    """Say of how many it is not sure."""
    may = sides.count(0) if len(sides) > 1 else 0
    return f" ({may} more may)" if may else ""


def _too_open(rows: Sequence[Row]) -> str:
    said = [(row["candidate_name"], span(row, PAY, rough_money)) for row in rows]
    return words.listing([f"{name} ({pay})" if pay else str(name) for name, pay in said])


def _reaching(rows: Sequence[Row], total: Row, threshold: float) -> str:
    """Say how many averages reach the threshold, whom that sustains and who says so."""
    sides = [_pay_side(row, threshold, reaches=True) for row in rows]
    text = f" {how_many(rows, sides, 'reaches', 'reach')} {threshold_name(total)} of "
    text += f"{words.money(threshold)}{_may_too(sides)}"
    household, source = (total.get(f"threshold_{k}") for k in ("household", "source"))
    if not words.is_known(household) or holds(total, STANDS_IN):
        return f"{text}."
    cited = f"{source}, {total['threshold_year']:.0f}"
    return f"{text}, which sustains {household} ({cited})."


def uncovered_sentence(found: Assessment) -> str:
    """Say what no candidate holds, which of its industries is the largest, and what to do."""
    said = share_sentence(found.uncovered)
    rows = free_industries(found.uncovered)
    if not rows:
        return said
    first = [_named_jobs(row, industry_name(row)) for row in may_be_first(rows, JOBS)]
    return (
        f"{said} The largest of their industries is {or_(first)}. Does one of them belong on the "
        "list? At the bench and in a workshop a candidate is made of it in one step."
    )


def threshold_sentence(total: Row) -> str:
    """Say what stands in where no family-sustaining wage was given; empty where one was."""
    if not holds(total, STANDS_IN):
        return ""
    what, _, cited = str(total["threshold_source"]).partition(", ")
    return (
        f"No local standard was given: {what} stands in ({words.money(total[WAGE])}; {cited}, "
        f"{total['threshold_year']:.0f}) and ignores rents and child care."
    )


def _named_pay(row: Row) -> str:
    return f"{row['candidate_name']} ({said_pay(row)})"


def concentration_sentence(found: Assessment) -> str:
    """Say which candidates are concentrated here."""
    known = [row for row in found.rows if is_measured(row, "lq")]
    if not known:
        return "Location quotients against the nation are missing for every candidate sector."
    sides = [side(row, "lq", LARGER, reaches=True) for row in known]
    if not any(sides) and all(is_vague(row, "lq") for row in known):
        return "How concentrated jobs are is too uncertain to say for every candidate sector."
    strong = [side(row, "lq", CONCENTRATED, reaches=True) for row in known]
    above = sides.count(1)
    text = f"{how_many(known, sides, 'has', 'have')} a clearly larger share of jobs here than in "
    text += f"the nation{_may_too(sides)}; {_reaching_mark(strong, above)}."
    told = [row for row in known if not is_vague(row, "lq")]
    return f"{text}{_most_concentrated(found, told)}{_open_lq(known)}"


def _reaching_mark(strong: Sequence[int], above: int) -> str:
    if len(strong) == 1:
        (side_of,) = strong
        verb = {1: "reaches", 0: "may reach", -1: "does not reach"}[side_of]
        return f"it {verb} {CONCENTRATED}, a common mark of specialization"
    reach = strong.count(1)
    if reach == above == 1:
        return f"it reaches {CONCENTRATED}, a common mark of specialization{_may_too(strong)}"
    every = "both" if above == 2 else "all"
    many = every if reach == above > 1 else str(reach) if reach else "none"
    verb = "reaches" if reach == 1 else "reach"
    return f"{many} {verb} {CONCENTRATED}, a common mark of specialization{_may_too(strong)}"


def _most_concentrated(found: Assessment, rows: Sequence[Row]) -> str:
    """Say whose quotient is the largest, or may be; empty where none is above the nation's."""
    first = may_be_first(rows, "lq")
    likely = [row for row in first if middle_of(row, "lq") >= LARGER]
    if not likely:
        return ""
    if len(first) > 1 or side(first[0], "lq", LARGER, reaches=True) < 1:
        named = [f"{row['candidate_name']} ({MEASURES['lq'].cell(row)})" for row in likely]
        named[0] = f"{named[0][:-1]} times the nation's share)"
        verb = "is" if len(likely) == len(first) > 1 else "may be"
        return f" The most concentrated {verb} {or_(named)}."
    (top,) = first
    times = words.spoken(MEASURES["lq"].cell(top))
    state = (
        f" and {words.spoken(MEASURES['lq_state'].cell(top))} times that of {found.state_name}"
        if is_measured(top, "lq_state") and not is_vague(top, "lq_state")
        else ""
    )
    range_ = "" if as_range(top, "lq") else sure(top, "lq", rough_quotient)
    return (
        f" {top['candidate_name']} stands out: its share of jobs is {times} times the nation's"
        f"{range_}{state}."
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


def _open_lq(rows: Sequence[Row]) -> str:
    """Say of which the interval alone can be told, and what follows from it all the same."""
    vague = [row for row in rows if is_vague(row, "lq")]
    below = [row for row in vague if side(row, "lq", LARGER, reaches=True) < 0]
    text = ""
    if below:
        named = [
            f"{row['candidate_name']} (at most {rough_quotient(ends(row, 'lq')[1])})"
            for row in below
        ]
        text += f" Not concentrated, though no more can be said: {words.listing(named)}."
    left = [row for row in vague if side(row, "lq", LARGER, reaches=True) == 0]
    if left:
        named = [f"{row['candidate_name']} ({MEASURES['lq'].cell(row)})" for row in left]
        text += f" Too uncertain to say whether it is concentrated: {words.listing(named)}."
    return text


def how_many(rows: Sequence[Row], sides: Sequence[int], one: str, many: str) -> str:
    """Write how many of the candidates do something, as at the start of a sentence.

    Parameters
    ----------
    rows : sequence of mapping
        The candidates; of a single one its name is told.
    sides : sequence of {-1, 0, 1}
        Whether each does: surely not, perhaps, surely.
    one, many : str
        The verb of one and of several.

    Examples
    --------
    >>> how_many([{}] * 4, [1, 1, 0, -1], "pays", "pay"), how_many([{}] * 2, [-1, 0], "has", "have")
    ('2 of 4 candidate sectors pay', 'None of 2 candidate sectors have')
    >>> alone = [{"candidate_name": "Retail"}]
    >>> how_many(alone, [1], "pays", "pay"), how_many(alone, [-1], "pays", "pay")
    ('Retail pays', 'Retail does not pay')
    """
    do, of = sides.count(1), len(rows)
    if of == 1:
        verb = {1: one, 0: f"may {many}", -1: f"does not {many}"}[sides[0]]
        return f"{rows[0]['candidate_name']} {verb}"
    verb = one if do == 1 else many
    return f"{do or 'None'} of {words.count(of, 'candidate sector')} {verb}"
