"""No number that is published tells of one or two employers, alone or by subtraction."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pytest

from lmi import naics
from lmi.analysis.year_cells import read_cells
from lmi.assessment.state_tables import StateTables, region_measures
from lmi.config import StateConfig, candidate_cells, load_candidates, load_state
from lmi.schema.measures import MEASURES, OF_JOBS, PLACES
from lmi.store import Store
from tests.conftest import Analyse

JOBS, WAGES, PAY = "annual_avg_emplvl", "total_annual_wages", "avg_annual_pay"
CHANGE = "emplvl_chg"
FEWEST = 3
# What tells of no employer's jobs or pay.
BESIDE = {"annual_avg_estabs", "emplvl_public_share", OF_JOBS, PLACES} | {
    key
    for key, measure in MEASURES.items()
    if measure.number == "people" or key.startswith("projected")
}


class State(NamedTuple):
    store: Store
    config: StateConfig
    tables: StateTables
    staff: StateTables


def _made(analysed: Analyse, store: Store, slug: str, year: int | None = None) -> State:
    config = load_state(slug)
    for_staff = config.model_copy(update={"staff": True})
    return State(store, config, analysed(store, config, year), analysed(store, for_staff, year))


@pytest.fixture(scope="module")
def sample(analysed: Analyse, sample_store: Path) -> State:
    return _made(analysed, Store(sample_store), "sample")


@pytest.fixture(scope="module")
def colorado(analysed: Analyse, real_store: Path) -> State:
    return _made(analysed, Store(real_store), "colorado", 2016)


@pytest.fixture(
    params=[
        pytest.param("sample", marks=pytest.mark.slow),
        pytest.param("colorado", marks=pytest.mark.program),
    ]
)
def state(request: pytest.FixtureRequest) -> State:
    found: State = request.getfixturevalue(request.param)
    return found


def test_a_row_that_may_not_be_told_has_no_number_left(state: State) -> None:
    for region in state.config.regions:
        open_, staff = (region_measures(t, region) for t in (state.tables, state.staff))
        assert open_["annual_avg_estabs"].equals(staff["annual_avg_estabs"])
        told = open_["is_confidential"].eq(True)
        estimated = staff["emplvl_estimated_share"] > 0
        assert not (told & ~estimated & (staff["wages_estimated_share"] == 0)).any()
        few = estimated & (staff["annual_avg_estabs"] < FEWEST) & (staff[JOBS] > 0)
        assert (told | ~few).all(), "every estimate of one or two places of business is withheld"
        bounds = [f"{name}{end}" for name in (JOBS, WAGES) for end in ("_min", "_max")]
        numbers = open_.columns.intersection([*(MEASURES.keys() - BESIDE), *bounds])
        assert len(numbers) > 15
        assert open_.loc[told, numbers].isna().all(axis=None)


def test_ranges_are_round_and_hold_the_interval(state: State) -> None:
    open_, staff = (t.candidates.set_index(["region", "candidate"]) for t in state[2:])
    told = open_["is_confidential"]
    assert told.any()
    for name, least, unit in ((JOBS, 10, 10), (PAY, 2000, 1000)):
        lo, hi = (open_.loc[told, f"{name}{end}"] for end in ("_lo", "_hi"))
        width = (hi - lo).dropna()
        assert (width >= least).all() and (lo.dropna() % unit == 0).all()
        assert (lo.dropna() <= staff.loc[lo.dropna().index, f"{name}_lo"]).all()
        assert (hi.dropna() >= staff.loc[hi.dropna().index, f"{name}_hi"]).all()


def test_of_counties_no_number_is_left_of_one_or_two_employers(state: State) -> None:
    by = ["region", "area_fips", "kind", "key"]
    open_, staff = (t.counties.set_index(by) for t in (state.tables, state.staff))
    assert open_.index.equals(staff.index) and open_.index.is_unique
    assert open_["annual_avg_estabs"].equals(staff["annual_avg_estabs"])
    told = open_["is_confidential"].astype(bool)
    few = (staff["annual_avg_estabs"] < FEWEST) & (staff["emplvl_estimated_share"] > 0)
    few &= staff[JOBS] > 0
    assert few.any() and (told | ~few).all() and not staff["is_confidential"].any()
    numbers = open_.columns.intersection([*(MEASURES.keys() - BESIDE)])
    assert {JOBS, WAGES, PAY, CHANGE} <= set(numbers)
    assert open_.loc[told, numbers].isna().all(axis=None)
    assert open_.loc[~told, JOBS].equals(staff.loc[~told, JOBS])


def test_no_two_numbers_of_a_region_tell_of_one_or_two_places_of_business(state: State) -> None:
    year, base = int(state.tables.meta["year"]), int(state.tables.meta["base_year"])
    cells = {of: read_cells(state.store, state.config, of) for of in (year, base)}
    counted = {
        f"{region.key} {of}": _told_by_pairs(
            state, _leaves(read.cells.table, region.counties), region.key, of, base
        )
        for region in state.config.regions
        for of, read in cells.items()
        if read is not None
    }
    assert len(counted) == len(state.config.regions) * len(cells)
    assert sum(pairs for pairs, _ in counted.values()) > 1000, "there is something to subtract"
    assert {where: found for where, (_, found) in counted.items() if found} == {}


def _told_by_pairs(
    state: State, leaves: pd.DataFrame, region: str, year: int, base: int
) -> tuple[int, list[tuple[str, str]]]:
    """Subtract every two published numbers that nest; return how many, and those that tell."""
    names, holds = _published(state, region, leaves, year, is_base=year == base)
    # what is withheld was there for a quarter of the year at the least
    estabs = leaves["annual_avg_estabs"].clip(lower=0.25).to_numpy(float)
    sums = pd.get_dummies(leaves["sum"])  # that the agency publishes, or one that is in none
    member, found, pairs = sums.to_numpy(float), [], 0
    size = np.where(sums.columns.str.endswith("alone"), np.inf, member.sum(axis=0))
    count = holds.sum(axis=1)
    whole = holds.astype(np.float32)  # counts of some thousands are whole numbers in it
    common = whole @ whole.T
    # of each number, by sum: how many leaves it has of it, and their places of business
    leaves_of, estabs_of = (holds @ part for part in (member, estabs[:, None] * member))
    for one in np.flatnonzero(count):
        others = np.flatnonzero((common[one] == count) & (count < count[one]))
        of_it = np.flatnonzero(leaves_of[one])  # the sums that it has leaves of; the others' too
        left, within = (
            np.vstack([of[one, of_it], of[one, of_it] - of[np.ix_(others, of_it)]])
            for of in (leaves_of, estabs_of)
        )
        untold = np.where((left > 0) & (left < size[of_it]), within, 0).sum(axis=1)
        pairs += len(others)
        found += [
            (names[one], "itself" if n == 0 else names[others[n - 1]])
            for n in np.flatnonzero((untold > 1e-9) & (untold < FEWEST - 1e-9))
        ]
    return pairs, found


def _leaves(table: pd.DataFrame, counties: tuple[str, ...]) -> pd.DataFrame:
    """The finest withheld cells of counties, each with all that holds it and the agency's sum."""
    here = table[table["area_fips"].isin(counties) & table["own_code"].isin(list("1235"))]
    is_open = here["source"] == "published"
    keys = here[["area_fips", "own_code", "industry_code"]].apply(tuple, axis=1)
    published = set(keys[is_open])
    above = {c: _chain(c) for c in here["industry_code"].unique()}
    parents = {(a, o, up) for a, o, c in keys for up in above[c][1:]}
    leaves = here[~is_open & ~keys.isin(parents)]
    chains = [above[c] for c in leaves["industry_code"]]
    cells = zip(leaves["area_fips"], leaves["own_code"], chains, strict=True)
    sums = [
        next((f"{a}{o}{up}" for up in chain if (a, o, up) in published), f"{a}{o}{chain[0]} alone")
        for a, o, chain in cells
    ]
    return leaves.assign(chain=chains, sum=sums)


