"""What the published numbers say of the withheld ones, as the rows of a linear programme.

A total says that its withheld parts, less the total itself where that is withheld too, lie between
two numbers. Only withheld cells are unknowns, so a published cell cuts the table: what hangs on it
from one side no longer touches the other, and the programme falls into blocks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from lmi.suppression.cell_hierarchy import BoolArray, FloatArray, Hierarchy, IntArray

__all__ = ["Block", "LinearProgramme", "build_linear_programme", "split"]


@dataclass(frozen=True, eq=False)
class LinearProgramme:
    """Find x ≥ 0 with lower ≤ matrix · x ≤ upper.

    Parameters
    ----------
    matrix : csr_array, shape (m, k)
    lower, upper : ndarray, shape (m,)
        In the unit of the measure; `lower` is −inf where the total is only an upper limit.
    total : ndarray, shape (m,)
        Row number of the cell whose parts a constraint adds up.
    over_counties : ndarray of bool, shape (m,)
        The parts are the counties of a state's cell, not the industries of an area's.
    unknown : csr_array, shape (n, k)
        One in the column of each withheld cell; cells that must be equal share a column.
    """

    matrix: sparse.csr_array
    lower: FloatArray
    upper: FloatArray
    total: IntArray
    over_counties: BoolArray
    unknown: sparse.csr_array


@dataclass(frozen=True, eq=False)
class Block:
    """A part of a programme that shares no unknown with the rest of it.

    Parameters
    ----------
    rows, columns : ndarray
        Which rows and columns of the programme these are.
    matrix, lower, upper
        As in `LinearProgramme`.
    """

    rows: IntArray
    columns: IntArray
    matrix: sparse.csr_array
    lower: FloatArray
    upper: FloatArray


def build_linear_programme(
    tree: Hierarchy,
    published: FloatArray,
    whole_parent: BoolArray,
    whole_state: BoolArray,
    slack: float,
) -> LinearProgramme:
    """Write down every total that has something withheld in it.

    Parameters
    ----------
    published : ndarray, shape (n,)
        The measure; NaN where withheld.
    whole_parent, whole_state : ndarray of bool, shape (n,)
        Totals whose industries, whose counties, are all present. Others are only upper limits.
    slack : float
        Rounding of one published number.

    Notes
    -----
    For a total t with parts P, of which p are published, lower and upper are

        (t, if published) − (sum of the published parts) ± slack · (p + 1, or p if t is withheld)

    and the row is the sum of the withheld parts, less t if withheld. A withheld total with one
    part is that part, so both become one unknown; half of a state's withheld cells go that way.

    Examples
    --------
    A total of 100, of which 40 is published and two parts are withheld:

    >>> import numpy as np, pandas as pd
    >>> from lmi.suppression.cell_hierarchy import build_hierarchy
    >>> rows = pd.DataFrame({"area_fips": "99001", "own_code": "5",
    ...     "industry_code": ["10", "11", "23", "62"], "agglvl_code": ["71", "74", "74", "74"]})
    >>> whole = np.ones(4, dtype=bool)
    >>> made = build_linear_programme(
    ...     build_hierarchy(rows), np.array([100, 40, np.nan, np.nan]), whole, whole, 0.0)
    >>> made.matrix.toarray(), made.lower, made.upper
    (array([[1., 1.]]), array([60.]), array([60.]))
    """
    margins = [
        _margin(tree.parent, published, whole_parent, slack),
        _margin(tree.state, published, whole_state, slack),
    ]
    totals, matrices, lowers, uppers = zip(*margins, strict=True)
    matrix = sparse.csr_array(sparse.vstack(matrices, format="csr"))
    lower, upper = np.concatenate(lowers), np.concatenate(uppers)
    chain = _chains(matrix, lower, upper)
    merged = sparse.csr_array(matrix @ chain)
    merged.eliminate_zeros()
    over_counties = np.repeat([False, True], [len(total) for total in totals])
    # The row that made two cells one says nothing more; another row left empty must hold by itself.
    keep = (np.diff(merged.indptr) > 0) | (lower > 0) | (upper < 0)
    return LinearProgramme(
        matrix=merged[keep],
        lower=lower[keep],
        upper=upper[keep],
        total=np.concatenate(totals)[keep],
        over_counties=over_counties[keep],
        unknown=sparse.csr_array(_unknowns(published) @ chain),
    )


def _unknowns(published: FloatArray) -> sparse.csr_array:
    """One column for each withheld cell."""
    withheld = np.flatnonzero(np.isnan(published))
    one_each = (np.ones(len(withheld)), (withheld, np.arange(len(withheld))))
    return sparse.csr_array(one_each, shape=(len(published), len(withheld)))


def _margin(
    above: IntArray, published: FloatArray, whole: BoolArray, slack: float
) -> tuple[IntArray, sparse.csr_array, FloatArray, FloatArray]:
    """Totals in one direction: their row numbers, the constraints, their lower and upper ends."""
    n, withheld = len(above), np.isnan(published)
    known = np.where(withheld, 0.0, published)
    part = np.flatnonzero(above >= 0)
    member = sparse.csr_array((np.ones(len(part)), (above[part], part)), shape=(n, n))
    n_withheld = member @ withheld.astype(float)
    n_published = member @ (~withheld).astype(float)
    total = np.flatnonzero((n_withheld + n_published > 0) & ((n_withheld > 0) | withheld))
    less_total = sparse.diags_array(np.ones(n), format="csr")[total]
    matrix = sparse.csr_array((member[total] - less_total) @ _unknowns(published))
    left = (known - member @ known)[total]
    rounding = slack * (n_published + ~withheld)[total]
    return total, matrix, np.where(whole[total], left - rounding, -np.inf), left + rounding


def _chains(matrix: sparse.csr_array, lower: FloatArray, upper: FloatArray) -> sparse.csr_array:
    """Map unknowns to columns, those that a row of the form x − y = 0 ties together to the same."""
    k = matrix.shape[1]
    tie = (np.diff(matrix.indptr) == 2) & (lower == 0) & (upper == 0)
    first = matrix.indptr[:-1][tie]
    opposite = matrix.data[first] + matrix.data[first + 1] == 0
    one, other = matrix.indices[first[opposite]], matrix.indices[first[opposite] + 1]
    tied = sparse.csr_array((np.ones(len(one)), (one, other)), shape=(k, k))
    m, column = connected_components(tied, directed=False)
    return sparse.csr_array((np.ones(k), (np.arange(k), column)), shape=(k, m))


def split(programme: LinearProgramme) -> Iterator[Block]:
    """Take a programme apart into blocks that can be solved each by itself.

    Yields
    ------
    Block
        An unknown without a constraint, and a constraint without an unknown, are in none.
    """
    matrix = programme.matrix
    m = matrix.shape[0]
    if matrix.nnz == 0:
        return
    both = sparse.block_array([[None, matrix], [matrix.T, None]], format="csr")
    n_blocks, block = connected_components(both, directed=False)
    rows, columns = np.argsort(block[:m], kind="stable"), np.argsort(block[m:], kind="stable")
    sorted_matrix = matrix[rows][:, columns]
    row_ends = np.searchsorted(block[:m][rows], np.arange(n_blocks + 1))
    column_ends = np.searchsorted(block[m:][columns], np.arange(n_blocks + 1))
    for b in range(n_blocks):
        r = slice(row_ends[b], row_ends[b + 1])
        c = slice(column_ends[b], column_ends[b + 1])
        if r.start < r.stop and c.start < c.stop:
            at = rows[r]
            yield Block(
                at, columns[c], sorted_matrix[r, c], programme.lower[at], programme.upper[at]
            )
