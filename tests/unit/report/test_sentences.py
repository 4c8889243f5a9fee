"""Sentences, read as their reader would: grammar, missing values, breaks, estimates."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import pandas as pd
import pytest

from lmi.analysis.real_pay import add_real_pay
from lmi.assessment.context import Commuting
from lmi.config import Asked, Criterion
from lmi.reference.consumer_prices import known_price_indexes
from lmi.report.figures.bubble_points import bubble_points
from lmi.report.figures.pay_lines import pay_lines
from lmi.report.figures.shift_share_bars import shift_share_split
from lmi.report.figures.trend import trend_lines
from lmi.report.sentences.base_years import bases_sentence
from lmi.report.sentences.context import years_sentence
from lmi.report.sentences.job_changes import bubbles_sentence, shift_share_sentence
from lmi.report.sentences.jobs_pay_concentration import (
    concentration_sentence,
    drivers_sentence,
    industries_sentence,
    threshold_sentence,
    uncovered_sentence,
    wages_sentence,
)
from lmi.report.sentences.outlook import outlook_sentence, projections_sentence
from lmi.report.sentences.pay_over_years import NATIONAL_PRICES, pay_sentence, prices_sentence
from lmi.report.sentences.people import engagement_sentence, knowledge_sentence
from lmi.report.sentences.place import (
    change,
    counties_sentence,
    quality_sentence,
    trend_sentence,
)
from lmi.report.sentences.ranking import (
    criteria_sentence,
    ranking_sentence,
    robustness_sentence,
    switching_sentence,
)
from lmi.report.tables.ranking import switches
from tests.unit.report.conftest import OUTLOOK, TREND, ground

NAN = float("nan")
EVERY = ("care", "build", "food", "shops", "craft", "mines", "space", "woods")


def everyone(**changes):
    return dict.fromkeys(EVERY, changes)


def shift_share(profile):
    return shift_share_sentence(profile, shift_share_split(profile))


def wages(profile):
    return wages_sentence(profile, profile.total)


@pytest.mark.parametrize(
    ("percent", "said"),
    [
        (4.31, "grew by 4.3%"),
        (-12, "fell by 12.0%"),
        (0.04, "stayed the same"),
        (0, "stayed the same"),
    ],
)
def test_change(percent, said):
    assert change(percent) == said


def test_a_region_that_is_a_county_is_not_made_up_of_itself(make_profile):
    found = make_profile()
    name = found.name
    assert counties_sentence(found, [name]) == f"{name} is a single county."
    assert counties_sentence(found, [f"{name} County"]) == f"{name} is a single county."
    assert counties_sentence(found, ["Birch"]) == f"One county makes up {name}: Birch."


def test_a_range_that_is_written_as_one_number_is_not_called_one(make_profile):
    """Franklin, 2023: "Given as a range ...: Hospitality and tourism (about 74,600 jobs)"."""

    def told(low, high):
        ranged = {"annual_avg_emplvl": NAN, "annual_avg_emplvl_lo": low,
                  "annual_avg_emplvl_hi": high}  # fmt: skip
        return drivers_sentence(make_profile(candidates={"build": ranged}))

    assert "Given as a range" in told(3_000.0, 3_200.0)
    assert "Given as a range" not in told(3_140.0, 3_140.4)


def test_counties(profile):
    assert counties_sentence(profile, ["Birch", "Aspen"]) == (
        "Two counties make up North & West: Aspen and Birch."
    )
    assert "One county makes up North & West: Aspen." in counties_sentence(
        profile, ["Aspen", "Aspen"]
    )
    assert counties_sentence(profile, []) == "Two counties make up North & West."


def test_what_no_candidate_holds_is_told_with_its_range_and_no_order_that_is_open(profile):
    assert uncovered_sentence(profile) == (
        "About 4,000 jobs, 20.0% of all jobs here (90% sure: 19.5% to 20.5%), are in no candidate "
        "sector. The largest of their industries is Merchant <wholesalers> (900 jobs) or General "
        "government support, public employers (about 800 jobs; 90% sure: 700 to 950). Does one "
        "of them belong on the list? At the bench and in a workshop a candidate is made of it in "
        "one step."
    )
    nothing = replace(profile, uncovered=profile.uncovered[:0])
    assert uncovered_sentence(nothing) == (
        "What share of all jobs no candidate sector holds is missing."
    )


def test_a_part_and_its_whole_are_not_counted_as_two(make_profile):
    nested = {"build": {"part_of": "care", "set_aside": "part", "rank": NAN, "counted": False}}
    profile = make_profile(candidates=nested)
    assert "The largest of 5 candidate sectors" in drivers_sentence(profile)
    assert "3 of 6 candidate sectors drive" in criteria_sentence(profile)
    assert "Construction" not in wages_sentence(profile, profile.total)
    points = bubble_points(profile)
    assert "Construction" not in set(points.table["candidate_name"])
    said = bubbles_sentence(profile, points)
    assert "Not drawn, because their jobs are in other bubbles: Construction." in said
    assert "Construction" not in shift_share(profile)


def test_drivers_with_one_estimated_sector_gives_its_range(make_profile):
    said = drivers_sentence(make_profile(only=("care", "build")))
    assert "In Construction more than a tenth of the jobs are estimated" in said
    assert "Construction (about 2,000 jobs; 90% sure: 1,700 to 2,600)" in said


def test_a_mostly_withheld_sector_is_told_as_a_range_not_as_a_number(make_profile):
    vague = {"annual_avg_emplvl_is_vague": True, "avg_annual_pay_is_vague": True,
             "avg_annual_pay_lo": 30_000.0, "avg_annual_pay_hi": 110_000.0,
             "lq_is_vague": True, "lq_lo": 0.1, "lq_hi": 0.9,
             "emplvl_chg_is_vague": True, "emplvl_pct_chg_lo": -30.0,
             "emplvl_pct_chg_hi": 55.0}  # fmt: skip
    profile = make_profile(candidates={"craft": vague})
    assert (
        "Too uncertain to say how many jobs there are: =2+5+cmd (between 120 and 700 jobs)."
        in drivers_sentence(profile)
    )
    assert "Too uncertain to say what they pay: =2+5+cmd ($30,000 to $110,000)." in wages(profile)
    said = concentration_sentence(profile)
    assert "Not concentrated, though no more can be said: =2+5+cmd (at most 0.90)." in said
    wider = make_profile(candidates={"craft": vague | {"lq_hi": 1.9}})
    assert (
        "Too uncertain to say whether it is concentrated: =2+5+cmd (0.10 to 1.90)."
        in concentration_sentence(wider)
    )
    assert "Too uncertain to say how jobs changed: =2+5+cmd (−30% to +55%)." in shift_share(profile)


def test_when_only_what_is_too_uncertain_is_left_no_one_is_called_highest(make_profile):
    vague = everyone(avg_annual_pay_is_vague=True, lq_is_vague=True, emplvl_chg_is_vague=True,
                     lq_lo=0.2, lq_hi=4.0)  # fmt: skip
    profile = make_profile(candidates=vague)
    assert wages(profile).startswith("Pay is too uncertain to say for")
    assert "too uncertain to say for every" in concentration_sentence(profile)
    assert "gained" not in shift_share(profile)


def test_drivers_with_nothing_at_all(make_profile):
    ends = ("", "_lo", "_hi")
    none = everyone(**dict.fromkeys((f"annual_avg_emplvl{end}" for end in ends), NAN))
    said = drivers_sentence(make_profile(candidates=none))
    assert said == "No jobs are published or can be estimated for any candidate sector."


def test_a_threshold_that_stands_in_says_so_in_one_sentence(make_profile):
    source = "200 percent of the guideline for 3 persons, 48 states and DC, HHS"
    profile = make_profile(total={"threshold_is_fallback": True, "threshold_source": source})
    said = wages(profile)
    assert "4 of 6 candidate sectors reach the poverty-based threshold of $45,000. An" in said
    assert "sustains two adults" not in said
    assert threshold_sentence(profile.total) == (
        "No local standard was given: 200 percent of the guideline for 3 persons stands in "
        "($45,000; 48 states and DC, HHS, 2022) and ignores rents and child care."
    )
    assert threshold_sentence({"threshold_is_fallback": False}) == ""


def test_wages_without_a_threshold_do_not_mention_one(make_profile):
    profile = make_profile(total={"threshold_annual_wage": NAN})
    assert "threshold" not in wages(profile)


def test_wages_of_an_estimate_say_about(make_profile):
    said = wages(make_profile(only=("build", "craft", "shops")))
    assert "The highest pay is in =2+5+cmd (about $61,000)" in said


def test_wages_missing_everywhere(make_profile):
    said = wages(make_profile(candidates=everyone(avg_annual_pay=NAN)))
    assert said == "Pay is missing for every candidate sector."


def test_shift_share_where_everyone_lost(make_profile):
    said = shift_share(make_profile(only=("build", "mines")))
    assert said.startswith("From 2018 to 2023, Construction lost the most (about −100). No")
    assert "gained" not in said


def test_shift_share_without_the_nation(make_profile):
    said = shift_share(make_profile(candidates=everyone(competitive_share=NAN)))
    assert "How the same industries did in the nation and the state is missing." in said


def test_shift_share_without_any_change(make_profile):
    said = shift_share(
        make_profile(candidates=everyone(emplvl_chg=NAN, is_break=False), base_year=None)
    )
    assert said == (
        "How jobs changed up to 2023 is missing for every candidate sector: the data at hand hold "
        "no earlier year and no over-the-year change."
    )


def test_what_intervals_leave_open_is_not_told_as_an_order(make_profile):
    wide = {
        "care": {"annual_avg_emplvl_lo": 2_000.0, "annual_avg_emplvl_hi": 5_000.0},
        "build": {"annual_avg_emplvl_lo": 1_900.0, "annual_avg_emplvl_hi": 2_500.0},
    }
    said = drivers_sentence(make_profile(candidates=wide))
    assert "The largest of 6 candidate sectors with jobs here is Health care (4,000" in said
    assert ") or Construction (" in said
    assert "followed by" not in said, "nothing sure can be said of the next"
    pay = {"care": {"avg_annual_pay_lo": 30_000.0, "avg_annual_pay_hi": 90_000.0}}
    said = wages(make_profile(candidates=pay))
    assert "more may)" in said and "Health care" in said.partition("The highest pay is in ")[2]
    change = {"care": {"emplvl_chg_lo": -10.0, "emplvl_chg_hi": 900.0}}
    said = shift_share(make_profile(candidates=change))
    assert "Health care (+400) or =2+5+cmd (about +90) may have gained the most jobs" in said


def test_concentration_without_the_nation(make_profile):
    said = concentration_sentence(make_profile(candidates=everyone(lq=NAN)))
    assert said == "Location quotients against the nation are missing for every candidate sector."


def test_bubbles_say_who_is_not_drawn(profile):
    points = bubble_points(profile)
    assert bubbles_sentence(profile, points) == (
        "Health care is more concentrated here than in the nation and growing. Concentrated too, "
        "but Construction lost about 4.8% of its jobs and Food & <beverage> did not grow. Not "
        "drawn, because a number is missing: Retail trade, and Aerospace and defense. Hollow marks "
        "are mostly estimated."
    )


def test_a_loss_that_may_be_off_by_a_point_has_no_decimals_in_text_either(make_profile):
    """Rio Blanco, energy: "≈−24%" in the table and "lost about 24.1%" in the text."""
    wide = {"emplvl_pct_chg": -4.8, "emplvl_pct_chg_lo": -7.0, "emplvl_pct_chg_hi": -3.0}
    found = make_profile(candidates={"build": wide}, only=("build",))
    assert "Construction lost about 5% of its jobs." in bubbles_sentence(
        found, bubble_points(found)
    )


def test_bubbles_of_which_none_grows_say_who_of_the_concentrated_lost(make_profile):
    found = make_profile(only=("build",))
    said = bubbles_sentence(found, bubble_points(found))
    assert "Of those that are concentrated, Construction lost about 4.8% of its jobs." in said


RANGE = {"emplvl_chg": NAN, "emplvl_pct_chg": NAN, "emplvl_chg_is_vague": True,
         "emplvl_pct_chg_is_vague": True}  # fmt: skip


@pytest.mark.parametrize(
    ("lo", "hi", "said"),
    [
        (10, 250, "Sure to have gained, how much is open: Construction (+1% to +13%)"),
        (-250, -10, "Sure to have lost, how much is open: Construction (−13% to −1%)"),
        (-10, 250, "Too uncertain to say how jobs changed: Construction (−1% to +13%)"),
    ],
)
def test_the_direction_is_told_where_the_whole_range_has_it(make_profile, lo, hi, said):
    ends = {f"emplvl_chg{end}": n for end, n in (("_lo", lo), ("_hi", hi))}
    ends |= {f"emplvl_pct_chg{end}": 100 * n / 1900 for end, n in (("_lo", lo), ("_hi", hi))}
    assert said in shift_share(make_profile(candidates={"build": RANGE | ends}))


def test_nobody_is_named_where_all_may_be_first_or_last(make_profile):
    ranges = {"avg_annual_pay": NAN, "avg_annual_pay_lo": 40_000, "avg_annual_pay_hi": 60_000}
    assert "highest and the lowest pay may be in any" in wages(make_profile(
        candidates=everyone(**ranges)
    ))  # fmt: skip
    wide = RANGE | {"emplvl_chg_lo": -900, "emplvl_chg_hi": 700}
    said = shift_share(make_profile(candidates=everyone(**wide)))
    assert said.startswith("From 2018 to 2023, too uncertain to say how jobs changed: =2+5+cmd;")


def test_without_a_place_to_compare_with_nobody_did_better(make_profile):
    ends = {"competitive_share": NAN, "competitive_share_lo": 1.0, "competitive_share_hi": 9.0}
    said = shift_share(make_profile(candidates=everyone(**ends)))
    assert "How the same industries did in the nation and the state is missing." in said


def test_a_range_alone_is_not_called_uncertain(make_profile):
    """What is told as a range of one or two employers' jobs may be known well."""
    jobs = "annual_avg_emplvl"
    told = {jobs: NAN, f"{jobs}_lo": 1990, f"{jobs}_hi": 2040, "is_confidential": True}
    said = drivers_sentence(make_profile(candidates={"build": told}))
    assert "tells of one or two employers: Construction (between 1,990 and 2,040 jobs)" in said
    assert "uncertain to say how many jobs there are: Construction" not in said
    out = {"lq": NAN, "lq_lo": 1.0, "lq_hi": 1.2}
    profile = make_profile(candidates={"build": out})
    said = bubbles_sentence(profile, bubble_points(profile))
    assert "because a range alone is given of them: Construction" in said


