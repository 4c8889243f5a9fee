"""What an analyst changes moves the ranking, is said in words, and comes back from the files."""

from __future__ import annotations

import copy
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from lmi.assessment.opening import open_region
from lmi.assessment.region import Assessment
from lmi.bench import Bench, Page, open_bench
from lmi.bench.changes_from_saved import ranks
from lmi.bench.variant import decided, words_of
from lmi.errors import ConfigError, LmiError, MeasureError

pytestmark = pytest.mark.slow  # the sample is estimated once


def scores(bench: Bench) -> dict[str, float]:
    return scored(bench.assessment())


def scored(found: Assessment) -> dict[str, float]:
    return found.candidates.set_index("candidate")["score"].round(12).to_dict()


def told_of(bench: Bench) -> set[str]:
    """The sectors of which neither jobs nor growth are withheld."""
    rows = bench.assessment().candidates
    withheld = rows[["is_confidential", "is_change_confidential"]].any(axis=1)
    return set(rows.loc[~withheld, "candidate"])


def jobs(bench: Bench, key: str) -> float:
    """Jobs of a candidate, or the most it may have where they are not published."""
    row = bench.measured().candidates.set_index("candidate").loc[key]
    return float(row[["annual_avg_emplvl", "annual_avg_emplvl_hi"]].dropna().iloc[0])


@pytest.fixture(scope="module")
def read() -> Bench:
    """A bench whose cells were read and measured, to be copied."""
    return open_bench("sample/ferrow-valley").model


@pytest.fixture
def bench(read: Bench) -> Bench:
    """A bench that nothing is saved from, made in no time."""
    return copy.copy(read)


def test_a_bench_opens_on_what_the_files_say(bench):
    assert bench.changes() == [] and bench.unsaved == ()
    assert scores(bench) == pytest.approx(scored(bench.assessment_as_saved()))
    assert bench.call() == 'open_bench("sample/ferrow-valley", year=2023)'


# -- weights


def test_a_weight_moves_the_ranking_and_is_said(bench):
    before = ranks(bench.assessment())
    bench.set_weight("pay", 6.0)
    assert bench.assessment().shares["pay"] == pytest.approx(6 / 13)
    after = ranks(bench.assessment())
    risen = min(before.keys() & after.keys(), key=lambda key: (after[key] - before[key], key))
    assert after[risen] < before[risen]
    said = bench.changes()
    assert said[:2] == [
        "Pay counts for 46.2% of the score, not 12.5%.",
        "The other criteria keep their proportions.",
    ]
    name = bench.now.candidate(risen).name
    assert f"{name} rises from rank {before[risen]} to {after[risen]}." in said
    assert bench.unsaved == ("weights",)
    bench.reset_weights()
    assert bench.changes() == []


def test_only_proportions_matter(bench):
    for key, weight in bench.saved.weights.items():
        bench.set_weight(key, 2 * weight)
    assert bench.changes() == [] and bench.unsaved == ()


def test_equal_weights_are_of_what_counts(bench):
    bench.equal_weights()
    counting = [key for key, weight in bench.saved.weights.items() if weight]
    assert len({bench.now.weights[key] for key in counting}) == 1
    assert bench.now.weights["past-growth"] == 0


@pytest.mark.parametrize(
    ("key", "weight", "match"),
    [
        ("happiness", 1.0, "no criterion 'happiness'"),
        ("pay", -1.0, "zero or more"),
        ("pay", float("nan"), "zero or more"),
        ("pay", float("inf"), "zero or more"),
    ],
)
def test_a_weight_that_cannot_be_changes_nothing(bench, key, weight, match):
    with pytest.raises(MeasureError, match=match):
        bench.set_weight(key, weight)
    assert bench.now.weights == bench.saved.weights


def test_the_last_weight_stays_above_zero(bench):
    *others, last = (key for key, weight in bench.now.weights.items() if weight)
    for key in others:
        bench.set_weight(key, 0)
    with pytest.raises(MeasureError, match="raise another one first"):
        bench.set_weight(last, 0)


def chances(bench: Bench) -> np.ndarray:
    """The chance of every rank, a row a sector."""
    return bench.assessment().appraisal.over_weights.acceptability


