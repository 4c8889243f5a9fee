"""From measures to values, with their draws."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi.config import Criterion, load_asked
from lmi.errors import MeasureError
from lmi.scoring.evidence import gather_evidence

LAST_PLACES = 1e-12  # rounding of a few additions of numbers below one


def criterion(measure: str, **more: object) -> Criterion:
    said = {"key": measure, "name": measure, "question": "?", "value": ((1, 0), (3, 1))}
    return Criterion(**(said | {"measure": measure} | more))


def table(**measures: list[float]) -> pd.DataFrame:
    n = len(next(iter(measures.values())))
    return pd.DataFrame({"region": "a", "candidate": [f"c{i}" for i in range(n)], **measures})


def test_each_criterion_reads_its_measure() -> None:
    found = gather_evidence(
        table(pay=[2.0, 3.0], lq=[1.0, np.nan]), [criterion("pay"), criterion("lq")]
    )
    assert found.raw.tolist()[0] == [2.0, 1.0]
    np.testing.assert_array_equal(found.value, [[0.5, 0.0], [1.0, np.nan]])


def test_a_measure_without_a_column_is_missing_for_all() -> None:
    found = gather_evidence(table(pay=[3.0]), [criterion("pay"), criterion("future")])
    np.testing.assert_array_equal(found.value, [[1.0, np.nan]])
    assert np.isnan(found.drawn[:, 1]).all()


def test_the_scale_of_the_criterion_is_used() -> None:
    found = gather_evidence(table(lq=[np.sqrt(3)]), [criterion("lq", scale="log")])
    assert found.value.item() == pytest.approx(0.5, abs=LAST_PLACES)


def test_an_interval_is_carried_and_is_the_number_itself_where_there_is_none() -> None:
    found = gather_evidence(
        table(pay=[2.0, 2.5], pay_lo=[1.5, np.nan], pay_hi=[2.5, np.nan], lq=[1.0, 2.0]),
        [criterion("pay"), criterion("lq")],
    )
    assert found.raw_lo.tolist() == [[1.5, 1.0], [2.5, 2.0]]
    assert found.raw_hi.tolist() == [[2.5, 1.0], [2.5, 2.0]]


def test_every_draw_has_its_value() -> None:
    draws = {"pay": np.array([[1.0, 2.0, 3.0], [2.0, 2.0, np.nan]])}
    found = gather_evidence(
        table(pay=[2.0, 2.0], lq=[2.0, 3.0]), [criterion("pay"), criterion("lq")], draws
    )
    np.testing.assert_array_equal(found.drawn[:, 0], [[0, 0.5, 1], [0.5, 0.5, np.nan]])
    assert found.drawn[:, 1].tolist() == [[0.5] * 3, [1.0] * 3], (
        "what has no draws is the same in all"
    )


def test_what_is_missing_is_missing_in_every_draw() -> None:
    draws = {"pay": np.array([[1.0, 2.0]])}
    found = gather_evidence(table(pay=[np.nan]), [criterion("pay")], draws)
    assert np.isnan(found.drawn).all(), "a change across a break is not scored, whatever was drawn"


def test_a_criterion_stands_in_for_one_without_data() -> None:
    future = criterion("future", otherwise="past")
    found = gather_evidence(
        table(future=[3.0, np.nan, np.nan], past=[1.0, 2.0, np.nan]),
        [future, criterion("past", weight=0)],
        {"past": np.array([[1.0, 1.0], [1.0, 3.0], [1.0, 1.0]])},
    )
    np.testing.assert_array_equal(found.value[:, 0], [1.0, 0.5, np.nan])
    np.testing.assert_array_equal(found.drawn[:, 0], [[1, 1], [0, 1], [np.nan, np.nan]])
    assert found.stands_in[:, 0].tolist() == [False, True, False]
    assert np.isnan(found.raw[1, 0]), "what was measured stays what it was: nothing"


def test_growth_over_too_few_years_is_shown_and_not_scored() -> None:
    past = criterion("past", min_years=3)
    draws = {"past": np.array([[2.0, 3.0], [2.0, 2.0]])}
    found = gather_evidence(table(past=[2.0, 2.0], growth_years=[1, 3]), [past], draws)
    assert found.raw[:, 0].tolist() == [2.0, 2.0]
    np.testing.assert_array_equal(found.value[:, 0], [np.nan, 0.5])
    np.testing.assert_array_equal(found.drawn[:, 0], [[np.nan, np.nan], [0.5, 0.5]])
    unknown = gather_evidence(table(past=[2.0]), [past])
    assert np.isnan(unknown.value).all(), "a span that nobody states is none"


def test_some_rows_can_be_taken() -> None:
    found = gather_evidence(table(pay=[1.0, 2.0, 3.0]), [criterion("pay")])
    assert found.take([2, 0]).value[:, 0].tolist() == [1.0, 0.0]
    assert found.take(np.array([False, True, False])).rows["candidate"].tolist() == ["c1"]


def test_candidates_twice_and_no_criteria_are_refused() -> None:
    twice = pd.concat([table(pay=[1.0])] * 2)
    with pytest.raises(MeasureError, match="candidate c0"):
        gather_evidence(twice, [criterion("pay")])
    with pytest.raises(MeasureError, match="without criteria"):
        gather_evidence(table(pay=[1.0]), [])


@pytest.mark.parametrize(
    ("lo", "change", "hi", "value"),
    [
        (-9.0, -5.0, -2.0, 0.0),  # a loss that is sure
        (-9.0, -5.0, -0.5, 0.5),  # it may be about the same
        (-0.9, -0.5, 0.3, 0.5),
        (2.0, 30.0, 60.0, 0.5),  # no gain counts for it
        (np.nan, -5.0, np.nan, 0.5),  # so uncertain that there is no interval
        (np.nan, np.nan, np.nan, np.nan),
    ],
)
def test_past_growth_counts_a_sure_loss_and_no_gain(lo, change, hi, value) -> None:
    name = "emplvl_pct_chg"
    ends = {f"{name}_lo": [lo], f"{name}_hi": [hi]}
    table = pd.DataFrame({"candidate": ["a"], name: [change], **ends})
    (past,) = [c for c in load_asked(None).criteria if c.key == "past-growth"]
    draws = {name: np.array([[-20.0, 20.0]])}
    found = gather_evidence(table, [past], draws, keys=["candidate"])
    assert found.value[0].tolist() == pytest.approx([value], nan_ok=True)
    drawn = found.drawn[0, 0].tolist()
    assert drawn == pytest.approx([value] * len(drawn), nan_ok=True), "sure in every draw"


def test_the_end_nearer_to_the_middle_counts_where_a_value_must_be_sure() -> None:
    line = Criterion(key="lq", name="L", question="?", measure="lq", surely=True,
                     value=((0, 0), (2, 1)))  # fmt: skip
    table = pd.DataFrame({"candidate": list("abc"), "lq": [1.5, 1.0, 0.4], "lq_lo": [1.2, 0.4, 0.1],
                          "lq_hi": [1.9, 1.7, 0.8]})  # fmt: skip
    assert gather_evidence(table, [line], keys=["candidate"]).value.ravel().tolist() == [
        0.6,
        0.5,
        0.4,
    ]
    published = table[["candidate", "lq"]]
    found = gather_evidence(published, [line], keys=["candidate"]).value.ravel()
    assert found.tolist() == pytest.approx([0.75, 0.5, 0.2])


def outlook(key: str = "projected-growth", **more: object) -> Criterion:
    return Criterion(
        key=key, name="Outlook", question="?", measure="projected_emplvl_cagr",
        value=((-1, 0), (0, 0.5), (1, 1)), **more,
    )  # fmt: skip


def test_what_is_expected_counts_at_the_mean_of_what_may_come():
    table = pd.DataFrame({"candidate": ["sure", "open"], "projected_emplvl_cagr": [0.5, 0.5]})
    draws = {"projected_emplvl_cagr": np.array([[0.5, 0.5, 0.5, 0.5], [-2.0, -2.0, 3.0, 3.0]])}
    found = gather_evidence(table, [outlook()], draws, keys=["candidate"])
    assert found.value[:, 0].tolist() == [0.75, 0.5]
    assert found.raw[:, 0].tolist() == [0.5, 0.5], "what is shown is the projection"


def test_what_may_come_is_no_part_of_what_withheld_numbers_leave_open():
    table = pd.DataFrame({"candidate": ["care", "food"], "projected_emplvl_cagr": [0.5, np.nan],
                          "lq": [1.5, 0.5]})  # fmt: skip
    quotient = Criterion(key="lq", name="LQ", question="?", measure="lq", value=((0, 0), (2, 1)))
    draws = {
        "projected_emplvl_cagr": np.array([[-2.0, 3.0], [np.nan, np.nan]]),
        "lq": np.array([[1.0, 2.0], [0.5, 0.5]]),
    }
    asked = [outlook(otherwise="lq"), quotient]
    found = gather_evidence(table, asked, draws, keys=["candidate"])
    assert found.drawn[0, 0].tolist() == [0.0, 1.0]
    assert found.counted[0, 0].tolist() == [0.5, 0.5]
    assert found.counted[0, 1].tolist() == [0.5, 1.0]
    # a stand-in is a number that was counted
    assert found.stands_in[1, 0] and found.counted[1, 0].tolist() == found.drawn[1, 1].tolist()
