"""What a room of people makes of the candidates: where they agree, and where they do not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import factorial, prod
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats, ratio
from lmi.scoring.checks import values_of, weights_in_shares
from lmi.scoring.smaa import Robustness, smaa

__all__ = [
    "AGREEMENT",
    "MIN_PEOPLE",
    "SIGNIFICANT",
    "Concordance",
    "borda",
    "group_differences",
    "group_smaa",
    "group_weights",
    "kendalls_w",
    "least_chance",
]

# Least W of each reading. Schmidt, R. C. (1997), Managing Delphi surveys using nonparametric
# statistical techniques, Decision Sciences 28, 763–774, says so of .1, .3, .5, .7 and .9.
AGREEMENT = (
    (0.9, "unusually strong agreement"),
    (0.7, "strong agreement"),
    (0.5, "moderate agreement"),
    (0.3, "weak agreement"),
    (0.0, "very weak agreement"),
)
# A mean of fewer people says little, and gives away what each of them answered.
MIN_PEOPLE = 3
SIGNIFICANT = 0.05
"""The most that chance may give for a difference to be named."""
SHUFFLES = 999


class Concordance(NamedTuple):
    """How far people rank alike.

    Attributes
    ----------
    w : float, 0 to 1
        Kendall's W; 0 no agreement, 1 the same ranking by all; NaN where it is not defined.
    s : float
        Sum of squared deviations of the items' rank sums from their mean.
    judges, items : int
        How many there are; items that somebody did not rank are left out.
    by_chance : float, 0 to 1
        Chance that rankings made at random agree as much.
    reading : str
        W in words, with a caution where chance alone could give it.
    """

    w: float
    s: float
    judges: int
    items: int
    by_chance: float
    reading: str


def kendalls_w(rankings: Any) -> Concordance:
    """Return how far people rank alike.

    Parameters
    ----------
    rankings : array_like, shape (judges, items)
        Ranks, 1 the best, ties allowed in any convention; NaN where a judge did not rank an item.

    Returns
    -------
    Concordance

    Raises
    ------
    MeasureError
        The rankings are not a table of judges × items.

    Notes
    -----
    W = 12·S / (p²·(n³ − n) − p·Σ(t³ − t)) for p judges and n items, with the mean rank given to
    items that tie and t the size of each tie. Rankings at random have a mean W of 1/p, so few
    judges seem to agree more than many; how often they reach the same W is counted in 999
    shuffles of each judge's ranks.

    Source: Kendall, M. G. and Babington Smith, B. (1939), The problem of m rankings, Annals of
    Mathematical Statistics 10, 275–287; the words: Schmidt, R. C. (1997), Decision Sciences 28,
    763–774.

    Examples
    --------
    >>> from lmi.scoring.group_ranking import kendalls_w
    >>> found = kendalls_w([[1, 2, 3, 4, 5], [1, 2, 4, 3, 5], [2, 1, 3, 4, 5]])
    >>> round(found.w, 3), found.reading
    (0.911, 'unusually strong agreement')
    """
    ranked, counted = _mean_ranks(rankings)
    ranks = ranked[:, counted]
    p, n = ranks.shape
    ties = sum(
        int((size**3 - size).sum())
        for size in (np.unique(row, return_counts=True)[1] for row in ranks)
    )
    s = float(_spread_of_sums(ranks[None])[0]) if n else 0.0
    w = float(ratio(12 * s, p**2 * (n**3 - n) - p * ties)) if p > 1 else np.nan
    if np.isnan(w):
        return Concordance(w, s, p, n, np.nan, "agreement cannot be told from these rankings")
    generator = np.random.Generator(np.random.PCG64(0))
    shuffled = generator.permuted(np.broadcast_to(ranks, (SHUFFLES, p, n)), axis=2)
    by_chance = (1 + int((_spread_of_sums(shuffled) >= s - 1e-9).sum())) / (1 + SHUFFLES)
    # A W that stands for 0.7 may miss it by a rounding.
    reading = next(words for least, words in AGREEMENT if w >= least - 1e-12)
    if by_chance > SIGNIFICANT:
        reading += ", no more than chance could give"
    return Concordance(w, s, p, n, by_chance, reading)


def _spread_of_sums(ranks: FloatArray) -> FloatArray:
    sums = ranks.sum(axis=1)
    return ((sums - sums.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)


def _mean_ranks(rankings: Any) -> tuple[FloatArray, npt.NDArray[np.bool_]]:
    """Return the ranks, ties sharing their mean, and which items everybody ranked."""
    (given,) = floats(rankings)
    if given.ndim != 2 or not given.size:
        raise MeasureError(
            f"Rankings of shape {given.shape} were given; give one row a person and one column an "
            f"item."
        )
    counted = ~np.isnan(given.sum(axis=0))
    ranks = np.full(given.shape, np.nan)
    ranks[:, counted] = pd.DataFrame(given[:, counted]).rank(axis=1).to_numpy()
    return ranks, counted


def borda(rankings: Any) -> FloatArray:
    """Return how many rivals each item was ranked above, over all judges.

    Parameters
    ----------
    rankings : array_like, shape (judges, items)
        Ranks, 1 the best; NaN where a judge did not rank an item.

    Returns
    -------
    ndarray, shape (items,), points
        Half a point for a tie; NaN for an item that somebody did not rank, which does not count
        as a rival either.

    Raises
    ------
    MeasureError
        The rankings are not a table of judges × items.

    Notes
    -----
    Σ over judges of n − r with the mean rank r given to items that tie.

    Source: Borda, J.-C. de (1784), Mémoire sur les élections au scrutin, Histoire de l'Académie
    Royale des Sciences for 1781.

    Examples
    --------
    >>> from lmi.scoring.group_ranking import borda
    >>> borda([[1, 2, 3], [1, 3, 2], [2, 2, 1]])
    array([4.5, 1.5, 3. ])
    """
    ranks, counted = _mean_ranks(rankings)
    return (counted.sum() - ranks).sum(axis=0)


def group_weights(ballots: Any) -> pd.DataFrame:
    """Return the mean weight of each criterion and how far people differ.

    Parameters
    ----------
    ballots : array_like, shape (p, m)
        Weights of p people, zero or more; only their ratios matter.

    Returns
    -------
    DataFrame, m rows
        ``weight_mean``, ``weight_sd`` (NaN for one person), ``weight_p10`` and ``weight_p90`` (of
        ten people, one weighs the criterion less, one more), all shares from 0 to 1. The means
        add up to 1.

    Raises
    ------
    MeasureError
        A weight is negative or missing, or somebody's are all zero.

    Notes
    -----
    Each ballot is made to add up to 1 first, so that nobody counts for more by larger numbers.

    Examples
    --------
    >>> from lmi.scoring.group_ranking import group_weights
    >>> group_weights([[60, 40], [3, 1], [1, 1]]).round(3)
       weight_mean  weight_sd  weight_p10  weight_p90
    0        0.617      0.126        0.52        0.72
    1        0.383      0.126        0.28        0.48
    """
    shares = pd.DataFrame(weights_in_shares(ballots, "weights of a ballot"))
    return pd.DataFrame(
        {
            "weight_mean": shares.mean(),
            "weight_sd": shares.std(),
            "weight_p10": shares.quantile(0.1),
            "weight_p90": shares.quantile(0.9),
        }
    )


def group_smaa(values: Any, ballots: Any) -> Robustness:
    """Return each alternative's chances over everybody's weights and the data's draws.

    Parameters
    ----------
    values : array_like, shape (n, m) or (n, m, d), 0 to 1
        Value of alternative × criterion, in d joint draws of the measures or in one; NaN where a
        criterion is missing.
    ballots : array_like, shape (p, m)
        Weights of p people, zero or more; only their ratios matter.

    Returns
    -------
    Robustness
        Its chances are those of a person picked at random; every person meets every draw.
        Alternatives that tie share a place: chances of being first add up to 1.

    Raises
    ------
    MeasureError
        Values or weights cannot be used.

    Notes
    -----
    See `smaa`. The p·d pairs are all there are, so that nothing is left to chance but the draws
    of the measures.

    Examples
    --------
    >>> from lmi.scoring.group_ranking import group_smaa
    >>> group_smaa([[1, 0], [0, 1]], [[3, 1], [2, 1], [1, 4]]).first.round(3)
    array([0.667, 0.333])
    """
    drawn = values_of(values, ndim=(2, 3))
    shares = weights_in_shares(ballots, "weights of a ballot")
    draws = drawn.shape[2] if drawn.ndim == 3 else 1
    return smaa(drawn, np.repeat(shares, draws, axis=0), share_ties=True)


def group_differences(ballots: Any, labels: Any) -> pd.DataFrame:
    """Return on which criteria kinds of people differ, the largest difference first.

    Parameters
    ----------
    ballots : array_like, shape (p, m)
        Weights of p people, zero or more; only their ratios matter.
    labels : array_like of str, shape (p,)
        Kind of each person.

    Returns
    -------
    DataFrame, m rows
        ``criterion`` (position), ``highest`` and ``lowest`` (the kinds that weigh it most and
        least), ``highest_mean``, ``lowest_mean`` and ``difference`` (shares, 0 to 1),
        ``by_chance`` (0 to 1) and ``differs`` (bool: by_chance is at most 0.05). No rows where
        fewer than two kinds have three people or more; smaller kinds are left out.

    Raises
    ------
    MeasureError
        A weight is negative or missing, somebody's are all zero, or labels and ballots do not
        fit.

    Notes
    -----
    ``by_chance`` is how often, when the same people are dealt to the kinds at random (999 times),
    kinds explain as large a share of the variance of *any* criterion's weights as they do of this
    one's; it allows for having looked at all criteria.

    Source: Westfall, P. H. and Young, S. S. (1993), Resampling-Based Multiple Testing, Wiley
    (single-step maxT).

    Examples
    --------
    >>> from lmi.scoring.group_ranking import group_differences
    >>> ballots = [[7, 3], [8, 2], [7, 3], [8, 2], [4, 6], [3, 7], [4, 6], [3, 7]]
    >>> found = group_differences(ballots, ["college"] * 4 + ["business"] * 4)
    >>> found[["criterion", "highest", "lowest", "difference", "differs"]].head(1)
       criterion  highest    lowest  difference  differs
    0          0  college  business         0.4     True
    """
    shares = weights_in_shares(ballots, "weights of a ballot")
    kinds = pd.Series(labels, dtype="object").astype("str").to_numpy()
    if len(kinds) != len(shares):
        raise MeasureError(
            f"{len(kinds)} kinds were given for {len(shares)} people; give one kind a person."
        )
    names, counts = np.unique(kinds, return_counts=True)
    names = names[counts >= MIN_PEOPLE]
    columns = ["criterion", "highest", "lowest", "highest_mean", "lowest_mean", "difference"]
    columns += ["by_chance", "differs"]
    if len(names) < 2:
        return pd.DataFrame(columns=columns)
    kept = np.isin(kinds, names)
    shares, member = shares[kept], (kinds[kept] == names[:, None]).astype(np.float64)
    means = member @ shares / member.sum(axis=1, keepdims=True)
    by_chance = _by_chance(shares, member)
    highest, lowest = means.argmax(axis=0), means.argmin(axis=0)
    found = pd.DataFrame(
        {
            "criterion": np.arange(shares.shape[1]),
            "highest": names[highest],
            "lowest": names[lowest],
            "highest_mean": means.max(axis=0),
            "lowest_mean": means.min(axis=0),
            "difference": np.ptp(means, axis=0),
            "by_chance": by_chance,
            "differs": by_chance <= SIGNIFICANT,
        }
    )
    # Rounded, so that two that differ by a rounding keep the order of the criteria.
    order = found["difference"].round(9).sort_values(ascending=False, kind="stable").index
    return found.loc[order].reset_index(drop=True)


def least_chance(sizes: Sequence[int]) -> float:
    """Return the least chance that people dealt to kinds of these sizes could differ as they do.

    Notes
    -----
    One deal of all, and those that only exchange kinds of one size. Above 0.05 there are too few
    people to tell any difference from chance.

    Examples
    --------
    >>> from lmi.scoring.group_ranking import least_chance
    >>> least_chance([3, 3]), round(least_chance([3, 4]), 3)
    (0.1, 0.029)
    """
    deals = factorial(sum(sizes)) // prod(factorial(n) for n in sizes)
    return prod(factorial(n) for n in Counter(sizes).values()) / deals


def _by_chance(shares: FloatArray, member: FloatArray) -> FloatArray:
    generator = np.random.Generator(np.random.PCG64(0))
    people = np.broadcast_to(np.arange(len(shares)), (SHUFFLES, len(shares)))
    deals = generator.permuted(people, axis=1)
    most = _explained(shares, member[:, deals].swapaxes(0, 1)).max(axis=1)
    own = _explained(shares, member[None])[0]
    return (1 + (most[:, None] >= own - 1e-9).sum(axis=0)) / (1 + SHUFFLES)


def _explained(shares: FloatArray, member: FloatArray) -> FloatArray:
    """Return the share of each criterion's variance between kinds, for every deal of people."""
    centred = shares - shares.mean(axis=0)
    size = member.sum(axis=2, keepdims=True)
    between = (size * (member @ centred / size) ** 2).sum(axis=1)
    total = (centred**2).sum(axis=0)
    # Where all weigh a criterion alike there is nothing to explain.
    return np.where(total > 1e-12, between / np.maximum(total, 1e-12), 0.0)
