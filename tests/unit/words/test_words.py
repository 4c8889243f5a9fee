"""Numbers as a reader meets them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from lmi import words

WRITERS = (
    words.whole, words.signed, words.money, words.pct, words.signed_pct, words.share,
    words.quotient, words.points,
)  # fmt: skip


@pytest.mark.parametrize("write", WRITERS)
@pytest.mark.parametrize("missing", [None, float("nan"), np.nan, pd.NA, pd.NaT, float("inf"), ""])
def test_a_missing_value_is_never_written_as_a_number(write, missing):
    assert write(missing) == "n/a"


@pytest.mark.parametrize("write", WRITERS)
def test_a_true_zero_is_written_as_zero_without_a_sign(write):
    assert write(0).strip("$%").startswith("0")
    assert write(-0.0) == write(0)


@pytest.mark.parametrize(
    ("value", "noun", "written"),
    [
        (1, "job", "1 job"),
        (0, "job", "no jobs"),
        (0.4, "job", "less than 1 job"),
        (1234.6, "job", "1,235 jobs"),
        (2, "county", "2 counties"),
        (1, "place of business", "1 place of business"),
        (5, "place of business", "5 places of business"),
        (18, "candidate sector", "18 candidate sectors"),
        (float("nan"), "job", "an unknown number of jobs"),
    ],
)
def test_nouns_agree_with_their_number(value, noun, written):
    assert words.count(value, noun) == written


@pytest.mark.parametrize(
    ("jobs", "estimated_share", "written"),
    [
        (4213, 0.0, "4,213 jobs"),
        (4213, 1e-9, "4,213 jobs"),  # what a sum of floats leaves
        (4213, 0.01, "about 4,210 jobs"),
        (1_234_567, 0.5, "about 1,230,000 jobs"),
        (7, 1.0, "about 7 jobs"),
        (1, 1.0, "about 1 job"),
        (0.3, 1.0, "less than 1 job"),
    ],
)
def test_an_estimate_says_about_and_keeps_three_digits(jobs, estimated_share, written):
    assert words.about(jobs, "job", estimated_share) == written


def test_an_unknown_number_is_not_marked_as_an_estimate():
    assert words.marked(words.whole(float("nan")), 0.9) == "n/a"
    assert words.marked(words.whole(120), float("nan")) == "120"


def test_names_with_commas_of_their_own_are_parted_by_semicolons():
    assert words.listing(["Farms", "Mining, oil", "Shops"]) == "Farms; Mining, oil; and Shops"
    assert words.listing(["Farms", "Mining, oil"]) == "Farms and Mining, oil"
    assert words.listing([]) == ""


@pytest.mark.parametrize(
    ("share", "said"),
    [(0.0, "0%"), (0.002, "under 1%"), (0.5, "50%"), (0.998, "over 99%"), (1.0, "100%")],
)
def test_a_chance_never_sounds_surer_than_it_is(share, said):
    assert words.whole_share(share) == said
