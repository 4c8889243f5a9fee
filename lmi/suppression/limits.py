"""Hard limits of sums: the smallest and the largest that the published numbers allow.

The limits of a sum are narrower than the sum of its cells' bounds, since what one cell of a family
gains another loses. Each limit is the optimum of a linear programme over all tables that agree
with every published number (`lmi.suppression.linear_programme`).

All limits of a block share their constraints and differ only in what is optimised. The simplex
method can therefore start each one where the last one ended, a few pivots away. This is what the
solver's own interface is for: SciPy's, which starts each anew, needs ten times as long.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
import pandas as pd
from highspy import HighsModelStatus
from scipy import sparse

from lmi.suppression.cell_hierarchy import BoolArray, FloatArray, Hierarchy, IntArray
from lmi.suppression.linear_programme import Block, LinearProgramme, build_linear_programme, split

__all__ = ["Limits", "SumLimits"]

TOLERANCE = 1e-6
# The solver's tolerances are absolute and suit numbers up to about a million.
LARGEST = 1e6
PRIMAL_SIMPLEX = 4


@dataclass(frozen=True, eq=False)
class Limits:
    """The ends of each sum, and which totals had to be relaxed.

    Parameters
    ----------
    min, max : ndarray, shape (g,)
        In the unit of the measure; `max` is infinite where nothing published stands above.
    relaxed : DataFrame
        Totals that their parts do not add up to: ``row`` (row number of the total),
        ``over`` (``industries`` or ``counties``) and ``amount`` (by how much, in the unit of the
        measure). Empty for a table that adds up.
    """

    min: FloatArray
    max: FloatArray
    relaxed: pd.DataFrame


class SumLimits:
    """The smallest and the largest value that sums of cells can have: set up once, asked often.

    Parameters
    ----------
    tree : Hierarchy
        Of any number of states and periods.
    published : ndarray, shape (n,)
        The measure; NaN where withheld.
    whole_parent : ndarray of bool, shape (n,)
        Totals whose industries are all present: those without an `establishment_gap`, or all if
        `add_remainders` has completed the families.
    whole_state : ndarray of bool, shape (n,)
        State rows whose counties are all present (`whole_states`).
    slack : float
        Rounding of one published number: 0.5 for annual averages, 0 for sums and months.

    Notes
    -----
    The tables searched are those in which every published cell has its published value, industries
    add up to their total in every area and ownership, ownerships to all jobs, counties to their
    state's cell, and nothing is negative. Where parts are absent from the data a total is only an
    upper limit. A state's withheld cell is the sum of its counties; the nation stands apart.

    The limits are exact for numbers that are not rounded. Of rounded ones the rounding of a
    published cell is allowed for anew in each total that it enters, as if it were not the same
    rounding. This only widens, by a thousandth of all widths for Colorado in 2016, and makes the
    published cells constants, without which the programme takes ten times as long. A published
    cell enters a sum as published.

    Where no table agrees with the published numbers, the totals concerned are widened by the
    least amount, summed over all of them, that lets a table exist, and are listed in `relaxed`.
    Only totals that bear on one of the sums are looked at.

    Examples
    --------
    A county of 100 jobs publishes 40; the other two sectors share 60. Each of them may hold all
    or none of it, both together hold 60:

    >>> import numpy as np, pandas as pd
    >>> from scipy import sparse
    >>> from lmi.suppression.cell_hierarchy import build_hierarchy
    >>> rows = pd.DataFrame({"area_fips": "99001", "own_code": "5",
    ...     "industry_code": ["10", "11", "23", "62"], "agglvl_code": ["71", "74", "74", "74"]})
    >>> whole = np.ones(4, dtype=bool)
    >>> limits = SumLimits(build_hierarchy(rows), np.array([100, 40, np.nan, np.nan]),
    ...                    whole_parent=whole, whole_state=whole, slack=0.0)
    >>> found = limits.of(sparse.csr_array([[0, 0, 1, 0], [0, 0, 1, 1]]))
    >>> found.min, found.max
    (array([ 0., 60.]), array([60., 60.]))
    """

    def __init__(
        self,
        tree: Hierarchy,
        published: FloatArray,
        *,
        whole_parent: BoolArray,
        whole_state: BoolArray,
        slack: float,
    ) -> None:
        programme = build_linear_programme(tree, published, whole_parent, whole_state, slack)
        self._programme, self._published = programme, np.nan_to_num(published)
        self._is_unlimited = abs(programme.matrix).sum(axis=0) == 0
        self._blocks = list(split(programme))
        self._solvers: dict[int, _Solver] = {}

    def of(self, sums: sparse.csr_array) -> Limits:
        """Find the limits of sums of cells.

        Parameters
        ----------
        sums : csr_array, shape (g, n)
            How often each cell counts in each sum; not negative.
        """
        sums = sparse.csr_array(sums, dtype=np.float64)
        weights = sparse.csc_array(sums @ self._programme.unknown)
        ends = np.zeros((weights.shape[0], 2))
        ends[weights @ self._is_unlimited.astype(float) > 0, 1] = np.inf
        excess = _of_empty(self._programme)
        for number, block in enumerate(self._blocks):
            wanted = sparse.csr_array(weights[:, block.columns])
            groups = np.flatnonzero(np.diff(wanted.indptr)).tolist()
            if groups:
                solver = self._solver(number)
                excess[block.rows] = solver.excess
                ends[groups] += np.array([solver.ends(*_row(wanted, group)) for group in groups])
        fixed = (sums @ self._published)[:, None]
        # Beyond the sixth decimal there is only the solver's tolerance.
        low, high = np.round(fixed + ends, 6).T + 0.0  # no negative nought
        return Limits(low, np.maximum(high, low), _relaxed(self._programme, excess))

    def _solver(self, number: int) -> _Solver:
        if number not in self._solvers:
            self._solvers[number] = _Solver(self._blocks[number])
        return self._solvers[number]


def _row(matrix: sparse.csr_array, row: int) -> tuple[IntArray, FloatArray]:
    at = slice(matrix.indptr[row], matrix.indptr[row + 1])
    return matrix.indices[at], matrix.data[at]


def _of_empty(programme: LinearProgramme) -> FloatArray:
    """By how much constraints fail that have no unknown left to meet them with."""
    empty = np.diff(programme.matrix.indptr) == 0
    return np.where(empty, np.maximum(programme.lower, -programme.upper), 0.0)


def _relaxed(programme: LinearProgramme, excess: FloatArray) -> pd.DataFrame:
    at = np.flatnonzero(excess > TOLERANCE)
    return pd.DataFrame(
        {
            "row": programme.total[at],
            "over": np.where(programme.over_counties[at], "counties", "industries"),
            "amount": np.round(excess[at], 6),
        }
    )


class _Solver:
    """One block, loaded once; each sum is solved from where the last one ended.

    Attributes
    ----------
    excess : ndarray, shape (m,)
        By how much each constraint had to be widened before any table met them all.
    """

    def __init__(self, block: Block) -> None:
        self.unit = _unit(block)
        self.lower, self.upper = block.lower / self.unit, block.upper / self.unit
        self.highs = highspy.Highs()
        self.highs.silent()
        self.highs.setOptionValue("parallel", "off")
        self.highs.passModel(_model(block.matrix, self.lower, self.upper))
        self.excess = np.zeros(len(block.rows))
        self.highs.run()
        if not self._is(HighsModelStatus.kOptimal):
            self.excess = self._relax() * self.unit
        self.highs.setOptionValue("presolve", "off")
        self.highs.setOptionValue("simplex_strategy", PRIMAL_SIMPLEX)

    def ends(self, columns: IntArray, weights: FloatArray) -> tuple[float, float]:
        """Return the least and the most of a weighted sum of unknowns."""
        n, columns = len(columns), columns.astype(np.int32)
        self.highs.changeColsCost(n, columns, weights)
        low = self._optimum(highspy.ObjSense.kMinimize, 0.0)
        high = self._optimum(highspy.ObjSense.kMaximize, np.inf)
        self.highs.changeColsCost(n, columns, np.zeros(n))
        return low, high

    def _optimum(self, sense: highspy.ObjSense, otherwise: float) -> float:
        """Solve; `otherwise`, which is always valid, where the block gives no limit."""
        self.highs.changeObjectiveSense(sense)
        self.highs.run()
        if not self._is(HighsModelStatus.kOptimal, HighsModelStatus.kUnbounded):
            self.highs.clearSolver()
            self.highs.run()
        if not self._is(HighsModelStatus.kOptimal):
            return otherwise
        return float(self.highs.getInfo().objective_function_value) * self.unit

    def _relax(self) -> FloatArray:
        """Widen the constraints by the least sum that makes them agree."""
        never, freely = -1.0, 1.0  # penalties: unknowns stay positive, constraints may give way
        self.highs.feasibilityRelaxation(never, never, freely)
        value = np.asarray(self.highs.getSolution().row_value)
        below, above = np.maximum(self.lower - value, 0.0), np.maximum(value - self.upper, 0.0)
        for row in np.flatnonzero(below + above).tolist():
            self.highs.changeRowBounds(
                row, self.lower[row] - below[row], self.upper[row] + above[row]
            )
        self.highs.clearSolver()
        self.highs.run()
        return below + above

    def _is(self, *status: HighsModelStatus) -> bool:
        return self.highs.getModelStatus() in status


def _unit(block: Block) -> float:
    """Return a power of two, so that dividing by it is exact, that brings numbers into range."""
    ends = np.concatenate([block.lower, block.upper])
    largest = float(np.abs(ends[np.isfinite(ends)]).max(initial=0.0))
    return float(2.0 ** max(np.ceil(np.log2(max(largest, 1.0) / LARGEST)), 0.0))


def _model(matrix: sparse.csr_array, lower: FloatArray, upper: FloatArray) -> highspy.HighsLp:
    by_column = sparse.csc_array(matrix)
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.row_lower_, model.row_upper_ = lower, upper
    model.col_cost_ = np.zeros(matrix.shape[1])
    model.col_lower_ = np.zeros(matrix.shape[1])
    model.col_upper_ = np.full(matrix.shape[1], highspy.kHighsInf)
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = by_column.indptr
    model.a_matrix_.index_ = by_column.indices
    model.a_matrix_.value_ = by_column.data
    return model
