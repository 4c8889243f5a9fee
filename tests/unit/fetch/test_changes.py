"""What moved: cells, quarters that came, figures, ranks; and the page that says so."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from bs4 import BeautifulSoup

from lmi.config import load_state
from lmi.fetch.fetch_state import Request
from lmi.fetch.moved_figures import (
    Changes,
    Moved,
    NewQuarter,
    RankMoved,
    _compared,
    _counted,
    _largest,
)
from lmi.fetch.moved_figures_page import changes_page, figure_value, moved_by
from lmi.fetch.web import Web
from tests.agency_server import Agencies
from tests.builders import rows_of
from tests.unit.fetch.conftest import JOBS, fetch, put_slices

pytestmark = pytest.mark.slow  # together, ten seconds

BEFORE = """
    10001 0 10 10 100 9
    10001 5 10 10  90 9
    10001 5 23 10   0 0 N
    10001 5 62 10  50 9
    10001 5 72 10  40 9
"""
AFTER = """
    10001 0 10 10 104 9
    10001 5 10 11  90 9
    10001 5 23 10  30 9
    10001 5 62 10   0 0 N
    10001 5 11 10   5 9
"""


def table(cells: str) -> pd.DataFrame:
    names = {"annual_avg_estabs": "estabs", "annual_avg_emplvl": "jobs"}
    rows = pd.DataFrame(rows_of(cells, 2022)).rename(columns=names)
    withheld = rows["disclosure_code"] == "N"
    rows["wages"] = rows["total_annual_wages"].astype(float).where(~withheld)
    rows["jobs"] = rows["jobs"].astype(float).where(~withheld)
    return rows[["area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year",
                 "qtr", "estabs", "jobs", "wages"]]  # fmt: skip


def test_each_cell_that_is_another_is_told_what_became_of_it():
    found = _compared(table(BEFORE), table(AFTER))
    by_industry = dict(zip(found["own_code"] + found["industry_code"], found["what"], strict=True))
    assert by_industry == {
        "010": "revised", "510": "revised", "523": "disclosed", "562": "withheld", "572": "gone",
        "511": "added",
    }  # fmt: skip
    assert _counted(found).to_dict("records") == [
        {"area_fips": "10001", "year": 2022, "qtr": "A", "revised": 2, "disclosed": 1,
         "withheld": 1, "added": 1, "gone": 1}
    ]  # fmt: skip
    assert _largest(found)[["own_code", "jobs_before", "jobs"]].to_numpy().tolist() == [
        ["0", 100.0, 104.0]
    ]


def test_nothing_changed_is_nothing():
    assert _compared(table(BEFORE), table(BEFORE)).empty
    assert _counted(_compared(table(BEFORE), table(BEFORE))).empty


def moved(figure: str, before: float, after: float) -> Moved:
    return Moved("south", "South", figure, 2022, before, 2022, after)


@pytest.mark.parametrize(
    ("figure", "before", "after", "shown", "by"),
    [
        ("annual_avg_emplvl", 12_250.0, 12_670.0, "12,670", "+420 (+3.4%)"),
        ("avg_annual_pay", 50_197.0, 50_157.0, "$50,157", "−$40 (−0.1%)"),
        ("emplvl_pct_chg", 1.4, 0.3, "+0.3%", "−1.1 points"),
    ],
)
def test_a_figure_says_by_how_much_it_moved(
    figure: str, before: float, after: float, shown: str, by: str
):
    found = moved(figure, before, after)
    assert figure_value(found, after) == shown
    assert moved_by(found) == by


def everything() -> Changes:
    cells = _compared(table(BEFORE), table(AFTER))
    nasty = "<script>alert('x')</script> & Co"
    return Changes(
        2022, 2023, _counted(cells), _largest(cells),
        revised=(Moved("a", nasty, "annual_avg_emplvl", 2022, 5.0, 2022, 6.0),),
        newest=(Moved("a", nasty, "annual_avg_emplvl", 2022, 6.0, 2023, 7.0),),
        ranks=(RankMoved("a", nasty, nasty, 3, 1),),
        quarters=(NewQuarter("a", nasty, "2024 Q1", 1200.0, -30.0),),
    )  # fmt: skip


def test_the_page_has_all_that_moved_and_escapes_every_name():
    page = changes_page(load_state("hawaii"), everything(), date(2024, 12, 1))
    assert "<script" not in page
    soup = BeautifulSoup(page, "html.parser")
    assert [h.text for h in soup.find_all("h2")] == [
        "New quarter", "Regions whose numbers were revised", "The newer year", "Ranks that moved",
        "Largest revisions of published jobs", "Cells by area and period",
    ]  # fmt: skip
    text = " ".join(soup.get_text(" ").split())
    assert "The newest year was 2022 and is 2023 now." in text
    assert (
        "Of the cells that the agency publishes, 2 had another value, 1 had been withheld, "
        "1 can no longer be read, 1 came and 1 went."
    ) in text
    assert "Kent County, Delaware" in text
    assert not soup.find_all(["link", "img"])


def test_the_page_of_what_is_for_staff_says_so():
    state = load_state("hawaii")
    for_staff = state.model_copy(update={"staff": True})
    pages = [changes_page(of, everything(), date(2024, 12, 1)) for of in (state, for_staff)]
    assert ["For staff: not for publication." in page for page in pages] == [False, True]


def test_a_new_quarter_is_told_by_region(request_: Request, web: Web, agencies: Agencies):
    put_slices(agencies, 2022, 2023)
    fetch(request_, web, years=(2022, 2023))
    put_slices(agencies, 2024, quarter="1")
    fetched = fetch(request_, web, years=(2022, 2023, 2024))
    found = fetched.changes
    assert found is not None
    assert (found.year_before, found.year) == (2023, 2023), "a year needs four quarters"
    assert [(q.region, q.period, q.jobs) for q in found.quarters] == [
        ("north", "2024 Q1", 14_000.0), ("south", "2024 Q1", 12_250.0),
    ]  # fmt: skip
    assert found.cells["added"].sum() == (len(JOBS) - 1) * 6, "the nation's are not a state's"
    assert fetched.page is not None


def test_a_newer_year_is_set_against_the_one_before(
    request_: Request, web: Web, agencies: Agencies
):
    put_slices(agencies, 2021, 2022)
    fetch(request_, web, years=(2021, 2022))
    put_slices(agencies, 2023, a10003=22_000, a10000=37_400)
    found = fetch(request_, web, years=(2021, 2022, 2023)).changes
    assert found is not None
    assert (found.year_before, found.year) == (2022, 2023)
    assert found.revised == ()
    jobs = [m for m in found.newest if m.figure == "annual_avg_emplvl"]
    assert [(m.region, m.year_before, m.before, m.year, m.after) for m in jobs] == [
        ("north", 2022, 14_000.0, 2023, 15_400.0)
    ]
