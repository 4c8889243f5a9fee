"""What the bench shows is text first: escaped, told in words, and readable without its colors."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from bs4 import BeautifulSoup

from lmi.assessment.people import People
from lmi.assessment.region import CandidateMeasures, LiveAssessment, assess
from lmi.bench import html
from lmi.bench.tables import (
    CriterionShare,
    RankedRow,
    chances_of,
    criterion_shares,
    ranked_rows,
)
from lmi.config import Asked, Criterion, Region
from lmi.missing import Missing

NAN = float("nan")
EVIL = '<script>alert("x")</script>'
LINE = ((0.0, 0.0), (1.0, 1.0))
CRITERIA = tuple(
    Criterion(key=key, name=name, question="?", measure=key, value=LINE, otherwise=otherwise)
    for key, name, otherwise in (
        ("jobs", "Jobs", None), ("pay", EVIL, "jobs"), ("ground", "Ground", None),
    )
)  # fmt: skip
TABLE = pd.DataFrame(
    {
        "region": "r", "candidate": ["care", "food", "gone"],
        "candidate_name": ["Health care", EVIL, "Nothing known"], "part_of": "",
        "jobs": [0.8, 0.4, NAN], "pay": [0.5, NAN, NAN], "ground": [NAN, 1.0, NAN],
        "annual_avg_emplvl": [4000.0, 900.0, 0.0], "emplvl_estimated_share": [0.0, 0.4, 0.0],
    }
)  # fmt: skip


NOTHING = Missing("this", "nobody said it", "say it")


@pytest.fixture
def found() -> LiveAssessment:
    return assess(
        CandidateMeasures(TABLE, {}), People(NOTHING, NOTHING), state_name="State",
        illustrative=False, region=Region(state="s", key="r", name="North", counties=("08001",)),
        definitions=(), asked=Asked(CRITERIA), year=2023, base_year=None,
        weights={"jobs": 1, "pay": 2, "ground": 1},
    )  # fmt: skip


@pytest.fixture
def rows(found: LiveAssessment) -> list[RankedRow]:
    return ranked_rows(found, {"care": 3, "gone": 2})


@pytest.fixture
def shares(found: LiveAssessment) -> list[CriterionShare]:
    return criterion_shares(found)


def soup(written: str) -> BeautifulSoup:
    return BeautifulSoup(written, "html.parser")


def test_sectors_stand_in_the_order_of_their_scores(rows, shares):
    """0.25·0.8 + 0.5·0.5 over 0.75; and 0.25·0.4 + 0.5·0.4 (jobs stand in for pay) + 0.25·1."""
    assert [(p.key, p.rank, round(p.measures["score"], 4)) for p in rows[:2]] == [
        ("care", 1, 0.6), ("food", 2, 0.55),
    ]  # fmt: skip
    assert rows[2].key == "gone" and rows[2].rank is None and np.isnan(rows[2].measures["score"])


def test_a_row_says_all_of_a_sector(rows, shares):
    page = soup(html.ranking_html(rows, shares, "North, 2023"))
    told = [[cell.get_text() for cell in row(["td", "th"])] for row in page.tbody("tr")]
    assert told[0][:3] == ["1", "▲2up 2 from what is saved", "Health care"]
    assert told[0][4] == "60.0" and told[0][-2:] == ["4,000", "n/a"]
    assert told[1][1] == "new" and told[1][-2] == "≈900", "mostly estimated numbers are marked"
    assert told[2] == ["Set aside: without jobs here"]
    assert told[3][0] == "–" and told[3][4] == "–"
    assert page.select_one("[role=region]")["aria-label"] == "Ranking"


def test_what_the_numbers_rest_on_stands_below(rows, shares):
    page = soup(html.ranking_html(rows, shares, "North", "From quotients."))
    assert page.select_one("p").get_text() == "From quotients."
    assert soup(html.ranking_html(rows, shares, "North")).select_one("p") is None


def test_a_bar_is_as_long_as_the_score_and_told_in_words(rows, shares):
    page = soup(html.ranking_html(rows, shares, "North"))
    for bar, one in zip(page.select(".bar"), rows, strict=True):
        widths = [float(s["style"].split("width:")[1].split("%")[0]) for s in bar("span")]
        assert sum(widths) == pytest.approx(100 * np.nan_to_num(one.measures["score"]), abs=0.02)
        assert bar["role"] == "img" and bar["aria-label"]
    assert page.select(".bar")[0]["aria-label"].startswith("Jobs 27;")
    stood_in = page.select(".bar")[1]("span")[1]["title"]
    assert "another criterion stands in" in stood_in


def test_what_people_wrote_is_never_markup(found, rows, shares):
    pages = (
        html.ranking_html(rows, shares, EVIL),
        html.contributions_html(rows, shares),
        html.chances_html(rows, chances_of(found), found.about),
        html.changes_html([EVIL], [EVIL]),
        html.message_html(EVIL, is_error=True),
        html.text_html(EVIL, EVIL, EVIL),
        html.unsaved_html([EVIL]),
        html.call_html(EVIL),
    )
    for written in pages:
        assert "<script" not in written and "&lt;script&gt;" in written


def test_points_name_what_is_missing_and_what_stands_in(rows, shares):
    page = soup(html.contributions_html(rows, shares))
    told = [[cell.get_text() for cell in row(["td", "th"])] for row in page.tbody("tr")]
    assert told[0] == ["Health care", "26.7of 33.3", "33.3of 66.7", "–", "60.0"]
    assert told[1][1:] == ["10.0", "20.0*", "25.0", "55.0"]
    assert told[2][1:] == ["–", "–", "–", "–"]


def test_shades_carry_their_numbers(found, rows):
    page = soup(html.chances_html(rows, chances_of(found), found.about))
    cells = [cell.get_text() for cell in page.tbody("tr")[0]("td")]
    chances = found.appraisal.over_weights.acceptability[0]
    assert cells == [f"{100 * c:.0f}" if c >= 0.005 else "" for c in chances]
    assert "any weights at all" in page.p.get_text()
    assert len(page.tbody("tr")) == 2, "who has no score has no chance"


@pytest.mark.parametrize("value", np.linspace(0.01, 1, 25))
def test_numbers_in_shades_can_be_read(value):
    """At least 4.5 to 1, as WCAG 2.2 asks for small type."""
    style = html.shade(float(value))
    back, ink = (part.split(":")[1] for part in style.split(";")[:2])
    shade = [int(c) for c in back[4:-1].split(",")]
    text = [int(ink[i : i + 2], 16) for i in (1, 3, 5)]
    lighter, darker = sorted((luminance(shade), luminance(text)), reverse=True)
    assert (lighter + 0.05) / (darker + 0.05) >= 4.5


def luminance(rgb: list[int]) -> float:
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in (x / 255 for x in rgb)]  # fmt: skip
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_every_criterion_has_a_look_of_its_own():
    looks = [html.fill(j) for j in range(20)]
    assert len(set(looks)) == len(looks)


def test_nothing_changed_is_said_too():
    page = soup(html.changes_html([], []))
    assert "Nothing: this is what the files say." in page.get_text()
    assert "Not saved yet: weights." in html.changes_html(["Pay counts."], ["weights"])


def test_an_error_is_announced():
    assert soup(html.message_html("No.", is_error=True)).div["role"] == "alert"
    assert soup(html.message_html("Saved.")).div["role"] == "status"
    assert soup(html.message_html("")).div.get_text() == ""