def test_a_driver_by_the_estimate_alone_is_counted_apart(make_profile):
    said = criteria_sentence(make_profile(candidates={"craft": {"is_driver_is_sure": False}}))
    assert "by concentration (1 more may), one of them only by the estimate." in said


def test_ranking(profile):
    assert ranking_sentence(profile) == (
        "With the weights below, Health care (90) comes first, followed by Food & <beverage> (80) "
        "and Construction (70), out of 100. Set aside: losing jobs, Mining, quarrying, and oil and "
        "gas extraction; without a score, Aerospace and defense. Of 100 ways to weigh the "
        "criteria, Health care comes first in 62, Food & <beverage> in 30 and Construction in 8. "
        "One sector lacks data for some criterion; the rest then share its "
        "weight. The score opens the discussion and does not decide it."
    )


@pytest.mark.parametrize(
    ("ranks", "said"),
    [
        ({"build": 2}, "by Construction (70) and Food & <beverage> (80), which are level, out of"),
        ({"food": 1, "build": 3, "craft": 3},
         "at the top, followed by =2+5+cmd (40) and Construction (70), which are level, out of"),
        ({"food": 2, "build": 3, "craft": 3},
         "(80) and then =2+5+cmd (40) and Construction (70), which are level, out of"),
        ({"food": 2, "build": 3}, "followed by Food & <beverage> (80) and Construction (70), out"),
    ],
)  # fmt: skip
def test_those_that_follow_are_level_where_their_rank_is(make_profile, ranks, said):
    ranked = {key: {"rank": rank} for key, rank in ranks.items()}
    assert said in ranking_sentence(make_profile(candidates=ranked))


