"""Driver screens, and screens of several measures."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.config import Criterion, CriticalMass, NamedScreen, Screen
from lmi.scoring.screens import screen_table


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
]


@pytest.fixture
def candidates() -> pd.DataFrame:
    rows = [
        # name            jobs  pay   lq    state
        ("large", 0.05, 0.8, 0.9, 0.9),
        ("well paid", 0.01, 1.1, 0.9, 0.9),
        ("above the nation", 0.01, 1.0, 1.3, 0.9),
        ("above the state", 0.01, 1.0, 1.2, 1.3),
        ("none of these", 0.049, 1.0, 1.2, 1.2),
        ("withheld", np.nan, np.nan, np.nan, np.nan),
    ]
    measures = [c.measure for c in CRITERIA]
    return pd.DataFrame(rows, columns=["candidate", *measures])


def test_any_one_of_jobs_wages_and_concentration_makes_a_driver(candidates) -> None:
    screens = screen_table(candidates, CRITERIA, keys=["candidate"]).set_index("candidate")
    columns = ["driver_jobs", "driver_wages", "driver_concentration", "is_driver"]
    flags = screens[columns].astype(int)
    assert flags.loc["large"].tolist() == [1, 0, 0, 1]
    assert flags.loc["well paid"].tolist() == [0, 1, 0, 1]
    assert flags.loc["above the nation"].tolist() == [0, 0, 1, 1]
    assert flags.loc["above the state"].tolist() == [0, 0, 1, 1]
    assert flags.loc["none of these"].tolist() == [0, 0, 0, 0]
    assert flags.loc["withheld"].tolist() == [0, 0, 0, 0]


def test_every_flag_has_its_column_and_whether_it_is_sure(candidates) -> None:
    drivers = ["driver_jobs", "driver_wages", "driver_concentration", "is_driver"]
    expected = [name for flag in drivers for name in (flag, f"{flag}_is_sure")]
    expected += ["wages_but_small", "concentration_but_small"]
    screens = screen_table(candidates, CRITERIA, keys=["candidate"])
    assert screens.columns.tolist() == ["candidate", *expected]
    assert set(screens.dtypes.drop("candidate")) == {np.dtype(bool)}


def interval(estimate: float, lo: float, hi: float, measure: str) -> pd.DataFrame:
    row = {"candidate": "x", measure: estimate, f"{measure}_lo": lo, f"{measure}_hi": hi}
    return pd.DataFrame([row])


@pytest.mark.parametrize(
    ("estimate", "lo", "hi", "flag", "sure"),
    [
        (1.2, 1.1, 1.4, True, True),
        (1.2, 0.9, 1.4, True, False),
        (1.2, 1.0, 1.4, True, False),  # the line itself is not above it
        (0.8, 0.7, 0.9, False, True),
        (0.8, 0.7, 1.1, False, False),
        (1.2, np.nan, np.nan, True, False),  # so uncertain that there is no interval
        (np.nan, np.nan, np.nan, False, False),  # nothing is known
    ],
)
def test_a_flag_is_sure_where_its_interval_lies_on_one_side(estimate, lo, hi, flag, sure) -> None:
    table = interval(estimate, lo, hi, "pay_ratio")
    screened = screen_table(table, CRITERIA, keys=["candidate"]).iloc[0]
    assert (screened["driver_wages"], screened["driver_wages_is_sure"]) == (flag, sure)
    assert (screened["is_driver"], screened["is_driver_is_sure"]) == (flag, sure)


def test_without_a_column_of_ends_a_measure_is_sure(candidates) -> None:
    screens = screen_table(candidates, CRITERIA, keys=["candidate"]).set_index("candidate")
    sure = screens.filter(like="_is_sure")
    assert sure.drop("withheld").all(axis=None)
    assert not sure.loc["withheld"].any()


def test_one_way_that_is_sure_makes_a_sure_driver() -> None:
    table = interval(1.2, 0.9, 1.4, "pay_ratio").assign(lq=1.5)
    screened = screen_table(table, CRITERIA, keys=["candidate"]).iloc[0]
    assert not screened["driver_wages_is_sure"]
    assert screened["is_driver"] and screened["is_driver_is_sure"]


def test_one_way_that_is_open_leaves_no_sure_refusal() -> None:
    table = interval(0.8, 0.7, 1.1, "pay_ratio").assign(lq=1.0)
    screened = screen_table(table, CRITERIA, keys=["candidate"]).iloc[0]
    assert not screened["is_driver"] and not screened["is_driver_is_sure"]
    assert screened["driver_concentration_is_sure"], "below the line, and published"


def named(kind: str) -> NamedScreen:
    lines = [{"measure": "pay_ratio", "above": 1.0}, {"measure": "lq", "at_least": 1.25}]
    return NamedScreen(key="both-ways", name="Both", **{kind: lines})


@pytest.mark.parametrize(
    ("kind", "lq", "passed", "sure"),
    [
        ("any", 1.5, True, True),  # pay may not be above; the quotient surely is
        ("any", 1.0, True, False),
        ("any", np.nan, True, False),
        ("all", 1.5, True, False),
        ("all", 1.0, False, True),  # the quotient surely is not
        ("all", np.nan, False, False),
    ],
)
def test_named_screens_join_lines_of_any_measures(kind, lq, passed, sure) -> None:
    table = interval(1.2, 0.9, 1.4, "pay_ratio").assign(lq=lq)
    screened = screen_table(table, [], [named(kind)], keys=["candidate"]).iloc[0]
    assert screened["screen_both-ways"] == passed
    assert screened["screen_both-ways_is_sure"] == sure


def test_criteria_without_screens_make_no_driver_and_nothing_sure(candidates) -> None:
    flags = screen_table(candidates, [], keys=["candidate"]).drop(columns="candidate")
    assert not flags.any(axis=None)


MASS = CriticalMass(
    all=[
        {"measure": "emplvl_share", "at_least": 0.005},
        {"measure": "annual_avg_estabs", "at_least": 12},
    ]
)


@pytest.mark.parametrize(
    ("share", "estabs", "driver", "sure", "small"),
    [
        ((0.01, 0.02, 0.03), 40, True, True, False),
        ((0.001, 0.002, 0.004), 40, False, True, True),
        ((0.004, 0.006, 0.008), 40, True, False, False),  # perhaps too small
        ((0.004, 0.0045, 0.006), 40, False, False, False),  # perhaps large enough
        ((0.01, 0.02, 0.03), 3, False, True, True),
        ((0.06, 0.07, 0.08), 3, True, True, True),  # many jobs are a mass by themselves
        ((np.nan, np.nan, np.nan), 40, False, False, False),
    ],
)
def test_pay_makes_a_driver_only_where_there_is_a_critical_mass(
    share, estabs, driver, sure, small
) -> None:
    lo, estimate, hi = share
    table = interval(estimate, lo, hi, "emplvl_share").assign(
        pay_ratio=1.4, annual_avg_estabs=estabs
    )
    found = screen_table(table, CRITERIA, critical_mass=MASS, keys=["candidate"]).iloc[0]
    assert (found["is_driver"], found["is_driver_is_sure"]) == (driver, sure)
    assert found["wages_but_small"] == small and not found["concentration_but_small"]
    assert found["driver_wages"] == (driver and estabs >= 12)


def test_who_may_not_pay_above_the_line_is_not_said_to() -> None:
    table = interval(1.1, 0.8, 1.4, "pay_ratio").assign(emplvl_share=0.001, annual_avg_estabs=3)
    found = screen_table(table, CRITERIA, critical_mass=MASS, keys=["candidate"]).iloc[0]
    assert not found["wages_but_small"]


def test_who_is_small_and_does_not_pay_is_not_called_small() -> None:
    table = pd.DataFrame({"candidate": ["x"], "pay_ratio": [0.8], "annual_avg_estabs": [3]})
    found = screen_table(table, CRITERIA, critical_mass=MASS, keys=["candidate"]).iloc[0]
    assert not found["wages_but_small"]
