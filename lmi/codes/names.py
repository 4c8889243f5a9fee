"""What areas are called, and which counties there are.

Titles are BLS's, counties in the Census Bureau's spelling. The sample's counties are named by its
own files, so they are plain numbers here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from lmi.codes.areas import NATION, SAMPLE_NATION, SAMPLE_STATE, check_state, parse_area
from lmi.errors import CodeError
from lmi.reference import read_reference

__all__ = [
    "area_of_title",
    "area_title",
    "county_name",
    "is_area",
    "is_county",
    "known_areas",
    "spelled",
    "state_name",
    "state_postal",
]


@cache
def known_areas() -> dict[str, tuple[str, str]]:
    """Map every area of the reference to its title and note.

    Returns
    -------
    dict of str to (str, str)
        The note is empty, ``retired`` (BLS still lists the code, though no county has borne it
        since 1990) or ``not published`` (a county that QCEW counts with another).

    Examples
    --------
    >>> known_areas()["15005"]
    ('Kalawao County, Hawaii', 'not published')
    """
    return {code: (title, note) for code, title, note in read_reference("areas")}


@cache
def _states() -> dict[str, tuple[str, str]]:
    named = {code: (name, postal) for code, name, postal in read_reference("states")}
    return named | {SAMPLE_STATE: ("Sample state", "ZZ")}


def is_area(area_fips: str) -> bool:
    """Say whether the reference knows an area, of any kind and any year.

    Parameters
    ----------
    area_fips : str
        A code; ill-formed ones are simply not known.

    Returns
    -------
    bool
        True for areas that BLS lists and for every area of the sample.

    Examples
    --------
    >>> is_area("CS216"), is_area("08001"), is_area("08002")
    (True, True, False)
    """
    if area_fips in known_areas() or area_fips == SAMPLE_NATION:
        return True
    if area_fips[:2] != SAMPLE_STATE:
        return False
    try:
        return parse_area(area_fips).kind != "other"
    except CodeError:
        return False


def is_county(area_fips: str) -> bool:
    """Say whether a code is that of a county or its equivalent, of any year.

    Parameters
    ----------
    area_fips : str
        A code; ill-formed ones are simply not counties.

    Returns
    -------
    bool
        True for counties that the reference knows, codes since given up included, and for
        99001 to 99899 of the sample. `lmi.codes.in_use` tells the years.

    Examples
    --------
    >>> is_county("08001"), is_county("08000"), is_county("08002"), is_county("99001")
    (True, False, False, True)
    """
    if not is_area(area_fips):
        return False
    kind = parse_area(area_fips).kind
    return kind == "county" or (kind == "other" and area_fips.isdigit())


def area_title(area_fips: str) -> str:
    """Name an area in full.

    Parameters
    ----------
    area_fips : str
        A code as QCEW writes it.

    Returns
    -------
    str
        BLS's title, with the Census Bureau's spelling of counties; a plain description of the
        code (``County 99001``) for an area that the reference does not know.

    Raises
    ------
    CodeError
        If the text follows no grammar of `area_fips`.

    Examples
    --------
    >>> area_title("35013"), area_title("US000"), area_title("99001")
    ('Doña Ana County, New Mexico', 'U.S. TOTAL', 'County 99001')
    """
    known = known_areas().get(area_fips)
    if known is not None:
        return known[0]
    kind = parse_area(area_fips).kind
    if area_fips[:2] == SAMPLE_STATE and kind in ("state", "unknown"):
        return (
            "Sample state -- Statewide" if kind == "state" else "Unknown Or Undefined, Sample state"
        )
    if area_fips == SAMPLE_NATION:
        return "Sample nation"
    return f"{'County' if kind == 'county' else 'Area'} {area_fips}"


def county_name(area_fips: str) -> str:
    """Name a county without its state.

    Parameters
    ----------
    area_fips : str
        A county code.

    Returns
    -------
    str
        The name with its kind ("Adams County", "Chesapeake city").

    Raises
    ------
    CodeError
        If the text follows no grammar of `area_fips`.

    Examples
    --------
    >>> county_name("08001"), county_name("11001"), county_name("15009")
    ('Adams County', 'District of Columbia', 'Maui + Kalawao County')
    """
    return area_title(area_fips).rsplit(", ", 1)[0]


def state_name(state_fips: str) -> str:
    """Name a state.

    Parameters
    ----------
    state_fips : str
        Two digits.

    Returns
    -------
    str
        The name.

    Raises
    ------
    CodeError
        If no state has that code.

    Examples
    --------
    >>> state_name("08"), state_name("11")
    ('Colorado', 'District of Columbia')
    """
    return _states()[check_state(state_fips)][0]


def state_postal(state_fips: str) -> str:
    """Abbreviate a state as the post does.

    Parameters
    ----------
    state_fips : str
        Two digits.

    Returns
    -------
    str
        Two letters; ``ZZ`` for the sample.

    Raises
    ------
    CodeError
        If no state has that code.

    Examples
    --------
    >>> state_postal("08")
    'CO'
    """
    return _states()[check_state(state_fips)][1]


def spelled(title: str) -> str:
    """Return a title as every table spells it: no marks, blanks or capitals, saints cut short.

    Examples
    --------
    >>> spelled("Doña Ana County, NM"), spelled("Saint Louis city, Missouri")
    ('donaanacounty,nm', 'stlouiscity,missouri')
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    as_short = re.sub(r"\bsaint(e?)\b", r"st\1", plain.replace("&", "and"))
    return re.sub(r"[^a-z0-9,]", "", as_short)


@cache
def _by_title() -> dict[str, str]:
    """Map each title to its area: BLS's, and those of tables that name states otherwise."""
    # Of two areas of one title the one in use comes last, and stands.
    in_use_last = sorted(known_areas().items(), key=lambda item: bool(item[1][1]), reverse=True)
    titles = {title: code for code, (title, _) in in_use_last}
    postal = dict(_states().values())
    for title, code in list(titles.items()):
        place, _, state = title.rpartition(", ")
        if state in postal:
            titles[f"{place}, {postal[state]}"] = code
    titles |= {name: f"{code}000" for code, (name, _) in _states().items()}
    titles |= dict.fromkeys(("United States", "U.S. TOTAL"), NATION)
    titles["District of Columbia, District of Columbia"] = "11001"
    return {spelled(title): code for title, code in titles.items()}


def area_of_title(title: str) -> str | None:
    """Find the area that a table names by its title.

    Parameters
    ----------
    title : str
        As agencies write it; capitals, blanks and accents do not matter, and a state may be
        written out or by its two letters.

    Returns
    -------
    str or None
        Its code; None where no area is called so.

    Examples
    --------
    >>> area_of_title("Adams County, Colorado"), area_of_title("Colorado -- Statewide")
    ('08001', '08000')
    >>> area_of_title("Dona Ana County, NM"), area_of_title("Atlantis")
    ('35013', None)
    """
    return _by_title().get(spelled(title))
