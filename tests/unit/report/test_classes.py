"""Classes of a map: every number in one, every range that reaches across said to."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.report.summary.classes import QUOTIENTS, Placed, classes_of

NAN = float("nan")
numbers = st.floats(-1e6, 1e6).map(lambda value: round(value, 3))


@given(st.lists(numbers, min_size=1, max_size=40), st.sampled_from([None, 0.0, 1.0]))
def test_every_class_is_named_once_and_none_of_the_outer_ones_is_empty(values, line):
    classes = classes_of([*values, NAN, None], "{:g}".format, line)
    assert list(classes.breaks) == sorted(set(classes.breaks))
    assert len(classes.tones) == len(classes.labels) == len(classes.breaks) + 1
    assert len(set(classes.tones)) == len(classes.tones)
    found = {classes.number(value) for value in values}
    assert found >= {0, len(classes.breaks)}
    assert all(float(f"{at:.2g}") == at for at in classes.breaks), "a break is a round number"


@given(st.lists(numbers, min_size=2, max_size=40))
def test_growth_and_decline_never_share_a_class_or_a_color(values):
    classes = classes_of(values, "{:g}".format, 0.0)
    sides = {}
    for value in values:
        sides.setdefault(classes.number(value), set()).add(value >= 0)
    if min(values) < 0 <= max(values):
        assert all(len(side) == 1 for side in sides.values())
        for number, (grows,) in ((n, tuple(side)) for n, side in sides.items()):
            assert classes.tones[number].startswith("a" if grows else "b")


@given(st.tuples(*[st.floats(0, 4)] * 3).map(sorted), st.booleans())
def test_an_interval_across_classes_is_said_to_be_and_a_range_alone_has_none(ends, is_vague):
    low, value, high = ends
    row = {"lq": value, "lq_lo": low, "lq_hi": high, "lq_is_vague": is_vague}
    placed = QUOTIENTS.place(row, "lq")
    held = QUOTIENTS.number(low) == QUOTIENTS.number(high) and (low < high or not is_vague)
    assert placed.is_sure == held
    if held:
        assert placed.number == QUOTIENTS.number(value)
    else:
        assert placed.number == (None if is_vague else QUOTIENTS.number(value))


def test_what_is_withheld_is_in_no_class_and_what_is_uncertain_in_none_either():
    assert QUOTIENTS.place({"lq": NAN}, "lq") is None
    assert QUOTIENTS.place({}, "lq") is None
    assert QUOTIENTS.place({"lq": 0.0}, "lq") == Placed(0, True), "a zero that is published is one"
    assert QUOTIENTS.place({"lq": 0.1, "lq_is_vague": True}, "lq") == Placed(None, False)


@pytest.mark.parametrize("values", [[], [NAN], [5.0], [5.0, 5.0, 5.0], [0.0, 0.0]])
def test_few_values_make_few_classes(values):
    classes = classes_of(values, "{:g}".format, 0.0)
    assert classes.labels == ["all"] or np.isfinite(classes.breaks).all()
