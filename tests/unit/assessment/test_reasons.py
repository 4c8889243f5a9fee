"""Reasons, read as a chamber of commerce would: what they claim, of whom, and how surely."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi.assessment.case import RegionContext, cases_of
from lmi.assessment.reasons import reasons_for
from lmi.config import AsideReason, Criterion, SetAside
from lmi.report.sections_ranking import reasons_prose

NAN = float("nan")
LINE = ((0, 0), (1, 1))

MEASURES = {
    "jobs": "emplvl_share", "pay": "pay_to_threshold_ratio", "region-pay": "pay_ratio",
    "future": "projected_emplvl_cagr", "past": "emplvl_cagr", "nation": "lq", "state": "lq_state",
    "engaged": "engagement_organisations", "heard": "local_rating", "custom": "competitive_share",
}  # fmt: skip
GROUND = {"engaged", "heard"}
CRITERIA = tuple(
    Criterion(
        key=key,
        name=key.replace("-", " ").capitalize(),
        question="?",
        measure=measure,
        value=LINE,
        weight=0 if key in {"past", "region-pay"} else 1,
        kind="ground" if key in GROUND else "statistic",
        group="concentration" if key in {"nation", "state"} else None,
        otherwise={"future": "past", "pay": "region-pay"}.get(key),
    )
    for key, measure in MEASURES.items()
)
LOSING = AsideReason(key="declining", name="Losing jobs", ask="Why is that?",
                     any=[{"measure": "emplvl_pct_chg", "below": -1}])  # fmt: skip
SETTING = RegionContext(
    "Halvane", 2023, 2018, threshold=50_000.0, set_aside=SetAside(reasons=(LOSING,))
)
PLAIN = {
    "candidate_name": "Energy", "annual_avg_emplvl": 4_000.0, "annual_avg_estabs": 300.0,
    "emplvl_share": 0.08, "emplvl_estimated_share": 0.0, "avg_annual_pay": 60_000.0,
    "wages_estimated_share": 0.0, "pay_to_threshold_ratio": 1.2, "pay_ratio": 1.1,
    "projected_emplvl_cagr": 1.2, "projection_horizon": "2022-2032", "emplvl_cagr": 2.0,
    "emplvl_pct_chg": 10.4, "lq": 2.0, "lq_state": 1.4, "rank": 1, "rank_lo": 1, "rank_hi": 1,
    "score": 0.8, "top3_chance": 0.95, "first_chance": 0.6, "hangs_on": "", "rank_without": NAN,
    "statistic_rank": 1, "ground_rank": NAN, "set_aside": "", "set_aside_by": "",
    "kept_despite": "", "may_be_set_aside": "", "emplvl_pct_chg_1yr": 1.0,
}  # fmt: skip


def reasons(values, setting=SETTING, others=(), stands_in=(), **row):
    """The reasons of one candidate: value by criterion that counts, and its numbers."""
    rows = [{"candidate": "energy", **PLAIN, **row}, *others]
    scores = [
        {"candidate": "energy", "criterion": key, "value": value, "weight": 1 / len(values),
         "contribution": value / len(values), "stands_in": key in stands_in}
        for key, value in values.items()
    ]  # fmt: skip
    table = pd.DataFrame(scores, columns=["candidate", "criterion", "value", "weight",
                                          "contribution", "stands_in"])  # fmt: skip
    return reasons_for(cases_of(pd.DataFrame(rows), table, CRITERIA, setting))[0]


@pytest.mark.parametrize(
    ("key", "value", "row", "said"),
    [
        ("jobs", 0.9, {}, "holds 8.0% of all jobs here (4,000)"),
        ("jobs", 0.9, {"emplvl_estimated_share": 0.4}, "(about 4,000)"),
        ("pay", 0.7, {}, "pays $60,000 on average (20% above the pay threshold)"),
        ("pay", 0.7, {"pay_to_threshold_ratio_lo": 0.9, "pay_to_threshold_ratio_hi": 1.4},
         "(by the estimate 20% above the pay threshold)"),
        ("pay", 0.7, {"pay_to_threshold_ratio": 1.001},
         "pays on average just about the pay threshold ($60,000)"),
        ("future", 0.9, {}, "is projected to grow by 1.2% a year (2022–2032)"),
        ("nation", 0.9, {}, "is 2.00 times as concentrated here as in the nation"),
        ("nation", 0.6, {"lq": 1.03}, "is about as concentrated here as in the nation"),
        ("state", 0.9, {}, "is 1.40 times as concentrated here as in Halvane"),
        ("engaged", 0.9, {"engagement_organisations": 4, "engagement_systems": 3},
         "has four organizations of three systems working with its employers"),
        ("heard", 0.9, {"local_rating": 4.6, "local_statements": 5, "local_rating_lowest": 3,
                        "local_rating_highest": 5}, "is rated 4.6 of 5 (five voices, from 3 to 5)"),
        ("heard", 0.75, {"local_rating": 4.0, "local_statements": 1},
         "is rated 4 of 5 by the one voice heard"),
        ("custom", 0.9, {"competitive_share": 120.0}, "stands at 90 of 100 in “Custom”"),
    ],
)  # fmt: skip
def test_what_lifts_it_is_told_with_its_number(key, value, row, said):
    found = reasons({key: value}, **row)
    assert found.lifts == (said,) if not said.startswith("(") else said in found.lifts[0]
    assert found.standing == (
        f"Energy {found.lifts[0]}, and no criterion that counts speaks against it."
    )


@pytest.mark.parametrize(
    ("key", "row", "said"),
    [
        ("jobs", {"emplvl_share": 0.004, "annual_avg_emplvl": 1.0},
         "holds only 0.4% of all jobs here (1)"),
        ("pay", {"pay_to_threshold_ratio": 0.83, "avg_annual_pay": 41_500.0},
         "pays $41,500 on average (17% below the pay threshold)"),
        ("future", {"projected_emplvl_cagr": -0.8},
         "is projected to lose 0.8% of its jobs a year (2022–2032)"),
        ("nation", {"lq": 0.61}, "is only 0.61 times as concentrated here as in the nation"),
        ("engaged", {"engagement_organisations": 0},
         "has no organization on the team's list working with its employers"),
        ("engaged", {"engagement_organisations": 1, "engagement_systems": 1},
         "has only one organization working with its employers"),
    ],
)  # fmt: skip
def test_what_holds_it_back_is_told_with_its_number(key, row, said):
    found = reasons({key: 0.2}, score=0.2, **row)
    assert found.holds == (said,)
    assert found.standing.startswith(f"Energy {said}.")


def test_the_weightiest_come_first_and_twins_are_told_once():
    found = reasons({"jobs": 0.7, "nation": 1.0, "state": 0.95, "pay": 0.9})
    assert [said.split()[0] for said in found.lifts] == ["is", "pays", "holds"]
    assert "Halvane" not in found.standing


def test_a_leader_without_weak_points_is_told_its_weakest():
    found = reasons({"jobs": 0.9, "pay": 0.8, "nation": 1.0, "future": 0.5},
                    projected_emplvl_cagr=0.01)  # fmt: skip
    assert found.standing.endswith(
        "Nothing speaks against it; its weakest point is that it is projected to keep its jobs "
        "(2022–2032)."
    )
    found = reasons({"jobs": 1.0, "pay": 1.0, "nation": 1.0, "future": 1.0})
    assert found.standing.endswith("It does well by every criterion that counts.")
    found = reasons({"jobs": 1.0, "pay": 1.0, "nation": 1.0, "future": 0.8})
    assert "It does well throughout: even at its weakest it is projected to grow" in found.standing


def test_what_speaks_for_it_leads_or_follows_as_the_score_is_high_or_low():
    values = {"jobs": 0.9, "pay": 0.1}
    high, low = (reasons(values, score=score, pay_to_threshold_ratio=0.6) for score in (0.6, 0.4))
    assert high.standing.startswith("Energy holds 8.0%")
    assert "Against that, it pays $60,000 on average (40% below the pay threshold)." in (
        high.standing
    )
    assert low.standing.startswith("Energy pays $60,000")
    assert low.standing.endswith("In its favor: it holds 8.0% of all jobs here (4,000).")


def test_little_against_is_called_little():
    found = reasons({"jobs": 0.9, "pay": 0.9, "nation": 0.35}, lq=0.8)
    assert "What holds it back a little: it is only 0.80 times" in found.standing
    found = reasons({"jobs": 0.9, "pay": 0.9, "nation": 0.1}, lq=0.5)
    assert "What holds it back: it is only 0.50 times" in found.standing


def test_neither_for_nor_against():
    found = reasons({"jobs": 0.55, "nation": 0.45}, lq=0.9)
    assert found.standing == (
        "Energy is in the middle throughout: it holds 8.0% of all jobs here (4,000) and is only "
        "0.90 times as concentrated here as in the nation."
    )


def test_nothing_speaks_for_it():
    found = reasons({"jobs": 0.1}, score=0.1)
    assert found.standing.endswith("Nothing that counts speaks for it.")


def test_what_is_too_uncertain_is_neither_lift_nor_hold():
    found = reasons({"jobs": 0.9, "nation": 1.0}, lq_is_vague=True, lq_lo=0.2, lq_hi=3.1)
    assert "concentrated" not in found.standing
    assert "Too uncertain to say: how concentrated it is (0.20 to 3.10)." in found.firmness
    found = reasons({"nation": 1.0}, lq_is_vague=True)
    assert found.standing == (
        "What is known of Energy is too uncertain to say what lifts it or holds it back."
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"lq_is_vague": True, "lq_lo": 0.02, "lq_hi": 0.14},
         "is at most 0.14 times as concentrated here as in the nation"),
        ({"emplvl_share_is_vague": True, "emplvl_share_lo": 0.0001, "emplvl_share_hi": 0.001,
          "annual_avg_emplvl_lo": 14.0, "annual_avg_emplvl_hi": 108.0},
         "holds at most 0.1% of all jobs here (at most 108 jobs)"),
        ({"pay_to_threshold_ratio_is_vague": True, "pay_to_threshold_ratio_lo": 0.2,
          "pay_to_threshold_ratio_hi": 0.35}, "pays at least 65% below the pay threshold"),
        ({"emplvl_cagr_is_vague": True, "emplvl_cagr_lo": -40.0, "emplvl_cagr_hi": -12.0},
         "lost at least 12.0% a year"),
    ],
)  # fmt: skip
def test_what_is_vague_and_yet_settled_is_said(row, said):
    """At most 108 jobs is an answer; that nothing speaks against it would be none."""
    asked = {"pay_to": "pay", "emplvl_c": "past"}
    key = next((k for start, k in asked.items() if next(iter(row)).startswith(start)), "nation")
    found = reasons({"jobs": 0.1, key: 0.1}, **row)
    assert any(said in held for held in found.holds), found.holds
    assert "Too uncertain" not in found.firmness
    assert "no criterion that counts speaks against it" not in found.standing


def test_what_is_vague_and_surely_high_lifts():
    found = reasons({"nation": 0.9}, lq_is_vague=True, lq_lo=2.4, lq_hi=9.0)
    assert "at least 2.40 times as concentrated here as in the nation" in found.standing


@pytest.mark.parametrize(
    ("base", "said"),
    [(2018, "how its jobs changed (−19% to +25% a year)"),
     (2022, "how its jobs changed (−19% to +25%)")],
)  # fmt: skip
def test_an_open_change_is_told_over_its_years(base, said):
    found = reasons({"past": 0.5}, RegionContext("Halvane", 2023, base), emplvl_cagr_is_vague=True,
                    emplvl_cagr_lo=-19.2, emplvl_cagr_hi=25.1)  # fmt: skip
    assert said in found.firmness


def test_what_might_speak_for_it_is_not_denied_where_it_is_uncertain():
    found = reasons({"engaged": 0.2, "nation": 1.0}, score=0.5, lq_is_vague=True,
                    engagement_organisations=1)  # fmt: skip
    assert found.standing == (
        "Energy has only one organization working with its employers. What might speak for it is "
        "known too roughly to say."
    )


def test_a_change_that_may_be_the_other_way_is_not_claimed():
    found = reasons({"past": 0.8}, emplvl_cagr=2.0, emplvl_cagr_lo=-1.0, emplvl_cagr_hi=4.0)
    assert found.lifts == (
        "may have gained jobs a year since 2018 (by the estimate 2.0%, but that is not sure)",
    )


@pytest.mark.parametrize(
    ("base", "said"),
    [(2018, "gained 2.0% a year since 2018"), (2022, "gained 2.0% from 2022 to 2023")],
)
def test_past_growth_names_its_years(base, said):
    assert reasons({"past": 0.8}, RegionContext("Halvane", 2023, base)).lifts == (said,)


def test_where_another_criterion_stands_in_its_measure_is_told():
    found = reasons({"future": 0.8, "pay": 0.7}, stands_in={"future", "pay"})
    assert "gained 2.0% a year since 2018" in found.standing
    assert "pays $60,000 on average (10% above the region's average)" in found.standing


def test_what_holds_most_candidates_back_alike_is_left_to_the_last():
    """That nobody engages anybody's employers says little of one; its size says more."""
    others = [{**PLAIN, "candidate": key, "candidate_name": key, "rank": 2} for key in "ab"]
    scores = pd.DataFrame(
        [{"candidate": key, "criterion": "engaged", "value": 0.0, "weight": 0.5,
          "contribution": 0.0, "stands_in": False} for key in ("energy", "a", "b")]
        + [{"candidate": "energy", "criterion": "jobs", "value": 0.2, "weight": 0.5,
            "contribution": 0.1, "stands_in": False}]
    )  # fmt: skip
    rows = pd.DataFrame([{"candidate": "energy", **PLAIN, "score": 0.1,
                          "engagement_organisations": 0}, *others])  # fmt: skip
    first, second, _ = reasons_for(cases_of(rows, scores, CRITERIA, SETTING))
    assert first.holds == ("holds only 8.0% of all jobs here (4,000)",)
    assert second.holds == ("stands at 0 of 100 in \N{LEFT DOUBLE QUOTATION MARK}Engaged"
                            "\N{RIGHT DOUBLE QUOTATION MARK}",)  # fmt: skip


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({}, "It is among the first three in 95% of all weightings and first in 60%, and withheld "
             "numbers leave its rank as it is."),
        ({"first_chance": 0.2, "top3_chance": 0.97},
         "It is among the first three in 97% of all weightings, and withheld"),
        ({"top3_chance": 0.7}, "In 70% of all weightings it is among the first three"),
        ({"top3_chance": 0.2, "rank": 4, "rank_lo": 4, "rank_hi": 4},
         "Only 20% of all weightings put it among the first three, and withheld numbers leave "
         "its rank as it is."),
        ({"top3_chance": 0.0, "rank": 9, "rank_lo": 9, "rank_hi": 9},
         "No weights put it among the first three, and withheld numbers leave its rank as it is."),
        ({"top3_chance": 0.004, "rank": 9}, "Hardly any weights put it among the first three, "),
        ({"top3_chance": 0.02}, "Hardly any weights put it among the first three (2% of all"),
        ({"top3_chance": 0.001}, "It owes its place to these weights: under 1% of all weightings"),
        ({"rank_hi": 2}, "and the withheld numbers may make it first or second."),
        ({"rank": 4, "rank_lo": 3, "rank_hi": 14},
         "the withheld numbers may put it anywhere from third to 14th."),
        ({"hangs_on": "pay", "rank_without": 7}, "It owes its place to pay: without that it would "
                                                 "be seventh."),
        ({"rank": 5, "hangs_on": "pay", "rank_without": 9},
         "Its rank hangs on pay: without that it would be ninth."),
        ({"rank": 9, "hangs_on": "pay", "rank_without": 1}, "But for pay, it would be first."),
        ({"rank": 9, "hangs_on": "pay", "rank_without": 5},
         "Others gain more by pay: without that criterion it would be fifth."),
        ({"ground_rank": 1, "rank": 4, "statistic_rank": 1},
         "By the statistics alone it would be first; what people bring sets it back."),
        ({"ground_rank": 1, "rank": 1, "statistic_rank": 6},
         "By the statistics alone it would be sixth; what people bring lifts it."),
    ],
)  # fmt: skip
def test_how_sure_its_place_is(row, said):
    assert said in reasons({"jobs": 0.9, "pay": 0.8}, **row).firmness