def test_chances_over_any_weights_are_the_same_whatever_is_stated(bench):
    first = chances(bench)
    bench.set_weight("pay", 3.0)
    np.testing.assert_array_equal(chances(bench), first)
    bench.set_weight("pay", 0.0)
    assert not np.array_equal(chances(bench), first), "another set of criteria counts"
    bench.choose(about="stated")
    around = chances(bench)
    bench.set_weight("employment", 3.0)
    assert not np.array_equal(chances(bench), around)


def test_chances_follow_the_yardsticks_within_a_question(bench):
    as_one = chances(bench)
    bench.set_weight("concentration-nation", 4.0)
    assert not np.array_equal(chances(bench), as_one)
    bench.reset_weights()
    np.testing.assert_array_equal(chances(bench), as_one)


def test_my_order_allows_less_than_any_weights(bench):
    bench.set_weight("pay", 4.0)
    any_at_all = chances(bench)
    bench.choose(about="order")
    assert not np.allclose(any_at_all, chances(bench))
    assert 'about="order"' in bench.call()


# -- definitions


def test_an_industry_more_counts_its_jobs(bench):
    before = jobs(bench, "technology")
    bench.add_code("technology", "332")
    assert jobs(bench, "technology") > before
    said = bench.changes()
    assert said[0] == "Technology also counts 332 Fabricated metal product manufacturing."
    assert any(s.startswith("Technology: ") and s.endswith(f"before {before:,.0f}.") for s in said)
    assert bench.unsaved == ("sectors",)
    bench.undo_candidate("technology")
    assert bench.changes() == [] and jobs(bench, "technology") == before


def test_an_industry_less_is_said_as_it_was_done(bench):
    bench.drop_code("advanced-manufacturing", "333")
    bench.drop_code("advanced-manufacturing", "3361")
    assert bench.changes()[:2] == [
        "Advanced manufacturing no longer counts 333 Machinery manufacturing.",
        "Advanced manufacturing leaves out 3361 Motor vehicle manufacturing.",
    ]


def test_the_other_sectors_stay_as_they_were():
    """By their numbers: which of them may be published can change."""
    bench = Bench(open_region("sample/ferrow-valley", staff=True))
    before = scores(bench)
    bench.drop_code("advanced-manufacturing", "333")
    after = scores(bench)
    assert {k for k in before if before[k] != after[k]} == {"advanced-manufacturing"}


def test_a_sector_from_scratch(bench):
    bench.new_candidate("machines", "Machines & <tools>", {"naics": ["333"]})
    assert bench.changes()[0] == "Machines & <tools> is new: 333 Machinery manufacturing."
    assert any("comes in at rank" in said for said in bench.changes())
    assert jobs(bench, "machines") > 0
    bench.undo_candidate("machines")
    assert bench.changes() == []


@pytest.mark.parametrize(
    ("key", "name", "code", "match"),
    [
        ("technology", "T", "333", "already"),
        ("Bad Key", "T", "333", "cannot be a key"),
        ("new", "  ", "333", "text is empty"),
        ("new", "T", "nothing", "not an industry code"),
    ],
)
def test_a_sector_that_cannot_be_is_not_begun(bench, key, name, code, match):
    with pytest.raises(LmiError, match=match):
        bench.new_candidate(key, name, {"naics": [code]})
    assert bench.changes() == []


def test_a_revision_that_cuts_through_is_told(bench):
    assert bench.breaks("technology") == []
    bench.new_candidate("sellers", "Sellers", {"naics": ["4541"]})
    assert bench.breaks("sellers")


# -- what it is compared with


def test_the_rest_of_the_state_is_another_yardstick(bench):
    whole = bench.measured().candidates.set_index("candidate")
    bench.choose(reference="rest")
    rest = bench.measured().candidates.set_index("candidate")
    key = "materials-manufacturing"
    assert rest.at[key, "lq_state"] > whole.at[key, "lq_state"], "without itself it stands out more"
    assert rest.at[key, "lq"] == whole.at[key, "lq"], "the nation stays"
    assert bench.changes()[0] == (
        "The region is compared with the rest of its state, without itself."
    )
    assert bench.unsaved == ()


