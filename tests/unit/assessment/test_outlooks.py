"""What is expected of a candidate, in words: never more than its interval says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lmi.assessment.outlooks import (
    at_odds,
    expected_of,
    jobs_cell,
    jobs_to_come,
    others,
    recession_note,
)

ROW = {
    "candidate_name": "Health care", "projection_kind": "state",
    "projection_source": "State office", "projection_horizon": "2024-2034",
    "projected_emplvl_chg": 600.0, "projected_emplvl_chg_lo": 300.0,
    "projected_emplvl_chg_hi": 900.0,
    **{
        f"{name}_by_{kind}{end}": value
        for kind, rate, horizon, differs in (
            ("state", 1.2, "2024-2034", False), ("nation", 0.9, "2023-2033", False),
            ("trend", -0.8, "2024-2034", True),
        )
        for name, end, value in (
            ("projected_emplvl_cagr", "", rate), ("projected_emplvl_cagr", "_lo", rate - 2),
            ("projected_emplvl_cagr", "_hi", rate + 2), ("projection_source", "", "Office"),
            ("projection_horizon", "", horizon), ("projection_disagrees", "", differs),
        )
    },
}  # fmt: skip


def between(low: float, high: float) -> dict[str, object]:
    return ROW | {"projected_emplvl_chg": (low + high) / 2, "projected_emplvl_chg_lo": low,
                  "projected_emplvl_chg_hi": high}  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (300, 900, "is expected to add 300 to 900 jobs by 2034"),
        (-900, -300, "is expected to lose 300 to 900 jobs by 2034"),
        (-300, 900, "may lose up to 300 jobs or gain up to 900 by 2034"),
        (0, 900, "is expected to add up to 900 jobs by 2034"),
        (-12, 0, "is expected to lose up to 12 jobs by 2034"),
        (0, 1, "is expected to add up to 1 job by 2034"),
        (0, 0, "is expected to keep its jobs by 2034"),
        (12_345, 67_890, "is expected to add 12,300 to 67,900 jobs by 2034"),
    ],
)
def test_jobs_to_come_are_a_range(low, high, said):
    assert jobs_to_come(between(low, high)) == said


def test_where_nothing_is_expected_nothing_is_said():
    assert jobs_to_come({}) == expected_of({}) == at_odds({}) == ""
    assert (others({}), jobs_cell({})) == ([], "n/a")


@given(st.integers(-(10**6), 10**6), st.integers(0, 10**6))
def test_no_sentence_says_more_than_its_interval(low, width):
    said = jobs_to_come(between(low, low + width))
    assert ("may lose" in said) == (low < 0 < low + width)
    assert ("expected to add" in said) == (low >= 0 and low + width > 0)
    assert ("expected to lose" in said) == (low < 0 and low + width <= 0)


def test_the_source_that_counts_is_named_and_who_says_otherwise():
    assert expected_of(ROW).endswith(
        "by 2034, from the state's projection (+1.2% a year, 2024–2034)"
    )
    assert [each.kind for each in others(ROW)] == ["nation", "trend"]
    assert at_odds(ROW) == "the trend −0.8% a year, 2024–2034"
    assert jobs_cell(ROW) == "+300 to +900 by 2034"


def test_a_base_that_a_recession_had_cut_is_said():
    begun = ROW | {"projection_horizon_by_nation": "2020-2030"}
    assert recession_note([ROW], 2018, 2024) == ""
    assert recession_note([begun], 2010, 2024) == (
        "The trend begins in 2010, when a recession had cut jobs: growth since then is in part "
        "recovery. The nation's rates begin in 2020, when the pandemic had cut jobs: growth since "
        "then is in part recovery."
    )
    assert recession_note([ROW], 2018, 2021) == (
        "The jobs are those of 2021, when the pandemic had cut them: what comes is in part "
        "recovery, and ranges from there held less often."
    )
    assert recession_note([ROW], 2004, 2009).endswith("a recession had cut them: what comes is in "
                                                      "part recovery.")  # fmt: skip


def test_what_is_projected_of_a_part_of_a_sector_is_said_to_be():
    assert "by 2034, from the state's projection (" in expected_of(ROW | {"projection_lacks": ""})
    said = expected_of(ROW | {"projection_lacks": "2211 2212"})
    assert said.endswith("; of a part of its industries)")
