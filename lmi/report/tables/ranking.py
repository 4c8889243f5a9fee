"""The ranking: place, score, how firm, and what people bring; and what the weights are."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from lmi import words
from lmi.assessment.apart import group_of, why_apart
from lmi.assessment.region import Assessment
from lmi.config import GROUND
from lmi.config.set_aside import PART
from lmi.report.display import PageColumn, PageTable, words_column, written
from lmi.report.in_order import BENEATH
from lmi.scoring.set_aside import ASIDE
from lmi.words import Row, holds, records
from lmi.words.how_sure import is_vague

__all__ = [
    "RANKING",
    "engaged",
    "group_heading",
    "indented",
    "place_and_name",
    "people_count",
    "ranking_table",
    "reasons_table",
    "switches",
    "weights_table",
]

NO_RANK = "\N{EN DASH}"
NOBODY = "nobody yet"
ALONE = 0.9995
"""A criterion that weighs as much leaves nothing to the others, which is no change of weights."""
NO_BREAK = "\N{NO-BREAK SPACE}"

RANKING = [
    "rank", "is_level", "rank_lo", "rank_hi", "score", "score_lo", "score_hi", "first_chance",
    "top3_chance",
    "confidence", "statistic_rank", "ground_rank", "hangs_on", "rank_without",
    *(f"{flag}{end}" for flag in ("driver_jobs", "driver_wages", "driver_concentration",
      "is_driver") for end in ("", "_is_sure")),
    "wages_but_small", "concentration_but_small", *ASIDE, "criteria_missing",
]  # fmt: skip
BROUGHT = [
    "engagement_organisations", "engagement_systems", "local_rating", "local_rating_lowest",
    "local_rating_highest", "local_statements", "readiness_rating",
]  # fmt: skip


def ranking_table(found: Assessment) -> PageTable:
    """Rank the candidates: how firmly, and what people bring beside what the statistics say.

    Those that are set aside stand below, under the reason.
    """
    ordered = found.best_first
    columns = [
        PageColumn("Sector", indented, numeric=False),
        PageColumn("Rank", _rank),
        PageColumn("Score of 100", written(words.points, "score")),
        PageColumn("In the first three", _top3),
    ]
    if people_count(found):
        columns.append(PageColumn("By statistics alone", written(words.whole, "statistic_rank")))
    if "local_rating" in ordered:
        columns.append(PageColumn("On the ground", _rated, numeric=False))
    if "engagement_organisations" in ordered:
        columns.append(PageColumn("Engage employers", engaged, numeric=False))
    columns.append(PageColumn("To know", partial(_to_know, found), numeric=False))
    keys = ["region", "candidate", "candidate_name"]
    kept = [name for name in [*RANKING, *BROUGHT] if name in ordered]
    return PageTable(
        "ranking",
        ordered[keys + kept],
        f"First ranking of the candidate sectors, {found.name}, {found.year}",
        "",
        columns,
        (_note(found),),
        ordered[ordered["annual_avg_emplvl"] != 0],
        stack=True,
        group=partial(group_heading, found),
    )


def group_heading(found: Assessment, row: Row) -> str:
    """Return the heading of those that a row is set aside with; empty where it is ranked."""
    return group_of(found.asked.set_aside, str(row["stands_with"]))[0]


def indented(row: Row) -> str:
    """Write a candidate's name, that of a part as beneath its whole."""
    name = str(row["candidate_name"])
    return f"{BENEATH}{name}" if row["set_aside"] == PART else name


def place_and_name(row: Row) -> str:
    """Write a candidate's rank, where it has one, and its name."""
    name = indented(row)
    return f"{words.whole(row['rank'])}. {name}" if words.is_known(row["rank"]) else name


def _note(found: Assessment) -> str:
    note = (
        "Level: within one point of the best of its rank. Rank in brackets: where the withheld "
        "numbers may put it, nine times in ten. In the first three: in what share of all possible "
        "weightings of the criteria."
    )
    if found.apart:
        note += " Below: set aside, each for the reason told, with the score that it would have."
    if "local_rating" in found.candidates:
        note += (
            " On the ground: mean rating from 1 (against) to 5 (for), how many voices, and how far "
            "apart they are."
        )
    if "engagement_organisations" in found.candidates:
        note += " Engage employers: organizations that work with them, and of how many systems."
    if found.absent:
        note += f" No jobs are recorded in {words.listing(found.absent)}."
    return note


