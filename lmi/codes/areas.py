"""The grammar of `area_fips`: what kind of area a code stands for, and in which state.

A code has five characters: ``US000`` the nation, ``08000`` a state, ``08001`` a county or its
equivalent, ``08999`` what a state could not place, ``C1974`` a metropolitan or micropolitan area,
``CS216`` a combined area, and a few national subtotals. State 99 is the fictional sample's; its
nation is ``ZZ000``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from lmi.errors import CodeError

__all__ = [
    "ABROAD",
    "NATION",
    "SAMPLE_NATION",
    "SAMPLE_STATE",
    "STATES",
    "Area",
    "check_state",
    "nation_of",
    "parse_area",
    "state_of",
    "statewide",
]

NATION = "US000"
ABROAD = "XX000"
"""Where people work who cross the nation's border; no area of QCEW."""
SAMPLE_STATE = "99"
SAMPLE_NATION = "ZZ000"
# States, the District of Columbia, Puerto Rico, the Virgin Islands and the sample. FIPS left gaps.
_GAPS = (3, 7, 14, 43, 52)
STATES = frozenset(f"{n:02}" for n in (*range(1, 57), 72, 78, 99) if n not in _GAPS)
_SUBTOTALS = frozenset(("USCMS", "USMSA", "USNMS"))
_DIGITS = re.compile(r"[0-9]{5}")
_MSA = re.compile(r"C[0-9]{4}")
_CSA = re.compile(r"CS[0-9]{3}")


@dataclass(frozen=True, slots=True)
class Area:
    """An area code and what its grammar says of it.

    Parameters
    ----------
    area_fips : str
        The code as QCEW writes it.
    kind : str
        ``nation``, ``state``, ``county``, ``unknown`` (unknown or undefined county), ``msa``
        (metropolitan or micropolitan), ``csa`` or ``other``.
    state_fips : str or None
        Two digits, where the area lies in one state by its code.
    """

    area_fips: str
    kind: str
    state_fips: str | None = None


@cache
def parse_area(area_fips: str) -> Area:
    """Read an area code by its grammar.

    Parameters
    ----------
    area_fips : str
        A code as QCEW writes it.

    Returns
    -------
    Area
        The code, its kind and its state.

    Raises
    ------
    CodeError
        If the text follows no grammar of `area_fips`. A well-formed code may still name no
        county; see `lmi.codes.is_county`.

    Examples
    --------
    >>> parse_area("08001")
    Area(area_fips='08001', kind='county', state_fips='08')
    >>> parse_area("08999").kind, parse_area("C1974").kind, parse_area("CS216").kind
    ('unknown', 'msa', 'csa')
    """
    if area_fips in (NATION, SAMPLE_NATION):
        return Area(area_fips, "nation")
    if _DIGITS.fullmatch(area_fips) and area_fips[:2] in STATES:
        return Area(area_fips, _kind_in_state(area_fips), area_fips[:2])
    if _MSA.fullmatch(area_fips):
        return Area(area_fips, "msa")
    if _CSA.fullmatch(area_fips):
        return Area(area_fips, "csa")
    if area_fips in _SUBTOTALS:
        return Area(area_fips, "other")
    raise CodeError(_why_not(area_fips))


def _kind_in_state(area_fips: str) -> str:
    local = area_fips[2:]
    if local == "000":
        return "state"
    if local == "999":
        return "unknown"
    return "county" if local < "900" else "other"


def _why_not(area_fips: str) -> str:
    padded = area_fips.zfill(5)
    if padded != area_fips and _DIGITS.fullmatch(padded) and padded[:2] in STATES:
        return (
            f"{area_fips!r} is not an area code, which has five characters; "
            f"write {padded!r} with its leading zero, as text"
        )
    if _DIGITS.fullmatch(area_fips):
        return (
            f"{area_fips!r} is not an area code: no state has the FIPS code {area_fips[:2]!r}; "
            "check its first two digits"
        )
    return (
        f"{area_fips!r} is not an area code: use 'US000', two digits of the state and three of "
        "the county ('08001', '08000' for the state), 'C' and four digits, or 'CS' and three"
    )


def statewide(state_fips: str) -> str:
    """Write the area code of a whole state.

    Parameters
    ----------
    state_fips : str
        Two digits.

    Returns
    -------
    str
        The area code.

    Raises
    ------
    CodeError
        If no state has that code.

    Examples
    --------
    >>> statewide("08")
    '08000'
    """
    return f"{check_state(state_fips)}000"


def state_of(area_fips: str) -> str:
    """Find the state that an area lies in.

    Parameters
    ----------
    area_fips : str
        The code of a state, or of an area within one.

    Returns
    -------
    str
        Two digits.

    Raises
    ------
    CodeError
        If the area may span states, or the text follows no grammar of `area_fips`.

    Examples
    --------
    >>> state_of("08001"), state_of("99000")
    ('08', '99')
    """
    state = parse_area(area_fips).state_fips
    if state is None:
        raise CodeError(
            f"{area_fips!r} lies in no single state by its code; ask for a county or a state"
        )
    return state


def nation_of(area_fips: str) -> str:
    """Find the nation that an area is compared with.

    Parameters
    ----------
    area_fips : str
        Any area code.

    Returns
    -------
    str
        ``US000``, or ``ZZ000`` for areas of the sample.

    Raises
    ------
    CodeError
        If the text follows no grammar of `area_fips`.

    Examples
    --------
    >>> nation_of("08001"), nation_of("99001")
    ('US000', 'ZZ000')
    """
    area = parse_area(area_fips)
    sample = area_fips == SAMPLE_NATION or area.state_fips == SAMPLE_STATE
    return SAMPLE_NATION if sample else NATION


def check_state(state_fips: str) -> str:
    """Pass a state code on, if it is one.

    Parameters
    ----------
    state_fips : str
        Two digits.

    Returns
    -------
    str
        The same.

    Raises
    ------
    CodeError
        If no state has that code.

    Examples
    --------
    >>> check_state("08")
    '08'
    """
    if state_fips not in STATES:
        raise CodeError(
            f"{state_fips!r} is not a state: use the two digits of its FIPS code, such as '08'"
        )
    return state_fips