def test_all_employers_are_more_than_private_ones(bench):
    found = {}
    for ownership in ("private", "defined", "all"):
        bench.choose(ownership=ownership)
        found[ownership] = jobs(bench, "education")
    assert found["private"] < found["defined"] <= found["all"]
    assert "Jobs are counted at all employers, public ones too." in bench.changes()


def test_a_choice_that_is_none_is_refused(bench):
    with pytest.raises(MeasureError, match="'moon' is not known as reference"):
        bench.choose(reference="moon")
    with pytest.raises(LmiError, match="1999"):
        bench.choose_years(1999)
    with pytest.raises(MeasureError, match="earlier year"):
        bench.choose_years(2020, 2021)
    assert bench.changes() == []


def test_years_are_chosen(bench):
    bench.choose_years(2022, 2020)
    assert bench.call() == 'open_bench("sample/ferrow-valley", year=2022, base_year=2020)'
    assert bench.measured().candidates["base_year"].unique().tolist() == [2020]


# -- footprint


def test_a_county_less_is_said_with_what_follows(bench):
    bench.set_county("99015", False)
    said = bench.changes()
    assert said[0] == "Ferrow Valley no longer holds Ferrowick."
    assert any(s.startswith("All jobs in the region: ") for s in said)
    assert any("rank" in s for s in said)
    assert bench.unsaved == ("region",)
    bench.set_county("99015", True)
    assert bench.changes() == []


def test_every_county_of_the_state_is_offered_neighbours_second(bench):
    found = bench.counties()
    groups = [c.group for c in found]
    assert groups == sorted(groups, key=["in", "next", "elsewhere"].index)
    assert {c.name for c in found if c.group == "in"} == {
        "Copperfell", "Ferrowick", "Millrace", "Slatemoor",
    }  # fmt: skip
    assert "Tollgate" in {c.name for c in found if c.group == "next"}
    assert len(found) == 22


@pytest.mark.parametrize("county", ["99999", "00000", "08001", "x"])
def test_what_is_no_county_of_the_state_is_refused(bench, county):
    with pytest.raises(LmiError):
        bench.set_county(county, True)
    assert bench.changes() == []


def test_the_last_county_stays(bench):
    *others, last = bench.region.counties
    for county in others:
        bench.set_county(county, False)
    with pytest.raises(ConfigError, match="no county left"):
        bench.set_county(last, False)
    assert bench.region.counties == (last,)


def test_another_region_is_looked_at_and_changes_stay(bench):
    bench.set_county("99015", False)
    bench.choose_region("crossway")
    assert bench.changes() == []
    bench.choose_region("ferrow-valley")
    assert bench.unsaved == ("region",)


# -- saving


@pytest.fixture
def saving(page: Page) -> Bench:
    """A bench that saves into a folder of its own."""
    return page.model


def test_what_is_saved_is_what_is_seen(saving, opened):
    """Weights and sectors: saved, opened again, nothing differs and the ranking is the same."""
    saving.set_weight("pay", 2.35)
    saving.add_code("technology", "3344")
    saving.drop_code("advanced-manufacturing", "3361")
    saving.new_candidate("machines", "Machines", {"naics": ["333"]})
    seen = scores(saving)
    saving.save_weights()
    assert saving.unsaved == ("sectors",), "what is not saved yet is not lost"
    saving.save_candidates()
    assert saving.unsaved == () and saving.changes() == []
    again = opened().model
    assert again.changes() == [] and scores(again) == scores(saving)
    # What is new is decided on with the others once it is saved: a range may be a number then.
    seen.pop("machines"), (found := scores(again)).pop("machines")
    assert found == seen


def test_a_footprint_is_saved_beside_a_partition(saving, opened):
    saving.set_county("99015", False)
    saving.set_county("99039", True)
    with pytest.raises(ConfigError, match="save it under another key"):
        saving.save_region()
    assert saving.unsaved == ("region",)
    saving.save_region("upper-valley", "Upper Valley")
    assert saving.changes() == [] and saving.region.key == "upper-valley"
    assert saving.saved_region.counties == ("99007", "99029", "99037", "99039")
    again = opened("upper-valley").model
    assert again.changes() == [] and scores(again) == scores(saving)
    saving.choose_region("ferrow-valley")
    assert saving.changes() == [], "the region it was made from is as it was"


