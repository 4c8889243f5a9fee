"""The profile's bubble chart, of definitions as they are now."""

from __future__ import annotations

import base64
from dataclasses import MISSING, fields
from typing import Any

import pandas as pd

from lmi.bench.model import Bench
from lmi.missing import Missing
from lmi.report import Figure, Profile
from lmi.report.figures.bubble import bubble_figure
from lmi.report.markup import escape

__all__ = ["bubbles", "picture_html"]

NO_MAP = Missing("map of this region", "the bench draws none", "open the region's profile")


def bubbles(bench: Bench) -> Figure:
    """Draw growth against concentration, with jobs as the size of each bubble.

    Parameters
    ----------
    bench : Bench
    """
    settings, none = bench.settings, pd.DataFrame()
    table = bench.table()
    for column in ("emplvl_pct_chg", "emplvl_chg"):
        if column not in table:
            table = table.assign(**{column: float("nan")})
    meta = {
        "state_name": bench.state.name,
        "year": settings.years.year,
        "base_year": settings.years.first,
        "illustrative": bench.state.illustrative,
    }
    ordered = table.sort_values(
        ["annual_avg_emplvl", "candidate"], ascending=[False, True], ignore_index=True
    )
    given: dict[str, Any] = {
        "state": bench.state, "region": bench.region, "total": {}, "candidates": ordered,
        "meta": meta, "counties": NO_MAP,
    }  # fmt: skip
    # the chart reads the candidates alone, so the profile's other tables stay empty
    asked = (f for f in fields(Profile) if f.default is MISSING and f.default_factory is MISSING)
    return bubble_figure(Profile(**{f.name: given.get(f.name, none) for f in asked}))


def picture_html(figure: Figure, width: int = 560) -> str:
    """Write a figure as an image with its description."""
    data = base64.b64encode(figure.png).decode("ascii")
    return (
        f'<div class="lmi-bench"><img src="data:image/png;base64,{data}" width="{width}" '
        f'style="max-width:100%" alt="{escape(figure.alt)}"></div>'
    )
