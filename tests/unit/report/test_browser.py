"""Pages in a browser: no page is wider than the screen, on a telephone as on a desk."""

from __future__ import annotations

import json
import re
import subprocess
from html import escape

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from lmi import report
from lmi.report import Exhibit
from lmi.report.profile_page import export_html
from tests.unit.report.conftest import ground

MEASURE = """
<script>
addEventListener("load", () => {
  const page = document.querySelector("iframe").contentDocument;
  const edge = page.defaultView.innerWidth + 1;
  const boxes = [...page.querySelectorAll(".table")];
  const wide = [...page.querySelectorAll("main *")]
    .filter(e => !e.closest(".table") && e.getBoundingClientRect().right > edge)
    .map(e => e.tagName + "." + e.className);
  document.title = JSON.stringify({
    wide,
    width: page.documentElement.scrollWidth,
    scrolls: boxes.filter(e => e.scrollWidth > e.clientWidth).length,
    overflow: [...new Set(boxes.map(e => getComputedStyle(e).overflowX))],
  });
});
</script>
"""


def measured(page: str, width: int, chromium: str, folder) -> dict:
    """Lay a page out in a frame of so many pixels and tell what sticks out."""
    frame = (
        f'<iframe style="width:{width}px;height:900px;border:0" srcdoc="{escape(page)}"></iframe>'
    )
    shell = folder / "shell.html"
    shell.write_text(f"<!DOCTYPE html><title>?</title>{frame}{MEASURE}", encoding="utf-8")
    flags = [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
        "--disable-background-networking", "--disable-component-update", "--disable-sync",
        f"--user-data-dir={folder / 'browser'}", "--hide-scrollbars",
        "--virtual-time-budget=5000", "--dump-dom",
    ]  # fmt: skip
    done = subprocess.run(
        [chromium, *flags, shell.as_uri()], capture_output=True, text=True, timeout=120, check=True
    )
    title = re.search(r"<title>(.*?)</title>", done.stdout, re.DOTALL)
    return json.loads(title.group(1))


SECTIONS = (
    "title", "brief", "sectors", "drivers", "ranking", "reasons", "people", "firmness",
    "definitions", "sources", "context",
)  # fmt: skip


@pytest.fixture
def profile_page(make_profile, state_tables, tmp_path):
    ground(state_tables)
    long = "Überlange Bezeichnung " * 4 + "x" * 34  # 122 signs, with a word wider than a telephone
    state_tables.candidates.loc[0, "candidate_name"] = long
    profile = make_profile(illustrative=True)
    cells = []
    for section in SECTIONS:
        shown = getattr(report, section)(profile)
        outputs = []
        for part in shown if isinstance(shown, Exhibit) else (shown,):
            data, metadata = part._repr_mimebundle_()
            outputs.append(new_output("display_data", data, metadata=metadata))
        cells += [new_markdown_cell(f"## {section}"), new_code_cell("x", outputs=outputs)]
    path = export_html(new_notebook(cells=cells), tmp_path / "profile.html")
    return path.read_text("utf-8")


@pytest.mark.parametrize("width", [360, 1280])
def test_a_profile_is_not_wider_than_the_screen(profile_page, width, chromium, tmp_path):
    found = measured(profile_page, width, chromium, tmp_path)
    assert found["width"] == width
    assert found["wide"] == []
    assert found["overflow"] == ["auto"]
    # people and readiness scroll, each in a box of its own; criteria and ranking are stacked
    assert found["scrolls"] == (2 if width == 360 else 0)
