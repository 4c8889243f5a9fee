"""The sums that the withheld cells are held to."""

from __future__ import annotations

import pytest

from lmi.suppression.constraints import make_constraints
from lmi.suppression.contradictions import find_contradictions
from lmi.suppression.problem import make_problem


@pytest.fixture
def made(cells):
    """Read a table of wages (not rounded) or of jobs (rounded), and write its sums down."""

    def reader(text, measure="annual_avg_emplvl"):
        problem = make_problem(cells(text), measure, "annual_avg_estabs")
        return problem, make_constraints(problem)

    return reader


FAMILY = """
99001 5 10 10 100
99001 5 11  2  40
99001 5 23  4   .
99001 5 62  4   .
"""


def test_withheld_parts_add_up_to_what_published_ones_leave(made):
    _, found = made(FAMILY)
    assert found.rows.tolist() == [2, 3]
    assert found.matrix.toarray().tolist() == [[1, 1]]
    assert found.total.tolist() == [60]
    assert found.exact.tolist() == [True]
    assert found.slack.tolist() == [2]  # four rounded numbers, half a job each
    assert found.of.tolist() == [0]


def test_a_withheld_total_is_one_of_the_unknowns(made):
    _, found = made("99001 5 62 9 .\n99001 5 621 4 30\n99001 5 622 5 .")
    # x₆₂₂ − x₆₂ = −30
    assert found.matrix.toarray().tolist() == [[-1, 1]]
    assert found.total.tolist() == [-30]


def test_counties_add_up_to_the_state(made):
    _, found = made("99000 5 62 9 90\n99001 5 62 4 .\n99003 5 62 5 .")
    assert found.matrix.toarray().tolist() == [[1, 1]]
    assert (found.total.tolist(), found.by_state.tolist()) == ([90], [True])
    assert found.exact.tolist() == [True]


def test_where_counties_are_absent_the_state_is_an_upper_limit(made):
    _, found = made("99000 5 62 90 900\n99001 5 62 4 .\n99003 5 62 5 .")
    assert found.exact.tolist() == [False]


def test_an_absent_industry_gets_a_remainder(made):
    # 10 establishments, of which the table shows 6
    problem, found = made("99001 5 10 10 100\n99001 5 23 2 .\n99001 5 62 4 .")
    assert found.rows.tolist() == [1, 2, 3]
    assert problem.n_rows == 3
    assert found.matrix.toarray().tolist() == [[1, 1, 1]]


def test_nothing_withheld_needs_no_sum(made):
    _, found = made("99001 5 10 9 100\n99001 5 23 9 100")
    assert found.matrix.shape == (0, 0)


def test_no_rows(made, cells):
    problem = make_problem(cells(FAMILY).iloc[:0], "annual_avg_emplvl", "annual_avg_estabs")
    assert make_constraints(problem).matrix.shape == (0, 0)


OVER = "99001 5 10 9 100\n99001 5 11 3 130\n99001 5 62 6 ."


def test_parts_above_their_total_leave_nothing(made):
    problem, found = made(OVER)
    assert (found.total.tolist(), found.over.tolist()) == ([0], [True])
    of_area, of_state = find_contradictions(problem, found, 0 * found.total)
    assert (of_area.tolist(), of_state.any()) == ([True, False, False], False)


def test_parts_above_their_total_by_rounding_are_no_contradiction(made):
    problem, found = made(OVER.replace("130", "101"))
    assert (found.total.tolist(), found.over.tolist()) == ([0], [False])
    assert not find_contradictions(problem, found, 0 * found.total)[0].any()


def test_published_counties_above_their_state_contradict_it(made):
    problem, found = made("99000 5 62 9 90\n99001 5 62 4 70\n99003 5 62 5 60")
    of_area, of_state = find_contradictions(problem, found, 0 * found.total)
    assert (of_area.any(), of_state.tolist()) == (False, [True, False, False])


def test_a_total_that_had_to_be_let_off_is_a_contradiction(made):
    problem, found = made(FAMILY)
    assert find_contradictions(problem, found, found.total)[0].tolist() == [True, *[False] * 3]
