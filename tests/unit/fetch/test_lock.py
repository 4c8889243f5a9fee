"""The lock: one line a file, sorted, and nothing believed that `lmi fetch` does not write."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lmi.errors import ConfigError
from lmi.fetch.lock import FILE_NAME, Locked, read_lock, write_lock

URL = "https://data.bls.gov/cew/data/api/2023/a/area/08001.csv"


def entry(url: str = URL) -> Locked:
    return Locked(url, "a" * 64, 1234, date(2024, 6, 12), "2023, preliminary")


def test_a_round_trip_is_sorted_and_changes_nothing(tmp_path: Path):
    laus = "https://www.bls.gov/lau/laucnty23.xlsx"
    entries = {laus: entry(laus), URL: entry()}
    assert write_lock(tmp_path, entries)
    assert not write_lock(tmp_path, entries)
    assert read_lock(tmp_path) == entries
    lines = (tmp_path / FILE_NAME).read_text().splitlines()
    assert lines[-3:] == [
        "url,sha256,size,retrieved,release",
        f'{URL},{"a" * 64},1234,2024-06-12,"2023, preliminary"',
        f'{laus},{"a" * 64},1234,2024-06-12,"2023, preliminary"',
    ]
    assert read_lock(tmp_path)[laus].source == "laus"
    text = (tmp_path / FILE_NAME).read_text().replace("\n", "\r\n")
    (tmp_path / FILE_NAME).write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert read_lock(tmp_path) == entries, "an editor of another system saved it"


def test_a_state_without_one_has_none(tmp_path: Path):
    assert read_lock(tmp_path) == {}
    assert not write_lock(tmp_path, {})
    assert not (tmp_path / FILE_NAME).exists()


@pytest.mark.parametrize(
    "line",
    [
        f"{URL},abc,1234,2024-06-12,2023",
        f"{URL},{'a' * 64},-1,2024-06-12,2023",
        f"{URL},{'a' * 64},1,12/06/2024,2023",
        f"https://evil.example/x.csv,{'a' * 64},1,2024-06-12,2023",
        f"https://data.bls.gov/cew/data/api/2023/a/area/../../../../x,{'a' * 64},1,2024-06-12,2023",
        f"{URL},{'a' * 64}",
        "<<<<<<< HEAD",
    ],
)
def test_a_line_that_is_not_its_own_is_named(tmp_path: Path, line: str):
    (tmp_path / FILE_NAME).write_text(f"# head\n\n{line}\n")
    with pytest.raises(ConfigError, match=r"data\.lock, line 3: the line is not"):
        read_lock(tmp_path)


def test_a_file_that_stands_twice_is_named(tmp_path: Path):
    write_lock(tmp_path, {URL: entry()})
    path = tmp_path / FILE_NAME
    path.write_text(path.read_text() + path.read_text().splitlines()[-1] + "\n")
    with pytest.raises(ConfigError, match="stands twice"):
        read_lock(tmp_path)
