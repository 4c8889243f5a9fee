"""What differs from the saved definitions, in sentences, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi import naics
from lmi.assessment.apart import why_apart
from lmi.assessment.region import Assessment, LiveAssessment
from lmi.codes import OWN_CODES
from lmi.config import Candidate, Region
from lmi.config.edit import JOBS_COUNTED, holds
from lmi.config.nesting import LEVELS
from lmi.words import count, listing, lowered, share, whole

__all__ = ["RankingInputs", "describe_changes", "ranks", "same_share"]

MOST_MOVES = 6
LEAST_SHARE = 1e-6


@dataclass(frozen=True)
class RankingInputs:
    """What decides a ranking.

    Parameters
    ----------
    reference, ownership : str, optional
        As in `Settings`.
    left_out : sequence of str, optional
        Names of candidates that have no such employers.
    """

    region: Region
    candidates: tuple[Candidate, ...]
    weights: Mapping[str, float]
    reference: str = "state"
    ownership: str = "defined"
    left_out: Sequence[str] = ()


def describe_changes(
    saved: RankingInputs,
    now: RankingInputs,
    criteria: Mapping[str, str],
    counties: Mapping[str, str],
    before: LiveAssessment,
    after: LiveAssessment,
) -> list[str]:
    """Say what was changed and what follows from it.

    Parameters
    ----------
    criteria : mapping of str to str
        Names by key.
    counties : mapping of str to str
        Names by code.
    before, after : LiveAssessment
        Of what is saved, and of what is decided now.
    """
    causes = [
        *_weights(saved.weights, now.weights, criteria, (before.shares, after.shares)),
        *_footprint(saved.region, now.region, counties),
        *_views(now),
        *_sectors(saved, now),
    ]
    if not causes:
        return []
    return [*causes, *_jobs(before, after), *_rank_moves(before, after)]


def _weights(
    saved: Mapping[str, float],
    now: Mapping[str, float],
    names: Mapping[str, str],
    shares: tuple[Mapping[str, float], Mapping[str, float]],
) -> list[str]:
    """Say what counts otherwise: as shares of the score, which those without data have none of."""
    old, new = shares
    turned = [key for key in names if not same_share(key, saved, now)]
    own = [key for key in turned if saved[key] != now[key]] or turned
    said = [
        f"{names[key]} counts for {share(new[key])} of the score, not {share(old[key])}."
        if old[key] or new[key]
        else f"{names[key]} is weighed otherwise, but has no data here."
        for key in own
    ]
    if own and len(own) < len(turned):
        said.append("The other criteria keep their proportions.")
    return said


def same_share(key: str, saved: Mapping[str, float], now: Mapping[str, float]) -> bool:
    """Tell whether a criterion has the same share of the weights as before.

    Examples
    --------
    >>> same_share("pay", {"pay": 1, "jobs": 1}, {"pay": 2, "jobs": 2})
    True
    """
    shares = (weights[key] / sum(weights.values()) for weights in (saved, now))
    return abs(next(shares) - next(shares)) < LEAST_SHARE


def _footprint(saved: Region, now: Region, names: Mapping[str, str]) -> list[str]:
    added = [names.get(c, c) for c in now.counties if c not in saved.counties]
    gone = [names.get(c, c) for c in saved.counties if c not in now.counties]
    return [
        f"{now.name} {verb} {listing(which)}."
        for verb, which in (("also holds", added), ("no longer holds", gone))
        if which
    ]


def _views(now: RankingInputs) -> list[str]:
    said = []
    if now.reference == "rest":
        said.append("The region is compared with the rest of its state, without itself.")
    if now.ownership != "defined":
        public = ", public ones too" if now.ownership == "all" else ""
        said.append(f"Jobs are counted at {JOBS_COUNTED[now.ownership]}{public}.")
    return said


def _sectors(saved: RankingInputs, now: RankingInputs) -> list[str]:
    """Name the sectors that are new, gone or hold other industries."""
    old = {c.key: c for c in saved.candidates}
    said = []
    for one in now.candidates:
        if one.key not in old:
            said.append(f"{one.name} is new: {_codes(_listed(one))}.")
            continue
        if one.ranked != old[one.key].ranked:
            said.append(f"{one.name} is ranked {LEVELS[one.ranked]}.")
        had, has = _listed(old[one.key]), _listed(one)
        said += [
            f"{one.name} {verb} {_codes(codes)}."
            for verb, codes in (
                ("also counts", has - had),
                ("no longer counts", had - has),
            )
            if codes
        ]
        out, was_out = _left_out(one), _left_out(old[one.key])
        back = {code for code in was_out - out if any(holds(one, code, [o]) for o in OWN_CODES)}
        said += [
            f"{one.name} {verb} {_codes(codes)}."
            for verb, codes in (("leaves out", out - was_out), ("takes back in", back))
            if codes
        ]
        if not has ^ had:
            said += _other_employers(old[one.key], one)
    return [
        *said,
        *([f"No such employers, so left out: {listing(now.left_out)}."] if now.left_out else []),
    ]


def _other_employers(old: Candidate, new: Candidate) -> list[str]:
    before, after = ({o for p in c.industries for o in p.own} for c in (old, new))
    return [
        f"{new.name} {verb} the jobs of {listing(OWN_CODES[o].lower() for o in sorted(codes))}."
        for verb, codes in (("also counts", after - before), ("no longer counts", before - after))
        if codes
    ]


def _listed(candidate: Candidate) -> set[str]:
    return {code for part in candidate.industries for code in part.naics}


def _left_out(candidate: Candidate) -> set[str]:
    return {code for part in candidate.industries for code in part.exclude}


def _codes(codes: Iterable[str]) -> str:
    return listing(f"{code} {naics.industry_title(code)}" for code in sorted(codes))


def _jobs(before: LiveAssessment, after: LiveAssessment) -> list[str]:
    """Say how many jobs are counted where that changed: in the region, then by sector."""
    if before.measured is after.measured:
        return []
    old, new = before.candidates, after.candidates
    said = []
    all_old, all_new = _all_jobs(old), _all_jobs(new)
    if _differ(all_old, all_new):
        said.append(f"All jobs in the region: {whole(all_new)}, before {whole(all_old)}.")
        return said
    was = old.set_index("candidate")["annual_avg_emplvl"]
    for name, key, jobs in new[["candidate_name", "candidate", "annual_avg_emplvl"]].itertuples(
        index=False
    ):
        if key in was.index and _differ(was[key], jobs):
            said.append(f"{name}: {whole(jobs)} jobs, before {whole(was[key])}.")
    if len(said) > MOST_MOVES:
        more = count(len(said) - MOST_MOVES, "other sector")
        said = [*said[:MOST_MOVES], f"The jobs of {more} are counted otherwise, too."]
    return said


def _all_jobs(table: pd.DataFrame) -> float:
    """Return all jobs of the region, from the largest sector and its share of them."""
    jobs = table["annual_avg_emplvl"].to_numpy(dtype=float)
    largest = int(np.nanargmax(jobs))
    return float(jobs[largest] / table["emplvl_share"].to_numpy(dtype=float)[largest])


def _differ(old: float, new: float) -> bool:
    return abs(old - new) >= 0.5


def _rank_moves(before: Assessment, after: Assessment) -> list[str]:
    """Say whose rank moved, the best first."""
    old, new = ranks(before), ranks(after)
    names = {c.key: c.name for c in after.definitions}
    moved = sorted((rank, key) for key, rank in new.items() if old.get(key) != rank)
    aside = _newly_aside(before, after)
    if not moved:
        return aside or ["No rank changes."]
    said = [
        f"{names[key]} comes in at rank {rank}."
        if key not in old
        else f"{names[key]} {'rises' if rank < old[key] else 'falls'} from rank "
        f"{old[key]} to {rank}."
        for rank, key in moved[:MOST_MOVES]
    ]
    if len(moved) > MOST_MOVES:
        said.append(f"{count(len(moved) - MOST_MOVES, 'other rank')} further down moved, too.")
    return [*aside, *said]


def _newly_aside(before: Assessment, after: Assessment) -> list[str]:
    """Say who was ranked before and is set aside now, and why."""
    had = ranks(before)
    return [
        f"{row['candidate_name']} is set aside, {lowered(apart.name)}: it "
        f"{why_apart(row, after.year, after.base_year)}."
        for apart in after.apart
        for row in apart.rows
        if row["candidate"] in had
    ]


def ranks(found: Assessment) -> dict[str, int]:
    """Return the rank of each candidate by its key; without those that are set aside."""
    known = found.candidates.dropna(subset="rank")
    return dict(zip(known["candidate"], known["rank"].astype(int), strict=True))
