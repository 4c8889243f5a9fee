"""What follows from sums by another way: random amounts by which parts may differ unnoticed."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from lmi.suppression.disclosure import Numbers, Parts
from lmi.suppression.known_sums import FEWEST

N_DRAWN = 3
N_SOLVED = 2  # the second time takes away what the first left by rounding
RIDGE = 1e-9  # makes sums that follow from others solvable, and changes nothing that is read
NONE = 1e-6


def told_by_numbers(numbers: Numbers, parts: Parts, hidden: np.ndarray) -> tuple[int, int]:
    """Count cells and sums of two that follow from what is not hidden, and not from the agency."""
    agency = [tied.T for tied in parts.tied]
    told = numbers.sets[np.flatnonzero(~hidden & ~numbers.is_known)]
    found = _followed(_free(sparse.vstack([*agency, told])), parts.estabs)
    found -= _followed(_free(sparse.vstack(agency)), parts.estabs)
    return sum(one == other for one, other in found), sum(one != other for one, other in found)


def _free(sums: sparse.sparray) -> np.ndarray:
    """Draw amounts by which parts may differ without any sum's noticing, shape (m, 3)."""
    rows = sums.tocsr()
    chance = np.random.default_rng(0)
    marks = chance.integers(1, 2**40, rows.shape[1])
    rows = rows[np.unique(rows @ marks, return_index=True)[1]]
    n_sums, n_parts = rows.shape
    system = [[sparse.eye_array(n_parts), rows.T], [rows, -RIDGE * sparse.eye_array(n_sums)]]
    factors = splu(
        sparse.block_array(system, format="csc"),
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
    amounts = chance.standard_normal((n_parts, N_DRAWN))
    for _ in range(N_SOLVED):
        amounts = factors.solve(np.vstack([amounts, np.zeros((n_sums, N_DRAWN))]))[:n_parts]
    return amounts


def _followed(free: np.ndarray, estabs: np.ndarray) -> set[tuple[int, int]]:
    """Find the parts that follow, each twice, and the twos of others whose amounts cancel."""
    is_free = (np.abs(free) > NONE).any(axis=1)
    single = np.flatnonzero(~is_free & (estabs < FEWEST))
    open_ = np.flatnonzero(is_free & (estabs < FEWEST))
    pairs = {
        (int(one), int(other))
        for one in open_
        for other in open_[(np.abs(free[open_] + free[one]) <= NONE).all(axis=1)]
        if one < other and estabs[one] + estabs[other] < FEWEST
    }
    return {(int(part), int(part)) for part in single} | pairs