def test_a_weak_spot_is_called_one():
    found = reasons({"jobs": 0.2}, rank=9, hangs_on="jobs", rank_without=5)
    assert "Its weak spot is its size: without that criterion it would be fifth." in found.firmness


def test_a_small_move_is_not_worth_a_sentence():
    found = reasons({"pay": 0.8}, rank=5, hangs_on="pay", rank_without=6)
    assert "pay" not in found.firmness


@pytest.mark.parametrize(
    ("n", "said"),
    [(1, ""), (2, "It is first in 62% of all weightings"), (9, "among the first three")],
)
def test_of_few_that_are_ranked_none_is_said_to_be_among_the_first_three(n, said):
    setting = RegionContext("Halvane", 2023, n_ranked=n)
    found = reasons({"jobs": 0.9}, setting, top3_chance=1.0, first_chance=0.62, rank=1,
                    rank_lo=1, rank_hi=1)  # fmt: skip
    assert said in found.firmness
    assert ("first" in found.firmness) == (n > 1)
    assert ("first three" in found.firmness) == (n > 3)


@pytest.mark.parametrize(
    ("about", "said"),
    [("stated", "of weightings near the stated ones"),
     ("order", "of weightings in this order of importance")],
)  # fmt: skip
def test_chances_say_which_weightings_they_are_over(about, said):
    assert said in reasons({"jobs": 0.9}, RegionContext("Halvane", 2023, about=about)).firmness


