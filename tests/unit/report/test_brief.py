"""The first page: who leads, what is set aside, how sure that is, and no more than is known."""

from __future__ import annotations

import pandas as pd
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lmi import report
from lmi.analysis.state_total import WHOLE
from lmi.report.profile_page import BRIEF, folded, page_html, profile_exporter
from lmi.report.sentences.brief import headline, how_sure, others_sentence
from lmi.report.tables.leaders import LEADERS, leaders_table
from tests.unit.report.conftest import OUTLOOK, ground
from tests.unit.report.test_tables import seen

NAN = float("nan")
RANKED = ("care", "food", "build", "craft", "shops")


def ranks(state_tables, **changes):
    """Change columns of the ranking by candidate."""
    table = state_tables.ranking.set_index("candidate")
    for key, columns in changes.items():
        for name, value in columns.items():
            table.loc[key, name] = value
    state_tables.ranking[table.columns] = table.to_numpy()


def test_the_headline_names_who_leads_and_who_loses(profile):
    assert headline(profile) == (
        "By the Step 2 criteria, Health care comes first (in 62 of 100 ways to weigh them), before "
        "Food & <beverage> and Construction; withheld numbers may change that order. Mining, "
        "quarrying, and oil and gas extraction is set aside: losing jobs."
    )


def test_an_order_that_withheld_numbers_leave_alone_is_told_as_it_is(state_tables, make_profile):
    firm = {
        key: {"rank_lo": rank, "rank_hi": rank}
        for rank, key in enumerate(("care", "food", "build"), start=1)
    }
    ranks(state_tables, **firm)
    assert "withheld" not in headline(make_profile())


def test_those_that_are_level_are_no_order(state_tables, make_profile):
    ranks(state_tables, food={"rank": 1}, care={"rank": 1})
    said = headline(make_profile())
    assert "Food & <beverage> and Health care are level at the top, before Construction" in said


def test_without_a_ranking_the_headline_says_so(state_tables, make_profile):
    ranks(state_tables, **{key: {"rank": NAN, "score": NAN} for key in RANKED})
    assert headline(make_profile()).startswith("No candidate sector can be ranked yet.")


def test_every_candidate_is_on_the_first_page(profile):
    """Nothing vanishes: in the table, or named below it."""
    table = leaders_table(profile)
    told = " ".join([*(row["Sector"] for row in seen(table)), others_sentence(profile)])
    assert all(name in told for name in profile.candidates["candidate_name"])


def test_those_set_aside_stand_under_their_reason(profile):
    table = leaders_table(profile)
    groups = {name: [row["candidate"] for row in rows] for name, rows in table.groups}
    assert groups == {
        "": list(RANKED),
        "Set aside: losing jobs. Why are its jobs falling?": ["mines"],
        "Set aside: without a score. What would tell more of it?": ["space"],
    }


def test_how_much_is_published_is_marked_and_said(profile):
    said = {row["Sector"]: row["Published"] for row in seen(leaders_table(profile))}
    assert said["1. Health care"] == "● all"
    assert said["3. Construction"] == "◐ 60%"
    assert said["4. =2+5+cmd"] == "○ 10%"
    assert said["Aerospace and defense"] == "n/a"


def test_of_a_range_only_the_least_that_is_published_is_said(make_profile):
    """Region 5, construction: 849 of 800 to 900 jobs are published, which is no "over 99%"."""
    ranged = {"annual_avg_emplvl": NAN, "annual_avg_emplvl_published": 849.4,
              "annual_avg_emplvl_lo": 800.0, "annual_avg_emplvl_hi": 900.0,
              "emplvl_estimated_share": 0.000686}  # fmt: skip
    none = {**ranged, "annual_avg_emplvl_published": 0.0}
    found = make_profile(candidates={"build": ranged, "craft": none})
    said = {row["Sector"]: row["Published"] for row in seen(leaders_table(found))}
    assert said["3. Construction"] == "◐ 94% or more"
    assert said["4. =2+5+cmd"] == "○ none"


