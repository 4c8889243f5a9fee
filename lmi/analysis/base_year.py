"""Which earlier years growth is measured from."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["PANDEMIC", "RECESSIONS", "SPANS", "base_year_for"]

SPANS = (1, 2, 5, 10)
PREFERRED_SPAN = 5
PANDEMIC = frozenset({2020, 2021})
RECESSIONS = frozenset({2008, 2009, 2010}) | PANDEMIC
"""Years of which growth tells what a recession of the nation took or what came back, not a trend.

After 2007 the nation's jobs were fewest in February 2010.
"""


def base_year_for(year: int, known: Iterable[int]) -> int | None:
    """Return the year that growth to `year` is measured from: the nearest to five years before.

    Never a year of `RECESSIONS` where there is another; of two as near, the later.

    Examples
    --------
    >>> base_year_for(2023, [2016, 2020, 2021, 2022, 2023])
    2016
    >>> base_year_for(2023, range(2017, 2024))
    2018
    >>> base_year_for(2024, [2017, 2021, 2024]), base_year_for(2024, [2021, 2024])
    (2017, 2021)
    >>> base_year_for(2014, range(2007, 2015))
    2011
    """
    earlier = {y for y in known if y < year}
    serve = (earlier - RECESSIONS) or earlier
    return min(serve, key=lambda y: (abs(year - y - PREFERRED_SPAN), -y), default=None)
