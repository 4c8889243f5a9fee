"""How uncertain a number is, and how that is told: with its interval, or as it where that is wide.

A row of a table carries for every measure its interval (``_lo``, ``_hi``) and whether that is too
wide for a number (``_is_vague``); the rule is in `lmi.measures.certainty`. A row that has none of
these is taken as certain. What would tell of one or two employers has its range alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
    "CONFIDENTIAL",
    "FEW",
    "FEW_NOTE",
    "JOBS",
    "MARK_NOTE",
    "MOSTLY_ESTIMATED",
    "NOT_TOLD",
    "PAY",
    "UNCERTAIN",
    "as_range",
    "between",
    "cell",
    "change_cell",
    "crosses",
    "effect",
    "gained",
    "has_range",
    "is_few",
    "is_guessed_change",
    "is_measured",
    "is_too_open",
    "is_vague",
    "mostly_estimated",
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

CONFIDENTIAL = ("is_confidential", "is_change_confidential")
"""Of one year's numbers, and of changes between two years."""
CHANGES = ("emplvl_chg", "emplvl_pct_chg", "emplvl_cagr", "competitive_share")
FEWEST = 3
"""Numbers of fewer employers are not published."""

JOBS, PAY = "annual_avg_emplvl", "avg_annual_pay"

MOSTLY_ESTIMATED = 0.50
"""Above this share of estimated jobs a chart's mark is drawn hollow."""
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
    """
    places: Any = row.get("annual_avg_estabs")
    return holds(row, CONFIDENTIAL[0]) and is_known(places) and float(places) < FEWEST


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
    return estimated(row.get("emplvl_estimated_share")) or _is_off(row, "emplvl_pct_chg")


def _is_off(row: Row, measure: str) -> bool:
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
    if not is_known(row.get(measure)) or is_vague(row, measure) or not _is_off(row, measure):
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
