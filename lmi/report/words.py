"""How a number or a list is written for a reader: decided once, here.

Thousands carry separators, pay is rounded to a hundred dollars, quotients have two decimals and
percentages one. A value that is missing says so; it is never written as a zero.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

__all__ = [
    "ESTIMATED_SHARE_SHOWN",
    "MISSING",
    "about",
    "count",
    "estimated",
    "is_known",
    "listing",
    "marked",
    "money",
    "pct",
    "points",
    "quotient",
    "share",
    "signed",
    "signed_pct",
    "spelled",
    "whole",
]

MISSING = "n/a"
MINUS = "\N{MINUS SIGN}"
ESTIMATE_MARK = "\N{ALMOST EQUAL TO}"
ESTIMATED_SHARE_SHOWN = 0.10
"""Above this share of estimated jobs (or wages) a number carries the estimate mark."""

_IRREGULAR = {
    "county": "counties",
    "industry": "industries",
    "place of business": "places of business",
}
_SPELLED = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def is_known(value: Any) -> bool:
    """Tell whether a value is there to be shown.

    Parameters
    ----------
    value : object
        A number, a text or a missing value.

    Returns
    -------
    bool
        False for None, NaN, pandas' NA, infinities and the empty text.

    Examples
    --------
    >>> is_known(0), is_known(float("nan")), is_known(None), is_known("")
    (True, False, False, False)
    """
    if isinstance(value, str):
        return value != ""
    try:
        return math.isfinite(value)
    except (TypeError, ValueError):
        return False


def _written(value: Any, pattern: str, scale: float = 1.0) -> str:
    if not is_known(value):
        return MISSING
    text = pattern.format(float(value) * scale)
    digits = text.lstrip("+-")
    if not any(mark in "123456789" for mark in digits):
        return digits  # a rounded zero has no sign
    return text.replace("-", MINUS)


def whole(value: Any) -> str:
    """Write a count with thousands separators.

    Parameters
    ----------
    value : float
        A number of jobs, establishments, counties.

    Returns
    -------
    str

    Examples
    --------
    >>> whole(33412.4), whole(-1204), whole(-0.2), whole(float("nan"))
    ('33,412', '−1,204', '0', 'n/a')
    """
    return _written(value, "{:,.0f}")


def signed(value: Any) -> str:
    """Write a change in a count with its sign.

    Parameters
    ----------
    value : float, jobs

    Returns
    -------
    str

    Examples
    --------
    >>> signed(1204), signed(-1204), signed(0)
    ('+1,204', '−1,204', '0')
    """
    return _written(value, "{:+,.0f}")


def money(value: Any) -> str:
    """Write a yearly pay, rounded to a hundred dollars.

    Parameters
    ----------
    value : float, nominal USD

    Returns
    -------
    str

    Examples
    --------
    >>> money(52_341.8), money(None)
    ('$52,300', 'n/a')
    """
    return "$" + whole(round(float(value), -2)) if is_known(value) else MISSING


def pct(value: Any) -> str:
    """Write a percentage (0-100) with one decimal.

    Parameters
    ----------
    value : float, percent

    Returns
    -------
    str

    Examples
    --------
    >>> pct(12.64), pct(-3), pct(-0.04)
    ('12.6%', '−3.0%', '0.0%')
    """
    return _written(value, "{:,.1f}%")


def signed_pct(value: Any) -> str:
    """Write a percentage change with its sign and one decimal.

    Parameters
    ----------
    value : float, percent

    Returns
    -------
    str

    Examples
    --------
    >>> signed_pct(4.3), signed_pct(-3)
    ('+4.3%', '−3.0%')
    """
    return _written(value, "{:+,.1f}%")


def share(value: Any) -> str:
    """Write a share (0-1) as a percentage with one decimal.

    Parameters
    ----------
    value : float
        Between 0 and 1.

    Returns
    -------
    str

    Examples
    --------
    >>> share(0.126), share(0.0002), share(0)
    ('12.6%', 'under 0.1%', '0.0%')
    """
    if is_known(value) and 0 < float(value) < 0.0005:
        return "under 0.1%"
    return _written(value, "{:,.1f}%", scale=100)


def quotient(value: Any) -> str:
    """Write a location quotient with two decimals.

    Parameters
    ----------
    value : float

    Returns
    -------
    str

    Examples
    --------
    >>> quotient(1.3249)
    '1.32'
    """
    return _written(value, "{:,.2f}")


def points(value: Any) -> str:
    """Write a score between 0 and 1 as points out of a hundred.

    Parameters
    ----------
    value : float

    Returns
    -------
    str

    Examples
    --------
    >>> points(0.724)
    '72'
    """
    return _written(value, "{:.0f}", scale=100)


def estimated(estimated_share: Any) -> bool:
    """Tell whether so much of a number is estimated that it carries the mark.

    Parameters
    ----------
    estimated_share : float
        Share of the number that is estimated, between 0 and 1; missing counts as not estimated.

    Returns
    -------
    bool

    Examples
    --------
    >>> estimated(0.02), estimated(0.4)
    (False, True)
    """
    return is_known(estimated_share) and float(estimated_share) > ESTIMATED_SHARE_SHOWN


def marked(text: str, estimated_share: Any) -> str:
    """Put the estimate mark before a written number where it is due.

    Parameters
    ----------
    text : str
        The number as written by one of the functions above.
    estimated_share : float
        Share of the number that is estimated, between 0 and 1.

    Returns
    -------
    str

    Examples
    --------
    >>> marked("4,213", 0.4), marked("4,213", 0.0)
    ('≈4,213', '4,213')
    """
    return ESTIMATE_MARK + text if estimated(estimated_share) and text != MISSING else text


def about(value: Any, noun: str, estimated_share: Any = 0.0) -> str:
    """Write a count with its noun; an estimate is rounded to three digits and says "about".

    Parameters
    ----------
    value : float
        The count.
    noun : str
        Singular noun ("job").
    estimated_share : float, optional
        Share of the count that is estimated, between 0 and 1.

    Returns
    -------
    str

    Examples
    --------
    >>> about(4213, "job", 0.4), about(4213, "job"), about(1, "job")
    ('about 4,210 jobs', '4,213 jobs', '1 job')
    """
    if not estimated(estimated_share) or not is_known(value) or abs(float(value)) < 1:
        return count(value, noun)
    digits = 2 - math.floor(math.log10(abs(float(value))))
    return f"about {count(round(float(value), min(digits, 0)), noun)}"


def count(value: Any, noun: str) -> str:
    """Write a count with its noun in the right number.

    Parameters
    ----------
    value : float
        The count.
    noun : str
        Singular noun ("job", "county").

    Returns
    -------
    str

    Examples
    --------
    >>> count(1, "job"), count(0, "job"), count(6, "county")
    ('1 job', 'no jobs', '6 counties')
    >>> count(float("nan"), "job")
    'an unknown number of jobs'
    """
    plural = _plural(noun)
    if not is_known(value):
        return f"an unknown number of {plural}"
    rounded = round(float(value))
    if rounded == 0:
        return f"no {plural}" if value == 0 else f"less than 1 {noun}"
    return f"{whole(rounded)} {noun if abs(rounded) == 1 else plural}"


def _plural(noun: str) -> str:
    return _IRREGULAR.get(noun, f"{noun}s")


def spelled(value: int) -> str:
    """Write a small count in letters, as at the start of a sentence.

    Parameters
    ----------
    value : int

    Returns
    -------
    str

    Examples
    --------
    >>> spelled(7), spelled(18)
    ('seven', '18')
    """
    return _SPELLED[value] if 0 <= value < len(_SPELLED) else whole(value)


def listing(items: Iterable[str], limit: int | None = None, noun: str = "other") -> str:
    """Join names as a sentence does, stopping after `limit` of them.

    Parameters
    ----------
    items : iterable of str
    limit : int, optional
        Names to write out; the rest is counted.
    noun : str, optional
        What the rest is called, in the singular.

    Returns
    -------
    str

    Examples
    --------
    >>> listing(["Logan"]), listing(["Logan", "Yuma"]), listing(["a", "b", "c"])
    ('Logan', 'Logan and Yuma', 'a, b and c')
    >>> listing(["Farms", "Hotels, bars", "Mines"])
    'Farms; Hotels, bars; and Mines'
    >>> listing(["a", "b", "c", "d"], limit=2)
    'a, b and 2 others'
    """
    names = list(items)
    if limit is not None and len(names) > limit + 1:
        names = [*names[:limit], count(len(names) - limit, noun)]
    if len(names) < 2:
        return "".join(names)
    if len(names) > 2 and any(", " in name for name in names):
        return f"{'; '.join(names[:-1])}; and {names[-1]}"  # names with commas of their own
    return f"{', '.join(names[:-1])} and {names[-1]}"
