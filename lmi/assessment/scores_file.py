"""A region's scores as rows for a CSV file, and as nested values, with all that made them."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd

from lmi.assessment.apart import in_groups
from lmi.assessment.basis import FOR_STAFF
from lmi.assessment.json_values import plain
from lmi.assessment.region import LiveAssessment
from lmi.scoring.methods import METHODS, compare_methods
from lmi.scoring.set_aside import ASIDE
from lmi.words import Row, records

__all__ = ["BY_METHOD", "method_ranks", "score_document", "score_rows"]

BY_CRITERION = ("raw", "raw_lo", "raw_hi", "value", "stands_in", "weight", "contribution")
RANKED = (
    "rank", "is_level", "rank_lo", "rank_hi", "score", "score_lo", "score_hi", "first_chance",
    "top3_chance",
    "confidence", "statistic_rank", "ground_rank", "hangs_on", "rank_without", *ASIDE,
)  # fmt: skip
SCREENS = ("driver_", "is_driver", "wages_but_small", "concentration_but_small", "screen_")
_plain = partial(plain, decimals=6)
BY_METHOD = [f"rank_by_{method}" for method in METHODS[1:]]


def method_ranks(found: LiveAssessment) -> pd.DataFrame:
    """Return the candidates, the best first, with their ranks by other methods, ``rank_by_*``.

    Those that are set aside have no rank by any method.
    """
    ordered = in_groups(found.candidates, found.asked.set_aside)
    race = found.appraisal.in_race
    evidence = found.appraisal.evidence.take(race)
    if not len(race):
        return ordered.reindex(columns=[*found.candidates, *BY_METHOD])
    by_method = compare_methods(evidence.value, found.appraisal.weights)[list(METHODS[1:])]
    ranks = by_method.set_axis(BY_METHOD, axis=1).assign(
        candidate=evidence.rows["candidate"].to_numpy()
    )
    return ordered.merge(ranks, on="candidate", how="left", validate="1:1")


def score_rows(found: LiveAssessment) -> pd.DataFrame:
    """Return one row a candidate with everything, the best first.

    Returns
    -------
    DataFrame
        ``candidate``, ``candidate_name``, ``part_of``; the ranking; for each criterion KEY its
        ``KEY_raw`` with ``KEY_raw_lo`` and ``KEY_raw_hi``, ``KEY_value`` (0 to 1),
        ``KEY_stands_in``, ``KEY_weight`` (share) and ``KEY_contribution``; the screens;
        ranks by other methods; ``criteria_missing`` and ``reasons``.
    """
    table = method_ranks(found)
    wide = table[["candidate"]]
    for key, rows in found.scores.groupby("criterion"):
        own = rows[["candidate", *BY_CRITERION]]
        named = own.rename(columns={what: f"{key}_{what}" for what in BY_CRITERION})
        wide = wide.merge(named, on="candidate", validate="1:1")
    by_criterion = [f"{c.key}_{what}" for c in found.criteria for what in BY_CRITERION]
    told = {reasons.candidate: reasons.text for reasons in found.reasons}
    first = ["candidate", "candidate_name", "part_of", *RANKED]
    last = [*_screens(table), *BY_METHOD, "criteria_missing"]
    rows = table[[*first, *last]].merge(wide, on="candidate", validate="1:1")
    rows["reasons"] = rows["candidate"].map(told)
    notice = {"notice": FOR_STAFF} if found.staff else {}
    return rows[[*first, *by_criterion, *last, "reasons"]].assign(**notice)


def score_document(
    found: LiveAssessment, threshold: Row | None, sources: list[Row]
) -> dict[str, Any]:
    """Return everything as nested values for a JSON file, with what made it.

    Parameters
    ----------
    threshold : mapping or None
        As `lmi.assessment.live_state.LiveState.threshold`.
    sources : list of mapping
        Files behind the numbers, with vintage and hash.
    """
    return {
        "state": found.region.state,
        "state_name": found.state_name,
        "illustrative": found.illustrative,
        **({"notice": FOR_STAFF} if found.staff else {}),
        "region": found.region.key,
        "region_name": found.region.name,
        "counties": list(found.region.counties),
        "year": found.year,
        "base_year": found.base_year,
        "about": found.about,
        "weights": _plain(found.shares),
        "threshold": _plain(threshold) if threshold else None,
        "candidates": _nested(found),
        "uncovered": _plain(records(found.uncovered)),
        "criteria": [c.model_dump(mode="json", exclude_none=True) for c in found.criteria],
        "screens": [s.model_dump(mode="json", exclude_none=True) for s in found.screens],
        "set_aside": found.asked.set_aside.model_dump(mode="json", exclude_none=True),
        "definitions": [c.model_dump(mode="json") for c in found.definitions],
        "sources": _plain(sources),
    }


def _nested(found: LiveAssessment) -> list[dict[str, Any]]:
    by_candidate = {
        key: {
            str(row["criterion"]): {what: _plain(row[what]) for what in BY_CRITERION}
            for row in records(rows)
        }
        for key, rows in found.scores.groupby("candidate", sort=False)
    }
    told = {reasons.candidate: reasons for reasons in found.reasons}
    table = method_ranks(found)
    nested = []
    for row in records(table):
        key = str(row["candidate"])
        why = told[key]
        missing = str(row["criteria_missing"])
        nested.append(
            {
                "candidate": key,
                "candidate_name": row["candidate_name"],
                "part_of": row["part_of"],
                **{name: _plain(row[name]) for name in RANKED},
                "criteria": by_candidate[key],
                "criteria_missing": missing.split(", ") if missing else [],
                "screens": {name: bool(row[name]) for name in _screens(table)},
                "rank_by": {
                    method: _plain(row[name])
                    for method, name in zip(METHODS[1:], BY_METHOD, strict=True)
                },
                "reasons": {
                    "lifts": list(why.lifts),
                    "holds": list(why.holds),
                    "standing": why.standing,
                    "firmness": why.firmness,
                    "questions": list(why.questions),
                },
            }
        )
    return nested


def _screens(table: pd.DataFrame) -> list[str]:
    return [str(name) for name in table if str(name).startswith(SCREENS)]
