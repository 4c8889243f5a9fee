"""A damped trend: what a sector's past lets expect, here and in the state, and how surely."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats

__all__ = ["AFTER_A_FALL", "OWN", "damped_growth", "damping", "projection_sd"]

OWN = 0.25
"""The weight of a region's own growth beside that of the sector in the state."""
AFTER_A_FALL = 0.25
"""How much of what a sector lost or gained beyond all jobs counts where all jobs fell."""


def damping(years: Any) -> FloatArray:
    """Return how much of a year's growth is expected to be there in the next.

    Parameters
    ----------
    years : array_like, shape (n,) or scalar, years
        That the growth was observed over.

    Returns
    -------
    ndarray, shape (n,), 0 to 1

    Notes
    -----
    (t + 1.5) / (t + 4): what a long history shows lasts longer. A rule of two numbers, chosen on
    the counties of one state and checked on others; see `damped_growth`.

    Examples
    --------
    >>> from lmi.measures.damped_trend import damping
    >>> damping([1, 5, 10]).round(2)
    array([0.5 , 0.72, 0.82])
    """
    (observed,) = floats(years)
    return (observed + 1.5) / (observed + 4)


def damped_growth(own: Any, beside: Any, years: Any, horizon: Any, of_all: Any = 0.0) -> FloatArray:
    """Return the growth that is expected over a horizon.

    Parameters
    ----------
    own : array_like, shape (n,) or (n, k), log points a year
        Mean growth of a sector's jobs in the region.
    beside : array_like, of that shape, log points a year
        Of the same sector in the region's states.
    years : array_like, shape (n,) or scalar, years
        That both were observed over.
    horizon : array_like, shape (n,) or scalar, years
        To look ahead.
    of_all : array_like, of the shape of `own` or scalar, log points a year, optional
        Mean growth of all jobs over the same years, in the nation or else the states.

    Returns
    -------
    ndarray, log points over the horizon
        Missing where the growth beside it is; where a region's own is missing the other stands
        for it.

    Notes
    -----
    g · φ (1 − φ^h) / (1 − φ) with g = ¼ own + ¾ beside and the `damping` φ: each year ahead keeps φ
    of the growth of the one before, as in the damped trend of Gardner, E. S. and McKenzie, E.
    (1985), Forecasting Trends in Time Series, Management Science 31, 1237–1246. A sector's growth
    in one region is mostly noise beside its growth in the state, hence the weights. Where all jobs
    fell, g = ¼ (¼ own + ¾ beside − all): a recession is no trend, and what a sector lost beyond it
    mostly comes back. In rolling origins over jobs by county and sector in Colorado, 2001 to 2019,
    it is nearer to what came than no change, than either trend undamped and than a trend fitted to
    the logarithm, at 1, 2, 3, 5 and 10 years, summed over all jobs; by the median of all series no
    change is as near at 5 and 10 (``benchmarks/projections.py``).

    Examples
    --------
    >>> from lmi.measures.damped_trend import damped_growth
    >>> damped_growth([0.04], [0.02], 5, [10]).round(4)
    array([0.0625])
    >>> damped_growth([-0.05], [-0.05], 2, [10], of_all=[-0.04]).round(4)
    array([-0.0035])
    """
    own, beside, observed, ahead, together = floats(own, beside, years, horizon, of_all)
    both = OWN * np.where(np.isnan(own), beside, own) + (1 - OWN) * beside
    both = np.where(together < 0, AFTER_A_FALL * (both - together), both)
    phi = damping(observed)
    lasting = phi * (1 - phi**ahead) / (1 - phi)
    return both * (lasting[..., None] if both.ndim > lasting.ndim > 0 else lasting)


def projection_sd(jobs: Any, horizon: Any) -> FloatArray:
    """Return how far a projection may be off, as the standard deviation of its logarithm.

    Parameters
    ----------
    jobs : array_like, shape (n,), jobs
        In the year that it starts from.
    horizon : array_like, shape (n,) or scalar, years
        To look ahead.

    Returns
    -------
    ndarray, shape (n,)
        Missing where there are no jobs.

    Notes
    -----
    √(0.00093 · h^1.6 + 0.122 · h^0.875 / jobs^0.533). The first part is what all sectors share,
    the second what is larger the smaller a sector is. Fitted to the errors of `damped_growth` on
    half of Colorado's counties and regions, so that 80 of 100 lie within 1.28 of it, and held to
    the other half (``benchmarks/projections.py``): 76 to 88 of 100 by size and horizon. Through
    the pandemic it did not hold.

    Examples
    --------
    >>> from lmi.measures.damped_trend import projection_sd
    >>> projection_sd([100, 10_000], [10, 10]).round(3)
    array([0.34 , 0.209])
    """
    size, ahead = floats(jobs, horizon)
    size = np.where(size > 0, size, np.nan)
    return np.sqrt(0.00093 * ahead**1.6 + 0.122 * ahead**0.875 / size**0.533)
