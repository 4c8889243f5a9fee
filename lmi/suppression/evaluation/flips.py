"""Flip cells: withheld in one period, disclosed in the next, so that the truth is nearly known.

The last month of a quarter and the first of the next are weeks apart: on small disclosed cells
they differ by three to five hundredths, which is the floor of this test.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from lmi.suppression.cell_hierarchy import KEY
from lmi.suppression.masks.cells import hide_in, periods, read_table
from lmi.suppression.masks.withholding import withhold
from lmi.suppression.other_periods import History

__all__ = ["flip_cells", "leave_out", "next_quarter"]

LEVELS = "7[4-8]"
PRIVATE = ("5",)
# What is estimated, what is taken for its truth in the next period, and establishments.
OF_A_QUARTER = ("month3_emplvl", "month1_emplvl", "qtrly_estabs")
OF_A_YEAR = ("annual_avg_emplvl", "annual_avg_emplvl", "annual_avg_estabs")


def next_quarter(year: int, quarter: str) -> tuple[int, str]:
    """Return the quarter after a quarter.

    Parameters
    ----------
    quarter : str
        ``1`` to ``4``.

    Examples
    --------
    >>> next_quarter(2016, "1"), next_quarter(2016, "4")
    ((2016, '2'), (2017, '1'))
    """
    return (year + 1, "1") if quarter == "4" else (year, str(int(quarter) + 1))


def flip_cells(
    rows: pd.DataFrame, later: pd.DataFrame, own_codes: Collection[str] = PRIVATE
) -> pd.DataFrame:
    """Find the cells of known counties that are withheld in a period, not in the next.

    Parameters
    ----------
    rows, later : DataFrame
        QCEW rows of a quarter and of the next one, or of two years.
    own_codes : collection of str, optional
        Ownerships of the cells; private unless given.

    Returns
    -------
    DataFrame
        area_fips, own_code, industry_code, agglvl_code, ``estabs``, ``truth``: jobs in the first
        month of the next quarter, or in the later year. Sectors to six-digit industries.

    Examples
    --------
    >>> first = pd.DataFrame({"area_fips": "99001", "own_code": "5", "industry_code": ["23", "62"],
    ...     "agglvl_code": "74", "qtrly_estabs": [3, 9], "month3_emplvl": [None, 90.0]})
    >>> second = first.assign(month1_emplvl=[21.0, 92.0])
    >>> flip_cells(first, second)[["industry_code", "estabs", "truth"]].to_numpy().tolist()
    [['23', 3, 21.0]]
    """
    measure, truth, estabs = OF_A_QUARTER if OF_A_QUARTER[0] in rows else OF_A_YEAR
    wanted = rows["own_code"].isin(list(own_codes)) & rows["agglvl_code"].str.fullmatch(LEVELS)
    known = wanted & ~rows["area_fips"].str.endswith("999")
    # A cell without establishments has nothing to withhold; the files mark it as well.
    withheld = rows[measure].isna() & (rows[estabs] > 0)
    hidden = rows.loc[known & withheld, [*KEY, "agglvl_code", estabs]]
    shown = later.loc[later[truth].notna(), [*KEY, truth]]
    found = hidden.rename(columns={estabs: "estabs"}).merge(shown, on=KEY, validate="1:1")
    return found.rename(columns={truth: "truth"})


def leave_out(
    history: History, cells: pd.DataFrame, year: int, quarter: str
) -> dict[str, pd.DataFrame]:
    """Leave out of other periods what tells the cells' truth.

    Parameters
    ----------
    history : dict of DataFrame
        ``quarterly``, ``annual``.
    cells : DataFrame
        Flip cells: area_fips, own_code, industry_code.
    year, quarter : int, str
        The quarter that holds the truth.

    Returns
    -------
    dict of DataFrame
        Without that quarter; in later ones, and in annual averages that contain it or come later,
        the cells and complements of theirs are withheld. Earlier periods stay.
    """
    kept = {}
    for name, frame in history.items():
        at = (frame["year"] == year) & (frame["qtr"] == quarter)
        frame = frame[~at.to_numpy()]
        after = (frame["year"] > year) | (
            (frame["year"] == year) & (frame["qtr"].eq("A") | (frame["qtr"] > quarter))
        )
        hidden = [hide_in(read_table(one), cells) for one in periods(frame[after.to_numpy()])]
        kept[name] = withhold(frame, pd.concat(hidden)) if hidden else frame
    return kept
