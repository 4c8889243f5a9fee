"""What a state's numbers tell together: nothing by the rule; without it, what algebra finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from lmi.analysis.confidential import numbers_of
from lmi.analysis.year_cells import read_cells
from lmi.config import Citation, Region, StateConfig, load_candidates, load_state
from lmi.store import Store
from lmi.suppression.disclosure import withhold
from tests.builders import qcew, take_in, write
from tests.null_space import told_by_numbers
from tools.told_together import told_of, told_together

COUNTIES = ("08001", "08003", "08005", "08007", "08009")
ABOVE = ("10", "23", "236", "2361", "23611")


def cells(*estabs: int) -> str:
    """Two trades withheld in counties and their state, one of so many, and their sum told.

    In the last county the other trade is told as well, so that the agency alone tells of both.
    """
    rows = [*zip(COUNTIES, estabs, [20] * 5, strict=True), ("08000", sum(estabs), 100)]
    lines = []
    for area, few, many in rows:
        total = f"{few + many} {9 * (few + many)} {9000 * (few + many)}"
        lines += [f"{area} {own} {total}" for own in ("0 10", *(f"5 {up}" for up in ABOVE))]
        other = f"{many} {9 * many} {9000 * many}" if area == COUNTIES[-1] else f"{many} 0 0 N"
        lines += [f"{area} 5 236115 {few} 0 0 N", f"{area} 5 236116 {other}"]
    return "\n".join(lines)


def state_of(*regions: tuple[str, ...]) -> StateConfig:
    return StateConfig(
        slug="colorado", name="Colorado", state_fips="08", title="Areas", folder=Path(),
        source=Citation(name="a test", url="https://example.org", retrieved="2026-11-22"),
        regions=[Region(state="colorado", key=f"r{n}", name=f"R{n}", counties=counties)
                 for n, counties in enumerate(regions)],
    )  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Store:
    take_in(tmp_path / "store", write(tmp_path / "a.csv", qcew(cells(4, 1, 4, 5, 2))))
    return Store(tmp_path / "store")


def test_three_regions_of_two_counties_each_do_not_all_tell_of_a_trade(store: Store):
    """No two of their numbers nest, and half their sum less the third's is one establishment."""
    a, b, c, *_ = COUNTIES
    three, two = state_of((a, b), (b, c), (a, c)), state_of((a, b), (b, c))
    for state in (three, two):
        assert told_together(store, state, 2016)[:2] == (0, 0)
    read = read_cells(store, three, 2016)
    assert read is not None
    numbers, keys, _ = numbers_of(read, three, [], detail=True, now=True)
    parts = read.parts[0]
    hidden = withhold(numbers, parts).hidden
    of_trade = keys["industry_code"].eq("236115") & keys["own_code"].eq("5")
    of_regions = of_trade & keys["ground"].str.contains(" ") & (keys["place"] == "region")
    assert of_regions.sum() == 3 and hidden[of_regions].sum() == 1
    all_told = hidden & ~of_regions.to_numpy()
    assert told_of(numbers, parts, all_told)[:2] == (1, 0)


@pytest.mark.program
def test_nothing_follows_from_what_real_states_publish(shared_data: Path, tmp_path: Path):
    """By elimination without rounding, and by another way, in floating point."""
    root = tmp_path / "store"
    take_in(root, shared_data / "qcew" / "hawaii" / "2017.annual.singlefile_hawaii.csv.gz")
    take_in(root, shared_data / "qcew" / "hawaii" / "2016_qtrly_by_area_hawaii.zip")
    state = load_state("hawaii")
    for year in (2016, 2017):
        read = read_cells(Store(root), state, year)
        assert read is not None
        numbers, _, _ = numbers_of(read, state, load_candidates(state), detail=True, now=True)
        parts = read.parts[0]
        hidden, alone = withhold(numbers, parts)
        assert (
            told_of(numbers, parts, hidden)[:2] == (0, 0) == told_by_numbers(numbers, parts, hidden)
        )
        before = told_of(numbers, parts, alone)
        assert before.cells > 50 and before.pairs > 50
        assert before[:2] == told_by_numbers(numbers, parts, alone), "both ways find the same"


@pytest.mark.program
def test_nothing_follows_from_what_colorado_publishes(real_store: Path):
    told = told_together(Store(real_store), load_state("colorado"), 2016)
    assert told[:2] == (0, 0) and told.withheld > 20_000
