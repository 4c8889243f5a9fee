"""What people bring: who engages employers, and what is said on the ground."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi.assessment.people import READINESS, listed_by
from lmi.assessment.people_files import people_of, read_engagement
from lmi.config import Candidate, load_candidates, load_state
from lmi.errors import ConfigError
from lmi.missing import Missing
from tests.unit.analysis.test_places import GORGE, LANE, state_of

CANDIDATES = [
    Candidate(key=key, name=name, why="A reason.", industries=[{"naics": [naics]}])
    for key, name, naics in (("energy", "Energy", "221"), ("health-care", "Health care", "62"))
]
EFFORTS = "organisation,system,effort,candidate,since,region\n"
SAID = "candidate,region,statement,rating,who,date,item\n"


@pytest.fixture
def oregon(tmp_path):
    def oregon(**files: str):
        for name, text in files.items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
        return state_of(LANE, GORGE).model_copy(update={"folder": tmp_path})

    return oregon


def by_place(table: pd.DataFrame) -> pd.DataFrame:
    return table.set_index(["region", "candidate"])


def refused(call, line: int) -> str:
    with pytest.raises(ConfigError) as caught:
        call()
    assert caught.value.line == line
    assert caught.value.message.endswith(".") and "\n" not in caught.value.message
    return caught.value.message


def test_without_a_file_nothing_is_known_and_it_says_what_to_write(oregon):
    for found in (
        people_of(oregon(), CANDIDATES).engagement,
        people_of(oregon(), CANDIDATES).knowledge,
    ):
        assert isinstance(found, Missing)
        assert "as regions/README.md shows" in found.remedy


def test_organisations_and_systems_are_counted_once(oregon):
    state = oregon(
        engagement=EFFORTS
        + "Lane College,education,Council,energy,2016,lane\n"
        + "lane  college,Education,Lineworkers,energy,2018,lane\n"
        + "Chamber,community,Round table,energy,,lane\n"
    )
    counts = by_place(people_of(state, CANDIDATES).engagement.counts)
    assert counts.loc[("lane", "energy")].tolist() == [2, 2]


def test_a_row_without_a_region_counts_in_all_of_them(oregon):
    state = oregon(
        engagement=EFFORTS
        + "The state,workforce,Grants,energy,,\n"
        + "Chamber,community,Round table,energy,,lane\n"
    )
    counts = by_place(people_of(state, CANDIDATES).engagement.counts)["engagement_organisations"]
    assert counts.to_dict() == {
        ("lane", "energy"): 2,
        ("lane", "health-care"): 0,
        ("gorge", "energy"): 1,
        ("gorge", "health-care"): 0,
    }


def test_what_is_known_of_a_part_is_known_of_its_whole(oregon):
    whole = Candidate(key="care", name="Care", why="W", industries=[{"naics": ["62"]}])
    wards = Candidate(
        key="wards", name="Wards", why="W", industries=[{"naics": ["622"]}], part_of="care"
    )
    state = oregon(
        engagement=EFFORTS
        + "Lane College,education,Nurses,wards,2016,lane\n"
        + "lane college,education,Aides,care,2018,lane\n"
        + "Chamber,community,Round table,wards,,lane\n",
        local_knowledge=SAID
        + "wards,lane,They close.,1,nurse,2024,\n"
        + "care,lane,It grows.,4,dean,2024,\n",
    )
    found = people_of(state, [whole, wards])
    counts = by_place(found.engagement.counts)["engagement_organisations"]
    assert (counts["lane", "care"], counts["lane", "wards"]) == (2, 2)
    told = by_place(found.knowledge.ratings)[["local_rating", "local_statements"]]
    assert told.loc[("lane", "care")].tolist() == [2.5, 2]
    assert told.loc[("lane", "wards")].tolist() == [1, 1]
    assert listed_by(found.efforts, [whole, wards])["care"] == ["lane college", "Chamber"]
    assert len(found.efforts) == 3 and len(found.statements) == 2


def test_the_rows_are_kept_for_display(oregon):
    state = oregon(engagement=EFFORTS + "Lane College,Education,Council,energy,2016,lane\n")
    (row,) = people_of(state, CANDIDATES).engagement.rows.to_dict("records")
    assert row == {
        "organisation": "Lane College", "system": "education", "effort": "Council",
        "candidate": "energy", "since": 2016, "region": "lane",
    }  # fmt: skip


def test_a_combined_region_has_what_its_parts_have(oregon):
    both = LANE.model_copy(
        update={"key": "both", "counties": (*LANE.counties, *GORGE.counties), "combined": True}
    )
    state = oregon(
        engagement=EFFORTS + "A,community,X,energy,,lane\nB,community,X,energy,,gorge\n",
        local_knowledge=SAID + "energy,lane,Busy,5,a mayor,2026,\nenergy,both,Calm,2,a mayor,2026,",
    ).model_copy(update={"regions": (LANE, GORGE, both)})
    counts = by_place(people_of(state, CANDIDATES).engagement.counts)["engagement_organisations"]
    assert counts[:, "energy"].to_dict() == {"lane": 1, "gorge": 1, "both": 2}
    rating = by_place(people_of(state, CANDIDATES).knowledge.ratings)["local_rating"]
    assert rating["both", "energy"] == 3.5
    assert rating["lane", "energy"] == 5


def test_a_changed_region_is_asked_for_beside_the_states_own(oregon):
    state = oregon(engagement=EFFORTS + "A,community,X,energy,,lane\nB,community,X,energy,,\n")
    saved_as = LANE.model_copy(update={"key": "lane-and-more"})
    counts = by_place(people_of(state, CANDIDATES, [LANE, saved_as]).engagement.counts)
    found = counts["engagement_organisations"][:, "energy"]
    assert found.to_dict() == {"lane": 2, "lane-and-more": 1}


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("A,education,X,enrgy,,", "there is no candidate 'enrgy'; perhaps you meant 'energy'"),
        ("A,education,X,Health care,,", "'Health care'; write its key 'health-care'"),
        ("A,education,X,retail,,", "Oregon has energy and health-care"),
        ("A,workfoce,X,energy,,", "'workfoce' is not a system; perhaps you meant 'workforce'"),
        ("A,army,X,energy,,", "write workforce, education, economic development or community"),
        ("A,education,X,energy,,lan", "there is no region 'lan'; perhaps you meant 'lane'"),
    ],
)
def test_a_row_of_engagement_that_cannot_be(oregon, row, says):
    state = oregon(engagement=f"{EFFORTS}# the schools\n{row}\n")
    assert says in refused(lambda: people_of(state, CANDIDATES).engagement, 3)


def test_a_rating_is_the_mean_of_all_that_was_said(oregon):
    state = oregon(
        local_knowledge=SAID
        + "energy,lane,Busy,5,a mayor,2026-01-05,\n"
        + "energy,lane,Calm,1,a banker,2026-01-05,\n"
        + "energy,lane,,4,a mayor,2026-01-05,urgency\n"
        + "energy,lane,,2,a banker,2026-01-05,urgency\n"
        + "energy,lane,Nine firms,1,a banker,2026-01-05,firms\n"
    )
    found = people_of(state, CANDIDATES).knowledge
    lane = by_place(found.ratings).loc[("lane", "energy")]
    assert lane["local_rating"] == 2.6  # (5 + 1 + 4 + 2 + 1) / 5: each voice once
    assert (lane["local_rating_lowest"], lane["local_rating_highest"]) == (1, 5)
    assert lane["local_statements"] == 5
    assert lane["readiness_rating"] == 2.0  # urgency 3, firms 1: each item once
    items = found.readiness.set_index(["region", "candidate", "item"])
    assert items.loc[("lane", "energy", "urgency")].tolist() == [3.0, 2]
    assert items.loc[("lane", "energy", "champions"), "n"] == 0


def test_where_nobody_spoke_a_rating_is_missing_and_not_low(oregon):
    state = oregon(local_knowledge=SAID + "energy,lane,Busy,5,a mayor,2026-01-05,\n")
    ratings = by_place(people_of(state, CANDIDATES).knowledge.ratings)
    assert len(ratings) == 4
    silent = ratings.loc[("gorge", "energy")]
    assert silent["local_statements"] == 0
    assert silent.drop("local_statements").isna().all()
    assert pd.isna(ratings.loc[("lane", "energy"), "readiness_rating"]), "no item was rated"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-01-05", "2026-01-05"),
        ("1/5/2026", "2026-01-05"),  # as a spreadsheet saves it
        ("2026-01", "2026-01"),
        ("2026", "2026"),
    ],
)
def test_dates_are_kept_as_exact_as_they_were_written(oregon, written, kept):
    state = oregon(local_knowledge=SAID + f"energy,lane,Busy,5,a mayor,{written},\n")
    assert people_of(state, CANDIDATES).knowledge.rows["date"].tolist() == [kept]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("enrgy,lane,Busy,5,a mayor,2026,", "perhaps you meant 'energy'"),
        ("energy,lan,Busy,5,a mayor,2026,", "perhaps you meant 'lane'"),
        ("energy,,Busy,5,a mayor,2026,", "region is empty"),
        ("energy,lane,Busy,6,a mayor,2026,", "rating is 6; it cannot be above 5"),
        ("energy,lane,Busy,0,a mayor,2026,", "rating is 0; it cannot be below 1"),
        ("energy,lane,Busy,high,a mayor,2026,", "rating is 'high'; it must be a whole number"),
        ("energy,lane,Busy,5,a mayor,lately,", "the date is 'lately'; write one such as"),
        ("energy,lane,Busy,5,a mayor,2026-13-01,", "the date is '2026-13-01'"),
        ("energy,lane,Busy,5,a mayor,2026,champion", "perhaps you meant 'champions'"),
        ("energy,lane,Busy,5,a mayor,2026,money", "champions, network, urgency or firms, or leave"),
        ("energy,lane,,5,a mayor,2026,", "the statement is empty; write what was said"),
        ("energy,lane,Busy,5,,2026,", "who is empty"),
    ],
)
def test_a_row_of_knowledge_that_cannot_be(oregon, row, says):
    state = oregon(local_knowledge=f"{SAID}\n{row}\n")
    assert says in refused(lambda: people_of(state, CANDIDATES).knowledge, 3)


def test_the_sample_speaks_of_every_item_and_disagrees_on_one_sector():
    state = load_state("sample")
    found = people_of(state, load_candidates(state)).knowledge
    assert not isinstance(found, Missing)
    spoken = found.readiness[found.readiness["n"] > 0]
    assert set(spoken["item"]) == set(READINESS)
    ratings = by_place(found.ratings)
    apart = ratings["local_rating_highest"] - ratings["local_rating_lowest"]
    assert apart.idxmax() == ("crossway", "transportation-and-logistics")
    assert apart.max() == 4


def test_the_sample_has_rows_for_a_region_and_for_the_whole_state():
    state = load_state("sample")
    candidates = load_candidates(state)
    assert "" in set(read_engagement(state, candidates)["region"])
    found = people_of(state, candidates).engagement
    assert not isinstance(found, Missing)
    counts = by_place(found.counts)["engagement_organisations"]
    assert counts["crossway", "health-care"] == 4
    assert counts["gannet-island", "construction"] == 1