def people_count(found: Assessment) -> bool:
    """Tell whether anything that people bring counts in the score."""
    table = found.weights
    return not table.empty and bool(((table["kind"] == GROUND) & (table["weight"] > 0)).any())


def _rank(row: Row) -> str:
    if not words.is_known(row["rank"]):
        return NO_RANK
    own = words.whole(row["rank"]) + (", level" if holds(row, "is_level") else "")
    low: Any = row.get("rank_lo")
    high: Any = row.get("rank_hi")
    if not (words.is_known(low) and words.is_known(high)):
        return own
    places = words.place_range(low, high)
    if is_vague(row, "rank"):
        return f"uncertain, {places}"
    return own if places == words.whole(row["rank"]) else f"{own} ({places})"


def _top3(row: Row) -> str:
    share: Any = row.get("top3_chance")
    return words.whole_share(float(share)) if words.is_known(share) else NO_RANK


def _rated(row: Row) -> str:
    rating = row.get("local_rating")
    if not words.is_known(rating):
        return "not asked"
    voices = words.count(row["local_statements"], "voice")
    low, high = row["local_rating_lowest"], row["local_rating_highest"]
    spread = f", {words.place_range(low, high)}" if words.is_known(low) and low < high else ""
    return f"{rating:.1f} ({voices}{spread})".replace(" ", NO_BREAK)


def engaged(row: Row) -> str:
    """Write how many organizations work with a sector's employers, and of how many systems."""
    count = row.get("engagement_organisations")
    if not words.is_known(count):
        return words.MISSING
    if count == 0:
        return NOBODY
    systems = words.count(row["engagement_systems"], "system")
    return f"{words.whole(count)} ({systems})".replace(" ", NO_BREAK)


def _to_know(found: Assessment, row: Row) -> str:
    """Say by which number it is set aside or kept nevertheless, and of what it may be that."""
    why = why_apart(row, found.year, found.base_year)
    if row["kept_despite"]:
        return f"Kept by name, although it {why}"
    if maybe := found.asked.set_aside.reason(str(row["may_be_set_aside"])):
        return f"Perhaps {words.lowered(maybe.name)}: it {why}"
    return why[:1].upper() + why[1:]


def switches(found: Assessment) -> pd.DataFrame:
    """List the weights at which another candidate would come first, the nearest first.

    Returns
    -------
    DataFrame
        ``criterion``, ``name``, ``weight`` (now), ``at`` (then), ``challenger`` (key) and
        ``challenger_name``; weights are shares of one.
    """
    names = dict(
        zip(found.candidates["candidate"], found.candidates["candidate_name"], strict=True)
    )
    titles = {criterion.key: criterion.name for criterion in found.criteria}
    near = []
    for row in records(found.weights):
        for way in ("up", "down"):
            at, who = row[f"weight_{way}"], row[f"challenger_{way}"]
            if words.is_known(at) and words.is_known(who) and row["weight"] > 0 and at < ALONE:
                key = str(row["criterion"])
                near.append(
                    {
                        "criterion": key,
                        "name": titles.get(key, key),
                        "weight": row["weight"],
                        "at": float(at),
                        "challenger": who,
                        "challenger_name": names.get(who, who),
                    }
                )
    columns = ["criterion", "name", "weight", "at", "challenger", "challenger_name"]
    table = pd.DataFrame(near, columns=columns)
    distance = (table["at"] - table["weight"]).abs()
    return table.iloc[distance.argsort(kind="stable")].reset_index(drop=True)


