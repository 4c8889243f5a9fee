"""The federal poverty guidelines: what a household of a size is counted poor below."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from lmi.missing import Missing
from lmi.reference import read_reference

__all__ = ["Guideline", "newest_guideline_year", "poverty_guideline"]

_LISTED = 8  # household sizes that the notice lists; each further person adds the same
_AREAS = {"02": "Alaska", "15": "Hawaii"}
_MAINLAND = "48 states and DC"
_LAST_STATE = "56"


class Guideline(NamedTuple):
    """A poverty guideline.

    Parameters
    ----------
    annual_income : int
        USD a year, before taxes.
    area : str
        ``48 states and DC``, ``Alaska`` or ``Hawaii``.
    source : str
        Where the Federal Register printed it.
    """

    annual_income: int
    year: int
    area: str
    source: str


@cache
def _table() -> dict[tuple[str, int], tuple[list[int], int, str]]:
    return {
        (area, int(year)): ([int(n) for n in numbers[:_LISTED]], int(numbers[_LISTED]), source)
        for year, area, *numbers, source in read_reference("poverty_guidelines")
    }


def poverty_guideline(year: int, persons: int, state_fips: str) -> Guideline | Missing:
    """Return the guideline of a household size in a state, for the nearest year that there is.

    Parameters
    ----------
    year : int
        Year of the pay that it is held against.
    persons : int
        Persons in the household, one or more.
    state_fips : str
        Two digits.

    Returns
    -------
    Guideline or Missing
        Missing outside the 50 states and the District of Columbia, for which none is defined.

    Notes
    -----
    Issued each January by the Department of Health and Human Services under 42 U.S.C. 9902(2),
    raised by the rise of consumer prices in the year before. Alaska and Hawaii have their own.

    Examples
    --------
    >>> poverty_guideline(2016, 3, "08")
    Guideline(annual_income=20160, year=2016, area='48 states and DC', source='81 FR 4036')
    >>> poverty_guideline(2030, 10, "15").annual_income
    77130
    """
    if not state_fips.isdigit() or not "01" <= state_fips <= _LAST_STATE:
        return Missing(
            f"federal poverty guideline for the state code {state_fips}",
            "it is issued for the 50 states and the District of Columbia alone",
            "write a thresholds.csv for the state",
        )
    area = _AREAS.get(state_fips, _MAINLAND)
    nearest = min((y for a, y in _table() if a == area), key=lambda y: (abs(y - year), y))
    listed, additional, source = _table()[area, nearest]
    beyond = max(persons - _LISTED, 0)
    income = listed[min(persons, _LISTED) - 1] + beyond * additional
    return Guideline(income, nearest, area, source)


def newest_guideline_year() -> int:
    """Return the newest year that a guideline is known of.

    Examples
    --------
    >>> newest_guideline_year() >= 2024
    True
    """
    return max(year for _, year in _table())
