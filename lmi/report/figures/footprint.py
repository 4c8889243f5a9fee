"""Maps of a footprint: who crosses its border, and where a sector's jobs lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import shapely
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.patheffects import withStroke

from lmi import words
from lmi.assessment.commuting_flows import RegionFlows
from lmi.assessment.footprint import LaborMarket
from lmi.assessment.footprint_study import FootprintStudy
from lmi.assessment.footprint_verdict import counted
from lmi.assessment.outlines import west
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.region_map import draw_shapes, map_canvas, place_name
from lmi.words.intervals import rough

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = ["LINES", "around", "flows_figure", "sector_figure"]

MOST_ARROWS = 8
BEND = 0.18
NUMBERED = 0.15  # of the widest arrow, from where on an arrow has its number
LINES = (0.5, 0.75, 1.25)
"""Quotients between the shades of the map of a sector."""
SHADES = ("#f3f5f7", "#dcebf5", "#a9d0ec", "#62aadb")
STEPS = ("under 0.5", "0.5–0.75", "0.75–1.25", "over 1.25")
NO_JOBS = "#ffffff"


def around(found: LaborMarket, shapes: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return the counties of a footprint and those near it, longitudes west of the date line."""
    wanted = {*found.region.counties, *found.near}
    kept = shapes[shapes["area_fips"].isin(wanted)].reset_index(drop=True)
    kept["geometry"] = [west(shape) for shape in kept.geometry]
    return kept


def flows_figure(study: FootprintStudy, shapes: gpd.GeoDataFrame) -> Figure:
    """Draw the largest flows over a footprint's border.

    Parameters
    ----------
    shapes : GeoDataFrame
        As `around` gives them.
    """
    found, by = study.market, study.market.judged_by
    assert by is not None, "there are no flows to draw"
    inside = shapes["area_fips"].isin(found.region.counties).to_numpy()
    spots = {
        str(code): np.array(shape.representative_point().coords[0])
        for code, shape in zip(shapes["area_fips"], shapes.geometry, strict=True)
    }
    arrows = _largest(by, set(spots))
    with style.drawing():
        fig, ax = map_canvas(
            shapes.geometry.to_numpy(), title="Who crosses the border to work",
            footer=_footer(study, f"U.S. Census Bureau, {counted(by)}"), legend_rows=1,
        )  # fmt: skip
        draw_shapes(ax, shapes.geometry[~inside], face="#eef1f4", edge="#c3ccd4", width=0.5)
        draw_shapes(ax, shapes.geometry[inside], face=style.PALE_BLUE, edge="white", width=0.8)
        whole = shapely.union_all(shapes.geometry[inside].to_numpy())
        draw_shapes(ax, [whole], face="none", edge=style.BLUE, width=1.8)
        largest = max((n for *_, n in arrows), default=1.0)
        both = {(home, work): n for home, work, _, n in arrows}
        for home, work, comes, n in arrows:
            _arrow(ax, spots[home], spots[work], n / largest, comes)
            # of two that run beside each other the larger has its number
            if n >= NUMBERED * largest and n >= both.get((work, home), 0.0):
                _number(ax, spots[home], spots[work], n, comes)
        for code, shape in zip(shapes["area_fips"], shapes.geometry, strict=True):
            place_name(ax, shape, found.name(str(code)))
        fig.legend(
            handles=[Line2D([], [], color=style.BLUE, linewidth=2.4, label="Come in to work"),
                     Line2D([], [], color=style.VERMILION, linewidth=2.4, label="Go out to work")],
            loc="upper left", ncols=2, handlelength=1.4,
            bbox_to_anchor=(0.0, 1 - 0.26 / float(fig.get_figheight())),
        )  # fmt: skip
    told = words.listing(
        f"{words.whole(n)} from {found.name(home)} to {found.name(work)}"
        for home, work, _, n in arrows
    )
    told = told or "none between the counties that it shows"
    return Figure("footprint_flows", fig, f"Map of the largest flows of workers: {told}.")


def _largest(by: RegionFlows, drawn: set[str]) -> list[tuple[str, str, bool, float]]:
    """Return home, work, whether it comes in, and how many, of the largest flows."""
    flows, own = by.by_county, set(by.own)
    found = []
    for at, work in enumerate(flows.counties):
        for to, home in enumerate(flows.counties):
            n = float(flows.flows[at, to])
            if n and (work in own) != (home in own) and {work, home} <= drawn:
                found.append((home, work, work in own, n))
    return sorted(found, key=lambda each: (-each[3], each))[:MOST_ARROWS]