@pytest.mark.parametrize(
    ("row", "asked"),
    [
        ({"kept_despite": "declining", "set_aside_by": "emplvl_pct_chg"}, "Why is that?"),
        ({"projected_emplvl_pct_chg": -4.0, "projected_emplvl_pct_chg_hi": -1.0},
         "Its jobs are projected to fall: who sees it coming?"),
        ({"may_be_set_aside": "declining", "set_aside_by": "emplvl_pct_chg"},
         "Are its jobs falling? The numbers cannot tell; its employers can."),
        ({"emplvl_estimated_share": 0.64},
         "How many work for its employers? 64% of its jobs had to be estimated."),
        ({"emplvl_estimated_share": 1.0}, "All of its jobs had to be estimated."),
        ({"annual_avg_emplvl_is_vague": True, "emplvl_estimated_share": 0.17},
         "How many work for its employers? The numbers tell a range alone."),
        ({"annual_avg_estabs": 12.0},
         "With 12 places of business, would enough come to a table of 12?"),
        ({"annual_avg_estabs": 38.0},
         "Are 38 places of business enough to invite, so that 12 come to the table?"),
        ({"annual_avg_estabs": 4.0},
         "Do 4 places of business make a sector, or is it a few employers to call one by one?"),
        ({"annual_avg_estabs": 1.0}, "Is a single place of business a sector"),
        ({"local_rating_lowest": 1.0, "local_rating_highest": 5.0},
         "Ratings run from 1 to 5: what do those who disagree each see?"),
        ({"engagement_organisations": 0}, "Who already works with these employers?"),
        ({"engagement_organisations": 4},
         "Would the four organizations that each call on its employers do it together?"),
        ({}, "Who already works with its employers?"),
        ({"local_statements": 0}, "What do people who know it say? Nobody has written it down."),
        ({}, "What brought 10% more jobs since 2018, and can its employers fill them?"),
        ({"emplvl_per_estab": 56.0, "emplvl_per_estab_lo": 52.4, "emplvl_per_estab_hi": 60.0},
         "With 52 jobs a place or more, do a few large employers decide for all?"),
        ({"emplvl_per_estab": 6.1}, "With 6 jobs a place or fewer, who has the time"),
        ({"competitive_share_state": 200.0}, "It does better here than elsewhere in the state"),
        ({"competitive_share_state": -200.0, "competitive_share_state_lo": -300.0,
          "competitive_share_state_hi": -90.0}, "It does worse here than elsewhere in the state"),
        ({"lq": 1.0}, "Does it bring money into the region, or grow only as the population does?"),
    ],
)  # fmt: skip
def test_what_to_ask_comes_from_what_is_missing_uncertain_or_at_odds(row, asked):
    from lmi.assessment.questions import questions

    table = pd.DataFrame([{"candidate": "energy", **PLAIN, **row}])
    empty = pd.DataFrame(columns=["candidate", "criterion", "value", "weight", "contribution"])
    (case,) = cases_of(table, empty, CRITERIA, SETTING)
    assert any(asked in question.text for question in questions(case))


