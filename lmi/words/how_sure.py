"""How sure a number is: what a row says of it by its interval and its marks.

A row of a table carries for every measure its interval (``_lo``, ``_hi``) and whether that is too
wide for a number (``_is_vague``); the rule is in `lmi.measures.certainty`. A row that has none of
these is taken as certain. What would tell of one or two employers has its range alone.
"""

from __future__ import annotations

from typing import Any

from lmi.words.numbers import is_known
from lmi.words.phrases import estimated
from lmi.words.rows import Row, holds

__all__ = [
    "CHANGES",
    "CONFIDENTIAL",
    "FEWEST",
    "JOBS",
    "MOSTLY_ESTIMATED",
    "PAY",
    "as_range",
    "crosses",
    "estimated_ends",
    "has_range",
    "is_few",
    "is_guessed_change",
    "is_measured",
    "is_off",
    "is_too_open",
    "is_vague",
    "mostly_estimated",
]

CONFIDENTIAL = ("is_confidential", "is_change_confidential")
"""Of one year's numbers, and of changes between two years."""
CHANGES = ("emplvl_chg", "emplvl_pct_chg", "emplvl_cagr", "competitive_share")
FEWEST = 3
"""Numbers of fewer employers are not published."""
JOBS, PAY = "annual_avg_emplvl", "avg_annual_pay"
MOSTLY_ESTIMATED = 0.50
"""Above this share of estimated jobs a chart's mark is drawn hollow."""


def mostly_estimated(estimated_share: Any) -> bool:
    """Tell whether more than half of a number is estimated.

    Parameters
    ----------
    estimated_share : float
        Share of the number that is estimated, between 0 and 1; missing counts as not estimated.

    Examples
    --------
    >>> mostly_estimated(0.4), mostly_estimated(0.6)
    (False, True)
    """
    return is_known(estimated_share) and float(estimated_share) > MOSTLY_ESTIMATED


def is_vague(row: Row, measure: str) -> bool:
    """Tell whether a measure is too uncertain for a number.

    Examples
    --------
    >>> is_vague({"lq": 1.2, "lq_is_vague": True}, "lq"), is_vague({"lq": 1.2}, "lq")
    (True, False)
    """
    return holds(row, f"{measure}_is_vague")


def as_range(row: Row, measure: str) -> bool:
    """Tell whether a measure is told by its interval alone.

    Returns
    -------
    bool
        It is too uncertain for a number, or its number would tell of one or two employers.

    Examples
    --------
    >>> told = {"lq": float("nan"), "lq_lo": 1.0, "lq_hi": 1.5}
    >>> as_range(told, "lq"), as_range({"lq": 1.2, "lq_lo": 1.0, "lq_hi": 1.5}, "lq")
    (True, False)
    """
    withheld = has_range(row, measure) and not is_known(row.get(measure))
    return is_vague(row, measure) or withheld


def is_few(row: Row) -> bool:
    """Tell whether a row's numbers are not published and it has one or two places of business.

    Examples
    --------
    >>> is_few({"is_confidential": True, "annual_avg_estabs": 2.0}), is_few({"lq": 1.2})
    (True, False)

    An average of 2.75 places of business is written as 3, beside which it would not be true.

    >>> is_few({"is_confidential": True, "annual_avg_estabs": 2.75})
    False
    """
    places: Any = row.get("annual_avg_estabs")
    return holds(row, CONFIDENTIAL[0]) and is_known(places) and round(float(places)) < FEWEST


def estimated_ends(row: Row) -> tuple[float, float] | None:
    """Return the least and the most of a row's jobs that may be estimated, as shares.

    Returns
    -------
    tuple of float or None
        Alike where the jobs have a number; of a range what its ends leave open. None where the
        jobs, or what of them is published, are not known.

    Examples
    --------
    >>> row = {"annual_avg_emplvl": 100.0, "annual_avg_emplvl_published": 75.0,
    ...        "emplvl_estimated_share": 0.25}
    >>> estimated_ends(row)
    (0.25, 0.25)
    >>> told = {"annual_avg_emplvl_lo": 50.0, "annual_avg_emplvl_hi": 150.0}
    >>> estimated_ends({**row, **told, "annual_avg_emplvl": None})
    (0.0, 0.5)
    """
    if not as_range(row, JOBS):
        part: Any = row.get("emplvl_estimated_share")
        return (float(part), float(part)) if is_known(part) else None
    published: Any = row.get(f"{JOBS}_published")
    ends: list[Any] = [row.get(f"{JOBS}_{end}") for end in ("lo", "hi")]
    if not all(map(is_known, (published, *ends))):
        return None
    if not published:
        return 1.0, 1.0
    low, high = (max(1 - float(published) / float(end), 0.0) if end else 0.0 for end in ends)
    return low, high


def has_range(row: Row, measure: str) -> bool:
    """Tell whether a measure has an interval of some width.

    Examples
    --------
    >>> has_range({"lq_lo": 1.0, "lq_hi": 1.5}, "lq"), has_range({"lq": 1.2}, "lq")
    (True, False)
    """
    low: Any = row.get(f"{measure}_lo")
    high: Any = row.get(f"{measure}_hi")
    return is_known(low) and is_known(high) and float(low) < float(high)


def is_measured(row: Row, measure: str) -> bool:
    """Tell whether a measure has a number, or a range in its place.

    Examples
    --------
    >>> told = {"lq": float("nan"), "lq_lo": 1.0, "lq_hi": 1.5}
    >>> is_measured(told, "lq"), is_measured({"lq": float("nan")}, "lq")
    (True, False)
    """
    return is_known(row.get(measure)) or has_range(row, measure)


def crosses(row: Row) -> bool:
    """Tell whether a candidate may lie in another corner of growth and concentration.

    Returns
    -------
    bool
        The interval of the change in jobs holds 0, or that of the quotient holds 1.

    Examples
    --------
    >>> crosses({"lq_lo": 0.9, "lq_hi": 1.2}), crosses({"lq_lo": 1.1, "lq_hi": 1.2})
    (True, False)
    """
    return any(
        has_range(row, measure)
        and float(row[f"{measure}_lo"]) <= line < float(row[f"{measure}_hi"])
        for measure, line in (("emplvl_pct_chg", 0.0), ("lq", 1.0))
    )


def is_guessed_change(row: Row) -> bool:
    """Tell whether a change in jobs carries the estimate mark.

    Returns
    -------
    bool
        A part of the later jobs is estimated, or the earlier jobs are so uncertain that the
        change may be off by a percentage point or more.

    Examples
    --------
    >>> is_guessed_change({"emplvl_pct_chg_lo": 2.0, "emplvl_pct_chg_hi": 5.0})
    True
    """
    return estimated(row.get("emplvl_estimated_share")) or is_off(row, "emplvl_pct_chg")


def is_off(row: Row, measure: str) -> bool:
    """Tell whether a change in percent may be off by a point or more."""
    return (
        has_range(row, measure) and float(row[f"{measure}_hi"]) - float(row[f"{measure}_lo"]) > 2.0
    )


def is_too_open(row: Row) -> bool:
    """Tell whether a candidate has no place in a chart of growth and concentration.

    Returns
    -------
    bool
        Its change in jobs or its quotient is too uncertain for a number.

    Examples
    --------
    >>> is_too_open({"lq_is_vague": True}), is_too_open({"lq_is_vague": False})
    (True, False)
    """
    return is_vague(row, "emplvl_pct_chg") or is_vague(row, "lq")
