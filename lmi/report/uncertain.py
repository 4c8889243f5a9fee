"""How uncertain a number is, read off a row of the tables.

A row carries for every measure its interval (``_lo``, ``_hi``) and whether that is too wide for a
number (``_is_vague``); the rule is in `lmi.measures.certainty`. A row that has none of these is
taken as certain.
"""

from __future__ import annotations

from typing import Any

from lmi.report import words
from lmi.report.display import Row

__all__ = [
    "JOBS",
    "MOSTLY_ESTIMATED",
    "PAY",
    "crosses",
    "has_range",
    "is_guessed_change",
    "is_too_open",
    "is_vague",
    "mostly_estimated",
]

JOBS, PAY = "annual_avg_emplvl", "avg_annual_pay"

MOSTLY_ESTIMATED = 0.50
"""Above this share of estimated jobs a chart's mark is drawn hollow."""


def mostly_estimated(estimated_share: Any) -> bool:
    """Tell whether more than half of a number is estimated.

    Parameters
    ----------
    estimated_share : float
        Share of the number that is estimated, between 0 and 1; missing counts as not estimated.

    Returns
    -------
    bool

    Examples
    --------
    >>> mostly_estimated(0.4), mostly_estimated(0.6)
    (False, True)
    """
    return words.is_known(estimated_share) and float(estimated_share) > MOSTLY_ESTIMATED


def is_vague(row: Row, measure: str) -> bool:
    """Tell whether a measure is too uncertain for a number.

    Parameters
    ----------
    row : mapping
    measure : str

    Returns
    -------
    bool

    Examples
    --------
    >>> is_vague({"lq": 1.2, "lq_is_vague": True}, "lq"), is_vague({"lq": 1.2}, "lq")
    (True, False)
    """
    flag = row.get(f"{measure}_is_vague")
    return words.is_known(flag) and bool(flag)


def has_range(row: Row, measure: str) -> bool:
    """Tell whether a measure has an interval of some width.

    Parameters
    ----------
    row : mapping
    measure : str

    Returns
    -------
    bool

    Examples
    --------
    >>> has_range({"lq_lo": 1.0, "lq_hi": 1.5}, "lq"), has_range({"lq": 1.2}, "lq")
    (True, False)
    """
    low: Any = row.get(f"{measure}_lo")
    high: Any = row.get(f"{measure}_hi")
    return words.is_known(low) and words.is_known(high) and float(low) < float(high)


def crosses(row: Row) -> bool:
    """Tell whether a candidate may lie in another corner of growth and concentration.

    Parameters
    ----------
    row : mapping

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

    Parameters
    ----------
    row : mapping

    Returns
    -------
    bool
        More than a tenth of the later jobs is estimated, or the earlier jobs are so uncertain
        that the change may be off by a percentage point or more.

    Examples
    --------
    >>> is_guessed_change({"emplvl_pct_chg_lo": 2.0, "emplvl_pct_chg_hi": 5.0})
    True
    """
    if words.estimated(row.get("emplvl_estimated_share")):
        return True
    name = "emplvl_pct_chg"
    return has_range(row, name) and float(row[f"{name}_hi"]) - float(row[f"{name}_lo"]) > 2.0


def is_too_open(row: Row) -> bool:
    """Tell whether a candidate has no place in a chart of growth and concentration.

    Parameters
    ----------
    row : mapping

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
