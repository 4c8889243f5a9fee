"""Worksheets: a page each, in the words that workshop and profile use, with nothing fetched."""

from __future__ import annotations

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from pypdf import PdfReader

from lmi.assessment.people import AFTER_ACTION, READINESS
from lmi.config import load_asked, load_state
from lmi.output_files import PAPERS
from lmi.report.pdf import as_pdf
from lmi.report.worksheets import TITLES, worksheet

CRITERIA = load_asked(None).criteria


def texts(key: str, selector: str, **values: object) -> list[str]:
    page = BeautifulSoup(worksheet(key, CRITERIA, **values), "html.parser")
    return [" ".join(tag.get_text().split()) for tag in page.select(selector)]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("key", TITLES)
def test_a_sheet_is_one_tagged_page_with_its_title(key, paper):
    region = "Upper Arkansas and San Luis Valley Workforce Development Area"
    made = as_pdf(worksheet(key, CRITERIA, region), paper, pages=1)
    pdf = PdfReader(BytesIO(made))
    assert len(pdf.pages) == 1
    assert pdf.metadata.title == f"{TITLES[key]}, {region}"
    assert pdf.trailer["/Root"]["/MarkInfo"]["/Marked"]


@pytest.mark.parametrize("key", TITLES)
def test_a_sheet_names_the_method_and_fetches_nothing(key):
    page = worksheet(key, CRITERIA)
    (foot,) = texts(key, "footer")
    assert "Next Generation Sector Partnerships" in foot
    assert not re.search(r"\b(src|href)=|url\(|@import", page)


def test_the_review_asks_the_criteria_that_count_in_their_order():
    counting = [c for c in CRITERIA if c.weight > 0]
    assert 0 < len(counting) < len(CRITERIA)
    assert texts("review", "main > ul > li") == [f"{c.name}: {c.question}" for c in counting]
    assert texts("review", "thead th")[1:-1] == [c.name for c in counting]


def test_a_region_that_asks_otherwise_is_asked_otherwise():
    asked = load_asked(load_state("sample")).criteria
    without = [c.model_copy(update={"weight": 0}) if c.key == "pay" else c for c in asked]
    assert "Does its average pay sustain a family?" in worksheet("review", asked)
    assert "Does its average pay sustain a family?" not in worksheet("review", without)


def test_readiness_and_after_action_ask_what_the_workshop_asks():
    assert texts("readiness", "tbody th") == list(READINESS.values())
    assert texts("after-action", "h2")[: len(AFTER_ACTION)] == list(AFTER_ACTION.values())


def test_a_name_is_text_whatever_it_holds():
    page = worksheet("scope", CRITERIA, "<script>alert(1)</script>")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page
