"""Commuting zones: which places belong together by who commutes between them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from lmi.measures.arithmetic import FloatArray, floats, ratio

__all__ = ["APART", "commuting_similarity", "commuting_zones", "falls_apart"]

APART = 0.98
"""Mean distance from which clusters stay apart, as the Department of Agriculture has it."""


def commuting_similarity(flows: Any, workers: Any) -> FloatArray:
    """Return how strongly each two places are tied by commuting.

    Parameters
    ----------
    flows : array_like, shape (n, n), workers or jobs
        Place of work by place of home.
    workers : array_like, shape (n,), workers or jobs
        All who live in a place and work anywhere.

    Returns
    -------
    ndarray, shape (n, n), 0 to 1
        1 on the diagonal; 0 between places of which one has no workers.

    Notes
    -----
    (C_ij + C_ji) / min(W_i, W_j), at most 1.

    Source: Tolbert, C. M. and Sizer, M. (1996), U.S. Commuting Zones and Labor Market Areas: A
    1990 Update, Economic Research Service, staff paper 9614.

    Examples
    --------
    >>> from lmi.measures.commuting_zones import commuting_similarity
    >>> commuting_similarity([[70, 10], [20, 40]], [90, 50])
    array([[1. , 0.6],
           [0.6, 1. ]])
    """
    moved, lives = floats(flows, workers)
    tied = ratio(moved + moved.T, np.minimum.outer(lives, lives))
    tied = np.minimum(np.nan_to_num(tied), 1)
    np.fill_diagonal(tied, 1)
    return tied


def commuting_zones(similarity: Any) -> npt.NDArray[np.int64]:
    """Group places so that those of a group are tied more strongly than groups are.

    Parameters
    ----------
    similarity : array_like, shape (n, n), 0 to 1
        As `commuting_similarity` gives it.

    Returns
    -------
    ndarray of int, shape (n,)
        The number of each place's group, from 0, in the order in which they first occur.

    Notes
    -----
    Average linkage on 1 − similarity, cut at `APART`.

    Source: Tolbert and Sizer (1996), as `commuting_similarity`.

    Examples
    --------
    >>> from lmi.measures.commuting_zones import commuting_zones
    >>> commuting_zones([[1, 0.3, 0], [0.3, 1, 0.01], [0, 0.01, 1]])
    array([0, 0, 1])
    """
    groups = _grouped(floats(similarity)[0])
    _, first, number = np.unique(groups, return_index=True, return_inverse=True)
    return np.argsort(np.argsort(first))[number].astype(np.int64)


def falls_apart(similarity: Any) -> bool:
    """Tell whether places are of more than one group, as `commuting_zones` would group them.

    Examples
    --------
    >>> from lmi.measures.commuting_zones import falls_apart
    >>> falls_apart([[1, 0.3, 0], [0.3, 1, 0.01], [0, 0.01, 1]]), falls_apart([[1, 0.3], [0.3, 1]])
    (True, False)
    """
    return len(set(_grouped(floats(similarity)[0]).tolist())) > 1


def _grouped(tied: FloatArray) -> npt.NDArray[np.int64]:
    """Join the two nearest groups as long as they are not apart; name each by one of its places.

    Regions have a dozen counties, and loading a library for it takes longer than all else.
    """
    n = len(tied)
    apart, size, group = 1 - tied, np.ones(n), np.arange(n)
    np.fill_diagonal(apart, np.inf)
    for _ in range(n - 1):
        one, other = divmod(int(apart.argmin()), n)
        if apart[one, other] > APART:
            break
        both = size[one] * apart[one] + size[other] * apart[other]
        size[one] += size[other]
        apart[one] = apart[:, one] = both / size[one]
        apart[other] = apart[:, other] = apart[one, one] = np.inf
        group[group == other] = one
    return group
