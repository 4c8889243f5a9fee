"""A state measured again at will gives what its tables say, and moves when a definition does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.assessment.footprint import LaborMarket, open_footprint
from lmi.assessment.footprint_sectors import SectorsAround, measure_around
from lmi.assessment.footprint_tables import footprints_of
from lmi.assessment.live_state import LiveState, open_live
from lmi.assessment.state_tables import StateTables
from lmi.assessment.uncovered import beginnings
from lmi.config import Candidate, load_asked, load_candidates, load_state
from lmi.config.edit import begin_candidate
from lmi.errors import StoreError
from lmi.store import Store
from lmi.words import records
from tests.conftest import Analyse

pytestmark = pytest.mark.slow  # every year of the sample is estimated

STATE = load_state("sample")
REGION = STATE.region("ferrow-valley")
CANDIDATES = load_candidates(STATE)
# Sums are added up in another order; a bound found by linear programme may differ from a sum of
# bounds, which only the state's tables have.
OF_BASE = ("lq_base", "lq_state_base")
LAST_PLACES = 1e-9
JOBS = "annual_avg_emplvl"
FEWEST, HALF_A_JOB = 3, 0.5
SECTORS = "11 21 22 23 31-33 42 44-45 48-49 51 52 53 54 55 56 61 62 71 72 81 92"


@pytest.fixture(scope="module")
def store(sample_store: Path) -> Store:
    return Store(sample_store)


@pytest.fixture(scope="module", autouse=True)
def _measured_once(measured_once: None) -> None:
    """What two tests ask alike is measured once."""


@pytest.fixture(scope="module")
def live(store: Store) -> LiveState:
    return open_live(store, STATE)


@pytest.fixture(scope="module")
def bare(store: Store) -> LiveState:
    """For staff, so that there is a number to check in every row."""
    return open_live(store, STATE.model_copy(update={"staff": True}))


@pytest.fixture(scope="module")
def tables(analysed: Analyse, store: Store) -> StateTables:
    return analysed(store, STATE)


@pytest.fixture(scope="module")
def around(live: LiveState) -> tuple[LaborMarket, SectorsAround]:
    """The region's labor market, and its sectors in every footprint that is tried."""
    market = open_footprint(live.store, REGION)
    near = [*REGION.counties, *market.near]
    made = footprints_of(market)
    return market, measure_around(live, REGION, load_asked(STATE), CANDIDATES, made, near)


def of(table: pd.DataFrame, region: str, by: str = "candidate") -> pd.DataFrame:
    rows = table[table["region"] == region]
    return rows.sort_values(by, ignore_index=True)


def test_unchanged_definitions_give_what_the_states_tables_say(live, tables) -> None:
    people = live.people(REGION, CANDIDATES)
    found = of(people.beside(live.measure(REGION, CANDIDATES)).table, REGION.key)
    expected = of(tables.candidates, REGION.key)
    # quotients of the base year stand in the profile alone
    expected = expected[[c for c in expected if not str(c).startswith(OF_BASE)]]
    assert list(found.columns) == list(expected.columns)
    pd.testing.assert_frame_equal(found, expected, rtol=LAST_PLACES)


def test_and_the_same_ranking(live, tables) -> None:
    found = of(live.assess(REGION, load_asked(STATE)).candidates, REGION.key)
    expected = of(tables.ranking, REGION.key)
    assert found["rank"].fillna(0).tolist() == expected["rank"].fillna(0).tolist()
    for column in ("set_aside", "set_aside_by", "may_be_set_aside", "rank_lo", "rank_hi"):
        assert found[column].fillna(0).tolist() == expected[column].fillna(0).tolist(), column
    assert set(found["set_aside"]) > {""}
    assert found["score"].tolist() == pytest.approx(
        expected["score"].tolist(), rel=LAST_PLACES, nan_ok=True
    )


