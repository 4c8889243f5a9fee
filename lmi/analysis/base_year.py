"""Which earlier years growth is measured from."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["PANDEMIC", "SPANS", "base_year_for"]

SPANS = (1, 2, 5, 10)
PREFERRED_SPAN = 5
PANDEMIC = frozenset({2020, 2021})
"""Years of which growth tells what the pandemic took or what came back, not a trend."""


def base_year_for(year: int, known: Iterable[int]) -> int | None:
    """Return the year that growth to `year` is measured from: the nearest to five years before.

    Never 2020 or 2021 where there is another; of two as near, the later.

    Examples
    --------
    >>> base_year_for(2023, [2016, 2020, 2021, 2022, 2023])
    2016
    >>> base_year_for(2023, range(2017, 2024))
    2018
    >>> base_year_for(2024, [2017, 2021, 2024]), base_year_for(2024, [2021, 2024])
    (2017, 2021)
    """
    earlier = {y for y in known if y < year}
    serve = (earlier - PANDEMIC) or earlier
    return min(serve, key=lambda y: (abs(year - y - PREFERRED_SPAN), -y), default=None)
