"""What follows from sums, against exact algebra on small ones, and what of it may be known."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from lmi.suppression.known_sums import KnownSums

N_PARTS = 6
some_parts = st.sets(st.integers(0, N_PARTS - 1), min_size=1)
some_sums = st.lists(some_parts, max_size=7)
A, B, C, D = range(4)


def known_of(estabs: list[float], *sums: tuple[int, ...]) -> KnownSums:
    known = KnownSums(estabs)
    for parts in sums:
        known.add(parts)
    return known


def in_the_span(sums: list[set[int]]) -> set[tuple[int, ...]]:
    """Parts that follow, and twos whose sum does, though neither of them follows."""
    rows = np.array([np.isin(range(N_PARTS), list(parts)) for parts in sums], dtype=float)
    rows = rows.reshape(-1, N_PARTS)
    rank = np.linalg.matrix_rank

    def is_told(*parts: int) -> bool:
        of = np.isin(np.arange(N_PARTS), parts).astype(float)
        return bool(rank(np.vstack([rows, of])) == rank(rows))

    single = {part for part in range(N_PARTS) if is_told(part)}
    pairs = itertools.combinations(sorted(set(range(N_PARTS)) - single), 2)
    return {(part,) for part in single} | {pair for pair in pairs if is_told(*pair)}


@given(some_sums)
def test_what_follows_is_what_linear_algebra_says(sums):
    assert known_of([1.0] * N_PARTS, *sums).told() == in_the_span(sums)


@given(some_sums, some_sums, some_parts)
def test_a_copy_adds_to_itself_alone(first, later, parts):
    known = known_of([1.0] * N_PARTS, *first)
    told = known.told()
    other = known.copy()
    for sum_ in later:
        other.add(sum_)
    assert known.told() == told and other.told() == in_the_span([*first, *later])
    assert known.add_unless_told(parts) == (in_the_span([*first, parts]) == told)


def test_three_sums_tell_what_no_two_of_them_do():
    """Of a, b and c the sums of every two: half of two of them less the third's is one part."""
    known = known_of([1.0, 5, 5])
    assert known.add_unless_told((A, B)) and known.add_unless_told((B, C))
    assert not known.add_unless_told((A, C))
    assert known.told() == set()
    assert known.add_unless_told((A, B, C)) is False, "c is known with it, and so a"


def test_four_sums_of_a_square_tell_its_corner():
    """Rows a + b and c + d, columns a + c, and a diagonal: 2a is a + b + a + c less b + c."""
    square = known_of([2.0, 9, 9, 9], (A, B), (C, D), (A, C))
    assert square.add_unless_told((B, D)), "it follows from the others"
    assert not square.add_unless_told((B, C))
    assert known_of([3.0, 9, 9, 9], (A, B), (C, D), (A, C)).add_unless_told((B, C))


def test_only_what_has_few_establishments_is_looked_for():
    assert known_of([1.0, 3, 2], (A,), (B,), (C,)).told() == {(A,), (C,)}
    assert not KnownSums([1.0, 1.0]).add_unless_told((A, B))
    assert KnownSums([1.0, 2.0]).add_unless_told((A, B))


def test_what_the_agency_tells_stands_in_the_way_of_nothing():
    known = known_of([1.0, 1, 5, 5], (A, B))
    assert known.told() == {(A, B)}
    assert known.add_unless_told((A, B, C)) and known.told() == {(A, B)}
    assert not known.add_unless_told((A, C, D)) or known.told() == {(A, B)}
    assert not known.add_unless_told((B, C)), "and so b, which alone the agency does not tell"


def test_many_parts_that_were_there_for_a_part_of_the_year_are_few_together():
    """Four places of business for a quarter or a half of it, and one for all: less than three."""
    light = [1.0, 0.25, 0.5, 0.5, 0.5, 8]
    assert not KnownSums(light).add_unless_told((0, 1, 2, 3, 4))
    beside = known_of(light, (5,))
    assert not beside.add_unless_told(range(6)), "less what is known"
    assert known_of([1.0, 0.75, 0.75, 0.5, 0.5, 8], (5,)).add_unless_told(range(6)), (
        "3.5 are not few"
    )
    apart = known_of(light, (1, 5), (2, 5))
    assert not apart.add_unless_told((0, 1, 2, 3, 4))
