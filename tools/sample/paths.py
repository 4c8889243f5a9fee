"""How jobs and pay move over the months: trend, the shock of 2020, the seasons of the year."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from tools.sample.chance import Floats, bell
from tools.sample.places import rows

__all__ = ["FIRST_YEAR", "YEARS", "growth", "levels", "pay_levels", "season", "shock"]

# 2016 is made, and not published: the changes over the year of 2017 need it.
FIRST_YEAR = 2016
YEARS = 8
# The share of the fall that is left, month by month from January 2020.
_FALL = (0, 0, 0.10, 1, 0.86, 0.68, 0.6, 0.54, 0.5, 0.47, 0.46, 0.46)
_RECOVERY = (0.44, 0.42, 0.38, 0.34, 0.30, 0.26, 0.23, 0.20, 0.18, 0.16, 0.14, 0.12)
_LATER = {2022: (0.11, 0.10, 0.09, 0.08, 0.07, 0.07, 0.06, 0.06, 0.05, 0.05, 0.04, 0.04)}
# Pay rose faster in some years than its long-run rate.
_PAY_PACE = (1.0, 0.8, 0.95, 1.05, 1.7, 1.5, 1.6, 1.2)


@dataclass(frozen=True)
class Growth:
    """Rates of a class of industries, percent a year, and the depth of its fall in 2020."""

    before_pct: float
    after_pct: float
    depth_pct: float
    pay_pct: float
    taxed_pct: float


@cache
def growth() -> dict[str, Growth]:
    """Return the growth classes by name.

    Examples
    --------
    >>> from tools.sample.paths import growth
    >>> growth()["leisure"].depth_pct > growth()["hospital"].depth_pct
    True
    """
    return {
        row["class"]: Growth(
            *(float(row[f"{k}_pct"]) for k in ("before", "after", "depth", "pay", "taxed"))
        )
        for row in rows("growth")
    }


@cache
def season(name: str) -> tuple[float, ...]:
    """Return twelve monthly factors.

    Examples
    --------
    >>> from tools.sample.paths import season
    >>> season("ski")[0] > season("ski")[6]
    True
    """
    row = next(row for row in rows("seasons") if row["season"] == name)
    return tuple(float(value) / 1000 for key, value in row.items() if key != "season")


@cache
def shock() -> tuple[float, ...]:
    """Return the share of the fall of 2020 that is felt in each of the 96 months.

    Examples
    --------
    >>> from tools.sample.paths import shock
    >>> len(shock()), shock()[51]
    (96, 1)
    """
    by_year = {2020: _FALL, 2021: _RECOVERY} | _LATER
    return tuple(
        by_year.get(FIRST_YEAR + year, (0.0,) * 12)[month]
        for year in range(YEARS)
        for month in range(12)
    )


def levels(name: str, before: Floats, after: Floats, unrest: Floats) -> Floats:
    """Return the trend of each series, shape (series, 96), 1 in December 2016.

    Parameters
    ----------
    name : str
        Stream of the random numbers.
    before, after : array, shape (series,), percent a year
        Rates up to 2020 and from 2021.
    unrest : array, shape (series,), percentage points
        Spread of each year's rate around them.
    """
    n = len(before)
    noise = bell(f"{name} rates", n * YEARS).reshape(n, YEARS)
    level = np.ones(n)
    path = np.empty((n, 12 * YEARS))
    for year in range(YEARS):
        rate = (before if FIRST_YEAR + year <= 2020 else after) + unrest * noise[:, year]
        for month in range(12):
            level = level * (1.0 + rate / 1200.0)
            path[:, 12 * year + month] = level
    return path / path[:, 11:12]


def pay_levels(pay_pct: Floats) -> Floats:
    """Return pay relative to 2016, shape (series, 8).

    Parameters
    ----------
    pay_pct : array, shape (series,), percent a year
        Long-run rate of each series.

    Examples
    --------
    >>> import numpy as np
    >>> from tools.sample.paths import pay_levels
    >>> pay_levels(np.array([3.0]))[0, 0]
    np.float64(1.0)
    """
    path = np.ones((len(pay_pct), YEARS))
    for year in range(1, YEARS):
        path[:, year] = path[:, year - 1] * (1.0 + pay_pct * _PAY_PACE[year] / 100.0)
    return path
