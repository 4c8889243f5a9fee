"""Diversity: how evenly a region's jobs spread over industries, alone and beside a reference."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = [
    "hachman",
    "hhi",
]


def _shares(emplvl: Any) -> FloatArray:
    (jobs,) = floats(emplvl)
    return ratio(jobs, jobs.sum(axis=-1, keepdims=True))


def hhi(emplvl: Any) -> FloatArray:
    """Return the Herfindahl–Hirschman index of a distribution of jobs.

    Parameters
    ----------
    emplvl : array_like, shape (..., n), jobs
        Jobs of each of n industries that do not contain one another.

    Returns
    -------
    ndarray, shape (...), 1/n to 1
        1 where one industry has every job; missing where an industry's jobs are.

    Notes
    -----
    Σ s_i² over shares s_i.

    Source: Herfindahl (1950), Hirschman (1945); Hirschman, A. O. (1964), The paternity of an
    index, American Economic Review 54, 761–762.

    Examples
    --------
    >>> from lmi.measures.diversity import hhi
    >>> float(hhi([20, 50, 20, 10]).round(9))
    0.34
    """
    return np.square(_shares(emplvl)).sum(axis=-1)


def hachman(emplvl: Any, reference: Any) -> FloatArray:
    """Return the Hachman index of how closely a region's mix follows a reference area's.

    Parameters
    ----------
    emplvl : array_like, shape (..., n), jobs
        Jobs of each industry in the region.
    reference : array_like, shape (n,) or (..., n), jobs
        Jobs of the same industries in the reference area.

    Returns
    -------
    ndarray, shape (...), above 0 to 1
        1 for the same mix; missing where the region has an industry that the reference area has
        not, which no part of it can.

    Notes
    -----
    1 / Σ LQ_i·s_ir = 1 / Σ (s_ir² / s_iN): one over the mean of the location quotients, weighted
    by the region's jobs.

    Source: Benway, D. J. (2020), Measuring Economic Diversity: The Hachman Index, 2018, Kem C.
    Gardner Policy Institute, University of Utah.

    Examples
    --------
    >>> from lmi.measures.diversity import hachman
    >>> float(hachman([0, 15, 5, 70, 10], [1, 1, 1, 1, 1]).round(4))
    0.381
    """
    ours, theirs = np.broadcast_arrays(_shares(emplvl), _shares(reference))
    quotients = np.where(ours == 0, 0.0, ratio(ours, theirs))
    return ratio(1.0, (quotients * ours).sum(axis=-1))