def test_a_footprint_is_saved_over_its_own_where_regions_are_free(regions, opened):
    file = regions / "sample" / "state.yml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("partition: true", "partition: false"), encoding="utf-8")
    saving = opened().model
    saving.set_county("99015", False)
    seen, told = scores(saving), told_of(saving)
    saving.save_region()
    again = opened().model
    # what could not be told beside the region as it was may be told now, and the other way round
    both = told & told_of(again)
    assert again.changes() == [] and len(both) > len(seen) / 2
    assert {key: scores(again)[key] for key in both} == {key: seen[key] for key in both}
    gone = [x for x in text.splitlines() if x not in file.read_text(encoding="utf-8").splitlines()]
    assert gone == ["partition: true", '      - "99015" # Ferrowick']


def test_a_key_that_is_taken_is_refused(saving):
    saving.set_county("99015", False)
    with pytest.raises(ConfigError, match="has a region 'crossway' already"):
        saving.save_region("crossway", "Mine")
    with pytest.raises(ConfigError, match="cannot be a key"):
        saving.save_region("../crossway", "Mine")


def test_nothing_to_save_is_said(saving):
    with pytest.raises(ConfigError, match="nothing to save"):
        saving.save_candidates()


def test_other_employers_are_saved_as_they_are_counted(saving, opened):
    """What is told of the others may change with it: all that is saved is decided on together."""
    saving.choose(ownership="private")
    seen = saving.assessment()
    saving.save_candidates()
    again = opened().model
    rows = (x.candidates.set_index("candidate") for x in (seen, again.assessment()))
    before, after = (row[row["annual_avg_emplvl"].notna()]["score"].round(12) for row in rows)
    both = before.index.intersection(after.index)
    assert len(both) > 15 and again.changes() == []
    assert after[both].to_dict() == before[both].to_dict()


def decide(bench: Bench) -> None:
    """One of each kind of decision."""
    bench.set_weight("pay", 2.35)
    bench.drop_code("advanced-manufacturing", "3361")
    bench.new_candidate("machines", 'Machines "& <tools>\\', {"naics": ["333"]})
    bench.set_county("99015", False)
    bench.rank_level("health-care", "parts")


def test_all_that_is_decided_is_in_the_line_that_opens_it_so(bench):
    decide(bench)
    bench.hold("A")
    bench.choose_region("crossway")
    bench.choose_years(2022, 2019)
    bench.choose(reference="rest", ownership="all", about="order")
    bench.hold("Än=other")
    again = eval(bench.call(), {"open_bench": open_bench}).model
    assert again.variant == bench.variant and again.variants == bench.variants
    assert scores(again) == scores(bench) and again.call() == bench.call()
    alone = eval(bench.call(bench.held("A")), {"open_bench": open_bench}).model
    assert alone.variant == bench.held("A") and not alone.variants


@pytest.mark.parametrize(
    ("words", "match"),
    [
        ({"weights": {"pay": "high"}}, "'high' must be a number"),
        ({"weights": {"happiness": 1}}, "no criterion 'happiness'"),
        ({"weights": 2}, "weights=2 is no mapping"),
        ({"sectors": {"technology": {"name": "T", "why": "W."}}}, "key is missing"),
        ({"sectors": {"technology": "5415"}}, "is no mapping"),
        ({"footprints": {"ferrow-valley": "99007"}}, "is no list"),
        ({"footprints": {"atlantis": ["99007"]}}, "atlantis"),
    ],
)
def test_what_a_line_cannot_say_is_refused(bench, words, match):
    with pytest.raises(LmiError, match=match):
        decided(bench.saved, bench.state, **words)


def test_a_variant_that_cannot_be_is_refused(bench):
    with pytest.raises(ConfigError, match="'color', which is not understood"):
        words_of("A", {"color": "red"})
    for name in ("As saved", " \u200b ", "long " * 20):
        with pytest.raises(ConfigError, match="no name of a variant"):
            bench.hold(name)
    for name in "ABC":
        bench.hold(name)
    with pytest.raises(ConfigError, match="3 variants are held already"):
        bench.hold("D")


# -- undone


