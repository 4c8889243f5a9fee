"""Outlines of counties and states, from each kind of file that has them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import box

from lmi.errors import DataFileError
from lmi.sources.archive import members
from lmi.sources.boundaries import kind_of, read_boundaries, year_of
from lmi.sources.recognise import recognise
from tests.builders import feature_collection, write, write_zip

COUNTIES = ["08003", "08001"]


def read(path: Path) -> gpd.GeoDataFrame:
    return read_boundaries(next(member for member in members(path) if recognise(member)))[0]


def refusal(path: Path) -> str:
    with pytest.raises(DataFileError) as caught:
        read(path)
    message = str(caught.value)
    assert message.startswith(str(path))
    assert "\n" not in message
    return message


def frame(geoids: list[str] = COUNTIES, crs: int | None = 4326) -> gpd.GeoDataFrame:
    names = {"GEOID": geoids, "NAME": [f"Place {g}" for g in geoids]}
    shapes = [box(-105 + i, 39, -104 + i, 40) for i in range(len(geoids))]
    return gpd.GeoDataFrame(names, geometry=shapes, crs=crs)


def geojson(path: Path) -> Path:
    return write(path, feature_collection(COUNTIES))


def zipped_geojson(path: Path) -> Path:
    return write_zip(path, {"a folder/x.dat": feature_collection(COUNTIES), "x.prj": "GEOGCS[]"})


def zipped_shapefile(path: Path, *, without: str = "", crs: int = 4269) -> Path:
    folder = path.parent / "shape"
    folder.mkdir(exist_ok=True)
    frame().to_crs(crs).to_file(folder / "cb_2023.shp")
    files = (p for p in folder.iterdir() if p.suffix != without)
    return write_zip(path, {p.name: p.read_bytes() for p in files})


def geopackage(path: Path) -> Path:
    made = path.parent / "made.gpkg"
    frame().to_file(made)
    return made.rename(path)


def gzipped(path: Path) -> Path:
    return write(path, gzip.compress(feature_collection(COUNTIES).encode()))


@pytest.mark.parametrize("make", [geojson, zipped_geojson, zipped_shapefile, geopackage, gzipped])
@pytest.mark.parametrize("name", ["map 2023.zip", "[é] map.csv"])
def test_every_kind_of_file_gives_the_same_map_whatever_its_name(
    make, name: str, tmp_path: Path
) -> None:
    found = read(make(tmp_path / name))
    assert found["area_fips"].tolist() == ["08001", "08003"]
    assert found["name"].tolist() == ["Place 08001", "Place 08003"]
    assert found.crs == 4326
    expected = frame().sort_values("GEOID", ignore_index=True)
    # Where a ring begins and which way it runs is the format's; a tenth of a metre is rounding.
    assert found.normalize().geom_equals_exact(expected.normalize(), 1e-6).all()


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        ({"GEO_ID": "0500000US08001"}, {"NAME": "Cañon"}),
        ({"geoid": "08001"}, {"name": "Cañon"}),
        ({"GEOID10": "08001"}, {"NAMELSAD10": "Cañon"}),
        ({"GEOID": 8001}, {"NAME": "Cañon"}),
        ({"GEOIDFQ": "0500000US08001"}, {"NAME": "Cañon", "LSAD": "06"}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_codes_and_names_go_by_other_names_and_in_other_letters(
    codes: dict, names: dict, encoding: str, tmp_path: Path
) -> None:
    text = json.loads(feature_collection(["08001"], properties=codes | names))
    path = write(tmp_path / "a.json", json.dumps(text, ensure_ascii=False).encode(encoding))
    found = read(path)
    assert found[["area_fips", "name"]].values.tolist() == [["08001", "Cañon"]]


def test_a_shapefile_in_the_letters_of_the_west_is_read(tmp_path: Path) -> None:
    made = frame(["08001"]).assign(NAME="Cañon")
    made.to_file(tmp_path / "a.shp", encoding="ISO-8859-1")
    (tmp_path / "a.cpg").unlink()
    assert read(tmp_path / "a.shp")["name"].tolist() == ["Cañon"]


def test_territories_without_data_are_left_out_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", feature_collection(["08", "60", "66", "69", "72"]))
    found, left_out = read_boundaries(members(path)[0])
    assert found["area_fips"].tolist() == ["08", "72"]
    assert left_out == ["Place 60", "Place 66", "Place 69"]


def test_a_projected_map_comes_in_longitude_and_latitude(tmp_path: Path) -> None:
    found = read(zipped_shapefile(tmp_path / "a.zip", crs=5070))
    west, south, east, north = found.total_bounds
    assert (round(west), round(south), round(east), round(north)) == (-105, 39, -103, 40)


def test_states_are_told_from_counties() -> None:
    assert kind_of(["08", "41", "72"]) == "state"
    assert kind_of(["08001", "41005"]) == "county"
    assert kind_of(["08", "08001"]) is None
    assert kind_of(["10140", "14010"]) is None, "metropolitan areas: no state has the code 14"
    assert kind_of(["8001"]) is None


def test_the_year_is_in_a_name() -> None:
    assert year_of("cb_2023_us_county_20m.shp", "map.zip") == 2023
    assert year_of("map.shp", "cb_2021_us_state_20m.zip") == 2021
    assert year_of("map.shp", "120234.zip") == 0


def changed(path: Path, **change: object) -> Path:
    return write(path, feature_collection(COUNTIES, **change))


def test_a_map_without_codes_or_names_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path / "a.json", properties={"FIPS": "08001", "NAME": "x"})
    assert "lacks the column 'GEOID' of a Census cartographic boundary file; use" in refusal(path)
    path = changed(tmp_path / "b.json", properties={"GEOID": "08001"})
    assert "lacks the column 'NAME'" in refusal(path)


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", feature_collection(["08001", "08003", "08001"]))
    assert refusal(path).endswith("the code '08001' stands twice; download it again")


@pytest.mark.parametrize(
    ("codes", "odd"),
    [
        (["08001", "8003"], "'8003'"),
        (["08001", "08"], "'08'"),
        (["08001", "03003"], "'03003'"),
        (["08001", None], "''"),
        (["0800100", "0800200"], "'0800100'"),
    ],
)
def test_codes_of_other_places_are_refused(codes: list, odd: str, tmp_path: Path) -> None:
    message = refusal(write(tmp_path / "a.json", feature_collection(codes)))
    if odd != "'08'":  # where two kinds are mixed, either may be named
        assert f"such as {odd}, are not those of states or counties" in message
    assert "take the county or state file, and keep codes as text" in message


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [-105, 39]},
        {"type": "LineString", "coordinates": [[-105, 39], [-104, 39]]},
        {"type": "Polygon", "coordinates": []},
    ],
    ids=["none", "point", "line", "empty"],
)
def test_a_place_without_an_outline_is_refused(geometry: object, tmp_path: Path) -> None:
    path = changed(tmp_path / "a.json", geometry=geometry)
    assert "has no outline; download it again" in refusal(path)


def test_an_outline_that_is_not_on_the_earth_is_refused(tmp_path: Path) -> None:
    ring = [[500000, 4.4e6], [500100, 4.4e6], [500100, 4.5e6], [500000, 4.4e6]]
    path = changed(tmp_path / "a.json", geometry={"type": "Polygon", "coordinates": [ring]})
    assert "is not in longitude and latitude" in refusal(path)


def test_a_map_without_places_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", feature_collection([]))
    assert "download it again" in refusal(path) or "lacks the column" in refusal(path)


def test_an_outline_that_does_not_close_is_refused(tmp_path: Path) -> None:
    shape = {"type": "Polygon", "coordinates": [[[-105, 39], [-104, 39]]]}
    assert "its map cannot be read (" in refusal(changed(tmp_path / "a.json", geometry=shape))


def test_a_map_cut_off_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", feature_collection(COUNTIES)[:-40])
    message = refusal(path)
    assert "its map cannot be read (" in message
    assert message.endswith("); download it again")


def test_a_geopackage_cut_off_is_refused(tmp_path: Path) -> None:
    whole = geopackage(tmp_path / "whole.gpkg").read_bytes()
    message = refusal(write(tmp_path / "a.gpkg", whole[: len(whole) // 2]))
    assert "its map cannot be read (" in message


def test_a_geopackage_of_two_layers_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    frame().to_file(path, layer="counties")
    frame(["08", "41"]).to_file(path, layer="states")
    message = refusal(path)
    assert "it holds 2 layers (counties, states); save the one of counties or states" in message


@pytest.mark.parametrize("companion", [".shx", ".dbf"])
def test_a_shapefile_without_a_companion_is_refused(companion: str, tmp_path: Path) -> None:
    message = refusal(zipped_shapefile(tmp_path / "a.zip", without=companion))
    assert "cannot be read" in message or "lacks the column 'GEOID'" in message


def test_a_damaged_member_is_found_before_the_map_is_read(tmp_path: Path) -> None:
    whole = bytearray(zipped_geojson(tmp_path / "a.zip").read_bytes())
    at = whole.index(b"x.dat") + 40
    whole[at] ^= 0xFF
    path = write(tmp_path / "b.zip", bytes(whole))
    with pytest.raises(DataFileError, match="download it again"):
        read(path)


def test_json_of_another_kind_is_not_a_map(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", json.dumps({"type": "Topology", "objects": {}}))
    with pytest.raises(DataFileError, match="JSON without map features"):
        read(path)