def test_a_range_that_leaves_open_whether_half_is_published_has_no_mark(make_profile):
    """Region 5, hospitality: 34% or more of 1,000 to 1,020 jobs, marked as less than half."""
    ranged = {"annual_avg_emplvl": NAN, "annual_avg_emplvl_published": 40.0,
              "annual_avg_emplvl_lo": 0.0, "annual_avg_emplvl_hi": 100.0}  # fmt: skip
    table = leaders_table(make_profile(candidates={"build": ranged}))
    assert {row["Sector"]: row["Published"] for row in seen(table)}[
        "3. Construction"
    ] == "40% or more"
    assert "no mark where a range leaves that open" in table.notes[0]
    surely = {**ranged, "annual_avg_emplvl_lo": 90.0}
    said = seen(leaders_table(make_profile(candidates={"build": surely})))
    assert said[2]["Published"] == "○ 40% or more"


def test_jobs_to_come_have_their_year_in_the_head_where_it_is_one(make_profile):
    (row, *_) = seen(leaders_table(make_profile(candidates={"care": OUTLOOK})))
    assert row["Jobs to come by 2033"] == "+100 to +700"
    later = OUTLOOK | {"projection_horizon": "2023-2034"}
    two = make_profile(candidates={"care": OUTLOOK, "food": later})
    assert [row["Jobs to come"] for row in seen(leaders_table(two))[:2]] == [
        "+100 to +700 by 2033", "+100 to +700 by 2034",
    ]  # fmt: skip


def test_beside_jobs_that_will_come_those_that_may_are_said_to_be_open(make_profile):
    either = OUTLOOK | {"projected_emplvl_chg_lo": -300.0}
    two = make_profile(candidates={"care": OUTLOOK, "food": either})
    rows = seen(leaders_table(two))[:3]
    assert [row["Jobs to come by 2033"] for row in rows] == ["+100 to +700", "gain or loss", "n/a"]


def test_a_column_that_would_tell_no_gain_from_a_loss_is_a_sentence(make_profile):
    """In a region without projections nearly every range runs from a loss to a gain."""
    assert "leave open whether" not in others_sentence(make_profile())
    either = OUTLOOK | {"projected_emplvl_chg_lo": -300.0}
    found = make_profile(candidates={"care": either})
    assert not any(name.startswith("Jobs to come") for name in seen(leaders_table(found))[0])
    assert "leave open whether" in others_sentence(found)


def test_the_column_and_the_sentence_never_stand_together(make_profile):
    """One of those set aside may be told to lose, though of no leader a side is known."""
    either = OUTLOOK | {"projected_emplvl_chg_lo": -300.0}
    found = make_profile(candidates={"care": either, "mines": OUTLOOK})
    assert any(name.startswith("Jobs to come") for name in seen(leaders_table(found))[0])
    assert "leave open whether" not in others_sentence(found)


def test_who_is_first_whatever_the_weights_is_not_hedged(state_tables, make_profile):
    ranks(state_tables, care={"first_chance": 0.97})
    assert "Health care comes first, before" in headline(make_profile())


def test_who_works_with_it_is_told_once_somebody_does(state_tables, make_profile):
    assert "Work with it" not in seen(leaders_table(make_profile()))[0]
    ground(state_tables)
    assert seen(leaders_table(make_profile()))[0]["Work with it"] == "3 (2 systems)"


def test_the_ranked_below_the_table_are_named_with_their_rank(state_tables, make_profile):
    ranks(state_tables, shops={"rank": LEADERS + 1})
    assert "Ranked after these: Retail trade (7)." in others_sentence(make_profile())


def test_how_sure_says_what_is_estimated_and_how_firm_first_place_is(profile):
    said = how_sure(profile)
    assert said.startswith("14% of the jobs in the candidate sectors that have a number are")
    assert "of those that lead, the most in =2+5+cmd (90%)." in said
    assert "Health care comes first in 62" in said


def test_how_sure_is_of_those_that_lead_and_not_of_a_few_jobs_set_aside(make_profile):
    least = {"emplvl_estimated_share": 0.001}
    found = make_profile(candidates={"craft": {"emplvl_estimated_share": 0.9}, "build": least})
    assert "the most in =2+5+cmd (90%)" in how_sure(found)
    none = {key: {"emplvl_estimated_share": 0.0} for key in ("build", "food", "craft", "care")}
    assert "those that lead are published in full." in how_sure(make_profile(candidates=none))


