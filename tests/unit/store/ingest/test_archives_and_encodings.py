"""Archives that are damaged or too large, and texts in every dress."""

from __future__ import annotations

import gzip
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import box

from lmi.store import Store
from lmi.store.ingest import ingest
from tests.builders import (
    flows,
    is_one_sentence,
    qcew,
    refusal,
    table_text,
    take_in,
    write,
    write_zip,
)
from tests.unit.sources.test_zipcheck import patched


def slip(path: Path) -> Path:
    return write_zip(path, {"a.csv": qcew(), "../evil.csv": qcew()})


def slip_of_windows(path: Path) -> Path:
    return write_zip(path, {"a.csv": qcew(), "C:\\evil.csv": qcew()})


def link(path: Path) -> Path:
    info = zipfile.ZipInfo("evil.csv")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.csv", qcew())
        archive.writestr(info, "/etc/passwd")
    return path


def locked(path: Path) -> Path:
    return patched(write_zip(path, {"a.csv": qcew()}), 8, "<H", 0x1)


def longer_than_it_says(path: Path) -> Path:
    return patched(write_zip(path, {"a.csv": qcew()}), 24, "<I", 500)


def bomb(path: Path) -> Path:
    return patched(write_zip(path, {"a.csv": qcew()}), 24, "<I", 1 << 31)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (slip, "'../evil.csv' would unpack outside its folder; ask the sender for a clean archive"),
        (slip_of_windows, "would unpack outside its folder; ask the sender for a clean archive"),
        (link, "its member 'evil.csv' is a link; pack the file itself"),
        (locked, "its member 'a.csv' is encrypted; unpack it first"),
        (longer_than_it_says, "it unpacks beyond 500 bytes, more than it declares"),
        (bomb, "-fold when unpacked, more than 250-fold; no agency file does, so get it again"),
    ],
)
def test_a_dangerous_zip_is_refused_and_nothing_is_unpacked(
    make: Callable[[Path], Path], words: str, filled: Store, tmp_path: Path
) -> None:
    path = make(tmp_path / "a.zip")
    message = refusal(filled, path)
    assert message.startswith(str(path))
    assert words in message
    assert is_one_sentence(message)
    assert not list(tmp_path.rglob("*evil*"))


def test_a_zip_cut_off_anywhere_is_refused(filled: Store, tmp_path: Path) -> None:
    whole = write_zip(tmp_path / "whole.zip", {"a.csv": qcew()}).read_bytes()
    for kept in range(1, len(whole), 97):
        path = write(tmp_path / "cut.zip", whole[:kept])
        message = refusal(filled, path)
        assert message.startswith(str(path))
        if kept >= 2:
            assert re.search("truncated zip.*download it again", message)


def test_a_gzip_cut_off_is_refused(filled: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "cut.gz", gzip.compress(flows().encode())[:-9])
    assert re.search("is cut off; download it again", refusal(filled, path))


