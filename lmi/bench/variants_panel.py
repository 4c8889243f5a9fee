"""The panel of variants: held, gone to, let go, compared, taken along."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import ipywidgets as w

from lmi.bench import html
from lmi.bench.controls import ROW, WIDE, button, entry, text
from lmi.bench.variant import MOST_VARIANTS
from lmi.words import count, listing

if TYPE_CHECKING:
    from lmi.bench.live import LiveBench

__all__ = ["Variants"]

LETTERS = "ABC"


class Variants:
    """What is held to be compared, and the comparison."""

    def __init__(self, live: LiveBench) -> None:
        self.live, self.model = live, live.model
        narrow = w.Layout(width="220px", min_width="0")
        self.name = entry(w.Text, "Variant", layout=narrow)
        self.held, self.table = w.VBox(), w.HTML(layout=WIDE)
        self.export = button("Export", "Write the comparison as CSV and XLSX", self._export)
        act = [
            self.name,
            button("Hold", "Hold what is decided now under this name", self._hold),
            self.export,
        ]
        if live.page.begin_workshop is not None:
            tip = "Begin the session of a workshop with what is decided now"
            act.append(button("Open as workshop", tip, self._workshop))
        self.root = w.VBox([w.HBox(act, layout=ROW), self.held, self.table])

    def _hold(self) -> None:
        with self.live.changing():
            self.model.hold(self.name.value)

    def _go_to(self, name: str) -> None:
        with self.live.changing():
            self.model.go_to(name)

    def _let_go(self, name: str) -> None:
        with self.live.changing():
            self.model.let_go(name)

    def _export(self) -> None:
        with self.live.asked():
            paths = self.live.page.export()
            self.live.say(f"Written: {listing(map(str, paths))}.")

    def _workshop(self) -> None:
        begin = self.live.page.begin_workshop
        with self.live.asked():
            if begin is not None:
                self.live.say(begin(self.live.page))

    def show(self) -> None:
        """Show what is held; the comparison follows where it is seen."""
        free = next((letter for letter in LETTERS if letter not in self.model.variants), LETTERS[0])
        self.name.value, self.export.disabled = free, not self.model.variants
        self.held.children = [self._row(name) for name in self.model.variants] or [
            text(
                f"Hold up to {count(MOST_VARIANTS, 'variant')} of whatever is changed, to go back "
                "and forth and to compare them.", "muted",
            )
        ]  # fmt: skip

    def _row(self, name: str) -> w.HBox:
        acts = [
            button("Go to", f"Go to {name}", partial(self._go_to, name)),
            button("Let go", f"Let {name} go", partial(self._let_go, name)),
        ]
        for act in acts:
            act.layout.flex = "0 0 auto"
        return w.HBox([*acts, text(name, "line")], layout=ROW)

    def show_comparison(self) -> None:
        """Show what is held side by side."""
        held = bool(self.model.variants)
        self.table.value = html.comparison_html(self.live.page.compare()) if held else ""
