"""How soon the analyst's bench follows a slider, and how soon a state's definitions are read.

In this process: from a moved weight to the text of the redrawn ranking. In a browser, where a
Chromium and playwright are found: from the press of a key to the frame that shows it.
"""

from __future__ import annotations

import argparse
import importlib
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from lmi.bench import open_bench
from lmi.config import load_state
from tests.jupyter_lab import lay_out, open_page, run_all, serve_lab

AIM = 150
"""Milliseconds within which a redrawn ranking feels like the slider's own."""
# Milliseconds from each press of a key to the frame that has the new ranking.
STOPWATCH = """() => {
  window.took = []; let pressed = null;
  document.addEventListener('keydown', () => { pressed = performance.now(); }, true);
  new MutationObserver(found => {
    const isRanking = node => node.matches && node.matches('.lmi-bench.ranking');
    if (pressed === null || !found.some(one => [...one.addedNodes].some(isRanking))) return;
    const began = pressed; pressed = null;
    requestAnimationFrame(() => window.took.push(performance.now() - began));
  }).observe(document.body, {subtree: true, childList: true});
}"""


def timed(act: Callable[[], object]) -> float:
    """Milliseconds that it takes."""
    began = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - began)


def told(what: str, took: list[float], aim: int) -> None:
    """Print a line of figures."""
    print(
        f"{what:<34} median {statistics.median(took):5.0f}   most {max(took):5.0f} ms   aim {aim}"
    )


def definitions(moves: int) -> list[float]:
    """Read the largest state's folder."""
    load_state("texas")  # tables of codes are read once
    return [timed(lambda: load_state("texas")) for _ in range(moves)]


def in_process(moves: int) -> list[float]:
    """Scores, ranks with their ranges and the text of the ranking, as on every move."""
    page = open_bench("sample/ferrow-valley")
    page.rows()

    def move(weight: float) -> None:
        page.model.set_weight("pay", weight)
        page.ranking_html()

    return [timed(lambda w=w: move(float(w))) for w in np.linspace(0.5, 3, moves)]


def in_browser(moves: int, chromium: str, home: Path) -> list[float]:
    """A slider moved by the keyboard, in JupyterLab."""
    playwright = importlib.import_module("playwright.sync_api")
    places = lay_out(home)
    with (
        serve_lab(places, Path(os.environ["LMI_STORE"])) as address,
        open_page(playwright, chromium, places["pictures"]) as page,
    ):
        page.goto(address)
        desk = run_all(playwright, page)
        page.evaluate(STOPWATCH)
        desk.locator(".noUi-handle").nth(1).focus()
        for move in range(1, moves + 1):
            page.keyboard.press("ArrowRight")
            page.wait_for_function("n => window.took.length >= n", arg=move)
            page.wait_for_timeout(350 if move % 4 == 0 else 40)  # what follows gets its turn, too
        return list(page.evaluate("window.took")[:moves])


def main() -> None:
    """Parse the command line and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--moves", type=int, default=16)
    parser.add_argument("--chromium", default=os.environ.get("LMI_CHROMIUM", "chromium"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        os.environ["LMI_STORE"] = str(Path(home) / "store")
        told("definitions of a state", definitions(args.moves), 100)
        told("slider to ranking, in this process", in_process(args.moves), AIM)
        if chromium := shutil.which(args.chromium):
            took = in_browser(args.moves, chromium, Path(home))
            told("slider to frame, in JupyterLab", took, AIM)
        else:
            print("no Chromium was found: name one with --chromium or LMI_CHROMIUM")


if __name__ == "__main__":
    main()
