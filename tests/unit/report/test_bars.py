"""Bars in a table's cells: as long as their numbers, with what is estimated told apart."""

from __future__ import annotations

import pandas as pd
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from lmi.report import style
from lmi.report.display import Bar, BarScale, Stroke
from lmi.report.tables.bars import bars_of
from lmi.report.tables.criteria import criteria_table
from lmi.words.how_sure import JOBS

NAN = float("nan")
SCALE = BarScale(0.0, 200.0)


def rects(picture) -> list[tuple[str, float, float]]:
    """The rectangles of a drawing: fill, where they begin, how wide they are."""
    soup = BeautifulSoup(picture, "html.parser")
    return [(r["fill"], float(r["x"]), float(r["width"])) for r in soup.find_all("rect")]


def lines(picture) -> list[str]:
    return [path["d"] for path in BeautifulSoup(picture, "html.parser").find_all("path")]


def test_the_published_part_is_solid_and_the_estimated_one_pale_with_its_interval():
    picture = SCALE.draw(Bar(100.0, 80.0, 140.0, known=60.0))
    assert rects(picture) == [(style.BLUE, 0.0, 30.0), (style.PALE_BLUE, 30.0, 20.0)]
    assert lines(picture) == ["M40.0 7H70.0M40.0 4.5V9.5M70.0 4.5V9.5"]


def test_a_range_that_stands_for_a_number_is_a_pale_band_and_never_a_bar_from_zero():
    assert rects(SCALE.draw(Bar(NAN, 40.0, 120.0))) == [(style.PALE_BLUE, 20.0, 40.0)]


def test_what_is_not_known_is_not_drawn():
    assert SCALE.draw(Bar(NAN, NAN, NAN)) == ""


def test_a_loss_goes_to_the_left_of_zero():
    assert rects(BarScale(-50.0, 50.0).draw(Bar(-25.0, -25.0, -25.0))) == [(style.BLUE, 25.0, 25.0)]


def test_what_goes_on_past_the_axis_ends_in_an_arrow():
    assert lines(SCALE.draw(Bar(100.0, 50.0, 900.0)))[-1] == "M100.0 7L95.0 2.5V11.5Z"
    assert not any(line.endswith("Z") for line in lines(SCALE.draw(Bar(100.0, 50.0, 200.0))))


def test_lines_through_a_column_stand_at_their_values():
    picture = BarScale(0.0, 4.0, [Stroke(1.0), Stroke(2.0, dashed=True)]).draw(Bar(3.0, 3.0, 3.0))
    assert lines(picture) == ["M25.0 0V14", "M50.0 0V14"]
    assert picture.count("stroke-dasharray") == 1


def test_a_range_that_is_too_open_does_not_flatten_the_others():
    """Pay chart R2: the axis ran to $354,000 for one sector that nobody knows."""
    table = pd.DataFrame(
        {
            "pay": [50_000.0, 40_000.0, NAN],
            "pay_lo": [NAN, NAN, 56_000.0],
            "pay_hi": [NAN, NAN, 354_000.0],
            "pay_is_vague": [False, False, True],
        }
    )
    draw = bars_of(table, "pay")
    known, _, vague = (draw(row) for row in table.to_dict("records"))
    assert rects(known)[0][2] == pytest.approx(80.0)
    assert lines(vague)[-1].endswith("Z")


@given(
    st.lists(st.floats(0, 1e6, allow_nan=False), min_size=2, max_size=8),
)
def test_bars_of_a_column_are_in_proportion_to_their_numbers(values):
    table = pd.DataFrame({"lq": values})
    draw = bars_of(table, "lq")
    most = max(values)
    for row in table.to_dict("records"):
        width = sum(wide for _, _, wide in rects(draw(row)))
        share = 100 * row["lq"] / most if most else 0.0
        assert width == pytest.approx(share, abs=0.6)  # the thinnest bar that can be seen


def test_the_jobs_of_the_table_are_drawn_as_published_and_estimated(profile):
    soup = BeautifulSoup(criteria_table(profile, "BLS").html, "html.parser")
    rows = {row.th.get_text().strip(): row for row in soup.tbody.find_all("tr") if row.td}
    parts = [(r["fill"], float(r["width"])) for r in rows["3. Construction"].td.find_all("rect")]
    assert parts == [(style.BLUE, 30.0), (style.PALE_BLUE, 20.0)]  # 1,200 and 800 of 4,000
    assert not rows["Aerospace and defense"].td.find("svg"), "withheld is no bar of no length"
    assert all(svg["aria-hidden"] == "true" for svg in soup.find_all("svg"))


def test_jobs_without_a_number_show_no_published_part(make_profile):
    """The published part of a sector that is told as a range would tell its number's floor."""
    ranged = {JOBS: NAN, f"{JOBS}_lo": 120.0, f"{JOBS}_hi": 700.0}
    draw = bars_of(pd.DataFrame([ranged]), JOBS)
    assert [fill for fill, _, _ in rects(draw({**ranged, f"{JOBS}_published": 30.0}))] == [
        style.PALE_BLUE
    ]
