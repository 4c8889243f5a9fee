"""Cards: what is known in plain words, with how sure it is; what is not known is never a zero."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from lmi.workshop.views import evidence
from tests.unit.report.conftest import OUTLOOK, TREND

NAN = float("nan")
ROW = {
    "candidate": "energy", "candidate_name": "Energy", "annual_avg_emplvl": 1213.0,
    "annual_avg_emplvl_lo": 1052.0, "annual_avg_emplvl_hi": 1398.0, "emplvl_estimated_share": 0.6,
    "emplvl_share": 0.041, "avg_annual_pay": 61_240.0, "wages_estimated_share": 0.0,
    "pay_ratio": 1.2, "lq": 1.8, "lq_state": 1.1, "emplvl_pct_chg": 4.3, "base_year": 2018,
    "is_break": False,
}  # fmt: skip


def facts(**changed):
    row = ROW | changed
    room = SimpleNamespace(
        evidence=SimpleNamespace(rows=[row]),
        candidates=[],
        charter=SimpleNamespace(year=2023, criteria=()),
    )
    (card,) = evidence.cards(room)
    return {fact.label: fact for fact in card.facts}


def test_a_number_that_is_part_estimated_says_so_with_its_range():
    jobs = facts()["Jobs"]
    assert jobs.text == "About 1,210 jobs, 4.1% of all jobs here"
    assert (jobs.sure, jobs.note) == ("estimated", "90% sure: 1,050 to 1,400")


def test_a_published_number_is_counted():
    jobs = facts(emplvl_estimated_share=0.0)["Jobs"]
    assert (jobs.text, jobs.sure, jobs.note) == (
        "1,213 jobs, 4.1% of all jobs here", "counted", "",
    )  # fmt: skip


def test_a_number_that_is_too_uncertain_is_told_as_its_range():
    jobs = facts(annual_avg_emplvl_is_vague=True)["Jobs"]
    assert (jobs.text, jobs.sure) == ("Between 1,050 and 1,400 jobs", "open")


def test_a_change_that_is_a_range_in_the_table_is_one_in_the_sentence():
    fact = facts(emplvl_pct_chg_lo=-9.6, emplvl_pct_chg_hi=18.7)["Change in jobs"]
    assert (fact.short, fact.sure) == ("−10% to +19%", "open")
    assert fact.text == "Between −10% and +19% from 2018 to 2023"


@pytest.mark.parametrize(
    ("column", "label"),
    [
        ("annual_avg_emplvl", "Jobs"), ("avg_annual_pay", "Pay"), ("lq", "Concentration"),
        ("emplvl_pct_chg", "Change in jobs"),
    ],
)  # fmt: skip
def test_a_missing_number_is_missing(column, label):
    fact = facts(**dict.fromkeys((f"{column}{end}" for end in ("", "_lo", "_hi")), NAN))[label]
    assert fact.sure == "missing" and fact.short == "n/a"
    assert "0" not in fact.text


def test_a_change_across_a_revision_is_not_compared():
    change = facts(emplvl_pct_chg=NAN, is_break=True)["Change in jobs"]
    assert change.short == "codes changed" and change.text.startswith("Not compared")


@pytest.mark.parametrize(
    ("ends", "said"),
    [((1.1, 1.3), "; above the pay threshold"), ((0.9, 1.3), "about at the pay threshold")],
)
def test_pay_that_may_lie_on_either_side_of_the_threshold_is_left_open(ends, said):
    low, high = ends
    pay = facts(
        pay_to_threshold_ratio=1.2, pay_to_threshold_ratio_lo=low, pay_to_threshold_ratio_hi=high
    )["Pay"]
    assert said in pay.text and "20% above the average here" in pay.text


@pytest.mark.parametrize(
    ("least", "said"),
    [(100.0, "Is expected to add 100 to 700 jobs by 2033, from the nation's rates"),
     (-50.0, "May lose up to 50 jobs or gain up to 700 by 2033, from the nation's rates")],
)  # fmt: skip
def test_jobs_to_come_are_told_as_their_range_with_who_disagrees(least, said):
    fact = facts(**OUTLOOK | TREND | {"projected_emplvl_chg_lo": least})["To come"]
    assert fact.text.startswith(said) and fact.sure == "projected"
    assert fact.note == (
        "nine times in ten; Office; others disagree: the trend −0.5% a year, 2023–2033"
    )
    assert "To come" not in facts()


def test_voices_that_differ_are_not_hidden_by_their_mean():
    rated = facts(
        local_rating=3.0, local_statements=4, local_rating_lowest=1.0, local_rating_highest=5.0
    )["On the ground"]
    assert rated.text == "Rated 3.0 of 5 by 4 voices" and rated.note == "They differ: from 1 to 5"


def test_nobody_known_is_said_and_no_list_says_nothing():
    nobody = facts(engagement_organisations=0)["Who works with it"]
    assert nobody.text == "Nobody is known to work with its employers yet"
    assert "Who works with it" not in facts()


def test_candidates_without_jobs_are_named_apart(room):
    for row in room.evidence.rows:
        if row["annual_avg_emplvl"] == 0:
            assert row["candidate_name"] in evidence.absent(room)
            assert row["candidate"] not in {card.key for card in evidence.cards(room)}
    assert len(evidence.cards(room)) + len(evidence.absent(room)) == len(room.evidence.rows)


def test_the_largest_comes_first_whatever_the_ranking_and_parts_stand_beneath(room):
    by_key = {row["candidate"]: row["annual_avg_emplvl"] for row in room.evidence.rows}
    cards = evidence.cards(room)
    wholes = [by_key[card.key] for card in cards if not card.part_of]
    assert wholes == sorted(wholes, reverse=True)
    care = next(n for n, card in enumerate(cards) if card.key == "health-care")
    parts = cards[care + 1 : care + 4]
    assert {card.part_of for card in parts} == {"Health care"}
    jobs = [by_key[card.key] for card in parts]
    assert jobs == sorted(jobs, reverse=True)
