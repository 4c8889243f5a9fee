"""Which places a map shows: their codes and names, by whatever columns have them, and held to it.

A county's code and name name it twice, so codes that slipped a row against the names show.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Literal

from lmi import codes
from lmi.errors import DataFileError
from lmi.words import count

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

__all__ = ["TERRITORIES", "check_names", "check_points", "codes_of", "kind_of", "names_of"]

# What a file calls its codes, the plainest first; `id` is a feature's own in GeoJSON and TopoJSON.
_CODES = (
    "area_fips", "geoid", "geoid20", "geoid10", "geo_id", "affgeoid", "geoidfq", "affgeoid20",
    "fips", "us_fips", "fips_code", "fipscode", "stcofips", "id",
)  # fmt: skip
# And where a state and its county stand apart.
_STATES = ("statefp", "statefp20", "statefp10", "state_fips", "statefips", "state")
_COUNTIES = (
    "countyfp", "countyfp20", "countyfp10", "county_fips", "countyfips", "cnty_fips", "county",
)  # fmt: skip
_NAMES = (
    "name2",  # in the Census Bureau's KML, whose `Name` is markup
    "name", "name20", "name10", "namelsad", "namelsad20", "namelsad10", "county_name",
    "countyname", "cnty_name", "county", "state_name", "label",
)  # fmt: skip
# American Samoa, Guam, the Northern Marianas, the states in free association, the small islands.
TERRITORIES = ("60", "64", "66", "68", "69", "70", "74")
# A point within each place, which the Census Bureau's TIGER/Line files tell.
_POINTS = (("intptlon", "intptlat"), ("intptlon20", "intptlat20"), ("intptlon10", "intptlat10"))
_OF_THE_NATION = re.compile(r"^\d{7}US")
_WHOLE = re.compile(r"\.0+$")  # a number that a program wrote with a point
_KIND = re.compile(
    r"(county|parish|borough|cityandborough|municipality|censusarea|municipio|planningregion|city)$"
)


def kind_of(geoids: list[str]) -> Literal["county", "state"] | None:
    """Return what codes name: two digits a state, five a county, None where they mix or err.

    Examples
    --------
    >>> kind_of(["08001", "08003"]), kind_of(["08001", "08"])
    ('county', None)
    """
    if all(g in codes.STATES for g in geoids):
        return "state"
    return "county" if all(len(g) == 5 and g[:2] in codes.STATES for g in geoids) else None


def _columns(frame: gpd.GeoDataFrame, names: Iterable[str]) -> Iterator[pd.Series]:
    """Yield the columns that have one of the names, in any case, in the names' order."""
    found = {str(name).lower(): name for name in frame.columns}
    yield from (frame[found[name]] for name in names if name in found)


def _written(column: pd.Series) -> pd.Series:
    """Return a column's values as texts, whole numbers without a point."""
    return column.fillna("").astype(str).str.strip().str.replace(_WHOLE, "", regex=True)


def _padded(texts: pd.Series, width: int) -> pd.Series:
    """Return codes with the zeros that they lost as numbers, which all of a column do."""
    is_bare = texts.str.fullmatch(rf"[1-9]\d{{{max(width - 2, 0)},{width - 1}}}").all()
    return texts.str.zfill(width) if is_bare else texts


def _whole(column: pd.Series) -> pd.Series:
    """Return codes as the digits of a state or a county, whatever of the nation is before them."""
    texts = _written(column).str.replace(_OF_THE_NATION, "", regex=True)
    return _padded(texts, 5 if texts.str.len().max() > 2 else 2)


def _together(state: pd.Series, county: pd.Series) -> pd.Series:
    """Return the codes of states and of counties within them as one, empty where either is none."""
    first, last = _written(state), _written(county)
    is_code = first.str.fullmatch(r"\d{1,2}") & last.str.fullmatch(r"\d{1,3}")
    return (first.str.zfill(2) + last.str.zfill(3)).where(is_code, "")


