"""How one number is written: decided once, here.

Thousands carry separators, pay is rounded to a hundred dollars, quotients have two decimals and
percentages one. A value that is missing says so; it is never written as a zero.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

__all__ = [
    "MISSING",
    "is_known",
    "money",
    "pct",
    "places",
    "points",
    "quotient",
    "share",
    "signed",
    "signed_pct",
    "three_digits",
    "whole",
    "whole_percents",
    "whole_share",
    "whole_shares",
]

MISSING = "n/a"
MINUS = "\N{MINUS SIGN}"


def is_known(value: Any) -> bool:
    """Tell whether a value is there to be shown.

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


def three_digits(value: Any) -> float:
    """Round to the three digits that an estimate can bear.

    Examples
    --------
    >>> three_digits(12_345), three_digits(-1_398), three_digits(47.62), three_digits(0)
    (12300.0, -1400.0, 47.6, 0.0)
    """
    number = float(value)
    return round(number, 2 - math.floor(math.log10(abs(number)))) if number else 0.0


def whole(value: Any) -> str:
    """Write a count with thousands separators.

    Examples
    --------
    >>> whole(33412.4), whole(-1204), whole(-0.2), whole(float("nan"))
    ('33,412', '−1,204', '0', 'n/a')
    """
    return _written(value, "{:,.0f}")


def places(value: Any) -> str:
    """Write an annual average of places of business; it is none only where there never was one.

    Examples
    --------
    >>> places(0.25), places(0), places(11.6)
    ('less than 1', '0', '12')
    """
    is_some = is_known(value) and 0 < float(value) < 0.5
    return "less than 1" if is_some else whole(value)


def signed(value: Any) -> str:
    """Write a change in a count with its sign.

    Examples
    --------
    >>> signed(1204), signed(-1204), signed(0)
    ('+1,204', '−1,204', '0')
    """
    return _written(value, "{:+,.0f}")


def money(value: Any) -> str:
    """Write a yearly pay, rounded to a hundred dollars.

    Examples
    --------
    >>> money(52_341.8), money(None)
    ('$52,300', 'n/a')
    """
    return "$" + whole(round(float(value), -2)) if is_known(value) else MISSING


def pct(value: Any) -> str:
    """Write a percentage (0-100) with one decimal.

    Examples
    --------
    >>> pct(12.64), pct(-3), pct(-0.04)
    ('12.6%', '−3.0%', '0.0%')
    """
    return _written(value, "{:,.1f}%")


def signed_pct(value: Any) -> str:
    """Write a percentage change with its sign and one decimal.

    Examples
    --------
    >>> signed_pct(4.3), signed_pct(-3)
    ('+4.3%', '−3.0%')
    """
    return _written(value, "{:+,.1f}%")


def share(value: Any) -> str:
    """Write a share (0-1) as a percentage with one decimal.

    Examples
    --------
    >>> share(0.126), share(0.0002), share(0)
    ('12.6%', 'less than 0.1%', '0.0%')
    """
    if is_known(value) and 0 < float(value) < 0.0005:
        return "less than 0.1%"
    return _written(value, "{:,.1f}%", scale=100)


def quotient(value: Any) -> str:
    """Write a location quotient with two decimals.

    Examples
    --------
    >>> quotient(1.3249)
    '1.32'
    """
    return _written(value, "{:,.2f}")


def points(value: Any) -> str:
    """Write a score between 0 and 1 as points out of a hundred.

    Examples
    --------
    >>> points(0.724)
    '72'
    """
    return _written(value, "{:.0f}", scale=100)


def whole_share(value: float) -> str:
    """Write a share (0-1) in whole percent: a chance from draws carries no more digits.

    Examples
    --------
    >>> [whole_share(value) for value in (0.7311, 0.004, 0.0, 0.9995, 1.0)]
    ['73%', 'under 1%', '0%', 'over 99%', '100%']
    """
    if 0 < value < 0.005:
        return "under 1%"
    if 0.995 <= value < 1:
        return "over 99%"
    return f"{100 * value:.0f}%"


def whole_percents(shares: Sequence[float]) -> list[int]:
    """Round shares (0-1) of one whole to whole percents that add up as the shares do.

    Notes
    -----
    By largest remainder: what rounding down leaves over goes to those that it cost most, to the
    first of those that it cost the same.

    Examples
    --------
    >>> whole_percents([0.125, 0.125, 0.125, 0.125, 0.5])
    [13, 13, 12, 12, 50]
    >>> whole_percents([0.2, 0.3])
    [20, 30]
    """
    exact = [100 * round(float(share), 9) for share in shares]
    found = [math.floor(one + 1e-6) for one in exact]
    left = round(sum(exact)) - sum(found)
    costly = sorted(range(len(exact)), key=lambda at: (round(found[at] - exact[at], 6), at))
    for at in costly[: max(left, 0)]:
        found[at] += 1
    return found


def whole_shares(shares: Sequence[float]) -> list[str]:
    """Write shares (0-1) of one whole in whole percents that add up to a hundred.

    Examples
    --------
    >>> whole_shares([0.125, 0.125, 0.25, 0.498, 0.002])
    ['13%', '12%', '25%', '50%', 'under 1%']
    """
    pairs = zip(whole_percents(shares), shares, strict=True)
    return ["under 1%" if share > 0 and not whole else f"{whole}%" for whole, share in pairs]
