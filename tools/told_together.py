"""Count what a state's published numbers tell together of one or two employers.

    python -m tools.told_together colorado --year 2016

What `lmi` publishes is held against differences of two numbers and what all others of a kind leave
(`lmi.suppression.disclosure`). This looks at every combination, by linear algebra: which withheld
cells, and sums of two of them, of fewer than three establishments follow from all numbers of the
year by any adding and subtracting, and not from what the agency publishes alone.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy import sparse
from scipy.sparse.linalg import splu

from lmi.analysis.confidential import numbers_of
from lmi.analysis.span import choose_years
from lmi.analysis.year_cells import read_cells
from lmi.config import StateConfig, load_candidates, load_state
from lmi.errors import LmiError
from lmi.store import Store
from lmi.suppression.disclosure import FEWEST, withhold

N_DRAWN = 3
N_SOLVED = 2  # the second time takes away what the first left by rounding
RIDGE = 1e-9  # makes sums that follow from others solvable, and changes nothing that is read
NONE, DIGITS = 1e-6, 6


class Told(NamedTuple):
    """What follows from numbers together.

    Attributes
    ----------
    cells, pairs : int
        Cells, and sums of two cells neither of which follows, of fewer than three establishments.
    withheld : int
        Numbers that are withheld.
    """

    cells: int
    pairs: int
    withheld: int


def told_together(store: Store, state: StateConfig, year: int) -> Told:
    """Count what the numbers of a state's year tell and the agency's alone do not."""
    read = read_cells(store, state, choose_years(store, state, year).year)
    assert read is not None, "a year that can be chosen is in the store"
    numbers, _, _ = numbers_of(read, state, load_candidates(state), detail=True, now=True)
    parts, _ = read.parts
    hidden = withhold(numbers, parts).hidden
    agency = [tied.T for tied in parts.tied]
    told = numbers.sets[np.flatnonzero(~hidden & ~numbers.is_known)]
    found = followed(free_amounts(sparse.vstack([*agency, told])), parts.estabs)
    new = found[~follows(free_amounts(sparse.vstack(agency)), found)]
    n_cells = int((new[:, 0] == new[:, 1]).sum())
    return Told(n_cells, len(new) - n_cells, int(hidden.sum()))


def free_amounts(sums: sparse.sparray) -> np.ndarray:
    """Draw amounts by which parts may differ without any sum's noticing.

    A part that follows from the sums has none, and where the sum of two follows theirs cancel.

    Parameters
    ----------
    sums : sparse array, shape (n, m)
        Which parts are in each sum, 0 or 1.

    Returns
    -------
    ndarray, shape (m, 3)
    """
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


def followed(free: np.ndarray, estabs: np.ndarray, fewest: float = FEWEST) -> np.ndarray:
    """Find the parts, and the twos of them, that follow and have fewer establishments.

    Parameters
    ----------
    free : ndarray, shape (m, 3)
        As `free_amounts` draws it.
    estabs : ndarray, shape (m,)
        Establishments of each part.

    Returns
    -------
    ndarray, shape (f, 2)
        Numbers of parts, the lesser first; a part that follows by itself is named twice, and is
        in no two.
    """
    is_free = (np.abs(free) > NONE).any(axis=1)
    single = np.flatnonzero(~is_free & (estabs < fewest))
    open_ = np.flatnonzero(is_free & (estabs < fewest))
    sign = np.sign(free[open_, 0])
    amount = np.round(free[open_] * sign[:, None], DIGITS)
    order = np.lexsort(amount.T)
    found, step, at = [np.column_stack([single, single])], 1, np.arange(len(order) - 1)
    while len(at := at[(amount[order[at]] == amount[order[at + step]]).all(axis=1)]):
        one, other = order[at], order[at + step]
        pairs = np.sort(open_[np.column_stack([one, other])[sign[one] != sign[other]]], axis=1)
        found.append(pairs[estabs[pairs].sum(axis=1) < fewest])
        step += 1
        at = at[at + step < len(order)]
    return np.concatenate(found)


def follows(free: np.ndarray, pairs: np.ndarray) -> np.ndarray:
    """Tell of what `followed` may find whether it does follow, shape (f,)."""
    one, other = pairs.T
    amount = free[one] + free[other] * (one != other)[:, None]
    return (np.abs(amount) <= NONE).all(axis=1)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("state", help="slug or folder; its year is read from the store")
    parser.add_argument("--year", type=int, required=True)
    chosen = parser.parse_args(arguments)
    try:
        state = load_state(chosen.state)
        told = told_together(Store(), state, chosen.year)
    except LmiError as error:
        sys.exit(str(error))
    print(
        f"{state.name} {chosen.year}: {told.cells:,} cells and {told.pairs:,} sums of two cells of "
        f"fewer than {FEWEST} establishments follow from what is published together and not from "
        f"the agency alone; {told.withheld:,} numbers are withheld."
    )


if __name__ == "__main__":
    main()
