"""What the panels are made of: lines of text, buttons and their layouts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as w

from lmi.bench import html

__all__ = ["ROW", "WIDE", "button", "entry", "text"]

WIDE = w.Layout(width="100%", min_width="0", margin="1px 0")
ROW = w.Layout(width="100%", align_items="center", margin="0")


def text(said: str, kind: str = "") -> w.HTML:
    """Make a line of text, of one of the style sheet's kinds."""
    return w.HTML(html.text_html(said, kind), layout=WIDE)


def entry(kind: type[w.ValueWidget], label: str, width: str = "60px", **more: Any) -> Any:
    """Make what is entered or chosen, with its label before it."""
    style = {"description_width": width}
    return kind(**{"description": label, "style": style, "layout": WIDE, **more})


def button(label: str, tip: str, act: Callable[[], None], width: str = "auto") -> w.Button:
    """Make a button that does something."""
    made = w.Button(description=label, tooltip=tip, layout=w.Layout(width=width, min_width="0"))
    made.on_click(lambda _: act())
    return made