def test_what_the_interval_leaves_open_raises_no_question():
    from lmi.assessment.questions import questions

    row = {"emplvl_per_estab": 56.0, "emplvl_per_estab_lo": 12.0, "emplvl_per_estab_hi": 90.0,
           "competitive_share_state": 200.0, "competitive_share_state_lo": -10.0,
           "competitive_share_state_hi": 400.0, "emplvl_pct_chg_lo": -2.0,
           "emplvl_pct_chg_hi": 20.0, "pay_to_threshold_ratio": 0.9,
           "pay_to_threshold_ratio_lo": 0.8, "pay_to_threshold_ratio_hi": 1.1}  # fmt: skip
    table = pd.DataFrame([{"candidate": "energy", **PLAIN, **row}])
    empty = pd.DataFrame(columns=["candidate", "criterion", "value", "weight", "contribution"])
    (case,) = cases_of(table, empty, CRITERIA, SETTING)
    raised = {question.kind for question in questions(case)}
    assert not raised & {"large places", "small places", "ahead", "behind", "gained", "pay"}


def test_pay_below_the_threshold_is_asked_about_in_the_words_of_the_threshold():
    found = reasons({"pay": 0.2}, rank=6, pay_to_threshold_ratio=0.8)
    assert found.questions == (
        "Which of its jobs reach the pay threshold of $50,000, and what leads to them?",
    )
    found = reasons({"pay": 0.2}, rank=6, pay_to_threshold_ratio=0.8, hangs_on="pay",
                    rank_without=2)  # fmt: skip
    assert found.questions == (
        "Much hangs on pay that on average misses the pay threshold of $50,000: which of its "
        "jobs reach it?",
    )


