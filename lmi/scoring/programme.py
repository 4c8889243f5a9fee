"""The linear programme behind the least move of weight, where criteria are missing."""

from __future__ import annotations

import highspy
import numpy as np
from highspy import HighsModelStatus

from lmi.measures.arithmetic import FloatArray

__all__ = ["LeastMove"]

_ROUNDING = 1e-12


class LeastMove:
    """The least move of weight that keeps two weighted sums from being negative.

    Loaded once; each question is solved from where the last one ended.

    Parameters
    ----------
    shares : ndarray, shape (m,), 0 to 1
        Weights that add up to 1.

    Notes
    -----
    min Σ_j u_j over what each criterion receives (u) and gives (g, at most its weight) with
    Σ u = Σ g and Σ_j (w_j + u_j − g_j)·row_j ≥ 0 for both rows.

    Examples
    --------
    >>> import numpy as np
    >>> least = LeastMove(np.array([0.75, 0.25]))
    >>> least(np.array([-1.0, 1.0]), np.array([1.0, np.nan]))
    array([0.5, 0.5])
    """

    def __init__(self, shares: FloatArray) -> None:
        self.shares, self.m = shares, len(shares)
        self.columns = np.arange(2 * self.m, dtype=np.int32)
        self.solver = highspy.Highs()
        self.solver.silent()
        self.solver.setOptionValue("presolve", "off")
        self.solver.setOptionValue("parallel", "off")
        self.solver.passModel(self._model())

    def __call__(self, above: FloatArray, below: FloatArray) -> FloatArray | None:
        """Return the weights moved for two rows; None where no weights do.

        A row is NaN for criteria that it does not have; one that neither has receives no weight.
        """
        m = self.m
        either = ~(np.isnan(above) & np.isnan(below))
        self.solver.changeColsBounds(m, self.columns[:m], np.zeros(m), np.where(either, 1.0, 0.0))
        for number, row in enumerate((np.nan_to_num(above), np.nan_to_num(below)), start=1):
            for column, value in enumerate(np.r_[row, -row].tolist()):
                self.solver.changeCoeff(number, column, value)
            self.solver.changeRowBounds(number, -float(row @ self.shares), np.inf)
        self.solver.run()
        if self.solver.getModelStatus() != HighsModelStatus.kOptimal:
            return None
        solution = np.asarray(self.solver.getSolution().col_value)
        moved = self.shares + solution[:m] - solution[m:]
        # A rounding is no weight: an alternative would have a score by it.
        moved[moved < _ROUNDING] = 0.0
        return moved / moved.sum()

    def _model(self) -> highspy.HighsLp:
        m = self.m
        model = highspy.HighsLp()
        model.num_row_, model.num_col_ = 3, 2 * m
        model.row_lower_, model.row_upper_ = np.zeros(3), np.r_[0.0, np.inf, np.inf]
        model.col_cost_ = np.r_[np.ones(m), np.zeros(m)]
        model.col_lower_ = np.zeros(2 * m)
        model.col_upper_ = np.r_[np.ones(m), self.shares]
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.arange(4) * 2 * m
        model.a_matrix_.index_ = np.tile(self.columns, 3)
        model.a_matrix_.value_ = np.tile(np.r_[np.ones(m), -np.ones(m)], 3)
        return model
