"""The fictional state, its nation, its counties and its regions."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = [
    "NATION",
    "NATION_TITLE",
    "POSTAL",
    "STATE",
    "STATEWIDE",
    "STATE_FIPS",
    "UNKNOWN",
    "County",
    "area_title",
    "counties",
    "rows",
]

STATE = "Halvane"
POSTAL = "HV"
STATE_FIPS = "99"
STATEWIDE = "99000"
UNKNOWN = "99999"
NATION = "ZZ000"
NATION_TITLE = "Merrowland TOTAL"

_INPUTS = Path(__file__).resolve().parent / "inputs"


@dataclass(frozen=True)
class County:
    """A county of the sample state.

    Parameters
    ----------
    area_fips, name, region : str
        Code, name and the key of its region.
    first_year, last_year : int
        Years in which the code is in use.
    private_jobs : float
        Private employment to aim at in 2017, jobs.
    pay_level : float
        Pay relative to the nation, 1 for the same.
    homes : float
        Workers who live there for each job there.
    x, y : float
        Where it lies on the map, grid units.
    """

    area_fips: str
    name: str
    region: str
    first_year: int
    last_year: int
    private_jobs: float
    pay_level: float
    homes: float
    x: float
    y: float


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of an input table ``inputs/<name>.csv``.

    Examples
    --------
    >>> from tools.sample.places import rows
    >>> next(rows("counties"))["name"]
    'Brackwater'
    """
    with (_INPUTS / f"{name}.csv").open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


@cache
def counties(year: int | None = None) -> tuple[County, ...]:
    """Return the counties whose code is in use in `year`, or every code ever used.

    Examples
    --------
    >>> from tools.sample.places import counties
    >>> len(counties(2017)), len(counties(2023)), len(counties())
    (22, 22, 23)
    """
    found = tuple(
        County(
            row["area_fips"],
            row["name"],
            row["region"],
            int(row["first_year"] or 0),
            int(row["last_year"] or 9999),
            float(row["private_jobs"]),
            float(row["pay_level"]),
            float(row["homes"]),
            float(row["x"]),
            float(row["y"]),
        )
        for row in rows("counties")
    )
    return tuple(c for c in found if year is None or c.first_year <= year <= c.last_year)


def area_title(area_fips: str) -> str:
    """Return the title of an area as the agency words it.

    Examples
    --------
    >>> from tools.sample.places import area_title
    >>> area_title("99000"), area_title("99001"), area_title("99999")
    ('Halvane -- Statewide', 'Brackwater County, Halvane', 'Unknown Or Undefined, Halvane')
    """
    fixed = {
        NATION: NATION_TITLE,
        STATEWIDE: f"{STATE} -- Statewide",
        UNKNOWN: f"Unknown Or Undefined, {STATE}",
    }
    names = {c.area_fips: f"{c.name} County, {STATE}" for c in counties()}
    return (fixed | names)[area_fips]
