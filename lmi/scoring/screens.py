"""Screens: which candidates drive the economy, and which decline, whatever the weights."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.measures.arithmetic import floats
from lmi.measures.tables import require

if TYPE_CHECKING:
    from lmi.config import Criterion

__all__ = ["DRIVERS", "passes_flag", "screen_table"]

DRIVERS = ("jobs", "wages", "concentration")


def passes_flag(
    table: pd.DataFrame, criteria: Sequence[Criterion], flag: str
) -> npt.NDArray[np.bool_]:
    """Tell which candidates pass any screen that carries a flag.

    Parameters
    ----------
    table : DataFrame, n rows
        One row a candidate with the criteria's measures.
    criteria : sequence of Criterion
        Each with its measure and, if it has one, its screen.
    flag : str
        ``jobs``, ``wages``, ``concentration`` or ``decline``.

    Returns
    -------
    ndarray of bool, shape (n,)
        False where the measure is missing: what is not known is not shown to pass.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config import Criterion, Screen
    >>> from lmi.scoring.screens import passes_flag
    >>> pay = Criterion(
    ...     key="pay", name="Pay", question="?", measure="pay_ratio", value=((0, 0), (2, 1)),
    ...     screen=Screen(flag="wages", above=1.0),
    ... )
    >>> passes_flag(pd.DataFrame({"pay_ratio": [0.9, 1.0, 1.1, None]}), [pay], "wages")
    array([False, False,  True, False])
    """
    passed = np.zeros(len(table), dtype=bool)
    for criterion in criteria:
        screen = criterion.screen
        if screen is None or screen.flag != flag or criterion.measure not in table.columns:
            continue
        (measured,) = floats(table[criterion.measure])
        passed |= np.fromiter((screen.passes(x) for x in measured), dtype=bool, count=len(table))
    return passed


def screen_table(
    table: pd.DataFrame,
    criteria: Sequence[Criterion],
    *,
    keys: Sequence[str] = ("region", "candidate"),
) -> pd.DataFrame:
    """Screen candidates for what drives the economy and for decline.

    Parameters
    ----------
    table : DataFrame
        One row a candidate with `keys` and the criteria's measures.
    criteria : sequence of Criterion
        Each with its measure and, if it has one, its screen.
    keys : sequence of str
        Columns that name a candidate.

    Returns
    -------
    DataFrame
        `keys`, ``driver_jobs``, ``driver_wages``, ``driver_concentration``, ``is_driver`` (any
        of the three) and ``is_declining`` (bool), in the order of `table`.

    Raises
    ------
    MeasureError
        A key is missing.

    Notes
    -----
    The method asks for sectors that drive the regional economy by a significant number of jobs,
    higher-than-average wages, *or* a concentration above the state's or the nation's; any one is
    enough. A declining sector is no good candidate, so decline is flagged and never weighed.

    Source: Next Generation Sector Partnerships, Step 2, define the scope of industry focus.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.config import Criterion, Screen
    >>> from lmi.scoring.screens import screen_table
    >>> criteria = [
    ...     Criterion(
    ...         key=flag, name=flag, question="?", measure=measure, value=((0, 0), (2, 1)),
    ...         screen=Screen(flag=flag, **line),
    ...     )
    ...     for flag, measure, line in (
    ...         ("wages", "pay_ratio", {"above": 1.0}),
    ...         ("decline", "emplvl_cagr", {"below": 0.0}),
    ...     )
    ... ]
    >>> table = pd.DataFrame({"candidate": ["energy"], "pay_ratio": [1.8], "emplvl_cagr": [-2.0]})
    >>> screened = screen_table(table, criteria, keys=["candidate"])
    >>> screened[["driver_jobs", "driver_wages", "is_driver", "is_declining"]].values.tolist()
    [[False, True, True, True]]
    """
    require(table, list(keys), "table of candidates")
    drivers = {f"driver_{flag}": passes_flag(table, criteria, flag) for flag in DRIVERS}
    return table[list(keys)].assign(
        **drivers,
        is_driver=np.logical_or.reduce(list(drivers.values())),
        is_declining=passes_flag(table, criteria, "decline"),
    )
