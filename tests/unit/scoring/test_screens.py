"""Driver screens and the decline flag."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.config import Criterion, Screen
from lmi.scoring.screens import passes_flag, screen_table


def screened(flag: str, measure: str, **line: float) -> Criterion:
    return Criterion(
        key=measure.replace("_", "-"),
        name=measure,
        question="?",
        measure=measure,
        value=((0, 0), (2, 1)),
        screen=Screen(flag=flag, **line),
    )


CRITERIA = [
    screened("jobs", "emplvl_share", at_least=0.05),
    screened("wages", "pay_ratio", above=1.0),
    screened("concentration", "lq", at_least=1.25),
    screened("concentration", "lq_state", at_least=1.25),
    screened("decline", "projected_emplvl_pct_chg", below=0),
    screened("decline", "emplvl_cagr", below=0),
]


@pytest.fixture
def candidates() -> pd.DataFrame:
    rows = [
        # name            jobs  pay   lq    state projected past
        ("large", 0.05, 0.8, 0.9, 0.9, 4.0, 1.0),
        ("well paid", 0.01, 1.1, 0.9, 0.9, np.nan, -1.0),
        ("above the nation", 0.01, 1.0, 1.3, 0.9, -2.0, 3.0),
        ("above the state", 0.01, 1.0, 1.2, 1.3, 0.0, 0.0),
        ("none of these", 0.049, 1.0, 1.2, 1.2, np.nan, np.nan),
        ("withheld", np.nan, np.nan, np.nan, np.nan, np.nan, np.nan),
    ]
    measures = [c.measure for c in CRITERIA]
    return pd.DataFrame(rows, columns=["candidate", *measures])


def test_any_one_of_jobs_wages_and_concentration_makes_a_driver(candidates) -> None:
    screens = screen_table(candidates, CRITERIA, keys=["candidate"]).set_index("candidate")
    flags = screens.astype(int)
    columns = ["driver_jobs", "driver_wages", "driver_concentration", "is_driver", "is_declining"]
    assert flags.columns.tolist() == columns
    assert flags.loc["large"].tolist() == [1, 0, 0, 1, 0]
    assert flags.loc["well paid"].tolist() == [0, 1, 0, 1, 1]
    assert flags.loc["above the nation"].tolist() == [0, 0, 1, 1, 1]
    assert flags.loc["above the state"].tolist() == [0, 0, 1, 1, 0]
    assert flags.loc["none of these"].tolist() == [0, 0, 0, 0, 0]
    assert flags.loc["withheld"].tolist() == [0, 0, 0, 0, 0]


def test_a_measure_without_a_column_passes_no_screen(candidates) -> None:
    table = candidates.drop(columns="emplvl_share")
    assert not passes_flag(table, CRITERIA, "jobs").any()


def test_a_criterion_without_a_screen_flags_nothing(candidates) -> None:
    plain = Criterion(
        key="pay", name="Pay", question="?", measure="pay_ratio", value=((0, 0), (2, 1))
    )
    assert not passes_flag(candidates, [plain], "wages").any()
