"""The panel of a sector: what it is made of, which level is ranked, what is in none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import ipywidgets as w

from lmi.assessment.uncovered import Beginning
from lmi.bench import html
from lmi.bench.controls import ROW, WIDE, button, entry, text
from lmi.codes import OWN_CODES
from lmi.config import CandidatePart
from lmi.config.edit import PRIVATE, key_of
from lmi.config.nesting import LEVELS, has_parts
from lmi.config.search import find_industries, hit_of
from lmi.errors import ConfigError
from lmi.words import listing

if TYPE_CHECKING:
    from lmi.bench.live import LiveBench

__all__ = ["Sectors"]

SCROLL = w.Layout(max_height="300px", overflow="auto", width="100%", display="block")
BREAKABLE = " \u200b"  # the page shows a space of a list as one that does not break


class Sectors:
    """A working definition: its industries, and others found by their titles."""

    def __init__(self, live: LiveBench) -> None:
        self.live, self.model = live, live.model
        self.which = entry(w.Dropdown, "Sector")
        levels = [(said, level) for level, said in LEVELS.items()]
        # A layout of its own: this one is hidden, and WIDE is everybody's.
        own = w.Layout(width="100%", min_width="0", margin="1px 0")
        self.level = entry(w.Dropdown, "Ranked", layout=own, options=levels)
        self.listed = w.VBox(layout=SCROLL)
        self.breaks, self.more = text(""), text("")
        self.find = entry(w.Text, "Find", placeholder="words of a title, or a code")
        self.found = w.Select(rows=6, layout=WIDE, description="", tooltip="Industries found")
        owners = [("Private", PRIVATE), ("Public", ("1", "2", "3")), ("All", tuple(OWN_CODES))]
        self.own = entry(w.Dropdown, "Employers", "70px", options=owners)
        self.name = entry(w.Text, "New", placeholder="name of a new sector")
        self.beginnings: list[Beginning] = []
        tip = "The largest industries that are in no sector"
        self.in_none = entry(w.Dropdown, "In none", tooltip=tip)
        self.share = text("", "muted")
        live.on(self.which, self._picked)
        live.on(self.level, self._leveled)
        live.on(self.find, self._search)
        act = [
            button("Add", "Add the industry to the sector", self._add),
            button("Leave out", "Take the industry out of the sector", self._leave_out),
            button("As saved", "Define the sector as its file does", self._undo),
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
        with self.live.changing():
            self.model.rank_level(self.which.value, self.level.value)

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
        with self.live.changing():
            self.model.add_code(self.which.value, self._chosen(), self.own.value)

    def _leave_out(self) -> None:
        with self.live.changing():
            self.model.drop_code(self.which.value, self._chosen())

    def _drop(self, code: str) -> None:
        with self.live.changing():
            self.model.drop_code(self.which.value, code)

    def _back(self, code: str, own: tuple[str, ...]) -> None:
        with self.live.changing():
            self.model.add_code(self.which.value, code, own)

    def _undo(self) -> None:
        with self.live.changing():
            self.model.undo_candidate(self.which.value)

    def _begin(self) -> None:
        with self.live.changing():
            if not key_of(self.name.value):
                raise ConfigError("A new sector needs a name; write one beside New.")
            self._begun(self.name.value, {"naics": (self._chosen(),)})
            self.name.value = ""

    def _make(self) -> None:
        with self.live.changing():
            if self.in_none.value is None:
                raise ConfigError("Every industry is in a sector already.")
            chosen = self.beginnings[self.in_none.value]
            self._begun(chosen.name, *chosen.parts)

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
        labels = [(one.label, n) for n, one in enumerate(self.beginnings)]
        if self.in_none.options != tuple(labels):
            self.in_none.options = labels
            self.in_none.value = 0 if labels else None
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