def test_what_is_withheld_is_the_same_wherever_it_is_asked(live, tables) -> None:
    told = 0
    for region in STATE.regions:
        found = live.measure(region, CANDIDATES)
        for got, whole, by in (
            (found.table, tables.candidates, "candidate"),
            (found.uncovered, tables.uncovered, "industry_code"),
        ):
            expected = of(whole, region.key, by)
            both = [c for c in expected if c in got]
            pd.testing.assert_frame_equal(
                of(got, region.key, by)[both], expected[both], rtol=LAST_PLACES, check_dtype=False
            )
            told += int(expected["is_confidential"].sum())
    assert told > 0


def test_two_regions_together_have_the_jobs_of_both(bare) -> None:
    other = STATE.region("crossway")
    both = REGION.model_copy(update={"counties": (*REGION.counties, *other.counties)})
    found = bare.measure(both, CANDIDATES).table.set_index("candidate")["annual_avg_emplvl"]
    apart = [bare.measure(r, CANDIDATES).table.set_index("candidate") for r in (REGION, other)]
    total = apart[0]["annual_avg_emplvl"] + apart[1]["annual_avg_emplvl"]
    assert found[total.index].tolist() == pytest.approx(total.tolist(), rel=LAST_PLACES)


def test_a_definition_that_gains_an_industry_gains_its_jobs(bare) -> None:
    hospitals = Candidate(key="care", name="Care", why="-", industries=[{"naics": ["622"]}])
    more = hospitals.model_copy(
        update={"industries": Candidate(
            key="care", name="Care", why="-", industries=[{"naics": ["622", "623"]}]
        ).industries}
    )  # fmt: skip
    homes = Candidate(key="homes", name="Homes", why="-", industries=[{"naics": ["623"]}])
    table = bare.measure(REGION, [hospitals, homes]).table.set_index("candidate")
    grown = bare.measure(REGION, [more]).table.set_index("candidate")
    jobs = table["annual_avg_emplvl"]
    assert jobs.min() > 0, "both have jobs in the sample"
    assert grown.loc["care", "annual_avg_emplvl"] == pytest.approx(jobs.sum(), rel=LAST_PLACES)


def test_what_no_candidate_holds_is_the_rest_and_counts_nothing_twice(bare, tables) -> None:
    """Two that overlap nowhere and a part of one: all jobs less those of the two."""
    apart = [c for c in CANDIDATES if c.key in ("retail", "manufacturing")]
    nested = [c for c in CANDIDATES if c.part_of == "manufacturing"]
    found = bare.measure(REGION, [*apart, *nested])
    held = found.table.set_index("candidate").loc[["retail", "manufacturing"], JOBS].sum()
    total = tables.regions.set_index("region").loc[REGION.key, JOBS]
    whole, *industries = records(found.uncovered)
    assert (whole["industry_code"], len(industries)) == ("", 5)
    assert whole[JOBS] == pytest.approx(total - held, rel=LAST_PLACES)
    assert whole["emplvl_share"] == pytest.approx(1 - held / total, rel=LAST_PLACES)
    assert whole[f"{JOBS}_lo"] <= whole[JOBS] <= whole[f"{JOBS}_hi"]
    jobs = [row[JOBS] for row in industries]
    assert jobs == sorted(jobs, reverse=True) and min(jobs) > 0
    pd.testing.assert_frame_equal(found.uncovered, bare.measure(REGION, apart).uncovered)


def test_a_candidate_made_of_what_none_holds_takes_it_out(bare) -> None:
    before = bare.measure(REGION, CANDIDATES)
    first, *others, together = beginnings(before.uncovered)
    made = begin_candidate("made", first.name, "-", first.parts)
    after = bare.measure(REGION, [*CANDIDATES, made])
    row = records(before.uncovered)[1]
    jobs = after.table.set_index("candidate").loc["made"]
    for name in (JOBS, f"{JOBS}_lo", f"{JOBS}_hi", "emplvl_share", "lq", "avg_annual_pay"):
        assert jobs[name] == pytest.approx(row[name], rel=LAST_PLACES, nan_ok=True), name
    left = [records(found.uncovered)[0][JOBS] for found in (before, after)]
    assert left[0] - left[1] == pytest.approx(row[JOBS], rel=1e-6)
    assert [one.name for one in beginnings(after.uncovered)][:4] == [one.name for one in others]
    every = begin_candidate("all", together.name, "-", together.parts)
    table = bare.measure(REGION, [every]).table
    five = before.uncovered[JOBS].iloc[1:].sum()
    assert table[JOBS].tolist() == pytest.approx([five], rel=LAST_PLACES)


