"""Panels of controls: weights, counties, saving; that of the sectors is a module of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as w

from lmi.assessment.footprint_verdict import verdict
from lmi.bench import html
from lmi.bench.controls import ROW, WIDE, button, entry, text
from lmi.config.edit import key_of
from lmi.errors import ConfigError
from lmi.words import share

if TYPE_CHECKING:
    from lmi.bench.live import LiveBench

__all__ = ["Footprint", "Saving", "Weights"]

STEPS = 80
GROUPS = {"in": "In the saved footprint", "next": "Next to it", "elsewhere": "Elsewhere"}


class Weights:
    """A slider for each criterion, with its share of the score."""

    def __init__(self, live: LiveBench) -> None:
        self.live, self.model = live, live.model
        largest = max(self.model.now.weights.values())
        top = 2 * max(largest, 1e-3)
        self.sliders: dict[str, w.FloatSlider] = {}
        self.shares: dict[str, w.HTML] = {}
        rows: list[w.Widget] = []
        for c in self.model.criteria:
            name = w.HTML(
                html.text_html(c.name, "line", tip=c.question),
                layout=w.Layout(flex="1 1 0", min_width="0", margin="0"),
            )
            self.shares[c.key] = w.HTML(layout=w.Layout(width="auto", margin="0"))
            slider = w.FloatSlider(
                value=self.model.now.weights[c.key],
                min=0.0, max=top, step=top / STEPS, readout=False,
                layout=w.Layout(width="98%", min_width="0", margin="0 0 3px 0", height="20px"),
            )  # fmt: skip
            slider.tooltip = f"Weight of {c.name}"
            self.sliders[c.key] = slider
            live.on(slider, partial(self._moved, c.key))
            rows += [w.HBox([name, self.shares[c.key]], layout=ROW), slider]
        reset = button("As saved", "Weigh as the files do", self._reset)
        equal = button("Equal", "Weigh every criterion alike that counts now", self._equal)
        hint = "Shares of the score. Only proportions matter; arrow keys move a slider, too."
        self.root = w.VBox([*rows, w.HBox([reset, equal]), text(hint, "muted")])

    def _moved(self, key: str) -> None:
        with self.live.asked():
            self.model.set_weight(key, self.sliders[key].value)
            self.live.show_ranking()
        with self.live.quietly():
            self.show()

    def _reset(self) -> None:
        self.model.reset_weights()
        self.live.refresh()

    def _equal(self) -> None:
        self.model.equal_weights()
        self.live.refresh()

    def show(self) -> None:
        """Show the weights as the model has them."""
        shares = self.model.assessment().shares
        for key, slider in self.sliders.items():
            weight = self.model.now.weights[key]
            if abs(slider.value - weight) > 1e-4:
                slider.value = weight
            said = share(shares[key]) if shares[key] or not weight else "no data"
            shown = html.text_html(said, "line num")
            if self.shares[key].value != shown:
                self.shares[key].value = shown


class Footprint:
    """The counties of the region's states, to be ticked on or off."""

    def __init__(self, live: LiveBench) -> None:
        self.live, self.model = live, live.model
        self.find = entry(w.Text, "Find", placeholder="a county's name")
        self.boxes: dict[str, w.Checkbox] = {}
        self.listed = w.VBox(layout=w.Layout(max_height="400px", overflow="auto", display="block"))
        live.on(self.find, self.show)
        undo = button("As saved", "Draw the footprint as its file does", self._undo)
        self.market = w.HTML(layout=WIDE)
        self.root = w.VBox([self.find, self.listed, undo, self.market])

    def _box(self, code: str, name: str) -> w.Checkbox:
        if code not in self.boxes:
            box = w.Checkbox(
                description=name, indent=False, tooltip=code,
                layout=w.Layout(width="auto", margin="0", height="24px"),
            )  # fmt: skip
            self.boxes[code] = box
            self.live.on(box, partial(self._ticked, code))
        return self.boxes[code]

    def _ticked(self, code: str) -> None:
        with self.live.changing():
            self.model.set_county(code, self.boxes[code].value)

    def _undo(self) -> None:
        self.model.undo_region()
        self.live.refresh()

    def show(self) -> None:
        """Show the counties as the model has them, those that were searched for."""
        asked = " ".join(self.find.value.split()).casefold()
        held, rows, group = set(self.model.region.counties), [], ""
        with self.live.quietly():
            for county in self.model.counties():
                if asked and asked not in county.name.casefold():
                    continue
                if county.group != group:
                    group = county.group
                    rows.append(text(GROUPS[group], "muted"))
                box = self._box(county.code, county.name)
                box.value = county.code in held
                rows.append(box)
            self.listed.children = rows or [text("No county has that name.", "muted")]

    def show_market(self) -> None:
        """Show whether the counties are a labor market."""
        self.market.value = html.market_html(verdict(self.model.labor_market()))


class Saving:
    """What differs from the files, and buttons that write it into them."""

    def __init__(self, live: LiveBench) -> None:
        self.live, self.model = live, live.model
        self.name = entry(w.Text, "Name", placeholder="as it is, or that of a new region")
        self.said = text("")
        self.weights = button("Save the weights", "Write criteria.yml", self._weights, "100%")
        self.sectors = button("Save the sectors", "Write sectors.yml", self._sectors, "100%")
        self.region = button("Save the region", "Write state.yml", self._region, "100%")
        self.root = w.VBox([self.said, self.weights, self.sectors, self.name, self.region])

    def _weights(self) -> None:
        with self.live.asked():
            self._told(self.model.save_weights())

    def _sectors(self) -> None:
        with self.live.asked():
            self._told(self.model.save_candidates())

    def _region(self) -> None:
        with self.live.asked():
            name, saved = self.name.value.strip(), self.model.saved_region
            key = key_of(name)
            if name and not key:
                raise ConfigError(f"{name!r} has no letter or digit to make a key of.")
            new = bool(name) and name != saved.name
            path = self.model.save_region(key if new else "", name)
            self.name.value = ""
            self._told(path, moved=new)

    def _told(self, path: Path, moved: bool = False) -> None:
        self.live.refresh()
        told = f"Saved to {path}. lmi batch {self.model.state.slug} uses it from now on."
        if moved:
            told += (
                " You look at the new region now. What is written down for another region by its "
                "key, such as who works with its employers, does not go along."
            )
        self.live.say(told)

    def show(self) -> None:
        """Show what can be saved."""
        model, unsaved = self.model, self.model.unsaved
        said = [
            *(["The weights."] if "weights" in unsaved else []),
            *(f"The sector {c.name}." for c in model.unsaved_candidates()),
            *(["The counties of the region."] if "region" in unsaved else []),
        ]
        self.said.value = html.unsaved_html(said)
        self.weights.disabled = "weights" not in unsaved
        self.sectors.disabled = "sectors" not in unsaved
