"""The nearest table that adds up, on systems of a few unknowns."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import sparse

from lmi.suppression.constraints import Constraints
from lmi.suppression.solve import draw, solve


def sums(matrix, total, exact=None, slack=0.0) -> Constraints:
    matrix, m = sparse.csr_matrix(np.array(matrix, dtype=float)), len(total)
    return Constraints(
        rows=np.arange(matrix.shape[1]),
        matrix=matrix,
        total=np.array(total, dtype=float),
        exact=np.ones(m, dtype=bool) if exact is None else np.array(exact),
        slack=np.full(m, slack),
        of=np.zeros(m, dtype=np.int64),
        by_state=np.zeros(m, dtype=bool),
        over=np.zeros(m, dtype=bool),
    )


def fitted(constraints, middle, cv2=0.25, unit=1.0):
    ones = np.ones(len(middle))
    return solve(constraints, np.array(middle, dtype=float), cv2 * ones, unit * ones)


def test_equals_share_equally():
    assert fitted(sums([[1, 1, 1]], [90]), [10, 10, 10]).value == pytest.approx([30, 30, 30])


def test_what_already_adds_up_stays():
    assert fitted(sums([[1, 1]], [50]), [20, 30]).value == pytest.approx([20, 30])


def test_cells_whose_variance_is_in_proportion_to_their_size_keep_their_proportions():
    # Their weights are the same, and least relative entropy is proportional fitting. The least
    # spread of a quarter of a job sets the weights apart by less than a millionth.
    middle = np.array([1000.0, 2000.0])
    found = solve(sums([[1, 1]], [6000]), middle, 100 / middle, np.ones(2))
    assert found.value == pytest.approx([2000, 4000], rel=1e-3)


def test_of_cells_with_the_same_share_of_error_the_larger_moves_more():
    found = fitted(sums([[1, 1]], [6000]), [1000, 2000])
    assert found.value[1] / 2000 > found.value[0] / 1000 > 1


def test_a_well_known_cell_hardly_moves():
    middle, cv2 = np.array([100.0, 100.0]), np.array([1e-4, 1.0])
    found = solve(sums([[1, 1]], [300]), middle, cv2, np.ones(2)).value
    assert found[0] == pytest.approx(100, abs=1)
    assert found.sum() == pytest.approx(300)


def test_two_ways_at_once():
    # counties hold 40 and 60, sectors 30 and 70; a b / c d
    constraints = sums([[1, 1, 0, 0], [0, 0, 1, 1], [1, 0, 1, 0], [0, 1, 0, 1]], [40, 60, 30, 70])
    found = fitted(constraints, [1, 50, 30, 9])
    assert constraints.matrix @ found.value == pytest.approx([40, 60, 30, 70])
    assert (found.value >= 0).all()
    assert not found.relaxed.any()


def test_a_withheld_total_is_the_sum_of_its_parts():
    found = fitted(sums([[1, 1, -1]], [0]), [10, 20, 60])
    assert found.value[2] == pytest.approx(found.value[:2].sum())
    assert 30 < found.value[2] < 60  # between what the parts and what the total suggest


def test_nothing_left_leaves_nothing():
    assert fitted(sums([[1, 1]], [0]), [10, 20]).value == pytest.approx([0, 0], abs=1e-6)


def test_an_upper_limit_binds_only_where_it_is_exceeded():
    assert fitted(sums([[1, 1]], [50], exact=[False]), [10, 20]).value == pytest.approx([10, 20])
    assert fitted(sums([[1, 1]], [15], exact=[False]), [10, 20]).value.sum() == pytest.approx(15)


def test_an_unknown_without_a_sum_is_as_expected():
    assert fitted(sums(np.zeros((0, 2)), []), [10, 20]).value == pytest.approx([10, 20])


def test_no_unknowns():
    assert len(fitted(sums(np.zeros((0, 0)), []), []).value) == 0


# A total of 100 has the parts a and b; b has the parts c and 130 published. b cannot be both.
NESTED = [[1, 1, 0], [0, -1, 1]]


@pytest.mark.parametrize("slack", [0.0, 1.5])
@pytest.mark.parametrize("unit", [1.0, 12_000.0])
def test_a_contradiction_over_levels_is_let_off_by_the_least_amount(unit, slack):
    slack = slack * unit
    found = fitted(sums(NESTED, [100 * unit, -130 * unit], slack=slack), [40 * unit] * 3, unit=unit)
    # 30 too much, less what rounding of the two sums explains, within a hundredth of a unit
    assert np.abs(found.relaxed).sum() == pytest.approx(30 * unit - 2 * slack, abs=0.01 * unit)
    assert (found.value >= 0).all()
    off = np.array(NESTED) @ found.value - np.array([100, -130]) * unit - found.relaxed
    assert (np.abs(off) <= slack + 0.01 * unit).all()


def test_a_contradiction_leaves_the_rest_adding_up():
    elsewhere = [[0, 0, 0, 1, 1]]
    matrix = [[*row, 0, 0] for row in NESTED] + elsewhere
    found = fitted(sums(matrix, [100, -130, 80]), [40, 40, 40, 10, 10])
    assert found.value[3:] == pytest.approx([40, 40])
    assert found.relaxed[2] == 0


def test_a_contradiction_within_rounding_is_none():
    found = fitted(sums(NESTED, [100, -101], slack=1.0), [40, 40, 40])
    assert not found.relaxed.any()
    assert np.abs(np.array(NESTED) @ found.value - [100, -101]).max() <= 1.0


def test_draws_leave_exact_sums_as_they_are():
    noise = np.random.default_rng(1).normal(size=(4, 200)) * np.array([[1.0], [2], [3], [4]])
    constraints = sums([[1, 1, 0, 0], [0, -1, 1, 1]], [10, 0])
    drawn = draw(constraints, np.array([1.0, 4, 9, 16]), noise)
    assert np.abs(constraints.matrix @ drawn).max() < 1e-5  # of deviations of several units


def test_a_share_of_a_total_varies_as_the_less_uncertain_of_the_two():
    # variances 1 and 4, the sum known: each varies by 1·4/(1 + 4)
    noise = np.random.default_rng(1).normal(size=(2, 40_000)) * np.array([[1.0], [2.0]])
    drawn = draw(sums([[1, 1]], [10]), np.array([1.0, 4.0]), noise)
    assert drawn.var(axis=1) == pytest.approx([0.8, 0.8], rel=0.03)  # four standard errors
    assert drawn[0] == pytest.approx(-drawn[1], abs=1e-5)


def test_draws_without_exact_sums_are_the_noise():
    noise = np.ones((2, 3))
    drawn = draw(sums([[1, 1]], [10], exact=[False]), np.ones(2), noise)
    assert drawn.tolist() == noise.tolist()