def codes_of(frame: gpd.GeoDataFrame, label: str) -> pd.Series:
    """Return the code of each place: two digits of a state, or five of a county.

    Raises
    ------
    DataFileError
        No column has such codes, or none has them throughout.
    """
    states = list(_columns(frame, _STATES))
    counties = list(_columns(frame, _COUNTIES))
    tried = [
        *map(_whole, _columns(frame, _CODES)),
        *(_together(s, c) for s, c in product(states, counties)),
        *map(_whole, counties or states),
    ]
    if not tried:
        raise DataFileError(
            "no column of it has codes; name the one of the codes of counties or states 'GEOID'",
            file=label,
        )
    found = next((each for each in tried if _are_places(each)), None)
    if found is not None:
        return found
    odd = min(tried[0], key=lambda g: (g[:2] in codes.STATES, len(g) in (2, 5)))
    raise DataFileError(
        f"its codes, such as {odd!r}, are not those of states or counties; take the county or "
        "state file, and keep codes as text",
        file=label,
    )


def _are_places(geoids: pd.Series) -> bool:
    covered = geoids[~geoids.str[:2].isin(TERRITORIES)].tolist()
    return kind_of(covered) is not None


def names_of(frame: gpd.GeoDataFrame, geoids: pd.Series) -> pd.Series:
    """Return the name of each place, by its code where the file has none."""
    for column in _columns(frame, _NAMES):
        texts = column.fillna("").astype(str).str.strip()
        if texts.str.contains("[^0-9. ]", regex=True).any():
            return texts
    return geoids.map(_known_name)


def _known_name(geoid: str) -> str:
    return codes.state_name(geoid) if geoid in codes.STATES else codes.county_name(geoid)


def _spellings(name: str) -> set[str]:
    """Return how a place may be written: with its kind and without."""
    plain = codes.spelled(name).replace(",", "")
    return {plain, _KIND.sub("", plain)}


@cache
def _spelled_counties(state: str) -> dict[str, set[str]]:
    known = (code for code in codes.known_areas() if code[:2] == state and codes.is_county(code))
    return {code: _spellings(codes.county_name(code)) for code in known}


def check_names(geoids: list[str], names: list[str], label: str) -> None:
    """Refuse counties that have the name of another county of their state.

    Raises
    ------
    DataFileError
        The codes do not belong to the names.
    """
    astray: list[tuple[str, str, str]] = []
    for geoid, name in zip(geoids, names, strict=True):
        known = _spelled_counties(geoid[:2]) if len(geoid) == 5 else {}
        written = _spellings(name)
        if geoid in known and not written & known[geoid]:
            other = next((code for code, spelled in known.items() if written & spelled), "")
            astray += [(geoid, name, other)] if other else []
    if astray:
        geoid, name, other = astray[0]
        more = f", and so on in {count(len(astray) - 1, 'other')}" if len(astray) > 1 else ""
        raise DataFileError(
            f"the code {geoid!r} ({codes.county_name(geoid)}) is named {name!r}, which is "
            f"{other!r}{more}; put each code beside its own county again",
            file=label,
        )


def check_points(frame: gpd.GeoDataFrame, layer: gpd.GeoDataFrame, label: str) -> None:
    """Refuse outlines that do not hold the point that their row tells, where another's does.

    A point that no outline holds may be lost to a coarse drawing.

    Raises
    ------
    DataFileError
        Outlines slipped a row, or changed places.
    """
    import pandas as pd
    import shapely

    told = layer.loc[frame.index]
    pairs = ([*_columns(told, names)] for names in _POINTS)
    found = next((pair for pair in pairs if len(pair) == 2), None)
    if found is None:
        return
    x, y = (pd.to_numeric(column, errors="coerce").to_numpy() for column in found)
    points, shapes = shapely.points(x, y), frame.geometry.to_numpy()
    own = shapely.contains(shapes, points) | shapely.is_empty(points)
    lost = (~own).nonzero()[0]
    at, there = shapely.STRtree(shapes).query(points[lost], predicate="within")
    if not len(at):
        return
    first, other = int(lost[at[0]]), int(there[0])
    n = len({*at.tolist()})
    more = f", and so on in {count(n - 1, 'other')}" if n > 1 else ""
    geoid, name = frame["area_fips"].iloc[first], frame["name"].iloc[first]
    raise DataFileError(
        f"the point within {geoid!r} ({name}) that its row tells (INTPTLAT, INTPTLON) lies in the "
        f"outline of {frame['area_fips'].iloc[other]!r}{more}; put each outline beside its own "
        "code again",
        file=label,
    )
