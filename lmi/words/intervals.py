"""Numbers that are uncertain, written: with their interval, or as it where that is wide."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lmi.words.how_sure import (
    CHANGES,
    CONFIDENTIAL,
    JOBS,
    PAY,
    as_range,
    has_range,
    is_few,
    is_guessed_change,
    is_off,
    is_vague,
)
from lmi.words.numbers import (
    MISSING,
    is_known,
    money,
    quotient,
    signed,
    signed_pct,
    three_digits,
    whole,
)
from lmi.words.phrases import about, estimated, marked
from lmi.words.rows import Row, holds

__all__ = [
    "FEW",
    "FEW_NOTE",
    "MARK_NOTE",
    "NOT_TOLD",
    "UNCERTAIN",
    "between",
    "cell",
    "change_cell",
    "effect",
    "gained",
    "moved",
    "rough",
    "rough_money",
    "rough_quotient",
    "rough_signed",
    "said_jobs",
    "said_pay",
    "signed_points",
    "span",
    "sure",
]

Writer = Callable[[Any], str]

MARK_NOTE = (
    "≈ estimated in part: to three digits, a change that may be off by a point or more without "
    "decimals. A range in place of a number: too uncertain to say more. n/a: withheld, missing or "
    "not comparable; never zero."
)
FEW, NOT_TOLD = "fewer than 3 employers", "not published"
FEW_NOTE = (
    "A range on round numbers, or “not published”: the number would tell that of one or two "
    "employers, by itself or by subtraction."
)
UNCERTAIN = "uncertain"
"""Stands for a number that is too uncertain to be given, where no interval is known either."""


def signed_points(value: Any) -> str:
    """Write a percentage change with its sign and no decimals, as an end of an interval.

    Examples
    --------
    >>> signed_points(54.7), signed_points(-30.2), signed_points(4_000)
    ('+55%', '−30%', 'over +999%')
    """
    if not is_known(value):
        return MISSING
    return f"{signed(value)}%" if float(value) < 999.5 else "over +999%"


def rough_money(value: Any) -> str:
    """Write an estimated yearly pay, or an end of its interval.

    Examples
    --------
    >>> rough_money(123_456), rough_money(39_712)
    ('$123,000', '$39,700')
    """
    return money(_once_rounded(value, 100_000)) if is_known(value) else MISSING


def rough_quotient(value: Any) -> str:
    """Write an estimated location quotient, or an end of its interval.

    Examples
    --------
    >>> rough_quotient(0.614), rough_quotient(15.49)
    ('0.61', '15.5')
    """
    if is_known(value) and float(value) >= 10:
        return f"{three_digits(value):,.{0 if float(value) >= 100 else 1}f}"
    return quotient(value)


def rough(value: Any) -> str:
    """Write an estimated count, or an end of its interval.

    Examples
    --------
    >>> rough(12_345), rough(1_398), rough(47.48)
    ('12,300', '1,400', '47')
    """
    return whole(_once_rounded(value, 1_000)) if is_known(value) else MISSING


def rough_signed(value: Any) -> str:
    """Write an estimated change in a count, or an end of its interval.

    Examples
    --------
    >>> rough_signed(12_345), rough_signed(-1_398)
    ('+12,300', '−1,400')
    """
    return signed(_once_rounded(value, 1_000)) if is_known(value) else MISSING


def _once_rounded(value: Any, least: float) -> float:
    """Round to three digits what is then written to no more than that: from `least` on."""
    return three_digits(value) if abs(float(value)) >= least else float(value)


def span(row: Row, measure: str, write: Writer) -> str:
    """Write the interval of a measure.

    Returns
    -------
    str
        "LO to HI", one number where both are written alike, empty where there is none.

    Examples
    --------
    >>> span({"jobs_lo": 40.2, "jobs_hi": 900.0}, "jobs", whole)
    '40 to 900'
    """
    if not has_range(row, measure):
        return ""
    low, high = (write(row[f"{measure}_{end}"]) for end in ("lo", "hi"))
    return low if low == high else f"{low} to {high}"


def between(row: Row, measure: str, write: Writer) -> str:
    """Write the interval of a measure as a sentence does; empty where there is none.

    Examples
    --------
    >>> row = {"jobs_lo": 11_460, "jobs_hi": 11_480}
    >>> between(row, "jobs", whole), between(row, "jobs", rough)
    ('between 11,460 and 11,480', 'about 11,500')
    """
    low, to, high = span(row, measure, write).partition(" to ")
    return f"between {low} and {high}" if to else f"about {low}" if low else ""


def change_cell(row: Row, measure: str, write: Writer, roughly: Writer | None = None) -> str:
    """Write a change in jobs as a table shows it, as `cell`.

    Examples
    --------
    >>> row = {"change": 12.3, "emplvl_estimated_share": 0.4, "is_change_confidential": True}
    >>> change_cell(row, "change", "{:.1f}".format)
    '≈12.3'
    >>> change_cell({**row, "emplvl_chg": None}, "emplvl_chg", "{:.1f}".format)
    'not published'
    """
    written = cell(row, measure, write, roughly=roughly)
    is_told = is_known(row.get(measure)) and not is_vague(row, measure)
    guessed = is_guessed_change(row) and is_told
    return marked(written, float(guessed))


def gained(row: Row) -> str:
    """Write a row's change in jobs.

    Examples
    --------
    >>> row = {"emplvl_chg": 1234.0}
    >>> gained(row), gained(row | {"emplvl_estimated_share": 0.4})
    ('+1,234', '≈+1,230')
    """
    write = rough_signed if is_guessed_change(row) else signed
    return change_cell(row, "emplvl_chg", write, rough_signed)


def effect(row: Row, measure: str) -> str:
    """Write a part of a change in jobs.

    Examples
    --------
    >>> row = {"local": 1234.0}
    >>> effect(row, "local"), effect(row | {"local_lo": 1100.0, "local_hi": 1390.0}, "local")
    ('+1,234', '≈+1,230')
    """
    guessed = has_range(row, measure)
    written = cell(row, measure, rough_signed if guessed else signed, roughly=rough_signed)
    return marked(written, float(guessed and not as_range(row, measure)))


def moved(row: Row, measure: str = "emplvl_pct_chg") -> str:
    """Write a row's change in jobs in percent, or why there is none.

    No digit says more than its interval: a change that may be off by a point or more has no
    decimals, and where that leaves open whether jobs were gained or lost the interval stands.

    Examples
    --------
    >>> row = {"emplvl_pct_chg": 8.9, "emplvl_pct_chg_lo": 4.86, "emplvl_pct_chg_hi": 12.8}
    >>> moved(row), moved(row | {"emplvl_pct_chg_lo": -2.1})
    ('≈+9%', '−2% to +13%')
    """
    if measure == "emplvl_pct_chg" and holds(row, "is_break") and not is_known(row[measure]):
        return "codes changed"
    if not is_known(row.get(measure)) or is_vague(row, measure) or not is_off(row, measure):
        return change_cell(row, measure, signed_pct, signed_points)
    if float(row[f"{measure}_lo"]) < 0 < float(row[f"{measure}_hi"]):
        return span(row, measure, signed_points)
    return marked(signed_points(row[measure]), 1.0)


def cell(
    row: Row, measure: str, write: Writer, share: str = "", roughly: Writer | None = None
) -> str:
    """Write a measure as a table shows it.

    Parameters
    ----------
    share : str, optional
        Column of the share that is estimated; where there is any, the number carries the mark.
    roughly : callable, optional
        How an estimate is written, and the ends of an interval that stands in its place.

    Returns
    -------
    str
        The number, or its interval where that is too wide for a number.

    Examples
    --------
    >>> row = {"lq": 0.8, "lq_lo": 0.2, "lq_hi": 1.9, "lq_is_vague": True}
    >>> cell(row, "lq", quotient), cell({"lq": 0.8}, "lq", quotient)
    ('0.20 to 1.90', '0.80')
    >>> cell({"lq": None, "lq_lo": 1.358, "lq_hi": 1.361}, "lq", quotient)
    '≈1.36'
    >>> cell({"pay": None, "is_confidential": True}, "pay", quotient)
    'not published'
    """
    if as_range(row, measure):
        said = span(row, measure, roughly or write)
        if said and " to " not in said:  # a range that is written as one number is none counted
            return marked(said, 1.0)
        return f"{said} ({FEW})" if measure == JOBS and is_few(row) else said or UNCERTAIN
    if not is_known(row.get(measure)) and holds(row, CONFIDENTIAL[measure.startswith(CHANGES)]):
        return NOT_TOLD
    part: Any = row.get(share) if share else 0.0
    return marked((roughly or write if estimated(part) else write)(row.get(measure)), part)


def sure(row: Row, measure: str, write: Writer) -> str:
    """Write the interval of a measure as a remark in brackets.

    Returns
    -------
    str
        Empty where there is no interval, or too narrow a one to be written.

    Examples
    --------
    >>> sure({"jobs_lo": 1050, "jobs_hi": 1400}, "jobs", whole)
    ' (90% sure: 1,050 to 1,400)'
    """
    said = span(row, measure, write)
    return f" (90% sure: {said})" if " to " in said else ""


def said_jobs(row: Row) -> str:
    """Write jobs as a sentence does.

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
    if as_range(row, JOBS):
        return f"{between(row, JOBS, rough) or 'some'} jobs"
    share = row.get("emplvl_estimated_share")
    return about(row[JOBS], "job", share) + (sure(row, JOBS, rough) if estimated(share) else "")


def said_pay(row: Row) -> str:
    """Write average pay as a sentence does.

    Examples
    --------
    >>> said_pay({"avg_annual_pay": 52_341, "wages_estimated_share": 0.4,
    ...           "avg_annual_pay_lo": 48_000, "avg_annual_pay_hi": 57_960})
    'about $52,300; 90% sure: $48,000 to $58,000'
    """
    if as_range(row, PAY):
        return span(row, PAY, rough_money)
    guessed = estimated(row["wages_estimated_share"])
    said = f"about {rough_money(row[PAY])}" if guessed else money(row[PAY])
    interval = span(row, PAY, rough_money) if guessed else ""
    return f"{said}; 90% sure: {interval}" if " to " in interval else said