def test_one_organization_is_asked_about_by_name():
    setting = RegionContext("Halvane", 2023, 2018, listed={"energy": ["Energy Alliance"]})
    found = reasons({"jobs": 0.9}, setting, engagement_organisations=1, lq=1.2)
    assert "Who beside the Energy Alliance works with its employers?" in found.questions


def test_a_low_readiness_item_raises_its_question():
    setting = RegionContext("Halvane", 2023, 2018, rated={("energy", "champions"): 1.0})
    found = reasons({"jobs": 0.9}, setting)
    assert "Who among its own business leaders would speak for it?" in found.questions


def test_a_change_over_one_year_is_asked_about():
    setting = RegionContext("Halvane", 2023, 2022)
    assert "Is the gain since 2022 a trend, or one good year?" in (
        reasons({"past": 0.9}, setting).questions
    )


def test_the_first_five_are_asked_two_questions_the_others_one_and_none_twice_alike():
    rows = [
        {**PLAIN, "candidate": f"c{n}", "candidate_name": f"Sector {n}", "rank": n,
         "annual_avg_estabs": 40.0 + n}
        for n in range(1, 8)
    ]  # fmt: skip
    empty = pd.DataFrame(columns=["candidate", "criterion", "value", "weight", "contribution"])
    found = reasons_for(cases_of(pd.DataFrame(rows), empty, CRITERIA, SETTING))
    assert [len(one.questions) for one in found] == [2, 2, 2, 2, 2, 1, 1]
    assert len({question for one in found for question in one.questions}) > 5