def test_the_share_of_public_employers_is_that_of_their_own_jobs(bare) -> None:
    schools = next(c for c in CANDIDATES if c.key == "education")
    (part,) = schools.industries
    public = begin_candidate(
        "public", "Public", "-", [{"naics": part.naics, "own": ["1", "2", "3"]}]
    )
    shops = next(c for c in CANDIDATES if c.key == "retail")
    table = bare.measure(REGION, [schools, public, shops]).table.set_index("candidate")
    share = table["emplvl_public_share"]
    jobs = table[JOBS]
    assert share["education"] == pytest.approx(jobs["public"] / jobs["education"], rel=LAST_PLACES)
    assert (share["public"], share["retail"]) == (1.0, 0.0)
    ends = table.loc["education", ["emplvl_public_share_lo", "emplvl_public_share_hi"]]
    assert ends.iloc[0] <= share["education"] <= ends.iloc[1] <= 1
    assert bare.measure(REGION, [shops]).table["emplvl_public_share"].tolist() == [0.0]


def test_education_is_set_aside_as_public_by_its_number_and_can_be_kept(live) -> None:
    asked = load_asked(STATE)
    found = live.assess(REGION, asked).candidates.set_index("candidate").loc["education"]
    assert (found["set_aside"], found["set_aside_by"]) == (
        "public-employers",
        "emplvl_public_share",
    )
    kept = asked._replace(set_aside=asked.set_aside.model_copy(update={"keep": ("education",)}))
    found = live.assess(REGION, kept).candidates.set_index("candidate").loc["education"]
    assert (found["set_aside"], found["kept_despite"]) == ("", "public-employers")


def test_where_candidates_hold_all_nothing_is_left_to_begin_with(live) -> None:
    part = {"naics": SECTORS.split(), "own": ["1", "2", "3", "5"]}
    every = begin_candidate("all", "All", "-", [part])
    found = live.measure(REGION, [every]).uncovered
    assert beginnings(found) == [] and len(found) == 1
    assert found.loc[0, "emplvl_share"] < 0.01  # those whose industry is not known


