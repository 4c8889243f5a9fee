"""Criteria: measures, anchors, weights and screens."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from lmi.config import Criterion, NamedScreen, Screen, load_asked, load_state
from lmi.errors import ConfigError

PAY = {
    "name": "Pay",
    "question": "Does it pay?",
    "measure": "pay_ratio",
    "better": "higher",
    "value": "[[0.6, 0], [1.0, 0.5], [1.5, 1]]",
    "weight": "1",
}
LINE = {key: number for number, key in enumerate(PAY, start=2)}
LINE |= dict.fromkeys(("kind", "scale", "otherwise"), len(PAY) + 2)


def pay(**changes: str) -> str:
    return "pay:\n" + "".join(f"  {key}: {value}\n" for key, value in (PAY | changes).items())


@pytest.fixture
def read(write):
    def read(text: str) -> tuple[Criterion, ...]:
        return load_asked(None, write("criteria.yml", text).parent).criteria

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
    assert (criterion.kind, criterion.otherwise) == ("statistic", None)


def test_what_people_bring_is_of_another_kind(read):
    (criterion,) = read(pay(kind="ground", scale="steps"))
    assert (criterion.kind, criterion.scale) == ("ground", "steps")


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
        ("kind", "feeling", "'feeling' is not understood; write 'statistic' or 'ground'"),
        ("scale", "stairs", "'stairs' is not understood; write 'linear', 'log' or 'steps'"),
        ("otherwise", "pay", "a criterion cannot stand in for itself"),
        ("otherwise", "past", "there is no criterion 'past'; known are none"),
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
        ("{flag: wage, above: 1}", "'wage' is not understood; write 'jobs', 'wages' or"),
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
    (criterion,) = load_asked(load_state(file)).criteria
    assert criterion.weight == 3.0
    assert criterion.value[1] == (1.0, 0.5), "inherited"
    own.write_text("\npay: {weight: -3}\n")
    assert "the weight -3 is negative" in refusal(lambda: load_asked(load_state(file)).criteria, 2)


PAST = pay().replace("pay:", "past:").replace("weight: 1", "weight: 0")


def test_another_criterion_stands_in_where_there_is_no_data(read):
    future, past = read(pay(otherwise="past") + PAST)
    assert (future.otherwise, past.otherwise) == ("past", None)


def test_stand_ins_make_no_chains(read, refusal):
    text = pay(otherwise="past") + PAST + "  otherwise: last\n" + PAST.replace("past:", "last:")
    said = refusal(lambda: read(text), len(PAY) + 2)
    assert "'past' has a stand-in itself, 'last', and stand-ins make no chains" in said


def test_a_stand_in_that_is_nearly_named_is_offered(read, refusal):
    said = refusal(lambda: read(pay(otherwise="pas") + PAST), len(PAY) + 2)
    assert "perhaps you meant 'past'" in said


@pytest.fixture
def layered(write):
    """Lay a state's criteria over defaults that are given."""

    def layered(defaults: str, own: str):
        write("criteria.yml", defaults)
        write("colorado/criteria.yml", own)
        file = write(
            "colorado/state.yml",
            'state: Colorado\nstate_fips: "08"\ntitle: T\nsource: {name: S}\n'
            'regions: {n: {name: N, counties: ["08069"]}}\n',
        )
        return load_state(file)

    return layered


def test_a_stand_in_that_the_state_drops_stands_in_no_longer(layered):
    (future,) = load_asked(layered(pay(otherwise="past") + PAST, "past:\n")).criteria
    assert future.otherwise is None


def test_a_stand_in_that_the_state_names_and_drops_is_a_mistake(layered, refusal):
    state = layered(pay() + PAST, "past:\npay:\n  otherwise: past\n")
    assert "there is no criterion 'past'" in refusal(lambda: load_asked(state).criteria, 3)


def test_one_more_file_is_laid_over_both(layered, tmp_path):
    state = layered(pay(), "pay: {weight: 3}\n")
    over = tmp_path / "mine.yml"
    over.write_text("pay: {weight: 5}\nscreens: {a: {name: A, any: [{measure: lq, above: 1}]}}\n")
    assert [c.weight for c in load_asked(state, over=over).criteria] == [5.0]
    assert [s.key for s in load_asked(state, over=over).screens] == ["a"]
    assert load_asked(state).screens == ()


SCREENS = """\
screens:
  large:
    name: Large
    any:
      - {measure: emplvl_share, at_least: 0.05}
      - {measure: annual_avg_emplvl, above: 1000}
"""


def test_screens_stand_beside_the_criteria_and_are_none(read, write):
    assert [c.key for c in read(pay() + SCREENS)] == ["pay"]
    (screen,) = load_asked(None, write("criteria.yml", pay() + SCREENS).parent).screens
    assert isinstance(screen, NamedScreen)
    assert (screen.key, screen.name, screen.all) == ("large", "Large", ())
    assert [line.measure for line in screen.lines] == ["emplvl_share", "annual_avg_emplvl"]
    assert screen.words == "any of emplvl_share at least 0.05, annual_avg_emplvl above 1000"


