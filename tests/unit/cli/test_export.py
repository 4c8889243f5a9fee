"""Export: codes as text, what is withheld empty, and one sentence where it cannot be."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import polars as pl
import pytest

from lmi.store import Store
from tests.builders import (
    flows,
    is_one_sentence,
    qcew,
    take_in,
    write,
)
from tests.unit.cli.conftest import Lmi, Said

CELLS = """
    08001 0 10 100 2000 90000000
    08001 5 62  20    0        0 N
    08001 5 722  0    0        0 -
    08003 5 23   3    0        0
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a year, two quarters, an older vintage, flows and texts."""
    folder = tmp_path_factory.mktemp("made")
    root = folder / "store"
    texts = "area_fips,household,year,annual_wage,source\n08001,=1+1,2023,40000,us\n"
    take_in(
        root,
        write(folder / "old.csv", qcew("08001 0 10 90 1900 80000000")),
        write(folder / "new.csv", qcew(CELLS)),
        write(folder / "q1.csv", qcew("08001 0 10 100 1990 20000000", qtr="1")),
        write(folder / "q2.csv", qcew("08001 0 10 100 2010 20000000", qtr="2")),
        write(folder / "f.csv", flows("08001 08003 9", "08003 08001 5", year=2021)),
        write(folder / "t.csv", texts),
    )
    return root


@pytest.fixture
def held(made: Path, root: Path) -> Path:
    """A copy of it of one's own."""
    shutil.copytree(made, root)
    return root


def read_csv(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype=str, keep_default_na=False)


def test_an_exported_csv_has_codes_as_text_and_withheld_empty(
    lmi: Lmi, held: Path, tmp_path: Path
) -> None:
    said = lmi("export", "qcew", "--period", "2016", "--out", tmp_path / "a.csv")
    assert said == Said(0, f"4 rows written to {tmp_path / 'a.csv'}\n", "")
    names = [
        "area_fips",
        "own_code",
        "industry_code",
        "disclosure_code",
        "annual_avg_estabs",
        "annual_avg_emplvl",
    ]
    assert read_csv(tmp_path / "a.csv")[names].to_numpy().tolist() == [
        ["08001", "0", "10", "", "100", "2000"],
        ["08001", "5", "62", "N", "20", ""],
        ["08001", "5", "722", "-", "0", ""],
        ["08003", "5", "23", "", "3", "0"],
    ]
    assert (tmp_path / "a.csv").read_bytes().count(b"\r") == 0


def test_an_exported_csv_reads_back_as_the_store_has_it(
    lmi: Lmi, held: Path, tmp_path: Path
) -> None:
    lmi("export", "qcew", "--period", "2016", "--out", tmp_path / "a.csv")
    stored = Store(held).qcew("annual")
    text = [n for n in stored if pd.api.types.is_string_dtype(stored[n])]
    read = pd.read_csv(tmp_path / "a.csv", dtype=dict.fromkeys(text, "str"), na_values=[""])
    assert read.pop("vintage").isna().all(), "nobody said of which release they are"
    pd.testing.assert_frame_equal(read, stored, check_dtype=False)
    assert not (set(read.columns) ^ set(stored.columns))


