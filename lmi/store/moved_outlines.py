"""Whether the outlines of a map lie where their places are, as other maps of a store have them.

A map whose outlines slipped a row, or changed places, is sound in itself: each code has a name and
an outline within the states. It shows beside a map of another year, or of the states.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl

from lmi import codes
from lmi.store.catalogue import Catalogue
from lmi.store.staging import SOURCE_ID
from lmi.words import count

__all__ = ["moved_outlines"]

# Of all counties of the maps of 2021 and 2023 each lies within its state as drawn at 1:20,000,000,
# but for this many degrees.
ROOM = 0.1
# Of the smaller of two outlines of a place: 0.4 and more where one is drawn ten times as coarsely.
LEAST_SHARED = 0.3
# With its waters in the Great Lakes nine percent of Keweenaw County are land, and less as drawn.
LEAST_WITHIN = 0.03


def moved_outlines(
    chunks: Mapping[str, Sequence[Path]], root: Path, catalogue: Catalogue
) -> Iterator[str]:
    """Name the first outline of each map that lies elsewhere than its place.

    Parameters
    ----------
    chunks : mapping of str to sequence of pathlib.Path
        Staged files, by kind of place, state and year.
    """
    held: dict[tuple[str, str], dict[int, str]] = {}
    for name in catalogue.of_table("boundaries"):
        kind, state, year = name.split("/")
        file = catalogue.partitions[f"boundaries/{name}"].current
        held.setdefault((kind, state), {})[int(year)] = file
    told: list[str] = []
    for name, files in sorted(chunks.items()):
        kind, state, year = name.split("/")
        ours = pl.concat([pl.read_parquet(file) for file in files])
        years = held.get((kind, state), {})
        if years:
            near = min(years, key=lambda each: (abs(each - int(year)), each))
            told += _elsewhere(ours, _read(root, years[near]), near, catalogue)
        of_state = held.get(("state", state), {})
        if kind == "county" and of_state:
            told += _outside(ours, _read(root, of_state[max(of_state)]), state)
    for one in told[:1]:
        yield (
            f"{one}; put each outline beside its own code again, or take the store's map out with "
            "`lmi remove`"
        )


def _read(root: Path, file: str) -> pl.DataFrame:
    return pl.read_parquet(root / file)


def _shapes(rows: pl.DataFrame) -> Any:
    import shapely

    return shapely.from_wkb(rows["geometry"].to_list())


def _elsewhere(
    ours: pl.DataFrame, theirs: pl.DataFrame, year: int, catalogue: Catalogue
) -> Iterator[str]:
    """Say that places lie elsewhere than in another map: neither has a point of the other.

    Nor do they share much, for a town that is drawn coarsely may lie beside its own point.
    """
    import numpy as np
    import shapely

    both = ours.join(theirs, on="area_fips", suffix="_there")
    new, old = _shapes(both), shapely.from_wkb(both["geometry_there"].to_list())
    meet = shapely.contains(old, shapely.point_on_surface(new))
    meet |= shapely.contains(new, shapely.point_on_surface(old))
    smaller = np.minimum(shapely.area(new), shapely.area(old))
    meet[~meet] = _shared(new[~meet], old[~meet]) >= LEAST_SHARED * smaller[~meet]
    if meet.all():
        return
    at = int((~meet).argmax())
    code, name = both.row(at, named=True)["area_fips"], both["name"][at]
    inside = shapely.contains(_shapes(theirs), shapely.point_on_surface(new[at]))
    there = theirs.filter(pl.Series(inside))
    where = (
        f"where {there['area_fips'][0]!r} ({there['name'][0]}) is"
        if there.height
        else ("elsewhere than it is")
    )
    number = theirs[SOURCE_ID][0] if SOURCE_ID in theirs.columns else 0
    source = {s.source_id: s.name for s in catalogue.sources}.get(number, "the store")
    others = int((~meet).sum()) - 1
    more = f", and {count(others, 'other')} elsewhere too" if others else ""
    yield f"the outline of {code!r} ({name}) lies {where} in {source} (source {number}){more}"


def _shared(new: Any, old: Any) -> Any:
    """Return the areas of what pairs of outlines have in common, in square degrees."""
    import shapely

    return shapely.area(shapely.intersection(shapely.make_valid(new), shapely.make_valid(old)))


def _outside(ours: pl.DataFrame, state: pl.DataFrame, fips: str) -> Iterator[str]:
    """Say that counties lie outside their state."""
    import shapely

    shapes, [of_state] = _shapes(ours), _shapes(state)
    inside = shapely.point_on_surface(shapes)
    shapely.prepare(of_state)
    within = shapely.contains(of_state, inside)
    if not within.all():  # to draw the room about a state takes longer than all else
        within[~within] = shapely.contains(shapely.buffer(of_state, ROOM), inside[~within])
    at_sea = shapes[~within]
    within[~within] = _shared(at_sea, of_state) >= LEAST_WITHIN * shapely.area(at_sea)
    if within.all():
        return
    at = int((~within).argmax())
    others = int((~within).sum()) - 1
    more = f", and {count(others, 'other')} too" if others else ""
    yield (
        f"the outline of {ours['area_fips'][at]!r} ({ours['name'][at]}) lies outside "
        f"{codes.state_name(fips)} as the store's map has it{more}"
    )
