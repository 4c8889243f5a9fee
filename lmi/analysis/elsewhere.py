"""What a cell that an area lacks is in its state, other counties, the nation, or the list."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lmi import codes, naics
from lmi.analysis.sums import EMPLVL, WAGES
from lmi.texts import as_python

__all__ = ["ESTABS", "Elsewhere"]

ESTABS = "annual_avg_estabs"
_AMOUNTS = [EMPLVL, WAGES, ESTABS]


class Elsewhere:
    """What every cell is that an area may have, by where else it is.

    Parameters
    ----------
    cells : DataFrame
    lacking : collection of str
        Areas that lack rows.
    """

    def __init__(self, cells: pd.DataFrame, lacking: Collection[str]) -> None:
        self.cells, self.lacking = cells, lacking
        self._states: dict[str, pd.DataFrame] = {}

    def of(self, area: str, year: int) -> pd.DataFrame:
        """Return what every cell is that an area may have.

        Returns
        -------
        DataFrame
            ``own_code``, ``industry_code``, ``level``, and jobs, wages and establishments: of the
            state where all of it is there. Else of the first that has the cell: what is there of
            the state, its other counties, the nation, the list of industries.
        """
        state = codes.statewide(area[:2])
        if state not in self._states:
            self._states[state] = self._summed(self.cells["area_fips"] == state)
        known = self._states[state] if area != state else self._states[state].iloc[:0]
        if len(known) and state not in self.lacking:
            return known
        areas = self.cells["area_fips"]
        others = areas.str.startswith(area[:2]) & (areas != state) & (areas != area)
        nation = self._summed((areas == codes.nation_of(area)) & (areas != area))
        tables = [known, self._summed(others), nation]
        if nation.empty:
            tables.append(_listed(naics.naics_year(year)))
        both = ["own_code", "industry_code"]
        return pd.concat(tables, ignore_index=True).drop_duplicates(both, ignore_index=True)

    def _summed(self, chosen: pd.Series) -> pd.DataFrame:
        rows = as_python(self.cells[chosen])
        owned = rows[rows["own_code"].isin(codes.OWN_CODES)]
        owned = owned.assign(level=owned["agglvl_code"].str[1])
        by = ["own_code", "industry_code", "level"]
        return owned.groupby(by, as_index=False, observed=True)[_AMOUNTS].sum()


def _listed(vintage: int) -> pd.DataFrame:
    """Every industry of a vintage by ownership, as if each most detailed one had one job."""
    levels = {code: naics.LEVELS.index(naics.industry_level(code)) + 1 for code in
              sorted(naics.known_industries(vintage))}  # fmt: skip
    rows = [
        (own, code, str(level), len(naics.leaves(code, vintage)))
        for own in codes.OWN_CODES
        for code, level in levels.items()
    ]
    table = pd.DataFrame(rows, columns=["own_code", "industry_code", "level", EMPLVL])
    table[WAGES], table[ESTABS] = 0.0, table[EMPLVL]
    return table
