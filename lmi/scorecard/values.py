"""How a value of a metric is written; one or two people are not told apart from each other."""

from __future__ import annotations

from typing import Any

from lmi import words
from lmi.scorecard.catalogue import MetricDefinition
from lmi.scorecard.method import UNITS

__all__ = [
    "FEWEST", "SIGNS", "cannot_be", "is_few", "large", "may_be_share", "written", "written_range",
]  # fmt: skip

FEWEST = 3
"""The smallest number of people, or of jobs, that is told in public."""
SIGNS = {"%": "percent", "$": "USD"}
"""What people write beside a value, and the unit that it is of."""
WHOLE = ("people", "jobs", "businesses", "organizations", "programs", "events")
MOST = 1e12


def cannot_be(value: float, metric: MetricDefinition) -> str:
    """Say why a value cannot be of a metric, and what to do; empty where it can.

    Examples
    --------
    >>> from lmi.scorecard.catalogue import load_catalogue
    >>> cannot_be(104, load_catalogue().metrics["retention"])
    '104 is more than 100 percent; write the share of 100 that it is'
    """
    if metric.unit == "percent" and value > 100:
        return f"{value:g} is more than 100 percent; write the share of 100 that it is"
    if metric.unit == "yes or no" and value not in (0, 1):
        return f"{value:g} is neither 1 (yes) nor 0 (no); write one"
    if metric.unit in WHOLE and not float(value).is_integer():
        return f"{value:g} is no whole number of {metric.unit}; correct it"
    return f"{value:g} is more than anybody counts; correct it" if value > MOST else ""


def may_be_share(text: str, metric: MetricDefinition, in_sheet: bool = False) -> str:
    """Say why a percentage, as it was written, may be a share of 1; empty where it is clear.

    Parameters
    ----------
    in_sheet : bool, optional
        A spreadsheet keeps 100% as 1, which anybody else writes for 1%.

    Examples
    --------
    >>> from lmi.scorecard.catalogue import load_catalogue
    >>> kept = load_catalogue().metrics["retention"]
    >>> may_be_share("0.79", kept)
    "is '0.79', which may be 0.79% or a share of 1; write it with a percent sign or as 79"
    >>> may_be_share("0.79%", kept), may_be_share("79", kept)
    ('', '')
    """
    try:
        value = float(text)
    except ValueError:
        return ""
    if metric.unit != "percent" or not (0 < value < 1 or (in_sheet and value == 1)):
        return ""
    return (
        f"is {text!r}, which may be {text}% or a share of 1; write it with a percent sign or as "
        f"{100 * value:g}"
    )


def is_few(value: Any, metric: MetricDefinition, staff: bool = False) -> bool:
    """Tell whether a value is of so few people that a reader may know them.

    Examples
    --------
    >>> from lmi.scorecard.catalogue import load_catalogue
    >>> hired = load_catalogue().metrics["placements"]
    >>> [is_few(value, hired) for value in (0, 1, 2, 3)], is_few(2, hired, staff=True)
    ([False, True, True, False], False)
    """
    few = words.is_known(value) and 0 < float(value) < FEWEST
    return bool(few and metric.is_guarded and not staff)


def written(value: Any, metric: MetricDefinition, staff: bool = False) -> str:
    """Write a value with its unit.

    Examples
    --------
    >>> from lmi.scorecard.catalogue import load_catalogue
    >>> metrics = load_catalogue().metrics
    >>> written(1004, metrics["trained"]), written(2, metrics["placements"])
    ('1,004 people', 'fewer than 3 people')
    >>> written(48000, metrics["training-cost-shared"]), written(79, metrics["retention"])
    ('$48,000', '79%')
    >>> written(1, metrics["action-plan"]), written(None, metrics["trained"])
    ('yes', 'n/a')
    """
    if not words.is_known(value):
        return words.MISSING
    if is_few(value, metric, staff):
        return f"fewer than {FEWEST} {metric.unit}"
    if metric.unit == "yes or no":
        return "yes" if value else "no"
    if metric.unit == "USD":
        return f"${words.whole(value)}"
    number = words.whole(value) if float(value).is_integer() else f"{value:,.1f}"
    if metric.unit == "percent":
        return f"{number}%"
    return f"{number} {UNITS[metric.unit].noun if float(value) == 1 else metric.unit}"


def large(value: Any, metric: MetricDefinition, staff: bool = False) -> tuple[str, str]:
    """Write a value as the large number of a tile, and the unit that stands small below it.

    Examples
    --------
    >>> from lmi.scorecard.catalogue import load_catalogue
    >>> metrics = load_catalogue().metrics
    >>> large(1004, metrics["trained"]), large(79, metrics["retention"])
    (('1,004', 'people'), ('79%', ''))
    """
    text = written(value, metric, staff)
    number, _, unit = text.rpartition(" ")
    return (number, unit) if number else (text, "")


def written_range(lo: float, hi: float, metric: MetricDefinition) -> str:
    """Write a sum in which a part is told as few: its ends.

    Examples
    --------
    >>> from lmi.scorecard.catalogue import load_catalogue
    >>> written_range(354, 355, load_catalogue().metrics["placements"])
    '354 to 355 people'
    """
    return written(lo, metric, True) if lo == hi else (
        f"{words.whole(lo)} to {written(hi, metric, True)}"
    )  # fmt: skip
