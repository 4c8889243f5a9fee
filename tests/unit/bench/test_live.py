"""The page does what is asked of it, says why where it cannot, and holds no decision of its own."""

from __future__ import annotations

import asyncio

import pytest
from bs4 import BeautifulSoup

from lmi.bench import Page, html, open_bench
from lmi.bench.debounce import Debounced
from lmi.bench.live import LiveBench
from lmi.config.search import MOST
from tests import clock

pytestmark = pytest.mark.slow  # the sample is estimated once
EVIL = "<script>x</script>"


@pytest.fixture
def live(page: Page) -> LiveBench:
    return LiveBench(page)


def first(live: LiveBench) -> list[str]:
    page = BeautifulSoup(live.ranking.value, "html.parser")
    return [row["data-sector"] for row in page.tbody("tr", attrs={"data-sector": True})]


def said(live: LiveBench) -> str:
    return BeautifulSoup(live.message.value, "html.parser").get_text()


def test_a_slider_moves_the_ranking(live):
    before, numbers = first(live), live.contributions.value
    live.weights.sliders["pay"].value = 4.0
    assert first(live) != before and live.model.now.weights["pay"] == 4.0
    assert live.contributions.value != numbers, "what follows has followed"
    assert "Pay counts for 36.4%" in live.changes.value
    assert "36.4%" in live.weights.shares["pay"].value
    assert live.weights.sliders["employment"].value == 1.0, "no slider moves another"
    live.weights._reset()
    assert first(live) == before and live.weights.sliders["pay"].value == 1.0
    assert "Nothing" in live.changes.value


def test_the_last_weight_is_put_back_with_a_sentence(live):
    for slider in live.weights.sliders.values():
        slider.value = 0.0
    assert "raise another one first" in said(live)
    assert max(s.value for s in live.weights.sliders.values()) > 0


def test_an_industry_is_found_and_added(live):
    live.sectors.which.value = "technology"
    live.sectors.find.value = "fabricated metal"
    label, code = live.sectors.found.options[0]
    assert label.replace("\u200b", "") == "332  Fabricated metal product manufacturing"
    assert code == "332" and live.sectors.more.value == html.text_html("", "muted")
    live.sectors._add()
    assert "Technology also counts 332" in live.changes.value
    assert any("332" in row.children[1].value for row in live.sectors.listed.children)
    live.sectors._add()
    assert "part of Technology already" in said(live)
    live.sectors._undo()
    assert "Nothing" in live.changes.value and said(live) == ""


def test_a_list_that_ends_early_says_how_many_more_there_are(live):
    live.sectors.find.value = "manufacturing"
    assert len(live.sectors.found.options) == MOST
    assert "more; another word narrows the search." in live.sectors.more.value


def test_what_is_typed_is_text_only(live):
    for text in ("__import__('os').getcwd()", "<img src=x onerror=alert(1)>", "{{7*7}}", "[("):
        live.sectors.find.value = text
        live.footprint.find.value = text
    assert live.footprint.listed.children[0].value.count("No county has that name.")
    live.sectors.find.value = "333"
    live.sectors.name.value = "<b>Bold</b> & new"
    live.sectors._begin()
    assert live.sectors.which.value == "b-bold-b-new"
    assert "<b>Bold" not in live.ranking.value + live.changes.value + live.saving.said.value


def test_nothing_is_begun_without_a_name_or_an_industry(live):
    live.sectors._begin()
    assert "needs a name" in said(live)
    live.sectors.name.value = "Wind"
    live.sectors._begin()
    assert "No industry is chosen" in said(live)


def test_a_county_is_ticked_off_and_saved_as_a_new_region(live, regions):
    live.footprint.boxes["99015"].value = False
    assert "no longer holds Ferrowick" in live.changes.value
    live.saving._region()
    assert "save it under another key" in said(live)
    live.saving.name.value = "Upper Valley"
    live.saving._region()
    assert "Saved to" in said(live) and "does not go along" in said(live)
    assert live.look["region"].value == "upper-valley"
    assert not live.footprint.boxes["99015"].value and "Nothing" in live.changes.value
    text = (regions / "sample" / "state.yml").read_text(encoding="utf-8")
    assert '      - "99015" # Ferrowick\n' in text.split("upper-valley:")[1]


def test_the_verdict_on_the_footprint_follows_the_ticks(live):
    before = live.footprint.market.value
    assert "of its working residents work in it" in before and live.market.value == ""
    live.below.selected_index = 3
    whole = BeautifulSoup(live.market.value, "html.parser")
    rows = {row.th.get_text(): row for row in whole.select("tbody tr")}
    assert {"as it is", "without Ferrowick"} <= set(rows)
    assert "About right for it." in rows["Construction"].get_text()
    live.footprint.boxes["99015"].value = False
    kept = live.model.labor_market().judged_by.containment.stay_to_work.value
    assert f"{kept:.1%}" in live.footprint.market.value != before
    assert "with Ferrowick" in BeautifulSoup(live.market.value, "html.parser").get_text(" ")
    live.footprint._undo()
    assert live.footprint.market.value == before


def test_the_last_county_is_ticked_again_with_a_sentence(live):
    for code in ("99007", "99015", "99029", "99037"):
        live.footprint.boxes[code].value = False
    assert "no county left" in said(live)
    assert live.footprint.boxes["99037"].value


