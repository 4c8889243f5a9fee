"""Boundaries out and in again: the same outlines, to the last digit, of each kind and year."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import MultiPolygon, Polygon, box

from lmi.store import Store
from lmi.store.ingest import ingest
from tests.builders import take_in
from tests.unit.cli.conftest import Lmi

ENDINGS = ["gpkg", "geojson", "parquet"]
# A third has no end in decimals or in binary; one county is two islands, one has a hole.
THIRD = Polygon([(-105, 39), (-104 - 1 / 3, 39 + 1 / 7), (-104, 40.1), (-105, 40)])
ISLANDS = MultiPolygon([box(-104, 39, -103.7, 39.5), box(-103.5, 39, -103.1, 39.25)])
HOLED = Polygon(box(-103, 39, -102, 40).exterior, [box(-102.7, 39.2, -102.3, 39.7).exterior.coords])


def a_map(path: Path, geoids: list[str], shapes: list[object]) -> Path:
    names = [f"Cañon {g}" for g in geoids]
    frame = gpd.GeoDataFrame({"GEOID": geoids, "NAME": names}, geometry=shapes, crs=4326)
    frame.to_parquet(path)
    return path


@pytest.fixture
def held(root: Path, tmp_path: Path) -> Store:
    """Counties of two years, of two releases, and the states of a map that names no year."""
    codes = ["08001", "08003", "41001"]
    new = a_map(tmp_path / "cb_2023.parquet", codes, [THIRD, ISLANDS, HOLED])
    old = a_map(tmp_path / "cb_2021.parquet", codes[:2], [THIRD.buffer(0.1), ISLANDS])
    take_in(root, new, vintage="revised")
    state = THIRD.union(ISLANDS).buffer(1 / 3)
    take_in(root, old, a_map(tmp_path / "s.parquet", ["08", "41"], [state, HOLED]))
    return Store(root)


def content(store: Store) -> dict[tuple[object, ...], bytes]:
    said = store.catalogue().set_index("source_id")["vintage"]
    rows = store.outlines()
    return {
        (row.kind, row.year, row.area_fips, row.name, said[row.source_id]): row.geometry.wkb
        for row in rows.set_index(rows.index.rename("n")).itertuples(index=False, name="Row")
    }


@pytest.mark.parametrize("ending", ENDINGS)
def test_exported_boundaries_are_taken_in_by_another_store(
    lmi: Lmi, held: Store, tmp_path: Path, ending: str
) -> None:
    out, other = tmp_path / f"out.{ending}", Store(tmp_path / "other")
    assert lmi("export", "boundaries", "--out", out).out == f"7 rows written to {out}\n"
    [result] = take_in(other, out)
    assert (result.table, result.rows) == ("boundaries", 7)
    assert content(other) == content(held)
    assert sorted(year for _, year, *_ in content(other)) == [0, 0, 2021, 2021, 2023, 2023, 2023]
    assert [again.status for again in ingest([out], other.root)] == ["unchanged"]
    [back] = ingest([out], held.root)
    assert (back.counts.changed, back.counts.same) == (False, 7)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_same_boundaries_give_the_same_bytes(
    lmi: Lmi, held: Store, tmp_path: Path, ending: str
) -> None:
    for name in "ab":
        lmi("export", "boundaries", "--out", tmp_path / f"{name}.{ending}")
    assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()
    assert not [file for file in tmp_path.iterdir() if file.name.startswith(".")]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["--period", "2021"], ["08001", "08003"]),
        (["--area", "08003"], ["08003", "08003"]),
        (["--area", "08", "--area", "41000"], ["08", "41"]),
        (["--area", "41001", "--period", "2023"], ["41001"]),
        (["--vintage", "1"], ["08001", "08003", "41001"]),
    ],
)
def test_boundaries_are_narrowed(
    lmi: Lmi, held: Store, tmp_path: Path, words: list[str], found: list[str]
) -> None:
    lmi("export", "boundaries", *words, "--out", tmp_path / "a.geojson")
    told = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))
    assert [each["properties"]["area_fips"] for each in told["features"]] == found


@pytest.mark.parametrize(
    ("words", "name", "message"),
    [
        ([], "a.csv", "a.csv ends in '.csv'; write a map to .gpkg, .geojson and .parquet."),
        (["--period", "1999"], "a.gpkg", "no such rows of boundaries"),
        (["--industry", "10"], "a.gpkg", "The table boundaries has no industry_code"),
        (["--period", "2021Q1"], "a.gpkg", "The table boundaries has no quarters"),
        (["--area", "8001"], "a.gpkg", "write '08001' with its leading zero"),
    ],
)
def test_boundaries_that_cannot_be_exported_are_one_sentence(
    lmi: Lmi, held: Store, tmp_path: Path, words: list[str], name: str, message: str
) -> None:
    said = lmi("export", "boundaries", *words, "--out", tmp_path / name)
    assert said.status == 1
    assert message in said.err
    assert not (tmp_path / name).exists()


def test_a_store_without_maps_says_so(lmi: Lmi, root: Path, tmp_path: Path) -> None:
    said = lmi("export", "boundaries", "--out", tmp_path / "a.gpkg")
    assert "The store has no such rows of boundaries" in said.err


@pytest.mark.parametrize(("year", "shown"), [(None, "'nan'"), (23, "'23'"), (20233, "'20233'")])
def test_a_year_that_is_none_is_refused(
    lmi: Lmi, held: Store, tmp_path: Path, year: int | None, shown: str
) -> None:
    out = tmp_path / "a.geojson"
    lmi("export", "boundaries", "--out", out)
    told = json.loads(out.read_text(encoding="utf-8"))
    told["features"][1]["properties"]["year"] = year
    out.write_text(json.dumps(told), encoding="utf-8")
    [result] = ingest([out], tmp_path / "other")
    assert f"the year of the outline of '08003' is {shown}; write a year" in result.message


@pytest.fixture(scope="module")
def agencys(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Store:
    """The agency's maps of two years, of counties and of states."""
    store = Store(tmp_path_factory.mktemp("maps") / "store")
    files = [
        shared_data / "boundaries" / f"cb_{year}_us_{kind}_20m.zip"
        for year in (2021, 2023)
        for kind in ("county", "state")
    ]
    take_in(store, *files)
    return store


@pytest.fixture(scope="module")
def outlines(agencys: Store) -> dict[tuple[object, ...], bytes]:
    return content(agencys)


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_agencys_maps_come_back_whole(
    lmi: Lmi, monkeypatch: pytest.MonkeyPatch, agencys: Store,
    outlines: dict[tuple[object, ...], bytes], tmp_path: Path, ending: str,
) -> None:  # fmt: skip
    monkeypatch.setenv("LMI_STORE", str(agencys.root))
    out, other = tmp_path / f"out.{ending}", Store(tmp_path / "other")
    lmi("export", "boundaries", "--out", out)
    take_in(other, out)
    found = content(other)
    assert len(found) > 6000
    assert found == outlines
