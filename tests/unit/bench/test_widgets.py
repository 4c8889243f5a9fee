"""The page does what is asked of it, says why where it cannot, and holds no decision of its own."""

from __future__ import annotations

import asyncio
import time

import pytest
from bs4 import BeautifulSoup

from lmi.bench import Page, open_bench
from lmi.bench.later import Later
from lmi.bench.widgets import Desk

pytestmark = pytest.mark.slow  # the sample is estimated once


@pytest.fixture
def desk(page: Page) -> Desk:
    return Desk(page)


def first(desk: Desk) -> list[str]:
    page = BeautifulSoup(desk.ranking.value, "html.parser")
    return [row["data-sector"] for row in page.tbody("tr")]


def said(desk: Desk) -> str:
    return BeautifulSoup(desk.message.value, "html.parser").get_text()


def test_a_slider_moves_the_ranking(desk):
    before, numbers = first(desk), desk.numbers.value
    desk.weights.sliders["pay"].value = 4.0
    assert first(desk) != before and desk.model.weights["pay"] == 4.0
    assert desk.numbers.value != numbers, "what follows has followed"
    assert "Pay counts for 36.4%" in desk.changes.value
    assert "36.4%" in desk.weights.shares["pay"].value
    assert desk.weights.sliders["employment"].value == 1.0, "no slider moves another"
    desk.weights._reset()
    assert first(desk) == before and desk.weights.sliders["pay"].value == 1.0
    assert "Nothing" in desk.changes.value


def test_the_last_weight_is_put_back_with_a_sentence(desk):
    for slider in desk.weights.sliders.values():
        slider.value = 0.0
    assert "raise another one first" in said(desk)
    assert max(s.value for s in desk.weights.sliders.values()) > 0


def test_an_industry_is_found_and_added(desk):
    desk.sectors.which.value = "technology"
    desk.sectors.find.value = "fabricated metal"
    assert desk.sectors.found.options[0] == ("332  Fabricated metal product manufacturing", "332")
    desk.sectors._add()
    assert "Technology also counts 332" in desk.changes.value
    assert any("332" in row.children[1].value for row in desk.sectors.listed.children)
    desk.sectors._add()
    assert "part of Technology already" in said(desk)
    desk.sectors._undo()
    assert "Nothing" in desk.changes.value and said(desk) == ""


def test_what_is_typed_is_text_only(desk):
    for text in ("__import__('os').getcwd()", "<img src=x onerror=alert(1)>", "{{7*7}}", "[("):
        desk.sectors.find.value = text
        desk.footprint.find.value = text
    assert desk.footprint.listed.children[0].value.count("No county has that name.")
    desk.sectors.find.value = "333"
    desk.sectors.name.value = "<b>Bold</b> & new"
    desk.sectors._begin()
    assert desk.sectors.which.value == "b-bold-b-new"
    assert "<b>Bold" not in desk.ranking.value + desk.changes.value + desk.saving.said.value


def test_nothing_is_begun_without_a_name_or_an_industry(desk):
    desk.sectors._begin()
    assert "needs a name" in said(desk)
    desk.sectors.name.value = "Wind"
    desk.sectors._begin()
    assert "No industry is chosen" in said(desk)


def test_a_county_is_ticked_off_and_saved_as_a_new_region(desk, regions):
    desk.footprint.boxes["99015"].value = False
    assert "no longer holds Ferrowick" in desk.changes.value
    desk.saving._region()
    assert "save it under another key" in said(desk)
    desk.saving.name.value = "Upper Valley"
    desk.saving._region()
    assert "Saved to" in said(desk) and "does not go along" in said(desk)
    assert desk.look["region"].value == "upper-valley"
    assert not desk.footprint.boxes["99015"].value and "Nothing" in desk.changes.value
    text = (regions / "sample" / "state.yml").read_text(encoding="utf-8")
    assert '      - "99015" # Ferrowick\n' in text.split("upper-valley:")[1]


def test_the_last_county_is_ticked_again_with_a_sentence(desk):
    for code in ("99007", "99015", "99029", "99037"):
        desk.footprint.boxes[code].value = False
    assert "no county left" in said(desk)
    assert desk.footprint.boxes["99037"].value


def test_what_is_looked_at_is_chosen(desk):
    desk.look["reference"].value = "rest"
    desk.look["ownership"].value = "private"
    desk.look["about"].value = "stated"
    assert desk.model.settings.reference == "rest" and desk.model.settings.about == "stated"
    assert "weights around mine" in desk.heat.value
    desk.look["base"].value = 2022
    desk.look["year"].value = 2020
    assert desk.look["base"].value == 2017, "the usual one of the new year"
    assert "reference=&quot;rest&quot;" in desk.line.value
    desk.look["region"].value = "crossway"
    assert desk.model.region.key == "crossway" and "Crossway" in desk.ranking.value


def test_bubbles_are_drawn_where_they_are_seen(desk):
    assert desk.bubbles.value == ""
    desk.below.selected_index = 1
    drawn = desk.bubbles.value
    assert 'alt="Bubble chart of' in drawn
    desk.weights.sliders["pay"].value = 2.0
    assert desk.bubbles.value is drawn, "weights move no bubble"
    desk.footprint.boxes["99015"].value = False
    assert desk.bubbles.value != drawn


def test_what_is_unsaved_can_be_saved_and_nothing_else(desk, regions):
    assert desk.saving.weights.disabled and desk.saving.sectors.disabled
    desk.weights.sliders["pay"].value = 2.5
    assert not desk.saving.weights.disabled and "The weights." in desk.saving.said.value
    desk.saving._weights()
    assert desk.saving.weights.disabled
    text = (regions / "sample" / "criteria.yml").read_text(encoding="utf-8")
    assert text == "pay:\n  weight: 2.5\n"


def test_a_file_that_is_broken_meanwhile_is_said_in_a_sentence(desk, regions):
    desk.footprint.boxes["99015"].value = False
    desk.saving.name.value = "Upper Valley"
    file = regions / "sample" / "state.yml"
    file.write_text("state: [", encoding="utf-8")
    desk.saving._region()
    assert "not valid YAML" in said(desk) and "Traceback" not in said(desk)
    assert desk.model.unsaved == ("region",)


def test_the_page_has_words_for_those_who_see_no_widgets(page):
    data, _ = page._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "Advanced manufacturing" in data["text/html"]
    assert data["text/plain"].endswith('open_bench("sample/ferrow-valley", year=2023)')
    assert page.bubbles().alt.startswith("Bubble chart of")
    assert page.ranking().rows[0]["candidate"] == "advanced-manufacturing"
    points = page.contributions().rows[0]
    named = [p.name for p in page.weights() if p.weight > 0]
    assert sum(points[name] for name in named) == pytest.approx(points["score"])
    assert len(page.robustness().columns) == 6
    assert page.changes().text == "Nothing differs from what is saved."


def test_no_region_no_bench():
    from lmi.errors import ConfigError

    with pytest.raises(ConfigError, match="no region"):
        open_bench("sample/nowhere")


def test_what_can_wait_waits_for_the_last_movement():
    done: list[float] = []

    async def move() -> None:
        later = Later(lambda: done.append(time.perf_counter()), 0.05)
        for _ in range(5):
            later.ask()
            await asyncio.sleep(0.01)
        assert not done
        await asyncio.sleep(0.3)

    asyncio.run(move())
    assert len(done) == 1
