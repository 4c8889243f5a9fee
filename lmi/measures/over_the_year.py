"""The year before, from one year's rows and the agency's over-the-year changes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.errors import MeasureError
from lmi.measures.lookup import require

__all__ = ["previous_year"]

_CODES = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr")
_OPTIONAL = ("source_id",)
# Establishments, and their change, are published even where the rest is withheld.
_ALWAYS_PUBLISHED = ("annual_avg_estabs", "qtrly_estabs")


def previous_year(table: pd.DataFrame) -> pd.DataFrame:
    """Rebuild the rows of the year before from published rows and their changes.

    Parameters
    ----------
    table : DataFrame
        Annual or quarterly QCEW rows with the store's columns: the five codes, ``year``,
        ``qtr``, ``oty_disclosure_code`` and for each measure its level and its
        ``oty_*_chg`` (jobs, USD, establishments).

    Returns
    -------
    DataFrame
        The same codes with ``year`` one less, ``disclosure_code``, the levels of that year, and
        ``source_id`` if given. Rows whose source gives no change at all are left out.

    Raises
    ------
    MeasureError
        A column is missing, or no measure comes with its change.

    Notes
    -----
    level of the year before = level − change, exactly, since the agency prints both in whole
    numbers. Where the change is withheld (``oty_disclosure_code`` N: because the cell is withheld
    in one of the two years, or was not there) the levels are missing and the row carries N; its
    establishments are rebuilt all the same, and are 0 for a cell that was not there. Cells that
    ended in the year before have no row to be rebuilt from.

    The result is the year before as known when the given year was released. On the agency's
    annual slices of 15 counties in central Ohio it equals the published year before on every row
    whose change is disclosed. Across a revision of industry codes a code new to its year comes
    with N, but one whose content changed comes with a plain difference: flag it.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.over_the_year import previous_year
    >>> table = pd.DataFrame(
    ...     {
    ...         "area_fips": "99001", "own_code": "5", "industry_code": ["62", "23"],
    ...         "agglvl_code": "74", "size_code": "0", "year": 2016, "qtr": "A",
    ...         "oty_disclosure_code": [None, "N"],
    ...         "annual_avg_estabs": [12, 3], "oty_annual_avg_estabs_chg": [2, 1],
    ...         "annual_avg_emplvl": [150.0, None], "oty_annual_avg_emplvl_chg": [50.0, None],
    ...     }
    ... )
    >>> before = previous_year(table)
    >>> before[["year", "annual_avg_estabs", "annual_avg_emplvl"]].values.tolist()
    [[2015.0, 10.0, 100.0], [2015.0, 2.0, nan]]
    """
    require(table, [*_CODES, "oty_disclosure_code"], "table of published rows")
    changes = {
        c.removeprefix("oty_").removesuffix("_chg"): c
        for c in table.columns
        if c.startswith("oty_") and c.endswith("_chg") and not c.endswith("_pct_chg")
    }
    measures = [m for m in table.columns if m in changes]
    if not measures:
        raise MeasureError(
            "The table has no measure beside its over-the-year change; ask the store for columns "
            "such as annual_avg_emplvl and oty_annual_avg_emplvl_chg together."
        )
    withheld = table["oty_disclosure_code"].notna().to_numpy()
    before = table[[*_CODES, *(c for c in _OPTIONAL if c in table.columns)]].copy()
    before["year"] = before["year"] - 1
    before.insert(len(_CODES), "disclosure_code", pd.Series(pd.NA, before.index, dtype="str"))
    before.loc[withheld, "disclosure_code"] = "N"
    for measure in measures:
        level, moved = (_numbers(table[c]) for c in (measure, changes[measure]))
        is_open = ~withheld if measure not in _ALWAYS_PUBLISHED else True
        before[measure] = np.where(is_open, level - moved, np.nan)
    is_told = table[[changes[m] for m in measures]].notna().any(axis=1).to_numpy() | withheld
    return before[is_told].reset_index(drop=True)


def _numbers(column: pd.Series) -> np.ndarray:
    return column.to_numpy(dtype="float64", na_value=np.nan)
