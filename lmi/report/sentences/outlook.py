"""Sentences on where jobs are going, from whom that is, and who says otherwise."""

from __future__ import annotations

from collections.abc import Sequence

from lmi import words
from lmi.assessment.outlooks import (
    at_odds,
    expected_of,
    is_open,
    jobs_to_come,
    recession_note,
)
from lmi.assessment.region import Assessment
from lmi.words import Row, holds, records
from lmi.words.how_sure import CONFIDENTIAL

__all__ = ["outlook_sentence", "projections_sentence"]

NAMED = 4
RATE = "projected_emplvl_cagr"


def outlook_sentence(found: Assessment) -> str:
    """Say who is expected to gain or lose jobs, of whom that is open, and where sources disagree.

    Returns
    -------
    str
        Empty where nothing is expected of any.
    """
    rows = [row for row in found.rows if jobs_to_come(row)]
    if not rows:
        return ""
    firm = [row for row in rows if not is_open(row)]
    told = [f"{row['candidate_name']} {expected_of(row)}" for row in firm[:NAMED]]
    parts = [f"Nine times in ten: {'; '.join(told)}."] if told else []
    if len(firm) > NAMED:
        parts.append(f"{words.spelled(len(firm) - NAMED).capitalize()} more are in the table.")
    left_out = _left_out(found)
    parts += _of_open([row for row in rows if is_open(row)], bool(firm), bool(left_out))
    note = recession_note(rows, found.base_year, found.year)
    return " ".join(filter(None, [*parts, _ends(rows), _at_odds(rows), left_out, note]))


def _left_out(found: Assessment) -> str:
    """Name those with jobs here that are not in the table, and why; empty where all are."""
    without = [row for row in records(found.present) if not words.is_known(row.get(RATE))]
    if not without:
        return ""
    names = words.listing(str(row["candidate_name"]) for row in without)
    verb = "is" if len(without) == 1 else "are"
    few = any(holds(row, name) for row in without for name in CONFIDENTIAL)
    told = ", or would tell of one or two employers" if few else ""
    return f"{names} {verb} not in the table: what is expected is not known{told}."


def _ends(rows: Sequence[Row]) -> str:
    """Say between which rates all that is expected lies, and whose these are.

    It is no order: the ranges of most of them overlap. All that are written alike are named.
    """
    rates = sorted((float(row[RATE]), str(row["candidate_name"])) for row in rows)
    least, most = (words.signed_pct(rate) for rate, _ in (rates[0], rates[-1]))
    if least == most:
        return ""
    low, high = (
        words.listing([name for rate, name in rates if words.signed_pct(rate) == end], NAMED)
        for end in (least, most)
    )
    return f"What is expected runs from {least} a year ({low}) to {most} ({high})."


def _of_open(rows: Sequence[Row], beside_others: bool, lacks_some: bool) -> list[str]:
    if not rows:
        return []
    if len(rows) == 1:
        who, ranges = str(rows[0]["candidate_name"]), "its range reaches"
    elif beside_others:
        many = words.numbered(len(rows), "sector").replace(" ", " more ", 1)
        who, ranges = f"{many[:1].upper()}{many[1:]}", "their ranges reach"
    else:
        who, ranges = f"Every sector{' in the table' * lacks_some}", "each range reaches"
    return [f"{who} may gain or lose jobs: {ranges} from loss to gain."]


def _at_odds(rows: Sequence[Row]) -> str:
    """Name those of whom sources disagree, the largest first, with what the others say."""
    said = [f"{row['candidate_name']} ({against})" for row in rows if (against := at_odds(row))]
    if not said:
        return ""
    return f"Sources disagree on {words.listing(said, NAMED)}: ask those who know these employers."


def projections_sentence(found: Assessment) -> str:
    """Say where projections are from, or that there are none."""
    rows = [row for row in found.rows if words.is_known(row.get("projected_emplvl_pct_chg"))]
    if not rows:
        return _without_projections(found)
    by: dict[str, list[str]] = {}
    for row in rows:
        source = f"{row['projection_source']}, {row['projection_horizon']}"
        by.setdefault(source, []).append(str(row["candidate_name"]))
    *few, most = sorted(by, key=lambda source: (len(by[source]), source))
    said = [most, *(f"for {words.listing(sorted(by[source]), 3)} {source}" for source in few)]
    return (
        f"Projected growth: {'; '.join(said)}. What comes will differ: the ranges are those that "
        "held nine times in ten in a test on twenty years of jobs by county and sector; a shock "
        "like the pandemic is beyond them."
    )


def _without_projections(found: Assessment) -> str:
    scores = found.scores
    filled = scores[scores["stands_in"].astype(bool)] if "stands_in" in scores else scores.iloc[:0]
    for criterion in found.criteria:
        stand_in = next((c for c in found.criteria if c.key == criterion.otherwise), None)
        projected = criterion.measure.startswith("projected_")
        if projected and stand_in and (filled["criterion"] == criterion.key).any():
            text = (
                f"There are no projections for this region; {words.lowered(stand_in.name)} stands "
                f"in for {words.lowered(criterion.name)} in the score"
            )
            least = "a loss that is sure counts against a sector, no gain counts for it"
            return f"{text}: {least}." if stand_in.counts_against_only else f"{text}."
    return "There are no projections for this region, so projected growth is not scored."