def test_how_sure_is_of_those_that_lead_with_a_range_too(make_profile):
    """Ross County and Rio Blanco, 2023 and 2016: "those that lead are published in full" beside
    a sector of 3,100 to 3,200 jobs, and one of 0 to 100 that came first."""
    none = {key: {"emplvl_estimated_share": 0.0} for key in ("build", "food", "craft", "care")}
    ranged = {"annual_avg_emplvl": NAN, "annual_avg_emplvl_published": 40.0,
              "annual_avg_emplvl_lo": 0.0, "annual_avg_emplvl_hi": 100.0}  # fmt: skip
    said = how_sure(make_profile(candidates={**none, "build": ranged}))
    assert "published in full" not in said
    assert "; of those that lead, at most 60% in Construction." in said
    both = {**none, "build": ranged, "food": {"emplvl_estimated_share": 0.2}}
    said = how_sure(make_profile(candidates=both))
    assert "of those that lead, 20% in Food & <beverage> and at most 60% in Construction." in said
    hardly = {**none, "build": {**ranged, "annual_avg_emplvl_published": 99.8}}
    assert "of those that lead, under 1% in Construction." in how_sure(
        make_profile(candidates=hardly)
    )
    less = {**both, "build": {**ranged, "annual_avg_emplvl_published": 90.0}}
    assert "the most in Food & <beverage> (20%)." in how_sure(make_profile(candidates=less))


def test_of_one_that_is_ranked_nothing_is_compared(state_tables, make_profile):
    others = {key: {"rank": NAN, "set_aside": "few"} for key in ("build", "food", "shops", "craft")}
    ranks(state_tables, **others)
    found = make_profile()
    assert headline(found).startswith("Only Health care is ranked by the Step 2 criteria.")
    assert "Of 100 ways" not in how_sure(found)


def test_what_is_estimated_whole_is_published_in_no_part(make_profile):
    whole = {"emplvl_estimated_share": 1.0}
    rows = seen(leaders_table(make_profile(candidates={"care": whole})))
    assert rows[0]["Published"].endswith(" none")


def test_the_state_stands_beside_the_region(state_tables, make_profile):
    whole = pd.DataFrame(
        {"kind": [WHOLE], "annual_avg_emplvl": [80_000.0], "avg_annual_pay": [48_000.0]}
    )
    object.__setattr__(state_tables, "total", whole)
    (tiles,) = (p for p in report.brief(make_profile()) if "tiles" in getattr(p, "html", ""))
    assert "Jobs: 20,000 (25.0% of Sample's; 1 place of business)" in tiles.text
    assert "Average pay: $40,000 (a year, all jobs; Sample $48,000)" in tiles.text
    assert "Change in jobs: +6.0% (2018 to 2023; Sample +10.0%)" in tiles.text


def test_three_questions_none_twice(profile):
    (asked,) = (p for p in report.brief(profile) if "To talk about" in getattr(p, "text", ""))
    questions = [line.partition(": ")[2] for line in asked.text.splitlines()[1:]]
    assert len(questions) == len(set(questions)) == 3


@pytest.fixture(scope="module")
def exporter():
    return profile_exporter()


def cell(tag, text=""):
    shown = [new_output("display_data", {"text/html": f"<p>{text}</p>"})] if text else []
    return new_code_cell("x", outputs=shown, metadata={"tags": [tag]})


def heading(tag, text):
    return new_markdown_cell(text, metadata={"tags": [tag]})


def test_a_part_of_the_page_has_its_cells_alone(exporter):
    notebook = new_notebook(cells=[cell(BRIEF, "first"), cell("profile", "second")])
    assert "first" in page_html(notebook, exporter, BRIEF)
    assert "second" not in page_html(notebook, exporter, BRIEF)
    assert "second" in page_html(notebook, exporter)


def test_a_heading_without_content_is_not_there(exporter):
    notebook = new_notebook(
        cells=[
            heading("profile", "## Empty"), cell("profile"),
            heading("profile", "## Half"), cell("profile"), cell("profile", "something"),
            heading("staff", "## For data staff"), heading("staff", "### Sources"),
            cell("staff", "files"),
        ]
    )  # fmt: skip
    page = page_html(notebook, exporter)
    assert "Empty" not in page
    assert all(text in page for text in ("Half", "For data staff", "Sources"))


def test_what_is_for_staff_is_folded_away_and_nothing_else():
    body = '<h2 id="a">A</h2>one<h2 id="for-data-staff">For data staff</h2>two'
    before, _, after = folded(body).partition('<details class="staff">')
    assert "one" in before and after.endswith("two</details>")
    assert folded("<h2>A</h2>") == "<h2>A</h2>"
