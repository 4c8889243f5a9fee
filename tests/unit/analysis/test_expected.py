"""What is expected of candidates: trends where nobody projects, and what both may be off by."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from lmi.analysis.expected import JOBS, RATE, expected_growth
from lmi.analysis.outlook import GROWTH, TYPES, no_outlook
from lmi.analysis.sums import EMPLVL, WAGES, Sums
from lmi.analysis.trend_outlook import AHEAD, trend_outlook
from lmi.measures.damped_trend import AFTER_A_FALL, projection_sd

DRAWS = 400
NOTHING = no_outlook()


def sums(**jobs: tuple[float, float]) -> Sums:
    """Jobs of candidates in a region and in its state; those named ``hidden`` are estimated."""
    rows = [
        (place, "lane", key, n)
        for place, at in (("region", 0), ("state", 1)) for key, n in
        ((key, both[at]) for key, both in jobs.items())
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["place", "region", "candidate", EMPLVL])
    is_hidden = (table["candidate"] == "hidden") & (table["place"] == "region")
    moves = np.linspace(-50, 50, DRAWS, dtype=np.float32)[None, :]
    return Sums(table, np.where(is_hidden, 0, -1), {EMPLVL: moves, WAGES: moves})


def totals(nation: float) -> Sums:
    """All jobs of the nation."""
    table = pd.DataFrame([("nation", "lane", nation)], columns=["place", "region", EMPLVL])
    return Sums(table, np.array([-1]), {EMPLVL: np.zeros((1, DRAWS), dtype=np.float32)})


def span(
    first: Sums, last: Sums, base: int | None = 2018, broken: tuple = (), nation: float = 1e6
) -> SimpleNamespace:
    """Two years, 2018 and 2023; the nation has a million jobs in the first."""
    years = {
        2018: SimpleNamespace(candidates=first, totals=totals(1e6)),
        2023: SimpleNamespace(candidates=last, totals=totals(nation)),
    }
    breaks = pd.DataFrame(
        [("lane", key, 2018, 2023) for key in broken],
        columns=["region", "candidate", "year0", "year1"],
    )
    return SimpleNamespace(
        base=base, year=2023, years=years, now=years[2023], broken_candidates=lambda: breaks
    )


def projected(
    candidate: str, pct: float, horizon: str = "2023-2033", kind: str = "state"
) -> pd.DataFrame:
    row = dict.fromkeys(TYPES, "") | {
        "region": "lane", "candidate": candidate, GROWTH: pct, f"{GROWTH}_region": np.nan,
        "projection_kind": kind, "projection_source": "Office", "projection_horizon": horizon,
    }  # fmt: skip
    return pd.DataFrame([row]).astype(TYPES)


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


def test_a_fall_of_all_jobs_together_is_not_expected_to_go_on():
    """Who fell as all jobs did is expected to stay; of what one lost beyond, a quarter goes on."""
    fallen = span(sums(care=(1000, 9000), coal=(1000, 9000)),
                  sums(care=(900, 8100), coal=(810, 7290)), nation=0.9e6)  # fmt: skip
    said = trend_outlook(fallen)
    assert said["projection_source"].str.endswith("since 2018, of which a quarter counts, for all "
                                                  "jobs fell together").all()  # fmt: skip
    rows = said.set_index("candidate")[GROWTH]
    grown = span(sums(coal=(1000, 9000)), sums(coal=(900, 8100)), nation=1.1e6)
    assert rows["care"] == pytest.approx(0, abs=1e-9)
    goes_on = np.log1p(trend_outlook(grown)[GROWTH][0] / 100)
    assert np.log1p(rows["coal"] / 100) == pytest.approx(AFTER_A_FALL * goes_on)


def test_the_best_counts_and_the_others_stand_beside_it():
    grown = span(sums(care=(900, 9000), food=(50, 60)), sums(care=(1000, 9000), food=(50, 60)))
    offices = pd.concat([projected("care", 4.0, kind="nation"), projected("care", 22.0)])
    rows, measured = expected_growth(grown, offices)
    care, food = rows.set_index("candidate").loc[["care", "food"]].to_dict("records")
    assert (care["projection_kind"], food["projection_kind"]) == ("state", "trend")
    assert care[RATE] == care[f"{RATE}_by_state"] == pytest.approx(100 * (1.22**0.1 - 1))
    assert care[f"{RATE}_by_nation"] == pytest.approx(100 * (1.04**0.1 - 1))
    assert care["projection_horizon_by_trend"] == "2023-2033"
    assert np.isnan(food[f"{RATE}_by_state"])
    # 2.0 a year beside 0.4 and by trend 0.1: both are more than a point below
    assert [care[f"projection_disagrees_by_{k}"] for k in ("state", "nation", "trend")] == [
        False, True, True,
    ]  # fmt: skip
    assert care["projections_disagree"] and not food["projections_disagree"]
    assert measured.draws[RATE].shape == (2, DRAWS)


def test_horizons_of_any_length_stand_beside_each_other_as_a_rate_a_year():
    same = span(sums(care=(1000, 9000)), sums(care=(1000, 9000)))
    offices = pd.concat(
        [projected("care", 2.0, "2023-2025"), projected("care", 10.0, kind="nation")]
    )
    row = expected_growth(same, offices)[0].iloc[0]
    assert row[f"{RATE}_by_state"] == pytest.approx(0.995, abs=1e-3)
    assert row[f"{RATE}_by_nation"] == pytest.approx(0.958, abs=1e-3)
    assert not row["projections_disagree"]


def test_jobs_are_told_from_the_year_of_the_jobs_to_the_end_of_the_horizon():
    """2.0 a year from 2021 to 2031; of 1,000 jobs of 2023 eight years are left: 172, to digits."""
    same = span(sums(care=(1000, 9000)), sums(care=(1000, 9000)))
    row = expected_growth(same, projected("care", 22.0, "2021-2031"))[0].iloc[0]
    assert row[JOBS] == 172
    sd = float(projection_sd(1000.0, 8))
    ends = [1000 * (1.22**0.8 * np.exp(z * sd) - 1) for z in (-1.645, 1.645)]
    assert [row[f"{JOBS}_lo"], row[f"{JOBS}_hi"]] == pytest.approx(ends, abs=7)
    assert all(x == float(f"{x:.3g}") for x in row[[JOBS, f"{JOBS}_lo", f"{JOBS}_hi"]])


def test_jobs_to_come_of_what_may_not_be_told_follow_from_its_range_alone():
    """Two candidates of other sizes that are told as the same range are told the same to come."""
    found = []
    for jobs in (130.0, 170.0):
        one = sums(hidden=(jobs, 9000))
        table = one.table.assign(
            is_confidential=one.table["place"] == "region", annual_avg_emplvl_lo=110.0,
            annual_avg_emplvl_hi=190.0, least_width=50.0,
        )  # fmt: skip
        hidden = Sums(table, one.drawn_at, one.moves)
        rows, _ = expected_growth(span(hidden, hidden), projected("hidden", 50.0))
        found.append(rows)
    assert found[0].equals(found[1])
    assert found[0].iloc[0]["projection_kind"] == "trend", "nor a projection on its mix"


@pytest.mark.parametrize(("width", "is_known"), [(20.0, True), (500.0, False)])
def test_what_is_told_as_a_range_has_a_trend_where_that_is_narrow(width, is_known):
    def told(jobs: float) -> Sums:
        one = sums(hidden=(1000, jobs))
        table = one.table.assign(
            is_confidential=one.table["place"] == "state", least_width=10.0,
            annual_avg_emplvl_lo=jobs - width / 2, annual_avg_emplvl_hi=jobs + width / 2,
        )  # fmt: skip
        return Sums(table, one.drawn_at, one.moves)

    rows = trend_outlook(span(told(9000.0), told(9900.0)))
    assert len(rows) == is_known
    if is_known:
        assert 0 < rows[GROWTH].iloc[0] < 10


def test_the_interval_is_that_of_the_backtest():
    """Of 1,000 jobs over ten years, whoever they are of: the ends are no matter of luck."""
    many = dict.fromkeys(("care", "food", "coal", "wood", "rail", "toys"), (1000.0, 9000.0))
    grown = span(sums(**many), sums(**many))
    offices = pd.concat([projected(key, 0.0) for key in many])
    rows, measured = expected_growth(grown, offices)
    sd = float(projection_sd(1000.0, 10))
    for log in np.log1p(measured.draws[GROWTH] / 100):
        assert log.std() == pytest.approx(sd, rel=0.01)
    # between two draws of 400, half a point
    assert np.allclose(rows[f"{GROWTH}_lo"], 100 * np.expm1(-1.645 * sd), atol=0.5)
    assert np.allclose(rows[f"{GROWTH}_hi"], 100 * np.expm1(1.645 * sd), atol=1)
    assert (rows[GROWTH] == 0).all()


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
