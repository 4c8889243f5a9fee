"""The first page: charts that withhold nothing as zero, and say in words what they show."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO

import openpyxl
import pandas as pd
import pytest
from xlsxwriter import Workbook

from lmi.report import Profile
from lmi.report.workbook import workbook_bytes
from lmi.report.workbook.chart_data import CHART_DATA, CHARTED, JOBS, JOBS_CHART, chart_data
from lmi.report.workbook.first_page import FIRST_PAGE, write_first_page
from lmi.report.workbook.page_charts import HIGH, MOST_BARS, PAGES, ROW
from lmi.report.workbook.sheet import HEAD_ROWS, Styles, written

RANGED = "craft"


@pytest.fixture
def ranged(profile: Profile) -> Profile:
    """With a sector of which a range alone is told."""
    rows, this = profile.candidates, profile.candidates["candidate"] == RANGED
    told = rows.assign(
        annual_avg_emplvl=rows[JOBS].mask(this), annual_avg_emplvl_is_vague=this,
        is_confidential=this, avg_annual_pay_is_vague=this, lq_is_vague=this,
        emplvl_pct_chg_is_vague=this,
    )  # fmt: skip
    return replace(profile, candidates=told)


def parts(profile: Profile, pattern: str) -> list[str]:
    return parts_of(workbook_bytes(profile), pattern)


def parts_of(made: bytes, pattern: str) -> list[str]:
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = [n for n in archive.namelist() if re.fullmatch(pattern, n)]
        return [archive.read(name).decode() for name in sorted(names)]


def test_where_a_range_alone_is_told_it_alone_is_drawn(ranged: Profile) -> None:
    rows = chart_data(ranged).frame.set_index(["chart", "label"])
    (name,) = ranged.candidates.loc[ranged.candidates["candidate"] == RANGED, "candidate_name"]
    row = rows.loc[(JOBS_CHART, name)]
    lo, hi = (
        ranged.candidates.set_index("candidate").loc[RANGED, f"{JOBS}{end}"]
        for end in ("_lo", "_hi")
    )
    assert row["published"] + row["start"] == lo and row["range"] == hi - lo
    assert row[["estimated", "minus", "plus"]].isna().all()
    drawn = {chart for chart, label in rows.index if label == name}
    assert drawn.isdisjoint(CHARTED), "no bar of no length, which would be read as zero"


def test_bars_are_the_sectors_numbers_with_their_ranges(profile: Profile) -> None:
    rows = chart_data(profile).frame
    jobs = rows[rows["chart"] == JOBS_CHART].set_index("label")
    known = profile.candidates.set_index("candidate_name")[[JOBS, f"{JOBS}_lo", f"{JOBS}_hi"]]
    known = known[known[JOBS] > 0].astype(float)
    assert set(jobs.index) == set(known.index)
    total = jobs["published"] + jobs["estimated"]
    pd.testing.assert_series_equal(total, known[JOBS].loc[total.index], check_names=False)
    for end, back in (("minus", "_lo"), ("plus", "_hi")):
        off = (known[f"{JOBS}{back}"] - known[JOBS]).abs().loc[jobs.index]
        pd.testing.assert_series_equal(jobs[end], off, check_names=False)
    assert total.is_monotonic_decreasing


def test_charts_are_excels_own_and_said_in_words(ranged: Profile) -> None:
    charts = parts(ranged, r"xl/charts/chart\d+\.xml")
    names = set(chart_data(ranged).frame["chart"])
    assert len(charts) == len(names) >= 4
    of_jobs = next(c for c in charts if "Jobs, 2023" in c)
    assert "<c:errBars>" in of_jobs and of_jobs.count("<a:pattFill") == 2, "read without color"
    assert all(f"'{CHART_DATA}'!" in c for c in charts), "they follow the cells"
    (drawing,) = parts(ranged, r"xl/drawings/drawing1\.xml")
    said = re.findall(r'descr="([^"]*)"', drawing)
    assert len(said) == len(charts) and all(len(text) > 40 for text in said)
    assert "As a range alone: =2+5+cmd 120 to 700" in said[0]
    assert sum("Without a number" in text and "=2+5+cmd" in text for text in said) == 3


def test_the_page_has_totals_beside_the_states_and_every_sector(ranged: Profile) -> None:
    page = openpyxl.load_workbook(BytesIO(workbook_bytes(ranged)))[FIRST_PAGE]
    rows = {row[0]: row[1:] for row in page.iter_rows(values_only=True) if row[0]}
    assert rows["Jobs"][:2] == (20_000, 1_100_000)
    assert rows["Change in jobs since 2018, %"][1] == pytest.approx(10.0)
    present = ranged.candidates[ranged.candidates[JOBS] != 0]
    assert set(present["candidate_name"]) <= set(rows)
    _, jobs, lo, hi, *_ = rows["=2+5+cmd"]
    assert jobs is None and (lo, hi) == (120, 700)


def test_of_quality_too_a_blank_says_why(ranged: Profile) -> None:
    page = openpyxl.load_workbook(BytesIO(workbook_bytes(ranged)))["Quality"]
    heads, _, *rows = page.iter_rows(values_only=True)
    found = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    assert set(found) == set(ranged.candidates["candidate"])
    assert found[RANGED][JOBS] is None and found[RANGED]["flag"].startswith("F")


def test_without_quarters_and_growth_there_are_fewer_charts(profile: Profile) -> None:
    none = profile.candidates.assign(emplvl_pct_chg=float("nan"))
    bare = replace(profile, candidates=none, quarters=profile.quarters.head(0), base_year=None)
    assert set(chart_data(bare).frame["chart"]) == {JOBS_CHART, "Pay", "Concentration"}
    assert len(parts(bare, r"xl/charts/chart\d+\.xml")) == 3


def many(profile: Profile, n: int) -> Profile:
    """With so many sectors, each with numbers."""
    rows = profile.candidates
    whole = rows[rows["candidate"] == "care"]
    more = [
        whole.assign(candidate=f"s{at}", candidate_name=f"Sector {at}", annual_avg_emplvl=4e3 - at)
        for at in range(n)
    ]
    return replace(profile, candidates=pd.concat(more, ignore_index=True))


def page_alone(profile: Profile) -> bytes:
    """The first page and its numbers, in a workbook of their own."""
    buffer = BytesIO()
    with Workbook(buffer, {"in_memory": True}) as book:
        styles, data = Styles(book), chart_data(profile)
        write_first_page(book, book.add_worksheet(FIRST_PAGE), profile, data, styles)
        written(book, data, styles)
    return buffer.getvalue()


@pytest.mark.parametrize("n", [36, 37, 64, 200])
def test_charts_of_many_sectors_are_parted_each_lower_than_a_page(profile: Profile, n: int) -> None:
    data, made = (
        chart_data(many(profile, n)),
        parts_of(page_alone(many(profile, n)), r"xl/charts/.*\.xml"),
    )
    of_jobs = [chart for chart in made if "Jobs, 2023" in chart]
    rows = [
        tuple(map(int, re.search(r"<c:cat>.*?\$B\$(\d+):\$B\$(\d+)", chart).groups()))  # type: ignore[union-attr]
        for chart in of_jobs
    ]
    rows.sort()
    drawn = [at for first, last in rows for at in range(first, last + 1)]
    jobs = data.frame.index[data.frame["chart"] == JOBS_CHART]
    assert drawn == [at + HEAD_ROWS + 1 for at in jobs], "every sector once, in order"
    assert all(last - first + 1 <= MOST_BARS for first, last in rows)
    assert max(b - a for a, b in rows) - min(b - a for a, b in rows) <= 1, "about as high"
    assert PAGES[0] > HIGH * MOST_BARS + 90
    scales = {re.search(r'<c:max val="([^"]*)"/><c:min', chart) for chart in of_jobs}
    if n > MOST_BARS:
        ends = {found and found[1] for found in scales}
        assert len(ends) == 1 and float(ends.pop() or 0) >= 4000, "bars of all parts compare"
        assert all(f"({at} of {len(of_jobs)})" in "".join(of_jobs) for at in (1, len(of_jobs)))
    else:
        assert " of 1)" not in "".join(made)


def test_a_chart_of_many_sectors_stands_on_one_page_of_paper(profile: Profile) -> None:
    book = openpyxl.load_workbook(BytesIO(page_alone(many(profile, 64))))
    for chart in book[FIRST_PAGE]._charts:
        top = chart.anchor._from.row * ROW
        high = chart.anchor.to.row * ROW - top
        assert top // PAGES[0] == (top + high) // PAGES[0]


def test_a_region_named_like_a_formula_is_a_name_in_its_chart(profile: Profile) -> None:
    region = profile.region.model_copy(update={"name": "=cmd|' /C calc'!A0"})
    made = parts_of(page_alone(replace(profile, region=region)), r"xl/charts/.*\.xml")
    of_months = next(chart for chart in made if "All jobs by month" in chart)
    names = re.findall(r"<c:tx>(.*?)</c:tx>", of_months)
    assert any("=cmd" in name for name in names)
    assert not any("<c:f>" in name for name in names), "texts, and no references"
