"""A map of the largest flows over a footprint's border, for a wall and for a phone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from math import cos, hypot, radians

from lmi.assessment.footprint_evidence import FlowsSeen, Partner
from lmi.assessment.outlines import CountyOnMap
from lmi.words.intervals import rough

__all__ = ["FlowMap", "flow_map"]

WIDTH, TALLEST, EDGE = 1000.0, 900.0, 12.0
ARROWS = 4  # each way
WIDEST, NARROWEST = 26.0, 5.0
BEND = 0.16
LETTER, LINE = 17.0, 40.0  # of a name: a letter's width, a line's height
Point = tuple[float, float]


@dataclass(frozen=True)
class Arrow:
    """A flow.

    Parameters
    ----------
    line, head : str
        Path data of its line and of its tip.
    """

    comes: bool
    line: str
    head: str
    width: str
    x: str
    y: str
    text: str


@dataclass(frozen=True)
class Name:
    """A county's name at its place."""

    x: str
    y: str
    text: str
    own: bool


@dataclass(frozen=True)
class FlowMap:
    """A map in SVG path data.

    Parameters
    ----------
    grounds : tuple of (str, bool)
        Outlines, and whether they are the footprint's own.
    said : str
        The same in words.
    """

    height: str
    grounds: tuple[tuple[str, bool], ...]
    arrows: tuple[Arrow, ...]
    names: tuple[Name, ...]
    said: str


def flow_map(
    shapes: Mapping[str, CountyOnMap], own: Collection[str], by: FlowsSeen
) -> FlowMap | None:
    """Draw the largest flows; None where the footprint has no map."""
    if not shapes or not set(own) <= set(shapes):
        return None
    place, height = _projection(shapes)
    grounds = sorted(
        ("".join(_ring(place, ring) for ring in one.rings), county in own)
        for county, one in shapes.items()
    )
    flows = [
        (comes, one)
        for comes, end in ((True, by.comes_in), (False, by.goes_out))
        for one in [p for p in end if p.county in shapes and p.mostly in shapes][:ARROWS]
    ]
    most = max((one.amount.value for _, one in flows), default=1.0)
    spots = {county: place(one.spot) for county, one in shapes.items()}
    ordered = sorted(flows, key=lambda flow: -flow[1].amount.value)
    arrows = tuple(_arrow(spots, comes, one, most) for comes, one in ordered)
    taken = [_box((float(a.x), float(a.y)), a.text) for a in arrows]
    first = [*dict.fromkeys(one.county for _, one in ordered), *own]
    names = tuple(_names(shapes, spots, [*first, *sorted(set(shapes) - set(first))], own, taken))
    told = "; ".join(
        f"{rough(one.amount.value)} {'come in from' if comes else 'go out to'} {one.name}"
        for comes, one in ordered
    )
    return FlowMap(f"{height:.0f}", tuple(grounds), arrows, names, told)


def _projection(shapes: Mapping[str, CountyOnMap]):  # type: ignore[no-untyped-def]
    """Give the function from degrees to the drawing, and the drawing's height."""
    points = [point for one in shapes.values() for ring in one.rings for point in ring]
    left, right = (end(x for x, _ in points) for end in (min, max))
    bottom, top = (end(y for _, y in points) for end in (min, max))
    shrink = cos(radians((bottom + top) / 2))
    wide, tall = (right - left) * shrink, top - bottom
    scale = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / tall)
    aside = (WIDTH - wide * scale) / 2

    def place(point: Point) -> Point:
        x, y = point
        return aside + (x - left) * shrink * scale, EDGE + (top - y) * scale

    return place, tall * scale + 2 * EDGE


def _ring(place, ring: Collection[Point]) -> str:  # type: ignore[no-untyped-def]
    return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in map(place, ring)) + "Z"


def _arrow(spots: Mapping[str, Point], comes: bool, one: Partner, most: float) -> Arrow:
    """Draw a flow as a curve with a tip, the wider the more it stands for."""
    ends = spots[one.county], spots[one.mostly]
    (x0, y0), (x1, y1) = ends if comes else ends[::-1]
    dx, dy = x1 - x0, y1 - y0
    bent = (x0 + x1) / 2 - BEND * dy, (y0 + y1) / 2 + BEND * dx
    width = max(NARROWEST, WIDEST * one.amount.value / most)
    tip = 14 + 1.3 * width
    along = hypot(x1 - bent[0], y1 - bent[1]) or 1.0
    ux, uy = (x1 - bent[0]) / along, (y1 - bent[1]) / along
    bx, by = x1 - ux * tip, y1 - uy * tip
    half = 8 + 0.75 * width
    head = (f"M{x1:.0f} {y1:.0f}L{bx - uy * half:.0f} {by + ux * half:.0f}"
            f"L{bx + uy * half:.0f} {by - ux * half:.0f}Z")  # fmt: skip
    line = f"M{x0:.0f} {y0:.0f}Q{bent[0]:.0f} {bent[1]:.0f} {bx:.0f} {by:.0f}"
    # the middle of the curve lies half way between the middle of its ends and where it is bent
    x, y = ((x0 + x1) / 2 + bent[0]) / 2, ((y0 + y1) / 2 + bent[1]) / 2
    return Arrow(comes, line, head, f"{width:.0f}", f"{x:.0f}", f"{y:.0f}", rough(one.amount.value))


def _box(spot: Point, text: str) -> tuple[float, float, float, float]:
    half = len(text) * LETTER / 2
    return spot[0] - half, spot[1] - LINE / 2, spot[0] + half, spot[1] + LINE / 2


def _names(
    shapes: Mapping[str, CountyOnMap],
    spots: Mapping[str, Point],
    order: Collection[str],
    own: Collection[str],
    taken: list[tuple[float, float, float, float]],
) -> Iterator[Name]:
    """Write names where there is room, the foremost first."""
    for county in order:
        text, (x, y) = shapes[county].name, spots[county]
        x = min(max(x, len(text) * LETTER / 2), WIDTH - len(text) * LETTER / 2)
        for down in (0.0, LINE, -LINE):
            box = _box((x, y + down), text)
            if not any(_overlap(box, other) for other in taken):
                taken.append(box)
                yield Name(f"{x:.0f}", f"{y + down + LINE / 4:.0f}", text, county in own)
                break


def _overlap(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