@pytest.mark.parametrize(
    ("weight", "said"),
    [(0.5, "What people bring makes 40% of the score."), (0.0, "the statistics make the score")],
)
def test_ranking_says_what_part_people_bring(make_profile, criteria, weight, said):
    heard = Criterion(key="heard", name="Heard", question="?", measure="local_rating",
                      kind="ground", value=((1, 0), (5, 1)))  # fmt: skip
    profile = make_profile()
    row = {"region": "north", "criterion": "heard", "kind": "ground", "weight": 0.4 * (weight > 0)}
    weights = pd.concat([profile.weights, pd.DataFrame([row])], ignore_index=True)
    profile = replace(profile, asked=Asked((*criteria, heard)), weights=weights)
    assert said in ranking_sentence(profile)


def test_robustness_names_who_is_firm_and_whose_rank_is_open(profile):
    said = robustness_sentence(profile)
    assert said.startswith(
        "In more than half of all weightings Health care and Food & <beverage> are each among "
        "the first three. Too much is withheld to place =2+5+cmd well, which may be among the "
        "first three even with the weights as they stand."
    )


def test_robustness_when_nobody_is_firm(make_profile):
    said = robustness_sentence(make_profile(candidates=everyone(top3_chance=0.3)))
    assert said.startswith("No sector is among the first three in more than half")