def test_a_sector_without_jobs_or_data_is_told_in_one_sentence():
    absent = reasons({}, annual_avg_emplvl=0.0)
    assert absent.text == "Energy has no recorded jobs here."
    unknown = reasons({}, rank=NAN, score=NAN, annual_avg_emplvl=NAN)
    assert unknown.text == (
        "Energy cannot be scored: no criterion that counts has data for it here."
    )


def test_no_reason_says_that_families_are_sustained():
    found = reasons({"pay": 1.0}, pay_to_threshold_ratio=2.0)
    assert "sustain" not in found.text
    assert "pay threshold" in found.text


def test_the_first_five_stand_open_and_the_others_are_folded_away():
    rows = [
        {**PLAIN, "candidate": f"c{n}", "candidate_name": f"<Sector> {n}", "rank": n}
        for n in range(1, 8)
    ]
    empty = pd.DataFrame(columns=["candidate", "criterion", "value", "weight", "contribution"])
    shown = reasons_prose(reasons_for(cases_of(pd.DataFrame(rows), empty, CRITERIA, SETTING)))
    open_part, rest = shown.html.split("<details")
    folded, printed = rest.split("</details>")
    assert printed.count("<p>") == 2, "paper has all"
    assert open_part.count("<article") == 5 and folded.count("<article") == 2
    assert "The other two sectors" in folded
    assert "<Sector>" not in shown.html and "<Sector> 7" in shown.text


