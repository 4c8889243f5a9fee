"""`lmi batch`, `profile` and `measures`: what they say of mistakes, and the table they write."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from tests.unit.cli.conftest import Lmi


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["batch", "sample", "--year", "1999"], "no year 1999"),
        (["batch", "atlantis"], "atlantis"),
        (["profile", "sample/atlantis"], "atlantis"),
        (["batch", "../sample"], "../sample"),
        (["measures", "gannet-island", "--out", "x.xlsx"], ".csv or .parquet"),
    ],
)
def test_a_mistake_is_one_sentence_and_exit_status_1(
    lmi: Lmi, sample_store: Path, args: list[str], words: str
) -> None:
    done = lmi(*args, "--store", sample_store)
    assert done.status == 1
    assert words in done.err and "Traceback" not in done.err


@pytest.mark.slow  # every year of the sample is estimated
def test_measures_are_one_tidy_table(lmi: Lmi, sample_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "gannet.csv"
    asked = ("measures", "gannet-island", "--year", 2023, "--staff", "--out", file)
    done = lmi(*asked, "--store", sample_store)
    assert done.status == 0, done.err
    table = pd.read_csv(file, dtype={"industry_code": str, "own_code": str})
    assert set(table["kind"]) == {"total", "candidate", "industry"}
    for column in ("annual_avg_emplvl", "avg_annual_pay", "lq", "lq_state", "emplvl_pct_chg",
                   "national_growth", "industry_mix", "competitive_share"):  # fmt: skip
        assert table.loc[table["kind"] == "candidate", column].notna().any(), column
    assert set(table["notice"]) == {"For staff: not for publication."}


@pytest.mark.parametrize(
    "words",
    [
        ("batch", "../sample"), ("batch", "/tmp/sample"), ("batch", "../sample", "--dry-run"),
        ("status", "../sample"), ("fetch", "../sample", "--dry-run"),
        ("scorecard", "--state", "../sample"),
    ],
)  # fmt: skip
def test_a_state_is_named_and_no_path_to_elsewhere(lmi: Lmi, words: tuple[str, ...]) -> None:
    done = lmi(*words)
    assert done.status == 1 and "cannot be a key" in done.err, done.err


def test_what_a_cluster_needs_is_said(lmi: Lmi) -> None:
    said = {
        ("batch", "sample", "--outputs", "s3://bucket/x"): "add --scheduler ADDRESS",
        ("batch", "sample", "--scheduler", "nonsense"): "No scheduler answers at nonsense",
        ("batch", "sample", "--scheduler", "tcp://127.0.0.1:1", "--jobs", "2"): "leave --jobs out",
        ("worker", "nonsense"): "nonsense is no scheduler's address",
    }
    for words, sentence in said.items():
        done = lmi(*words)
        assert done.status == 1 and sentence in done.err, done.err
