"""A state's first page: every region with its key figures, a map to click, and what failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import shapely
from markupsafe import Markup

from lmi import words
from lmi.assessment.basis import FOR_STAFF
from lmi.assessment.outlines import west
from lmi.missing import Missing
from lmi.report import boilerplate
from lmi.report.display import PageTable
from lmi.report.html import fill

if TYPE_CHECKING:
    import geopandas as gpd

    from lmi.config import StateConfig

__all__ = ["IndexRow", "StateMap", "index_page", "state_map"]

MAP_WIDTH = 720.0
SMALLEST_RING = 2.0  # square units of the drawing; smaller islands are left out


@dataclass(frozen=True)
class IndexRow:
    """One region on the state's page.

    Parameters
    ----------
    region : str
        Key of the region.
    href : str
        Relative address of its profile; empty where there is none.
    status : str
        "made", "unchanged", "failed", or "total" where it is of no region.
    reason : str, optional
        Why it failed, in one sentence.
    figures : mapping, optional
        `annual_avg_emplvl`, `annual_avg_estabs`, `avg_annual_pay`, `emplvl_pct_chg`; those that
        are missing are said to be.
    files : mapping of str to str, optional
        Addresses of what else there is of it, by what a reader calls that.
    top : sequence of str, optional
        Ranks and names of the candidates that lead the ranking.
    apart : mapping of str to sequence of str, optional
        Names of those that are set aside, by the reason.

    Examples
    --------
    >>> IndexRow("lane", "Lane", "lane/profile.html", "made").failed
    False
    """

    region: str
    name: str
    href: str
    status: str
    reason: str = ""
    figures: Mapping[str, Any] | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    top: Sequence[str] = ()
    apart: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def failed(self) -> bool:
        """Whether there is no profile of this region."""
        return self.status == "failed"

    def written(self, name: str) -> str:
        """Write one of the figures."""
        writers = {
            "avg_annual_pay": words.money,
            "emplvl_pct_chg": words.signed_pct,
        }
        return writers.get(name, words.whole)((self.figures or {}).get(name))


def index_page(
    state: StateConfig,
    rows: Sequence[IndexRow],
    *,
    totals: Sequence[IndexRow] = (),
    year: int | None = None,
    base_year: int | None = None,
    counties: gpd.GeoDataFrame | Missing | None = None,
    notes: Sequence[str] = (),
    side_by_side: Sequence[PageTable] = (),
    shared: Sequence[str] = (),
) -> str:
    """Write the page that links every region's profile, with nothing fetched from anywhere.

    Parameters
    ----------
    rows : sequence of IndexRow
        In the order to be shown; the numbers on the map are their places in it.
    totals : sequence of IndexRow, optional
        What stands below them: what lies in no region, and the state itself.
    year, base_year : int, optional
        Year of the levels, and year that growth is measured from.
    counties : GeoDataFrame, optional
        County boundaries; no map is drawn without them.
    notes : sequence of str, optional
        What a reader must know of the state's data.
    side_by_side : sequence of PageTable, optional
        Sectors by region.
    shared : sequence of str, optional
        Sectors that lead in regions that are neighbors, a sentence each.

    Examples
    --------
    >>> from lmi.config import load_state
    >>> page = index_page(load_state("oregon"), [IndexRow("lane", "Lane", "lane/a.html", "made")])
    >>> '<a href="lane/a.html">Lane</a>' in page
    True
    """
    drawn = counties is not None and not isinstance(counties, Missing)
    return fill(
        "index/index.html.j2",
        state=state,
        rows=rows,
        totals=totals,
        made=sum(not row.failed for row in rows),
        failed=[row for row in rows if row.failed],
        year=year,
        span=f"{base_year}–{year}" if base_year else "",
        map=state_map(state, rows, counties) if drawn else None,
        notes=notes,
        side_by_side=[Markup(table.html) for table in side_by_side],
        shared=shared,
        illustrative=boilerplate.ILLUSTRATIVE if state.illustrative else "",
        staff=FOR_STAFF if state.staff else "",
    )


class RegionOnMap(NamedTuple):
    """A region's outline as SVG path data, and where on it the region's number stands."""

    number: int
    row: Any
    outline: str
    x: str
    y: str


class StateMap(NamedTuple):
    """A state's counties as SVG path data, and its regions upon them."""

    width: str
    height: str
    ground: Sequence[str]
    regions: Sequence[RegionOnMap]


def state_map(
    state: StateConfig, rows: Sequence[Any], counties: gpd.GeoDataFrame
) -> StateMap | None:
    """Place the regions that have a row; None where no county's boundary is known.

    Parameters
    ----------
    rows : sequence
        Each with the key of its `region`; the numbers on the map are their places.
    """
    codes = {code[:2] for region in state.regions for code in region.counties}
    kept = counties[counties["area_fips"].str[:2].isin(codes)]
    shapes = dict(zip(kept["area_fips"], (west(shape) for shape in kept.geometry), strict=True))
    if not shapes:
        return None
    to_page, height = _projection(shapely.total_bounds(list(shapes.values())))
    numbers = {row.region: (number, row) for number, row in enumerate(rows, start=1)}
    regions = []
    for region in state.regions:
        own = [shapes[code] for code in region.counties if code in shapes]
        if not own or region.key not in numbers:
            continue
        whole = shapely.union_all(own)
        spot = shapely.get_coordinates(shapely.maximum_inscribed_circle(whole, tolerance=0.02))[0]
        x, y = to_page(spot[None])[0]
        outline = _path(whole, to_page)
        regions.append(RegionOnMap(*numbers[region.key], outline, f"{x:.0f}", f"{y + 8:.0f}"))
    ground = [_path(shape, to_page) for shape in shapes.values()]
    return StateMap(f"{MAP_WIDTH:.0f}", f"{height:.0f}", ground, regions)


def _projection(bounds: np.ndarray) -> tuple[Any, float]:
    """Give the function from degrees to the drawing, and the drawing's height."""
    left, bottom, right, top = bounds
    shrink = np.cos(np.deg2rad((bottom + top) / 2))
    scale = (MAP_WIDTH - 8) / ((right - left) * shrink)

    def to_page(points: np.ndarray) -> np.ndarray:
        x = 4 + (points[:, 0] - left) * shrink * scale
        y = 4 + (top - points[:, 1]) * scale
        return np.column_stack([x, y])

    return to_page, float((top - bottom) * scale + 8)


def _path(shape: Any, to_page: Any) -> str:
    """Write a shape as SVG path data, to a tenth of a unit."""
    written = []
    for polygon in shapely.get_parts(shape):
        for ring in (polygon.exterior, *polygon.interiors):
            points = to_page(shapely.get_coordinates(ring))
            if shapely.Polygon(points).area >= SMALLEST_RING:
                written.append("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points[:-1]) + "Z")
    return "".join(written)
