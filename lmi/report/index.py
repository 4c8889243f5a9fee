"""A state's first page: every region with its key figures, a map to click, and what failed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jinja2
import numpy as np
import shapely
from markupsafe import Markup

from lmi import words
from lmi.missing import Missing
from lmi.report import texts

if TYPE_CHECKING:
    import geopandas as gpd

    from lmi.config import StateConfig

__all__ = ["IndexRow", "index_page"]

TEMPLATES = Path(__file__).resolve().parent / "templates"
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
        "made", "unchanged" or "failed".
    reason : str, optional
        Why it failed, in one sentence.
    figures : mapping, optional
        `annual_avg_emplvl`, `annual_avg_estabs`, `avg_annual_pay`, `emplvl_pct_chg`; those that
        are missing are said to be.
    top : sequence of str, optional
        Names of the candidates with the highest first score.

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
    top: Sequence[str] = ()

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
    year: int | None = None,
    base_year: int | None = None,
    counties: gpd.GeoDataFrame | Missing | None = None,
    notes: Sequence[str] = (),
) -> str:
    """Write the page that links every region's profile.

    Parameters
    ----------
    rows : sequence of IndexRow
        In the order to be shown; the numbers on the map are their places in it.
    year, base_year : int, optional
        Year of the levels, and year that growth is measured from.
    counties : GeoDataFrame, optional
        County boundaries; no map is drawn without them.
    notes : sequence of str, optional
        What a reader must know of the state's data.

    Returns
    -------
    str
        A whole HTML page, with nothing fetched from anywhere.

    Examples
    --------
    >>> from lmi.config import load_state
    >>> page = index_page(load_state("oregon"), [IndexRow("lane", "Lane", "lane/a.html", "made")])
    >>> '<a href="lane/a.html">Lane</a>' in page
    True
    """
    drawn = counties is not None and not isinstance(counties, Missing)
    template = _environment().get_template("index.html.j2")
    return template.render(
        state=state,
        rows=rows,
        made=sum(not row.failed for row in rows),
        failed=[row for row in rows if row.failed],
        year=year,
        span=f"{base_year}–{year}" if base_year else "",
        map=Markup(_map(state, rows, counties)) if drawn else "",
        notes=notes,
        words=words,
        illustrative=texts.ILLUSTRATIVE if state.illustrative else "",
    )


@cache
def _environment() -> jinja2.Environment:
    folders = [str(TEMPLATES / "index"), str(TEMPLATES / "profile")]
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(folders),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def _map(state: StateConfig, rows: Sequence[IndexRow], counties: gpd.GeoDataFrame) -> str:
    """Draw the regions as SVG; each leads to its profile."""
    from lmi.report.figures.region_map import west

    numbers = {row.region: (place, row) for place, row in enumerate(rows, start=1)}
    codes = {code[:2] for region in state.regions for code in region.counties}
    kept = counties[counties["area_fips"].str[:2].isin(codes)]
    shapes = dict(zip(kept["area_fips"], (west(shape) for shape in kept.geometry), strict=True))
    if not shapes:
        return ""
    to_page, height = _projection(shapely.total_bounds(list(shapes.values())))
    ground = "".join(f'<path class="ground" d="{_path(s, to_page)}"/>' for s in shapes.values())
    parts, labels = [], []
    for region in state.regions:
        own = [shapes[code] for code in region.counties if code in shapes]
        if not own or region.key not in numbers:
            continue
        place, row = numbers[region.key]
        whole = shapely.union_all(own)
        title = f"<title>{place}. {Markup.escape(row.name)}</title>"
        kind = "region failed" if row.failed else "region"
        drawn = f'<path class="{kind}" d="{_path(whole, to_page)}">{title}</path>'
        href = Markup.escape(row.href)
        parts.append(drawn if row.failed else f'<a href="{href}" tabindex="-1">{drawn}</a>')
        spot = shapely.get_coordinates(shapely.maximum_inscribed_circle(whole, tolerance=0.02))[0]
        x, y = to_page(spot[None])[0]
        labels.append(f'<text x="{x:.0f}" y="{y + 8:.0f}">{place}</text>')
    return (
        f'<svg viewBox="0 0 {MAP_WIDTH:.0f} {height:.0f}" role="img" '
        f'aria-label="Map of the regions of {Markup.escape(state.name)}; the numbers are those of '
        f'the table">{ground}{"".join(parts)}{"".join(labels)}</svg>'
    )


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