def test_nobody_vanishes():
    """The best measured have the firmest rank; whoever has no score is named apart."""
    firm = {"top3_chance": 0.0, "hangs_on": "", "rank_without": NAN}
    rows = [
        {**PLAIN, **firm, "candidate": f"c{n}", "candidate_name": f"Sector {n}", "rank": n,
         "rank_lo": n, "rank_hi": n} for n in range(1, 13)
    ] + [{**PLAIN, "candidate": "gone", "candidate_name": "Mining", "rank": NAN, "score": NAN,
          "annual_avg_emplvl": NAN}]  # fmt: skip
    empty = pd.DataFrame(columns=["candidate", "criterion", "value", "weight", "contribution"])
    shown = reasons_prose(reasons_for(cases_of(pd.DataFrame(rows), empty, CRITERIA, SETTING)))
    for n in range(1, 13):
        assert f"{n}. Sector {n}</h3>" in shown.html
        assert f"{n}. Sector {n}\n" in shown.text
    for told in (shown.html, shown.text):
        assert "Without jobs or data here, and so not ranked: Mining." in told


ASIDE = {"set_aside": "declining", "set_aside_by": "emplvl_pct_chg", "rank": NAN}


def test_whoever_is_set_aside_is_told_with_its_number_and_asked_its_question():
    fallen = {"emplvl_pct_chg": -26.9, "emplvl_pct_chg_lo": -28.0, "emplvl_pct_chg_hi": -20.0}
    found = reasons({"jobs": 0.9, "pay": 0.2}, **ASIDE, **fallen)
    assert found.standing.startswith(
        "Set aside: Energy lost about 27% of its jobs from 2018 to 2023 (90% sure: −28.0% to "
        "−20.0%). Energy holds 8.0% of all jobs here"
    )
    assert (found.rank, found.apart, found.firmness) == (None, "Losing jobs", "")
    assert found.questions == ("Why is that?",)
    assert found.lifts and found.holds, "what speaks for it is told all the same"


def test_whoever_is_kept_by_name_is_told_what_would_set_it_aside():
    kept = {"kept_despite": "declining", "set_aside_by": "emplvl_pct_chg_1yr"}
    found = reasons({"jobs": 0.9}, **kept, emplvl_pct_chg_1yr=-3.0)
    assert found.rank == 1
    assert found.standing.endswith(
        "It is kept in the ranking by name, although it lost 3.0% of its jobs from 2022 to 2023."
    )


