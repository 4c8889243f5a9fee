"""A part gives back what was written, however its columns are encoded."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi import part as module
from lmi.part import write_part

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