def test_what_is_looked_at_is_chosen(live):
    live.look["reference"].value = "rest"
    live.look["ownership"].value = "private"
    live.look["about"].value = "stated"
    assert live.model.settings.reference == "rest" and live.model.settings.about == "stated"
    assert "weights around mine" in live.chances.value
    live.look["base"].value = 2022
    live.look["year"].value = 2020
    assert live.look["base"].value == 2017, "the usual one of the new year"
    assert "reference=&#34;rest&#34;" in live.line.value
    live.look["region"].value = "crossway"
    assert live.model.region.key == "crossway" and "Crossway" in live.ranking.value


def test_all_is_undone_and_put_back_as_saved(live):
    assert live.undo.disabled and live.as_saved.disabled
    live.weights.sliders["pay"].value = 2.0
    live.weights.sliders["pay"].value = 4.0
    live.footprint.boxes["99015"].value = False
    live.undo.click()
    assert live.footprint.boxes["99015"].value and not live.undo.disabled
    live.as_saved.click()
    assert live.weights.sliders["pay"].value == 1.0 and "Nothing" in live.changes.value
    live.undo.click()
    live.undo.click()
    assert live.undo.disabled and live.as_saved.disabled


def test_variants_are_held_gone_to_and_compared(live, tmp_path, monkeypatch):
    monkeypatch.setenv("LMI_OUTPUTS", str(tmp_path))
    panel = live.variants
    hold, export = panel.root.children[0].children[1:3]
    live.below.selected_index = 4
    assert export.disabled and panel.table.value == ""
    live.weights.sliders["pay"].value = 4.0
    hold.click()
    assert panel.name.value == "B", "the next letter is offered"
    assert "variants={&#34;A&#34;" in live.line.value
    live.as_saved.click()
    panel.name.value = EVIL
    hold.click()
    assert "<script" not in panel.table.value and "elsewhere" in panel.table.value
    go_to, _, _ = panel.held.children[0].children
    go_to.click()
    assert live.weights.sliders["pay"].value == 4.0
    export.click()
    assert "variants.xlsx" in said(live) and len(list(tmp_path.rglob("variants*"))) == 3
    _, let_go, _ = panel.held.children[1].children
    let_go.click()
    assert list(live.model.variants) == ["A"] and EVIL not in panel.table.value


def test_bubbles_are_drawn_where_they_are_seen(live):
    assert live.bubbles.value == ""
    live.below.selected_index = 1
    drawn = live.bubbles.value
    assert 'alt="Bubble chart of' in drawn
    live.weights.sliders["pay"].value = 2.0
    assert live.bubbles.value is drawn, "weights move no bubble"
    live.footprint.boxes["99015"].value = False
    assert live.bubbles.value != drawn


def test_what_is_unsaved_can_be_saved_and_nothing_else(live, regions):
    assert live.saving.weights.disabled and live.saving.sectors.disabled
    live.weights.sliders["pay"].value = 2.5
    assert not live.saving.weights.disabled and "The weights." in live.saving.said.value
    live.saving._weights()
    assert live.saving.weights.disabled
    text = (regions / "sample" / "criteria.yml").read_text(encoding="utf-8")
    assert text == "pay:\n  weight: 2.5\n"


def test_a_file_that_is_broken_meanwhile_is_said_in_a_sentence(live, regions):
    live.footprint.boxes["99015"].value = False
    live.saving.name.value = "Upper Valley"
    file = regions / "sample" / "state.yml"
    file.write_text("state: [", encoding="utf-8")
    live.saving._region()
    assert "not valid YAML" in said(live) and "Traceback" not in said(live)
    assert live.model.unsaved == ("region",)


def test_a_sector_is_made_of_what_is_in_none_and_a_level_is_picked(live):
    sectors = live.sectors
    first, second = sectors.beginnings[:2]
    assert sectors.in_none.value == 0 and "are in no candidate sector" in sectors.share.value
    sectors._make()
    made = live.model.now.candidate(sectors.which.value)
    assert (made.name, made.industries[0].naics) == (first.name, first.parts[0]["naics"])
    assert sectors.beginnings[0].name == second.name
    assert sectors.level.layout.display == "none"
    sectors.which.value = "health-care"
    assert sectors.level.layout.display == "" and sectors.level.value == "whole"
    sectors.level.value = "parts"
    assert "Health care is ranked by its parts." in live.model.changes()
    assert live.model.unsaved == ("sectors",)


def test_the_page_has_words_for_those_who_see_no_widgets(page):
    data, _ = page._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in data
    assert "Advanced manufacturing" in data["text/html"]
    assert data["text/plain"].endswith('open_bench("sample/ferrow-valley", year=2023)')
    assert page.bubbles().alt.startswith("Bubble chart of")
    assert page.ranking().rows[0]["candidate"] == "manufacturing"
    points = page.contributions().rows[0]
    named = [p.name for p in page.shares() if p.share > 0]
    assert sum(points[name] for name in named) == pytest.approx(points["score"])
    assert len(page.robustness().columns) == 6
    assert page.changes().text == "Nothing differs from what is saved."


def test_no_region_no_bench():
    from lmi.errors import ConfigError

    with pytest.raises(ConfigError, match="no region"):
        open_bench("sample/nowhere")


def test_what_can_wait_waits_for_the_last_movement():
    done: list[str] = []

    async def move() -> None:
        later = Debounced(lambda: done.append("followed"), 0.05)
        for _ in range(5):
            later.ask()
            await asyncio.sleep(0.01)
        assert not done
        await asyncio.sleep(0.06)

    clock.run(move())
    assert done == ["followed"]
