"""The bench on the page: controls at the left, what follows from them at the right.

Widgets hold no decisions. Each tells the model what was asked for, and then shows what the model
says; what cannot be is said in a sentence above, and the model stays as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

import ipywidgets as w
from traitlets import Bunch

from lmi.assessment.region import LiveAssessment
from lmi.bench import html
from lmi.bench.controls import ROW, button, entry
from lmi.bench.debounce import Debounced
from lmi.bench.decisions import REFERENCES
from lmi.bench.panels import Footprint, Saving, Weights
from lmi.bench.sector_panel import Sectors
from lmi.bench.tables import ABOUT_WORDS
from lmi.bench.variants_panel import Variants
from lmi.config.edit import JOBS_COUNTED
from lmi.errors import LmiError

if TYPE_CHECKING:
    from lmi.bench.page import Page

__all__ = ["LiveBench"]

# On a narrow page what follows stands below the controls, and takes all the room beside them else.
LEFT, RIGHT, GAP = "280px", "440px", "8px"
LOOK = "repeat(auto-fit, minmax(210px, 1fr))"
FOLLOW = 0.25  # seconds after the last movement
PICTURE, FOOTPRINT, VARIANTS = 1, 3, 4  # their places among the tabs below
WIDE = w.Layout(width="100%")


class LiveBench:
    """The widgets of one bench."""

    def __init__(self, page: Page) -> None:
        self.page, self.model = page, page.model
        self._quiet = False
        self.message = w.HTML(layout=w.Layout(flex="1 1 0", min_width="0"))
        self.ranking, self.changes, self.line = (w.HTML(layout=WIDE) for _ in range(3))
        self.undo = button("Undo", "Take the last change back", self._undo)
        self.as_saved = button(
            "All as saved", "Decide and compare as the files do; Undo leads back", self._as_saved
        )
        scrolls = w.Layout(width="100%", min_width="0", overflow="auto")
        self.chances, self.bubbles, self.contributions, self.market = (
            w.HTML(layout=scrolls) for _ in range(4)
        )
        self._drawn: LiveAssessment | None = None
        self._rest = Debounced(self._show_rest, FOLLOW)
        self._seen = Debounced(self._show_seen, FOLLOW)
        self.look = self._look()
        self.weights, self.sectors = Weights(self), Sectors(self)
        self.footprint, self.saving = Footprint(self), Saving(self)
        self.variants = Variants(self)
        self.below = w.Tab(
            [self.chances, self.bubbles, self.contributions, self.market, self.variants.root],
            titles=["How firm", "Bubble chart", "Points", "Footprint", "Variants"],
        )
        self.root = self._laid_out()
        self.refresh()

    def _look(self) -> dict[str, w.Dropdown]:
        """Make the choices of what is looked at."""
        settings, model = self.model.settings, self.model
        choices: dict[str, tuple[str, Sequence[object], str | int | None]] = {
            "region": ("Region", [(r.name, r.key) for r in model.state.regions], model.key),
            "year": ("Year", model.years[::-1], settings.years.year),
            "base": ("Growth from", self._bases(), settings.years.first),
            "reference": ("Against", _options(REFERENCES), settings.reference),
            "ownership": ("Jobs counted", _options(JOBS_COUNTED), settings.ownership),
            "about": ("Firm over", _options(ABOUT_WORDS), settings.about),
        }
        made = {}
        for name, (label, options, value) in choices.items():
            layout = w.Layout(width="auto", min_width="0")
            made[name] = entry(
                w.Dropdown, label, "90px", options=options, value=value, layout=layout
            )
            self.on(made[name], partial(self._looked, name))
        return made

    def _bases(self) -> list[int]:
        year, first = self.model.settings.years.year, self.model.settings.years.first
        return sorted({*(y for y in self.model.years if y < year), first}, reverse=True)

    def _laid_out(self) -> w.VBox:
        look = w.GridBox(
            list(self.look.values()),
            layout=w.Layout(grid_template_columns=LOOK, grid_gap=f"0 {GAP}"),
        )
        panels = (
            ("Weights", self.weights), ("Sectors", self.sectors),
            ("Counties", self.footprint), ("Save", self.saving),
        )  # fmt: skip
        left = w.Tab([panel.root for _, panel in panels], titles=[name for name, _ in panels])
        left.layout = w.Layout(width=LEFT, flex=f"1 1 {LEFT}", min_width="0")
        self.below.observe(lambda _: self._seen.ask(), "selected_index")
        right = w.VBox(
            [self.changes, self.ranking, self.below],
            layout=w.Layout(flex=f"999 1 {RIGHT}", min_width="0", grid_gap=GAP),
        )
        body = w.Box(
            [left, right], layout=w.Layout(width="100%", flex_flow="row wrap", grid_gap=GAP)
        )
        root = w.VBox(
            [
                w.HTML(html.style_html()), look,
                w.HBox([self.undo, self.as_saved, self.message], layout=ROW),
                body, self.line,
            ],
            layout=w.Layout(width="100%"),
        )  # fmt: skip
        root.add_class("lmi-desk")
        return root

    # -- what is asked for

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Do what was asked for, and say in a sentence why not where it cannot be done."""
        self.say("")
        try:
            yield
        except LmiError as error:
            self.say(str(error), is_error=True)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Do what was asked for, and show everything as it is then."""
        with self.asked():
            yield
        self.refresh()

    def say(self, text: str, is_error: bool = False) -> None:
        """Say something above the page; nothing is said of an empty text."""
        said = html.message_html(text, is_error)
        if self.message.value != said:
            self.message.value = said

    def on(self, widget: w.ValueWidget, act: Callable[[], None]) -> None:
        """Call `act` when a person changes a widget's value, and only then."""

        def changed(change: Bunch) -> None:
            if not self._quiet:
                act()

        widget.observe(changed, "value")

    @contextmanager
    def quietly(self) -> Iterator[None]:
        """Show values without their being taken for a person's."""
        before, self._quiet = self._quiet, True
        try:
            yield
        finally:
            self._quiet = before

    def _looked(self, name: str) -> None:
        value, model = self.look[name].value, self.model
        with self.changing():
            if name == "region":
                model.choose_region(value)
            elif name == "year":
                model.choose_years(value)
            elif name == "base":
                model.choose_years(model.settings.years.year, value)
            else:
                model.choose(**{name: value})

    def _undo(self) -> None:
        with self.changing():
            self.model.undo()

    def _as_saved(self) -> None:
        with self.changing():
            self.model.as_saved()

    # -- what is shown

    def refresh(self) -> None:
        """Show everything as the model has it."""
        with self.quietly():
            settings = self.model.settings
            self.look["region"].options = [(r.name, r.key) for r in self.model.state.regions]
            self.look["base"].options = self._bases()
            shown = {
                "region": self.model.key, "year": settings.years.year,
                "base": settings.years.first, "reference": settings.reference,
                "ownership": settings.ownership, "about": settings.about,
            }  # fmt: skip
            for name, value in shown.items():
                self.look[name].value = value
            panels = (self.weights, self.sectors, self.footprint, self.saving, self.variants)
            for panel in panels:
                panel.show()
        self.show_ranking()
        self._seen.ask()

    def show_ranking(self) -> None:
        """Show the ranking at once; what takes longer follows."""
        self.ranking.value = self.page.ranking_html()
        self.undo.disabled = not self.model.can_undo
        self.as_saved.disabled = self.model.is_as_saved
        self._rest.ask()

    def _show_rest(self) -> None:
        self.chances.value = self.page.robustness_html()
        self.contributions.value = self.page.contributions_html()
        self.changes.value = html.changes_html(self.model.changes(), self.model.unsaved)
        self.line.value = html.call_html(self.model.call())
        with self.quietly():
            self.saving.show()
        self.footprint.show_market()

    def _show_seen(self) -> None:
        """Show what takes long where it is seen, the bubbles where they are others than drawn."""
        if self.below.selected_index == FOOTPRINT:
            try:
                self.market.value = html.footprint_html(self.model.footprint())
            except LmiError as error:
                self.market.value = html.text_html(str(error))
        if self.below.selected_index == VARIANTS:
            self.variants.show_comparison()
        measured = self.model.measured()
        if self.below.selected_index == PICTURE and measured is not self._drawn:
            self.bubbles.value = html.picture_html(self.page.bubbles())
            self._drawn = measured


def _options(words: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(text[0].upper() + text[1:], key) for key, text in words.items()]
