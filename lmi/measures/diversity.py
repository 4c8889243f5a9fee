"""Diversity: how evenly a region's jobs spread over industries, alone and beside a reference."""

from __future__ import annotations

from typing import Any

import numpy as np

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = [
    "effective_number",
    "hachman",
    "hhi",
    "krugman",
    "normalised_hhi",
    "shannon_entropy",
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


def normalised_hhi(emplvl: Any) -> FloatArray:
    """Return the Herfindahl–Hirschman index stretched to run from 0 to 1.

    Parameters
    ----------
    emplvl : array_like, shape (..., n), jobs
        Jobs of each of n industries, those without jobs included.

    Returns
    -------
    ndarray, shape (...), 0 to 1
        0 where all n have the same; missing for a single industry.

    Notes
    -----
    (H − 1/n) / (1 − 1/n).

    Examples
    --------
    >>> from lmi.measures.diversity import normalised_hhi
    >>> float(normalised_hhi([20, 50, 20, 10]).round(9))
    0.12
    """
    (jobs,) = floats(emplvl)
    least = 1 / jobs.shape[-1] if jobs.shape[-1] else np.nan
    return ratio(hhi(jobs) - least, 1 - least)


def effective_number(emplvl: Any) -> FloatArray:
    """Return how many industries of equal size would be as concentrated.

    Parameters
    ----------
    emplvl : array_like, shape (..., n), jobs
        Jobs of each industry.

    Returns
    -------
    ndarray, shape (...), industries, 1 to n

    Notes
    -----
    1 / H. Source: Laakso, M. and Taagepera, R. (1979), Comparative Political Studies 12, 3–27.

    Examples
    --------
    >>> from lmi.measures.diversity import effective_number
    >>> float(effective_number([20, 50, 20, 10]).round(2))
    2.94
    """
    return ratio(1.0, hhi(emplvl))


def shannon_entropy(emplvl: Any) -> FloatArray:
    """Return the Shannon entropy of a distribution of jobs.

    Parameters
    ----------
    emplvl : array_like, shape (..., n), jobs
        Jobs of each industry.

    Returns
    -------
    ndarray, shape (...), bits, 0 to log2(n)

    Notes
    -----
    −Σ s_i·log2(s_i), where an industry without jobs adds nothing.

    Source: Shannon, C. E. (1948), A mathematical theory of communication, Bell System Technical
    Journal 27, 379–423.

    Examples
    --------
    >>> from lmi.measures.diversity import shannon_entropy
    >>> float(shannon_entropy([25, 25, 25, 25]))
    2.0
    """
    shares = _shares(emplvl)
    logs = np.log2(np.where(shares == 0, 1.0, shares))
    return np.abs((shares * logs).sum(axis=-1))


def krugman(emplvl: Any, reference: Any) -> FloatArray:
    """Return Krugman's index of specialisation against a reference area.

    Parameters
    ----------
    emplvl : array_like, shape (..., n), jobs
        Jobs of each industry in the region.
    reference : array_like, shape (n,) or (..., n), jobs
        Jobs of the same industries in the reference area.

    Returns
    -------
    ndarray, shape (...), 0 to 2
        0 for the same mix, 2 for no industry in common.

    Notes
    -----
    Σ |s_ir − s_iN|. Source: Krugman, P. (1991), Geography and Trade, MIT Press.

    Examples
    --------
    >>> from lmi.measures.diversity import krugman
    >>> float(krugman([0, 15, 5, 70, 10], [1, 1, 1, 1, 1]).round(9))
    1.0
    """
    return np.abs(_shares(emplvl) - _shares(reference)).sum(axis=-1)


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