def test_a_state_changes_adds_and_drops_screens_by_their_key(layered):
    small = SCREENS + "  small: {name: Small, all: [{measure: emplvl_share, below: 0.01}]}\n"
    one = "{measure: lq, above: 2}"
    changed = load_asked(layered(pay() + SCREENS, f"screens: {{large: {{all: [{one}]}}}}")).screens
    assert changed[0].words == "all of lq above 2", "the new list takes the inherited one's place"
    assert changed[0].name == "Large", "inherited"
    assert [s.key for s in load_asked(layered(pay() + small, "screens:\n  large:\n")).screens] == [
        "small"
    ]
    assert load_asked(layered(pay() + small, "screens:\n")).screens == ()
    assert len(load_asked(layered(pay() + small, "pay: {weight: 2}\n")).screens) == 2


@pytest.mark.parametrize(
    ("screen", "line", "says"),
    [
        ("large: {name: L, any: [{measure: size, above: 1}]}", 2, "'size' is not a measure"),
        ("large: {name: L, any: [{measure: lq, above: 1, below: 2}]}", 2, "has one line"),
        ("large: {name: L}", 2, "write either any or all"),
        ("large: {name: L, any: []}", 2, "write either any or all"),
        (
            "large: {name: L, any: [{measure: lq, above: 1}], all: [{measure: lq, above: 1}]}",
            2,
            "write either any or all",
        ),
        ("large: {name: L, some: []}", 2, "the key is unknown"),
        ("Large: {name: L}", 2, "write 'large'"),
        ("large: 5", 2, "'key: value' lines are expected"),
    ],
)
def test_a_named_screen_that_cannot_be(write, refusal, screen, line, says):
    folder = write("criteria.yml", f"screens:\n  {screen}\n{pay()}").parent
    assert says in refusal(lambda: load_asked(None, folder).screens, line)


def test_screens_are_lines_with_keys(write, refusal):
    folder = write("criteria.yml", f"screens: large\n{pay()}").parent
    assert "screens: 'key: value' lines" in refusal(lambda: load_asked(None, folder).screens, 1)


def test_a_region_says_only_what_it_asks_otherwise(layered):
    own = "pay: {weight: 3}\nregions:\n  n:\n    pay: {weight: 7}\n    screens:\n      a: " + (
        "{name: A, any: [{measure: lq, above: 1}]}\n"
    )
    state = layered(pay() + PAST, own)
    assert [c.weight for c in load_asked(state).criteria] == [3.0, 0.0]
    assert [c.weight for c in load_asked(state, region="n").criteria] == [7.0, 0.0]
    assert load_asked(state, region="n").criteria[0].value[1] == (1.0, 0.5), "inherited"
    assert [s.key for s in load_asked(state, region="n").screens] == ["a"]
    assert load_asked(state).screens == ()


def test_a_region_may_drop_a_criterion(layered):
    state = layered(pay() + PAST, "regions:\n  n:\n    past:\n")
    assert [c.key for c in load_asked(state, region="n").criteria] == ["pay"]


def test_a_region_that_does_not_exist_or_asks_the_impossible_is_named_with_its_line(
    layered, refusal
):
    state = layered(pay(), "regions:\n  m:\n    pay: {weight: 7}\n")
    said = refusal(lambda: load_asked(state).criteria, 2)
    assert "there is no region 'm' to ask otherwise" in said
    state = layered(pay(), "regions:\n  n:\n    pay: {weight: -7}\n")
    assert load_asked(state).criteria[0].weight == 1.0
    assert "-7 is negative" in refusal(lambda: load_asked(state, region="n").criteria, 3)


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("c: {name: C, question: Q, measure: emplvl_share, value: [[1, 0], [5, 1]]}", 1, "5 is"),
        ("c:\n  name: C\n  question: Q\n  measure: lq\n  value:\n  - [-1, 0]\n  - [1, 1]", 6, "-1"),
        ("c: {name: C, question: Q, measure: pay_ratio, value: [[0, 0], [1, 1]],\n"
         " screen: {flag: wages, above: 110}}", 2, "110 is where no candidate can be by pay_ratio"),
        ("c: {name: C, question: Q, measure: local_rating, value: [[1, 0], [10, 1]]}", 1, "1 to 5"),
    ],
)  # fmt: skip
def test_an_anchor_or_a_line_is_where_a_candidate_can_be(read, text, line, told):
    with pytest.raises(ConfigError) as caught:
        read(text + "\n")
    assert caught.value.line == line
    assert told in caught.value.message
    assert "in the units of the measure" in caught.value.message


def test_a_line_of_a_named_screen_is_where_a_candidate_can_be(layered, tmp_path: Path) -> None:
    over = tmp_path / "mine.yml"
    over.write_text("screens: {a: {name: A, any: [{measure: emplvl_share, at_least: 5}]}}\n")
    with pytest.raises(ConfigError, match="5 is where no candidate can be by emplvl_share"):
        load_asked(layered(pay(), pay()), over=over)