def _chain(code: str) -> tuple[str, ...]:
    """An industry and all that hold it, the finest first: sectors, supersectors and domains too."""
    digits = [code, *naics.ancestors(code)]
    parents = {part: whole for tree in (naics.SUPERSECTORS, naics.DOMAINS)
               for whole, parts in tree.items() for part in parts}  # fmt: skip
    while digits and digits[-1] == naics.TOTAL:
        digits.pop()
    while digits and digits[-1] in parents:
        digits.append(parents[digits[-1]])
    return (*digits, naics.TOTAL)


class _Cells:
    """Withheld cells of an ownership and an industry, and which of them a number holds."""

    def __init__(self, cells: list[tuple[str, tuple[str, ...]]]) -> None:
        self._own = np.array([own for own, _ in cells], dtype=object)
        self._at: dict[tuple[str, str], list[int]] = defaultdict(list)
        for place, (own, chain) in enumerate(cells):
            for up in chain:
                self._at[own, up].append(place)

    def of(self, *industries: tuple[str, str]) -> np.ndarray:
        """Those of industries, each of an ownership, of which "0" is every one."""
        found = np.zeros(len(self._own), dtype=bool)
        for own, code in industries:
            for each in set(self._own) if own == "0" else (own,):
                found[self._at.get((each, code), [])] = True
        return found

    def of_county(
        self, kind: str, key: str, made_of: dict[str, set[tuple[str, str]]]
    ) -> np.ndarray:
        """Those of a county's number, wherever they are."""
        if kind == "candidate":
            return self.of(*made_of[key])
        return {
            "total": np.ones(len(self._own), dtype=bool),
            "ownership": (self._own == "5") == (key == "5"),
            "sector": self.of(("5", key)),
        }[kind]


