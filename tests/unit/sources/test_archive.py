"""Plain files, gzips and zips as bounded streams that are what they say."""

from __future__ import annotations

import bz2
import gzip
import lzma
import os
import random
import re
import struct
import zipfile
from pathlib import Path

import polars as pl
import pytest

from lmi.errors import DataFileError
from lmi.sources import archive
from lmi.sources.archive import blocks, head, members
from tests.builders import write, write_zip
from tests.unit.sources.test_zipcheck import patched

TEXT = "".join(f"08{n:03},0,10,{n * n}\n" for n in range(400)).encode()


def read(path: Path) -> bytes:
    return b"".join(b"".join(blocks(m)) for m in members(path))


def refusal(path: Path) -> str:
    with pytest.raises(DataFileError) as caught:
        read(path)
    return str(caught.value)


@pytest.mark.parametrize("kind", ["plain", "gzip", "zip"])
def test_a_file_is_what_its_first_bytes_say(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    if kind == "zip":
        write_zip(path, {"b.csv": TEXT})
    else:
        write(path, TEXT if kind == "plain" else gzip.compress(TEXT))
    member = members(path)[0]
    assert member.kind == kind
    assert read(path) == TEXT
    assert head(member, 10) == TEXT[:10]
    assert member.label == (f"{path} (b.csv)" if kind == "zip" else str(path))


def test_a_stored_member_is_read(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w", zipfile.ZIP_STORED) as out:
        out.writestr("a.csv", TEXT)
    assert read(tmp_path / "a.zip") == TEXT


def test_a_zip_that_was_written_to_a_pipe_is_read(tmp_path: Path) -> None:
    """Its sizes stand after each member, and in the directory alone."""

    class Pipe:
        def __init__(self, path: Path) -> None:
            self.file = path.open("wb")

        def write(self, data: bytes) -> int:
            return self.file.write(data)

        def flush(self) -> None:
            self.file.flush()

    with zipfile.ZipFile(Pipe(tmp_path / "a.zip"), "w", zipfile.ZIP_DEFLATED) as out:  # type: ignore[call-overload]
        out.writestr("a.csv", TEXT)
        out.writestr("b.csv", TEXT)
    assert read(tmp_path / "a.zip") == TEXT + TEXT


@pytest.mark.parametrize("chunk", [1, 7, 100, 5000])
@pytest.mark.parametrize("piece", [1, 13, 4000])
def test_nothing_is_lost_at_the_limits_of_chunks_and_pieces(
    chunk: int, piece: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "CHUNK_BYTES", chunk)
    short = random.Random(7).randbytes(150) + b"0" * 900
    packed = write_zip(tmp_path / "a.zip", {"a": short})
    pieces = list(blocks(members(packed)[0], piece))
    assert b"".join(pieces) == short
    assert max(map(len, pieces)) <= piece
    several = write(tmp_path / "a.gz", gzip.compress(short) + gzip.compress(b"x") + b"\0\0")
    assert b"".join(blocks(members(several)[0], piece)) == short + b"x"


def test_a_bomb_comes_in_pieces_that_fit_the_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archive, "MAX_PIECE_BYTES", 1 << 16)
    monkeypatch.setenv("LMI_MAX_UNPACKED_GB", "0.001")
    path = write(tmp_path / "a.gz", gzip.compress(b"0" * 4_000_000))
    sizes = []
    with pytest.raises(DataFileError, match="unpacks beyond 1,073,741 bytes"):
        for piece in blocks(members(path)[0], 1 << 16):
            sizes.append(len(piece))
    assert max(sizes) <= 1 << 16
    assert sum(sizes) <= 1_073_741


def test_the_head_of_a_bomb_is_only_a_head(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gz", gzip.compress(b"0" * 4_000_000))
    assert head(members(path)[0], 100) == b"0" * 100


def test_a_member_that_is_longer_than_it_declares_is_refused(tmp_path: Path) -> None:
    path = patched(write_zip(tmp_path / "a.zip", {"a.csv": TEXT}), 24, "<I", 100)
    message = refusal(path)
    assert message.startswith(f"{path} (a.csv): it unpacks beyond 100 bytes, more than it declares")
    assert "get it again from the agency" in message


def test_a_member_that_is_shorter_than_it_declares_is_refused(tmp_path: Path) -> None:
    path = patched(write_zip(tmp_path / "a.zip", {"a.csv": TEXT}), 24, "<I", 9_000_000)
    assert f"holds {len(TEXT):,} of 9,000,000 bytes" in refusal(path)


def test_a_member_whose_checksum_is_wrong_is_refused(tmp_path: Path) -> None:
    path = patched(write_zip(tmp_path / "a.zip", {"a.csv": TEXT}), 16, "<I", 1)
    assert "its checksum does not fit; download it again" in refusal(path)


def test_a_member_that_begins_beyond_the_file_is_refused(tmp_path: Path) -> None:
    path = patched(write_zip(tmp_path / "a.zip", {"a.csv": TEXT}), 42, "<I", 99_999)
    assert "download it again" in refusal(path)


def test_a_gzip_cut_off_anywhere_is_refused(tmp_path: Path) -> None:
    whole = gzip.compress(TEXT)
    for kept in range(2, len(whole), 53):
        assert "download it again" in refusal(write(tmp_path / "a.gz", whole[:kept]))


def test_a_gzip_with_a_wrong_byte_is_refused(tmp_path: Path) -> None:
    """A checksum is kept at the end: every change of the packed text is found."""
    whole = gzip.compress(TEXT, mtime=0)
    for at in range(12, len(whole), 101):
        spoilt = bytearray(whole)
        spoilt[at] ^= 0x10
        assert re.search("damaged|cut off", refusal(write(tmp_path / "a.gz", bytes(spoilt))))


def test_what_follows_a_gzip_and_is_none_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "a.gz", gzip.compress(TEXT) + b"<html>")
    assert re.search("damaged|cut off", refusal(path))


def test_an_empty_file_and_one_that_is_not_there_are_refused(tmp_path: Path) -> None:
    assert refusal(write(tmp_path / "a.csv", "")).endswith("the file is empty; download it again")
    assert "cannot be read (No such file or directory)" in refusal(tmp_path / "b.csv")


def test_a_folder_or_a_pipe_is_refused_unopened(tmp_path: Path) -> None:
    words = "it is no file but a folder, pipe or device; save it first"
    assert refusal(tmp_path).endswith(words)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        assert refusal(tmp_path / "pipe").endswith(words)


def test_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    """So that the rows of neither are lost unseen; rows in both are a repeated key."""
    with (
        zipfile.ZipFile(tmp_path / "a.zip", "w") as out,
        pytest.warns(UserWarning, match="Duplicate"),
    ):
        out.writestr("a.csv", "one")
        out.writestr("a.csv", "two")
    assert sorted(b"".join(blocks(m)) for m in members(tmp_path / "a.zip")) == [b"one", b"two"]


def test_the_layout_of_a_directory_entry_is_as_these_tests_think(tmp_path: Path) -> None:
    """The offsets that `patched` writes to: else those tests would show nothing."""
    path = write_zip(tmp_path / "a.zip", {"a.csv": TEXT})
    data = path.read_bytes()
    at = data.index(b"PK\x01\x02")
    flags, method, crc, packed, size = struct.unpack_from("<HH4xIII", data, at + 8)
    entry = members(path)[0].info
    assert entry is not None
    assert (flags, method, crc, packed, size) == (
        0, zipfile.ZIP_DEFLATED, entry.CRC, entry.compress_size, len(TEXT),
    )  # fmt: skip


@pytest.mark.parametrize(("pack", "kind"), [(bz2.compress, "bz2"), (lzma.compress, "xz")])
def test_other_packers_are_read_too(pack, kind: str, tmp_path: Path) -> None:
    path = write(tmp_path / "a.csv", pack(TEXT[:999]) + pack(TEXT[999:]))
    [member] = members(path)
    assert member.kind == kind
    assert read(path) == TEXT
    assert head(member, 10) == TEXT[:10]
    write(path, pack(TEXT)[:-20])
    assert "it is cut off; download it again" in refusal(path)
    write(path, pack(TEXT)[:30] + b"x" * 99)
    assert "it is damaged" in refusal(path)


def test_a_feather_file_is_what_it_would_be_as_csv(tmp_path: Path) -> None:
    path = tmp_path / "a.feather"
    pl.DataFrame({"area_fips": ["08001", "08003"], "jobs": [7, None]}).write_ipc(path)
    assert read(path) == b"area_fips,jobs\n08001,7\n08003,\n"
    write(path, path.read_bytes()[:-20])
    assert "a Feather file that cannot be read" in refusal(path)


def test_utf16_is_known_without_a_mark(tmp_path: Path) -> None:
    text = "area_fips,name\n35001,Do\xf1a Ana\n"
    assert read(write(tmp_path / "a.csv", text.encode("utf-16-le"))) == text.encode()


@pytest.mark.parametrize("cut", [1, 7, 1000])
def test_lines_that_end_in_several_ways_all_end(
    cut: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In CR, LF or both, wherever a piece is cut."""
    path = write(tmp_path / "a.csv", b"a,b\r1,2\n3,4\r\n5,6\r7,8\r")
    [member] = members(path)
    monkeypatch.setattr(archive, "CHUNK_BYTES", cut)
    monkeypatch.setattr(archive, "LONGEST_LINE", 8)
    assert b"".join(blocks(member)) == b"a,b\n1,2\n3,4\r\n5,6\n7,8\n"
