"""Screens: which candidates drive the economy, and what else they are asked, whatever the weights.

A line is passed by the estimate; whether that is sure, the measure's interval says.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from lmi.measures.arithmetic import BoolArray
from lmi.measures.lookup import require
from lmi.scoring.lines import Passing, all_of, any_of, both, held

if TYPE_CHECKING:
    from lmi.config import Criterion, CriticalMass, NamedScreen

__all__ = ["DRIVERS", "screen_table"]

DRIVERS = ("jobs", "wages", "concentration")
"""The three ways in which a sector can drive a regional economy; any of them is enough."""

BY_MASS = ("wages", "concentration")
"""Those that count only where there is a critical mass; many jobs are one by themselves."""


def _flagged(table: pd.DataFrame, criteria: Sequence[Criterion], flag: str) -> list[Passing]:
    return [
        held(table, criterion.measure, criterion.screen)
        for criterion in criteria
        if criterion.screen is not None and criterion.screen.flag == flag
    ]


def screen_table(
    table: pd.DataFrame,
    criteria: Sequence[Criterion],
    screens: Sequence[NamedScreen] = (),
    critical_mass: CriticalMass | None = None,
    *,
    keys: Sequence[str] = ("region", "candidate"),
) -> pd.DataFrame:
    """Screen candidates for what drives the economy, and by named screens.

    Parameters
    ----------
    table : DataFrame
        One row a candidate with `keys` and the measures, each with the ends of its interval
        (``_lo``, ``_hi``) if it has one.
    criteria : sequence of Criterion
        Each with its measure and, if it has one, its screen.
    screens : sequence of NamedScreen
        Lines that are passed together, any or all of them.
    critical_mass : CriticalMass, optional
        Lines without which neither wages nor concentration make a driver.
    keys : sequence of str
        Columns that name a candidate.

    Returns
    -------
    DataFrame
        In the order of `table`: `keys`; ``driver_jobs``, ``driver_wages``,
        ``driver_concentration``, ``is_driver`` (any of the three), each followed by its
        ``…_is_sure``; ``wages_but_small`` and ``concentration_but_small`` (the line is surely
        passed, the critical mass is surely not there); and ``screen_KEY`` with
        ``screen_KEY_is_sure`` of each named screen. All bool.

    Raises
    ------
    MeasureError
        A key is missing.

    Notes
    -----
    The method asks for sectors that drive the regional economy by a significant number of jobs,
    higher-than-average wages, *or* a concentration above the state's or the nation's; any one is
    enough. It speaks of drivers of a regional economy, so high pay or a concentration counts only
    in a sector with a critical mass of jobs and employers.

    A flag is set by the estimate. It is sure where the whole 90 percent interval lies on the same
    side of the line, which it does where there is no interval. Where any of several lines is
    enough, one that is surely passed makes it sure, and a flag that is not set is sure where none
    of the lines that are known may be passed; where none is known, it is not sure.

    Source: Next Generation Sector Partnerships, Step 2, define the scope of industry focus.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config import Criterion, Screen
    >>> from lmi.scoring.screens import screen_table
    >>> pay = Criterion(key="pay", name="Pay", question="?", measure="pay_ratio",
    ...                 value=((0, 0), (2, 1)), screen=Screen(flag="wages", above=1.0))
    >>> table = pd.DataFrame({"candidate": ["energy"], "pay_ratio": [1.1], "pay_ratio_lo": [0.9],
    ...                       "pay_ratio_hi": [1.3]})
    >>> screened = screen_table(table, [pay], keys=["candidate"])
    >>> screened[["is_driver", "is_driver_is_sure"]].values
    array([[ True, False]])
    """
    require(table, list(keys), "table of candidates")
    n = len(table)
    found: dict[str, BoolArray] = {}
    mass = _mass(table, critical_mass)
    lines = {flag: _flagged(table, criteria, flag) for flag in DRIVERS}
    if mass is not None:
        alone = {flag: np.logical_and(*any_of(lines[flag], n)) for flag in BY_MASS}
        lines |= {flag: [both(line, mass) for line in lines[flag]] for flag in BY_MASS}
    for flag in DRIVERS:
        found |= _named(f"driver_{flag}", any_of(lines[flag], n))
    found |= _named("is_driver", any_of([line for flag in DRIVERS for line in lines[flag]], n))
    for flag in BY_MASS:
        small = np.zeros(n, dtype=bool) if mass is None else alone[flag] & mass.surely_not
        found[f"{flag}_but_small"] = small
    for screen in screens:
        own = [held(table, line.measure, line) for line in screen.lines]
        result = any_of(own, n) if screen.any else all_of(own)
        found |= _named(f"screen_{screen.key}", result)
    return table[list(keys)].assign(**found)


def _mass(table: pd.DataFrame, critical_mass: CriticalMass | None) -> Passing | None:
    """Return how candidates stand to the critical mass; None where none is asked for."""
    if critical_mass is None:
        return None
    found = [held(table, line.measure, line) for line in critical_mass.all]
    return reduce(both, found)


def _named(name: str, result: tuple[BoolArray, BoolArray]) -> dict[str, BoolArray]:
    return {name: result[0], f"{name}_is_sure": result[1]}
