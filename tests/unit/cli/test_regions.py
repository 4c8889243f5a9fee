"""`lmi regions` reads all that a state's folder holds, and names what to correct."""

from __future__ import annotations

import pytest


@pytest.fixture
def check(lmi, folder):
    """Run `lmi regions` on the folder; return its status and all that it said."""

    def check(*words: str) -> tuple[int, str]:
        done = lmi("regions", *words, "--regions", folder)
        return done.status, done.out + done.err

    return check


def test_it_says_what_the_teams_tables_hold(check):
    status, text = check("sample")
    assert status == 0
    assert "engagement.csv: 31 efforts of 26 organizations" in text
    assert "local_knowledge.csv: 36 ratings in 6 regions" in text
    assert "projections.csv: 90 industries in 1 region\n" in text
    assert "thresholds.csv" not in text


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "engagement.csv",
            "organisation,system,effort,candidate\nA,education,B,helth-care\n",
            "engagement.csv, line 2: there is no candidate 'helth-care'; perhaps you meant "
            "'health-care'.",
        ),
        (
            "local_knowledge.csv",
            "candidate,region,statement,rating,who,date\nenergy,crossway,Busy,7,a mayor,2026\n",
            "local_knowledge.csv, line 2: rating is 7; it cannot be above 5, so mend the row.",
        ),
        (
            "thresholds.csv",
            "area_fips,household,year,annual_wage,source\n08001,1 adult,2023,50000,S\n",
            "thresholds.csv, line 2: the area '08001' is not in Halvane",
        ),
        (
            "projections.csv",
            "region,industry_code,own_code,base_year,projected_year,base_emplvl,projected_emplvl,"
            "source\ncrossway,69,0,2022,2032,1,2,S\n",
            "projections.csv, line 2: '69' is not an industry code",
        ),
        ("wages.yml", "persons: 0\n", "wages.yml, line 1: persons: 0 is no number of persons"),
        (
            "criteria.yml",
            "screens:\n  a: {name: A, any: [{measure: size, above: 1}]}\n",
            "criteria.yml, line 2: a.any.measure: 'size' is not a measure of candidates",
        ),
    ],
)
@pytest.mark.parametrize("words", [("sample",), ()])
def test_a_mistake_is_named_with_file_and_line(check, folder, name, text, says, words):
    (folder / "sample" / name).write_text(text, encoding="utf-8")
    status, said = check(*words)
    assert status == 1
    assert says in said
