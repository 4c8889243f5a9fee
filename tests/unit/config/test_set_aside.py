"""Why candidates are set aside: what may be written, and what is laid over it."""

from __future__ import annotations

import pytest

from lmi.config import CriticalMass, SetAside, load_asked, load_state

FEW = """\
set_aside:
  few:
    name: Few
    ask: Who?
    any:
      - {measure: annual_avg_estabs, below: 12}
"""
CRITERIA = "".join(
    f"{key}: {{name: N, question: Q, measure: pay_ratio, value: [[0, 0], [2, 1]], weight: 1}}\n"
    for key in ("pay", "more")
)
CARE = "care: {name: Care, why: W, industries: [{naics: ['62']}]}\n"


@pytest.fixture
def layered(write, colorado):
    """Lay a state's criteria over defaults, and read what is set aside."""

    def read(own: str, base: str = FEW, region: str | None = None) -> SetAside:
        write("criteria.yml", base + CRITERIA)
        write("sectors.yml", CARE)
        colorado('regions:\n  n: {name: N, counties: ["08001"]}\n')
        write("colorado/criteria.yml", own)
        folder = write("colorado/criteria.yml", own).parent
        return load_asked(load_state(folder), region=region).set_aside

    return read


def test_the_shipped_reasons_ask_for_a_sure_loss_a_critical_mass_and_a_place():
    found = load_asked(None).set_aside
    keys = ["public-employers", "declining", "few-employers", "cannot-be-placed"]
    assert [r.key for r in found.reasons] == keys
    assert found.keep == ()
    assert found.reason("declining").words == (
        "any of emplvl_pct_chg_1yr below -1, emplvl_pct_chg_2yr below -1, emplvl_pct_chg below -1"
    )


def test_a_state_names_who_stays_and_a_region_who_does_there(layered):
    own = "set_aside: {keep: [care]}\nregions:\n  n:\n    set_aside: {keep: []}\n"
    assert layered(own).keep == ("care",)
    assert layered(own, region="n").keep == ()
    assert [r.key for r in layered(own).reasons] == ["few"]


def test_a_reason_is_changed_dropped_or_added_and_all_are_switched_off(layered):
    assert layered("set_aside: {few: {name: Fewer}}").reasons[0].name == "Fewer"
    assert layered("set_aside: {few: }").reasons == ()
    assert layered("set_aside:\n") == SetAside()
    swings = "set_aside: {more: {name: M, ask: A, all: [{measure: lq, below: 1}]}}"
    assert [r.key for r in layered(swings).reasons] == ["few", "more"]
    wider = "set_aside: {few: {all: [{measure: annual_avg_estabs, below: 5}]}}"
    assert layered(wider).reasons[0].words == "all of annual_avg_estabs below 5"


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("set_aside: {keep: [car]}", "there is no candidate 'car' to keep; perhaps you meant"),
        ("set_aside: {keep: care}", "'care' is not a list"),
        ("set_aside: {x: {name: X, any: [{measure: lq, below: 1}]}}", "this key is missing"),
        ("set_aside: {x: {name: X, ask: A}}", "has one list of lines"),
        ("set_aside: {x: {name: X, ask: A, any: [{measure: rank, below: 1}]}}", "not a measure"),
        ("set_aside: {x: {name: X, ask: A, any: [{measure: lq, below: -4}]}}", "-4 is where no"),
        ("set_aside: {absent: {name: X, ask: A, any: [{measure: lq, below: 1}]}}", "itself calls"),
    ],
)
def test_a_mistake_is_named_with_its_line(layered, refusal, own, says):
    assert says in refusal(lambda: layered(own), 1)


def test_a_criterion_cannot_read_how_wide_its_own_ranks_are(layered):
    width = "set_aside: {x: {name: X, ask: A, any: [{measure: rank_places, above: 5}]}}"
    assert layered(width).reasons[-1].words == "any of rank_places above 5"


MASS = "critical_mass: {all: [{measure: annual_avg_estabs, at_least: 12}]}\n"


@pytest.fixture
def mass(write, colorado):
    def read(own: str, base: str = MASS, region: str | None = None) -> CriticalMass | None:
        write("criteria.yml", base + CRITERIA)
        colorado('regions:\n  n: {name: N, counties: ["08001"]}\n')
        folder = write("colorado/criteria.yml", own).parent
        return load_asked(load_state(folder), region=region).critical_mass

    return read


def _lines(mass):
    return [f"{line.measure} {line.words}" for line in mass.all]


def test_a_state_or_a_region_says_what_a_critical_mass_is_there_or_that_none_is_asked(mass):
    assert _lines(mass("pay:\n")) == ["annual_avg_estabs at least 12"]
    own = "critical_mass: {all: [{measure: emplvl_share, at_least: 0.01}]}\n"
    assert _lines(mass(own)) == ["emplvl_share at least 0.01"], "its lines take the others' place"
    assert mass("critical_mass:\n") is None
    there = "regions: {n: {critical_mass: {all: [{measure: lq, above: 1}]}}}\n"
    assert _lines(mass(there)) == ["annual_avg_estabs at least 12"]
    assert _lines(mass(there, region="n")) == ["lq above 1"]


@pytest.mark.parametrize(
    ("own", "says"),
    [
        ("critical_mass: {all: []}", "list at least one"),
        ("critical_mass: {any: [{measure: lq, above: 1}]}", "the key is unknown; known are all"),
        ("critical_mass: {all: [{measure: firms, above: 1}]}", "'firms' is not a measure"),
        ("critical_mass: {all: [{measure: emplvl_share, above: 5}]}", "5 is where no candidate"),
    ],
)
def test_a_mistake_in_a_critical_mass_is_named_with_its_line(mass, refusal, own, says):
    assert says in refusal(lambda: mass(own), 1)
