"""The region in its state: county shapes drawn straight from their outlines.

Drawing the outlines as one path a layer takes a few milliseconds; it needs no projection library
because a state is small: degrees of longitude are shortened by the cosine of its latitude.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import PathPatch
from matplotlib.path import Path as Outline
from matplotlib.patheffects import withStroke
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from lmi import words
from lmi.assessment.outlines import west
from lmi.assessment.region import Assessment
from lmi.config import Region
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.labels import place_labels

__all__ = [
    "draw_shapes", "map_canvas", "outline", "place_name", "region_map_figure", "state_counties",
]  # fmt: skip


AROUND = 0.3
"""Of the region's longer side, so much of what lies around it is shown."""
GROUND = "#eef1f4"
INSET = 0.24
"""Of the map's width, so wide is the state in its corner."""


def state_counties(region: Region, counties: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the counties of the region's states.

    Returns
    -------
    GeoDataFrame
        Columns `area_fips`, `name`, `geometry`; longitudes west of the date line where a
        state crosses it.
    """
    states = {str(code)[:2] for code in region.counties}
    kept = counties[counties["area_fips"].str[:2].isin(states)]
    shapes = np.array([west(shape) for shape in kept.geometry], dtype=object)
    return gpd.GeoDataFrame(kept[["area_fips", "name"]].reset_index(drop=True), geometry=shapes)


def outline(shapes: Iterable[Any]) -> Outline:
    """Turn polygons into one matplotlib path; holes run the other way round.

    Examples
    --------
    >>> len(outline([shapely.box(0, 0, 1, 1)]).vertices)
    5
    """
    rings = []
    for polygon in shapely.get_parts(np.asarray(list(shapes), dtype=object)):
        turned = shapely.orient_polygons(polygon)
        rings += [turned.exterior, *turned.interiors]
    paths = [Outline(shapely.get_coordinates(ring), closed=True) for ring in rings]
    return Outline.make_compound_path(*paths)


def map_canvas(
    shapes: np.ndarray, *, title: str, footer: str, legend_rows: int = 0
) -> tuple[Canvas, Axes]:
    """Make a figure that holds shapes given in longitude and latitude, and nothing yet."""
    left, bottom, right, top = shapely.total_bounds(shapes)
    shrink = float(np.cos(np.deg2rad((bottom + top) / 2)))
    margins = style.Margins(left=0.05, right=0.05, top=0.36, bottom=0.3)
    inner = style.WIDTH - margins.left - margins.right
    height = min(inner * (top - bottom) / ((right - left) * shrink), 4.6)
    fig, ax = style.canvas(height, margins, title=title, footer=footer, legend_rows=legend_rows)
    ax.set_axis_off()
    ax.set_aspect(1 / shrink)
    pad = 0.012 * (right - left)
    ax.set_xlim(left - pad, right + pad)
    ax.set_ylim(bottom - pad, top + pad)
    return fig, ax


def region_map_figure(found: Assessment, counties: gpd.GeoDataFrame) -> Figure:
    """Draw the region's counties in their state.

    Parameters
    ----------
    counties : GeoDataFrame
        Of the region's states, as `state_counties` gives them.
    """
    shapes = counties.geometry.to_numpy()
    inside = counties["area_fips"].isin(found.region.counties).to_numpy()
    whole = shapely.union_all(shapes[inside])
    around = shapely.total_bounds(shapes)
    view = _view(shapely.bounds(whole), around) if inside.any() else around
    with style.drawing():
        title = f"The region within {found.state_name}"
        shown = np.array([shapely.box(*view)])
        fig, ax = map_canvas(shown, title=title, footer=style.map_footer(found))
        draw_shapes(ax, shapes[~inside], face=GROUND, edge="#aeb9c2", width=0.6)
        if inside.any():
            draw_shapes(ax, shapes[inside], face=style.SKY, edge="white", width=0.8)
            draw_shapes(ax, [whole], face="none", edge=style.BLUE, width=1.8)
            _county_names(ax, counties[inside], whole)
            free = shown[0]
            if not np.allclose(view, around):
                free = shapely.difference(free, _in_the_state(ax, shapes, whole))
            _neighbors(ax, counties[~inside], free)
    return Figure("map", fig, _alt(found, counties[inside]["name"]))


def _view(region: np.ndarray, state: np.ndarray) -> np.ndarray:
    """Give the region and its neighbors room: what is shown of the state."""
    middle = (region[:2] + region[2:]) / 2
    half = np.maximum((region[2:] - region[:2]) / 2 + AROUND * (region[2:] - region[:2]).max(), 0.0)
    corners = np.concatenate([middle - half, middle + half])
    return np.concatenate([np.maximum(corners[:2], state[:2]), np.minimum(corners[2:], state[2:])])


def _neighbors(ax: Axes, counties: gpd.GeoDataFrame, view: Any) -> None:
    """Name the counties around the region where their names fit into what is shown of them.

    Those of the region itself, some of which stand beside it, come first.
    """
    renderer = ax.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    ax.apply_aspect()
    taken = [text.get_window_extent(renderer) for text in ax.texts]
    for shape, name in zip(counties.geometry, counties["name"], strict=True):
        shown = max(
            shapely.get_parts(shapely.intersection(shape, view)), key=shapely.area, default=None
        )
        if shown is None or not shapely.area(shown):
            continue
        text, _, _, fits = _written(ax, shown, name, fontsize=8.5, color=style.MUTED)
        is_free = not any(text.get_window_extent(renderer).overlaps(other) for other in taken)
        text.set(visible=fits and is_free)


def _in_the_state(ax: Axes, shapes: np.ndarray, region: Any) -> Any:
    """Show in a corner where in the state the region lies; return what that corner covers."""
    ax.apply_aspect()
    left, bottom, right, top = shapely.total_bounds(shapes)
    view = np.array([*ax.get_xlim(), *ax.get_ylim()])[[0, 2, 1, 3]]
    size = INSET * (view[2] - view[0]) * np.array([1.0, (top - bottom) / (right - left)])
    corners = [
        np.concatenate([at, at + size])
        for at in (
            np.array([x, y])
            for y in (view[3] - size[1], view[1])
            for x in (view[0], view[2] - size[0])
        )
    ]
    box = min(corners, key=lambda c: shapely.area(shapely.intersection(shapely.box(*c), region)))
    inset = ax.inset_axes((*box[:2], *size), transform=ax.transData, zorder=6)
    inset.set(xticks=[], yticks=[], facecolor="white")
    pad = 0.06 * (right - left)
    inset.set(xlim=(left - pad, right + pad), ylim=(bottom - pad, top + pad))
    inset.spines[:].set(visible=True, color="#8e9aa4")
    draw_shapes(inset, [shapely.union_all(shapes)], face="#dfe5ea", edge="#aeb9c2", width=0.6)
    draw_shapes(inset, [region], face=style.BLUE, edge=style.BLUE, width=0.4)
    return shapely.box(*box)


def draw_shapes(
    ax: Axes, shapes: Iterable[Any], *, face: str, edge: str, width: float, hatch: str = ""
) -> None:
    """Draw polygons as one patch."""
    listed = list(shapes)
    if listed:
        ax.add_patch(
            PathPatch(
                outline(listed),
                facecolor=face,
                edgecolor=edge,
                linewidth=width,
                joinstyle="round",
                hatch=hatch or None,
            )
        )


def place_name(ax: Axes, shape: Any, name: str) -> None:
    """Write a county's name in the county, smaller and with a halo where it does not fit."""
    ax.apply_aspect()
    text, _, _, fits = _written(ax, shape, name, fontsize=7, zorder=4)
    if not fits:
        text.set(fontsize=5.5, path_effects=[withStroke(linewidth=1.6, foreground="white")])


def _county_names(ax: Axes, counties: gpd.GeoDataFrame, region: Any) -> None:
    """Write each county's name in the county where it fits, else beside the region."""
    ax.apply_aspect()
    to_points = ax.transData + Affine2D().scale(72 / ax.figure.dpi)
    taken = _cells(region)
    beside = []
    for shape, name in zip(counties.geometry, counties["name"], strict=True):
        text, spot, size, fits = _written(ax, shape, name, fontsize=9)
        if fits:
            taken.append(np.concatenate([spot - size / 2, spot + size / 2]))
        else:
            beside.append((text, spot, size))
    if beside:
        _names_beside(ax, to_points, beside, np.array(taken))


def _written(
    ax: Axes, shape: Any, name: str, **look: Any
) -> tuple[Text, np.ndarray, np.ndarray, bool]:
    """Write a county's name where it goes; return it, where that is, its size, and if it fits."""
    text = ax.text(0, 0, name, ha="center", va="center", **look)
    renderer = ax.figure.canvas.get_renderer()  # type: ignore[attr-defined]
    box = text.get_window_extent(renderer).transformed(ax.transData.inverted())
    size = np.array([box.width, box.height])
    spot, fits = _spot(shape, size)
    text.set(position=spot)
    return text, spot, size, fits


def _spot(shape: Any, size: np.ndarray) -> tuple[np.ndarray, bool]:
    """Where in a county its name goes, and whether it fits there."""
    circle = shapely.maximum_inscribed_circle(shape, tolerance=0.02)
    middle = shapely.get_coordinates(circle)[0]
    for spot in (middle, shapely.get_coordinates(shape.representative_point())[0]):
        half = size * [0.5, 0.42]
        if shape.contains(shapely.box(*(spot - half), *(spot + half))):
            return spot, True
    return middle, False


def _names_beside(
    ax: Axes, to_points: Transform, names: list[tuple[Text, np.ndarray, np.ndarray]],
    taken: np.ndarray,
) -> None:  # fmt: skip
    """Write names around the region, with lines to their counties."""
    spots = to_points.transform([spot for _, spot, _ in names])
    scale = np.diff(to_points.transform([[0, 0], [1, 1]]), axis=0)[0]
    sizes = np.array([size for _, _, size in names]) * scale
    bounds = to_points.transform(np.column_stack([ax.get_xlim(), ax.get_ylim()])).ravel()
    walls = to_points.transform(taken.reshape(-1, 2)).reshape(-1, 4)
    placed = place_labels(spots, np.full(len(spots), 1.0), sizes, tuple(bounds), walls)
    to_data = to_points.inverted().transform
    for index, (text, _, _) in enumerate(names):
        if not placed.free[index]:
            text.remove()
            continue
        corner = placed.corners[index]
        text.set(ha="left", va="bottom", position=to_data(corner))
        nearest = np.clip(spots[index], corner, corner + sizes[index])
        line = to_data(np.array([spots[index], nearest]))
        ax.plot(*line.T, color=style.INK, linewidth=0.6, marker="o", markersize=2, markevery=[0])


def _cells(region: Any, across: int = 16) -> list[np.ndarray]:
    """Cover the region with small boxes, so that labels keep off it."""
    left, bottom, right, top = region.bounds
    half = np.array([right - left, top - bottom]) / across / 2
    steps = 2 * np.arange(across) + 1
    x, y = np.meshgrid(left + half[0] * steps, bottom + half[1] * steps)
    middles = np.column_stack([x.ravel(), y.ravel()])
    covered = middles[shapely.contains_xy(region, middles)]
    return list(np.column_stack([covered - half, covered + half]))


def _alt(found: Assessment, names: Iterable[str]) -> str:
    listed = sorted(str(name) for name in names)
    return (
        f"Map of {found.state_name} with the {words.count(len(listed), 'county')} of "
        f"{found.name} highlighted: {words.listing(listed)}."
    )
