"""The analyst's bench of a checkout, driven by a script: what it shows after each gesture.

Run by the checkout's interpreter, since a bench has no command: it is asked by the public names of
`lmi.bench` and `Bench` alone, and the live page by what its widgets say.

    python bench_gestures.py FOLDER STATE/REGION YEAR

`LMI_REGIONS` names the definitions, which are saved to at the end.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ipywidgets.widgets import widget as widgets

from lmi.bench import Bench, Page, open_bench
from lmi.errors import LmiError

VIEW = "application/vnd.jupyter.widget-view+json"
SPOKEN = ("description", "placeholder", "tooltip", "titles", "options", "value", "disabled")


def weigh(bench: Bench) -> None:
    bench.set_weight("pay", 2.5)
    bench.set_weight("concentration-state", 0.0)


def define(bench: Bench) -> None:
    bench.add_code("technology", "332")
    bench.drop_code("advanced-manufacturing", "3361")
    bench.new_candidate("machines", "Machines & <tools>", {"naics": ["333"]})


def draw(bench: Bench) -> None:
    first = bench.region.counties[0]
    beside = next(county.code for county in bench.counties() if county.group == "next")
    bench.set_county(beside, True)
    bench.set_county(first, False)


def look(bench: Bench) -> None:
    bench.choose(reference="rest", ownership="private", about="stated")


def look_back(bench: Bench) -> None:
    bench.choose(reference="state", ownership="defined", about="order")


def save(bench: Bench) -> None:
    bench.save_weights()
    bench.save_candidates()
    bench.save_region("upper-valley", "Upper Valley")


GESTURES: tuple[Callable[[Bench], None], ...] = (weigh, define, draw, look, look_back, save)
MISTAKES: tuple[Callable[[Bench], object], ...] = (
    lambda bench: bench.set_weight("happiness", 1.0),
    lambda bench: bench.set_weight("pay", -1.0),
    lambda bench: bench.add_code("technology", "nothing"),
    lambda bench: bench.drop_code("technology", "11"),
    lambda bench: bench.new_candidate("technology", "T", {"naics": ["333"]}),
    lambda bench: bench.set_county("99999", True),
    lambda bench: bench.choose(about="all"),
    lambda bench: bench.choose_region("atlantis"),
    lambda bench: bench.choose_years(1999),
    lambda bench: bench.save_candidates(),
)


def keep(page: Page, folder: Path) -> None:
    """Keep the tables, what changed, the chart's words and the live page."""
    tables = (page.ranking(), page.contributions(), page.robustness())
    for table in tables:
        table.save(folder)
    told = [*(table.text for table in tables), page.changes().text, page.bubbles().alt]
    (folder / "told.txt").write_text("\n\n".join(told) + "\n", encoding="utf-8")
    bundle, _ = page._repr_mimebundle_()
    (folder / "page.html").write_text(bundle["text/html"], encoding="utf-8")
    live = [*parts(bundle[VIEW]["model_id"]), bundle["text/plain"]]
    (folder / "live.json").write_text(json.dumps(live, indent=1) + "\n", encoding="utf-8")


def parts(key: str) -> Iterator[dict[str, Any]]:
    """What a widget and those in it say, from top to bottom."""
    widget = widgets._instances[key]
    state = widget.get_state()
    said = {name: state[name] for name in SPOKEN if state.get(name) not in (None, "", [], ())}
    if "_options_labels" in state:
        said["options"] = list(state["_options_labels"])
        said["value"] = widget.label
    if said:
        yield {"kind": type(widget).__name__, **said}
    for child in getattr(widget, "children", ()):
        yield from parts(child.model_id)


def refused(bench: Bench) -> Iterator[str]:
    """What is said of mistakes; one that is none any more is said to be done."""
    for mistake in MISTAKES:
        try:
            mistake(bench)
            yield "done"
        except LmiError as error:
            yield str(error)


def main(folder: Path, region: str, year: int) -> None:
    page = open_bench(region, year=year)
    told = folder / "0-opened"
    told.mkdir(parents=True)
    keep(page, told)
    print(*refused(page.model), sep="\n")
    for number, gesture in enumerate(GESTURES, start=1):
        gesture(page.model)
        told = folder / f"{number}-{gesture.__name__}"
        told.mkdir()
        keep(page, told)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]))
