"""A part gives back what was written, however its columns are encoded."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.store import parquet as module
from lmi.store.parquet import write_part

CODES = st.one_of(st.none(), st.text("0123456789-", max_size=6))
ROWS = st.lists(
    st.tuples(CODES, CODES, st.one_of(st.none(), st.integers(-(2**62), 2**62)),
              st.one_of(st.none(), st.floats(allow_nan=False))),
    max_size=40,
)  # fmt: skip


@given(rows=ROWS, group_rows=st.integers(1, 50))
def test_every_row_comes_back(
    rows: list[tuple[object, ...]], group_rows: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    schema = {
        "area_fips": pl.Categorical(),
        "disclosure_code": pl.Categorical(),
        "jobs": pl.Int64(),
        "lq": pl.Float64(),
    }
    frame = pl.DataFrame(rows, schema=schema, orient="row").with_row_index("row")
    path = tmp_path_factory.mktemp("part") / "p.parquet"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "ROW_GROUP_ROWS", group_rows)
        write_part(frame, path)
    found = pl.read_parquet(path).cast(dict.fromkeys(["area_fips", "disclosure_code"], pl.String))
    given = frame.cast(dict.fromkeys(["area_fips", "disclosure_code"], pl.String))
    assert found.sort("row").rows() == given.rows()


def test_withheld_rows_stand_behind_the_others_of_their_row_group(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Areas stay together, so that a query may pass over row groups."""
    monkeypatch.setattr(module, "ROW_GROUP_ROWS", 3)
    frame = pl.DataFrame({"area_fips": list("aaabbb"), "disclosure_code": ["N", None, None] * 2})
    write_part(frame, tmp_path / "p.parquet")
    found = pl.read_parquet(tmp_path / "p.parquet")
    assert "".join(found["area_fips"]) == "aaabbb"
    assert found["disclosure_code"].to_list() == [None, None, "N"] * 2


def test_codes_are_dictionaries_though_rows_come_in_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dictionaries that differ within a row group would be given up, and each code written out.

    The encodings that a file tells of are the same then; its size is not.
    """
    monkeypatch.setattr(module, "ROW_GROUP_ROWS", 400)
    monkeypatch.setattr(module, "ROW_GROUPS_AT_ONCE", 2)
    schema = {"area_fips": pl.Categorical(), "disclosure_code": pl.Categorical()}
    pieces = [
        pl.DataFrame(
            {"area_fips": [f"0800{n}"] * 200, "disclosure_code": ["N", None] * 100}, schema
        )
        for n in range(8)
    ]
    write_part(pl.concat(pieces), tmp_path / "p.parquet")
    file = pq.ParquetFile(tmp_path / "p.parquet")
    groups = [file.metadata.row_group(g) for g in range(file.num_row_groups)]
    assert [g.num_rows for g in groups] == [400] * 4
    # Two codes of five characters and 400 numbers of one bit; written out they are 2,000 bytes.
    assert all(g.column(0).total_uncompressed_size < 400 for g in groups)
    assert set(file.read_row_group(3)["area_fips"].to_pylist()) == {"08006", "08007"}


def test_columns_that_are_always_filled_say_so(tmp_path: Path) -> None:
    frame = pl.DataFrame({"area_fips": ["08001"], "jobs": [1]})
    write_part(frame, tmp_path / "p.parquet", ["area_fips"])
    found = pq.read_schema(tmp_path / "p.parquet")
    assert {f.name: f.nullable for f in found} == {"area_fips": False, "jobs": True}


def test_a_part_without_rows_keeps_its_columns(tmp_path: Path) -> None:
    schema = {"area_fips": pl.Categorical(), "jobs": pl.Int64()}
    write_part(pl.DataFrame(schema=schema), tmp_path / "p.parquet")
    assert pl.read_parquet(tmp_path / "p.parquet").columns == ["area_fips", "jobs"]
