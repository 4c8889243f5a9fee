"""What follows from sums, against exact algebra on small ones and in a state made for it."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from lmi.config import Citation, Region, StateConfig
from lmi.store import Store
from tests.builders import qcew, take_in, write
from tools.told_together import followed, follows, free_amounts, told_together

N_PARTS = 6
MANY = 1e9
sums_of_parts = st.lists(
    st.lists(st.booleans(), min_size=N_PARTS, max_size=N_PARTS), min_size=1, max_size=7
).map(lambda sums: np.array(sums, dtype=float))


def found_in(sums: np.ndarray, estabs: np.ndarray, fewest: float) -> set[tuple[int, int]]:
    free = free_amounts(sparse.csr_array(sums))
    found = followed(free, estabs, fewest)
    assert follows(free, found).all()
    return {(one, other) for one, other in found.tolist()}


def in_the_span(sums: np.ndarray) -> set[tuple[int, int]]:
    """Parts that follow, and twos whose sum does, though neither of them follows."""
    rank = np.linalg.matrix_rank

    def is_told(*parts: int) -> bool:
        of = np.isin(np.arange(N_PARTS), parts).astype(float)
        return bool(rank(np.vstack([sums, of])) == rank(sums))

    single = {part for part in range(N_PARTS) if is_told(part)}
    pairs = itertools.combinations(sorted(set(range(N_PARTS)) - single), 2)
    return {(part, part) for part in single} | {pair for pair in pairs if is_told(*pair)}


@given(sums_of_parts)
def test_what_follows_is_what_linear_algebra_says(sums):
    assert found_in(sums, np.ones(N_PARTS), MANY) == in_the_span(sums)


def test_three_sums_tell_what_no_two_of_them_do():
    """Of a, b and c the sums of every two: half of two of them less the third's is one part."""
    pairs = np.array([[1.0, 1, 0], [0, 1, 1], [1, 0, 1]])
    assert found_in(pairs, np.ones(3), MANY) == {(0, 0), (1, 1), (2, 2)}
    assert found_in(pairs[:2], np.ones(3), MANY) == {(0, 1), (1, 2)}


def test_only_what_has_few_establishments_is_looked_for():
    assert found_in(np.eye(3), np.array([1.0, 3.0, 2.0]), 3) == {(0, 0), (2, 2)}
    assert found_in(np.ones((1, 2)), np.array([1.0, 1.0]), 3) == {(0, 1)}
    assert found_in(np.ones((1, 2)), np.array([1.0, 2.0]), 3) == set()


COUNTIES = ("08001", "08003", "08005", "08007", "08009")
ABOVE = ("10", "23", "236", "2361", "23611")


def cells(*estabs: int) -> str:
    """Two trades withheld in counties and their state, one of so many, and their sum told.

    In the last county the other trade is told as well, so that the agency alone tells of both.
    """
    rows = [*zip(COUNTIES, estabs, [20] * 5, strict=True), ("08000", sum(estabs), 100)]
    lines = []
    for area, few, many in rows:
        total = f"{few + many} {9 * (few + many)} {9000 * (few + many)}"
        lines += [f"{area} {own} {total}" for own in ("0 10", *(f"5 {up}" for up in ABOVE))]
        other = f"{many} {9 * many} {9000 * many}" if area == COUNTIES[-1] else f"{many} 0 0 N"
        lines += [f"{area} 5 236115 {few} 0 0 N", f"{area} 5 236116 {other}"]
    return "\n".join(lines)


def state_of(*regions: tuple[str, ...]) -> StateConfig:
    return StateConfig(
        slug="colorado", name="Colorado", state_fips="08", title="Areas", folder=Path(),
        source=Citation(name="a test", url="https://example.org", retrieved="2026-11-22"),
        regions=[Region(state="colorado", key=f"r{n}", name=f"R{n}", counties=counties)
                 for n, counties in enumerate(regions)],
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    take_in(tmp_path / "store", write(tmp_path / "a.csv", qcew(cells(4, 1, 4, 5, 2))))
    return Store(tmp_path / "store")


def test_three_regions_of_two_counties_each_tell_of_the_county_that_has_one(store: Store):
    """No two of their numbers nest, and half their sum less the third's is one establishment."""
    a, b, c, *_ = COUNTIES
    three = told_together(store, state_of((a, b), (b, c), (a, c)), 2016)
    two = told_together(store, state_of((a, b), (b, c)), 2016)
    assert [(told.cells, told.pairs) for told in (three, two)] == [(1, 0), (0, 0)]
