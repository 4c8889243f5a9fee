"""The grammar of `agglvl_code`: which kind of area, industry level and split a row is of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from lmi.errors import CodeError
from lmi.naics.grammar import LEVELS

__all__ = ["AGGLVL", "AggLevel", "agglvl", "parse_agglvl"]


@dataclass(frozen=True, slots=True)
class AggLevel:
    """What an aggregation level says of a row.

    Parameters
    ----------
    code : str
        Two digits.
    area_kind : str
        ``nation``, ``state``, ``county`` (unknown or undefined counties included), ``msa``
        (metropolitan or micropolitan), ``csa`` or ``other``, as in `lmi.codes.areas.Area`.
    industry_level : str
        One of `lmi.naics.LEVELS`.
    by_ownership : bool
        False where the row adds several ownerships up (``own_code`` 0, 8 or 9).
    by_size : bool
        True for rows by establishment size class, which exist for private first quarters.
    """

    code: str
    area_kind: str
    industry_level: str
    by_ownership: bool
    by_size: bool = False


_TENS = {"1": "nation", "4": "msa", "5": "state", "7": "county"}
_BY_SIZE = {"2": ("nation", 8), "6": ("state", 4)}
_AREA_WORD = {"nation": "National", "msa": "MSA", "state": "State", "county": "County"}
_INDUSTRY_WORD = {
    "domain": "by Domain",
    "supersector": "by Supersector",
    "sector": "NAICS Sector",
}
_SINGLE = {
    "30": ("csa", "CSA, Total Covered"),
    "80": ("msa", "MicroSA, Total Covered"),
    "91": ("other", "Total, all U.S. MSAs"),
    "92": ("other", "Total, all U.S. CSAs"),
    "93": ("other", "Total, all U.S. non-MSA counties"),
    "94": ("nation", "Total U.I. Covered (U.S.)"),
    "95": ("nation", "Total Government (U.S.)"),
    "96": ("state", "Total Government, by State"),
}


def _levels() -> dict[str, tuple[AggLevel, str]]:
    found: dict[str, tuple[AggLevel, str]] = {}
    for tens, kind in _TENS.items():
        word = _AREA_WORD[kind]
        found[f"{tens}0"] = (AggLevel(f"{tens}0", kind, "total", False), f"{word}, Total Covered")
        for units, level in enumerate(LEVELS, start=1):
            industry = "Total" if level == "total" else _INDUSTRY_WORD.get(level, f"NAICS {level}")
            code = f"{tens}{units}"
            title = f"{word}, {industry} -- by ownership sector"
            found[code] = (AggLevel(code, kind, level, True), title)
    for tens, (kind, deepest) in _BY_SIZE.items():
        for units, level in enumerate(LEVELS[:deepest], start=1):
            industry = {"total": "total", "domain": "Domain"}.get(
                level, _INDUSTRY_WORD.get(level, f"NAICS {level}")
            )
            code = f"{tens}{units}"
            title = f"{_AREA_WORD[kind]}, Private, {industry}, by establishment size class"
            found[code] = (AggLevel(code, kind, level, True, by_size=True), title)
    for code, (kind, title) in _SINGLE.items():
        found[code] = (AggLevel(code, kind, "total", False), title)
    return dict(sorted(found.items()))


_LEVELS = _levels()
# Source: BLS, "QCEW Aggregation Level Codes".
AGGLVL: dict[str, str] = {code: title for code, (_, title) in _LEVELS.items()}


def parse_agglvl(agglvl_code: str) -> AggLevel:
    """Read an aggregation level code.

    Parameters
    ----------
    agglvl_code : str
        Two digits.

    Returns
    -------
    AggLevel
        The kind of area, the industry level, and whether by ownership and by size.

    Raises
    ------
    CodeError
        If QCEW has no such level.

    Examples
    --------
    >>> parse_agglvl("76").area_kind, parse_agglvl("76").industry_level
    ('county', '4-digit')
    """
    try:
        return _LEVELS[agglvl_code][0]
    except KeyError:
        raise CodeError(
            f"{agglvl_code!r} is not an aggregation level: use two digits such as '70' (county, "
            "total covered) or '76' (county, 4-digit NAICS, by ownership)"
        ) from None


@cache
def agglvl(area_kind: str, industry_level: str, *, by_ownership: bool = True) -> str:
    """Find the aggregation level of rows of all sizes.

    Parameters
    ----------
    area_kind : str
        ``nation``, ``state``, ``county`` or ``msa``; ``csa`` for its total alone.
    industry_level : str
        One of `lmi.naics.LEVELS`.
    by_ownership : bool, default True
        False for the row of all ownerships together, which QCEW publishes for the total alone.

    Returns
    -------
    str
        Two digits.

    Raises
    ------
    CodeError
        If QCEW publishes no such rows.

    Examples
    --------
    >>> agglvl("county", "sector"), agglvl("county", "total", by_ownership=False)
    ('74', '70')
    """
    for code, (level, _) in _LEVELS.items():
        if (level.area_kind, level.industry_level) != (area_kind, industry_level):
            continue
        if level.by_ownership == by_ownership and not level.by_size and code < "90":
            return code
    split = "by ownership" if by_ownership else "for all ownerships together"
    raise CodeError(
        f"QCEW has no rows for {area_kind!r} by {industry_level!r} {split}: all ownerships "
        "together come for the total alone, combined areas (csa) likewise; ask for another split"
    )
