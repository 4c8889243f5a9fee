"""A state measured again at will gives what its tables say, and moves when a definition does."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.assessment.live_state import LiveState, open_live
from lmi.assessment.state import analyse
from lmi.assessment.state_tables import StateTables
from lmi.config import Candidate, load_asked, load_candidates, load_state
from lmi.errors import StoreError
from lmi.store import Store

pytestmark = pytest.mark.slow  # every year of the sample is estimated

STATE = load_state("sample")
REGION = STATE.region("ferrow-valley")
CANDIDATES = load_candidates(STATE)
# Sums are added up in another order; a bound found by linear programme may differ from a sum of
# bounds, which only the state's tables have.
LAST_PLACES = 1e-9


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Store:
    return Store(sample_store)


@pytest.fixture(scope="module")
def live(store: Store) -> LiveState:
    return open_live(store, STATE)


@pytest.fixture(scope="module")
def tables(store: Store) -> StateTables:
    return analyse(store, STATE)


def of(table: pd.DataFrame, region: str) -> pd.DataFrame:
    rows = table[table["region"] == region]
    return rows.sort_values("candidate", ignore_index=True)


def test_unchanged_definitions_give_what_the_states_tables_say(live, tables) -> None:
    people = live.people(REGION, CANDIDATES)
    found = of(people.beside(live.measure(REGION, CANDIDATES)).table, REGION.key)
    expected = of(tables.candidates, REGION.key)
    assert list(found.columns) == list(expected.columns)
    same = [c for c in expected if not str(c).endswith(("_lo", "_hi", "_min", "_max", "_vague"))]
    pd.testing.assert_frame_equal(found[same], expected[same], rtol=LAST_PLACES)


def test_and_the_same_ranking(live, tables) -> None:
    found = of(live.assess(REGION, load_asked(STATE)).candidates, REGION.key)
    expected = of(tables.ranking, REGION.key)
    assert found["rank"].fillna(0).tolist() == expected["rank"].fillna(0).tolist()
    assert found["set_aside"].tolist() == expected["set_aside"].tolist()
    assert set(found["set_aside"]) > {""}
    assert found["score"].tolist() == pytest.approx(expected["score"].tolist(), rel=LAST_PLACES)


def test_two_regions_together_have_the_jobs_of_both(live, tables) -> None:
    other = STATE.region("crossway")
    both = REGION.model_copy(update={"counties": (*REGION.counties, *other.counties)})
    found = live.measure(both, CANDIDATES).table.set_index("candidate")["annual_avg_emplvl"]
    apart = [of(tables.candidates, r.key).set_index("candidate") for r in (REGION, other)]
    total = apart[0]["annual_avg_emplvl"] + apart[1]["annual_avg_emplvl"]
    assert found[total.index].tolist() == pytest.approx(total.tolist(), rel=LAST_PLACES)


def test_a_definition_that_gains_an_industry_gains_its_jobs(live) -> None:
    hospitals = Candidate(key="care", name="Care", why="-", industries=[{"naics": ["622"]}])
    more = hospitals.model_copy(
        update={"industries": Candidate(
            key="care", name="Care", why="-", industries=[{"naics": ["622", "623"]}]
        ).industries}
    )  # fmt: skip
    homes = Candidate(key="homes", name="Homes", why="-", industries=[{"naics": ["623"]}])
    table = live.measure(REGION, [hospitals, homes]).table.set_index("candidate")
    grown = live.measure(REGION, [more]).table.set_index("candidate")
    jobs = table["annual_avg_emplvl"]
    assert jobs.min() > 0, "both have jobs in the sample"
    assert grown.loc["care", "annual_avg_emplvl"] == pytest.approx(jobs.sum(), rel=LAST_PLACES)


def test_against_the_rest_of_the_state_a_concentration_is_stronger(live) -> None:
    """q = r/R over (S−r)/(T−R): further from 1 than r/R over S/T, on the same side."""
    rows = [
        live.measure(REGION, CANDIDATES, rest=rest).table.set_index("candidate")["lq_state"]
        for rest in (False, True)
    ]
    whole, rest = (r[np.isfinite(r)] for r in rows)
    common = whole.index.intersection(rest.index)
    assert len(common) > 5
    beyond = np.sign(whole[common] - 1) * (rest[common] - whole[common])
    assert (beyond > -1e-9).all() and (beyond > 0.01).any()


def test_a_county_that_the_store_lacks_is_named(live) -> None:
    away = REGION.model_copy(update={"counties": ("99998",)})
    with pytest.raises(StoreError, match="99998"):
        live.measure(away, CANDIDATES)