def weights_table(found: Assessment) -> PageTable | None:
    """Say what each criterion asks, counts for and could change; none where there is none."""
    if not found.criteria:
        return None
    known = {str(row["criterion"]): row for row in records(found.weights)}
    whole = sum(criterion.weight for criterion in found.criteria)
    shares = {
        c.key: float(known[c.key]["weight"]) if c.key in known else c.weight / whole
        for c in found.criteria
    }
    change = _changes(found)
    frame = pd.DataFrame(
        {
            "criterion": [c.key for c in found.criteria],
            "name": [c.name for c in found.criteria],
            "question": [c.question for c in found.criteria],
            "measure": [c.measure for c in found.criteria],
            "kind": [c.kind for c in found.criteria],
            "weight_share": [shares[c.key] for c in found.criteria],
            "remark": [_remark(found, c.key, known.get(c.key)) for c in found.criteria],
            "screen": [c.screen.words if c.screen else "" for c in found.criteria],
            **{
                name: [known.get(c.key, {}).get(name) for c in found.criteria]
                for name in ("weight_up", "challenger_up", "weight_down", "challenger_down")
            },
        }
    )
    columns = [
        words_column("Criterion", "name"),
        words_column("Question", "question"),
        PageColumn("Counts for", _counts, numeric=False),
        PageColumn(
            "Another sector comes first",
            lambda row: change.get(row["criterion"], ""),
            numeric=False,
        ),
    ]
    return PageTable("weights", frame, "Criteria and weights", "", columns, stack=True)


def _counts(row: Row) -> str:
    share = f"{100 * row['weight_share']:.1f}%".replace(".0%", "%") if row["weight_share"] else ""
    return ", ".join(part for part in (share, row["remark"]) if part)


def _remark(found: Assessment, key: str, known: Row | None) -> str:
    """Say whether a criterion has data here, and what stands in for it."""
    own = next(c for c in found.criteria if c.key == key)
    if own.weight == 0 and (known is None or known["weight"] == 0):
        return "shown beside, not counted"
    if known is not None and known["n_known"] == 0:
        return "left out: no data here"
    by = next((c for c in found.criteria if c.key == own.otherwise), None)
    filled = _stood_in(found, key)
    if filled and by is not None:
        of = "" if filled >= len(found.counted) else f" for {words.count(filled, 'sector')}"
        return f"{words.lowered(by.name)} stands in{of}"
    lacking = _lacking(found, key)
    return f"no data for {words.count(lacking, 'sector')}" if lacking else ""


def _here(found: Assessment, key: str) -> pd.DataFrame:
    rows = found.scores[found.scores["criterion"] == key]
    return rows[rows["candidate"].isin(found.counted["candidate"])]


def _stood_in(found: Assessment, key: str) -> int:
    rows = _here(found, key)
    return int(rows["stands_in"].astype(bool).sum()) if "stands_in" in rows else 0


def _lacking(found: Assessment, key: str) -> int:
    rows = _here(found, key)
    return int(rows["value"].isna().sum()) if "value" in rows else 0


def _changes(found: Assessment) -> dict[str, str]:
    """Say by criterion at what weight who would come first."""
    said: dict[str, list[str]] = {}
    for row in records(switches(found)):
        side = "from" if row["at"] > row["weight"] else "below"
        said.setdefault(str(row["criterion"]), []).append(
            f"{row['challenger_name']} {side} {_percent(row['at'])}"
        )
    return {key: "; ".join(parts) for key, parts in said.items()}


def _percent(share: float) -> str:
    return "1%" if 0 < share < 0.01 else f"{100 * share:.1f}%".replace(".0%", "%")


def reasons_table(found: Assessment) -> PageTable:
    """Hold the reasons as a table, for the CSV beside the page."""
    told = found.reasons
    frame = pd.DataFrame(
        {
            "region": [found.region.key] * len(told),
            "rank": pd.array([reasons.rank for reasons in told], dtype="Int64"),
            "set_aside": [reasons.apart for reasons in told],
            "candidate": [reasons.candidate for reasons in told],
            "candidate_name": [reasons.name for reasons in told],
            "standing": [reasons.standing for reasons in told],
            "firmness": [reasons.firmness for reasons in told],
            "questions": [" ".join(reasons.questions) for reasons in told],
        }
    )
    return PageTable("reasons", frame, "Why each sector stands where it does", "")