def test_switching_names_the_nearest_change(profile):
    assert switching_sentence(profile, switches(profile)) == (
        "What it would take for another sector to come first: Food & <beverage> would pass Health "
        "care if pay counted for less than 40% (now 75%). The other weights keep their "
        "proportions."
    )


@pytest.mark.parametrize(
    ("to", "now", "said"),
    [(0.166, 0.1667, "16.6% (now 16.7%)"), (0.004, 0.25, "1% (now 25%)")],
)
def test_switching_tells_a_weight_and_what_it_is_now_apart(profile, to, now, said):
    nearest = switches(profile).iloc[:1].assign(at=to, weight=now)
    assert f"counted for less than {said}." in switching_sentence(profile, nearest)


def test_switching_where_nothing_would_change(profile):
    said = switching_sentence(profile, switches(profile).iloc[:0])
    assert said == (
        "No weight of any single criterion would put another sector before Health care."
    )


def test_engagement_names_the_targets_of_several(make_profile, state_tables):
    ground(state_tables)
    assert engagement_sentence(make_profile()) == (
        "Already the target of several organizations: Health care (3). Five sectors have nobody on "
        "the list. A partnership can build on those who are there."
    )


def test_knowledge_names_where_voices_are_at_odds(make_profile, state_tables):
    ground(state_tables)
    assert knowledge_sentence(make_profile()) == (
        "4 voices on 2 sectors. Ratings never change a statistic; they are a part of the score of "
        "their own. At odds over Health care: talk about this one first."
    )


