"""Joint draws of what the withheld cells may be, so that the error of a sum is that of the sum.

The cells of a family share what their parent leaves: where one is more, another is less. An
interval of a sum is therefore read from the sums of joint draws, not from the ends of its cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse

from lmi.suppression.cell_hierarchy import FloatArray, IntArray

__all__ = ["Draws", "pack", "unpack"]


@dataclass(frozen=True, eq=False)
class Draws:
    """Joint draws of the withheld cells of a table, as deviations from their estimates.

    Parameters
    ----------
    rows : ndarray, shape (m,)
        Positions of the withheld cells in the table, ascending.
    deviation : ndarray, shape (m, k), float32
        Draw minus estimate, in the unit of the measure; each column is one draw of all cells.
    n_rows : int
        Rows of the table.

    Examples
    --------
    Two withheld cells that share what their parent leaves:

    >>> import numpy as np
    >>> draws = Draws(np.array([1, 2]), np.array([[-1.0, 2.0], [1.0, -2.0]]), 3)
    >>> draws.sums(np.array([0, 1, 1]), np.array([0, 1, 2]), 2)
    array([[0., 0.],
           [0., 0.]])
    """

    rows: IntArray
    deviation: np.ndarray
    n_rows: int

    @property
    def n_draws(self) -> int:
        """How many draws there are."""
        return int(self.deviation.shape[1])

    def sums(self, group: IntArray, row: IntArray, n_groups: int) -> FloatArray:
        """Add up the deviations of groups of cells.

        Parameters
        ----------
        group, row : ndarray, shape (p,)
            Membership: the cell at `row` of the table belongs to `group`; a cell may belong to
            several groups.

        Returns
        -------
        ndarray, shape (n_groups, k)
            Deviation of each group's sum from the sum of its estimates, draw by draw.
        """
        place = np.full(self.n_rows, -1, dtype=np.int64)
        place[self.rows] = np.arange(len(self.rows))
        at = place[row]
        kept = at >= 0
        members = sparse.csr_matrix(
            (np.ones(int(kept.sum()), self.deviation.dtype), (group[kept], at[kept])),
            (n_groups, len(self.rows)),
        )
        return np.asarray(members @ self.deviation)


def pack(deviation: FloatArray) -> tuple[np.ndarray, np.ndarray]:
    """Round each row's deviations to steps that fit 16 bits, so that draws fit a file.

    A step is a power of two, so that rounding a second time changes nothing.

    Parameters
    ----------
    deviation : ndarray, shape (m, k)

    Returns
    -------
    steps : ndarray, shape (m, k), int16
    step : ndarray, shape (m,), float32
        What one step is.
    """
    most = np.abs(deviation).max(axis=1, initial=0.0)
    step = np.exp2(np.ceil(np.log2(np.where(most > 0, most, 1.0) / 32_767)))
    step = np.where(most > 0, step, 0.0).astype(np.float32)
    safe = np.where(step > 0, step, 1.0)[:, None]
    return np.clip(np.rint(deviation / safe), -32_767, 32_767).astype(np.int16), step


def unpack(steps: np.ndarray, step: np.ndarray) -> np.ndarray:
    """Return the deviations that `pack` rounded.

    Parameters
    ----------
    steps : ndarray, shape (m, k), int16
    step : ndarray, shape (m,), float32

    Returns
    -------
    ndarray, shape (m, k), float32

    Examples
    --------
    >>> import numpy as np
    >>> unpack(*pack(np.array([[1.0, -0.5], [0.0, 0.0]]))).round(3).tolist()
    [[1.0, -0.5], [0.0, 0.0]]
    """
    return steps.astype(np.float32) * step[:, None]
