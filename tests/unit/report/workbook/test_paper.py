"""Sheets on paper: one page wide, in type of 7 points or more, their heads on every page."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter import Workbook

from lmi.report import Profile
from lmi.report.workbook import workbook_bytes
from lmi.report.workbook.book import README
from lmi.report.workbook.first_page import FIRST_PAGE
from lmi.report.workbook.page_charts import PAGES, ROW, _below_page_end
from lmi.report.workbook.sheet import Styles, TableSheet, written

LEAST = 7.0  # points
LETTER = (8.5, 11.0)  # inches
PER_SIGN, AT_FIRST = 7 / 96, 11.0  # inches of a digit; points of type where nothing is shrunk


@pytest.fixture
def book(profile: Profile) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(workbook_bytes(profile)))


def printed(page: Worksheet) -> list[str]:
    """The letters of the columns that a sheet prints."""
    first, _, last, _ = range_boundaries(page.print_area.split("!")[1].replace("$", ""))
    return [get_column_letter(at) for at in range(first, last + 1)]


def heads_of(page: Worksheet) -> list[str]:
    return [page[f"{letter}1"].value for letter in printed(page)]


def width_of(page: Worksheet, letter: str) -> float:
    """Inches of a column; the file keeps those of equal width together."""
    at = openpyxl.utils.column_index_from_string(letter)
    held = next(d for d in page.column_dimensions.values() if d.min <= at <= d.max)
    return float(held.width) * PER_SIGN


def alone(sheet: TableSheet) -> Worksheet:
    """A sheet in a workbook of its own."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as made:
        written(made, sheet, Styles(made))
    return openpyxl.load_workbook(buffer)[sheet.name]


def points(page: Worksheet) -> float:
    """The size of type, where the sheet is as wide as a Letter page."""
    wide = LETTER[page.page_setup.orientation == "landscape"]
    room = wide - page.page_margins.left - page.page_margins.right
    return min(1.0, room / sum(width_of(page, letter) for letter in printed(page))) * AT_FIRST


def test_every_sheet_is_one_page_wide_in_type_that_is_read(book: openpyxl.Workbook) -> None:
    for page in book:
        assert page.sheet_properties.pageSetUpPr.fitToPage, page.title
        assert page.page_setup.fitToHeight == 0, page.title
        if page.title != README:
            assert points(page) >= LEAST, (page.title, points(page))
        if page.title not in (README, FIRST_PAGE):
            assert page.print_title_rows in ("$1:$2", "$1:$3"), page.title


def test_what_is_asked_for_most_is_printed_of_the_sectors(book: openpyxl.Workbook) -> None:
    heads = heads_of(book["Sectors"])
    assert {
        "candidate_name", "rank", "rank_lo", "rank_hi", "set_aside", "annual_avg_emplvl",
        "annual_avg_emplvl_lo", "annual_avg_emplvl_hi", "emplvl_share", "avg_annual_pay",
        "emplvl_pct_chg", "lq",
    } <= set(heads)  # fmt: skip


def test_a_range_is_printed_whole_or_not_at_all(book: openpyxl.Workbook) -> None:
    for page in book:
        if page.title not in (README, FIRST_PAGE):
            heads = set(heads_of(page))
            lower = {head for head in heads if str(head).endswith("_lo")}
            assert {f"{head[:-3]}_hi" for head in lower} <= heads, page.title


def test_a_sheet_that_fits_keeps_its_order_and_a_long_text_its_lines() -> None:
    said = "A note of more words than a column is wide, all of which are to be read on paper, too."
    frame = pd.DataFrame({"lq": [1.0], "rank": [2], "text": [said]})
    page = alone(TableSheet("Notes", frame, ""))
    assert heads_of(page) == ["lq", "rank", "text"]
    assert page["C3"].alignment.wrap_text and page.row_dimensions[3].height >= 30


def test_of_many_regions_each_is_printed_beside_the_names_of_the_sectors() -> None:
    frame = pd.DataFrame({"candidate": ["retail"], "candidate_name": ["Retail"]})
    frame = frame.assign(**{f"region-{n}": [float(n)] for n in range(28)})
    page = alone(TableSheet("Ranks", frame, "", of="rank"))
    assert heads_of(page) == list(frame.columns[1:])
    assert page.page_setup.fitToWidth == 2 and page.print_title_cols == "$B:$B"


def test_a_column_is_as_wide_as_its_numbers() -> None:
    page = alone(TableSheet("Context", pd.DataFrame({"value": [155_922_968.0]}), ""))
    assert width_of(page, "A") > len("155,922,968") * PER_SIGN


@pytest.mark.parametrize(("row", "high"), [(60, 450.0), (56, 890.0), (122, 890.0)])
def test_a_chart_is_moved_below_the_end_of_a_page(row: int, high: float) -> None:
    below = _below_page_end(row, high)
    assert below > row
    assert all(ROW * below // page == (ROW * below + high) // page for page in PAGES)


def test_a_chart_higher_than_a_page_stays_where_it_is() -> None:
    assert _below_page_end(60, 2_000.0) == 60


def test_a_long_name_is_whole_in_the_title_and_short_at_the_foot(profile: Profile) -> None:
    name = " ".join(["Grünes & weites Land"] * 5)
    region = profile.region.model_copy(update={"name": name})
    made = workbook_bytes(replace(profile, region=region))
    book = openpyxl.load_workbook(BytesIO(made))
    for page in (book[README], book[FIRST_PAGE]):
        first, second = page["A1"].value, page["A2"].value
        assert name in f"{first} {second}", page.title
        assert len(page.oddFooter.left.text) < 100, page.title
