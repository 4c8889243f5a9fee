"""The grammar of `agglvl_code`: which kind of area, industry level and split a row is of."""

from __future__ import annotations

from dataclasses import dataclass

from lmi.errors import CodeError
from lmi.naics.grammar import LEVELS

__all__ = ["AggLevel", "agglvl_code", "parse_agglvl"]


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


# Source: BLS, "QCEW Aggregation Level Codes".
_TENS = {"1": "nation", "4": "msa", "5": "state", "7": "county"}
_BY_SIZE = {"2": ("nation", 8), "6": ("state", 4)}
_SINGLE = {
    "30": "csa",  # total covered
    "80": "msa",  # total covered of a micropolitan area
    "91": "other",  # all metropolitan areas
    "92": "other",  # all combined areas
    "93": "other",  # all counties outside metropolitan areas
    "94": "nation",  # total covered by unemployment insurance
    "95": "nation",  # total government
    "96": "state",  # total government
}


def _levels() -> dict[str, AggLevel]:
    found = [AggLevel(code, kind, "total", False) for code, kind in _SINGLE.items()]
    for tens, kind in _TENS.items():
        found.append(AggLevel(f"{tens}0", kind, "total", False))
        found += [AggLevel(f"{tens}{n}", kind, level, True) for n, level in enumerate(LEVELS, 1)]
    for tens, (kind, deepest) in _BY_SIZE.items():
        found += [
            AggLevel(f"{tens}{n}", kind, level, True, by_size=True)
            for n, level in enumerate(LEVELS[:deepest], 1)
        ]
    return {level.code: level for level in found}


_LEVELS = _levels()


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
        return _LEVELS[agglvl_code]
    except KeyError:
        raise CodeError(
            f"{agglvl_code!r} is not an aggregation level: use two digits such as '70' (county, "
            "total covered) or '76' (county, 4-digit NAICS, by ownership)"
        ) from None


def agglvl_code(area_kind: str, industry_level: str, own_code: str) -> str | None:
    """Write the aggregation level of a row that holds all establishment sizes.

    Parameters
    ----------
    area_kind : str
        As in `lmi.codes.areas.Area`.
    industry_level : str
        One of `lmi.naics.LEVELS`.
    own_code : str
        An ownership.

    Returns
    -------
    str or None
        Two digits; None where QCEW has no such rows: all ownerships together exist for the total
        alone.

    Examples
    --------
    >>> agglvl_code("county", "sector", "5"), agglvl_code("state", "total", "0")
    ('74', '50')
    >>> agglvl_code("county", "sector", "0") is None
    True
    """
    total_of_several = {("8", "nation"): "95", ("8", "state"): "96", ("9", "nation"): "94"}
    if own_code in ("8", "9"):
        code = total_of_several.get((own_code, area_kind))
        return code if industry_level == "total" else None
    if area_kind == "csa":
        return "30" if (industry_level, own_code) == ("total", "0") else None
    kind = "county" if area_kind == "unknown" else area_kind
    tens = next((tens for tens, of in _TENS.items() if of == kind), None)
    if tens is None or (own_code == "0" and industry_level != "total"):
        return None
    return f"{tens}{0 if own_code == '0' else LEVELS.index(industry_level) + 1}"