def test_every_gesture_is_taken_back_one_by_one(bench):
    start = bench.variant
    for weight in (1.5, 2.0, 2.35):
        bench.set_weight("pay", weight)  # a slider on its way is one gesture
    weighed = bench.variant
    bench.set_county("99015", False)
    bench.choose(reference="rest")
    with pytest.raises(LmiError):
        bench.set_weight("pay", -1)
    bench.undo()
    bench.undo()
    assert bench.variant == weighed
    bench.undo()
    assert bench.variant == start and not bench.can_undo
    with pytest.raises(ConfigError, match="nothing to undo"):
        bench.undo()


def test_all_is_put_back_as_saved_and_that_can_be_undone(bench):
    decide(bench)
    bench.choose(reference="rest", ownership="private")
    before = bench.variant
    bench.as_saved()
    assert bench.changes() == [] and bench.unsaved == () and bench.is_as_saved
    bench.undo()
    assert bench.variant == before


# -- variants


def test_a_variant_is_gone_to_and_left_again(bench):
    bench.set_weight("pay", 2.35)
    bench.hold("A")
    bench.as_saved()
    bench.go_to("A")
    assert bench.now.weights["pay"] == 2.35
    bench.undo()
    assert bench.is_as_saved
    bench.let_go("A")
    with pytest.raises(ConfigError, match="no variant 'A' is held; hold one first"):
        bench.go_to("A")


def test_variants_are_compared_as_far_as_the_ranges_go(bench, tmp_path: Path):
    page = Page(bench)
    with pytest.raises(ConfigError, match="hold one first"):
        page.compare()
    bench.hold("=same")
    bench.set_weight("pay", 40.0)
    bench.new_candidate("machines", "Machines", {"naics": ["333"]})
    bench.hold("Pay alone")
    found = page.compare()
    saved, same, pay = found.columns
    assert [saved.place(key) for key in found.names] == [same.place(key) for key in found.names]
    assert same.changes == "" and "Machines is new" in pay.changes
    table = bench.assessment().candidates.set_index("candidate")
    before = bench.assessment_as_saved().candidates.set_index("candidate")
    told = {key: found.between(key) for key in found.names}
    for key, said in told.items():
        rows = [t.loc[key] for t in (before, table) if key in t.index]
        if said in ("elsewhere", "not told apart", "the same"):
            (a, b), (c, d) = (rows[0][["rank_lo", "rank_hi"]], rows[1][["rank_lo", "rank_hi"]])
            assert (b < c or d < a) == (said == "elsewhere")
            assert (rows[0]["rank"] == rows[1]["rank"]) == (said == "the same")
    assert told["machines"] == "ranked in some alone" and "elsewhere" in told.values()
    assert saved.place("machines") == "not defined"
    aside = {row.key for row in pay.rows if row.rank is None}
    assert aside and not any(pay.place(key)[0].isdigit() for key in aside)
    assert set(aside) == set(table.index[table["rank"].isna()])

    paths = page.export(tmp_path)
    csv, lines, xlsx = (path.read_bytes() for path in paths)
    assert csv.startswith(b"candidate,candidate_name,As saved rank") and b",'=same rank," in csv
    assert b"open_bench(" in lines and b"\n'=same," in lines
    assert page.export(tmp_path)[2].read_bytes() == xlsx
    book = openpyxl.load_workbook(tmp_path / "variants.xlsx")
    assert {"Comparison", "Variants"} <= set(book.sheetnames)
    told = {cell for row in book["Variants"].values for cell in row}
    assert bench.call(bench.held("Pay alone")) in told


def test_every_command_uses_what_was_saved(saving):
    """The state's tables, as `lmi batch` computes them, rank as the bench does."""
    from lmi.assessment.state import analyse
    from lmi.config import load_state
    from lmi.store import Store

    saving.set_weight("pay", 3.0)
    saving.drop_code("advanced-manufacturing", "333")
    saving.set_county("99015", False)
    saving.save_weights()
    saving.save_candidates()
    saving.save_region("upper-valley", "Upper Valley")
    ranking = analyse(Store(), load_state("sample"), 2023).ranking
    here = ranking[ranking["region"] == "upper-valley"].set_index("candidate")
    found = scores(saving)
    assert here["score"].to_dict() == pytest.approx(found, nan_ok=True)
    assert here["rank"].dropna().astype(int).to_dict() == ranks(saving.assessment())
