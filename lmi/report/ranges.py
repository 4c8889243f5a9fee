"""How an uncertain number is told: with its interval, or as its interval where that is too wide."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from lmi.report import words
from lmi.report.display import Row
from lmi.report.uncertain import JOBS, PAY, has_range, is_guessed_change, is_vague

__all__ = [
    "UNCERTAIN",
    "cell",
    "change_cell",
    "rough",
    "rough_money",
    "rough_quotient",
    "said_jobs",
    "said_pay",
    "short_span",
    "signed_points",
    "span",
    "sure",
]

Writer = Callable[[Any], str]

UNCERTAIN = "uncertain"
"""Stands for a number that is too uncertain to be given, where no interval is known either."""


def signed_points(value: Any) -> str:
    """Write a percentage change with its sign and no decimals, as an end of an interval.

    Parameters
    ----------
    value : float, percent

    Returns
    -------
    str

    Examples
    --------
    >>> signed_points(54.7), signed_points(-30.2), signed_points(4_000)
    ('+55%', '−30%', 'over +999%')
    """
    if not words.is_known(value):
        return words.MISSING
    return f"{words.signed(value)}%" if float(value) < 999.5 else "over +999%"


def rough_money(value: Any) -> str:
    """Write a yearly pay in thousands, as an end of an interval.

    Parameters
    ----------
    value : float, nominal USD

    Returns
    -------
    str

    Examples
    --------
    >>> rough_money(39_700), rough_money(8_400)
    ('$40k', '$8,400')
    """
    if words.is_known(value) and float(value) >= 10_000:
        return f"${words.whole(float(value) / 1000)}k"
    return words.money(value)


def rough_quotient(value: Any) -> str:
    """Write a location quotient with two digits, as an end of an interval.

    Parameters
    ----------
    value : float

    Returns
    -------
    str

    Examples
    --------
    >>> rough_quotient(0.614), rough_quotient(5.49)
    ('0.61', '5.5')
    """
    if words.is_known(value) and float(value) >= 1:
        return f"{float(value):,.1f}"
    return words.quotient(value)


def rough(value: Any) -> str:
    """Write a count with three digits that count, as an end of an interval.

    Parameters
    ----------
    value : float

    Returns
    -------
    str

    Examples
    --------
    >>> rough(12_345), rough(1_398), rough(47.6)
    ('12,300', '1,400', '48')
    """
    if not words.is_known(value) or abs(float(value)) < 1:
        return words.whole(value)
    digits = 2 - math.floor(math.log10(abs(float(value))))
    return words.whole(round(float(value), min(digits, 0)))


def short_span(row: Row, measure: str, unit: str = "") -> str:
    """Write the interval of a measure as short as the margin of a chart.

    Parameters
    ----------
    row : mapping
    measure : str
    unit : str, optional
        Set before each end.

    Returns
    -------
    str

    Examples
    --------
    >>> short_span({"jobs_lo": 4_000, "jobs_hi": 13_400}, "jobs", "$")
    '$4k–$13k'
    """
    if not has_range(row, measure):
        return UNCERTAIN
    low, high = (float(row[f"{measure}_{end}"]) for end in ("lo", "hi"))
    if high < 10_000:
        return f"{unit}{words.whole(low)}–{unit}{words.whole(high)}"
    return f"{unit}{words.whole(low / 1000)}k–{unit}{words.whole(high / 1000)}k"


def span(row: Row, measure: str, write: Writer) -> str:
    """Write the interval of a measure.

    Parameters
    ----------
    row : mapping
    measure : str
    write : callable

    Returns
    -------
    str
        "LO to HI", one number where both are written alike, empty where there is none.

    Examples
    --------
    >>> span({"jobs_lo": 40.2, "jobs_hi": 900.0}, "jobs", words.whole)
    '40 to 900'
    """
    if not has_range(row, measure):
        return ""
    low, high = (write(row[f"{measure}_{end}"]) for end in ("lo", "hi"))
    return low if low == high else f"{low} to {high}"


def change_cell(row: Row, measure: str, write: Writer, roughly: Writer | None = None) -> str:
    """Write a change in jobs as a table shows it, as `cell`.

    Parameters
    ----------
    row : mapping
    measure : {"emplvl_chg", "emplvl_pct_chg"}
    write : callable
    roughly : callable, optional

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"emplvl_chg": 30.0, "emplvl_estimated_share": 0.4}
    >>> change_cell(row, "emplvl_chg", words.signed)
    '≈+30'
    """
    written = cell(row, measure, write, roughly=roughly)
    guessed = is_guessed_change(row) and not is_vague(row, measure)
    return words.marked(written, float(guessed))


def cell(
    row: Row, measure: str, write: Writer, share: str = "", roughly: Writer | None = None
) -> str:
    """Write a measure as a table shows it.

    Parameters
    ----------
    row : mapping
    measure : str
    write : callable
    share : str, optional
        Column of the share that is estimated; above a tenth the number carries the mark.
    roughly : callable, optional
        How the ends of an interval are written that stands in place of the number.

    Returns
    -------
    str
        The number, or its interval where that is too wide for a number.

    Examples
    --------
    >>> row = {"lq": 0.8, "lq_lo": 0.2, "lq_hi": 1.9, "lq_is_vague": True}
    >>> cell(row, "lq", words.quotient), cell({"lq": 0.8}, "lq", words.quotient)
    ('0.20 to 1.90', '0.80')
    """
    if is_vague(row, measure):
        return span(row, measure, roughly or write) or UNCERTAIN
    return words.marked(write(row.get(measure)), row.get(share) if share else 0.0)


def sure(row: Row, measure: str, write: Writer) -> str:
    """Write the interval of a measure as a remark in brackets.

    Parameters
    ----------
    row : mapping
    measure : str
    write : callable

    Returns
    -------
    str
        Empty where there is no interval, or too narrow a one to be written.

    Examples
    --------
    >>> sure({"jobs_lo": 1050, "jobs_hi": 1400}, "jobs", words.whole)
    ' (90% sure: 1,050 to 1,400)'
    """
    said = span(row, measure, write)
    return f" (90% sure: {said})" if " to " in said else ""


def said_jobs(row: Row, share: str = "emplvl_estimated_share") -> str:
    """Write jobs as a sentence does.

    Parameters
    ----------
    row : mapping
    share : str, optional
        Column of the share that is estimated.

    Returns
    -------
    str

    Examples
    --------
    >>> row = {"annual_avg_emplvl": 1213, "emplvl_estimated_share": 0.6,
    ...        "annual_avg_emplvl_lo": 1052, "annual_avg_emplvl_hi": 1398}
    >>> said_jobs(row)
    'about 1,210 jobs (90% sure: 1,050 to 1,400)'
    >>> said_jobs(row | {"annual_avg_emplvl_is_vague": True})
    'between 1,050 and 1,400 jobs'
    >>> said_jobs({"annual_avg_emplvl": 1213, "emplvl_estimated_share": 0.0})
    '1,213 jobs'
    """
    if is_vague(row, JOBS):
        said = span(row, JOBS, rough)
        return f"between {said.replace(' to ', ' and ')} jobs" if said else "some jobs"
    about = words.about(row[JOBS], "job", row.get(share))
    return about + (sure(row, JOBS, rough) if words.estimated(row.get(share)) else "")


def said_pay(row: Row) -> str:
    """Write average pay as a sentence does.

    Parameters
    ----------
    row : mapping

    Returns
    -------
    str

    Examples
    --------
    >>> said_pay({"avg_annual_pay": 52_341, "wages_estimated_share": 0.4,
    ...           "avg_annual_pay_lo": 48_000, "avg_annual_pay_hi": 57_960})
    'about $52,300; 90% sure: $48,000 to $58,000'
    """
    guessed = words.estimated(row["wages_estimated_share"])
    said = f"{'about ' if guessed else ''}{words.money(row[PAY])}"
    interval = span(row, PAY, words.money) if guessed else ""
    return f"{said}; 90% sure: {interval}" if " to " in interval else said
