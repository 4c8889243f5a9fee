"""The data dictionary in the docs is that of the schema, and leaves no column out."""

from __future__ import annotations

import re

import pytest

from lmi.assessment.state_tables import StateTables
from lmi.report.workbook.dictionary import entry
from lmi.schema import TABLES
from lmi.schema.measures import MEASURES
from tools.data_dictionary import PAGE, page

TEXT = PAGE.read_text(encoding="utf-8")


def part(heading: str) -> str:
    """What stands below a heading, up to the next of the same rank or above."""
    rank = heading.partition(" ")[0]
    return re.split(rf"^#{{2,{len(rank)}}} ", TEXT.partition(f"\n{heading}\n")[2], flags=re.M)[0]


def test_the_page_is_what_the_schema_says_now():
    assert page() == TEXT, "run `python -m tools.data_dictionary`"


@pytest.mark.parametrize("name", TABLES)
def test_a_table_of_the_store_has_its_columns_in_order_with_what_they_are(name):
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|", part(f"### {name}"), flags=re.M)
    assert [row[0] for row in rows] == list(TABLES[name].names)
    assert all(meaning.strip() for _, _, meaning in rows)


def test_every_table_of_a_state_is_told():
    named = re.findall(
        r"`(\w+)`", "".join(re.findall(r"^\| (`.*?) \|", part("## Tables of a state"), flags=re.M))
    )
    assert named == list(StateTables.names())


def test_every_measure_is_told_with_its_unit():
    rows = re.findall(
        r"^\| `(\w+)` \| (.*?) \| (.+?) \|", part("## Columns that are computed"), flags=re.M
    )
    told = {name: (unit.strip(), meaning) for name, unit, meaning in rows}
    for key, measure in MEASURES.items():
        assert told[key][0] == measure.unit


@pytest.mark.parametrize(
    ("column", "unit", "text"),
    [
        ("lq_is_vague", "", "whether the range is too wide for a number, of the location quotient"),
        ("industry_mix_state_lo", "jobs", "lower end of the range"),
        ("driver_jobs_is_sure", "", "whether the whole range agrees, of whether it passes"),
    ],
)
def test_the_end_of_a_name_tells_what_it_is_of_the_rest(column, unit, text):
    assert entry(column).unit == unit
    assert entry(column).text.startswith(text)
