"""Labels find places of their own."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from lmi.report.figures.labels import place_labels

ROOM = (0.0, 0.0, 300.0, 340.0)


def overlapping(corners: np.ndarray, sizes: np.ndarray) -> int:
    ends = corners + sizes
    shared = np.minimum(ends[:, None], ends[None]) - np.maximum(corners[:, None], corners[None])
    touching = (shared > 1e-9).all(axis=2)
    return int(touching.sum() - len(corners)) // 2


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.floats(0, 300), st.floats(0, 340), st.floats(2, 21), st.integers(4, 30)),
        max_size=18,
    )
)
def test_no_two_labels_that_are_shown_overlap_and_none_leaves_the_room(bubbles):
    centres = np.array([b[:2] for b in bubbles]).reshape(-1, 2)
    sizes = np.array([(4.5 * b[3], 10.0) for b in bubbles]).reshape(-1, 2)
    radii = np.array([b[2] for b in bubbles])
    placed = place_labels(centres, radii, sizes, ROOM)
    corners, sizes = placed.corners[placed.free], sizes[placed.free]
    assert overlapping(corners, sizes) == 0
    assert (corners >= -1e-9).all()
    assert (corners + sizes <= np.array(ROOM[2:]) + 1e-9).all()


def test_eighteen_bubbles_at_one_spot_all_find_a_place():
    centres = np.full((18, 2), 150.0)
    sizes = np.tile([80.0, 18.0], (18, 1))
    placed = place_labels(centres, np.full(18, 5.0), sizes, ROOM)
    assert placed.free.sum() >= 14
    assert placed.far.any()  # those far off have a line


def test_a_lone_label_stands_right_beside_its_bubble():
    placed = place_labels(
        np.array([[100.0, 100.0]]), np.array([10.0]), np.array([[50.0, 10.0]]), ROOM
    )
    assert placed.corners[0].tolist() == [112.0, 95.0]
    assert not placed.far[0]


def test_the_same_bubbles_give_the_same_places():
    rng = np.random.default_rng(1)
    centres = rng.uniform(50, 250, (15, 2))
    sizes = np.tile([70.0, 18.0], (15, 1))
    first, second = (place_labels(centres, np.full(15, 8.0), sizes, ROOM) for _ in range(2))
    assert np.array_equal(first.corners, second.corners)


def test_nothing_to_label():
    placed = place_labels(np.zeros((0, 2)), np.zeros(0), np.zeros((0, 2)), ROOM)
    assert len(placed.corners) == 0
