"""`sentences.yml`, read by whoever knows the field, is what the workbench says, word for word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from lmi import words
from lmi.assessment.apart import why_apart
from lmi.report import Profile
from lmi.report.figures.shift_share_bars import shift_share_split
from lmi.report.sentences.brief import headline
from lmi.report.sentences.job_changes import shift_share_sentence
from lmi.report.sentences.jobs_pay_concentration import (
    concentration_sentence,
    drivers_sentence,
    wages_sentence,
)
from lmi.report.sentences.ranking import criteria_sentence
from lmi.report.sentences.state import growth_sentence, leads_sentence
from lmi.report.tables.past_quotients import past_quotients_sentence
from lmi.schema.measures import MEASURES
from lmi.words.claims import or_
from lmi.words.intervals import moved, said_jobs, said_pay

TABLE = yaml.safe_load(Path(__file__).with_name("sentences.yml").read_text(encoding="utf-8"))
COLUMNS = {
    "jobs": "annual_avg_emplvl", "pay": "avg_annual_pay", "quotient": "lq",
    "quotient before": "lq_base", "change": "emplvl_pct_chg",
    "change over one year": "emplvl_pct_chg_1yr", "places of business": "annual_avg_estabs",
    "share of jobs": "emplvl_share", "rank": "rank", "is break": "is_break",
}  # fmt: skip
ENDS = {" from": "_lo", " to": "_hi"}

Given = Mapping[str, Any]


def columns_of(given: Given) -> dict[str, Any]:
    """A row of a table, from the names of the page."""
    row: dict[str, Any] = {}
    for name, value in given.items():
        if name == "estimated":
            row |= {"emplvl_estimated_share": value, "wages_estimated_share": value}
        elif name == "too uncertain":
            row |= {f"{COLUMNS[one]}_is_vague": True for one in value}
        elif name == "set aside by":
            row["set_aside_by"] = COLUMNS[value]
        else:
            end = next((end for end in ENDS if name.endswith(end)), "")
            row[COLUMNS[name.removesuffix(end)] + ENDS.get(end, "")] = value
    return row


def row_of(given: Given) -> dict[str, Any]:
    """The same, with all that a sentence may ask for."""
    nothing = dict.fromkeys([*COLUMNS.values(), "emplvl_estimated_share", "wages_estimated_share"])
    return nothing | columns_of(given)


def growths(given: Given) -> str:
    rows = [
        {"emplvl_pct_chg_lo": one[0], "emplvl_pct_chg_hi": one[1], "emplvl_pct_chg": sum(one) / 2}
        if isinstance(one, list) else {"emplvl_pct_chg": one}
        for one in given["changes"]
    ]  # fmt: skip
    of = words.count(len(rows), "region")
    return growth_sentence(rows, f"from {given['from']} to {given['to']}", of)


PHRASES: dict[str, Callable[[Given], str]] = {
    "jobs": lambda given: said_jobs(row_of(given)),
    "pay": lambda given: said_pay(row_of(given)),
    "quotient": lambda given: MEASURES["lq"].cell(row_of(given)),
    "change": lambda given: moved(row_of(given)),
    "first": lambda given: or_(given["names"]),
    "set aside": lambda given: why_apart(row_of(given), 2023, 2018),
    "leads in a state": lambda given: leads_sentence(
        given["first three in"], given["surely in"], words.count(given["regions"], "region")
    ),
    "growth in a state": growths,
}
REGION: dict[str, Callable[[Profile], str]] = {
    "largest": drivers_sentence,
    "pay": lambda found: wages_sentence(found, found.total),
    "growth": lambda found: shift_share_sentence(found, shift_share_split(found)),
    "concentration": concentration_sentence,
    "past concentration": past_quotients_sentence,
    "criteria": criteria_sentence,
    "headline": headline,
}


def cases(part: str) -> list[Any]:
    return [
        pytest.param(name, case, id=f"{name}: {case['when']}")
        for name, of in TABLE[part].items()
        for case in of["cases"]
    ]


@pytest.mark.parametrize(("name", "case"), cases("phrases"))
def test_a_number_is_put_into_these_words(name, case):
    assert PHRASES[name](case["given"]) == case["says"]


@pytest.mark.parametrize(("name", "case"), cases("region"))
def test_a_region_is_told_in_these_words(name, case, make_profile):
    given = {key: columns_of(known) for key, known in case.get("given", {}).items()}
    only = tuple(case["sectors"]) if "sectors" in case else None
    assert REGION[name](make_profile(candidates=given, only=only)) == case["says"].strip()


def test_the_page_is_whole_and_nobody_waits_for_words_that_are_not_there():
    assert (set(TABLE["phrases"]), set(TABLE["region"])) == (set(PHRASES), set(REGION))
    assert all(of["about"].endswith(".") for part in TABLE.values() for of in part.values())
