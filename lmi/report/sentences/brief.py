"""The few sentences of the first page: who leads, what is set aside, how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from lmi import words
from lmi.assessment.apart import LEVELS
from lmi.assessment.region import Assessment
from lmi.report.sentences.place import estimated_share
from lmi.report.sentences.ranking import firm_sentence
from lmi.report.tables.leaders import LEADERS, no_outlook
from lmi.words import Row, records
from lmi.words.how_sure import JOBS, estimated_ends

__all__ = ["headline", "how_sure", "others_sentence"]

LOSING = "declining"
NEARLY_ALWAYS = 0.9
NAMED = 3
"""Places, and names of a group, that a headline tells; the rest is counted."""


def headline(found: Assessment) -> str:
    """Say in one breath which candidates lead and which lose jobs."""
    groups = [list(rows) for _, rows in groupby(records(found.ranked), key=lambda row: row["rank"])]
    if not groups:
        return f"No candidate sector can be ranked yet.{_losing(found)}"
    if len(found.ranked) == 1:
        return f"Only {_named(groups[0])} is ranked by the Step 2 criteria.{_losing(found)}"
    first, *others = groups
    followers: list[Row] = []
    for group in others:
        if len(first) + len(followers) < NAMED:
            followers += group
    verb = f"comes first{_often(first[0])}" if len(first) == 1 else "are level at the top"
    after = f", before {_named(followers)}" if followers else ""
    is_open = any(_may_move(row) for row in (*first, *followers))
    unsure = "; withheld numbers may change that order" if is_open else ""
    return f"By the Step 2 criteria, {_named(first)} {verb}{after}{unsure}.{_losing(found)}"


def _often(row: Row) -> str:
    """Say how often it comes first by other weights, where that is not nearly always."""
    chance = row.get("first_chance")
    if not words.is_known(chance) or float(chance) >= NEARLY_ALWAYS:  # type: ignore[arg-type]
        return ""
    times = words.whole_share(float(chance)).removesuffix("%")  # type: ignore[arg-type]
    return f" (in {times} of 100 ways to weigh them)"


def _named(rows: Sequence[Row]) -> str:
    return words.listing((str(row["candidate_name"]) for row in rows), NAMED)


def _may_move(row: Row) -> bool:
    """Whether withheld numbers leave its rank open."""
    ends = (row.get("rank_lo"), row.get("rank_hi"))
    return any(words.is_known(end) and end != row["rank"] for end in ends)


def _losing(found: Assessment) -> str:
    losing = next((apart.rows for apart in found.apart if apart.key == LOSING), [])
    if not losing:
        return ""
    verb = "is" if len(losing) == 1 else "are"
    return f" {_named(losing)} {verb} set aside: losing jobs."


def others_sentence(found: Assessment) -> str:
    """Name who is ranked below the first page's table, and who is counted at another level."""
    after = [row for row in records(found.ranked) if row["rank"] > LEADERS]
    said = [no_outlook(found)]
    if after:
        places = [
            f"{words.listing(str(row['candidate_name']) for row in rows)} ({words.whole(rank)})"
            for rank, rows in groupby(after, key=lambda row: row["rank"])
        ]
        said.append(f"Ranked after these: {words.listing(places)}.")
    said += [
        f"{apart.name}: {words.listing(apart.names)}."
        for apart in found.apart
        if apart.key in LEVELS
    ]
    if found.absent:
        said.append(f"Without jobs here: {words.listing(found.absent)}.")
    return " ".join(filter(None, said))


def how_sure(found: Assessment) -> str:
    """Say in one line how much is estimated, and how firm the first places are."""
    return f"{_estimated(found)}{firm_sentence(records(found.ranked))}".strip()


def _estimated(found: Assessment) -> str:
    """Say how much of the candidates' jobs is estimated, and of those that lead the most."""
    known = found.counted.dropna(subset=[JOBS, f"{JOBS}_published"])
    share = estimated_share(known)
    if share is None:
        return "How many of the candidate sectors' jobs are estimated is missing."
    told = "" if len(known) == len(found.present) else " that have a number"
    of_leading = _of_leading(records(found.ranked[found.ranked["rank"] <= LEADERS]))
    if words.estimated(share):
        return (
            f"{words.whole_share(share)} of the jobs in the candidate sectors{told} are estimated, "
            f"because the agency withholds them{of_leading}."
        )
    if not told:
        return "All of the candidate sectors' jobs are published."
    return f"All of the jobs in the candidate sectors{told} are published{of_leading}."


def _at_most(share: float) -> str:
    said = words.whole_share(share)
    return said if said.startswith("under") else f"at most {said}"


def _of_leading(rows: Sequence[Row]) -> str:
    """Name of those that lead whose jobs are estimated the most, and of whom it may be more."""
    known = [(str(row["candidate_name"]), *ends) for row in rows if (ends := estimated_ends(row))]
    top, part = max(
        ((name, most) for name, least, most in known if least == most),
        key=lambda one: one[1],
        default=("", 0.0),
    )
    more = sorted((-most, name) for name, least, most in known if least < most and most > part)
    said = [f"{words.whole_share(part)} in {top}"] if words.estimated(part) else []
    said += [f"{_at_most(-most)} in {name}" for most, name in more[:NAMED]]
    if not said:
        of = "those that lead" if len(rows) > 1 else f"those in {top}"
        return f"; {of} are published in full" if known and len(known) == len(rows) else ""
    if len(rows) == 1:
        return f"; {said[0]}"
    if not more:
        said = [f"the most in {top} ({words.whole_share(part)})"]
    return f"; of those that lead, {words.listing(said)}"
