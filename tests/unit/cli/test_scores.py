"""`lmi score`: the table on the terminal, the files, and a sentence where it cannot be."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from lmi.cli.scores import parse_weights
from lmi.config import load_asked, load_state
from lmi.errors import LmiError
from lmi.store import Store
from tests.builders import COUNTIES, is_one_sentence, qcew, take_in, write
from tests.unit.cli.conftest import Lmi, Said, run_lmi

pytestmark = pytest.mark.program

REGION = "sample/crossway"
CRITERIA = tuple(c.key for c in load_asked(load_state("sample"), region="crossway").criteria)


@pytest.fixture
def score(lmi: Lmi, sample_store: Path):
    """Run `lmi score` on the sample."""

    def run(*words: object, region: str = REGION) -> Said:
        return lmi("score", region, "--store", sample_store, *words)

    return run


@pytest.fixture(scope="module")
def rows(sample_store: Path, tmp_path_factory: pytest.TempPathFactory) -> pd.DataFrame:
    """The rows of the sample's file: read them, alter none."""
    file = tmp_path_factory.mktemp("score") / "s.csv"
    said = run_lmi("score", REGION, "--store", sample_store, "--out", file)
    assert said.status == 0, said.err
    return pd.read_csv(file)


def test_the_terminal_shows_rank_score_chance_and_a_reason(score) -> None:
    said = score()
    assert said.status == 0, said.err
    lines = said.out.splitlines()
    assert lines[0] == "Crossway, Halvane, 2023"
    assert "Employer engagement 25%" in lines[1]
    assert "Illustrative data" in lines[2]
    first = next(line for line in lines if "Health care" in line)
    assert first.split()[0] == "1" and "is rated 4.6 of 5" in first
    assert "Without jobs here: Mining and minerals." in said.out
    assert "Does the method matter?" in lines[-1] and "TOPSIS" in lines[-1]


def test_a_region_in_which_nothing_is_ranked_is_told_without_other_methods(score) -> None:
    said = score(region="sample/gannet-island")
    assert said.status == 0, said.err
    assert "Set aside, cannot be placed" in said.out and "Does the method matter?" not in said.out


def test_growth_since_the_pandemic_is_said_to_be_in_part_recovery(score) -> None:
    assert "recovery" not in score().out
    assert "growth since then is in part recovery" in score("--base-year", "2021").out


def test_the_csv_has_a_row_a_candidate_with_every_number(rows) -> None:
    assert len(rows) == 22 and rows["candidate"].is_unique
    assert rows.columns[:4].tolist() == ["candidate", "candidate_name", "part_of", "rank"]
    for key in CRITERIA:
        ends = [f"{key}_{what}" for what in ("raw", "raw_lo", "raw_hi", "value", "weight")]
        assert set(ends) <= set(rows.columns)
    for name in ("score_lo", "score_hi", "rank_lo", "rank_hi", "first_chance", "top3_chance",
                 "statistic_rank", "ground_rank", "hangs_on", "is_driver", "set_aside",
                 "rank_by_topsis", "rank_by_rank_sum", "criteria_missing", "reasons"):  # fmt: skip
        assert name in rows.columns


def test_contributions_add_up_to_the_score_and_weights_to_one(rows) -> None:
    parts = rows[[f"{key}_contribution" for key in CRITERIA]].sum(axis=1)
    assert parts.to_numpy() == pytest.approx(rows["score"].to_numpy(), abs=5e-6)  # six decimals
    shares = rows[[f"{key}_weight" for key in CRITERIA]].sum(axis=1)
    assert shares.to_numpy() == pytest.approx(1.0, abs=5e-6)


def test_ranks_follow_scores_and_lie_in_their_ranges(rows) -> None:
    aside = rows["set_aside"].notna()
    assert rows["rank"].isna().tolist() == aside.tolist()
    assert aside.is_monotonic_increasing, "those that are set aside come last"
    rows = rows[~aside]
    assert rows["rank"].is_monotonic_increasing
    level = 0.01  # those within a point of the best of their rank stand by name
    assert rows["score"].diff().max() <= level
    assert ((rows["rank_lo"] <= rows["rank"]) & (rows["rank"] <= rows["rank_hi"])).all()
    assert rows["first_chance"].sum() == pytest.approx(1.0, abs=0.01)  # ties count for both
    assert (rows["first_chance"] <= rows["top3_chance"]).all()


def test_reasons_are_there_and_differ(rows) -> None:
    assert rows["reasons"].notna().all() and rows["reasons"].is_unique
    assert rows.loc[0, "reasons"].startswith("Health care is rated 4.6 of 5")


