"""Arrays on disk: made once, read back as they were, made anew when damaged."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.suppression import array_cache
from lmi.suppression.array_cache import contents_key, kept_arrays, read_arrays, write_arrays

ENDS = (np.array([0.0, 1.5]), np.array([np.inf, 2.0]))


def ends(path: Path, times: list[int]) -> list[np.ndarray]:
    def make() -> tuple[np.ndarray, ...]:
        times.append(1)
        return ENDS

    return kept_arrays(path, ("min", "max"), 2, make)


def test_they_are_made_once_and_read_back_as_they_were(tmp_path: Path) -> None:
    times: list[int] = []
    for _ in range(3):
        for found, made in zip(ends(tmp_path / "a.npz", times), ENDS, strict=True):
            np.testing.assert_array_equal(found, made)
    assert len(times) == 1
    assert [p.name for p in tmp_path.iterdir()] == ["a.npz"]  # no temporary file stays


@pytest.mark.parametrize("left", [0, 10, 0.5, 0.99])
def test_a_cut_off_file_is_made_anew(tmp_path: Path, left: float) -> None:
    path, times = tmp_path / "a.npz", list[int]()
    ends(path, times)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(left * len(whole)) if 0 < left < 1 else int(left)])
    ends(path, times)
    assert (len(times), path.read_bytes()) == (2, whole)


def test_a_file_with_a_changed_byte_is_made_anew(tmp_path: Path) -> None:
    path, times = tmp_path / "a.npz", list[int]()
    ends(path, times)
    whole = path.read_bytes()
    at = whole.index(ENDS[0].tobytes())
    path.write_bytes(whole[:at] + b"\x07" + whole[at + 1 :])
    ends(path, times)
    assert (len(times), path.read_bytes()) == (2, whole)


def test_arrays_of_another_length_are_made_anew(tmp_path: Path) -> None:
    path, times = tmp_path / "a.npz", list[int]()
    write_arrays(path, {"min": np.zeros(3), "max": np.zeros(3)})
    ends(path, times)
    assert len(times) == 1
    np.testing.assert_array_equal(read_arrays(path, "max")[0], ENDS[1])


def test_where_nothing_can_be_written_they_are_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("read-only")

    monkeypatch.setattr(array_cache.atomic, "write_with", refuse)
    times: list[int] = []
    np.testing.assert_array_equal(ends(tmp_path / "a.npz", times)[0], ENDS[0])


def test_a_name_tells_contents_apart_and_where_one_ends() -> None:
    table = pd.DataFrame({"area_fips": ["99001", "99003"], "jobs": [1.0, np.nan]})
    assert contents_key(table) == contents_key(table.copy())
    assert contents_key(table) != contents_key(table.fillna(0.0))
    assert contents_key(table) != contents_key(table.iloc[::-1])
    assert contents_key("ab", "c") != contents_key("a", "bc")
