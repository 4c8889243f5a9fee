"""Sentences on where candidates stand: screens, projections, scores, ranks and weights."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from lmi import words
from lmi.assessment.region import Assessment
from lmi.config import GROUND
from lmi.config.set_aside import PART
from lmi.report.sentences.jobs_pay_concentration import how_many
from lmi.scoring.rank import FIRST_THREE
from lmi.words import Row, holds, records

__all__ = [
    "criteria_sentence",
    "firm_sentence",
    "ranking_sentence",
    "robustness_sentence",
    "switching_sentence",
]

OFTEN = 0.5
WIDE = 6
LEAST = 0.01
"""A rank that withheld numbers may move over so many places is open."""
WORTH_SAYING = 0.05
"""From what chance of coming first on a candidate is named."""


def criteria_sentence(found: Assessment) -> str:
    """Say how many candidates pass a driver screen."""
    rows = found.rows
    if not rows:
        return "No candidate sector has jobs here."
    driving = [row for row in rows if holds(row, "is_driver")]
    unsure = sum(not holds(row, "is_driver_is_sure", otherwise=True) for row in driving)
    may = sum(
        not holds(row, "is_driver") and not holds(row, "is_driver_is_sure", otherwise=True)
        for row in rows
    )
    if len(rows) == 1:
        text = how_many(rows, [1 if driving else 0 if may else -1], "drives", "drive")
        text += " the regional economy by jobs, by pay or by concentration"
        text += ", by the estimate alone." if unsure else "."
        return f"{text}{_small(rows)}"
    sides = [1] * len(driving) + [-1] * (len(rows) - len(driving))
    text = (
        f"{how_many(rows, sides, 'drives', 'drive')} the regional economy by jobs, by pay or by "
        f"concentration{f' ({may} more may)' if may else ''}"
    )
    text += f", {words.spelled(unsure)} of them only by the estimate." if unsure else "."
    return f"{text}{_small(rows)}"


def _small(rows: Sequence[Row]) -> str:
    """Name those that pay or are concentrated, and that are too small to drive an economy."""
    small = [
        str(row["candidate_name"])
        for row in rows
        if not holds(row, "is_driver")
        and (holds(row, "wages_but_small") or holds(row, "concentration_but_small"))
    ]
    if not small:
        return ""
    verb = "pays or is" if len(small) == 1 else "pay or are"
    return f" {words.listing(small)} {verb} concentrated above the line, but small."


def ranking_sentence(found: Assessment) -> str:
    """Say which candidates lead, how firmly, and whether what people know is in the score."""
    rows = [row for row in found.rows if words.is_known(row["score"])]
    if not rows:
        return "No candidate sector can be scored: every criterion is missing."
    ranked = records(found.ranked)
    return (
        f"{_first(ranked)}{_set_aside(found)}{firm_sentence(ranked)}{_lacking(found, rows)}"
        f"{_people(found)} The score opens the discussion and does not decide it."
    )


def _first(ranked: Sequence[Row]) -> str:
    """Name who comes first and who follows, those that are level together."""
    if not ranked:
        return "No candidate sector is left to be ranked."
    if len(ranked) == 1:
        (row,) = ranked
        score = words.points(row["score"])
        return f"{row['candidate_name']} alone is ranked, with {score} of 100 points."
    first, *others = (
        [f"{row['candidate_name']} ({words.points(row['score'])})" for row in rows]
        for _, rows in groupby(ranked, key=lambda row: row["rank"])
    )
    verb = "comes first" if len(first) == 1 else "are level at the top"
    text = f"With the weights below, {words.listing(first)} {verb}"
    named, followers = len(first), []
    for names in others:
        if named < FIRST_THREE:
            followers.append(words.listing(names) + ", which are level," * (len(names) > 1))
            named += len(names)
    if not followers:
        return f"{text}, out of 100."
    joined = (
        words.listing(followers)
        if named == len(first) + len(followers)
        else (" and then ".join(followers).removesuffix(","))
    )
    return f"{text}, followed by {joined}, out of 100."


def _set_aside(found: Assessment) -> str:
    """Name those that are set aside, by the reason."""
    said = [
        f"{words.lowered(apart.name)}, {words.listing(apart.names)}"
        for apart in found.apart
        if apart.key != PART
    ]
    return f" Set aside: {'; '.join(said)}." if said else ""


def firm_sentence(ranked: Sequence[Row]) -> str:
    """Say who else comes first under other weights."""
    if len(ranked) < 2:
        return ""  # who is ranked alone is first whatever counts
    leading = [row for row in ranked if (row.get("first_chance") or 0) >= WORTH_SAYING]
    leading.sort(key=lambda row: (-row["first_chance"], row["candidate"]))
    if not leading:
        return ""
    most, *others = leading[:3]
    said = [
        f"{most['candidate_name']} comes first in {_in_hundred(most)}",
        *(f"{row['candidate_name']} in {_in_hundred(row)}" for row in others),
    ]
    return f" Of 100 ways to weigh the criteria, {words.listing(said)}."


def _in_hundred(row: Row) -> str:
    return words.whole_share(row["first_chance"]).removesuffix("%")


def _people(found: Assessment) -> str:
    table = found.weights
    if table.empty:
        return " What the team knows on the ground counts as much."
    of_people = table[table["kind"] == GROUND]
    share = float(of_people["weight"].sum())
    if share > 0:
        return f" What people bring makes {100 * share:.0f}% of the score."
    if any(c.kind == GROUND and c.weight > 0 for c in found.criteria):
        return (
            " Nobody has written down yet who works with employers or what is known on the "
            "ground, which counts as much, so the statistics make the score alone."
        )
    return ""


def robustness_sentence(found: Assessment) -> str:
    """Say how to read the chances of ranks, and whose place is open."""
    rows = [row for row in found.rows if words.is_known(row.get("top3_chance"))]
    if len(found.ranked) == 1:
        name = found.ranked["candidate_name"].iloc[0]
        return f"{name} alone is ranked: no weight and no withheld number moves it."
    firm = [str(row["candidate_name"]) for row in rows if row["top3_chance"] >= OFTEN]
    moved = [
        str(row["candidate_name"])
        for row in rows
        if words.is_known(row["rank_lo"])
        and row["rank_lo"] <= FIRST_THREE
        and row["rank_hi"] - row["rank_lo"] >= WIDE
    ]
    verb, each = ("is", "") if len(firm) == 1 else ("are", " each")
    text = (
        f"In more than half of all weightings {words.listing(firm)} {verb}{each} among the first "
        "three."
        if firm
        else "No sector is among the first three in more than half of all weightings: which ones "
        "are first is a matter of what the team finds important."
    )
    if moved:
        text += (
            f" Too much is withheld to place {words.listing(moved, limit=4)} well, which may be "
            "among the first three even with the weights as they stand."
        )
    return (
        f"{text} The darker a cell, the more often a sector comes at that rank when every "
        "weighting of the criteria is as likely as any other and withheld numbers are what they "
        "may be."
    )


def switching_sentence(found: Assessment, nearest: pd.DataFrame) -> str:
    """Say what it would take for another sector to come first.

    Parameters
    ----------
    nearest : DataFrame
        As `lmi.report.tables.ranking.switches` gives them.
    """
    ranked = found.ranked
    if len(ranked) < 2 or found.weights.empty:
        return ""
    leader = max(records(ranked), key=lambda row: float(row["score"]))["candidate_name"]
    if nearest.empty:
        return f"No weight of any single criterion would put another sector before {leader}."
    row = nearest.iloc[0]
    up = row["at"] > row["weight"]
    way = "more than" if up else "less than"
    text = (
        f"What it would take for another sector to come first: {row['challenger_name']} would "
        f"pass {leader} if {_quoted(row['name'])} counted for {way} "
        f"{_moved(row['at'], row['weight'])}"
    )
    other = nearest[nearest["challenger"] != row["challenger"]].head(1)
    for also in records(other):
        beyond = "more than" if also["at"] > also["weight"] else "less than"
        text += (
            f", {also['challenger_name']} if {_quoted(also['name'])} counted for {beyond} "
            f"{_moved(also['at'], also['weight'])}"
        )
    return f"{text}. The other weights keep their proportions."


def _quoted(name: str) -> str:
    """Write a criterion's name within a sentence, in quotes where it has a comma of its own."""
    if "," not in name:
        return words.lowered(name)
    return f"\N{LEFT DOUBLE QUOTATION MARK}{name}\N{RIGHT DOUBLE QUOTATION MARK}"


