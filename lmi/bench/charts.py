"""The profile's bubble chart, of definitions as they are now."""

from __future__ import annotations

import base64
from dataclasses import replace

from lmi.bench.model import Bench
from lmi.report import Figure
from lmi.report.figures.bubble import bubble_figure
from lmi.report.markup import escape
from lmi.report.profile import with_growth

__all__ = ["bubbles", "picture_html"]


def bubbles(bench: Bench) -> Figure:
    """Draw growth against concentration, with jobs as the size of each bubble."""
    found = bench.assessment()
    ordered = with_growth(found.candidates).sort_values(
        ["annual_avg_emplvl", "candidate"], ascending=[False, True], ignore_index=True
    )
    return bubble_figure(replace(found, candidates=ordered))


def picture_html(figure: Figure, width: int = 560) -> str:
    """Write a figure as an image with its description."""
    data = base64.b64encode(figure.png).decode("ascii")
    return (
        f'<div class="lmi-bench"><img src="data:image/png;base64,{data}" width="{width}" '
        f'style="max-width:100%" alt="{escape(figure.alt)}"></div>'
    )
