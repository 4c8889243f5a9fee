"""From what a state's file says of its regions to their counties, checked."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from lmi import codes
from lmi.config.document import Document
from lmi.config.gazetteer import Gazetteer
from lmi.config.raw_models import RegionFile, StateFile
from lmi.words import did_you_mean, listing

__all__ = ["check_partition", "footprints"]


def footprints(
    document: Document, regions: Mapping[str, RegionFile], gazetteer: Gazetteer
) -> dict[str, tuple[str, ...]]:
    """Return the counties of every region, in ascending order.

    A region's counties are those it lists, plus those of the regions it includes, minus those it
    excludes.

    Raises
    ------
    ConfigError
        A county is unknown or stands twice, an included region is unknown or includes itself, an
        excluded county is not in the region, or nothing is left.
    """
    for key, region in regions.items():
        _check_codes(document, key, "counties", region.counties, gazetteer, region.counties)
        # A code of another year may well come with an included region and be excluded here.
        _check_codes(document, key, "exclude", region.exclude, gazetteer, codes.known_areas())
        _check_includes(document, key, region, regions)
    return {key: _counties(document, key, regions, gazetteer) for key in regions}


def _check_codes(
    document: Document,
    region: str,
    key: str,
    counties: tuple[str, ...],
    gazetteer: Gazetteer,
    beside: Collection[str],
) -> None:
    seen: dict[str, int] = {}
    for i, county in enumerate(counties):
        path = ("regions", region, key, i)
        if wrong := gazetteer.problem(county, beside):
            raise document.error(f"{wrong}.", *path)
        if county in seen:
            line = document.location("regions", region, key, seen[county]).line
            raise document.error(
                f"the county {gazetteer.title(county)} stands twice, first in line {line}; keep "
                "one of them.",
                *path,
            )
        seen[county] = i


def _check_includes(
    document: Document, key: str, region: RegionFile, regions: Mapping[str, RegionFile]
) -> None:
    if not region.counties and not region.include:
        raise document.error(
            'the region has no counties; list their codes, such as counties: ["08075"], or '
            "include other regions.",
            "regions",
            key,
        )
    for i, name in enumerate(region.include):
        if name in region.include[:i]:
            raise document.error(
                f"{name!r} stands twice; keep one of them.", "regions", key, "include", i
            )
        if name not in regions:
            hint = did_you_mean(name, regions) or f"; the regions are {listing(regions)}"
            raise document.error(
                f"{name!r} is not a region of this file{hint}.", "regions", key, "include", i
            )


def _counties(
    document: Document,
    key: str,
    regions: Mapping[str, RegionFile],
    gazetteer: Gazetteer,
    trail: tuple[str, ...] = (),
) -> tuple[str, ...]:
    if key in trail:
        chain = " includes ".join((*trail[trail.index(key) :], key))
        raise document.error(
            f"{chain}, so its counties cannot be told; take one 'include' out.",
            "regions",
            key,
            "include",
        )
    region = regions[key]
    included = {
        county: name
        for name in region.include
        for county in _counties(document, name, regions, gazetteer, (*trail, key))
    }
    for i, county in enumerate(region.counties):
        if county in included:
            raise document.error(
                f"the county {gazetteer.title(county)} comes with {included[county]!r} already; "
                "leave it out here.",
                *("regions", key, "counties", i),
            )
    found = {*region.counties, *included}
    for i, county in enumerate(region.exclude):
        if county not in found:
            raise document.error(
                f"the county {gazetteer.title(county)} is not in the region, so it cannot be "
                "excluded; leave it out here.",
                *("regions", key, "exclude", i),
            )
    if not found - set(region.exclude):
        raise document.error("no county is left; exclude fewer.", "regions", key, "exclude")
    return tuple(sorted(found - set(region.exclude)))


def check_partition(
    document: Document, state: StateFile, counties: Mapping[str, tuple[str, ...]], of: Gazetteer
) -> None:
    """Check that every county of the state is in exactly one region.

    Regions that include others, and counties of other states, are beside the partition.

    Raises
    ------
    ConfigError
        A county is in two regions or in none.
    """
    owner: dict[str, str] = {}
    for key, region in state.regions.items():
        if region.include:
            continue
        for county in counties[key]:
            if county[:2] != state.state_fips:
                continue
            if county in owner:
                raise _twice(document, state, county, (owner[county], key), of)
            owner[county] = key
    missing = [county for county in of.now(state.state_fips) if county not in owner]
    if missing:
        these = "county is" if len(missing) == 1 else "counties are"
        raise document.error(
            f"{len(missing)} {these} in no region: {listing(map(of.title, sorted(missing)))}; add "
            "each to a region, or write partition: false.",
            "partition",
        )


def _twice(
    document: Document, state: StateFile, county: str, keys: tuple[str, str], of: Gazetteer
) -> Exception:
    first, second = (
        ("regions", key, "counties", state.regions[key].counties.index(county)) for key in keys
    )
    line = document.location(*first).line
    return document.error(
        f"the county {of.title(county)} is in {keys[0]} (line {line}) and in {keys[1]}, but in a "
        "partition each county is in one region; take it out of one, or write partition: false.",
        *second,
    )
