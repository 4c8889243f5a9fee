"""Counties on a drawing: as large as they are, the far ones near, the tiny ones named."""

from __future__ import annotations

import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from lmi.config import Region
from lmi.report.state_map import FRAME, TINY, WIDTH, lay_out, path


def counties(**boxes) -> gpd.GeoDataFrame:
    rows = [(f"99{code[1:]}", shapely.box(*box)) for code, box in boxes.items()]
    return gpd.GeoDataFrame(rows, columns=["area_fips", "geometry"], geometry="geometry", crs=4326)


def regions(*codes: str) -> list[Region]:
    return [Region(state="sample", key="all", name="All", counties=codes)]


def test_areas_are_drawn_in_proportion():
    """A degree of longitude is shorter in the north: areas are kept, not degrees."""
    found = lay_out(counties(c001=(-100, 40, -98, 42), c003=(-100, 58, -98, 60),
                             c005=(-100, 42, -98, 58)), regions("99001"))  # fmt: skip
    south, north = (shapely.area(found.shapes[code]) for code in ("99001", "99003"))
    per_degree = [np.sin(np.deg2rad(top)) - np.sin(np.deg2rad(top - 2)) for top in (42, 60)]
    assert north / south == pytest.approx(per_degree[1] / per_degree[0], rel=0.01)
    left, top, right, bottom = shapely.total_bounds(list(found.shapes.values()))
    assert left >= 0 and right <= WIDTH and top >= 0 and bottom <= found.height


def test_an_island_far_away_stands_in_a_frame_and_its_county_stays_one():
    near = counties(c001=(-100, 40, -98, 42), c003=(-98, 40, -96, 42))
    island = shapely.box(-130, 41, -129.8, 41.2)
    near.loc[0, "geometry"] = shapely.multipolygons([near.geometry[0], island])
    found = lay_out(near, regions("99001"))
    (frame,) = found.frames
    main, moved = sorted(shapely.get_parts(found.shapes["99001"]), key=shapely.area, reverse=True)
    assert shapely.box(*frame).contains(moved) and frame[2] - frame[0] == FRAME[0]
    assert not shapely.box(*frame).intersects(main)
    assert shapely.bounds(main)[2] == pytest.approx(WIDTH / 2, abs=3), "the rest fills the map"


def test_a_chain_of_islands_that_would_make_all_else_small_stands_in_a_frame():
    """As the Aleutians do: each is near the next, together they are long and little land."""
    land = counties(c001=(-160, 55, -140, 65), c003=(-140, 55, -135, 65))
    chain = [shapely.box(x, 54, x + 0.8, 54.2) for x in range(-179, -162, 2)]
    both = land.copy()
    both.loc[0, "geometry"] = shapely.multipolygons([land.geometry[0], *chain])
    alone, found = (lay_out(shapes, regions("99001")) for shapes in (land, both))
    (frame,) = found.frames
    _, *moved = sorted(shapely.get_parts(found.shapes["99001"]), key=shapely.area, reverse=True)
    assert all(shapely.box(*frame).contains(island) for island in moved) and len(moved) == 9
    drawn = shapely.area(alone.shapes["99003"])
    assert shapely.area(found.shapes["99003"]) == pytest.approx(drawn, rel=0.1)


def test_beyond_the_date_line_is_no_farther_than_it_is():
    found = lay_out(
        counties(c001=(-179.9, 52, -170, 55), c003=(175, 52, 179.9, 55)), regions("99001")
    )
    assert found.frames == ()
    assert shapely.bounds(found.shapes["99003"])[0] < shapely.bounds(found.shapes["99001"])[0]


def test_what_is_too_small_to_see_is_told_apart_and_other_states_are_left_out():
    drawn = counties(
        c001=(-100, 40, -96, 44), c510=(-98.02, 42, -98, 42.02), c520=(-97, 42, -96.9, 42.1)
    )
    specks = [shapely.box(x, 44.1, x + 0.05, 44.15) for x in np.arange(-99, -97, 0.2)]
    drawn.loc[2, "geometry"] = shapely.multipolygons(specks)
    foreign = drawn.assign(area_fips=["98001", "98003", "98005"])
    found = lay_out(pd.concat([drawn, foreign], ignore_index=True), regions("99001"))
    assert found.tiny == ("99510", "99520"), "ten islands, none of which is seen"
    assert shapely.area(found.shapes["99520"]) > TINY
    assert set(found.shapes) == {"99001", "99510", "99520"}
    assert lay_out(foreign, regions("99001")) is None


def read_back(text: str) -> list[np.ndarray]:
    """The rings that SVG path data draws: a start, then steps."""
    rings = []
    for ring in re.findall(r"M(.*?)z", text):
        start, steps = ring.split("l")
        moves = np.array([float(n) for n in (start + " " + steps).split()]).reshape(-1, 2)
        rings.append(np.cumsum(moves, axis=0))
    return rings


@given(st.lists(st.tuples(st.floats(0, 400), st.floats(0, 460)), min_size=3, max_size=12))
def test_path_data_draws_the_shape_to_a_tenth(points):
    hull = shapely.convex_hull(shapely.multipoints(points))
    if hull.geom_type != "Polygon" or shapely.area(hull) < TINY:
        return
    (ring,) = read_back(path(hull))
    assert shapely.hausdorff_distance(shapely.Polygon(ring), hull) <= 0.11
    assert "e" not in path(hull)
