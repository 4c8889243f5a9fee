"""The analyst's bench: definitions, footprint, weights and benchmarks changed while one looks.

`open_bench` is the one call in the notebook. `model` holds what is being decided and knows no
widgets, `tables` and `html` write it down, `live` and the panels put it on the page with
widgets.
"""

from __future__ import annotations

from lmi.bench.model import Bench
from lmi.bench.page import Page, open_bench

__all__ = ["Bench", "Page", "open_bench"]
