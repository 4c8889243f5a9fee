"""How wide an interval must be to hold nine of ten: learned by withholding disclosed cells.

The solution's own spread is that of a model; the truth strays farther. Disclosed cells are withheld
in the agency's pattern, estimated like the rest, and the standard deviations multiplied until the
intervals hold. Cells that are disclosed in other periods are judged apart from those that are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.schema.measures import COVERAGE
from lmi.suppression.cell_hierarchy import KEY, PERIOD, FloatArray
from lmi.suppression.fill import Filled, fill
from lmi.suppression.masks import mask
from lmi.suppression.masks.cells import PrivateCells
from lmi.suppression.other_periods import History
from lmi.suppression.problem import NO_ROOM

__all__ = ["DEFAULT", "NORMAL", "Spread", "cell_spread", "learn_spread"]

# Half width of a normal interval with this coverage, in standard deviations.
NORMAL = 1.645
# What the two groups needed on Colorado and on Ohio; a small test is drawn towards it.
DEFAULT_OBSERVED, DEFAULT_UNOBSERVED = 2.8, 2.2
STRENGTH = 50
# Cells that are now withheld and now not change more than those that are always disclosed, on
# which the test is made.
RESTLESS = 2.2
# What no total tells: half a job; and of a month a fortieth, and a share of the spread before
# the totals, since they pin the month, not the level around it.
ROUGH_UNITS, ROUGH_SHARE, LOOSE = 0.3, 0.025, 0.6
# The test is made on the larger of the withheld cells' kind, and cannot see what one employer
# dominates; by industry level, since a sector is withheld for little else.
MARGIN = 1.08
OF_LEVEL = np.array([*[2.2] * 5, 1.8, 1.3, 1.05, 1.0])
MASKED_SHARE = 0.2
# Enough for a standard deviation within a tenth.
N_DRAWS = 50
WIDEST = 8.0


@dataclass(frozen=True)
class Spread:
    """Half width of a 90 % interval in standard deviations.

    Parameters
    ----------
    observed, unobserved : float
        Of cells that are disclosed in another period, and of all others; of these at six digits,
        more above (`OF_LEVEL`).
    n_observed, n_unobserved : int
        Cells that each was learned on.
    """

    observed: float
    unobserved: float
    n_observed: int = 0
    n_unobserved: int = 0

    def of(self, filled: Filled) -> FloatArray:
        """Return it for every unknown, shape (k,)."""
        level = filled.problem.tree.level[filled.constraints.rows]
        return np.where(filled.observed, self.observed, self.unobserved * OF_LEVEL[level])


DEFAULT = Spread(DEFAULT_OBSERVED, DEFAULT_UNOBSERVED)


def cell_spread(filled: Filled, deviations: FloatArray) -> FloatArray:
    """Return the standard deviation that a cell's own interval rests on.

    Parameters
    ----------
    deviations : ndarray, shape (k, d)
        Draws over each cell's own factor.

    Returns
    -------
    ndarray, shape (k,)
        Nothing for a cell that follows from the published numbers, but for their rounding.
    """
    problem, at = filled.problem, filled.constraints.rows
    held, unit = deviations.std(axis=1), problem.unit[at]
    fixed = held <= NO_ROOM * unit
    fixed[filled.is_row] |= filled.fixed[at[filled.is_row]]
    if not problem.slack:
        held = np.where(fixed, 0.0, held)
    rough, loose2 = ROUGH_UNITS * unit, np.zeros(len(held))
    if problem.is_of_a_month:
        rough = rough + ROUGH_SHARE * filled.solution.value
        loose2 = LOOSE**2 * filled.solution.variance * filled.observed
    return np.where(fixed, held, np.sqrt(held**2 + loose2 + rough**2))


def learn_spread(
    rows: pd.DataFrame,
    measure: str,
    estabs: str,
    base: pd.Series | None,
    history: History | None,
    others: Sequence[PrivateCells] | None = None,
) -> Spread:
    """Withhold a fifth as many disclosed cells as the agency would, and see how far they stray.

    Parameters
    ----------
    rows : DataFrame
        QCEW rows in scope.
    others : sequence of PrivateCells, optional
        As for `lmi.suppression.masks.mask`.

    Returns
    -------
    Spread
        `DEFAULT` where the rows are not of one state, with or without the nation, in one period.
    """
    if not set(PERIOD) <= set(rows.columns) or len(rows[PERIOD].drop_duplicates()) != 1:
        return DEFAULT
    if rows["area_fips"].str[:2].nunique() > 2:
        return DEFAULT
    seen = 0.5 if history else 0.0
    masked = mask(rows, measure, estabs, history, MASKED_SHARE, seen=seen, others=others)
    found = _ratios(masked.rows, masked.cells, measure, estabs, base, masked.history)
    few, many = found[~found["observed"]], found[found["observed"]]
    return Spread(
        observed=_width(many["ratio"], DEFAULT_OBSERVED, RESTLESS),
        unobserved=_width(few["ratio"], DEFAULT_UNOBSERVED, MARGIN),
        n_observed=len(many),
        n_unobserved=len(few),
    )


def _width(ratios: pd.Series, default: float, times: float) -> float:
    n = len(ratios)
    learned = float(ratios.quantile(COVERAGE)) * times if n else default
    return min((n * learned + STRENGTH * default) / (n + STRENGTH), WIDEST)


def _ratios(
    rows: pd.DataFrame,
    cells: pd.DataFrame,
    measure: str,
    estabs: str,
    base: pd.Series | None,
    history: History,
) -> pd.DataFrame:
    """Errors of the masked cells in standard deviations."""
    filled = fill(rows, measure, estabs, base, history, N_DRAWS)
    deviations = filled.deviations(np.ones(len(filled.constraints.rows)))
    spread = np.full(filled.problem.n_rows, np.nan)
    observed = np.zeros(filled.problem.n_rows, dtype=bool)
    at, is_row = filled.constraints.rows, filled.is_row
    spread[at[is_row]] = cell_spread(filled, deviations)[is_row]
    observed[at[is_row]] = filled.observed[is_row]
    keys = [*KEY, *PERIOD]
    table = rows[keys].assign(value=filled.value, spread=spread, observed=observed)
    chosen = cells[cells["chosen"]]
    joined = chosen.merge(table, on=keys, validate="1:1")
    joined = joined[joined["spread"] > 0]
    error = (joined["value"] - joined["truth"]).abs() / joined["spread"]
    return joined[["observed"]].assign(ratio=error)
