"""Scores, ranks and how firm they are."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from lmi.config import Criterion
from lmi.errors import MeasureError
from lmi.scoring.additive import additive_score
from lmi.scoring.appraise import Appraisal, appraise
from lmi.scoring.evidence import Evidence, gather_evidence

LINE = ((0, 0), (1, 1))


def known(
    draws: dict[str, np.ndarray] | None = None,
    kinds: dict[str, str] | None = None,
    **measures: list[float],
) -> Evidence:
    """Evidence whose measures are their own values; every criterion weighs the same."""
    n = len(next(iter(measures.values())))
    table = pd.DataFrame({"candidate": list("abcdefgh")[:n], **measures})
    criteria = [
        Criterion(
            key=m,
            name=m,
            question="?",
            measure=m,
            value=LINE,
            kind=(kinds or {}).get(m, "statistic"),
        )
        for m in measures
    ]
    return gather_evidence(table, criteria, draws, keys=["candidate"])


def ranks(found: Appraisal) -> dict[str, int]:
    return found.ranking().set_index("candidate")["rank"].to_dict()


def test_the_score_is_the_additive_one() -> None:
    found = appraise(known(jobs=[0.5, 0.8], pay=[0.9, np.nan]), {"jobs": 1, "pay": 3})
    assert found.ranking()["score"].tolist() == pytest.approx([0.8, 0.8])
    expected = additive_score([[0.5, 0.9], [0.8, np.nan]], [1, 3])
    assert (
        found.scores()["contribution"].fillna(0).tolist()
        == np.nan_to_num(expected.contribution).ravel().tolist()
    )
    assert found.ranking()["criteria_missing"].tolist() == ["", "pay"]


def test_weights_are_shares_and_one_without_data_has_none() -> None:
    evidence = known(jobs=[0.5, 0.8], pay=[np.nan, np.nan], lq=[1.0, 0.0])
    found = appraise(evidence, {"jobs": 1, "pay": 7, "lq": 3})
    assert found.criteria()["weight"].tolist() == [0.25, 0, 0.75]
    assert found.ranking()["criteria_missing"].tolist() == ["pay", "pay"]


def test_a_rank_over_the_data_is_as_wide_as_the_scores_overlap() -> None:
    jobs = np.array([[0.9, 0.9, 0.2, 0.2], [0.5] * 4, [0.1] * 4])
    found = appraise(known({"jobs": jobs}, jobs=[0.9, 0.5, 0.1])).ranking()
    assert found[["rank_lo", "rank_hi"]].to_numpy().tolist() == [[1, 2], [1, 2], [3, 3]]


def test_a_rank_lies_within_its_own_interval_and_is_vague_where_that_is_wide() -> None:
    # Every draw puts c first, the estimate last.
    jobs = np.array([[0.5, 0.5], [0.4, 0.4], [0.9, 0.9], [0.05, 0.05]])
    found = appraise(known({"jobs": jobs}, jobs=[0.5, 0.4, 0.1, 0.05])).ranking()
    assert found[["rank", "rank_lo", "rank_hi"]].to_numpy().tolist() == [
        [1, 1, 2],
        [2, 2, 3],
        [3, 1, 3],
        [4, 4, 4],
    ]
    assert found["rank_is_vague"].tolist() == [False, False, True, False]


def test_chances_over_weights_are_those_of_the_textbook() -> None:
    """A (1, 0), B (0, 1), C (.6, .6), uniform weights: .4/.1/.5, .4/.1/.5, .2/.8/0."""
    found = appraise(known(jobs=[1.0, 0.0, 0.6], pay=[0.0, 1.0, 0.6]))
    chances = found.acceptability()["chance"].to_numpy().reshape(3, 3)
    # Ten thousand draws: standard error at most .005, so four of them.
    expected = np.array([[0.4, 0.1, 0.5], [0.4, 0.1, 0.5], [0.2, 0.8, 0.0]])
    assert chances == pytest.approx(expected, abs=0.02)


def test_two_faces_of_one_question_are_weighed_as_one() -> None:
    plain = known(jobs=[1.0, 0.0], nation=[0.0, 1.0], state=[0.0, 1.0])
    jobs, *faces = plain.criteria
    faces = [face.model_copy(update={"group": "concentration"}) for face in faces]
    grouped = replace(plain, criteria=(jobs, *faces))
    # Jobs come first where they weigh more than half: a quarter of a triangle, half of a line.
    chances = [appraise(e).ranking()["first_chance"][0] for e in (plain, grouped)]
    assert chances == pytest.approx([0.25, 0.5], abs=0.02)


def test_around_the_stated_weights_the_first_place_is_firmer() -> None:
    evidence = known(jobs=[1.0, 0.0, 0.6], pay=[0.0, 1.0, 0.6])
    chances = {
        about: appraise(evidence, {"jobs": 4, "pay": 1}, about).ranking()["first_chance"][0]
        for about in ("any", "stated", "order")
    }
    assert chances["any"] < chances["order"] <= 1
    assert chances["any"] < chances["stated"] <= 1


def test_ground_and_statistic_are_ranked_apart() -> None:
    evidence = known(kinds={"voice": "ground"}, jobs=[0.9, 0.5], voice=[0.1, 0.9])
    found = appraise(evidence, {"jobs": 1, "voice": 2}).ranking()
    assert found["statistic_rank"].tolist() == [1, 2]
    assert found["ground_rank"].tolist() == [2, 1]
    assert found["rank"].tolist() == [2, 1]
    alone = appraise(evidence, {"jobs": 1}).ranking()
    assert alone["ground_rank"].isna().all()


def test_what_a_rank_hangs_on_is_named() -> None:
    found = (
        appraise(known(jobs=[1.0, 0.4, 0.5], pay=[0.5, 0.5, 0.5])).ranking().set_index("candidate")
    )
    assert (
        found.loc["a", ["hangs_on", "rank_without"]].tolist() == ["", pd.NA]
        or found.loc["a", "hangs_on"] == "jobs"
    )
    swapped = appraise(known(jobs=[1.0, 0.0], pay=[0.0, 0.6])).ranking().set_index("candidate")
    assert swapped.loc["a", ["hangs_on", "rank_without"]].tolist() == ["jobs", 2]


def test_the_weight_at_which_first_place_changes_is_named() -> None:
    found = appraise(known(jobs=[1.0, 0.0], pay=[0.0, 0.5]))
    row = found.criteria().set_index("criterion").loc["jobs"]
    # w = (1 - w) / 2 where w is the weight of jobs
    assert row["weight_down"] == pytest.approx(1 / 3)
    assert row["challenger_down"] == 1
    assert np.isnan(row["weight_up"])


def test_the_order_of_rows_and_another_candidate_change_nothing_but_ranks() -> None:
    evidence = known(jobs=[0.2, 0.9, 0.5], pay=[0.7, 0.1, 0.6])
    plain = appraise(evidence).ranking().set_index("candidate")
    turned = appraise(evidence.take([2, 0, 1])).ranking().set_index("candidate")
    pd.testing.assert_frame_equal(turned.loc[plain.index], plain)
    without = appraise(evidence.take([0, 1])).ranking().set_index("candidate")
    assert without["score"].tolist() == plain.loc[["a", "b"], "score"].tolist()


@pytest.mark.parametrize(
    ("weights", "message"),
    [
        ({"jobs": -1, "pay": 2}, "zero or more"),
        ({"jobs": 0}, "has a weight above zero"),
        ({"future": 1}, "no criterion 'future'"),
        ({"jobs": float("nan")}, "zero or more"),
    ],
)
def test_weights_that_mean_nothing_are_refused(weights, message) -> None:
    with pytest.raises(MeasureError, match=message):
        appraise(known(jobs=[0.1, 0.2], pay=[0.3, 0.4]), weights)


def test_unknown_robustness_is_refused() -> None:
    with pytest.raises(MeasureError, match="any, stated or order"):
        appraise(known(jobs=[0.1]), about="mood")
