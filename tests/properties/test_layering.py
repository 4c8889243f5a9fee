"""Sources laid over the parts that they speak for give what they give laid over all there is."""

from __future__ import annotations

from itertools import product

import polars as pl
import polars.testing
from hypothesis import given
from hypothesis import strategies as st

from lmi.schema import table
from lmi.store.layering import Answers, lay
from lmi.store.staging import SOURCE_ID

FLOWS = table("commuting")
KEYS = tuple(product(("08001", "08003", "08005"), ("08001", "08003"), (2016, 2017)))


@st.composite
def sources(draw: st.DrawFn) -> list[tuple[pl.DataFrame, tuple[str, ...]]]:
    """Sources of a few flows each, and the columns whose rows they take the place of."""
    found = []
    for number in range(1, draw(st.integers(2, 6)) + 1):
        keys = draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=6, unique=True))
        jobs = draw(st.lists(st.integers(1, 3), min_size=len(keys), max_size=len(keys)))
        rows = pl.DataFrame(
            {
                **{n: [key[i] for key in keys] for i, n in enumerate(FLOWS.key)},
                "jobs": jobs, SOURCE_ID: number,
            },
            schema_overrides={"year": pl.Int64, "jobs": pl.Int64, SOURCE_ID: pl.Int32},
        )  # fmt: skip
        found.append((rows, draw(st.sampled_from([FLOWS.key, FLOWS.replaces, ("year",), ()]))))
    return found


@given(sources(), st.sets(st.integers(1, 6)))
def test_parts_give_what_the_whole_gives(given_sources, revised):
    (first, _), *others = given_sources
    answers, whole = Answers(FLOWS, first), first
    for rows, replaces in others:
        counts = answers.lay(rows, revised, replaces)
        laid = lay(whole, rows, FLOWS, revised, replaces)
        assert counts == laid.counts
        whole = laid.frame
        pl.testing.assert_frame_equal(answers.frame.sort(FLOWS.key), whole.sort(FLOWS.key))
