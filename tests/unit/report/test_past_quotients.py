"""Past beside present concentration: side by side, and in words only where it surely moved."""

from __future__ import annotations

import pytest

from lmi.report.tables.past_quotients import past_quotients_sentence, past_quotients_table
from tests.unit.report.test_tables import seen

NAN = float("nan")


def past(lq: float, low: float | None = None, high: float | None = None) -> dict[str, float]:
    return {"lq_base": lq, "lq_base_lo": low or lq, "lq_base_hi": high or lq}


def test_past_and_present_stand_side_by_side(make_profile):
    profile = make_profile(candidates={"care": past(1.2), "build": past(NAN, 0.9, 1.0)})
    rows = {row["Sector"]: row for row in seen(past_quotients_table(profile, "Office"))}
    assert rows["Health care"]["LQ nation 2018"] == "1.20"
    assert rows["Health care"]["LQ nation 2023"] == "1.50"
    assert rows["Construction"]["LQ nation 2018"] == "0.90 to 1.00"
    assert rows["Retail trade"]["LQ nation 2018"] == "n/a", "not known, and so not zero"


def test_an_estimate_of_the_past_is_marked_and_what_may_not_be_told_says_so(make_profile):
    few = past(NAN) | {"is_confidential": True}
    profile = make_profile(candidates={"care": past(1.2, 1.1, 1.3), "build": few})
    rows = {row["Sector"]: row for row in seen(past_quotients_table(profile, "Office"))}
    assert rows["Health care"]["LQ nation 2018"] == "≈1.20"
    assert rows["Construction"]["LQ nation 2018"] == "not published"


@pytest.mark.parametrize(
    ("was", "said"),
    [
        (past(1.2), "Health care is more concentrated"),
        (past(2.0), "Health care is less concentrated"),
        (past(1.45), ""),  # 3% is none to speak of
        (past(1.2, 1.0, 1.49), ""),  # it may have been the same
        (past(NAN), ""),
    ],
)
def test_only_a_sure_change_is_told(make_profile, was, said):
    told = past_quotients_sentence(make_profile(candidates={"care": was}))
    assert told == (f"Against the nation, compared with 2018: {said}." if said else "")


def test_without_a_past_there_is_no_table(make_profile):
    assert past_quotients_table(make_profile(), "Office") is None


def test_a_past_without_a_present_is_no_comparison(make_profile):
    """Central Ohio: the state's quotients of 2016 stood beside a column of n/a for 2023."""
    nothing = dict.fromkeys(("lq_state", "lq_state_lo", "lq_state_hi"), NAN)
    was = {"lq_state_base": 1.2, "lq_state_base_lo": 1.2, "lq_state_base_hi": 1.2}
    keys = make_profile().candidates["candidate"]
    found = make_profile(candidates={key: past(1.2) | was | nothing for key in keys})
    heads = seen(past_quotients_table(found, "Office"))[0]
    assert "LQ nation 2018" in heads and not any(name.startswith("LQ state") for name in heads)
