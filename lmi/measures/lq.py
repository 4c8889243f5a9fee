"""Location quotient: how much larger a sector's share is here than in a reference area."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from lmi.measures.arithmetic import FloatArray, floats, ratio
from lmi.measures.tables import look_up, require

__all__ = ["add_location_quotient", "location_quotient"]


def location_quotient(
    emplvl: Any, total_emplvl: Any, ref_emplvl: Any, ref_total_emplvl: Any
) -> FloatArray:
    """Return the location quotient.

    Parameters
    ----------
    emplvl : array_like, shape (n,), jobs
        Jobs of the sector in the region.
    total_emplvl : array_like, shape (n,) or scalar, jobs
        All jobs of the region: the region's part of the base.
    ref_emplvl : array_like, shape (n,), jobs
        Jobs of the sector in the reference area.
    ref_total_emplvl : array_like, shape (n,) or scalar, jobs
        All jobs of the reference area: its part of the base.

    Returns
    -------
    ndarray, shape (n,)
        1 where the sector's share is the same in both; NaN where the region or the reference
        area has no jobs to compare with.

    Notes
    -----
    LQ = (E_ir / E_r) / (E_iN / E_N). Both totals must be of one kind, and that kind is the base:
    the agency's published quotients divide by the total of all ownerships, whatever the
    ownership of the sector.

    Source: BLS, Quarterly Census of Employment and Wages, location quotient details. Some
    implementations take the region's total and the reference's sector in the other order; the
    four numbers are the same and so is the quotient.

    Examples
    --------
    >>> from lmi.measures.lq import location_quotient
    >>> location_quotient([15, 0], 100, [100, 50], 500)
    array([0.75, 0.  ])
    """
    jobs, total, ref, ref_total = floats(emplvl, total_emplvl, ref_emplvl, ref_total_emplvl)
    return ratio(ratio(jobs, total), ratio(ref, ref_total))


def add_location_quotient(
    table: pd.DataFrame,
    totals: pd.DataFrame | float,
    reference: pd.DataFrame | float,
    reference_totals: pd.DataFrame | float,
    *,
    keys: Sequence[str],
    base: str = "all ownerships",
    value: str = "annual_avg_emplvl",
    suffix: str = "",
) -> pd.DataFrame:
    """Add the location quotient and its base.

    Parameters
    ----------
    table : DataFrame
        Long table with `keys` and `value` (jobs).
    totals, reference, reference_totals : DataFrame or float
        `value` for the region's total, the reference's sector and the reference's total, by
        those of `keys` that each has. A reference that differs by region carries the region's
        key.
    keys : sequence of str
        Key columns of `table`.
    base : str
        What both totals count, in words; written beside the quotient.
    value : str
        Column of the jobs.
    suffix : str
        Ending of the new columns: none against the nation, ``_state`` against the states.

    Returns
    -------
    DataFrame
        `table` with ``lq`` and ``lq_base``, each with `suffix` after ``lq``.

    Raises
    ------
    MeasureError
        A column is missing, or a reference repeats a key.

    Notes
    -----
    See `location_quotient`.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.lq import add_location_quotient
    >>> table = pd.DataFrame({"region": ["a"], "industry_code": ["62"], "annual_avg_emplvl": [30]})
    >>> totals = pd.DataFrame({"region": ["a"], "annual_avg_emplvl": [100]})
    >>> nation = pd.DataFrame({"industry_code": ["62"], "annual_avg_emplvl": [150]})
    >>> out = add_location_quotient(table, totals, nation, 1000, keys=["region", "industry_code"])
    >>> out[["lq", "lq_base"]].values.tolist()
    [[2.0, 'all ownerships']]
    """
    require(table, [*keys, value])
    total = look_up(table, totals, value, keys, "table of totals")
    ref = look_up(table, reference, value, keys, "reference")
    ref_total = look_up(table, reference_totals, value, keys, "reference totals")
    quotient = location_quotient(table[value].to_numpy(), total, ref, ref_total)
    columns: dict[str, Any] = {f"lq{suffix}": quotient, f"lq{suffix}_base": base}
    return table.assign(**columns)
