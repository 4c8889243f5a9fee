"""What the codes of one QCEW row say of each other.

Area, ownership, industry and size together make the aggregation level, so each is held to the
others. Codes are read once each: every code is a few digits of a number, and a row's digits must
add up to those of its level.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from lmi import codes, naics
from lmi.naics.lists import LISTED, industries
from lmi.sources.coded import Coded

__all__ = ["misplaced", "why_misplaced"]

KINDS = ("nation", "state", "county", "msa", "csa", "other")
# One digit each: kind of area, level of industry, ownership, whether by size.
AREA, INDUSTRY, OWNERSHIP = 1_000, 100, 10
SINGLE, TOTALS = 3, {"0": 0, "8": 1, "9": 2}
_TOTALS_OF_LEVEL = {"94": "9", "95": "8", "96": "8"}
# NAICS is revised every five years; which codes a later list has is not known yet.
LAST_LISTED = max(LISTED) + 4
UNLISTED = -1
INTERNATIONAL, LAST_OF_INTERNATIONAL = "4", 1994


def _kind(area_fips: str) -> int:
    area = codes.parse_area(area_fips)
    within = area.kind == "unknown" or (area.kind == "other" and area_fips.isdigit())
    return KINDS.index("county" if within else area.kind)


def _of_area(area_fips: str) -> int:
    return AREA * _kind(area_fips)


def _of_ownership(own_code: str) -> int:
    return OWNERSHIP * TOTALS.get(own_code, SINGLE)


@lru_cache(maxsize=1 << 14)
def _of_industry(industry_code: str) -> int:
    return INDUSTRY * naics.LEVELS.index(naics.industry_level(industry_code))


def _of_size(size_code: str) -> int:
    return int(size_code != "0")


def _of_level(agglvl_code: str) -> int:
    level = codes.parse_agglvl(agglvl_code)
    total = SINGLE if level.by_ownership else TOTALS[_TOTALS_OF_LEVEL.get(agglvl_code, "0")]
    return (
        AREA * KINDS.index(level.area_kind)
        + INDUSTRY * naics.LEVELS.index(level.industry_level)
        + OWNERSHIP * total
        + level.by_size
    )


_PARTS: dict[str, Callable[[str], int]] = {
    "area_fips": _of_area,
    "own_code": _of_ownership,
    "industry_code": _of_industry,
    "size_code": _of_size,
}


@lru_cache(maxsize=1 << 14)
def _is_listed(industry_code: str, vintage: int) -> bool:
    entry = industries().get(industry_code)
    return entry is not None and vintage in entry.vintages


def _vintage(year: int) -> int:
    """The NAICS list that a year's industries must be in, or that there is none."""
    vintage = naics.naics_year(year) if year <= LAST_LISTED else UNLISTED
    return vintage if vintage in LISTED else UNLISTED


def misplaced(frame: pl.DataFrame) -> NDArray[np.bool_]:
    """Tell the rows whose codes do not go together, or whose industry their year does not have.

    Parameters
    ----------
    frame : polars.DataFrame
        At least a row; its codes, as categories, keep their grammar.
    """
    industry = Coded(frame["industry_code"])
    owners = Coded(frame["own_code"])
    parts = industry.read(_of_industry) + owners.read(_of_ownership)
    for name in ("area_fips", "size_code"):
        parts = parts + Coded(frame[name]).read(_PARTS[name])
    found: NDArray[np.bool_] = parts != Coded(frame["agglvl_code"]).read(_of_level)
    years = frame["year"].unique().to_list()
    if INTERNATIONAL in owners.values:
        later = (frame["year"] > LAST_OF_INTERNATIONAL).to_numpy()
        found |= later & (owners.read(INTERNATIONAL.__eq__) == 1)
    for year in years:
        vintage = _vintage(year)
        if vintage != UNLISTED:
            listed = industry.read(partial(_is_listed, vintage=vintage))
            unlisted = listed == 0
            if len(years) > 1:
                unlisted &= (frame["year"] == year).to_numpy()
            found |= unlisted
    return found


def why_misplaced(row: Mapping[str, Any]) -> str:
    """Say what is wrong with the codes of a row that is misplaced."""
    vintage = _vintage(row["year"])
    industry = row["industry_code"]
    if vintage != UNLISTED and not _is_listed(industry, vintage):
        return f"industry_code: {naics.unknown_industry(industry, vintage).rstrip('.')}"
    if row["own_code"] == INTERNATIONAL and row["year"] > LAST_OF_INTERNATIONAL:
        return (
            f"own_code is {INTERNATIONAL!r}, which the agency counts with private after "
            f"{LAST_OF_INTERNATIONAL}"
        )
    level = codes.parse_agglvl(row["agglvl_code"])
    sizes = "by size" if level.by_size else "of all sizes"
    owner = "by ownership" if level.by_ownership else "over ownerships"
    said = ", ".join(f"{name} {row[name]!r}" for name in _PARTS)
    return (
        f"agglvl_code {row['agglvl_code']!r} ({level.area_kind}, {level.industry_level}, {owner}, "
        f"{sizes}) does not go with {said}"
    )
