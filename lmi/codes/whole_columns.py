"""Whole columns of codes at once: each distinct code is read once, whatever the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lmi.naics.grammar import industry_level
from lmi.naics.lists import industry_title

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "industry_levels",
    "titles",
]


def _mapped(column: pd.Series, read: Callable[[str], str | None]) -> pd.Series:
    answers = {code: read(code) for code in column.dropna().unique()}
    return column.astype("str").map(answers).astype("str")


def industry_levels(industry_code: pd.Series) -> pd.Series:
    """Name the level of every industry of a column.

    Parameters
    ----------
    industry_code : Series of str, shape (n,)
        Codes as QCEW writes them; missing ones stay missing.

    Returns
    -------
    Series of str, shape (n,)
        Values out of `lmi.naics.LEVELS`.

    Raises
    ------
    CodeError
        If a text follows no grammar of `industry_code`.

    Examples
    --------
    >>> import pandas as pd
    >>> industry_levels(pd.Series(["10", "31-33", "3364"])).tolist()
    ['total', 'sector', '4-digit']
    """
    return _mapped(industry_code, industry_level)


def titles(industry_code: pd.Series, naics_year: int | None = None) -> pd.Series:
    """Name every industry of a column.

    Parameters
    ----------
    industry_code : Series of str, shape (n,)
        Codes as QCEW writes them.
    naics_year : int, optional
        A vintage, for the few codes whose title changed; the newest titles if not given.

    Returns
    -------
    Series of str, shape (n,)
        Titles; see `lmi.naics.industry_title`.

    Raises
    ------
    CodeError
        If a text follows no grammar of `industry_code`.

    Examples
    --------
    >>> import pandas as pd
    >>> titles(pd.Series(["10", "23"])).tolist()
    ['Total, all industries', 'Construction']
    """
    return _mapped(industry_code, lambda code: industry_title(code, naics_year))
