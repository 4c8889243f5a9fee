"""What a store lacks is unknown, never zero, and only what may be there is added."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lmi.analysis.absent import ABSENT, add_absent
from lmi.analysis.annual_rows import annual_rows
from lmi.assessment.opening import open_state
from lmi.store import Store
from lmi.suppression.estimate import Estimated, estimate_employment_and_wages
from tests.builders import qcew, take_in, write

# Each sector stands for all its detail, to the six digits.
DETAIL = {"23": ("236", "2361", "23611", "236115"), "62": ("621", "6211", "62111", "621111")}


def area(fips: str, *sectors: tuple[str, int, int, int]) -> str:
    """An area of sectors (code, establishments, jobs, wages) that hold one industry each."""
    lines, total = [], np.zeros(3, dtype=int)
    above = {"23": ("101", "1012"), "62": ("102", "1025")}
    for code, *amounts in sectors:
        told = " ".join(map(str, amounts))
        lines += [f"{fips} 5 {c} {told}" for c in (*above[code], code, *DETAIL[code])]
        total += amounts
    told = " ".join(map(str, total))
    return "\n".join([f"{fips} 0 10 {told}", f"{fips} 5 10 {told}", *lines])


STATE = area("08000", ("23", 40, 400, 20_000_000), ("62", 60, 600, 24_000_000))
ONE = area("08001", ("23", 10, 100, 5_000_000), ("62", 20, 200, 8_000_000))
OTHER = area("08003", ("23", 30, 300, 15_000_000), ("62", 40, 400, 16_000_000))
WHOLE = "\n".join([STATE, ONE, OTHER])


def without(text: str, *starts: str) -> str:
    return "\n".join(line for line in text.splitlines() if not line.startswith(starts))


@pytest.fixture
def estimated(tmp_path: Path):
    """Estimate cells as a store gives them."""

    def make(text: str) -> Estimated:
        store = Store(tmp_path / str(len(list(tmp_path.iterdir()))))
        take_in(store, write(tmp_path / f"{len(list(tmp_path.iterdir()))}.csv", qcew(text)))
        return estimate_employment_and_wages(annual_rows(store, {"08"}, 2016))

    return make


def absent_of(found: Estimated) -> pd.DataFrame:
    rows = found.cells[found.cells["source"] == ABSENT]
    return rows.set_index(rows["own_code"] + " " + rows["industry_code"])


def test_where_nothing_is_lacking_nothing_is_added(estimated) -> None:
    whole = estimated(WHOLE)
    found, incomplete = add_absent(whole, ["08000", "08001", "08003"])
    assert incomplete == ()
    assert found is whole


def test_an_industry_that_an_area_does_not_have_is_no_gap(estimated) -> None:
    builders = area("08005", ("23", 5, 50, 1_000_000))
    state = area("08000", ("23", 45, 450, 21_000_000), ("62", 60, 600, 24_000_000))
    found, incomplete = add_absent(estimated("\n".join([state, ONE, OTHER, builders])), ["08005"])
    assert incomplete == () and absent_of(found).empty


def test_what_a_total_leaves_is_shared_as_in_the_state(estimated) -> None:
    """The county lacks all but its totals: 300 jobs, of which the state has 40 % in 23."""
    bare = without(WHOLE, "08001 5 101", "08001 5 102", "08001 5 23", "08001 5 62")
    found, incomplete = add_absent(estimated(bare), ["08001"])
    assert [(i.area_fips, i.estabs, i.of_estabs) for i in incomplete] == [("08001", 30, 30)]
    rows = absent_of(found)
    assert rows.loc["5 23", "annual_avg_emplvl"] == pytest.approx(120)
    assert rows.loc["5 62", "annual_avg_emplvl"] == pytest.approx(180)
    assert (rows["annual_avg_emplvl_max"] == 300).all()
    assert (rows["annual_avg_emplvl_min"] == 0).all()
    assert (rows["annual_avg_emplvl_published"] == 0).all()
    # pay of the state: 50,000 and 40,000, so that 23 has 5 of 11 parts of the wages
    assert rows.loc["5 23", "total_annual_wages"] == pytest.approx(13_000_000 * 6 / 13.2)
    assert rows.loc["5 23", "annual_avg_emplvl_lo"] < 60
    assert rows.loc["5 23", "annual_avg_emplvl_hi"] > 180


def test_every_draw_adds_up_to_what_the_total_leaves(estimated) -> None:
    bare = without(WHOLE, "08001 5 23", "08001 5 101", "08001 5 62", "08001 5 102")
    found, _ = add_absent(estimated(bare), ["08001"])
    cells = found.cells.reset_index(drop=True)
    for column, draws, total in (
        ("annual_avg_emplvl", found.emplvl, 300),
        ("total_annual_wages", found.wages, 13_000_000),
    ):
        for industries in (("101", "102"), ("23", "62"), ("236115", "621111")):
            rows = np.flatnonzero(
                ((cells["source"] == ABSENT) & cells["industry_code"].isin(industries)).to_numpy()
            )
            assert cells.loc[rows, column].sum() == pytest.approx(total)
            moved = draws.sums(np.zeros(len(rows), dtype=int), rows, 1)
            assert moved == pytest.approx(0, abs=total * 1e-5)


def test_an_absent_cell_holds_at_the_least_what_of_it_is_there(estimated) -> None:
    """The sector's row is lost, its detail is not."""
    lost = without(WHOLE, "08001 5 101 ", "08001 5 1012", "08001 5 23 ")
    found, _ = add_absent(estimated(lost), ["08001"])
    rows = absent_of(found)
    assert rows.empty or (rows.loc[["5 23"], "annual_avg_emplvl_min"] >= 100).all()


