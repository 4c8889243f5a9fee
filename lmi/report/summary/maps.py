"""Maps of a state in inline SVG: regions to choose, who leads where, any measure in classes.

Outlines stand once on the page, in `outlines`; every map refers to them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from markupsafe import Markup

from lmi import codes, words
from lmi.report.display import Prose
from lmi.report.html import fill
from lmi.report.state_map import WIDTH, Label, StateMap, label_at, path
from lmi.report.summary.classes import QUOTIENTS, Classes, classes_of
from lmi.report.summary.summary import Summary, leads
from lmi.schema.measures import MEASURES
from lmi.words import Row, records
from lmi.words.claims import middle_of
from lmi.words.how_sure import is_measured

__all__ = ["choropleth", "leads_maps", "outlines", "regions_map"]

TOTAL = "total"
COUNTIES, REGIONS = "counties", "regions"
MOST_MAPS = 9
MOST_TINY = 6
"""So many areas that cannot be seen are named beside every map; of more, the table tells."""


class MapArea(NamedTuple):
    """An area of a map: which outline, in what look, and what is said of it.

    Attributes
    ----------
    across : bool
        Hatched: its interval reaches into another class.
    href : str
        Where a click leads.
    label : Label, optional
        Written in it.
    """

    key: str
    tone: str
    says: str
    across: bool = False
    href: str = ""
    label: Label | None = None


def outlines(found: Summary) -> Prose | None:
    """Write the outlines that the maps of the page are drawn from; they show nothing themselves."""
    drawn = found.map
    if drawn is None:
        return None
    paths = {_id(code, COUNTIES): path(shape) for code, shape in drawn.shapes.items()}
    paths |= {_id(key, REGIONS): path(shape) for key, shape in found.outlines.items()}
    return Prose(fill("summary/outlines.svg.j2", paths=paths), "")


def regions_map(found: Summary, hrefs: Mapping[str, str]) -> Markup:
    """Draw the regions with their numbers, each a link to its profile; empty without boundaries."""
    if found.map is None:
        return Markup("")
    areas = [
        MapArea(
            _id(key, REGIONS), "chosen" if hrefs.get(key) else "failed",
            f"{found.numbers[key]}. {found.state.region(key).name}", href=hrefs.get(key, ""),
            label=label_at(shape, str(found.numbers[key])),
        )
        for key, shape in found.outlines.items()
    ]  # fmt: skip
    about = f"Map of the regions of {found.state.name}; the numbers are those of the list"
    return _svg(found, areas, about, big=True)


def leads_maps(found: Summary) -> Prose | None:
    """Draw for each sector that leads somewhere in which regions it does, the most often first."""
    if found.map is None or not found.leading:
        return None
    ranks = {(row["region"], row["candidate"]): row for row in records(found.tables.ranking)}
    maps = []
    for key, regions in list(found.leading.items())[:MOST_MAPS]:
        areas = []
        for region, shape in found.outlines.items():
            row = ranks.get((region, key), {"rank": None})
            led = leads(row)
            tone = ("s5" if row["rank"] == 1 else "s3") if led else "n"
            rank = f"rank {words.whole(row['rank'])}" if words.is_known(row["rank"]) else "no rank"
            if region in found.unmeasured:
                tone, rank = "", "not measured"
            said = f"{found.state.region(region).name}: {rank}"
            label = label_at(shape, words.whole(row["rank"])) if led else None
            areas.append(MapArea(_id(region, REGIONS), tone, said, label=label))
        named = words.listing(found.state.region(one).name for one in regions)
        count = f"{len(regions)} of {found.of_regions}"
        about = f"{found.names[key]} is among the first three in {count}: {named}."
        maps.append((found.names[key], count, _svg(found, areas, about)))
    legend = [("s5", "first"), ("s3", "second or third"), ("n", "not among the first three")]
    unknown = any(region in found.unmeasured for region in found.outlines)
    html = fill("summary/maps.html.j2", maps=maps, legend=legend, across=False, blank=unknown)
    return Prose(html, "\n".join(f"{name}: first three in {count}" for name, count, _ in maps))


def choropleth(found: Summary, measure: str, of: str = TOTAL, by: str = COUNTIES) -> Prose | None:
    """Draw a measure in classes, one shade each, by county or by region.

    Parameters
    ----------
    measure : str
        A column that has a record in `lmi.schema.measures.MEASURES`.
    of : str, optional
        ``total``, or the key of a candidate.
    by : {"counties", "regions"}
        Of counties there are jobs, pay and their changes; of regions all measures of a candidate.

    Returns
    -------
    Prose or None
        None without boundaries, or where no area has the measure.
    """
    drawn = found.map
    rows = _rows(found, of, by)
    about = MEASURES[measure]
    values = [middle_of(row, measure) for row in rows.values() if is_measured(row, measure)]
    if drawn is None or not values:
        return None
    classes = QUOTIENTS if measure == "lq" else classes_of(values, about.write, about.line)
    names = found.county_names if by == COUNTIES else {r.key: r.name for r in found.state.regions}
    wholes = codes.counted_with() if by == COUNTIES else {}
    shapes = drawn if by == COUNTIES else StateMap(drawn.height, found.outlines)
    areas = [
        _classed(
            _id(key, by), rows.get(key, {}), measure, classes, names[key],
            _counted_with(names.get(wholes.get(key, ""), "")),
        )
        for key in shapes.shapes
    ]  # fmt: skip
    tiny = {_id(key, by) for key in shapes.tiny}
    of_whom = "all jobs" if of == TOTAL else found.names[of]
    when = found.span if about.number == "growth" else str(found.year)
    what = about.meaning.partition(",")[0].capitalize()
    title = f"{what}: {of_whom}, {when}"
    unknown = sum(not area.tone and not area.across for area in areas)
    html = fill(
        "summary/choropleth.html.j2",
        title=title, detail=f"by {by[:-3] + 'y' if by == COUNTIES else 'region'}",
        svg=_svg(found, areas, f"{title}, by {by}. The values are in the table of the same name."),
        legend=classes.legend, blank=bool(unknown), across=any(area.across for area in areas),
        tiny=[area for area in areas if area.key in tiny], most_tiny=MOST_TINY,
    )  # fmt: skip
    return Prose(html, f"Map: {title}. {'; '.join(classes.labels)}")


def _rows(found: Summary, of: str, by: str) -> dict[str, Row]:
    """The rows of a measure by area."""
    if by == COUNTIES:
        table = found.tables.counties
        return {str(row["area_fips"]): row for row in records(table[table["key"] == of])}
    table = found.tables.regions if of == TOTAL else found.tables.candidates
    own = table if of == TOTAL else table[table["candidate"] == of]
    return {str(row["region"]): row for row in records(own)}


def _counted_with(whole: str) -> str:
    """Say where a county without numbers of its own is counted, as Kalawao is with Maui."""
    return f"counted with {whole}" if whole else "not known"


def _classed(
    outline: str, row: Row, measure: str, classes: Classes, name: str, unknown: str
) -> MapArea:
    placed = classes.place(row, measure) if row else None
    if placed is None:
        return MapArea(outline, "", f"{name}: {unknown}")
    tone = "" if placed.number is None else classes.tones[placed.number]
    said = f"{name}: {MEASURES[measure].cell(row)}"
    return MapArea(outline, tone, said, across=not placed.is_sure)


def _svg(found: Summary, areas: Sequence[MapArea], about: str, big: bool = False) -> Markup:
    drawn = found.map
    assert drawn is not None
    html = fill(
        "summary/map.svg.j2", width=f"{WIDTH:g}", height=f"{drawn.height:.0f}", areas=areas,
        about=about, big=big, frames=drawn.frames,
        regions=[_id(key, REGIONS) for key in found.outlines],
        ground=[_id(code, COUNTIES) for code in drawn.shapes] if big else (),
    )  # fmt: skip
    return Markup(html)


def _id(key: str, kind: str) -> str:
    """Name an outline; a region may have the key that is a county's code."""
    return f"{kind}-{key}"
