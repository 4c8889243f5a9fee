"""`lmi footprint`: what is printed, the file, the changed footprint that is saved, refusals."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from lmi import locations
from lmi.config import load_state
from tests.builders import is_one_sentence
from tests.unit.cli.conftest import Lmi, Said

pytestmark = pytest.mark.program


@pytest.fixture
def footprint(lmi: Lmi, sample_store: Path):
    """Run `lmi footprint` on the sample."""

    def run(*words: object, region: str = "sample/crossway") -> Said:
        return lmi("footprint", region, "--store", sample_store, *words)

    return run


def test_the_verdict_comes_first_and_every_county_has_a_line(footprint) -> None:
    said = footprint()
    assert said.status == 0, said.err
    lines = said.out.splitlines()
    assert lines[0] == "Crossway: Brightwater, Harrowgate, Kingsmere and Tollgate"
    assert lines[1].startswith("  About right: ")
    for county in ("Brightwater", "Harrowgate", "Kingsmere", "Tollgate"):
        assert any(line.startswith(f"without {county}") for line in lines)
    assert any(line.startswith("with Copperfell") for line in lines)


def test_a_sector_has_its_jobs_quotient_and_rank_in_each_footprint(
    footprint, tmp_path, monkeypatch
) -> None:
    root, file = tmp_path / "regions", tmp_path / "f.csv"
    shutil.copytree(locations.regions_dir(None), root)
    state = root / "sample" / "state.yml"
    state.write_text(f"staff: true\n{state.read_text('utf-8')}", "utf-8")
    monkeypatch.setenv("LMI_REGIONS", str(root))
    said = footprint("--candidate", "health-care", "--out", file)
    assert said.status == 0, said.err
    assert "Health care:" in said.out
    table = pd.read_csv(file, dtype={"area_fips": str}).set_index("footprint")
    assert table.loc["as-it-is", "rank"] == 1
    jobs = table["annual_avg_emplvl"]
    joined, left = jobs.filter(like="join"), jobs.filter(like="leave")
    assert (joined >= jobs["as-it-is"]).all() and (left < jobs["as-it-is"]).all()
    # what the four leave when each goes alone is three times what they have together
    assert left.sum() == pytest.approx(3 * jobs["as-it-is"])


def test_both_tables_fit_a_screen_of_80_columns_and_break_no_number(footprint, monkeypatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    said = footprint("--candidate", "manufacturing")
    assert said.status == 0, said.err
    lines = said.out.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("as it is"))
    of_market, of_sector = "\n".join(lines[at:]).split("\nManufacturing in it:\n")
    for table, ends in ((of_market, r"(yes|no|perhaps)$"), (of_sector, r"(\d+|set aside)$")):
        rows = [line.rstrip() for line in table.splitlines()
                if line.startswith(("as it is", "with "))]  # fmt: skip
        assert len(rows) > 3
        assert all(len(row) <= 80 and re.search(ends, row) for row in rows)


def test_a_changed_footprint_stands_beside_the_old_and_can_be_saved(
    footprint, tmp_path, monkeypatch
) -> None:
    root = tmp_path / "regions"
    shutil.copytree(locations.regions_dir(None), root)
    monkeypatch.setenv("LMI_REGIONS", str(root))
    said = footprint("--with", "99009", "--save", "wider")
    assert said.status == 0, said.err
    assert said.out.count("Crossway: ") == said.out.count("Crossway, changed: ") == 1
    assert "Saved as sample/wider" in said.out
    again = footprint(region="sample/wider")
    assert again.status == 0, again.err


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--candidate", "helth-care"), "There is no candidate 'helth-care'; perhaps you meant"),
        (("--with", "08001x"), "08001x"),
        (("--without", "99001"), "The county 99001 is not in sample/crossway"),
        (("--with", "99003"), "The county 99003 is in sample/crossway already"),
        (("--save", "wider"), "Nothing is changed"),
        (("--out", "f.txt"), "write to .csv"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(footprint, words, told) -> None:
    said = footprint(*words)
    assert said.status == 1
    assert told in said.err
    assert is_one_sentence(said.err.removeprefix("Error: ").strip())


def test_regions_are_suggested_for_a_state_and_written(lmi, sample_store, tmp_path) -> None:
    file = tmp_path / "halvane" / "state.yml"
    said = lmi("footprint", "--state", "sample", "--suggest", "--out", file, "--store",
               sample_store)  # fmt: skip
    assert said.status == 0, said.err
    assert "Copperfell" in said.out and "Written to" in said.out
    found = load_state(file)
    counties = [c for region in found.regions for c in region.counties]
    assert len(set(counties)) == len(counties) > 20
    assert set(counties) <= {c for r in load_state("sample").regions for c in r.counties}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ((), "Name a region, or a state with --state STATE --suggest."),
        (("--state", "sample"), "Name a region, or a state"),
        (("--state", "Utahh", "--suggest"), "There is no state 'Utahh'"),
        (("--state", "utah", "--suggest"), "The store has no commuting of Utah; fetch it"),
        (("--state", "sample", "--suggest", "--out", "f.csv"), "write to .yml"),
    ],
)
def test_what_cannot_be_suggested_is_told(lmi, sample_store, words, told) -> None:
    said = lmi("footprint", "--store", sample_store, *words)
    assert said.status == 1
    assert told in said.err
