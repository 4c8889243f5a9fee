"""Which files a state needs: its counties, its neighbors' in regions that cross a line, the nation.

Files come in groups. The first of a group tells whether the agency has the period at all; where it
has not, what stands in for the group is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from lmi import codes
from lmi.analysis.base_year import SPANS, base_year_for
from lmi.config import StateConfig
from lmi.errors import FetchError
from lmi.fetch.registry import ANNUAL, Source, registry
from lmi.words import did_you_mean, listing

__all__ = ["ALWAYS", "FileGroup", "Wanted", "period_name", "plan", "sources_named", "years_named"]

YEARS = 5
QUARTERS = ("1", "2", "3", "4")
ALWAYS = "quarters"
"""Named beside the sources: the quarters of every year, not only of those that have no annual file.
"""


@dataclass(frozen=True)
class Wanted:
    """One file that a state needs.

    Parameters
    ----------
    source : str
        Its name in the registry.
    year : int
        Year of its figures; 0 where its address never changes.
    quarter : str
        ``a`` for the year, or its quarter.
    holds : tuple of (str, str)
        What columns of it say throughout, by its address.
    may_lack : str
        Why the agency may have no such file though it has the period; empty where it must.
    """

    source: str
    url: str
    year: int = 0
    quarter: str = ANNUAL
    may_lack: str = ""
    holds: tuple[tuple[str, str], ...] = ()

    @property
    def period(self) -> str:
        """Its period in words."""
        return period_name(self.year, self.quarter)


@dataclass(frozen=True)
class FileGroup:
    """Files of one period of one source, of which the first tells whether there are any.

    Parameters
    ----------
    instead : tuple of FileGroup
        What is asked for where there are none.
    """

    files: tuple[Wanted, ...]
    instead: tuple[FileGroup, ...] = ()


def period_name(year: int, quarter: str = ANNUAL) -> str:
    """Write a period.

    Examples
    --------
    >>> period_name(2023), period_name(2024, "2"), period_name(0)
    ('2023', '2024 Q2', 'newest')
    """
    if not year:
        return "newest"
    return str(year) if quarter == ANNUAL else f"{year} Q{quarter}"


def sources_named(what: str | None) -> tuple[str, ...]:
    """Return the sources that a list of names means; all of them without one.

    Raises
    ------
    FetchError
        A name is not known.
    """
    known = registry().sources
    if not what:
        return tuple(known)
    names = tuple(dict.fromkeys(name.strip() for name in what.split(",") if name.strip()))
    for name in names:
        if name not in known and name != ALWAYS:
            hint = did_you_mean(name, known) or f"; there are {listing((*known, ALWAYS))}"
            raise FetchError(f"There is no source {name!r}{hint}.")
    return names


def years_named(text: str | None) -> tuple[int, ...]:
    """Read years: one, several with commas, a range.

    Raises
    ------
    FetchError
        It is none of them, or a year before the files that there are.

    Examples
    --------
    >>> years_named("2016,2019-2021")
    (2016, 2019, 2020, 2021)
    """
    if not text:
        return ()
    found: set[int] = set()
    for part in text.split(","):
        first, dash, last = part.strip().partition("-")
        if not (first.isdigit() and (last.isdigit() or not dash)):
            raise FetchError(f"The years are {text!r}; write them as 2023, 2019,2023 or 2015-2024.")
        years = range(int(first), int(last or first) + 1)
        if not years or years[0] < 1990 or years[-1] > 2100:
            raise FetchError(
                f"The years are {part.strip()!r}; the earlier comes first, and none before 1990."
            )
        found |= set(years)
    return tuple(sorted(found))


def default_years(today: date) -> tuple[int, ...]:
    """Return five years up to the newest, those that growth reaches back to, and the one begun."""
    newest = registry().sources["qcew"].newest_year(today)
    spans = {newest - span for span in SPANS}
    base = base_year_for(newest, range(newest - max(SPANS), newest)) or newest
    return tuple(sorted({base, *range(newest - YEARS + 1, newest + 2)} | spans))


def plan(
    state: StateConfig, today: date, what: Iterable[str], years: Sequence[int] = ()
) -> list[FileGroup]:
    """Return what to fetch for a state.

    Parameters
    ----------
    what : iterable of str
        Names of sources.
    years : sequence of int
        Of the figures; `default_years` where none is given.

    Raises
    ------
    FetchError
        The state is fictional.
    """
    if state.illustrative:
        raise FetchError(
            f"{state.name} is fictional and its files come with the workbench, so there is nothing "
            "to fetch; name another state."
        )
    names = tuple(what)
    chosen = tuple(years) or default_years(today)
    groups: list[FileGroup] = []
    for name in names:
        source = registry().sources.get("qcew" if name == ALWAYS else name)
        if name == ALWAYS:
            groups += [g for y in chosen for g in _quarters(state, today, y)]
        elif name == "qcew":
            groups += [g for y in chosen for g in _slices(state, today, y)]
        elif source is not None and source.urls:
            groups += _others(state, name, source, today, chosen)
    return groups


def _slices(state: StateConfig, today: date, year: int) -> list[FileGroup]:
    """Return a year's slices, or the quarters that there are of it."""
    quarters = _quarters(state, today, year)
    if not registry().sources["qcew"].is_out(year, today):
        return quarters
    return [FileGroup(tuple(_areas(state, year, ANNUAL)), tuple(quarters))]