def test_the_same_export_gives_the_same_bytes(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        lmi("export", "qcew", "--out", tmp_path / name)
    assert (tmp_path / "a.csv").read_bytes() == (tmp_path / "b.csv").read_bytes()


def test_an_exported_parquet_keeps_types(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    assert lmi("export", "qcew_annual", "--out", tmp_path / "a.parquet").status == 0
    frame = pl.read_parquet(tmp_path / "a.parquet")
    assert frame["area_fips"].dtype == pl.String
    assert frame["area_fips"].to_list() == ["08001", "08001", "08001", "08003"]
    assert frame["annual_avg_emplvl"].dtype == pl.Int64
    assert frame["annual_avg_emplvl"].to_list() == [2000, None, None, 0]
    assert frame["lq_annual_avg_emplvl"].to_list() == [1.0, None, None, 1.25]


@pytest.mark.parametrize(
    ("words", "jobs"),
    [
        (["qcew", "--period", "2016Q2"], ["2010"]),
        (["qcew", "--period", "2016q1"], ["1990"]),
        (["qcew_quarterly", "--period", "2016"], ["1990", "2010"]),
        (["qcew", "--area", "08003", "--area", "08001", "--industry", "10"], ["2000"]),
        (["qcew", "--vintage", "1"], ["1900"]),
    ],
)
def test_an_export_is_narrowed(
    lmi: Lmi, held: Path, tmp_path: Path, words: list[str], jobs: list[str]
) -> None:
    assert lmi("export", *words, "--out", tmp_path / "a.csv").status == 0
    rows = read_csv(tmp_path / "a.csv")
    column = "annual_avg_emplvl" if "annual_avg_emplvl" in rows else "month1_emplvl"
    assert rows[column].tolist() == jobs


def test_a_vintage_may_be_named_by_its_hash(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    sha = Store(held).catalogue()["sha256"][0]
    lmi("export", "qcew", "--vintage", sha[:8], "--out", tmp_path / "a.csv")
    assert read_csv(tmp_path / "a.csv")["annual_avg_emplvl"].tolist() == ["1900"]


def test_other_tables_and_the_sources_are_exported(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    lmi("export", "commuting", "--period", "2021", "--out", tmp_path / "f.csv")
    assert read_csv(tmp_path / "f.csv")["w_county_fips"].tolist() == ["08001", "08003"]
    lmi("export", "sources", "--out", tmp_path / "s.csv")
    assert read_csv(tmp_path / "s.csv")["name"].tolist() == [
        "old.csv", "new.csv", "q1.csv", "q2.csv", "f.csv", "t.csv",
    ]  # fmt: skip


def test_an_exported_text_does_not_run_as_a_formula(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    lmi("export", "thresholds", "--out", tmp_path / "t.csv")
    assert read_csv(tmp_path / "t.csv")["household"].tolist() == ["'=1+1"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["qcew", "--period", "1999"], "has no such rows of qcew; `lmi sources` lists what it has"),
        (["qcew", "--area", "08999"], "has no such rows of qcew"),
        (["qcew", "--area", "8001"], "write '08001' with its leading zero"),
        (["qcew", "--industry", "31"], "QCEW codes that sector as '31-33'"),
        (["qcew", "--period", "2016Q5"], "The period is '2016Q5'; write a year such as 2016"),
        (["qcew", "--period", "16"], "The period is '16'"),
        (["qcew", "--vintage", "nope"], "'nope' names no sources"),
        (["wages"], "There is no table 'wages'; the tables are qcew_annual"),
        (["projections"], "No projections table: none is in the store; to add it, ingest"),
        (["commuting", "--industry", "10"], "The table commuting has no industry_code"),
        (["commuting", "--period", "2021Q1"], "The table commuting has no quarters; name a year"),
        (["sources", "--area", "08001"], "is exported whole; leave the choices out"),
    ],
)
def test_an_export_that_cannot_be_is_one_sentence(
    lmi: Lmi, held: Path, tmp_path: Path, words: list[str], message: str
) -> None:
    said = lmi("export", *words, "--out", tmp_path / "a.csv")
    assert said.status == 1
    assert said.err.startswith("Error: ")
    assert message in said.err
    assert said.err.endswith("\n")
    assert is_one_sentence(said.err.rstrip("\n"))
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize("name", ["a.xlsx", "a", "a.csv.gz"])
def test_another_ending_is_refused(lmi: Lmi, held: Path, tmp_path: Path, name: str) -> None:
    said = lmi("export", "qcew", "--out", tmp_path / name)
    assert said.status == 1
    assert said.err.endswith("; write to .csv or .parquet.\n")


def test_an_export_makes_its_folder_or_says_why_not(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    assert lmi("export", "qcew", "--out", tmp_path / "new" / "folder" / "A.CSV").status == 0
    assert (tmp_path / "new" / "folder" / "A.CSV").is_file()
    taken = write(tmp_path / "taken", "a file")
    said = lmi("export", "qcew", "--out", taken / "a.csv")
    assert said.status == 1
    assert "cannot be written (" in said.err
    assert said.err.endswith("\n")
    assert is_one_sentence(said.err.rstrip("\n"))


def test_a_failed_export_leaves_the_old_file(lmi: Lmi, held: Path, tmp_path: Path) -> None:
    old = write(tmp_path / "a.csv", "old")
    lmi("export", "qcew", "--period", "1999", "--out", old)
    assert old.read_text() == "old"
