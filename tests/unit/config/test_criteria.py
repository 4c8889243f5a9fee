"""Criteria: measures, anchors, weights and screens."""

from __future__ import annotations

import math

import pytest

from lmi.config import Criterion, Screen, load_criteria, load_state

PAY = {
    "name": "Pay",
    "question": "Does it pay?",
    "measure": "pay_ratio",
    "better": "higher",
    "value": "[[0.6, 0], [1.0, 0.5], [1.5, 1]]",
    "weight": "1",
}
LINE = {key: number for number, key in enumerate(PAY, start=2)}


def pay(**changes: str) -> str:
    return "pay:\n" + "".join(f"  {key}: {value}\n" for key, value in (PAY | changes).items())


@pytest.fixture
def read(write):
    def read(text: str) -> tuple[Criterion, ...]:
        return load_criteria(None, write("criteria.yml", text).parent)

    return read


def test_a_criterion_as_its_author_wrote_it(read):
    (criterion,) = read(pay(weight="2", scale="log", screen="{flag: wages, above: 1.0}"))
    assert criterion.key == "pay"
    assert criterion.measure == "pay_ratio"
    assert criterion.value == ((0.6, 0.0), (1.0, 0.5), (1.5, 1.0))
    assert (criterion.scale, criterion.better, criterion.weight) == ("log", "higher", 2.0)
    assert criterion.screen == Screen(flag="wages", above=1.0)


def test_what_is_left_out_has_a_plain_meaning(read):
    (criterion,) = read("c: {name: C, question: Q, measure: lq, value: [[0, 0], [1, 1]]}\n")
    assert (criterion.better, criterion.scale, criterion.weight) == ("higher", "linear", 1.0)
    assert criterion.screen is None


def test_lower_can_be_better(read):
    (criterion,) = read(pay(better="lower", value="[[0, 1], [2, 0]]"))
    assert criterion.value[0] == (0.0, 1.0)


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("measure", "wages", "'wages' is not a measure of candidates"),
        ("measure", "lq_stat", "perhaps you meant 'lq_state'"),
        ("better", "more", "'more' is not understood; write 'higher' or 'lower'"),
        ("better", "lower", "lower is better, so values must fall with the measure"),
        ("value", "[[1.5, 0], [0.6, 1]]", "the anchors [1.5, 0] and [0.6, 1] are reversed"),
        ("value", "[[1, 0], [1, 1]]", "are reversed"),
        ("value", "[[0.6, 1], [1.5, 0]]", "higher is better, so values must rise"),
        ("value", "[[0.6, 0.5], [1.5, 0.5]]", "every anchor has the same value"),
        ("value", "[[0.6, 0], [1.5, 75]]", "the value of the anchor [1.5, 75] is outside 0 to 1"),
        ("value", "[[0.6, 0]]", "needs two anchors or more"),
        ("value", "[[0.6], [1.5, 1]]", "a pair is not complete"),
        ("value", "[[0.6, 0, 0], [1.5, 1]]", "an anchor is a pair"),
        ("value", "[0.6, 1.5]", "'0.6' is not a list"),
        ("value", "[[low, 0], [1.5, 1]]", "'low' is not a number"),
        ("weight", "-1", "the weight -1 is negative"),
        ("weight", "0", "no criterion has a weight above zero"),
        ("weight", "much", "'much' is not a number"),
        ("weight", "nan", "'nan' is not a finite number"),
        ("weight", "inf", "'inf' is not a finite number"),
        ("weight", "", "nothing is written"),
    ],
)
def test_a_mistake_is_named_with_its_line(read, refusal, key, value, says):
    said = refusal(
        lambda: read(pay(**{key: value})), LINE["value" if "values must" in says else key]
    )
    assert says in said


def test_a_logarithm_needs_anchors_above_zero(read, refusal):
    said = refusal(lambda: read(pay(value="[[0, 0], [1, 1]]", scale="log")), LINE["value"])
    assert "the anchor [0, 0] is not above zero, as scale: log needs it to be" in said


@pytest.mark.parametrize(
    ("screen", "says"),
    [
        ("wages", "'key: value' lines are expected"),
        ("{flag: wages}", "write exactly one of at_least, above, at_most and below"),
        ("{flag: wages, above: 1, below: 2}", "a screen has one line"),
        ("{flag: wage, above: 1}", "'wage' is not understood; write 'jobs', 'wages',"),
        ("{flag: wages, abov: 1}", "perhaps you meant 'above'"),
        ("{flag: wages, above: high}", "'high' is not a number"),
    ],
)
def test_a_screen_that_cannot_be(read, refusal, screen, says):
    assert says in refusal(lambda: read(pay(screen=screen)), len(PAY) + 2)


@pytest.mark.parametrize(
    ("line", "passing", "failing"),
    [
        ({"at_least": 1.25}, [1.25, 2.0], [1.249]),
        ({"above": 1.0}, [1.001], [1.0, 0.9]),
        ({"at_most": 0.0}, [0.0, -1.0], [0.001]),
        ({"below": 0.0}, [-0.001], [0.0, 1.0]),
    ],
)
def test_a_screen_passes_on_its_side_of_the_line_and_never_on_missing_data(line, passing, failing):
    screen = Screen(flag="wages", **line)
    assert all(screen.passes(x) for x in passing)
    assert not any(screen.passes(x) for x in [*failing, math.nan])


def test_a_screen_says_its_line_in_words():
    assert Screen(flag="concentration", at_least=1.25).words == "at least 1.25"


def test_a_state_says_only_what_it_weighs_otherwise(write, refusal):
    write("criteria.yml", pay())
    own = write("colorado/criteria.yml", "pay: {weight: 3}\n")
    file = write(
        "colorado/state.yml",
        'state: Colorado\nstate_fips: "08"\ntitle: T\nsource: {name: S}\n'
        'regions: {n: {name: N, counties: ["08069"]}}\n',
    )
    (criterion,) = load_criteria(load_state(file))
    assert criterion.weight == 3.0
    assert criterion.value[1] == (1.0, 0.5), "inherited"
    own.write_text("\npay: {weight: -3}\n")
    assert "the weight -3 is negative" in refusal(lambda: load_criteria(load_state(file)), 2)
