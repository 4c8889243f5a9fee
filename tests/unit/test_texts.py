"""How texts are held is a matter of time alone: values, types and results are equal."""

from __future__ import annotations

import numpy as np
import pandas as pd
import polars as pl
import pytest
from pandas.testing import assert_frame_equal

from lmi import texts
from lmi.store import Store
from lmi.texts import as_arrow, to_pandas

STORAGE = "mode.string_storage"


@pytest.fixture
def own_setting():
    before = pd.get_option(STORAGE)
    yield
    pd.set_option(STORAGE, before)


def rows(n: int) -> pl.DataFrame:
    codes = [None if i % 7 == 0 else f"{i % 90:02d}" for i in range(n)]
    return pl.DataFrame({"industry_code": codes, "month1_emplvl": range(n)})


def test_a_long_table_is_held_as_arrow_does_and_a_short_one_is_not(monkeypatch):
    monkeypatch.setattr(texts, "LONG", 50)
    held = {n: to_pandas(rows(n))["industry_code"].dtype for n in (49, 50)}
    assert {n: dtype.storage for n, dtype in held.items()} == {49: "python", 50: "pyarrow"}
    assert all(dtype == "str" and np.isnan(dtype.na_value) for dtype in held.values())


def test_both_give_the_same_tables(monkeypatch):
    short = to_pandas(rows(40))
    monkeypatch.setattr(texts, "LONG", 1)
    long = to_pandas(rows(40))
    assert long["industry_code"].dtype.storage == "pyarrow"
    assert_frame_equal(long.astype(object), short.astype(object))
    summed, again = (
        short.merge(one, on="industry_code", validate="m:m")
        .groupby("industry_code")["month1_emplvl_x"]
        .sum()
        for one in (short, long)
    )
    assert summed.index.tolist() == again.index.tolist()
    assert summed.tolist() == again.tolist()


def test_a_store_sets_it_for_what_is_made_after(own_setting, tmp_path):
    pd.set_option(STORAGE, "pyarrow")
    Store(tmp_path)
    assert pd.Series(["11"]).dtype.storage == "python"
    assert pd.DataFrame({"own_code": ["5"]}).columns.dtype.storage == "python"


def test_a_file_has_the_same_bytes_however_its_texts_are_held(monkeypatch, tmp_path):
    short = to_pandas(rows(40)).assign(place="region")
    monkeypatch.setattr(texts, "LONG", 1)
    long = to_pandas(rows(40)).assign(place="region")
    joined = short[["industry_code"]].merge(long.drop_duplicates("industry_code"), how="left")
    assert joined["industry_code"].dtype == object
    objects = short.assign(industry_code=joined["industry_code"])
    for name, frame in (("short", short), ("long", long), ("objects", objects)):
        as_arrow(frame).to_parquet(tmp_path / name)
    assert (tmp_path / "short").read_bytes() == (tmp_path / "long").read_bytes()
    assert (tmp_path / "short").read_bytes() == (tmp_path / "objects").read_bytes()
