"""Counties that came, went, or moved their lines, and who used the new codes from when.

Connecticut's counties became planning regions (QCEW from 2024 Q1, the American Community Survey
from 2022), Alaska redraws its census areas, Virginia's cities join counties. The facts are in
``reference/county_changes.csv``. Where the agency does not say in which year QCEW took a change
up, the table gives the earliest and the latest it can have been; both codes then count as valid
in between, and a comparison that touches the gap counts as crossing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from lmi.codes.areas import check_state, parse_area
from lmi.codes.names import county_name, known_areas
from lmi.reference import read_reference

__all__ = [
    "CountyChange",
    "area_break_reasons",
    "counties_of",
    "counted_with",
    "county_changes",
    "in_use",
    "tied_codes",
]

Source = Literal["qcew", "acs"]
_LAST = 9999
_NOT_PUBLISHED = {"15005": "15009"}  # BLS counts Kalawao with Maui, the Census Bureau does not


@dataclass(frozen=True, slots=True)
class CountyChange:
    """One change of county codes or lines.

    Parameters
    ----------
    change : str
        Short name.
    kind : str
        ``renamed`` (the same ground under a new code), ``split``, ``merged`` or ``redrawn``
        (lines moved so that codes before and after do not match one to one).
    census_date : str
        Day on which the Census Bureau counts it, ISO.
    qcew_years, acs_years : (int, int)
        Earliest and latest year that can be the first with the new codes.
    before, after : frozenset of str
        County codes of the ground concerned, on either side.
    what : str
        The change in words.
    """

    change: str
    kind: str
    census_date: str
    qcew_years: tuple[int, int]
    acs_years: tuple[int, int]
    before: frozenset[str]
    after: frozenset[str]
    what: str

    def years(self, source: Source) -> tuple[int, int]:
        """Earliest and latest first year of the new codes in one source."""
        return self.qcew_years if source == "qcew" else self.acs_years


@cache
def county_changes() -> tuple[CountyChange, ...]:
    """List the changes of county codes and lines since 1990, newest first.

    Returns
    -------
    tuple of CountyChange
        Facts as the Census Bureau and BLS state them; see ``reference/README.md``.

    Examples
    --------
    >>> county_changes()[0].change, county_changes()[0].years("qcew")
    ('connecticut-2022', (2024, 2024))
    """
    found = []
    for change, kind, date, early, late, acs, before, after, what in read_reference(
        "county_changes"
    ):
        effective = int(date[:4])
        acs_years = (int(acs), int(acs)) if acs else (effective, effective + 1)
        found.append(
            CountyChange(
                change,
                kind,
                date,
                (int(early), int(late)),
                acs_years,
                frozenset(before.split()),
                frozenset(after.split()),
                what,
            )
        )
    return tuple(found)


@cache
def _years(area_fips: str, source: Source) -> tuple[int, int]:
    """First and last year in which a county code can be in use; (1, 0) for never."""
    note = known_areas().get(area_fips, ("", ""))[1]
    if note == "retired" or (note == "not published" and source == "qcew"):
        return 1, 0
    first, last = 0, _LAST
    for change in county_changes():
        early, late = change.years(source)
        if area_fips in change.after - change.before:
            first = max(first, early)
        if area_fips in change.before - change.after:
            last = min(last, late - 1)
    return first, last


def in_use(area_fips: str, year: int, source: Source = "qcew") -> bool:
    """Say whether a county code can occur in a year.

    Parameters
    ----------
    area_fips : str
        A county code.
    year : int
        A year of data.
    source : {"qcew", "acs"}
        Whose data.

    Returns
    -------
    bool
        False for codes given up before or taken up after, for codes given up before 1990, and, in
        QCEW, for Kalawao County, Hawaii, which BLS counts with Maui.

    Raises
    ------
    CodeError
        If the text follows no grammar of `area_fips`.

    Examples
    --------
    >>> in_use("09001", 2023), in_use("09001", 2024), in_use("09110", 2023, "acs")
    (True, False, True)
    """
    parse_area(area_fips)
    first, last = _years(area_fips, source)
    return first <= year <= last


@cache
def _counties() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code in known_areas():
        if code.isdigit() and code[2:] not in ("000", "999"):
            found.setdefault(code[:2], {})[code] = county_name(code)
    return found


def counties_of(
    state_fips: str, year: int | None = None, source: Source = "qcew"
) -> dict[str, str]:
    """List the counties of a state.

    Parameters
    ----------
    state_fips : str
        Two digits.
    year : int, optional
        A year of data; the newest codes if not given.
    source : {"qcew", "acs"}
        Whose data.

    Returns
    -------
    dict of str to str
        County code to name, ascending; empty for the sample, whose files name its counties. In a
        year in which a change may or may not have been taken up, old and new codes both appear.

    Raises
    ------
    CodeError
        If no state has that code.

    Examples
    --------
    >>> len(counties_of("08")), counties_of("08")["08014"]
    (64, 'Broomfield County')
    >>> len(counties_of("09", 2023)), len(counties_of("09", 2024))
    (8, 9)
    """
    when = _LAST if year is None else year
    return {**_counties_in(check_state(state_fips), when, source)}


@cache  # a table of all counties asks for each state and year several times
def _counties_in(state_fips: str, year: int, source: Source) -> dict[str, str]:
    return {
        code: name
        for code, name in _counties().get(state_fips, {}).items()
        if _years(code, source)[0] <= year <= _years(code, source)[1]
    }


def _touched(year0: int, year1: int, source: Source) -> list[CountyChange]:
    first, last = sorted((year0, year1))
    if first == last:
        return []
    return [
        change
        for change in county_changes()
        if first < change.years(source)[1] and last >= change.years(source)[0]
    ]


def area_break_reasons(
    areas: Iterable[str], year0: int, year1: int, source: Source = "qcew"
) -> list[str]:
    """Say in words which changes make a set of counties another place in another year.

    Parameters
    ----------
    areas : iterable of str
        County codes, such as those of a region. A region may list the codes of both sides of a
        change; each is found only in its own years.
    year0, year1 : int
        Two years of data, in either order.
    source : {"qcew", "acs"}
        Whose data.

    Returns
    -------
    list of str
        One sentence for each change that breaks the comparison, newest first; empty if the set
        covers the same ground under its codes in both years.

    Raises
    ------
    CodeError
        If a text follows no grammar of `area_fips`.

    Notes
    -----
    The rule is that of `lmi.naics.is_closed`: a change does no harm to a set that holds all codes
    of its ground, before and after, or none.

    Examples
    --------
    >>> for reason in area_break_reasons(["02063", "02066"], 2019, 2020):
    ...     print(reason)
    Valdez-Cordova Census Area, Alaska, was split into Chugach and Copper River Census Areas, and
    QCEW uses the new codes from 2020; list 02261 as well to compare the years.
    >>> area_break_reasons(["02063", "02066", "02261"], 2019, 2020)
    []
    """
    held = frozenset(parse_area(area).area_fips for area in areas)
    reasons = []
    for change in _touched(year0, year1, source):
        ground = change.before | change.after
        lacking = ground - held
        if lacking and lacking != ground:
            reasons.append(_reason(change, held, lacking, source))
    return reasons


def _reason(
    change: CountyChange, held: frozenset[str], lacking: frozenset[str], source: Source
) -> str:
    early, late = change.years(source)
    who = "QCEW" if source == "qcew" else "the American Community Survey"
    when = (
        f"{early}"
        if early == late
        else f"{early} or {late}"
        if late == early + 1
        else (f"a year between {early} and {late}")
    )
    old_only, new_only = change.before - change.after, change.after - change.before
    if old_only or new_only:
        sentence = f"{change.what}, and {who} uses the new codes from {when}; "
    else:
        sentence = f"{change.what}, and {who} follows from {when}; "
    if change.before <= held or change.after <= held:
        return f"{sentence}list {' '.join(sorted(lacking))} as well to compare the years."
    return f"{sentence}compare years on one side of it."


@cache
def counted_with() -> Mapping[str, str]:
    """Tell the county that each is counted with today of those that QCEW has no rows of.

    Other tables have rows of them: of Kalawao always, of cities that joined a county before.

    Examples
    --------
    >>> counted_with()["15005"], counted_with()["51515"]
    ('15009', '51019')
    """
    joined = {
        gone: whole
        for change in county_changes()
        if change.kind == "merged"
        for whole in change.after
        for gone in change.before - change.after
    }
    return {**joined, **_NOT_PUBLISHED}


def tied_codes(county: str, counties: Collection[str]) -> set[str]:
    """Return the codes among some that a change put in each other's place, of one and itself.

    Parameters
    ----------
    county : str
    counties : collection of str
        Codes of years before and after.

    Examples
    --------
    >>> sorted(tied_codes("02261", ["02063", "02066", "02261", "02020"]))
    ['02063', '02066', '02261']
    >>> tied_codes("08014", ["08001", "08013", "08014", "08059", "08123"])
    {'08014'}
    """
    tied = {county}
    for change in county_changes():
        concerned = change.before ^ change.after
        if county in concerned and concerned <= set(counties):
            tied |= concerned
    return tied
