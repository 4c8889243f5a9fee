"""A region's workbook: texts stay texts, what is uncertain stays blank, every column is told."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from openpyxl.workbook import Workbook
from PIL import Image

from lmi.assessment.basis import FOR_STAFF
from lmi.assessment.state_tables import StateTables
from lmi.config import StateConfig
from lmi.config.branding import Branding
from lmi.report import Profile
from lmi.report.workbook import state_workbook_bytes, workbook_bytes
from lmi.report.workbook.book import README
from lmi.report.workbook.first_page import FIRST_PAGE
from lmi.report.workbook.score_sheet import SCORE

MADE_UP = "=2+5+cmd"


def opened(profile: Profile) -> Workbook:
    return openpyxl.load_workbook(BytesIO(workbook_bytes(profile)))


def rows_of(book: Workbook, sheet: str) -> dict[str, dict[str, object]]:
    """The rows of a sheet by what names them first."""
    heads, _, *rows = book[sheet].iter_rows(values_only=True)
    return {str(row[0]): dict(zip(heads, row, strict=True)) for row in rows}


def test_no_text_is_a_formula_and_only_the_score_has_formulas(profile: Profile) -> None:
    book = opened(profile)
    kinds = {
        page.title: {cell.data_type for row in page.iter_rows() for cell in row} for page in book
    }
    assert {name for name, found in kinds.items() if "f" in found} == {SCORE}
    assert MADE_UP in {cell.value for cell in book["Sectors"]["B"]}
    texts = [c for page in book for row in page.iter_rows() for c in row if c.value == MADE_UP]
    assert texts and {cell.data_type for cell in texts} == {"s"}


def test_codes_are_texts_and_numbers_numbers(profile: Profile) -> None:
    found = rows_of(opened(profile), "Industries")
    assert all(isinstance(row["industry_code"], str) for row in found.values())
    jobs = [row["annual_avg_emplvl"] for row in found.values()]
    assert any(isinstance(n, int | float) for n in jobs)
    assert not any(isinstance(n, str) for n in jobs)


def test_each_sheet_is_frozen_below_its_units_and_can_be_filtered(profile: Profile) -> None:
    for page in opened(profile):
        if page.title not in (README, FIRST_PAGE, SCORE):
            assert page.freeze_panes.endswith("3"), page.title
            assert page.auto_filter.ref, page.title


def test_every_column_is_in_the_dictionary_with_what_it_is(profile: Profile) -> None:
    book = opened(profile)
    told = {
        (sheet, column): (unit, meaning)
        for column, unit, meaning, sheets in book["Dictionary"].iter_rows(
            min_row=3, values_only=True
        )
        for sheet in sheets.split(", ")
    }
    for page in book:
        if page.title in (README, FIRST_PAGE, SCORE, "Dictionary"):
            continue
        for head, unit in zip(page[1], page[2], strict=True):
            said_unit, meaning = told[page.title, head.value]
            assert meaning, (page.title, head.value)
            assert (said_unit or "") == (unit.value or "")


def test_what_is_too_uncertain_is_blank_with_its_range_and_a_flag(profile: Profile) -> None:
    known = profile.candidates
    guessed = known["emplvl_estimated_share"] > 0.3
    assert guessed.any()
    marked = replace(profile, candidates=known.assign(annual_avg_emplvl_is_vague=guessed))
    rows = rows_of(opened(marked), "Sectors")
    for key, is_guessed in zip(known["candidate"], guessed, strict=True):
        row = rows[key]
        if is_guessed:
            assert row["annual_avg_emplvl"] is None
            assert row["annual_avg_emplvl_lo"] < row["annual_avg_emplvl_hi"]
            assert row["flag"].endswith("U")
            assert row["uncertain"] == "annual_avg_emplvl"
        else:
            assert "U" not in (row["flag"] or "") and not row["uncertain"]


def test_a_change_that_is_not_comparable_says_so(profile: Profile) -> None:
    broken = profile.candidates[profile.candidates["is_break"]]["candidate"]
    assert len(broken)
    rows = rows_of(opened(profile), "Sectors")
    assert all(rows[key]["flag"].startswith("D") for key in broken)


def test_no_row_or_candidate_is_left_out(profile: Profile) -> None:
    book = opened(profile)
    assert set(rows_of(book, "Sectors")) == set(profile.candidates["candidate"])
    names = {cell.value for cell in book[SCORE]["A"]}
    assert set(profile.candidates["candidate_name"]) <= names
    assert book["Industries"].max_row - 2 == len(profile.industries)


@pytest.mark.parametrize(
    ("is_fallback", "name"), [(False, "Family-sustaining wage"), (True, "Poverty-based threshold")]
)
def test_a_threshold_that_stands_in_is_called_one(
    profile: Profile, is_fallback: bool, name: str
) -> None:
    total = profile.total | {"threshold_source": "Office", "threshold_is_fallback": is_fallback}
    names = {cell.value for cell in opened(replace(profile, total=total))[README]["A"]}
    assert names & {"Family-sustaining wage", "Poverty-based threshold"} == {name}


def test_the_same_profile_gives_the_same_bytes(profile: Profile) -> None:
    assert workbook_bytes(profile) == workbook_bytes(profile)


def test_a_states_workbook_has_its_regions_side_by_side(
    state_tables: StateTables, state: StateConfig, profile: Profile
) -> None:
    data = state_workbook_bytes(state_tables, state, profile.definitions)
    assert data == state_workbook_bytes(state_tables, state, profile.definitions)
    book = openpyxl.load_workbook(BytesIO(data))
    ranks = rows_of(book, "Ranks")
    for _, row in profile.candidates.iterrows():
        known = None if row["rank"] is pd.NA or row["rank"] != row["rank"] else row["rank"]
        assert ranks[row["candidate"]]["north"] == known
    told = list(book["Dictionary"].iter_rows(min_row=3, values_only=True))
    assert all(meaning for _, _, meaning, _ in told), [row for row in told if not row[2]]
    regions = {row[2] for row in book["Regions"].iter_rows(min_row=3, values_only=True)}
    assert "North & West" in regions


@pytest.mark.parametrize("staff", [False, True])
def test_what_is_for_staff_says_so_first_and_at_every_foot(profile: Profile, staff: bool) -> None:
    book = opened(replace(profile, staff=staff))
    said = [cell.value for cell in book[README]["B"]]
    assert (FOR_STAFF in said) == staff
    assert all((FOR_STAFF in (page.oddFooter.left.text or "")) == staff for page in book)


def test_a_workbook_says_who_publishes_it_and_bears_their_logo(
    profile: Profile, tmp_path: Path
) -> None:
    Image.new("RGB", (300, 100)).save(tmp_path / "logo.png")
    brand = Branding(name="=Office", logo="logo.png", contact="data@example.gov")
    state = profile.state.model_copy(update={"branding": brand, "folder": tmp_path})
    page = opened(replace(profile, state=state))[README]
    facts = {row[0].value: row[1] for row in page.iter_rows(max_col=2) if row[0].value}
    assert (facts["Published by"].value, facts["Published by"].data_type) == ("=Office", "s")
    assert facts["Contact"].value == "data@example.gov"
    assert len(page._images) == 1
