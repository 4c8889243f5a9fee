"""When two expectations of the same growth say different things."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from lmi.measures.arithmetic import floats

__all__ = ["APART", "ACROSS", "disagree"]

APART = 1.0
"""Points a year beyond which two rates disagree: a tenth of the jobs in ten years."""

ACROSS = 0.5
"""Points a year beyond which a gain and a loss disagree."""

WRITTEN = 1
"""Decimals of a rate as it is written: who reads two rates sees whether they disagree."""


def disagree(rate: Any, other: Any) -> npt.NDArray[np.bool_]:
    """Tell where two expected rates of growth disagree.

    Parameters
    ----------
    rate, other : array_like, shape (n,), percent a year
        The same sector's growth as two sources expect it.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where, as they are written, they are more than 1 point a year apart, or where one is a
        gain, the other a loss, and more than half a point lies between them; false where either is
        missing.

    Notes
    -----
    The intervals of two expectations are no measure of it: both allow for the same recessions and
    booms to come, so they overlap whatever the sources say. What differs is the rate.

    Examples
    --------
    >>> from lmi.measures.disagreement import disagree
    >>> disagree([0.5, 0.5, 0.1, 2.0], [1.2, -0.3, -0.1, 0.5])
    array([False,  True, False,  True])
    """
    first, second = (np.round(each, WRITTEN) for each in floats(rate, other))
    gap = np.round(np.abs(first - second), WRITTEN)
    return np.asarray((gap > APART) | ((first * second < 0) & (gap > ACROSS)))
