"""Outlines of counties and states, from each kind of file that has them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
from shapely.geometry import box

from lmi.errors import DataFileError
from lmi.sources.archive import members
from lmi.sources.boundaries import read_boundaries, year_of
from lmi.sources.map_places import kind_of
from lmi.sources.recognise import recognise
from tests.builders import feature_collection, write, write_zip

COUNTIES = ["08003", "08001"]


def read_all(path: Path) -> tuple[dict[tuple[str, int], gpd.GeoDataFrame], list[str]]:
    return read_boundaries(next(member for member in members(path) if recognise(member)))


def read(path: Path) -> gpd.GeoDataFrame:
    (found,) = read_all(path)[0].values()
    return found


def said(path: Path) -> str:
    return "; ".join(read_all(path)[1])


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


def written_by(driver: str, ending: str):
    """Return who writes the map as another program does."""

    def make(path: Path) -> Path:
        made = path.parent / f"made.{ending}"
        frame().to_file(made, driver=driver)
        return made.rename(path)

    return make


def kmz(path: Path) -> Path:
    made = written_by("KML", "kml")(path.parent / "doc.kml")
    return write_zip(path, {"doc.kml": made.read_bytes(), "files/a.png": b"\x89PNG"})


def geodatabase(path: Path) -> Path:
    folder = path.parent / "made.gdb"
    frame().to_file(folder, driver="OpenFileGDB")
    return write_zip(path, {f"made.gdb/{f.name}": f.read_bytes() for f in folder.iterdir()})


def geoparquet(path: Path) -> Path:
    frame().to_parquet(path)
    return path


def geofeather(path: Path) -> Path:
    frame().to_feather(path)
    return path


def topojson(path: Path) -> Path:
    places = frame()
    shapes = [
        {
            "type": "Polygon",
            "id": code,
            "arcs": [[n]],
            "properties": {"name": name},
        }
        for n, (code, name) in enumerate(zip(places["GEOID"], places["NAME"], strict=True))
    ]
    arcs = [[list(xy) for xy in shape.exterior.coords] for shape in places.geometry]
    counties = {"type": "GeometryCollection", "geometries": shapes}
    nation = {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0]]}]}
    objects = {"counties": counties, "nation": nation}
    return write(path, json.dumps({"type": "Topology", "arcs": arcs, "objects": objects}))


def esri_json(path: Path) -> Path:
    places = frame()
    features = [
        {
            "attributes": {"GEOID": code, "NAME": name},
            "geometry": {"rings": [[list(xy) for xy in shape.exterior.coords[::-1]]]},
        }
        for code, name, shape in places.itertuples(index=False)
    ]
    fields = [{"name": n, "type": "esriFieldTypeString"} for n in ("GEOID", "NAME")]
    told = {"geometryType": "esriGeometryPolygon", "spatialReference": {"wkid": 4326}}
    return write(path, json.dumps({**told, "fields": fields, "features": features}))


KINDS = [
    geojson, zipped_geojson, zipped_shapefile, geopackage, gzipped, kmz, geodatabase, geoparquet,
    geofeather, topojson, esri_json, written_by("KML", "kml"), written_by("LIBKML", "kml"),
    written_by("FlatGeobuf", "fgb"), written_by("GeoJSONSeq", "geojsonl"), written_by("GML", "gml"),
]  # fmt: skip


@pytest.mark.parametrize("make", KINDS)
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
    found = found.explode(ignore_index=True)  # some kinds know but places of several parts
    assert found.normalize().geom_equals_exact(expected.normalize(), 1e-6).all()


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        ({"GEO_ID": "0500000US08001"}, {"NAME": "Cañon"}),
        ({"geoid": "08001"}, {"name": "Cañon"}),
        ({"GEOID10": "08001"}, {"NAMELSAD10": "Cañon"}),
        ({"GEOID": 8001}, {"NAME": "Cañon"}),
        ({"GEOIDFQ": "0500000US08001"}, {"NAME": "Cañon", "LSAD": "06"}),
        ({"STATEFP": "08", "COUNTYFP": "001"}, {"NAME": "Cañon"}),
        ({"STATEFP20": "08", "COUNTYFP20": "001"}, {"NAME20": "Cañon"}),
        ({"STATE": 8, "COUNTY": 1}, {"NAME": "Cañon"}),
        ({"STATE": "08", "COUNTY": "001", "CENSUSAREA": 1.5}, {"NAME": "Cañon"}),
        ({"STATE_FIPS": "8", "CNTY_FIPS": "1", "FIPS": "n/a"}, {"NAME": "Cañon"}),
        ({"FIPS": 8001.0}, {"County_Name": "Cañon"}),
        ({"FIPS": "8001"}, {"COUNTY": "Cañon"}),
        ({"COUNTY": "Cañon County", "CNTY_FIPS": "08001"}, {"NAME": "Cañon"}),
        ({"GEOID": "08001000100", "STATEFP": "08", "COUNTYFP": "001"}, {"NAME": "Cañon"}),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1"])
def test_codes_and_names_go_by_other_names_and_in_other_letters(
    codes: dict, names: dict, encoding: str, tmp_path: Path
) -> None:
    text = json.loads(feature_collection(["08001"], properties=codes | names))
    path = write(tmp_path / "a.json", json.dumps(text, ensure_ascii=False).encode(encoding))
    found = read(path)
    assert (found["area_fips"].item(), found["name"].item()) == ("08001", "Cañon")


def test_a_shapefile_in_the_letters_of_the_west_is_read(tmp_path: Path) -> None:
    made = frame(["08001"]).assign(NAME="Cañon")
    made.to_file(tmp_path / "a.shp", encoding="ISO-8859-1")
    (tmp_path / "a.cpg").unlink()
    assert read(tmp_path / "a.shp")["name"].tolist() == ["Cañon"]


def test_territories_without_data_are_left_out_and_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", feature_collection(["08", "60", "66", "69", "72"]))
    assert read(path)["area_fips"].tolist() == ["08", "72"]
    assert said(path) == "left out: 3 places without data of jobs, such as Place 60"


def test_what_no_county_holds_is_left_out(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", feature_collection(["08001", "08999"]))
    assert read(path)["area_fips"].tolist() == ["08001"]
    assert said(path) == "left out: 1 place without data of jobs, such as Place 08999"


def test_a_feature_may_have_its_code_as_its_own(tmp_path: Path) -> None:
    path = changed(tmp_path / "a.json", id="08001", properties={"NAME": "Adams"})
    assert read(path)["area_fips"].tolist() == ["08001"]


def test_a_place_without_a_name_has_the_known_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", feature_collection(["08001"], properties={"GEOID": "08001"}))
    assert read(path)["name"].tolist() == ["Adams County"]
    path = write(tmp_path / "b.json", feature_collection(["08"], properties={"STATEFP": "08"}))
    assert read(path)["name"].tolist() == ["Colorado"]


def named(path: Path, names: dict[str, str]) -> Path:
    text = json.loads(feature_collection(names))
    for feature, name in zip(text["features"], names.values(), strict=True):
        feature["properties"]["NAME"] = name
    return write(path, json.dumps(text))


def test_codes_that_slipped_against_the_names_are_refused(tmp_path: Path) -> None:
    slipped = {"08001": "Alamosa", "08003": "ARAPAHOE COUNTY", "08005": "Archuleta", "08007": "x"}
    assert refusal(named(tmp_path / "a.json", slipped)).endswith(
        "the code '08001' (Adams County) is named 'Alamosa', which is '08003', and so on in 2 "
        "others; put each code beside its own county again"
    )


def test_names_may_be_written_as_people_do(tmp_path: Path) -> None:
    names = {
        "08001": "ADAMS", "08003": "Alamosa Co.", "35013": "Dona Ana", "29510": "Saint Louis",
        "29189": "St. Louis County", "51600": "Fairfax", "51059": "Fairfax", "02261": "Valdez",
        "09110": "Capitol", "24510": "Baltimore City", "22087": "St Bernard", "99001": "Adams",
    }  # fmt: skip
    assert read(named(tmp_path / "a.json", names))["area_fips"].tolist() == sorted(names)


def test_the_parts_of_a_place_are_joined(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", feature_collection(["08001", "08003", "08001"]))
    found = read(path)
    assert found["area_fips"].tolist() == ["08001", "08003"]
    assert [round(shape.area, 6) for shape in found.geometry] == [2, 1]
    assert said(path) == "1 place of several rows joined, such as Place 08001"


def test_a_clipped_map_is_said_to_be_one(tmp_path: Path) -> None:
    land = {"ALAND": 9.5e9 * 2, "GEOID": "08001", "NAME": "Adams"}  # a square of it is a half
    path = write(tmp_path / "a.json", feature_collection(["08001"], properties=land))
    assert said(path) == (
        "the outlines of Adams are far smaller than their land (ALAND): is the map clipped?"
    )


@pytest.mark.parametrize(("year", "code"), [("2020", "09110"), ("2023", "09001")])
def test_counties_that_the_year_of_the_name_lacks_are_remarked(
    year: str, code: str, tmp_path: Path
) -> None:
    path = write(tmp_path / f"counties_{year}.json", feature_collection([code]))
    assert said(path).startswith(f"{code} (")
    assert f"is not in use in {year}, the year of the file's name" in said(path)
    assert said(write(tmp_path / "counties.json", feature_collection([code]))) == ""


def test_heights_are_left(tmp_path: Path) -> None:
    ring = [[-105, 39, 9], [-104, 39, 9], [-104, 40, 9], [-105, 39, 9]]
    shape = {"type": "Polygon", "coordinates": [ring]}
    path = write(tmp_path / "a.json", feature_collection(["08001"], geometry=shape))
    assert not read(path).has_z.any()


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


def test_a_map_without_codes_is_refused(tmp_path: Path) -> None:
    path = changed(tmp_path / "a.json", properties={"LABEL": "x"})
    assert refusal(path).endswith(
        "no column of it has codes; name the one of the codes of counties or states 'GEOID'"
    )


def test_a_code_that_stands_twice_is_refused(tmp_path: Path) -> None:
    text = feature_collection(["08001", "08003", "08001"])
    path = write(tmp_path / "a.json", text.replace("Place 08001", "Adams", 1))
    assert "the code '08001' stands twice, for Adams and Place 08001; take a map" in refusal(path)


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


@pytest.mark.parametrize(
    ("corner", "words"),
    [
        ((500000, 4.4e6), "not at a longitude and latitude of the states; save it with the"),
        ((39, -105), "has its longitude and latitude in each other's place; swap them"),
        ((40, -82), "has its longitude and latitude in each other's place; swap them"),
        ((105, 39), "has a longitude without its minus"),
        ((-40, 39), "not at a longitude and latitude of the states; save it with the projection"),
    ],
)
def test_an_outline_that_is_not_in_the_states_is_refused(
    corner: tuple[float, float], words: str, tmp_path: Path
) -> None:
    x, y = corner
    step = 100 if x > 180 else 1
    ring = [[x, y], [x + step, y], [x + step, y + step], [x, y]]
    path = changed(tmp_path / "a.json", geometry={"type": "Polygon", "coordinates": [ring]})
    assert words in refusal(path)


def test_islands_beyond_the_180th_meridian_are_in_the_states(tmp_path: Path) -> None:
    west = [[-179, 52], [-178, 52], [-178, 53], [-179, 52]]
    east = [[178, 52], [179, 52], [179, 53], [178, 52]]
    shape = {"type": "MultiPolygon", "coordinates": [[west], [east]]}
    path = write(tmp_path / "a.json", feature_collection(["02016"], geometry=shape))
    assert read(path)["area_fips"].tolist() == ["02016"]


def test_a_map_without_places_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", feature_collection([]))
    assert "no column of it has codes" in refusal(path)


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


def test_layers_of_counties_and_of_states_are_both_read(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    frame().to_file(path, layer="counties")
    frame(["08", "41"]).to_file(path, layer="states")
    frame(["x", "y"]).to_file(path, layer="cities")
    styles = pd.DataFrame({"styleName": ["x"]})
    pyogrio.write_dataframe(styles, path, layer="layer_styles")
    found, remarks = read_all(path)
    assert {kind: f["area_fips"].tolist() for (kind, _), f in found.items()} == {
        "county": ["08001", "08003"], "state": ["08", "41"],
    }  # fmt: skip
    assert remarks == [
        "the layer cities is left, for its codes, such as 'x', are not those of states or counties"
    ]


def test_two_layers_of_counties_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.gpkg"
    for layer in ("old", "new"):
        frame().to_file(path, layer=layer)
    message = refusal(path)
    assert "it holds two layers of county outlines (old, new); save one in a file of its" in message


@pytest.mark.parametrize("companion", [".shx", ".dbf"])
def test_a_shapefile_without_a_companion_is_refused(companion: str, tmp_path: Path) -> None:
    message = refusal(zipped_shapefile(tmp_path / "a.zip", without=companion))
    assert "cannot be read" in message or "no column of it has codes" in message


def test_a_damaged_member_is_found_before_the_map_is_read(tmp_path: Path) -> None:
    whole = bytearray(zipped_geojson(tmp_path / "a.zip").read_bytes())
    at = whole.index(b"x.dat") + 40
    whole[at] ^= 0xFF
    path = write(tmp_path / "b.zip", bytes(whole))
    with pytest.raises(DataFileError, match="download it again"):
        read(path)


def test_json_of_another_kind_is_not_a_map(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", json.dumps({"type": "Polygon", "coordinates": []}))
    with pytest.raises(DataFileError, match="JSON without map features"):
        read(path)


RING = [[-105, 39], [-104, 39], [-104, 40], [-105, 40], [-105, 39]]


@pytest.mark.parametrize(
    ("ring", "words"),
    [
        ([*RING[:2], [float("nan"), 40], *RING[3:]], "the outline of '08003' encloses nothing, or"),
        ([RING[0], RING[1], RING[0], RING[0]], "the outline of '08003' encloses nothing"),
        ([RING[0]] * 4, "the outline of '08003' encloses nothing"),
        (
            [[x + 1, y] for x, y in RING],
            "'08001' and '08003' have the very same outline; put each outline beside its own code",
        ),
    ],
    ids=["a point that is nowhere", "a line", "a point", "a copy"],
)
def test_outlines_that_are_none_are_refused(
    ring: list[list[float]], words: str, tmp_path: Path
) -> None:
    told = json.loads(feature_collection(COUNTIES))
    told["features"][0]["geometry"]["coordinates"] = [ring]
    assert words in refusal(write(tmp_path / "m.geojson", json.dumps(told)))


def with_points(*, order: tuple[int, ...], shift: float = 0) -> gpd.GeoDataFrame:
    """Three counties in a row with the points within them, their outlines in an order."""
    squares = [box(-105 + i, 39, -104 + i, 40) for i in range(3)]
    return gpd.GeoDataFrame(
        {
            "GEOID": ["08001", "08003", "08005"],
            "NAME": ["Adams", "Alamosa", "Arapahoe"],
            "INTPTLAT": [f"+{39.5 + shift:010.7f}"] * 3,
            "INTPTLON": [f"{-104.5 + i:011.7f}" for i in range(3)],
        },
        geometry=[squares[i] for i in order],
        crs=4326,
    )


def test_outlines_hold_the_points_that_their_rows_tell(tmp_path: Path) -> None:
    """The Census Bureau's TIGER/Line files have such points, its cartographic files have not."""
    path = tmp_path / "tl_2023_us_county.geojson"
    with_points(order=(0, 1, 2)).to_file(path)
    assert len(read(path)) == 3
    with_points(order=(0, 1, 2), shift=0.6).to_file(path)
    assert len(read(path)) == 3, "a coarse drawing may lose a point, but not to another place"
    with_points(order=(0, 2, 1)).to_file(path)
    assert refusal(path) == (
        f"{path}: the point within '08003' (Alamosa) that its row tells (INTPTLAT, INTPTLON) lies "
        "in the outline of '08005', and so on in 1 other; put each outline beside its own code "
        "again"
    )