def _published(
    state: State, region: str, leaves: pd.DataFrame, year: int, is_base: bool
) -> tuple[list[str], np.ndarray]:
    """Name every number of jobs in a year that the tables give, and the leaves in it."""
    tables = (state.tables.industries, state.tables.candidates, state.tables.counties)
    own = [t[(t["region"] == region) & (t["emplvl_estimated_share"] > 0)] for t in tables]
    given = [t[JOBS].notna() & (t[CHANGE].notna() | (not is_base)) for t in own]
    industries, candidates, counties = (t[g] for t, g in zip(own, given, strict=True))
    wanted = candidate_cells(load_candidates(state.config), naics.naics_year(year))
    made_of = {
        key: set(zip(of["own_code"], of["industry_code"], strict=True))
        for key, of in wanted.groupby("candidate")
    }
    # many cells of counties are of one ownership and industry: each such pair is looked at once
    pairs = list(zip(leaves["own_code"], leaves["chain"], strict=True))
    cells = list(dict.fromkeys(pairs))
    place_of = {cell: n for n, cell in enumerate(cells)}
    at_cell = np.array([place_of[pair] for pair in pairs], dtype=int)
    areas = leaves["area_fips"].to_numpy(object)
    there = _Cells(cells)
    holds = [
        *(there.of(pair) for pair in industries[["own_code", "industry_code"]].itertuples(
            index=False, name=None)),
        *(there.of(*made_of[key]) for key in candidates["candidate"]),
        *(there.of_county(kind, key, made_of)
          for kind, key in counties[["kind", "key"]].itertuples(index=False)),
    ]  # fmt: skip
    table = np.array(holds, dtype=bool).reshape(len(holds), len(cells))[:, at_cell]
    table[len(holds) - len(counties) :] &= counties["area_fips"].to_numpy(object)[:, None] == areas
    names = [
        *(industries["own_code"] + " " + industries["industry_code"]),
        *candidates["candidate"],
        *(counties["area_fips"] + " " + counties["kind"] + " " + counties["key"]),
    ]
    return names, table
