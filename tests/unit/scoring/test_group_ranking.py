"""What a room makes of the candidates."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.errors import MeasureError
from lmi.scoring.group_ranking import (
    borda,
    group_differences,
    group_smaa,
    group_weights,
    kendalls_w,
)
from lmi.scoring.smaa import smaa

EXACT = 1e-12


def test_all_alike_and_the_opposite() -> None:
    same = kendalls_w([[1, 2, 3, 4, 5]] * 4)
    assert (same.w, same.reading) == (1, "unusually strong agreement")
    opposed = kendalls_w([[1, 2, 3, 4, 5], [5, 4, 3, 2, 1]])
    assert opposed.w == 0
    assert opposed.reading == "very weak agreement, no more than chance could give"


def test_two_people_and_three_items_may_agree_by_chance() -> None:
    """One ranking in six is that of the other."""
    found = kendalls_w([[1, 2, 3], [1, 2, 3]])
    assert found.w == 1
    # Five standard errors of a chance of 1/6 in 999 shuffles.
    assert found.by_chance == pytest.approx(1 / 6, abs=5 * np.sqrt(5 / 36 / 999))
    assert found.reading == "unusually strong agreement, no more than chance could give"


@pytest.mark.parametrize(
    ("steps", "words"),
    [(0.95, "unusually strong"), (0.9, "unusually strong"), (0.7, "strong"), (0.69, "moderate"),
     (0.5, "moderate"), (0.49, "weak"), (0.3, "weak"), (0.2, "very weak")],
)  # fmt: skip
def test_readings_are_schmidts(steps: float, words: str) -> None:
    """1,000 people, of whom a share √W ranks alike and the others even each other out."""
    people = 1000
    alike = round(np.sqrt(steps) * people)
    alike += (people - alike) % 2
    others = (people - alike) // 2
    rankings = [[1, 2, 3, 4]] * (alike + others) + [[4, 3, 2, 1]] * others
    found = kendalls_w(rankings)
    assert found.w == pytest.approx((alike / people) ** 2, abs=EXACT)
    assert found.reading == f"{words} agreement"


def test_any_convention_of_ties_is_the_same() -> None:
    expected = kendalls_w([[1, 2.5, 2.5, 4], [1, 2, 3, 4]])
    assert kendalls_w([[1, 2, 2, 4], [1, 2, 3, 4]]) == expected
    assert kendalls_w([[1, 3, 3, 4], [1, 2, 3, 4]]) == expected


def test_items_that_somebody_left_out_are_left_out() -> None:
    found = kendalls_w([[1, np.nan, 2, 3], [1, 2, 3, 4]])
    assert (found.w, found.judges, found.items) == (1, 2, 3)
    points = borda([[1, np.nan, 2, 3], [1, 2, 3, 4]])
    assert np.array_equal(points, [4, np.nan, 2, 0], equal_nan=True)


@pytest.mark.parametrize(
    "rankings",
    [[[1, 2, 3]], [[1], [1]], [[1, 1], [1, 1]], [[np.nan, 1], [1, np.nan]]],
    ids=["one person", "one item", "no order", "nothing in common"],
)
def test_where_agreement_has_no_meaning(rankings) -> None:
    found = kendalls_w(rankings)
    assert np.isnan(found.w)
    assert found.reading == "agreement cannot be told from these rankings"


def test_ties_are_half_a_point() -> None:
    assert borda([[1, 1, 3]]).tolist() == [1.5, 1.5, 0]


def test_everybody_counts_the_same_whatever_the_size_of_their_numbers() -> None:
    found = group_weights([[90, 10], [1, 1], [0, 5]])
    shares = pd.DataFrame([[0.9, 0.1], [0.5, 0.5], [0, 1]])
    assert found["weight_mean"].tolist() == pytest.approx(shares.mean().tolist(), abs=EXACT)
    assert found["weight_sd"].tolist() == pytest.approx(shares.std().tolist(), abs=EXACT)
    assert found["weight_p10"].tolist() == pytest.approx([0.1, 0.18], abs=EXACT)
    assert found["weight_p90"].tolist() == pytest.approx([0.82, 0.9], abs=EXACT)


def test_one_person_has_no_spread() -> None:
    found = group_weights([[1, 3]])
    assert found["weight_mean"].tolist() == found["weight_p10"].tolist() == [0.25, 0.75]
    assert found["weight_sd"].isna().all()


def test_each_person_meets_each_draw() -> None:
    """Two people and four draws: the one of pay sees pay win in one draw, the other never."""
    jobs = np.array([[0.9] * 4, [0.1] * 4])
    pay = np.array([[0.5] * 4, [0.1, 0.9, 0.1, 0.1]])
    values = np.stack([jobs, pay], axis=1)
    found = group_smaa(values, [[1, 0], [0, 1]])
    assert found.first.tolist() == [7 / 8, 1 / 8]
    # Paired one to one, half of the draws would not be met by each.
    assert smaa(values, [[1, 0], [0, 1]]).first.tolist() == [0.5, 0.5]


def test_who_ties_shares_a_chance() -> None:
    """Of two people one sees four level at the top, the other one first and four level behind."""
    values = [[1, 0.5], [1, 0.5], [1, 0.5], [1, 0.5], [0, 1]]
    found = group_smaa(values, [[1, 0], [0, 1]])
    assert found.first.tolist() == pytest.approx([1 / 8] * 4 + [1 / 2], abs=EXACT)
    assert found.top3.tolist() == pytest.approx([(3 / 4 + 2 / 4) / 2] * 4 + [1 / 2], abs=EXACT)
    assert (found.first.sum(), found.top3.sum()) == pytest.approx((1, 3), abs=EXACT)


def test_on_which_criterion_kinds_differ() -> None:
    ballots = [[60, 20, 20], [58, 22, 20], [62, 18, 20], [60, 21, 19],
               [20, 55, 25], [22, 55, 23], [18, 57, 25], [20, 53, 27]]  # fmt: skip
    found = group_differences(ballots, ["workforce"] * 4 + ["business"] * 4)
    assert found["criterion"].tolist() == [0, 1, 2]
    assert found["highest"].tolist() == ["workforce", "business", "business"]
    assert found["lowest"].tolist() == ["business", "workforce", "workforce"]
    assert found["difference"].tolist() == pytest.approx([0.4, 0.3475, 0.0525], abs=EXACT)
    assert found["highest_mean"].tolist() == pytest.approx([0.6, 0.55, 0.25], abs=EXACT)
    assert found["differs"].tolist() == [True, True, True]


def test_small_groups_that_differ_by_noise_are_not_said_to_differ() -> None:
    """At 5 % about one room in twenty may be called different; here 40 rooms without any reason."""
    generator = np.random.default_rng(11)
    labels = ["college"] * 3 + ["business"] * 4 + ["workforce"] * 5
    called = sum(
        group_differences(generator.dirichlet(np.ones(6), 12), labels)["differs"].any()
        for _ in range(40)
    )
    assert called <= 6  # of Binomial(40, 1/20) one in 70 is more


def test_kinds_of_fewer_than_three_people_are_left_out() -> None:
    ballots = [[1, 1]] * 3 + [[2, 1]] * 3 + [[0, 1]] * 2
    found = group_differences(ballots, list("aaabbbcc"))
    assert set(found["highest"]) | set(found["lowest"]) == {"a", "b"}
    assert group_differences(ballots, list("aabbccdd")).empty
    assert group_differences(ballots, list("aaaaaaaa")).columns.tolist() == found.columns.tolist()


def test_who_weighs_alike_does_not_differ() -> None:
    found = group_differences([[1, 1]] * 6, list("aaabbb"))
    assert found["difference"].tolist() == [0, 0]
    assert found["by_chance"].tolist() == [1, 1]


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: kendalls_w([1, 2, 3]), "one row a person and one column an item"),
        (lambda: borda([]), "one row a person and one column an item"),
        (lambda: group_weights([[1, 1], [0, 0]]), "weights of a ballot .* must be zero or more"),
        (lambda: group_smaa([[0.5, 0.5]], [[1, -1]]), "weights of a ballot .* zero or more"),
        (lambda: group_differences([[1, 1]], ["a", "b"]), "2 kinds were given for 1 people"),
    ],
)
def test_what_a_room_cannot_have_said_is_refused(ask, message) -> None:
    with pytest.raises(MeasureError, match=message):
        ask()