def _arrow(ax: Axes, start: np.ndarray, end: np.ndarray, size: float, comes: bool) -> None:
    """Draw an arrow, the wider the more it stands for."""
    width = 0.6 + 3.4 * size
    ax.add_patch(
        FancyArrowPatch(
            tuple(start),
            tuple(end),
            connectionstyle=f"arc3,rad={BEND}",
            arrowstyle=f"-|>,head_length={2 + width},head_width={1 + 0.7 * width}",
            linewidth=width,
            color=style.BLUE if comes else style.VERMILION,
            alpha=0.85,
            shrinkA=0,
            shrinkB=2,
            zorder=3,
        )
    )


def _number(ax: Axes, start: np.ndarray, end: np.ndarray, n: float, comes: bool) -> None:
    """Write a flow's number on the middle of its arrow."""
    along = ax.transData.transform(np.array([start, end]))
    across = np.array([1, -1]) * (along[1] - along[0])[::-1]
    x, y = ax.transData.inverted().transform(along.mean(axis=0) + across * BEND / 2)
    ax.text(
        x, y, rough(n), color=style.BLUE if comes else style.VERMILION, fontsize=6.5,
        fontweight="bold", ha="center", va="center", zorder=5,
        path_effects=[withStroke(linewidth=2, foreground="white")],
    )  # fmt: skip


def sector_figure(study: FootprintStudy, shapes: gpd.GeoDataFrame) -> Figure:
    """Draw how concentrated a sector is in each county of a footprint and near it.

    Parameters
    ----------
    shapes : GeoDataFrame
        As `around` gives them.
    """
    found, candidate = study.market, study.candidate
    assert candidate is not None, "no sector was asked for"
    rows = study.sector_by_county.set_index("area_fips")
    inside = shapes["area_fips"].isin(found.region.counties).to_numpy()
    looks = [_look(rows, str(code)) for code in shapes["area_fips"]]
    with style.drawing():
        fig, ax = map_canvas(
            shapes.geometry.to_numpy(),
            title=f"{candidate.name}: times the nation's share",
            footer=_footer(study, f"BLS\N{NO-BREAK SPACE}QCEW {study.live.years.year}"),
            legend_rows=2,
        )  # fmt: skip
        for face, hatch in dict.fromkeys(looks):
            chosen = [s for s, look in zip(shapes.geometry, looks, strict=True)
                      if look == (face, hatch)]  # fmt: skip
            draw_shapes(ax, chosen, face=face, edge="#c3ccd4", width=0.5, hatch=hatch)
        whole = shapely.union_all(shapes.geometry[inside].to_numpy())
        draw_shapes(ax, [whole], face="none", edge=style.INK, width=1.8)
        for code, shape in zip(shapes["area_fips"], shapes.geometry, strict=True):
            place_name(ax, shape, found.name(str(code)))
        handles = [Patch(facecolor=f, edgecolor="#c3ccd4", label=s)
                   for f, s in zip(SHADES, STEPS, strict=True)]  # fmt: skip
        handles.append(Patch(facecolor=NO_JOBS, edgecolor=style.GREY, hatch="////",
                             label="not sure which"))  # fmt: skip
        fig.legend(handles=handles, loc="upper left", ncols=3, handlelength=1.2, columnspacing=1,
                   bbox_to_anchor=(0.0, 1 - 0.26 / float(fig.get_figheight())))  # fmt: skip
    high = [
        found.name(str(code))
        for code, look in zip(shapes["area_fips"], looks, strict=True)
        if look == (SHADES[-1], "")
    ]
    told = words.listing(high) if high else "no county"
    alt = f"Map of counties: {candidate.name} has over 1.25 times the nation's share in {told}."
    return Figure("footprint_sector", fig, alt)


def _look(rows: pd.DataFrame, code: str) -> tuple[str, str]:
    """Shade a county by its quotient; hatched where the interval lies on both sides of a line."""
    if code not in rows.index or not words.is_known(rows.loc[code, "lq_lo"]):
        return NO_JOBS, "////"
    ends = rows.loc[code, ["lq_lo", "lq_hi"]].to_numpy(dtype=float)
    low, high = np.searchsorted(LINES, ends).tolist()
    return (SHADES[low], "") if low == high else (NO_JOBS, "////")


def _footer(study: FootprintStudy, source: str) -> str:
    mark = style.STAFF if study.opened.state.staff else ""
    if study.opened.state.illustrative:
        return f"{mark}ILLUSTRATIVE DATA, NOT A REAL PLACE  ·  {study.region.name}"
    return f"{mark}{study.region.name}  ·  Source: {source}"
