"""What a QCEW file's name and its titles say of its rows, held to their codes.

A file is known by its content and may be called anything; but a name as the agency gives it, and a
title beside a code, were true when they were written.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from itertools import pairwise
from pathlib import PurePosixPath

from lmi import codes
from lmi.errors import CodeError, DataFileError
from lmi.sources.text import first_lines

__all__ = ["check_name", "check_title", "title_of"]

_AGENCYS = re.compile(
    r"(?P<year>\d{4})\.(?:q\d-q\d|annual)(?:[ ._](?P<area>[0-9A-Z]{5})(?: (?P<title>.+))?)?\b.*"
)
REMEDY = "download it again, or rename it if it is the name that is wrong"


def check_name(name: str, areas: Collection[str], years: Collection[int], label: str) -> None:
    """Refuse a file of which the agency's name says another area or year than its rows.

    Raises
    ------
    DataFileError
        None of its rows are of what its name says.

    Examples
    --------
    >>> check_name("2016.q1-q4 08001 Adams County, Colorado.csv", {"08001"}, {2015}, "f.csv")
    Traceback (most recent call last):
    ...
    lmi.errors.DataFileError: f.csv: its name says 2016 and its rows are of 2015; ...
    """
    said = _AGENCYS.match(PurePosixPath(name).name.removesuffix(".gz").removesuffix(".csv"))
    if said is None:
        return
    year, area = int(said["year"]), said["area"]
    if years and year not in years:
        _refuse(f"its name says {year} and its rows are of {_few(years)}", label)
    if area and codes.is_area(area) and areas and area not in areas:
        _refuse(f"its name says {area} and its rows are of {_few(areas)}", label)
    if said["title"] and len(areas) == 1:
        check_title(next(iter(areas)), said["title"], label)


def title_of(start: bytes) -> tuple[str, str] | None:
    r"""Return the first row's area and its title in small letters, where a file has titles.

    Examples
    --------
    >>> title_of(b'area_fips,area_title\n08001,"Adams County, Colorado"\n')
    ('08001', 'adams county, colorado')
    """
    wanted = {"area_fips", "area_title"}
    lines = first_lines(start)
    for header, first in pairwise(lines):
        if wanted.issubset(header.fields) and len(first.fields) == len(header.fields):
            row = dict(zip(header.fields, first.fields, strict=True))
            return row["area_fips"].upper(), row["area_title"]
    return None


def check_title(area_fips: str, title: str, label: str) -> None:
    """Refuse a file in which an area bears the title of another.

    Raises
    ------
    DataFileError
        It does, or the title names another state.

    Examples
    --------
    >>> check_title("08003", "Adams County, Colorado", "f.csv")
    Traceback (most recent call last):
    ...
    lmi.errors.DataFileError: f.csv: 08003 (Alamosa County, Colorado) bears the title 'Adams ...
    """
    try:
        state = codes.parse_area(area_fips).state_fips
        own = codes.area_title(area_fips)
    except CodeError:
        return  # it is refused for that
    if title.casefold() == own.casefold():
        return
    bearer = _titles().get(title.casefold())
    place, _, after = title.rpartition(", ")
    named = title.split(" -- ")[0] if " -- " in title else after if place else ""
    if (bearer and area_fips not in bearer) or _is_elsewhere(state, named.strip().casefold()):
        _refuse(f"{area_fips} ({own}) bears the title {title!r}", label)


def _few(values: Collection[object]) -> str:
    first, *others = sorted(map(str, values))
    return f"{first} and others" if others else first


def _refuse(what: str, label: str) -> None:
    raise DataFileError(f"{what}; {REMEDY}", file=label)


@cache
def _titles() -> dict[str, frozenset[str]]:
    """Which areas bear a title, in small letters."""
    found: dict[str, set[str]] = {}
    for code, (title, _) in codes.known_areas().items():
        found.setdefault(title.casefold(), set()).add(code)
    return {title: frozenset(bearers) for title, bearers in found.items()}


def _is_elsewhere(state: str | None, named: str) -> bool:
    """Tell whether a title names another state; those of the sample are its own."""
    if not named or state is None or state == codes.SAMPLE_STATE:
        return False
    return named not in (codes.state_name(state).casefold(), codes.state_postal(state).casefold())
