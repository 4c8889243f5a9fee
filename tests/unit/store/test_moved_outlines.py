"""Outlines that lie elsewhere than their places, told by other maps and by their own areas."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import Polygon, box

from lmi.store import Store
from tests.builders import refusal, take_in

COUNTIES = ["08001", "08003", "08005", "08007"]
# Wide by a degree, two, three and four, side by side within the state's outline.
SHAPES = [box(-108, 38, -107, 39), box(-107, 38, -105, 39), box(-105, 38, -102, 39),
          box(-109, 37, -105, 38)]  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def a_map(
    path: Path, shapes: list[object], geoids: list[str] = COUNTIES, **columns: object
) -> Path:
    frame = gpd.GeoDataFrame({"GEOID": geoids, **columns}, geometry=shapes, crs=4326)
    frame.to_file(path, driver="GPKG", engine="pyogrio")
    return path


def counties(tmp_path: Path, year: int, order: list[int], **columns: object) -> Path:
    return a_map(tmp_path / f"cb_{year}.gpkg", [SHAPES[n] for n in order], **columns)


@pytest.mark.parametrize(
    ("order", "words"),
    [
        ([1, 0, 2, 3], "'08001' (Adams County) lies where '08003' (Alamosa County) is in"),
        ([1, 2, 3, 0], "'08001' (Adams County) lies where '08003' (Alamosa County) is in"),
        ([0, 1, 3, 2], "'08005' (Arapahoe County) lies where '08007' (Archuleta County) is in"),
    ],
)
@pytest.mark.parametrize("year", [2021, 2023])
def test_outlines_that_moved_are_told_by_another_map(
    order: list[int], words: str, year: int, store: Store, tmp_path: Path
) -> None:
    right = counties(tmp_path, 2021, [0, 1, 2, 3])
    take_in(store, right)
    right.unlink()
    message = refusal(store, counties(tmp_path, year, order))
    assert f"the outline of {words} cb_2021.gpkg (source 1)" in message
    n = sum(at != n for n, at in enumerate(order)) - 1
    assert f", and {n} other{'s' * (n > 1)} elsewhere too; put each outline beside its" in message
    assert "take the store's map out with `lmi remove`" in message


def test_a_map_drawn_otherwise_is_taken_in(store: Store, tmp_path: Path) -> None:
    """Another scale, a border that was moved, a county that is new."""
    take_in(store, counties(tmp_path, 2021, [0, 1, 2, 3]))
    other = [shape.buffer(0.2, quad_segs=1) for shape in SHAPES[:3]] + [box(-104, 40, -103, 41)]
    geoids = ["08001", "08003", "08005", "08013"]
    take_in(store, a_map(tmp_path / "cb_2023.gpkg", other, geoids))


def test_a_county_outside_its_state_is_told_by_the_map_of_states(
    store: Store, tmp_path: Path
) -> None:
    take_in(store, a_map(tmp_path / "s_2021.gpkg", [box(-109, 37, -102, 41)], ["08"]))
    take_in(store, counties(tmp_path, 2021, [0, 1, 2, 3]))
    message = refusal(store, a_map(tmp_path / "c_2023.gpkg", [box(-101, 38, -100, 39)], ["08013"]))
    assert "the outline of '08013' (Boulder County) lies outside Colorado as the store's" in message


def test_a_county_with_its_waters_lies_within_its_state(store: Store, tmp_path: Path) -> None:
    """Of Keweenaw County nine percent are land, and its middle lies in Lake Superior."""
    take_in(store, a_map(tmp_path / "s_2021.gpkg", [box(-109, 37, -102, 41)], ["08"]))
    with_its_waters = box(-105, 40.7, -104, 43.7)  # a tenth of it within
    take_in(store, a_map(tmp_path / "c_2023.gpkg", [with_its_waters], ["08013"]))
    astray = refusal(
        store, a_map(tmp_path / "c_2022.gpkg", [box(-105, 40.98, -104, 44)], ["08013"])
    )
    assert "the outline of '08013' (Boulder County) lies outside Colorado" in astray


def test_a_town_that_is_drawn_coarsely_lies_where_it_is(store: Store, tmp_path: Path) -> None:
    """Of two triangles of one square neither has the other's middle."""
    corners = [(-105.0, 39.0), (-104.9, 39.0), (-105.0, 39.2), (-104.93, 39.2)]
    one, other = Polygon(corners[:3]), Polygon([*corners[:2], corners[3]])
    assert not one.contains(other.representative_point())
    assert not other.contains(one.representative_point())
    take_in(store, a_map(tmp_path / "cb_2021.gpkg", [one], ["08014"]))
    take_in(store, a_map(tmp_path / "cb_2023.gpkg", [other], ["08014"]))


def areas(*factors: float) -> dict[str, list[float]]:
    geod = gpd.GeoSeries(SHAPES, crs=4326).crs.get_geod()
    true = [abs(geod.geometry_area_perimeter(shape)[0]) for shape in SHAPES]
    return {
        "ALAND": [0.9 * area * f for area, f in zip(true, factors, strict=True)],
        "AWATER": [0.1 * area * f for area, f in zip(true, factors, strict=True)],
    }


def test_an_outline_far_larger_than_its_land_and_water_is_another_s(
    store: Store, tmp_path: Path
) -> None:
    right = areas(1, 1, 1, 1)
    take_in(store, counties(tmp_path, 2021, [0, 1, 2, 3], **right))
    message = refusal(Store(tmp_path / "other"), counties(tmp_path, 2022, [1, 0, 2, 3], **right))
    assert (
        "the outline of '08001' (Adams County) is 2.0 times as large as its land and water (ALAND, "
        "AWATER), so it is another place's; put each outline beside its own code again"
    ) in message


def test_an_outline_that_is_drawn_coarsely_is_but_remarked(store: Store, tmp_path: Path) -> None:
    [result] = take_in(store, counties(tmp_path, 2021, [0, 1, 2, 3], **areas(1, 1, 0.7, 1)))
    assert (
        "the outline of '08005' (Arapahoe County) is 1.4 times as large as its land and water "
        "(ALAND, AWATER): is the map drawn coarsely, or is it another place's?"
    ) in result.message


def test_areas_may_be_texts(store: Store, tmp_path: Path) -> None:
    texts = {name: [f"{n:.0f}" for n in column] for name, column in areas(1, 1, 1, 1).items()}
    [result] = take_in(store, counties(tmp_path, 2021, [0, 1, 2, 3], **texts))
    assert result.message == ""
    other = Store(tmp_path / "other")
    assert "2.0 times" in refusal(other, counties(tmp_path, 2022, [1, 0, 2, 3], **texts))


def test_areas_in_another_unit_are_not_held_against_a_map(store: Store, tmp_path: Path) -> None:
    take_in(store, counties(tmp_path, 2021, [0, 1, 2, 3], **areas(1e-6, 1e-6, 1e-6, 1e-6)))