def test_the_json_says_all_that_made_it(score, sample_store: Path, tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    assert score("--out", file, "--about", "order").status == 0
    found = json.loads(file.read_text("utf-8"))
    assert (found["region"], found["year"], found["base_year"]) == ("crossway", 2023, 2018)
    assert found["about"] == "order" and found["illustrative"] is True
    assert sum(found["weights"].values()) == pytest.approx(1.0)
    assert [c["key"] for c in found["criteria"]] == list(CRITERIA)
    hashes = set(Store(sample_store).catalogue()["sha256"])
    assert found["sources"] and {source["sha256"] for source in found["sources"]} <= hashes
    assert found["threshold"]["threshold_annual_wage"] == 57_500
    assert found["definitions"][0]["industries"][0]["naics"]
    assert "lmi" in found["versions"]
    first = found["candidates"][0]
    assert first["candidate"] == "health-care"
    assert first["criteria"]["engagement"]["raw"] == 4
    assert first["reasons"]["lifts"] and first["reasons"]["questions"]
    assert isinstance(first["screens"]["is_driver"], bool)
    assert str(sample_store) not in file.read_text("utf-8")


def test_the_same_inputs_give_the_same_bytes(score, tmp_path: Path) -> None:
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    assert score("--out", one).status == score("--out", two).status == 0
    assert one.read_bytes() == two.read_bytes()


def test_weights_change_the_ranking_and_what_is_not_named_counts_nothing(
    score, tmp_path: Path
) -> None:
    file = tmp_path / "s.csv"
    assert score("--out", file, "--weights", "employment=1").status == 0
    rows = pd.read_csv(file)
    largest = rows.sort_values("employment_raw", ascending=False)["candidate"].iloc[0]
    assert rows.loc[rows["rank"] == 1, "candidate"].isin([largest, *_tied(rows)]).all()
    assert (rows["pay_weight"] == 0).all() and (rows["employment_weight"] == 1).all()


def _tied(rows: pd.DataFrame) -> list[str]:
    """Candidates of as high a value, within a point: above the last anchor more adds nothing."""
    return rows.loc[rows["employment_value"] >= 0.99, "candidate"].tolist()


def test_a_file_of_criteria_is_laid_over_the_states_own(score, tmp_path: Path) -> None:
    over = tmp_path / "criteria.yml"
    over.write_text(
        "engagement:\nlocal-knowledge:\npay:\n  weight: 3\n  name: '=Pay'\n"
        "screens:\n  large:\n    name: Large\n"
        "    any:\n      - {measure: annual_avg_emplvl, at_least: 5000}\n"
    )
    file = tmp_path / "s.csv"
    said = score("--criteria", over, "--out", file)
    assert said.status == 0, said.err
    rows = pd.read_csv(file)
    assert "engagement_raw" not in rows and "employment_raw" in rows
    health_care = rows.set_index("candidate").loc["health-care"]  # lacks none of the criteria
    assert health_care["pay_weight"] == pytest.approx(0.5)
    assert health_care["screen_large"]
    assert rows["ground_rank"].isna().all()


def test_a_name_that_a_spreadsheet_would_run_is_defused(
    score, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    from lmi import locations

    regions = tmp_path / "regions"
    shutil.copytree(locations.regions_dir(None), regions)
    sectors = regions / "sectors.yml"
    text = sectors.read_text("utf-8").replace("name: Health care", 'name: "=Health care"')
    sectors.write_text(text, encoding="utf-8")
    file = tmp_path / "s.csv"
    assert score("--regions", regions, "--out", file).status == 0
    with file.open(encoding="utf-8", newline="") as lines:
        cells = [cell for row in csv.reader(lines) for cell in row]
    assert "'=Health care" in cells
    assert not [cell for cell in cells if cell.startswith(("=", "+", "@"))]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--weights", "pay=2,ferries=1"], "There is no criterion 'ferries' to weigh"),
        (["--weights", "pay=-1"], "The weight 'pay=-1' is negative; write 0 or more."),
        (["--weights", "pay=0,employment=0"], "are all zero"),
        (["--weights", "pay"], "write CRITERION=NUMBER"),
        (["--weights", "pay=much"], "write CRITERION=NUMBER"),
        (["--weights", "pay=inf"], "write CRITERION=NUMBER"),
        (["--weights", "pay=1,pay=2"], "weighed twice"),
        (["--weights", ""], "all zero"),
        (["--criteria", "absent.yml"], "There is no file absent.yml"),
        (["--out", "s.txt"], "write to .csv or .json"),
        (["--year", "1999"], "The store has no year 1999 of Halvane"),
    ],
)
def test_what_cannot_be_is_told_in_one_sentence(score, words, said) -> None:
    found = score(*words)
    assert found.status == 1 and found.out == ""
    assert said in found.err
    assert is_one_sentence(found.err.strip())


def test_an_unknown_region_is_told_with_a_hint(score) -> None:
    found = score(region="sample/crosway")
    assert found.status == 1
    assert "crosway" in found.err and "crossway" in found.err
    assert is_one_sentence(found.err.strip())


def test_a_file_of_criteria_with_a_mistake_names_its_line(score, tmp_path: Path) -> None:
    over = tmp_path / "criteria.yml"
    over.write_text("pay:\n  weight: -2\n")
    found = score("--criteria", over)
    assert found.status == 1 and f"{over}, line 2" in found.err
    assert is_one_sentence(found.err.strip())


def test_weights_are_read_with_spaces_and_a_last_comma() -> None:
    assert parse_weights(" pay = 2, employment=1,") == {"pay": 2.0, "employment": 1.0}
    with pytest.raises(LmiError, match="cannot be read"):
        parse_weights("=2")


def test_three_quarters_are_no_year_and_are_named(lmi: Lmi, root: Path, tmp_path: Path) -> None:
    for q in "123":  # each with jobs of its own
        take_in(
            root, write(tmp_path / f"{q}.csv", qcew(COUNTIES.replace("2000", f"20{q}0"), qtr=q))
        )
    said = lmi("measures", "colorado/region-12", "--out", tmp_path / "m.csv")
    assert said.status == 1
    assert "has 2016 Q1 to Q3 of Colorado; a year needs four quarters" in said.err
    assert "lmi verify" in said.err
