"""What a withheld cell may be before it is held to any total: a middle and a variance of logs.

From size alone a cell is base × reference ratio. Where the same cell is disclosed in other periods
that counts too, each piece by how well it predicts cells that are disclosed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lmi.suppression.carry_over import CarriedOver
from lmi.suppression.cell_hierarchy import BoolArray, FloatArray
from lmi.suppression.problem import Problem
from lmi.suppression.worlds import WORLDS

__all__ = ["Prior", "make_prior"]

# Where too few cells are disclosed to learn from: variance of log size at many establishments, and
# what is added to it at one, by world; as learned on Colorado, Ohio and Hawaii.
DEFAULT_VARIANCE = np.array([[0.3, 1.8], [1.3, 0.5], [0.9, 1.3], [1.4, 4.9]])
LEARN_FROM = 100
SECTOR = 4
# Of squared errors the largest hundredth counts no more than the next.
WINSOR = 0.99
# Beyond this a cell is as good as unknown, and a normal error would mislead; by world, since sizes
# of a government's cells have a heavier tail.
MAX_CV2 = np.array([4.0, 4.0, 16.0, 16.0])
LEAST = 0.05


@dataclass(frozen=True, eq=False)
class Prior:
    """Middle and spread of every row.

    Parameters
    ----------
    middle : ndarray, shape (n,)
        In the unit of the measure, positive.
    cv2 : ndarray, shape (n,)
        Squared coefficient of variation.
    observed : ndarray of bool, shape (n,)
        The same cell is disclosed in another period.
    """

    middle: FloatArray
    cv2: FloatArray
    observed: BoolArray


def _logs(problem: Problem, values: FloatArray) -> FloatArray:
    """Logarithm that a zero has too: half a job, or half a job's pay, is added."""
    return np.log(values / problem.unit + 0.5)


def _size_variance(problem: Problem, guess: FloatArray) -> FloatArray:
    """Variance of the guess from size, learned on the disclosed cells of counties by world."""
    from scipy.optimize import nnls  # slow to import: see `carry_over`

    tree, n = problem.tree, problem.n_rows
    learn = ~problem.withheld & tree.is_county & (problem.size > 0) & (tree.level >= SECTOR)
    learn[n:] = False
    features = np.column_stack([np.ones(len(tree)), 1 / np.maximum(problem.size, 1.0)])
    error2 = (_logs(problem, np.nan_to_num(problem.known)) - _logs(problem, guess)) ** 2
    coefficients = DEFAULT_VARIANCE.copy()
    for world in WORLDS:
        at = learn & (problem.world == world)
        if (n_cells := int(at.sum())) == 0:
            continue
        of_world = np.minimum(error2[at], np.quantile(error2[at], WINSOR))
        learned, _ = nnls(features[at], of_world)
        trust = min(n_cells / LEARN_FROM, 1.0)
        coefficients[world] += trust * (np.maximum(learned, [0.01, 0.0]) - coefficients[world])
    return np.asarray((features * coefficients[problem.world]).sum(axis=1))


def make_prior(problem: Problem, carried: CarriedOver | None = None) -> Prior:
    """Weigh what is known of each row by how well it predicts.

    Parameters
    ----------
    carried : CarriedOver, optional
        From other periods.

    Notes
    -----
    log(x + ½) = Σ (mᵢ / vᵢ) / Σ (1 / vᵢ) over the guess from size and the nearest disclosed
    values before and after; its variance is 1 / Σ (1 / vᵢ).
    """
    guess = np.nan_to_num(problem.ratio * problem.size)
    weight = 1 / _size_variance(problem, guess)
    middle = _logs(problem, guess) * weight
    observed = np.zeros(len(problem.tree), dtype=bool)
    for expected, variance in carried.sides if carried else ():
        told = np.flatnonzero(np.isfinite(expected) & np.isfinite(variance))
        precision = 1 / variance[told]
        weight[told] += precision
        middle[told] += expected[told] * precision
        observed[told] = True
    value = (np.exp(middle / weight) - 0.5) * problem.unit
    return Prior(
        middle=np.maximum(value, LEAST * problem.unit),
        cv2=np.minimum(np.expm1(np.minimum(1 / weight, 5.0)), MAX_CV2[problem.world]),
        observed=observed,
    )
