"""What a cell is expected to be before any total is looked at."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.suppression.carry_over import CarriedOver
from lmi.suppression.prior import DEFAULT_VARIANCE, MAX_CV2, make_prior
from lmi.suppression.problem import make_problem
from lmi.suppression.worlds import MANY

CELL = "ZZ000 5 62 10 80\n99001 5 62 4 ."


@pytest.fixture
def problem(cells):
    def made(text, **given):
        return make_problem(cells(text), "annual_avg_emplvl", "annual_avg_estabs", **given)

    return made


def told(problem, *values):
    """What one side tells of the last row: log(x + ½), variance."""
    n = len(problem.tree)
    sides = []
    for jobs, variance in values:
        side = np.full((2, n), np.nan)
        side[:, -1] = np.log(jobs + 0.5), variance
        sides.append(tuple(side))
    return CarriedOver(tuple(sides))


def test_without_history_a_cell_is_its_size(problem):
    prior = make_prior(problem(CELL))
    assert prior.middle[1] == pytest.approx(32)  # 4 × 8 jobs
    assert not prior.observed.any()


def test_small_cells_are_the_less_certain(problem):
    prior = make_prior(problem("ZZ000 5 62 10 80\n99001 5 62 2 .\n99003 5 62 200 ."))
    assert prior.cv2[1] > prior.cv2[2]
    # too few cells to learn from: the default at 200 establishments
    variance = DEFAULT_VARIANCE[MANY] @ [1, 1 / 200]
    assert prior.cv2[2] == pytest.approx(np.expm1(variance))


def test_other_periods_and_size_are_weighed_by_how_well_they_predict(problem):
    made = problem(CELL)
    variance = DEFAULT_VARIANCE[MANY] @ [1, 1 / 4]
    # as certain as the size: the mean of the logarithms
    prior = make_prior(made, told(made, (100, variance)))
    assert prior.middle[1] == pytest.approx(np.sqrt(32.5 * 100.5) - 0.5)
    assert prior.cv2[1] == pytest.approx(np.expm1(variance / 2))
    assert prior.observed.tolist() == [False, True]
    # nearly certain: the value itself
    prior = make_prior(made, told(made, (100, 1e-4)))
    assert prior.middle[1] == pytest.approx(100, rel=1e-3)
    assert prior.cv2[1] == pytest.approx(1e-4, rel=0.01)


def test_two_sides_are_more_certain_than_one(problem):
    made = problem(CELL)
    one = make_prior(made, told(made, (100, 0.1)))
    two = make_prior(made, told(made, (100, 0.1), (100, 0.1)))
    assert two.cv2[1] < one.cv2[1]
    assert 32 < one.middle[1] < two.middle[1] < 100


def test_a_cell_without_establishments_is_next_to_nothing_and_uncertain_at_most_so_far(problem):
    prior = make_prior(problem("ZZ000 5 62 10 80\n99001 5 62 0 ."))
    assert 0 < prior.middle[1] < 0.1
    assert prior.cv2[1] <= MAX_CV2[MANY]


def test_the_spread_is_learned_where_cells_are_disclosed(problem):
    # 120 counties at exactly the nation's size: nothing strays from it
    text = "\n".join(f"99{number:03d} 5 62 5 40" for number in range(1, 240, 2))
    learned = make_prior(problem(f"ZZ000 5 62 10 80\n{text}\n99301 5 62 5 ."))
    assert learned.cv2[-1] < 0.02 < make_prior(problem("ZZ000 5 62 10 80\n99301 5 62 5 .")).cv2[-1]