def _quarters(state: StateConfig, today: date, year: int) -> list[FileGroup]:
    source = registry().sources["qcew"]
    return [
        FileGroup(tuple(_areas(state, year, q))) for q in QUARTERS if source.is_out(year, today, q)
    ]


def _areas(state: StateConfig, year: int, quarter: str) -> Iterator[Wanted]:
    """Yield a period's slices: the state first, its counties, its neighbors', the nation."""
    source = registry().sources["qcew"]
    fips = state.state_fips
    neighbors = sorted({c for r in state.regions for c in r.counties if c[:2] != fips})
    own = list(codes.counties_of(fips, year))
    beyond = sorted({codes.statewide(c[:2]) for c in neighbors})
    unknown = [f"{fips}999"]
    counties = (*own, *(c for c in neighbors if codes.in_use(c, year)))
    for area in (codes.statewide(fips), *counties, *unknown, *beyond, codes.NATION):
        (url,) = source.urls_of(year, quarter, area=area)
        holds = (("area_fips", area), ("year", str(year)), ("qtr", quarter.upper()))
        yield Wanted("qcew", url, year, quarter, _may_lack(area, year), holds)


def _may_lack(area: str, year: int) -> str:
    """Say why there may be no slice of an area in a year."""
    if area.endswith("999"):
        return "nothing was counted outside its counties"
    near = (
        c for c in codes.county_changes() if c.years("qcew")[0] - 1 <= year <= c.years("qcew")[1]
    )
    changed = {county for change in near for county in change.before ^ change.after}
    return f"this county's code came or went around {year}" if area in changed else ""


def _others(
    state: StateConfig, name: str, source: Source, today: date, years: Sequence[int]
) -> list[FileGroup]:
    if source.years == "none":
        return [FileGroup(tuple(Wanted(name, url) for url in source.urls))]
    if source.years == "each":
        out = [y for y in years if source.is_out(y, today)]
        return [FileGroup(tuple(_files(state, name, source, y))) for y in out]
    chain: tuple[FileGroup, ...] = ()
    for year in reversed(_newest(state, source, today, years)):
        chain = (FileGroup(tuple(_files(state, name, source, year)), chain),)
    return list(chain)


def _files(state: StateConfig, name: str, source: Source, year: int) -> Iterator[Wanted]:
    places = [""]
    if source.scope == "state":
        beyond = {c[:2] for r in state.regions for c in r.counties} - {state.state_fips}
        places = [codes.state_postal(s).lower() for s in (state.state_fips, *sorted(beyond))]
    for st in places:
        for url in source.urls_of(year, st=st):
            yield Wanted(name, url, year)


def _newest(state: StateConfig, source: Source, today: date, years: Sequence[int]) -> list[int]:
    """Return the years in which the one file that is needed may be found, the best first.

    That is the last year of the figures, or the nearest before it; boundaries must have the same
    counties as the figures.
    """
    newest = source.newest_year(today)
    last = min(max(years), newest)
    back = range(source.look_back + 1)
    found = [last - n for n in back] + [newest - n for n in back]
    if source.scope == "nation" and source.format == "zip":
        counties = {c for r in state.regions for c in r.counties if codes.in_use(c, last)}
        same = [y for y in range(newest, newest - 12, -1) if _has(counties, y)]
        found = [y for y in found if y in same] or same
    return list(dict.fromkeys(found))


def _has(counties: Iterable[str], year: int) -> bool:
    return all(codes.in_use(c, year, "acs") for c in counties)
