"""What is asked of a zip before any of it is unpacked."""

from __future__ import annotations

import stat
import struct
import zipfile
from pathlib import Path

import pytest

from lmi.errors import DataFileError
from lmi.sources import zipcheck
from lmi.sources.zipcheck import checked_entries, max_unpacked_bytes
from tests.builders import write, write_zip

CENTRAL = b"PK\x01\x02"  # begins a member's entry in the directory at the end of a zip


def patched(path: Path, offset: int, layout: str, value: int) -> Path:
    """Overwrite a field of the first member's directory entry."""
    data = bytearray(path.read_bytes())
    struct.pack_into(layout, data, data.index(CENTRAL) + offset, value)
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(DataFileError) as caught:
        checked_entries(path)
    assert caught.value.file == path
    return caught.value.message


def test_members_come_in_order_of_name_without_folders(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"d/b.csv": "x", "d/": "", "a.csv": "x"})
    assert [e.filename for e in checked_entries(path)] == ["a.csv", "d/b.csv"]


@pytest.mark.parametrize(
    "name",
    [
        "../a.csv",
        "d/../../a.csv",
        "/etc/a.csv",
        "//server/share/a.csv",
        "..\\a.csv",
        "d\\..\\..\\a.csv",
        "\\a.csv",
        "C:\\a.csv",
        "C:a.csv",
        "c:/a.csv",
        "..",
    ],
)
def test_a_name_that_leaves_its_folder_is_refused(name: str, tmp_path: Path) -> None:
    message = refusal(write_zip(tmp_path / "a.zip", {"good.csv": "x", name: "x"}))
    assert "would unpack outside its folder" in message
    assert "ask the sender for a clean archive" in message


def test_a_folder_that_leaves_its_folder_is_refused(tmp_path: Path) -> None:
    assert "outside its folder" in refusal(write_zip(tmp_path / "a.zip", {"a": "x", "../b/": ""}))


@pytest.mark.parametrize(
    "name", ["a..b.csv", "2016.q1-q4 08001 Adams County, Colorado.csv", "ñ.csv"]
)
def test_an_odd_name_that_stays_is_taken(name: str, tmp_path: Path) -> None:
    assert checked_entries(write_zip(tmp_path / "a.zip", {name: "x"}))[0].filename == name


def test_a_link_is_refused(tmp_path: Path) -> None:
    info = zipfile.ZipInfo("link.csv")
    info.create_system = 3
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(info, "/etc/passwd")
    assert refusal(path) == "its member 'link.csv' is a link; pack the file itself"


def test_an_encrypted_member_is_refused(tmp_path: Path) -> None:
    path = patched(write_zip(tmp_path / "a.zip", {"a.csv": "x"}), 8, "<H", 0x1)
    assert refusal(path) == "its member 'a.csv' is encrypted; unpack it first"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 9, 99])
def test_a_rare_way_of_packing_is_refused(method: int, tmp_path: Path) -> None:
    path = patched(write_zip(tmp_path / "a.zip", {"a.csv": "x"}), 10, "<H", method)
    assert (
        refusal(path)
        == f"its member 'a.csv' is packed by method {method}; pack it again with deflate"
    )


def test_a_member_that_declares_to_grow_too_much_is_refused(tmp_path: Path) -> None:
    path = patched(write_zip(tmp_path / "a.zip", {"a.csv": "x" * 1000}), 24, "<I", 1 << 30)
    message = refusal(path)
    assert "more than 250-fold" in message
    assert "get it again from the agency" in message


def test_a_short_file_of_zeros_is_no_bomb(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {"a.csv": "0" * 1_000_000})
    assert checked_entries(path)[0].compress_size < 1_000_000 / zipcheck.MAX_RATIO


def test_members_are_bounded_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMI_MAX_UNPACKED_GB", "0.00001")  # 10.7 kB
    names = {f"{n}.csv": "x" * 4000 for n in range(3)}
    message = refusal(write_zip(tmp_path / "a.zip", names))
    assert "above the bound of" in message
    assert "if you trust it, raise LMI_MAX_UNPACKED_GB" in message
    assert len(checked_entries(write_zip(tmp_path / "b.zip", {"a": "x" * 8000}))) == 1


def test_the_bound_can_be_raised_and_lowered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LMI_MAX_UNPACKED_GB", raising=False)
    assert max_unpacked_bytes() == 16 << 30
    monkeypatch.setenv("LMI_MAX_UNPACKED_GB", "0.5")
    assert max_unpacked_bytes() == 1 << 29


@pytest.mark.parametrize("given", ["plenty", "-1", "0", "inf", "nan"])
def test_a_bound_that_is_none_is_an_error(given: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LMI_MAX_UNPACKED_GB", given)
    with pytest.raises(DataFileError, match=f"LMI_MAX_UNPACKED_GB is '{given}'; it must be a numb"):
        max_unpacked_bytes()


@pytest.mark.parametrize("content", [b"PK", b"PK\x03\x04", b"PK\x05\x06" + b"\xff" * 18])
def test_what_only_begins_like_a_zip_is_refused(content: bytes, tmp_path: Path) -> None:
    message = refusal(write(tmp_path / "a.zip", content))
    assert message.startswith("it is a damaged or truncated zip (")
    assert message.endswith("); download it again")


def test_a_member_that_begins_before_the_file_is_refused(tmp_path: Path) -> None:
    """As in a zip that lost bytes at its front."""
    whole = write_zip(tmp_path / "a.zip", {"a.csv": "x" * 50, "b.csv": "x"}).read_bytes()
    message = refusal(write(tmp_path / "b.zip", b"PK" + whole[20:]))
    assert message.startswith("it is a damaged or truncated zip (")


def test_a_zip_without_files_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w"):
        pass
    assert refusal(tmp_path / "a.zip") == "the zip holds no file; download it again"
    only_litter = {"d/": "", "__MACOSX/._a.csv": "x"}
    assert "holds no file" in refusal(write_zip(tmp_path / "b.zip", only_litter))
