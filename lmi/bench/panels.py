"""The four panels of controls: weights, sectors, counties, saving."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from lmi.assessment.uncovered import Beginning
from lmi.bench import html
from lmi.codes import OWN_CODES
from lmi.config import CandidatePart
from lmi.config.edit import PRIVATE, key_of
from lmi.config.nesting import LEVELS, has_parts
from lmi.config.search import find_industries, hit_of
from lmi.errors import ConfigError
from lmi.words import listing, share

if TYPE_CHECKING:
    from lmi.bench.live import LiveBench

__all__ = ["Footprint", "Saving", "Sectors", "Weights"]

WIDE = w.Layout(width="100%", min_width="0", margin="1px 0")
ROW = w.Layout(width="100%", align_items="center", margin="0")
SCROLL = w.Layout(max_height="300px", overflow="auto", width="100%", display="block")
STEPS = 80
BREAKABLE = " \u200b"  # the page shows a space of a list as one that does not break
GROUPS = {"in": "In the saved footprint", "next": "Next to it", "elsewhere": "Elsewhere"}


def text(said: str, kind: str = "") -> w.HTML:
    """Make a line of text, of one of the style sheet's kinds."""
    return w.HTML(html.text_html(said, kind), layout=WIDE)


def button(label: str, tip: str, act: Callable[[], None], width: str = "auto") -> w.Button:
    """Make a button that does something."""
    made = w.Button(description=label, tooltip=tip, layout=w.Layout(width=width, min_width="0"))
    made.on_click(lambda _: act())
    return made


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


