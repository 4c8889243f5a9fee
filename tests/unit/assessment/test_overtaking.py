"""Which number that is not published would put the second first, within its interval."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from lmi.assessment.overtaking import overtaking
from lmi.config import Criterion
from lmi.scoring.evidence import gather_evidence

JOBS = "annual_avg_emplvl"
CRITERIA = [
    Criterion(key=key, name=key, question="?", measure=measure, value=((0, 0), (most, 1)))
    for key, measure, most in (("jobs", "emplvl_share", 1), ("pay", "pay_ratio", 2))
]
BALLOTS = np.array([[1.0, 1.0], [3.0, 1.0], [1.0, 1.0]])


def assessed(**second):
    """Two candidates of a region of 1,000 jobs: .6 and .5 by jobs, level by pay."""
    table = pd.DataFrame(
        {
            "candidate": ["a", "b"],
            JOBS: [600.0, 500.0], "emplvl_share": [0.6, 0.5], "pay_ratio": [1.0, 1.0],
            "avg_annual_pay": [50_000.0, 50_000.0],
        }
    )  # fmt: skip
    for name, value in second.items():
        table[name] = [np.nan, value]
    evidence = gather_evidence(table, CRITERIA, keys=["candidate"])
    return SimpleNamespace(ranked_evidence=evidence, candidates=table)


def test_published_numbers_move_no_place() -> None:
    found = overtaking(assessed(), BALLOTS)
    assert (found.first, found.second, found.number, found.ahead) == ("a", "b", None, 0)
    assert found.weight is None, "the second is ahead in nothing"


def test_jobs_that_are_withheld_put_the_second_first_from_where_it_has_more() -> None:
    found = overtaking(assessed(**{f"{JOBS}_lo": 400.0, f"{JOBS}_hi": 700.0}), BALLOTS).number
    assert (found.candidate, found.measure, found.is_below) == ("b", JOBS, False)
    assert found.at == pytest.approx(600, abs=2) and found.at >= 600
    assert (found.low, found.high) == (400, 700)


def test_within_its_interval_means_within_it() -> None:
    assert (
        overtaking(assessed(**{f"{JOBS}_lo": 400.0, f"{JOBS}_hi": 590.0}), BALLOTS).number is None
    )


def test_pay_moves_its_own_faces_alone() -> None:
    ends = {"avg_annual_pay_lo": 40_000.0, "avg_annual_pay_hi": 80_000.0}
    found = overtaking(assessed(**ends), BALLOTS).number
    # Mean weight of jobs 7/12: .1 · 7/12 is .5 · Δ · 5/12 for a pay of 50,000 (1 + Δ), Δ = .28.
    assert found.measure == "avg_annual_pay" and found.at == pytest.approx(64_000, abs=250)


def test_one_candidate_alone_has_no_second() -> None:
    one = assessed()
    one.ranked_evidence = one.ranked_evidence.take([0])
    assert overtaking(one, BALLOTS) is None
