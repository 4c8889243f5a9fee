"""Whole columns of codes at once: each distinct code is read once, whatever the rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lmi.codes.areas import parse_area
from lmi.codes.names import area_title
from lmi.naics.grammar import industry_level
from lmi.naics.hierarchy import parent, sector_of, supersector_of
from lmi.naics.lists import industry_title

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "area_kinds",
    "area_titles",
    "industry_levels",
    "parents",
    "sectors",
    "state_codes",
    "supersectors",
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


def parents(industry_code: pd.Series) -> pd.Series:
    """Find the industry directly above every industry of a column.

    Parameters
    ----------
    industry_code : Series of str, shape (n,)
        Codes as QCEW writes them.

    Returns
    -------
    Series of str, shape (n,)
        Codes, missing for the total; see `lmi.naics.parent`.

    Raises
    ------
    CodeError
        If a text follows no grammar of `industry_code`.

    Examples
    --------
    >>> import pandas as pd
    >>> parents(pd.Series(["3364", "336"])).tolist()
    ['336', '31-33']
    """
    return _mapped(industry_code, parent)


def sectors(industry_code: pd.Series) -> pd.Series:
    """Find the NAICS sector of every industry of a column.

    Parameters
    ----------
    industry_code : Series of str, shape (n,)
        Codes of sector level and below.

    Returns
    -------
    Series of str, shape (n,)
        Sector codes.

    Raises
    ------
    CodeError
        If a code stands above the sectors or follows no grammar.

    Examples
    --------
    >>> import pandas as pd
    >>> sectors(pd.Series(["3364", "62"])).tolist()
    ['31-33', '62']
    """
    return _mapped(industry_code, sector_of)


def supersectors(industry_code: pd.Series) -> pd.Series:
    """Find the BLS supersector of every industry of a column.

    Parameters
    ----------
    industry_code : Series of str, shape (n,)
        Codes of supersector level and below.

    Returns
    -------
    Series of str, shape (n,)
        Supersector codes.

    Raises
    ------
    CodeError
        If a code stands above the supersectors or follows no grammar.

    Examples
    --------
    >>> import pandas as pd
    >>> supersectors(pd.Series(["3364", "62"])).tolist()
    ['1013', '1025']
    """
    return _mapped(industry_code, supersector_of)


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


def area_kinds(area_fips: pd.Series) -> pd.Series:
    """Name the kind of every area of a column.

    Parameters
    ----------
    area_fips : Series of str, shape (n,)
        Codes as QCEW writes them.

    Returns
    -------
    Series of str, shape (n,)
        Kinds; see `lmi.codes.Area`.

    Raises
    ------
    CodeError
        If a text follows no grammar of `area_fips`.

    Examples
    --------
    >>> import pandas as pd
    >>> area_kinds(pd.Series(["08000", "08001", "08999"])).tolist()
    ['state', 'county', 'unknown']
    """
    return _mapped(area_fips, lambda code: parse_area(code).kind)


def state_codes(area_fips: pd.Series) -> pd.Series:
    """Find the state of every area of a column.

    Parameters
    ----------
    area_fips : Series of str, shape (n,)
        Codes as QCEW writes them.

    Returns
    -------
    Series of str, shape (n,)
        Two digits; missing for the nation and for areas that may span states.

    Raises
    ------
    CodeError
        If a text follows no grammar of `area_fips`.

    Examples
    --------
    >>> import pandas as pd
    >>> state_codes(pd.Series(["08000", "39041"])).tolist()
    ['08', '39']
    """
    return _mapped(area_fips, lambda code: parse_area(code).state_fips)


def area_titles(area_fips: pd.Series) -> pd.Series:
    """Name every area of a column.

    Parameters
    ----------
    area_fips : Series of str, shape (n,)
        Codes as QCEW writes them.

    Returns
    -------
    Series of str, shape (n,)
        Titles; see `lmi.codes.area_title`.

    Raises
    ------
    CodeError
        If a text follows no grammar of `area_fips`.

    Examples
    --------
    >>> import pandas as pd
    >>> area_titles(pd.Series(["08001", "99001"])).tolist()
    ['Adams County, Colorado', 'County 99001']
    """
    return _mapped(area_fips, lambda code: area_title(code))
