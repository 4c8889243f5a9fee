"""The ways to fill that are compared, all called alike."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from lmi.suppression.estimate import estimate
from lmi.suppression.evaluation import baselines
from lmi.suppression.other_periods import History

__all__ = ["BASELINES", "Estimator", "workbench"]

# (rows, measure, estabs, history) → key, estimate, and lo and hi where there is an interval
Estimator = Callable[[pd.DataFrame, str, str, History | None], pd.DataFrame]


def workbench(
    rows: pd.DataFrame, measure: str, estabs: str, history: History | None = None
) -> pd.DataFrame:
    """Estimate as the workbench does, `lmi.suppression.estimate`."""
    return estimate(rows, measure, estabs, history=history or None).cells


def _without_history(fill: Callable[[pd.DataFrame, str, str], pd.DataFrame]) -> Estimator:
    return lambda rows, measure, estabs, history: fill(rows, measure, estabs)


BASELINES: dict[str, Estimator] = {
    "zero-fill": _without_history(baselines.zero_fill),
    "equal split": _without_history(baselines.equal_split),
    "establishment share": _without_history(baselines.establishment_share),
    "top-down raking": _without_history(baselines.top_down_raking),
}
