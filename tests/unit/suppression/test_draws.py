"""Sums of joint draws, and how they are kept."""

from __future__ import annotations

import numpy as np
import pytest

from lmi.suppression.draws import Draws, pack, unpack


@pytest.fixture
def draws() -> Draws:
    """Rows 1, 2 and 4 of five are withheld; 1 and 2 share what their parent leaves."""
    first = np.array([-3.0, 0.0, 3.0])
    return Draws(np.array([1, 2, 4]), np.array([first, -first, [1.0, 2.0, 3.0]]), 5)


def test_what_one_of_a_family_gains_the_other_loses(draws):
    total = draws.sums(np.array([0, 0]), np.array([1, 2]), 1)
    assert total.tolist() == [[0, 0, 0]]


def test_a_published_cell_adds_no_error(draws):
    assert draws.sums(np.array([0, 0]), np.array([0, 3]), 1).tolist() == [[0, 0, 0]]


def test_a_cell_may_be_in_several_groups_and_a_group_may_be_empty(draws):
    total = draws.sums(np.array([0, 2, 2]), np.array([4, 4, 1]), 3)
    assert total.tolist() == [[1, 2, 3], [0, 0, 0], [-2, 2, 6]]


def test_a_table_without_withheld_cells_has_no_errors():
    none = Draws(np.zeros(0, dtype=np.int64), np.zeros((0, 4)), 3)
    assert none.n_draws == 4
    assert none.sums(np.array([0]), np.array([2]), 1).tolist() == [[0, 0, 0, 0]]


def test_packed_draws_are_close_and_packing_again_changes_nothing():
    sizes = np.logspace(-6, 12, 50)[:, None]
    deviation = np.random.default_rng(1).normal(size=(50, 200)) * sizes
    deviation[3] = 0
    once = unpack(*pack(deviation))
    most = np.abs(deviation).max(axis=1, keepdims=True)
    assert (np.abs(once - deviation) <= most / 32_767).all()
    assert (unpack(*pack(once)) == once).all()
