"""What is expected of candidates: trends where nobody projects, and what both may be off by."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from lmi.analysis.expected import expected_growth
from lmi.analysis.measured import Evaluated
from lmi.analysis.outlook import GROWTH, RATE, TYPES, no_outlook
from lmi.analysis.sums import EMPLVL, WAGES, Sums
from lmi.analysis.trend_outlook import AHEAD, trend_outlook
from lmi.measures.damped_trend import projection_sd

DRAWS = 400
NOTHING = (no_outlook(), None)


def sums(**jobs: tuple[float, float]) -> Sums:
    """Jobs of candidates in a region and in its state; those named ``hidden`` are withheld."""
    rows = [
        (place, "lane", key, n)
        for place, at in (("region", 0), ("state", 1)) for key, n in
        ((key, both[at]) for key, both in jobs.items())
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["place", "region", "candidate", EMPLVL])
    is_hidden = (table["candidate"] == "hidden") & (table["place"] == "region")
    moves = np.linspace(-50, 50, DRAWS, dtype=np.float32)[None, :]
    return Sums(table, np.where(is_hidden, 0, -1), {EMPLVL: moves, WAGES: moves})


def span(first: Sums, last: Sums, base: int | None = 2018, broken: tuple = ()) -> SimpleNamespace:
    """Two years, 2018 and 2023."""
    years = {2018: SimpleNamespace(candidates=first), 2023: SimpleNamespace(
        candidates=last, totals=SimpleNamespace(n_draws=DRAWS))}  # fmt: skip
    breaks = pd.DataFrame(
        [("lane", key, 2018, 2023) for key in broken],
        columns=["region", "candidate", "year0", "year1"],
    )
    return SimpleNamespace(
        base=base, year=2023, years=years, now=years[2023], broken_candidates=lambda: breaks
    )


def projected(candidate: str, pct: float, horizon: str = "2023-2033"):
    row = dict.fromkeys(TYPES, np.nan) | {
        "region": "lane", "candidate": candidate, GROWTH: pct, "projection_source": "State",
        "projection_horizon": horizon,
    }  # fmt: skip
    value = np.array([pct])
    return pd.DataFrame([row]).astype(TYPES), Evaluated(
        {GROWTH: value}, {GROWTH: value}, {GROWTH: value},
        {GROWTH: value[:, None], RATE: value[:, None]},
    )  # fmt: skip


def test_a_trend_is_damped_from_its_own_growth_and_the_states():
    grown = span(sums(care=(1000, 10_000)), sums(care=(1200, 11_000)))
    rows = trend_outlook(grown)
    a_year = 0.25 * np.log(1.2) / 5 + 0.75 * np.log(1.1) / 5
    phi = (5 + 1.5) / (5 + 4)
    log = a_year * phi * (1 - phi**AHEAD) / (1 - phi)
    (row,) = rows.to_dict("records")
    assert row[GROWTH] == pytest.approx(100 * np.expm1(log))
    assert row["projection_horizon"] == "2023-2033"
    assert "since 2018" in row["projection_source"]


def test_what_is_not_comparable_or_was_not_there_has_no_trend():
    grown = span(sums(care=(1000, 9000), new=(0, 500)), sums(care=(1, 1), new=(9, 900)),
                 broken=("care",))  # fmt: skip
    rows = trend_outlook(grown)
    # what is new here has the state's pace
    assert rows["candidate"].tolist() == ["new"]
    assert trend_outlook(span(sums(care=(1, 1)), sums(care=(1, 1)), base=None)) is None


def test_who_is_projected_has_no_trend():
    grown = span(sums(care=(900, 9000), food=(50, 60)), sums(care=(1000, 9000), food=(50, 60)))
    rows, _ = expected_growth(grown, projected("care", 7.0))
    assert rows.set_index("candidate")["projection_source"].str[:6].to_dict() == {
        "care": "State", "food": "damped",
    }  # fmt: skip


def test_the_interval_is_that_of_the_backtest():
    """Of 1,000 jobs over ten years; the 90 % ends of 400 draws are off by a few hundredths."""
    grown = span(sums(care=(1000, 9000)), sums(care=(1000, 9000)))
    rows, measured = expected_growth(grown, projected("care", 0.0))
    sd = float(projection_sd(1000.0, 10))
    log = np.log1p(measured.draws[GROWTH][0] / 100)
    assert log.std() == pytest.approx(sd, rel=0.1)
    low, high = rows.iloc[0][f"{GROWTH}_lo"], rows.iloc[0][f"{GROWTH}_hi"]
    assert low == pytest.approx(100 * np.expm1(-1.645 * sd), abs=5)
    assert high == pytest.approx(100 * np.expm1(1.645 * sd), abs=8)
    assert rows.iloc[0][GROWTH] == 0


def test_a_withheld_candidate_has_the_same_expectation_as_an_open_one():
    open_ = sums(care=(100, 9000))
    hidden = sums(hidden=(100, 9000))
    rows = [expected_growth(span(one, one), NOTHING)[0].iloc[0] for one in (open_, hidden)]
    assert rows[0][GROWTH] == rows[1][GROWTH] == 0


def test_the_draws_of_a_candidate_hang_on_no_other():
    one = sums(care=(1000, 9000))
    two = sums(care=(1000, 9000), food=(50, 60))
    alone = expected_growth(span(one, one), NOTHING)[1].draws[GROWTH]
    beside = expected_growth(span(two, two), NOTHING)[1].draws[GROWTH]
    assert np.array_equal(alone[0], beside[0])
    assert not np.array_equal(beside[0], beside[1])


def test_nothing_to_go_by_is_nothing():
    rows, measured = expected_growth(span(sums(care=(1, 1)), sums(care=(1, 1)), base=None), NOTHING)
    assert rows.empty and measured is None