def test_a_criterion_without_any_data_is_named_once(make_profile):
    lacking = {key: {"criteria_missing": "lq"} for key in EVERY}
    said = ranking_sentence(make_profile(candidates=lacking))
    assert "Concentration has no data for any sector and is left out." in said
    assert "lacks data" not in said
    lacking["care"] = {"criteria_missing": "lq, pay"}
    said = ranking_sentence(make_profile(candidates=lacking))
    assert "One sector lacks data for some other criterion;" in said


def test_projections_name_their_source_or_say_there_are_none(make_profile):
    assert projections_sentence(make_profile()) == (
        "There are no projections for this region, so projected growth is not scored."
    )
    known = {"projected_emplvl_pct_chg": 4.0, "projection_source": "State office",
             "projection_horizon": "2022-2032"}  # fmt: skip
    said = projections_sentence(make_profile(candidates={"care": known}))
    assert said.startswith("Projected growth: State office, 2022-2032. What comes will differ")


def test_where_jobs_are_going_is_said_as_far_as_it_is_known(make_profile):
    assert outlook_sentence(make_profile()) == ""
    open_ = OUTLOOK | {"projected_emplvl_chg_lo": -50.0}
    said = outlook_sentence(make_profile(candidates={"care": OUTLOOK | TREND, "build": open_}))
    assert said == (
        "Nine times in ten: Health care is expected to add 100 to 700 jobs by 2033, from the "
        "nation's rates (+1.0% a year, 2023–2033). Construction may gain or lose jobs: its range "
        "reaches from loss to gain. Sources disagree on Health care (the trend −0.5% a year, "
        "2023–2033): ask those who know these employers. Food & <beverage>; Retail trade; "
        "=2+5+cmd; Mining, quarrying, and oil and gas extraction; and Aerospace and defense are "
        "not in the table: what is expected is not known."
    )