def test_jobs_that_do_not_add_up_tell_what_few_establishments_do_not(estimated) -> None:
    """One place of business of 100 jobs: within the rounding of the counts, but not of the jobs."""
    one = area("08001", ("23", 1, 100, 5_000_000), ("62", 20, 200, 8_000_000))
    state = area("08000", ("23", 31, 400, 20_000_000), ("62", 60, 600, 24_000_000))
    lost = without("\n".join([state, one, OTHER]), "08001 5 101", "08001 5 23")
    found, incomplete = add_absent(estimated(lost), ["08001"])
    assert [i.area_fips for i in incomplete] == ["08001"]
    assert absent_of(found).loc["5 23", "annual_avg_emplvl"] == pytest.approx(100)


def test_a_county_alone_may_have_any_industry(estimated) -> None:
    found, _ = add_absent(estimated("08001 0 10 30 300 13000000"), ["08001"])
    rows = absent_of(found)
    assert len(rows) > 2000
    assert rows.loc["5 62", "annual_avg_emplvl_max"] == 300
    assert rows.loc["5 62", "annual_avg_emplvl_hi"] > 10


def test_a_state_that_lacks_rows_is_found_too(estimated) -> None:
    lacking = without(WHOLE, "08000 5 102", "08000 5 62")
    _, incomplete = add_absent(estimated(lacking), ["08000", "08001"])
    assert [i.area_fips for i in incomplete] == ["08000"]


@pytest.mark.real_data
@pytest.mark.slow
def test_an_excerpt_of_franklin_county_holds_what_the_whole_file_says(
    shared_data: Path, tmp_path: Path
) -> None:
    """Its totals and health care alone: each interval holds the number of the whole file."""
    files = sorted((shared_data / "qcew" / "api" / "2023" / "a" / "area").glob("*.csv"))
    [franklin] = [f for f in files if f.stem == "39049"]
    header, *lines = franklin.read_text().splitlines()
    kept = [x for x in lines if x.replace('"', "").split(",")[2] in ("10", "62")]
    cut = write(tmp_path / "39049.csv", "\n".join([header, *kept, ""]))
    tables = []
    for name, use in (("whole", files), ("cut", [*(f for f in files if f != franklin), cut])):
        store = Store(tmp_path / name)
        take_in(store, *use)
        tables.append(open_state("ohio", store=store).analyse(2023))
    whole, found = (t.candidates.set_index(["region", "candidate"]) for t in tables)
    jobs = "annual_avg_emplvl"
    held = whole[jobs].between(found[f"{jobs}_lo"] - 1, found[f"{jobs}_hi"] + 1)
    assert held.mean() >= 0.85
    width = found[f"{jobs}_hi"] - found[f"{jobs}_lo"]
    assert (width >= whole[f"{jobs}_hi"] - whole[f"{jobs}_lo"]).all(), "none is narrower"
    assert not any(note.startswith("Incomplete") for note in tables[0].meta["notes"])
    [note] = [note for note in tables[1].meta["notes"] if note.startswith("Incomplete")]
    assert "Franklin County" in note and "unknown, not zero" in note
