"""The table nearest to what was expected among those that add up, and draws around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import piqp
from scipy import sparse

from lmi.errors import MeasureError
from lmi.suppression.cell_hierarchy import FloatArray
from lmi.suppression.constraints import Constraints

__all__ = ["Solution", "draw", "solve"]

STEPS = 6
CONVERGED = 1e-3
# Least standard deviation of a cell, in units.
LEAST_SD = 0.25
LEAST = 0.05
# A step may shrink a cell to a tenth, so that the next can still undo it.
SHRINK = 0.1
# Standard deviation, in units, of what a total may be off where rounding may leave no table that
# adds up; ten times more where that is not enough.
GIVE = 0.1
# A total that must be changed by more than this, in units, contradicts others.
CONTRADICTS = 1e-3


@dataclass(frozen=True, eq=False)
class Solution:
    """Filled cells.

    Parameters
    ----------
    value : ndarray, shape (k,)
        Nonnegative; adds up.
    variance : ndarray, shape (k,)
        Of each cell before it is held to the totals, at the solution.
    relaxed : ndarray, shape (m,)
        By how much each total had to be changed; 0 unless the published numbers contradict each
        other by more than rounding.
    """

    value: FloatArray
    variance: FloatArray
    relaxed: FloatArray


def solve(
    constraints: Constraints, middle: FloatArray, cv2: FloatArray, unit: FloatArray
) -> Solution:
    """Fill the unknowns.

    Parameters
    ----------
    constraints : Constraints
        k unknowns.
    middle, cv2 : ndarray, shape (k,)
        What each is expected to be, and its squared coefficient of variation.
    unit : ndarray, shape (k,)
        What counts as one.

    Raises
    ------
    MeasureError
        The solver finds no solution even where totals need not be met.

    Notes
    -----
    Minimises Σ wᵢ (xᵢ log(xᵢ/μᵢ) − xᵢ + μᵢ) subject to the sums and x ≥ 0, with wᵢ = μᵢ/σᵢ²:
    relative entropy, weighted so that a well-known cell hardly moves. Equal weights would be
    proportional fitting. Solved as a sequence of quadratic programmes (PIQP, an interior-point
    solver), each with the curvature wᵢ/xᵢ of the last solution. Where no table meets all totals,
    they are first changed by the least amount, summed over all, that lets one exist.
    """
    relaxed = np.zeros(len(constraints.total))
    if not len(middle):
        return Solution(middle, middle, relaxed)
    middle = np.maximum(middle, LEAST * unit)
    weight = 1 / (cv2 * middle + (LEAST_SD * unit) ** 2 / middle)
    one = float(np.median(unit))
    gives = [GIVE * 10**i for i in range(5)]
    if not constraints.slack.any():
        gives = [0.0, *gives]
    found = _within(constraints, middle, weight, one, gives[:1])
    if found is None or _unmet(constraints, found, one).any():
        relaxed = _contradiction(constraints, one)
        constraints = replace(constraints, total=constraints.total + relaxed)
        found = _within(constraints, middle, weight, one, gives)
    if found is None:
        raise _no_table("at any precision")
    # Whatever is not met is said, the solver's failure to find a table no less than the files'.
    relaxed = relaxed + _unmet(constraints, found, one)
    return Solution(found, np.maximum(found, LEAST * unit) / weight, relaxed)


def _within(
    constraints: Constraints,
    middle: FloatArray,
    weight: FloatArray,
    one: float,
    gives: list[float],
) -> FloatArray | None:
    """Solve with each total giving way by the least that works, in units or in its rounding."""
    for give in gives:
        each = give * np.maximum(constraints.slack, one) if give else None
        try:
            return _nearest(_Programme(constraints, each), middle, weight)
        except MeasureError:  # rounding leaves no table that adds up so well
            continue
    return None


def _unmet(constraints: Constraints, found: FloatArray, one: float) -> FloatArray:
    """By how much more than rounding a solution misses each total."""
    off = constraints.matrix @ found - constraints.total
    beyond = np.abs(off) - constraints.slack
    missed = constraints.exact & (beyond > CONTRADICTS * one)
    return np.where(missed, np.sign(off) * beyond, 0.0)


def _contradiction(constraints: Constraints, one: float) -> FloatArray:
    """Find the least change of the totals, summed over all, that lets a table exist."""
    from scipy.optimize import linprog  # slow to import: see `carry_over`

    exact, k = constraints.exact, constraints.matrix.shape[1]
    off = sparse.identity(len(exact), format="csr")[:, np.flatnonzero(exact)]
    rows = sparse.hstack([constraints.matrix, off, -off, off]).tocsr()
    m, slack, total = off.shape[1], constraints.slack[exact] / one, constraints.total / one
    lowest = np.concatenate([np.zeros(k + 2 * m), -slack])
    highest = np.concatenate([np.full(k + 2 * m, np.inf), slack])
    found = linprog(
        np.repeat([0.0, 1.0, 0.0], [k, 2 * m, m]),
        A_ub=rows[~exact], b_ub=total[~exact], A_eq=rows[exact], b_eq=total[exact],
        bounds=np.column_stack([lowest, highest]), method="highs-ds",
    )  # fmt: skip
    if found.x is None:
        raise _no_table(found.message)
    change = np.zeros(len(exact))
    change[exact] = (found.x[k + m : k + 2 * m] - found.x[k : k + m]) * one
    return np.where(np.abs(change) > CONTRADICTS * one, change, 0.0)


def _nearest(programme: _Programme, middle: FloatArray, weight: FloatArray) -> FloatArray:
    """Step towards the least weighted relative entropy."""
    x = middle
    for _ in range(STEPS):
        found = programme.solve(x - x * np.log(x / middle), x / weight)
        ahead = np.maximum(found, SHRINK * x)
        moved = np.abs(ahead - x).sum() / ahead.sum()
        x = ahead
        if moved < CONVERGED:
            break
    return found


class _Programme:
    """The quadratic programme of one table: its sums stay, its centre and variances change.

    Minimises Σ (x − centre)²/variance subject to the sums and x ≥ 0, and Σ (what a total is
    off)²/give² where totals may give way.
    """

    def __init__(self, constraints: Constraints, give: FloatArray | None) -> None:
        self.n_unknowns = constraints.matrix.shape[1]
        self.total, self.exact = constraints.total, constraints.exact
        self.matrix, self.extra = constraints.matrix, np.zeros(0)
        if give is not None:
            off = sparse.identity(len(give), format="csr")[:, np.flatnonzero(self.exact)]
            self.matrix = sparse.hstack([self.matrix, off]).tocsr()
            self.extra = give[self.exact] ** 2
        self.solver: piqp.SparseSolver | None = None

    def solve(self, centre: FloatArray, variance: FloatArray) -> FloatArray:
        """Return the minimum, shape (k,).

        Raises
        ------
        MeasureError
            The totals contradict each other.
        """
        scale = np.sqrt(np.concatenate([variance, self.extra]))
        scaled = self.matrix @ sparse.diags(scale)
        norm = np.sqrt(np.asarray(scaled.multiply(scaled).sum(axis=1)).ravel())
        norm = 1 / np.maximum(norm, 1e-9)
        scaled, total = (sparse.diags(norm) @ scaled).tocsr(), self.total * norm
        exact, most = self.exact, ~self.exact
        given = {
            "c": np.concatenate([-centre / scale[: len(centre)], np.zeros(len(self.extra))]),
            "A": scaled[exact].tocsc(),
            "b": total[exact],
        }
        if most.any():
            given |= {"G": scaled[most].tocsc(), "h_u": total[most]}
        if self.solver is None:
            self.solver = piqp.SparseSolver()
            self.solver.settings.verbose = False
            lowest = np.repeat([0.0, -np.inf], [self.n_unknowns, len(self.extra)])
            self.solver.setup(P=sparse.identity(len(scale)).tocsc(), x_l=lowest, **given)
        else:
            self.solver.update(**given)
        status = self.solver.solve()
        if status != piqp.PIQP_SOLVED:
            raise _no_table(status)
        return np.maximum((self.solver.result.x * scale)[: self.n_unknowns], 0.0)


def _no_table(why: object) -> MeasureError:
    return MeasureError(
        f"The withheld cells could not be made to add up ({why}); run `lmi verify` to see which "
        "published totals contradict each other."
    )


def draw(constraints: Constraints, variance: FloatArray, noise: FloatArray) -> FloatArray:
    """Turn errors of single cells into joint errors that leave every exact sum as it is.

    Parameters
    ----------
    variance : ndarray, shape (k,)
    noise : ndarray, shape (k, d)
        Errors of the cells before they are held to the totals, with these variances.

    Returns
    -------
    ndarray, shape (k, d)
        With A the constraints and V the variances: z − V Aᵀ (A V Aᵀ)⁻¹ A z, which has the
        covariance of the cells given their sums.
    """
    from scipy.sparse.linalg import splu  # slow to import, and estimates that are kept need none

    matrix = constraints.matrix[constraints.exact]
    if not matrix.shape[0]:
        return noise
    weighted = matrix.multiply(variance).tocsr()
    gram = weighted @ matrix.T
    own = gram.diagonal() + constraints.slack[constraints.exact] ** 2 / 3
    give = constraints.slack[constraints.exact] ** 2 / 3 + 1e-8 * own + 1e-12
    factor = splu(
        (gram + sparse.diags(give)).tocsc(),
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
    return noise - weighted.T @ factor.solve(np.asarray(matrix @ noise))
