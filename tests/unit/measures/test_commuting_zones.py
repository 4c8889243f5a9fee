"""Which places belong together by who commutes between them."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from lmi.measures.commuting_zones import (
    APART,
    commuting_similarity,
    commuting_zones,
    falls_apart,
)


def test_the_tie_is_by_the_smaller_place():
    # 10 live in the second and work in the first, 20 the other way; 90 and 50 live there
    tied = commuting_similarity([[70, 10], [20, 40]], [90, 50])
    assert tied.tolist() == [[1, 0.6], [0.6, 1]]


def test_a_place_without_workers_is_tied_to_nothing():
    assert commuting_similarity([[5, 0], [0, 0]], [5, 0]).tolist() == [[1, 0], [0, 1]]


def test_groups_are_joined_by_the_mean_of_their_ties():
    # average linkage: c joins a and b only if the mean of its ties to both is above the line
    def tied(to_c: float) -> list[list[float]]:
        return [[1, 0.5, to_c], [0.5, 1, 0], [to_c, 0, 1]]

    assert commuting_zones(tied(0.05)).tolist() == [0, 0, 0]
    assert commuting_zones(tied(0.03)).tolist() == [0, 0, 1]


def test_one_place_is_one_group():
    assert commuting_zones([[1.0]]).tolist() == [0]


SIX = arrays(np.float64, (6, 6), elements=st.integers(0, 500).map(float))


@given(SIX, st.permutations(range(6)))
def test_the_order_of_places_changes_no_group(flows, order):
    live = flows.sum(axis=0) + 1
    order = list(order)
    groups = commuting_zones(commuting_similarity(flows, live))
    again = commuting_zones(commuting_similarity(flows[np.ix_(order, order)], live[order]))
    together = groups[:, None] == groups[None, :]
    assert np.array_equal(together[np.ix_(order, order)], again[:, None] == again[None, :])
    assert groups[0] == 0


@given(st.integers(2, 12), st.integers(0, 2**32 - 1))
def test_groups_are_those_of_average_linkage_in_scipy(n, seed):
    drawn = np.random.default_rng(seed).random((n, n)) ** 4 / n
    tied = np.minimum((drawn + drawn.T) / 2, 1)
    np.fill_diagonal(tied, 1)
    merges = linkage(squareform(1 - tied, checks=False), method="average")
    theirs = fcluster(merges, APART, criterion="distance")
    ours = commuting_zones(tied)
    assert np.array_equal(ours[:, None] == ours[None, :], theirs[:, None] == theirs[None, :])
    assert falls_apart(tied) == (theirs.max() > 1)
