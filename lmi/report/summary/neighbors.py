"""Sectors that lead in regions that are neighbors: a partnership might span them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import shapely

from lmi import words
from lmi.report.summary.summary import Summary

__all__ = ["shared_leads"]

TOUCHING = 1.0
"""Units of the drawing that outlines of neighbors may lie apart, drawn coarsely as they are."""


def shared_leads(found: Summary) -> list[str]:
    """Say which sectors lead in regions that are neighbors; nobody knows without a map."""
    shapes = {key: shapely.buffer(shape, TOUCHING) for key, shape in found.outlines.items()}
    called = {region.key: region.name for region in found.state.regions}
    told = []
    for key, regions in found.leading.items():
        for group in _groups([r for r in regions if r in shapes], shapes):
            most = len(group) > len(called) / 2
            named = "most regions" if most else words.listing(called[one] for one in group)
            if len(group) > 1:
                told.append((most, len(group), f"{found.names[key]}: {named}."))
    return [text for *_, text in sorted(told, key=lambda one: (one[0], -one[1], one[2]))]


def _groups(regions: Sequence[str], shapes: Mapping[str, Any]) -> Iterator[list[str]]:
    """Yield the regions in groups that hang together by borders."""
    left = list(regions)
    while left:
        group = [left.pop(0)]
        for one in group:
            near = [key for key in left if shapely.intersects(shapes[one], shapes[key])]
            group += near
            left = [key for key in left if key not in near]
        yield [key for key in regions if key in group]
