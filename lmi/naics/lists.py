"""Which industries exist in which NAICS vintage, and what they are called.

The lists are the Census Bureau's for NAICS 2012, 2017 and 2022, with what QCEW does otherwise:
it splits every six-digit industry of 238 (specialty trade contractors) into residential (…1) and
nonresidential (…2), it adds an unclassified branch (99 to 999999), and a few official codes are
never published.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lmi.errors import CodeError
from lmi.naics.grammar import TOTAL, parse_industry
from lmi.naics.hierarchy import parent
from lmi.reference import read_reference

__all__ = [
    "FIRST_YEAR",
    "LISTED",
    "VINTAGES",
    "industries",
    "industry_title",
    "is_known",
    "naics_year",
    "nearest_published",
    "unknown_industry",
]

FIRST_YEAR = 1990
# First QCEW year of each vintage, newest first. Sources: BLS, QCEW FTP overview of 27 June 2013
# (1990-2006, 2007-2010, 2011 on); "QCEW Introduces NAICS 2017 Industry Coding" (2017 Q1); "BLS
# NAICS Implementation Schedule" (2022 Q1).
VINTAGES: dict[int, int] = {2022: 2022, 2017: 2017, 2012: 2011, 2007: 2007, 2002: FIRST_YEAR}
# Vintages whose lists are kept.
LISTED = (2012, 2017, 2022)


@dataclass(frozen=True, slots=True)
class Entry:
    """What the reference says of an industry code."""

    title: str
    vintages: frozenset[int]
    published: bool


@cache
def industries() -> dict[str, Entry]:
    """Read the table of industries, once.

    Returns
    -------
    dict of str to Entry
        By industry code, published by QCEW or not.

    Examples
    --------
    >>> industries()["5112"].title, sorted(industries()["5112"].vintages)
    ('Software publishers', [2012, 2017])
    """
    spans: dict[str, frozenset[int]] = {}
    table = {}
    for code, title, vintages, published in read_reference("industries"):
        if vintages not in spans:
            spans[vintages] = frozenset(map(int, vintages.split()))
        table[code] = Entry(title, spans[vintages], published == "yes")
    return table


@cache
def _earlier_titles() -> dict[tuple[str, int], str]:
    rows = read_reference("industry_titles_earlier")
    return {(code, int(year)): title for code, year, title in rows}


@cache
def naics_year(year: int) -> int:
    """Find the NAICS vintage by which QCEW codes a year.

    Parameters
    ----------
    year : int
        A year of QCEW data.

    Returns
    -------
    int
        2002 (for 1990 to 2006), 2007 (2007 to 2010), 2012 (2011 to 2016), 2017 (2017 to 2021) or
        2022 (from 2022). A vintage enters with the first quarter of its first year.

    Raises
    ------
    CodeError
        If the year is before 1990, where NAICS-based QCEW begins.

    Notes
    -----
    QCEW took up NAICS 2012 a year early, in 2011. Sources stand at `VINTAGES` in this module.

    Examples
    --------
    >>> [naics_year(y) for y in (2010, 2011, 2016, 2017, 2021, 2022)]
    [2007, 2012, 2012, 2017, 2017, 2022]
    """
    for vintage, first in VINTAGES.items():
        if year >= first:
            return vintage
    raise CodeError(
        f"{year} has no NAICS vintage: NAICS-based QCEW begins in {FIRST_YEAR}; "
        "ask for a later year"
    )


def is_known(industry_code: str, naics_year: int | None = None) -> bool:
    """Say whether QCEW publishes an industry code.

    Parameters
    ----------
    industry_code : str
        A code; ill-formed ones are simply not known.
    naics_year : int, optional
        A vintage (2002, 2007, 2012, 2017 or 2022); any vintage if not given.

    Returns
    -------
    bool
        True for total, domains, supersectors, sectors and NAICS codes, QCEW-only six-digit codes
        such as ``238111`` included, and the unclassified branch.

    Notes
    -----
    For 2002 and 2007 the answer is generous: besides the codes that BLS marks as ending with
    those vintages, every code of NAICS 2012 counts as known, since no list of theirs is kept.

    Examples
    --------
    >>> is_known("238111"), is_known("238110"), is_known("5112"), is_known("5112", 2022)
    (True, False, True, False)
    """
    entry = industries().get(industry_code)
    if entry is None or not entry.published:
        return False
    if naics_year is None:
        return True
    if naics_year in LISTED:
        return naics_year in entry.vintages
    return min(entry.vintages) <= 2012


def unknown_industry(industry_code: str, naics_year: int | None = None) -> str:
    """Explain in one sentence why `is_known` says no, and what to use instead.

    Parameters
    ----------
    industry_code : str
        A code for which ``is_known(industry_code, naics_year)`` is false.
    naics_year : int, optional
        The vintage asked for.

    Returns
    -------
    str
        One sentence that names the code, the rule and the remedy.

    Examples
    --------
    >>> print(unknown_industry("238110"))
    QCEW does not publish 238110 (Poured concrete foundation and structure contractors); use 23811.
    >>> print(unknown_industry("5112", 2022))
    5112 (Software publishers) is not in NAICS 2022, only in NAICS 2012 and 2017.
    >>> print(unknown_industry("3369991"))
    '3369991' is not an industry code: use '10', a domain or supersector (101 to 1029), ...
    """
    try:
        parse_industry(industry_code)
    except CodeError as error:
        return f"{error}."
    entry = industries().get(industry_code)
    near = nearest_published(industry_code)
    if entry is None:
        return f"No NAICS vintage has an industry {industry_code}; use {near}."
    if not entry.published:
        return f"QCEW does not publish {industry_code} ({entry.title}); use {near}."
    *others, last = map(str, sorted(entry.vintages))
    listed = f"{', '.join(others)} and {last}" if others else last
    return f"{industry_code} ({entry.title}) is not in NAICS {naics_year}, only in NAICS {listed}."


def nearest_published(industry_code: str) -> str:
    """Find the closest industry that QCEW publishes, at a code or above it.

    Parameters
    ----------
    industry_code : str
        A well-formed code.

    Returns
    -------
    str
        The code itself where QCEW publishes it in some vintage.

    Raises
    ------
    CodeError
        If the text follows no grammar of `industry_code`.

    Examples
    --------
    >>> nearest_published("517122"), nearest_published("517121")
    ('51712', '517121')
    """
    if is_known(industry_code):
        return industry_code
    return nearest_published(parent(industry_code) or TOTAL)


def industry_title(industry_code: str, naics_year: int | None = None) -> str:
    """Name an industry.

    Parameters
    ----------
    industry_code : str
        A code as QCEW writes it.
    naics_year : int, optional
        A vintage, for the few codes whose title changed; the newest title if not given.

    Returns
    -------
    str
        The BLS title, or ``NAICS 123456`` for a well-formed code that no vintage lists.

    Raises
    ------
    CodeError
        If the text follows no grammar of `industry_code`.

    Examples
    --------
    >>> industry_title("31-33"), industry_title("238111")
    ('Manufacturing', 'Residential poured foundation contractors')
    >>> industry_title("5171", 2012)
    'Wired telecommunications carriers'
    """
    if naics_year is not None:
        earlier = _earlier_titles().get((industry_code, naics_year))
        if earlier is not None:
            return earlier
    entry = industries().get(industry_code)
    if entry is not None:
        return entry.title
    return f"NAICS {parse_industry(industry_code).industry_code}"