def _moved(to: float, now: float) -> str:
    """Write a share and what it is now, in as many digits as tell the two apart."""
    if 0 < to < LEAST:
        return f"{100 * LEAST:.0f}% (now {100 * now:.0f}%)"
    digits = next((n for n in range(3) if round(100 * to, n) != round(100 * now, n)), 3)
    return f"{100 * to:.{digits}f}% (now {100 * now:.{digits}f}%)"


def _lacking(found: Assessment, rows: Sequence[Row]) -> str:
    """Say which criteria have no data, for all sectors and for some."""
    lacked = [
        {key.strip() for key in str(row["criteria_missing"]).split(",")}
        if words.is_known(row["criteria_missing"])
        else set()
        for row in rows
    ]
    by_all = set.intersection(*lacked)
    names = {criterion.key: criterion.name for criterion in found.criteria}
    brought = {c.key for c in found.criteria if c.kind == GROUND}
    some = sum(bool(keys - by_all - brought) for keys in lacked)
    by_all = by_all - brought  # what nobody brought is said in a sentence of its own
    text = ""
    if by_all:
        named = words.listing(sorted(names.get(key, key) for key in by_all))
        verb = "has" if len(by_all) == 1 else "have"
        left = "is left out" if len(by_all) == 1 else "are left out"
        text += f" {named} {verb} no data for any sector and {left}."
    if some:
        has = "sector lacks" if some == 1 else "sectors lack"
        other = "some other criterion" if by_all else "some criterion"
        text += (
            f" {words.spelled(some).capitalize()} {has} data for {other}; the rest then share its "
            "weight."
        )
    return text