def test_a_zip_beyond_the_bound_is_refused(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LMI_MAX_UNPACKED_GB", "0.000001")
    path = write_zip(tmp_path / "a.zip", {"a.csv": qcew()})
    message = refusal(filled, path)
    assert "above the bound of" in message
    assert "raise LMI_MAX_UNPACKED_GB" in message


def test_a_gzip_beyond_the_bound_is_refused(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LMI_MAX_UNPACKED_GB", "0.0001")  # about 107 kB
    rows = "\n".join(f"08001 {n:05} 72" for n in range(8001, 8900)).splitlines()
    path = write(tmp_path / "a.gz", gzip.compress(flows(*rows * 9).encode()))
    assert "unpacks beyond 107,374 bytes" in refusal(filled, path)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_one_encoding_is_read_as_it_is(encoding: str, store: Store, tmp_path: Path) -> None:
    text = "area_fips,household,year,annual_wage,source\n08043,one,2023,40000,Cañon City Chamber\n"
    take_in(store, write(tmp_path / "t.csv", text.encode(encoding)))
    assert store.table("thresholds")["source"].tolist() == ["Cañon City Chamber"]


def test_two_encodings_in_one_file_are_refused_with_the_line(filled: Store, tmp_path: Path) -> None:
    first = "area_fips,household,year,annual_wage,source\n08043,one,2023,40000,Doña Ana\n"
    second = "08043,two,2023,40000,Cañon\n"
    path = write(tmp_path / "t.csv", first.encode() + second.encode("cp1252"))
    message = refusal(filled, path)
    assert message == f"{path}, line 3: it mixes UTF-8 with another encoding; save it as UTF-8"


def test_a_byte_order_mark_and_crlf_change_nothing(store: Store, tmp_path: Path) -> None:
    plain, dressed = Store(tmp_path / "plain"), store
    take_in(plain, write(tmp_path / "a.csv", qcew()))
    text = "\ufeff" + qcew().replace("\n", "\r\n") + "\r\n\r\n"
    take_in(dressed, write(tmp_path / "b.csv", text))
    assert plain.qcew("annual").equals(dressed.qcew("annual"))


def test_free_text_may_hold_line_ends_commas_and_quotes(store: Store, tmp_path: Path) -> None:
    said = 'They said "hire", and\nthen, "train"'
    rows = [
        {"area_fips": "08001", "household": home, "year": 2023, "annual_wage": 40000, "source": "x"}
        for home in (said, "short")
    ]
    take_in(store, write(tmp_path / "t.csv", table_text(rows[0], rows)))
    assert store.table("thresholds")["household"].tolist() == [said, "short"]


BESIDE = {
    "tables/README.txt": ("how these came about\n", "is no table that is known here"),
    "39999.csv": (b"", "is empty; download it again"),
    "of/old.zip": (b"PK\x03\x04" + b"\0" * 40, "is a zip within a zip; unpack it first"),
    "map.png": (b"\x89PNG" + b"\0" * 40, "is a picture"),
}


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_no_table_in_an_archive_is_named_and_left(
    name: str, store: Store, tmp_path: Path
) -> None:
    content, told = BESIDE[name]
    tables = {"of/years/a.csv": qcew(), "of/years/b.csv": qcew(year=2017)}
    [result] = take_in(store, write_zip(tmp_path / "a.zip", tables | {name: content}))
    assert result.rows == 8
    assert f"left: {name} {told}" in result.message
    assert len(store.qcew("annual")) == 8


@pytest.mark.parametrize("name", ["Thumbs.db", "a/desktop.ini", "__MACOSX/a/._a.csv", ".DS_Store"])
def test_what_a_system_adds_to_an_archive_goes_without_a_word(
    name: str, store: Store, tmp_path: Path
) -> None:
    litter = {name: b"\xd0\xcf\x11\xe0" + b"\0" * 90}
    [result] = take_in(store, write_zip(tmp_path / "a.zip", {"a/a.csv": flows()} | litter))
    assert (result.rows, result.message) == (1, "")


def test_an_archive_with_nothing_but_a_zip_says_so(store: Store, tmp_path: Path) -> None:
    message = refusal(store, write_zip(tmp_path / "a.zip", {"b.zip": b"PK\x03\x04" + b"\0" * 40}))
    assert message.endswith("it is a zip within a zip; unpack it first")


def test_a_table_that_must_not_be_taken_in_refuses_its_archive(
    store: Store, tmp_path: Path
) -> None:
    tables = {"a.csv": qcew(), "b.csv": qcew().replace("annual_avg_emplvl", "jobs", 1)}
    assert "lacks the column" in refusal(store, write_zip(tmp_path / "a.zip", tables))


def test_a_folder_of_a_shapefile_is_one_map(store: Store, tmp_path: Path) -> None:
    outline = gpd.GeoDataFrame(
        {"GEOID": ["08001"], "NAME": ["Adams"]}, geometry=[box(-105, 39, -104, 40)], crs=4269
    )
    outline.to_file(write(tmp_path / "map/Thumbs.db", b"\xd0\xcf\x11\xe0").parent / "cb_2021.shp")
    write(tmp_path / "map/cb_2021.shp.iso.xml", "<metadata/>")
    assert len(list((tmp_path / "map").iterdir())) == 7
    for given in [tmp_path / "map"], sorted((tmp_path / "map").glob("cb*")):
        results = ingest(given, store.root)
        assert [(r.table, r.rows) for r in results] == [("boundaries", 1)]
