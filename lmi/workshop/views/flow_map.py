"""A map of the largest flows over a footprint's border, for a wall and for a phone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from lmi.assessment.footprint_evidence import FlowsSeen, Partner
from lmi.assessment.outlines import CountyOnMap
from lmi.words.intervals import rough

__all__ = ["FlowMap", "flow_map"]

WIDTH, TALLEST, EDGE = 1000.0, 860.0, 60.0  # the edge has room for a name
ARROWS = 4  # each way
WIDEST, NARROWEST = 26.0, 5.0
BEND = 0.16
ALONG = (0.5, 0.36, 0.64, 0.22, 0.78)  # where on its curve a number may stand
LETTER, BOLD, LINE = 19.0, 23.0, 40.0  # of a name: a letter's width, a bold one's, a line's height
Point = tuple[float, float]
Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Arrow:
    """A flow.

    Parameters
    ----------
    line, head : str
        Path data of its line and of its tip.
    text : str
        How many it stands for; empty where there is no room to say it, as the table does.
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
    flows = sorted(
        ((comes, one)
         for comes, end in ((True, by.comes_in), (False, by.goes_out))
         for one in [p for p in end if p.county in shapes and p.mostly in shapes][:ARROWS]),
        key=lambda flow: -flow[1].amount.value,
    )  # fmt: skip
    ends = list(dict.fromkeys(one.county for _, one in flows))
    view = _View.of(
        [point for county in own for ring in shapes[county].rings for point in ring],
        [shapes[county].spot for county in ends],
    )
    taken: list[Box] = []
    most = max((one.amount.value for one in (*by.comes_in, *by.goes_out)), default=1.0)
    spots = {county: view.place(one.spot) for county, one in shapes.items()}
    arrows = tuple(_arrow(spots, comes, one, most, taken) for comes, one in flows)
    order = [*ends, *own, *sorted(set(shapes) - {*ends, *own})]
    told = "; ".join(
        f"{rough(one.amount.value)} {'come in from' if comes else 'go out to'} {one.name}"
        for comes, one in flows
    )
    grounds = sorted(
        ("".join(view.ring(ring) for ring in one.rings), county in own)
        for county, one in shapes.items()
    )
    names = tuple(_names(view, shapes, spots, order, own, taken))
    return FlowMap(f"{view.height:.0f}", tuple(grounds), arrows, names, told)


@dataclass(frozen=True)
class _View:
    """The part of the ground that is drawn: the footprint, and where its largest flows end."""

    left: float
    top: float
    shrink: float
    scale: float
    aside: float
    height: float

    @classmethod
    def of(cls, inside: Sequence[Point], spots: Sequence[Point]) -> _View:
        """Fit points into the drawing, the spots with room for a name around them."""
        points = [*inside, *spots]
        left, right = (end(x for x, _ in points) for end in (min, max))
        bottom, top = (end(y for _, y in points) for end in (min, max))
        shrink = cos(radians((bottom + top) / 2))
        wide, tall = (right - left) * shrink, top - bottom
        scale = min((WIDTH - 2 * EDGE) / wide, (TALLEST - 2 * EDGE) / tall)
        return cls(left, top, shrink, scale, (WIDTH - wide * scale) / 2, tall * scale + 2 * EDGE)

    def place(self, point: Point) -> Point:
        """Turn degrees into the drawing's own units."""
        x, y = point
        return (self.aside + (x - self.left) * self.shrink * self.scale,
                EDGE + (self.top - y) * self.scale)  # fmt: skip

    def ring(self, ring: Collection[Point]) -> str:
        """Write an outline as path data."""
        return "M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in map(self.place, ring)) + "Z"

    def holds(self, box: Box) -> bool:
        """Tell whether all of a box is drawn."""
        return box[0] >= 0 and box[1] >= 0 and box[2] <= WIDTH and box[3] <= self.height


def _arrow(
    spots: Mapping[str, Point], comes: bool, one: Partner, most: float, taken: list[Box]
) -> Arrow:
    """Draw a flow as a curve with a tip, the wider the more it stands for."""
    ends = spots[one.county], spots[one.mostly]
    (x0, y0), (x1, y1) = ends if comes else ends[::-1]
    dx, dy = x1 - x0, y1 - y0
    bent = (x0 + x1) / 2 - BEND * dy, (y0 + y1) / 2 + BEND * dx
    width = max(NARROWEST, WIDEST * one.amount.value / most)
    along = hypot(x1 - bent[0], y1 - bent[1]) or 1.0
    tip = min(14 + 1.3 * width, along)
    ux, uy = (x1 - bent[0]) / along, (y1 - bent[1]) / along
    bx, by = x1 - ux * tip, y1 - uy * tip
    half = 8 + 0.75 * width
    head = (f"M{x1:.0f} {y1:.0f}L{bx - uy * half:.0f} {by + ux * half:.0f}"
            f"L{bx + uy * half:.0f} {by - ux * half:.0f}Z")  # fmt: skip
    line = f"M{x0:.0f} {y0:.0f}Q{bent[0]:.0f} {bent[1]:.0f} {bx:.0f} {by:.0f}"
    text = rough(one.amount.value)

    def on_curve(t: float) -> Point:
        a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t**2
        return a * x0 + b * bent[0] + c * bx, a * y0 + b * bent[1] + c * by

    free = [t for t in ALONG if not _is_taken(_box(on_curve(t), text, BOLD), taken)]
    x, y = on_curve(free[0] if free else ALONG[0])
    if free:
        taken.append(_box((x, y), text, BOLD))
    else:
        text = ""
    return Arrow(comes, line, head, f"{width:.0f}", f"{x:.0f}", f"{y:.0f}", text)


def _names(
    view: _View,
    shapes: Mapping[str, CountyOnMap],
    spots: Mapping[str, Point],
    order: Sequence[str],
    own: Collection[str],
    taken: list[Box],
) -> Iterator[Name]:
    """Write names where there is room, the foremost first, and none in another's county."""
    drawn = {one for one in order if view.holds((*spots[one], *spots[one]))}
    for county in (one for one in order if one in drawn):
        text, (x, y) = shapes[county].name, spots[county]
        letter = BOLD if county in own else LETTER
        half = len(text) * letter / 2
        x = min(max(x, half), WIDTH - half)
        for down in (0.0, LINE, -LINE, 2 * LINE, -2 * LINE):
            box = _box((x, y + down), text, letter)
            if view.holds(box) and not _is_taken(box, taken):
                taken.append(box)
                yield Name(f"{x:.0f}", f"{y + down + LINE / 4:.0f}", text, county in own)
                break


def _box(spot: Point, text: str, letter: float) -> Box:
    half = len(text) * letter / 2
    return spot[0] - half, spot[1] - LINE / 2, spot[0] + half, spot[1] + LINE / 2


def _is_taken(box: Box, taken: Sequence[Box]) -> bool:
    return any(
        box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
        for other in taken
    )