def test_against_the_rest_of_the_state_a_concentration_is_stronger(bare) -> None:
    """q = r/R over (S−r)/(T−R): further from 1 than r/R over S/T, on the same side."""
    rows = [
        bare.measure(REGION, CANDIDATES, rest=rest).table.set_index("candidate")["lq_state"]
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


def _told(table: pd.DataFrame) -> pd.DataFrame:
    told = table[~table["is_confidential"]].set_index("candidate")
    return told[["annual_avg_estabs", JOBS, f"{JOBS}_published"]]


def _tells_of_few(larger: pd.DataFrame, smaller: pd.DataFrame) -> list[str]:
    """Candidates of which two published numbers differ by one or two places that are withheld."""
    between = (larger - smaller).dropna()
    few = between["annual_avg_estabs"].between(0.25, FEWEST - 1e-9)
    untold = between[JOBS] - between[f"{JOBS}_published"] > HALF_A_JOB
    return list(between.index[few & untold])


def test_no_change_of_a_footprint_tells_of_few_beside_what_is_published(live, tables) -> None:
    """Nor is anything published withheld because something else is asked."""
    pairs, found = 0, []
    always = frozenset.intersection(*(cells.areas for cells in live.read.values()))
    edits = [
        (region, counties)
        for region in STATE.regions
        for county in sorted(always.intersection(region.counties))
        for counties in (tuple(c for c in region.counties if c != county), (county,))
        if always.intersection(counties)
    ]
    for region, counties in edits[::6]:  # of every region a county less and a county alone
        saved = _told(of(tables.candidates, region.key))
        edited = region.model_copy(update={"counties": counties})
        table = _told(live.measure(edited, CANDIDATES).table)
        pairs += len(saved.index.intersection(table.index))
        found += [(region.key, counties, c) for c in _tells_of_few(saved, table)]
    assert pairs > 50 and found == []


def test_no_change_of_a_definition_tells_of_few_beside_what_is_published(live, tables) -> None:
    pairs, found = 0, []
    saved = _told(of(tables.candidates, REGION.key))
    longer = [c for c in CANDIDATES if len(c.industries[0].naics) > 1]
    for whole in longer[:9]:
        first, *rest = whole.industries
        less = first.model_copy(update={"naics": first.naics[1:]})
        changed = whole.model_copy(update={"industries": (less, *rest)})
        others = [changed if c.key == whole.key else c for c in CANDIDATES]
        table = _told(live.measure(REGION, others).table)
        unchanged = table.drop(index=whole.key, errors="ignore")
        pd.testing.assert_frame_equal(unchanged, saved.loc[unchanged.index], rtol=LAST_PLACES)
        pairs += whole.key in table.index.intersection(saved.index)
        found += _tells_of_few(saved, table)
    assert pairs > 2 and found == []


def test_what_is_told_of_footprints_follows_from_regions_and_counties(around, tables) -> None:
    """No two of them give an employer away: all that is told of them can be reckoned without."""
    market, found = around
    near, made = [*REGION.counties, *market.near], footprints_of(market)
    counties = sorted({c for r in STATE.regions for c in r.counties} | set(near))
    regions = {region.key: region.counties for region in STATE.regions}
    n_told, n_withheld = 0, 0
    for candidate in CANDIDATES:
        without = [
            *told_grounds(tables.candidates, candidate.key, "region", regions),
            *told_grounds(found.counties, candidate.key, "area_fips", {c: (c,) for c in near}),
        ]
        tried = told_grounds(found.footprints, candidate.key, "footprint", made)
        held = [np.isin(counties, list(ground)) for ground in ((), *without, *tried)]
        rank = np.linalg.matrix_rank
        assert rank(np.array(held)) == rank(np.array(held[: 1 + len(without)])), candidate.key
        n_told += len(tried)
        n_withheld += len(made) - len(tried)
    assert n_told > 50 and n_withheld > 20


def told_grounds(
    table: pd.DataFrame, candidate: str, key: str, of: Mapping[str, Sequence[str]]
) -> list[Sequence[str]]:
    """Return the counties of each place of which a candidate is told."""
    rows = table[(table["candidate"] == candidate) & ~table["is_confidential"].astype(bool)]
    return [of[str(place)] for place in rows[key]]


def test_a_range_in_the_place_of_one_is_made_of_those_of_its_parts(around) -> None:
    _, found = around
    ends = [f"{JOBS}_lo", f"{JOBS}_hi"]
    alone = found.counties.set_index(["candidate", "area_fips"])[ends]
    rows = found.footprints.set_index(["candidate", "footprint"])
    whole, seen = rows.xs("as-it-is", level="footprint")[ends], 0
    for (candidate, footprint), row in rows[rows["is_confidential"].astype(bool)].iterrows():
        if footprint == "as-it-is":
            continue
        change, county = footprint.split()
        low, high = alone.loc[(candidate, county)]
        base = whole.loc[candidate]
        expected = (
            (base.iloc[0] + low, base.iloc[1] + high)
            if change == "join"
            else (max(base.iloc[0] - high, 0), base.iloc[1] - low)
        )
        assert row[ends].tolist() == pytest.approx(expected, abs=HALF_A_JOB)
        seen += 1
    assert seen > 20