@pytest.mark.parametrize(
    ("by", "row", "said"),
    [
        ("emplvl_pct_chg_2yr", {"emplvl_pct_chg_2yr": -3.04}, "lost 3.0% of its jobs from 2021"),
        ("emplvl_pct_chg", {"emplvl_pct_chg": -30.0, "emplvl_pct_chg_lo": -52.0,
                            "emplvl_pct_chg_hi": -2.0, "emplvl_pct_chg_is_vague": True},
         "lost between 2% and 52% of its jobs from 2018 to 2023"),
        ("emplvl_pct_chg", {"emplvl_pct_chg": -1.2, "emplvl_pct_chg_lo": -2.2,
                            "emplvl_pct_chg_hi": 0.2},
         "may have lost about 1% of its jobs from 2018 to 2023 (90% sure: −2.2% to +0.2%)"),
        ("emplvl_pct_chg", {"emplvl_pct_chg": -3.0, "emplvl_pct_chg_lo": -34.0,
                            "emplvl_pct_chg_hi": 31.0, "emplvl_pct_chg_is_vague": True},
         "moved by between −34% and +31% from 2018 to 2023"),
        ("annual_avg_estabs", {"annual_avg_estabs": 1.0}, "has 1 place of business"),
        ("annual_avg_estabs", {"annual_avg_estabs": 0.75}, "has 1 place of business"),
        ("annual_avg_estabs", {"annual_avg_estabs": 11.5},
         "has 11.5 places of business on average"),
        ("annual_avg_estabs", {"annual_avg_estabs": 9.25}, "has 9 places of business"),
        ("emplvl_share", {"emplvl_share": 0.004, "annual_avg_emplvl": 484.0},
         "holds 0.4% of all jobs here (484 jobs)"),
        ("emplvl_share", {"emplvl_share": 0.001, "emplvl_share_lo": 0.0, "emplvl_share_hi": 0.002,
                          "annual_avg_emplvl_hi": 108.0},
         "holds at most 0.2% of all jobs here (at most 108 jobs)"),
        ("rank_places", {"rank_lo": 2, "rank_hi": 9}, "may come anywhere from second to ninth"),
        ("emplvl_estimated_share", {"emplvl_estimated_share": 0.94, "annual_avg_emplvl_lo": 10.0,
                                    "annual_avg_emplvl_hi": 90.0},
         "has 94% of its jobs estimated (10 to 90)"),
        ("emplvl_estimated_share", {"emplvl_estimated_share": 0.87, "annual_avg_emplvl_lo": 10.0,
                                    "annual_avg_emplvl_hi": 90.0, "annual_avg_emplvl": 60.0,
                                    "annual_avg_emplvl_published": 9.0,
                                    "annual_avg_emplvl_is_vague": True},
         "has 10% to 90% of its jobs estimated (10 to 90)"),
        ("lq", {"lq": 0.3}, "stands at 0.30"),
        ("emplvl_public_share", {"emplvl_public_share": NAN, "emplvl_public_share_lo": 0.75,
                                 "emplvl_public_share_hi": 1.0},
         "has at least 75.0% of its jobs at public employers"),
        ("emplvl_pct_chg", {"emplvl_pct_chg": NAN, "emplvl_pct_chg_lo": -30.4,
                            "emplvl_pct_chg_hi": -29.6}, "lost about 30% of its jobs from 2018"),
    ],
)  # fmt: skip
def test_the_number_by_which_it_is_set_aside_is_said(by, row, said):
    assert said in reasons({"jobs": 0.9}, **ASIDE | {"set_aside_by": by} | row).standing


def test_what_sets_a_sector_aside_is_told_once():
    lost = {"emplvl_pct_chg": -12.7, "emplvl_cagr": -12.7}
    found = reasons({"jobs": 0.9, "future": 0.0}, stands_in=("future",), **ASIDE | lost)
    assert found.standing.count("12.7%") == 1 and found.holds == ()
    kept = {"kept_despite": "declining", "set_aside_by": "emplvl_pct_chg_1yr"}
    found = reasons({"jobs": 0.9, "future": 0.0}, stands_in=("future",), **kept | lost)
    assert len(found.holds) == 1, "of one that is ranked it is a point like any other"


def test_a_gain_that_stands_in_for_projections_is_no_weak_point():
    found = reasons({"jobs": 0.9, "future": 0.5}, stands_in=("future",))
    assert found.standing.endswith("and no criterion that counts speaks against it.")
    found = reasons({"jobs": 0.9, "nation": 0.5})
    assert "its weakest point" in found.standing


def test_those_set_aside_stand_in_groups_after_the_others_on_the_page_and_in_text():
    rows = [
        {**PLAIN, "candidate": "a", "candidate_name": "First"},
        {**PLAIN, **ASIDE, "candidate": "b", "candidate_name": "Second", "emplvl_pct_chg": -9.0},
    ]
    empty = pd.DataFrame(columns=["candidate", "criterion", "value", "weight", "contribution"])
    shown = reasons_prose(reasons_for(cases_of(pd.DataFrame(rows), empty, CRITERIA, SETTING)))
    for told in (shown.html, shown.text):
        first, second = told.split("osing jobs", 1)
        assert "First" in first and "Second" not in first
        assert "Second lost 9.0% of its jobs" in second and "Why is that?" in second


def test_a_range_that_is_written_as_one_number_is_not_called_one():
    """Franklin, 2023: "Given as a range alone: ... how concentrated it is (0.88)"."""

    def told(low, high):
        row = {"lq": NAN, "lq_lo": low, "lq_hi": high}
        return reasons({"jobs": 0.9, "nation": 0.5}, **row).firmness

    assert "Given as a range alone: how concentrated it is (0.45 to 0.55)." in told(0.45, 0.55)
    assert "range" not in told(0.501, 0.503)