@pytest.mark.parametrize(
    ("firm", "said"),
    [
        ({"care": OUTLOOK}, "Two more sectors may gain or lose jobs: their ranges reach"),
        ({}, "Every sector in the table may gain or lose jobs: each range reaches from loss to"),
    ],
)
def test_of_how_many_it_is_open_is_said(firm, said, make_profile):
    open_ = OUTLOOK | {"projected_emplvl_chg_lo": -50.0}
    found = make_profile(candidates={**firm, "build": open_, "food": open_})
    assert said in outlook_sentence(found)


def test_who_is_not_in_the_table_of_what_is_expected_is_named(make_profile):
    """Union County, 2023: health care and six others were in no table, beside "Every sector"."""
    open_ = OUTLOOK | {"projected_emplvl_chg_lo": -50.0}
    here = make_profile().present["candidate"]
    most = {key: open_ for key in here if key != "care"}
    said = outlook_sentence(make_profile(candidates=most))
    assert "Every sector in the table may gain or lose jobs" in said
    assert "Health care is not in the table: what is expected is not known." in said
    few = most | {"care": {"is_confidential": True}}
    said = outlook_sentence(make_profile(candidates=few))
    assert "not known, or would tell of one or two employers." in said
    said = outlook_sentence(make_profile(candidates=most | {"care": open_}))
    assert "Every sector may gain or lose" in said and "not in the table" not in said


def test_the_ends_of_what_is_expected_are_named_and_called_no_order(make_profile):
    """Their ranges overlap: none surely grows the fastest, and what is written alike is tied."""
    slow = OUTLOOK | {"projected_emplvl_cagr": -0.44}
    said = outlook_sentence(make_profile(candidates={"care": OUTLOOK, "build": slow}))
    assert "What is expected runs from −0.4% a year (Construction) to +1.0% (Health care)." in said
    tied = OUTLOOK | {"projected_emplvl_cagr": OUTLOOK["projected_emplvl_cagr"] - 0.01}
    rates = {"care": OUTLOOK, "build": slow, "food": tied}
    said = outlook_sentence(make_profile(candidates=rates))
    assert "to +1.0% (Food & <beverage> and Health care)." in said


def test_without_projections_what_stands_in_is_named(make_profile, criteria):
    future = Criterion(key="future", name="Projected growth", question="?", otherwise="past",
                       measure="projected_emplvl_cagr", value=((0, 0), (1, 1)))  # fmt: skip
    past = Criterion(key="past", name="Past growth", question="?", measure="emplvl_cagr",
                     value=((0, 0), (1, 1)), weight=0)  # fmt: skip
    profile = make_profile()
    filled = profile.scores.head(1).assign(criterion="future", stands_in=True)
    profile = replace(profile, asked=Asked((*criteria, future, past)),
                      scores=pd.concat([profile.scores, filled], ignore_index=True))  # fmt: skip
    assert projections_sentence(profile) == (
        "There are no projections for this region; past growth stands in for projected growth in "
        "the score."
    )


def test_quality(profile):
    said = quality_sentence(profile, profile.total)
    assert "by county and industry, from sectors down to six digits, 62.0% are withheld" in said
    known = profile.present.dropna(subset=["annual_avg_emplvl"])
    guessed = known["annual_avg_emplvl"] - known["annual_avg_emplvl_published"]
    share = 100 * guessed.sum() / known["annual_avg_emplvl"].sum()
    assert f"Of the jobs in the candidate sectors that have a number, {share:.1f}% had to" in said


def test_what_another_base_year_would_do_to_the_ranks(profile):
    said = bases_sentence(profile, profile.bases)
    assert said.startswith("Growth is measured since 2018. Another base year would move ")
    assert "Health care from first to fourth (since 2020)" in said
    assert "from fifth to set aside (since 2020)" in said
    own = profile.bases[profile.bases["base_year"] == 2018]
    assert bases_sentence(profile, own) == ""
    same = pd.concat([own, own.assign(base_year=2020)])
    assert "No other base year would move a rank by three places." in bases_sentence(profile, same)


