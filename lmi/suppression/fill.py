"""Fill a table: expect, hold to the totals, and say how far off each cell may be."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from lmi.suppression.carry_over import carry_over
from lmi.suppression.cell_hierarchy import KEY, PERIOD, BoolArray, FloatArray
from lmi.suppression.constraints import Constraints, make_constraints
from lmi.suppression.noise import N_DRAWS, cell_noise
from lmi.suppression.other_periods import History
from lmi.suppression.prior import Prior, make_prior
from lmi.suppression.problem import NO_ROOM, Problem, make_problem
from lmi.suppression.solve import Solution, draw, solve

__all__ = ["Filled", "fill"]


@dataclass(frozen=True, eq=False)
class Filled:
    """A filled table.

    Parameters
    ----------
    problem, constraints, prior, solution
        What it was made from.
    value : ndarray, shape (n_rows,)
        Published, or estimated.
    noise : ndarray, shape (k, d)
        Standard normal numbers of the unknowns.
    """

    problem: Problem
    constraints: Constraints
    prior: Prior
    solution: Solution
    value: FloatArray
    noise: FloatArray

    @property
    def is_row(self) -> BoolArray:
        """Unknowns that are rows of the table, not remainders."""
        return self.constraints.rows < self.problem.n_rows

    @property
    def observed(self) -> BoolArray:
        """Unknowns that are disclosed in another period, shape (k,)."""
        return self.prior.observed[self.constraints.rows]

    @property
    def outside(self) -> BoolArray:
        """Rows whose value had to leave its hard bounds by more than rounding, shape (n_rows,)."""
        problem, n = self.problem, self.problem.n_rows
        size = np.maximum(problem.unit[:n], np.abs(self.value))
        room = np.maximum(NO_ROOM * size, problem.slack)
        below, above = problem.lo[:n] - self.value, self.value - problem.hi[:n]
        return np.asarray(np.maximum(below, above) > room, dtype=bool)

    @property
    def fixed(self) -> BoolArray:
        """Rows that follow from the published numbers, rounding apart, shape (n_rows,)."""
        return self.problem.fixed[: self.problem.n_rows] & ~self.outside

    @property
    def exactly(self) -> BoolArray:
        """Rows that follow from the published numbers to the last place, shape (n_rows,)."""
        n = self.problem.n_rows
        return self.fixed & (self.problem.hi[:n] == self.problem.lo[:n])

    def deviations(self, factor: FloatArray, beside: FloatArray | None = None) -> FloatArray:
        """Draw joint errors of the unknowns.

        Parameters
        ----------
        factor : ndarray, shape (k,)
            What each standard deviation is multiplied by.
        beside : ndarray, shape (k, d), optional
            Errors to add before the totals are held, such as those of the jobs that wages are in
            proportion to.

        Returns
        -------
        ndarray, shape (k, d)
        """
        at, known = self.constraints.rows, np.zeros(len(factor), dtype=bool)
        known[self.is_row] = self.exactly[at[self.is_row]]
        # What follows has no error to share: else its sums are held to no more than `draw` can.
        spread = np.where(known, 0.0, np.sqrt(self.solution.variance) * factor)
        errors = self.noise * spread[:, None]
        if beside is not None:
            errors += np.where(known[:, None], 0.0, beside)
        return draw(self.constraints, spread**2, errors)


def fill(
    rows: pd.DataFrame,
    measure: str,
    estabs: str,
    base: pd.Series | None = None,
    history: History | None = None,
    n_draws: int = N_DRAWS,
) -> Filled:
    """Fill every withheld cell.

    Parameters
    ----------
    rows : DataFrame
        QCEW rows in scope.
    base : Series, optional
        Jobs, for money.
    history : mapping of str to DataFrame, optional
        Rows of other periods; `rows` must then be of one.
    n_draws : int
        Numbers of each unknown.
    """
    problem = make_problem(rows, measure, estabs, base)
    carried = carry_over(rows, problem, measure, history) if history and len(rows) else None
    prior = make_prior(problem, carried)
    constraints = make_constraints(problem)
    at = constraints.rows
    solution = solve(constraints, prior.middle[at], prior.cv2[at], problem.unit[at])
    value = np.where(problem.withheld, 0.0, problem.known)
    value[at] = solution.value
    found = Filled(
        problem=problem,
        constraints=constraints,
        prior=prior,
        solution=solution,
        value=value[: problem.n_rows],
        noise=_noise(rows, problem, at, measure, n_draws),
    )
    return replace(found, value=_followed(found))


def _followed(found: Filled) -> FloatArray:
    """Put what follows from published numbers where it follows to, to the last place."""
    return np.where(found.exactly, found.problem.lo[: found.problem.n_rows], found.value)


def _noise(
    rows: pd.DataFrame, problem: Problem, at: np.ndarray, measure: str, n_draws: int
) -> FloatArray:
    """Numbers of the unknowns; a remainder has those of its total, under a name of its own."""
    n = problem.n_rows
    keys = [*KEY, *(c for c in PERIOD if c in rows)]
    of = np.where(at < n, at, problem.tree.parent[at])
    cells = rows[keys].iloc[of].reset_index(drop=True)
    rest = np.where(at < n, "", "-rest")
    cells["industry_code"] = cells["industry_code"] + rest
    return cell_noise(cells, "jobs" if measure.endswith("_emplvl") else measure, n_draws)
