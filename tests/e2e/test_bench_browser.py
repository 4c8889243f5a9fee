"""The analyst's bench as an analyst uses it: JupyterLab in a real browser, from slider to file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.jupyter_lab import lay_out, open_page, run_all, serve_lab

playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: it is in the extra `test`"
)
axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is missing")
expect = playwright.expect

pytestmark = pytest.mark.slow
RANKS_OTHERWISE = """before => before !== [
  ...document.querySelectorAll('.lmi-bench.ranking tbody tr')].map(r => r.dataset.sector).join()"""

# What changed is seen beside what is changed, within the first 400 pixels of the page.
SEEN_BESIDE = """() => {
  document.querySelector('.lmi-desk').scrollIntoView();
  const changed = document.querySelector('.lmi-desk [aria-label="What changed"]');
  return changed.getBoundingClientRect().bottom < 400;
}"""


@pytest.fixture
def places(tmp_path: Path) -> dict[str, Path]:
    return lay_out(tmp_path)


@pytest.fixture
def lab(places: dict[str, Path], sample_store: Path) -> Iterator[str]:
    with serve_lab(places, sample_store) as address:
        yield address


@pytest.fixture
def page(chromium: str, places: dict[str, Path]) -> Iterator[Any]:
    with open_page(playwright, chromium, places["pictures"]) as page:
        yield page


def ranking(desk: Any) -> list[str]:
    rows = desk.locator(".lmi-bench.ranking tbody tr")
    return [str(key) for key in rows.evaluate_all("rows => rows.map(r => r.dataset.sector)")]


def changed(desk: Any) -> Any:
    return desk.get_by_role("region", name="What changed")


def tab(desk: Any, name: str) -> None:
    desk.get_by_role("tab", name=name, exact=True).click()


def faults(page: Any) -> list[tuple[str, str]]:
    """What axe finds; but for the handle of a slider, which ipywidgets gives no name."""
    found = axe.Axe().run(page, context=".lmi-desk").response["violations"]
    named = [one for one in found if one["id"] != "aria-input-field-name"]
    return [(one["id"], one["nodes"][0]["html"]) for one in named]


def test_the_bench_from_slider_to_file_and_back(page, lab, places):
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(lab)
    desk = run_all(playwright, page)
    expect(changed(desk)).to_contain_text("Nothing: this is what the files say.")
    as_saved = ranking(desk)

    # a slider, moved with the keyboard
    desk.locator(".noUi-handle").nth(1).focus()
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    expect(changed(desk)).to_contain_text("Pay counts for")
    page.wait_for_function(RANKS_OTHERWISE, arg=",".join(as_saved))
    page.wait_for_function(SEEN_BESIDE)  # JupyterLab goes on laying out while it is scrolled
    page.screenshot(path=places["pictures"] / "1-weights.png")

    # taken back, and held to be compared
    desk.get_by_role("button", name="Undo", exact=True).click()
    expect(changed(desk)).to_contain_text("Nothing: this is what the files say.")
    desk.locator(".noUi-handle").nth(1).focus()
    for _ in range(16):
        page.keyboard.press("ArrowRight")
    tab(desk, "Variants")
    desk.get_by_role("button", name="Hold", exact=True).click()
    expect(desk.get_by_role("region", name="Variants compared")).to_contain_text("A: ")
    assert not faults(page)

    # a definition, edited by a title search
    tab(desk, "Sectors")
    desk.get_by_label("Sector", exact=True).select_option("Technology")
    expect(desk.get_by_title("Take out 5415").first).to_be_visible()
    desk.get_by_label("Find", exact=True).locator("visible=true").fill("fabricated metal")
    # what is found moves the buttons below it: they are pressed once it is seen, as a person does
    desk.locator("option", has_text="332").first.wait_for(state="attached")
    desk.get_by_role("button", name="Add", exact=True).click()
    expect(changed(desk)).to_contain_text("Technology also counts 332 Fabricated metal")
    page.screenshot(path=places["pictures"] / "2-sectors.png")

    # a county, ticked off
    tab(desk, "Counties")
    desk.get_by_label("Ferrowick").uncheck()
    expect(changed(desk)).to_contain_text("Ferrow Valley no longer holds Ferrowick.")
    page.screenshot(path=places["pictures"] / "3-counties.png")

    # the picture, drawn once its tab is open
    tab(desk, "Bubble chart")
    expect(desk.get_by_role("img", name="Bubble chart of")).to_be_visible()

    # saved: first in a way that cannot be
    tab(desk, "Save")
    message = desk.locator(".message")
    desk.get_by_role("button", name="Save the region").click()
    expect(message).to_contain_text("save it under another key")
    desk.get_by_role("button", name="Save the weights").click()
    expect(message).to_contain_text("criteria.yml")
    desk.get_by_role("button", name="Save the sectors").click()
    expect(message).to_contain_text("sectors.yml")
    desk.get_by_label("Name", exact=True).fill("Upper Valley")
    desk.get_by_role("button", name="Save the region").click()
    expect(message).to_contain_text("state.yml")
    expect(changed(desk)).to_contain_text("Nothing: this is what the files say.")
    saved = ranking(desk)
    weight = desk.locator(".legend").first.text_content()
    page.screenshot(path=places["pictures"] / "4-saved.png")
    assert "Traceback" not in page.locator(".jp-Notebook").inner_text()

    # loaded again, with a new kernel that remembers nothing
    page.reload()
    desk = run_all(playwright, page, restart=True)
    expect(changed(desk)).to_contain_text("Nothing: this is what the files say.")
    desk.get_by_label("Region", exact=True).select_option("Upper Valley")
    expect(desk.locator(".lmi-bench.ranking h3")).to_contain_text("Upper Valley")
    expect(changed(desk)).to_contain_text("Nothing: this is what the files say.")
    assert ranking(desk) == saved
    assert desk.locator(".legend").first.text_content() == weight
    desk.get_by_label("Region", exact=True).scroll_into_view_if_needed()
    expect(desk.locator(".lmi-bench.ranking")).to_be_visible()
    page.wait_for_timeout(1000)  # JupyterLab draws what was out of sight a little later
    page.screenshot(path=places["pictures"] / "5-again.png")