def test_trend(profile):
    assert trend_sentence(profile, trend_lines(profile.trend)) == (
        "From 2018 to 2023 the number of jobs grew by 6.0%, slower than in Sample (+10.0%) "
        "and faster than in the nation (+3.0%)."
    )


def said_of_pay(found, trend, prices=known_price_indexes()):  # noqa: B008  # it never changes
    priced = add_real_pay(trend, prices)
    return pay_sentence(found, priced, pay_lines(priced))


def test_pay_over_the_years(profile):
    assert said_of_pay(profile, profile.trend) == (
        "Average pay was $40,000 in 2018 and $50,000 in 2023. In prices of 2023 it was $48,500 in "
        "2018: from then to 2023 real pay grew by 3.0%, at the same pace as in Sample (+3.0%) and "
        f"the nation (+3.0%). {NATIONAL_PRICES}"
    )
    assert prices_sentence(profile.trend) == ""


@pytest.mark.parametrize(
    ("low", "high", "moved"),
    [
        (0.95, 1.03, "may have fallen or grown (−2.1% to +6.1%)"),
        (0.98, 1.03, "grew by 1.0% to 6.1%"),
        (0.93, 0.96, "fell by 1.1% to 4.2%"),
    ],
)
def test_no_sign_of_real_pay_is_told_that_its_interval_leaves_open(low, high, moved, profile):
    trend = profile.trend.copy()
    last = (trend["year"] == 2023) & (trend["place"] == "region")
    trend.loc[last, "avg_annual_pay_lo"] *= low
    trend.loc[last, "avg_annual_pay_hi"] *= high
    said = said_of_pay(profile, trend)
    assert f"real pay {moved}. {NATIONAL_PRICES}" in said


def test_pay_without_prices_of_a_year_says_what_is_missing(profile):
    prices = {year: index for year, index in known_price_indexes().items() if year < 2023}
    said = said_of_pay(profile, profile.trend, prices)
    assert "$50,000 in 2023. In prices of 2022 it was $46,600 in 2018: from then to 2022" in said
    lacking = prices_sentence(add_real_pay(profile.trend, prices))
    assert lacking.startswith("No consumer prices of 2023: neither the")
    without = said_of_pay(profile, profile.trend, {})
    assert without == "Average pay was $40,000 in 2018 and $50,000 in 2023."


def test_industries(profile):
    table = pd.DataFrame(
        {"industry_title": ["Health care", "Mining, oil", "Shops"], "emplvl_share": [0.3, 0.2, NAN],
         "annual_avg_emplvl": [3.0, 2.0, NAN]}
    )  # fmt: skip
    said = industries_sentence(table)
    assert said.endswith(
        "the largest is Health care (30.0% of all jobs), followed by Mining, oil (20.0% of all "
        "jobs)."
    )


def test_industries_that_are_too_uncertain_have_no_rank():
    """The sentence says no more than the table, which has a range there."""
    table = pd.DataFrame(
        {
            "industry_title": ["Lodging", "Shops", "Farms", "Mines"],
            "annual_avg_emplvl": [90.0, 80.0, 70.0, 1.0],
            "emplvl_share": [0.3, 0.165, 0.15, 0.01],
            "emplvl_share_lo": [0.3, 0.007, 0.15, 0.0],
            "emplvl_share_hi": [0.3, 0.351, 0.15, 0.02],
            "emplvl_share_is_vague": [False, True, False, True],
        }
    )
    said = industries_sentence(table)
    assert said.endswith("is Lodging (30.0% of all jobs) or Shops (0.7% to 35.1% of all jobs).")
    assert "followed by" not in said, "nothing sure can be said of the next"


def test_a_survey_of_five_years_is_said_to_be_of_five():
    class Flows(SimpleNamespace):
        years = Commuting.years

    flows = [Flows(table=table, year=year)
             for table, year in (("commuting", 2021), ("commuting_survey", 2013))]  # fmt: skip
    people = SimpleNamespace(newest=lambda measure: None, commuting=flows)
    assert years_sentence(people, 2016) == (
        "Jobs and pay in this profile are of 2016, commuting of 2021 and commuting by survey of "
        "2009 to 2013."
    )