class Sectors:
    """A working definition: its industries, and others found by their titles."""

    def __init__(self, live: LiveBench) -> None:
        self.live, self.model = live, live.model
        self.which = w.Dropdown(
            description="Sector", layout=WIDE, style={"description_width": "60px"}
        )
        self.level = w.Dropdown(
            description="Ranked", layout=WIDE, style={"description_width": "60px"},
            options=[(said, level) for level, said in LEVELS.items()],
        )  # fmt: skip
        self.listed = w.VBox(layout=SCROLL)
        self.breaks, self.more = text(""), text("")
        self.find = w.Text(
            description="Find", placeholder="words of a title, or a code", layout=WIDE,
            style={"description_width": "60px"},
        )  # fmt: skip
        self.found = w.Select(rows=6, layout=WIDE, description="", tooltip="Industries found")
        self.own = w.Dropdown(
            description="Employers", layout=WIDE, style={"description_width": "70px"},
            options=[
                ("Private", PRIVATE),
                ("Public", ("1", "2", "3")),
                ("All", tuple(OWN_CODES)),
            ],
        )  # fmt: skip
        self.name = w.Text(
            description="New", placeholder="name of a new sector", layout=WIDE,
            style={"description_width": "60px"},
        )  # fmt: skip
        self.beginnings: list[Beginning] = []
        self.in_none = w.Dropdown(
            description="In none", layout=WIDE, style={"description_width": "60px"},
            tooltip="The largest industries that are in no sector",
        )  # fmt: skip
        self.share = text("", "muted")
        live.on(self.which, self._picked)
        live.on(self.level, self._leveled)
        live.on(self.find, self._search)
        act = [
            button("Add", "Add the industry to the sector", self._add),
            button("Leave out", "Take the industry out of the sector", self._leave_out),
            button("Undo", "Define the sector as it is saved", self._undo),
        ]
        begin = button("Begin", "Begin a new sector with the industry chosen above", self._begin)
        make = button("Make", "Make a sector of what is in none", self._make)
        begin.layout.flex = make.layout.flex = "0 0 auto"
        self.root = w.VBox(
            [
                self.which, self.level, self.listed, self.breaks, self.find, self.found, self.more,
                self.own,
                w.HBox(act),
                w.HBox([self.name, begin], layout=ROW),
                w.HBox([self.in_none, make], layout=ROW),
                self.share,
            ]
        )  # fmt: skip

    def _picked(self) -> None:
        with self.live.quietly():
            self.show()

    def _leveled(self) -> None:
        with self.live.asked():
            self.model.rank_level(self.which.value, self.level.value)
        self.live.refresh()

    def _search(self) -> None:
        hits = find_industries(self.find.value, self.model.settings.years.year)
        self.found.options = [(hit.label.replace(" ", BREAKABLE), hit.code) for hit in hits.shown]
        self.found.value = hits.shown[0].code if hits.shown else None
        self.more.value = html.text_html(hits.note, "muted")

    def _chosen(self) -> str:
        if self.found.value is None:
            raise ConfigError(
                "No industry is chosen; write a word of its title into Find, and pick it."
            )
        return str(self.found.value)

    def _add(self) -> None:
        with self.live.asked():
            self.model.add_code(self.which.value, self._chosen(), self.own.value)
        self.live.refresh()

    def _leave_out(self) -> None:
        with self.live.asked():
            self.model.drop_code(self.which.value, self._chosen())
        self.live.refresh()

    def _drop(self, code: str) -> None:
        with self.live.asked():
            self.model.drop_code(self.which.value, code)
        self.live.refresh()

    def _back(self, code: str, own: tuple[str, ...]) -> None:
        with self.live.asked():
            self.model.add_code(self.which.value, code, own)
        self.live.refresh()

    def _undo(self) -> None:
        with self.live.asked():
            self.model.undo_candidate(self.which.value)
        self.live.refresh()

    def _begin(self) -> None:
        with self.live.asked():
            if not key_of(self.name.value):
                raise ConfigError("A new sector needs a name; write one beside New.")
            self._begun(self.name.value, {"naics": (self._chosen(),)})
            self.name.value = ""
        self.live.refresh()

    def _make(self) -> None:
        with self.live.asked():
            if self.in_none.value is None:
                raise ConfigError("Every industry is in a sector already.")
            chosen = self.beginnings[self.in_none.value]
            self._begun(chosen.name, *chosen.parts)
        self.live.refresh()

    def _begun(self, name: str, *parts: Mapping[str, Any]) -> None:
        key = key_of(name)
        self.model.new_candidate(key, name, *parts)
        with self.live.quietly():
            self._options()
            self.which.value = key

    def _options(self) -> None:
        options = [(c.name, c.key) for c in self.model.now.candidates]
        if tuple(self.which.options) != tuple(options):
            held = self.which.value
            self.which.options = options
            keys = [key for _, key in options]
            self.which.value = held if held in keys else keys[0]

    def show(self) -> None:
        """Show the definition as the model has it."""
        self._options()
        candidate = self.model.now.candidate(self.which.value)
        is_whole = has_parts(self.model.now.candidates, candidate.key)
        self.level.layout.display = "" if is_whole else "none"
        self.level.value = candidate.ranked
        rows: list[w.Widget] = []
        for part in candidate.industries:
            if part.own != PRIVATE or len(candidate.industries) > 1:
                who = listing(OWN_CODES[o].lower() for o in part.own)
                rows.append(text(who.capitalize(), "muted"))
            rows += [self._code(code, part, True) for code in part.naics]
            rows += [self._code(code, part, False) for code in part.exclude]
        self.listed.children = rows
        self.breaks.value = html.text_html(self._break(), "muted")
        self.beginnings = self.model.beginnings()
        self.in_none.options = [(one.label, n) for n, one in enumerate(self.beginnings)]
        self.share.value = html.text_html(self.model.in_none, "muted")

    def _code(self, code: str, part: CandidatePart, is_in: bool) -> w.HBox:
        said = hit_of(code).label
        if is_in:
            act = button("✕", f"Take out {said}", lambda: self._drop(code), "30px")
        else:
            said = f"without {said}"
            act = button("↩", f"Take back in {said}", lambda: self._back(code, part.own), "30px")
        return w.HBox([act, text(said, "line" if is_in else "line muted")], layout=ROW)

    def _break(self) -> str:
        breaks = self.model.breaks(self.which.value)
        if not breaks:
            return ""
        more = f" And {len(breaks) - 1} more." if len(breaks) > 1 else ""
        return f"Growth is not compared: {breaks[0]}{more}"


class Footprint:
    """The counties of the region's states, to be ticked on or off."""

    def __init__(self, live: LiveBench) -> None:
        self.live, self.model = live, live.model
        self.find = w.Text(
            description="Find", placeholder="a county's name", layout=WIDE,
            style={"description_width": "60px"},
        )  # fmt: skip
        self.boxes: dict[str, w.Checkbox] = {}
        self.listed = w.VBox(layout=w.Layout(max_height="400px", overflow="auto", display="block"))
        live.on(self.find, self.show)
        undo = button("Undo", "Draw the footprint as it is saved", self._undo)
        self.root = w.VBox([self.find, self.listed, undo])

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
        with self.live.asked():
            self.model.set_county(code, self.boxes[code].value)
        self.live.refresh()

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


class Saving:
    """What differs from the files, and buttons that write it into them."""

    def __init__(self, live: LiveBench) -> None:
        self.live, self.model = live, live.model
        self.name = w.Text(
            description="Name", placeholder="as it is, or that of a new region", layout=WIDE,
            style={"description_width": "60px"},
        )  # fmt: skip
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
