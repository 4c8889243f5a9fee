"""A range in place of a number that is not published: wide, and on round numbers."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats

__all__ = ["rounded_range"]

STEPS = (1.0, 2.0, 5.0, 10.0)


def rounded_range(lo: Any, hi: Any, part: Any, least: float) -> tuple[FloatArray, FloatArray]:
    """Return a range that holds the interval of a number and does not give the number away.

    Parameters
    ----------
    lo, hi : array_like, shape (n,), in any one unit
        Ends of the interval.
    part : array_like, shape (n,), same unit
        How wide the range must be at the least, where that is more than `least`.
    least : float, same unit
        The narrowest range: 1, 2 or 5 times a power of ten.

    Returns
    -------
    lo, hi : ndarray, shape (n,)
        Neighboring multiples of a step around the interval, missing where it is.

    Notes
    -----
    The step is the least of 1, 2 and 5 times a power of ten that is no shorter than the interval,
    than `part` and than `least`. Where the number lies between the ends depends on the
    steps alone, so that their middle tells nothing of it.

    Examples
    --------
    >>> from lmi.measures.rounded_range import rounded_range
    >>> rounded_range([0, 1049], [49, 1051], [15.5, 50], 10)
    (array([   0., 1000.]), array([  50., 1100.]))
    """
    low, high, own = floats(lo, hi, part)
    width = np.fmax(np.fmax(high - low, own), least)
    tens = 10.0 ** np.floor(np.log10(width))
    step = tens * np.select([width <= s * tens for s in STEPS[:-1]], STEPS[:-1], STEPS[-1])
    known = ~np.isnan(low + high)
    first, last = np.floor(low / step) * step, (np.floor(high / step) + 1) * step
    return np.where(known, first, np.nan), np.where(known, last, np.nan)
