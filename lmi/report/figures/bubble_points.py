"""What the bubble chart can draw: which candidates, and how far its axes reach."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.assessment.region import Assessment
from lmi.words import records
from lmi.words.how_sure import is_too_open

__all__ = ["BubblePoints", "bubble_points"]

EXTREMES = (0.2, 8.0)


@dataclass(frozen=True)
class BubblePoints:
    """What the bubble chart draws, and what it leaves out.

    Parameters
    ----------
    table : DataFrame
        Candidates that have jobs, growth and a quotient, the largest first.
    left_out : tuple of str
        Names of the others.
    within : tuple of str
        Names of the parts, or the wholes, of which the other level is drawn.
    limits : tuple of float, percent
        Ends of the growth axis; a bubble beyond them is drawn at the edge.
    band : tuple of float
        Lowest and highest quotient drawn; one beyond them is drawn at the end of the band.
    """

    table: pd.DataFrame
    left_out: tuple[str, ...]
    within: tuple[str, ...]
    limits: tuple[float, float]
    band: tuple[float, float]


def bubble_points(found: Assessment) -> BubblePoints:
    """Choose what can be drawn, of wholes and parts one level alone."""
    table = found.counted
    known = table["emplvl_pct_chg"].notna() & (table["lq"] > 0) & (table["annual_avg_emplvl"] > 0)
    drawable = known & ~np.array([is_too_open(row) for row in records(table)], dtype=bool)
    shown = table[drawable].reset_index(drop=True)
    left_out = tuple(table.loc[~drawable, "candidate_name"])
    change = shown["emplvl_pct_chg"].to_numpy(float)
    band = _band(shown["lq"].to_numpy(float))
    other = found.present.loc[~found.present["counted"], "candidate_name"]
    return BubblePoints(shown, left_out, tuple(other), _limits(change), band)


def _limits(change: np.ndarray) -> tuple[float, float]:
    """Ends of the growth axis that one runaway value cannot stretch for all the others."""
    if not len(change):
        return -10.0, 10.0
    cap = max(3.0 * float(np.quantile(np.abs(change), 0.75)), 5.0)
    inside = change[np.abs(change) <= cap]
    low, high = min(inside.min(initial=0.0), 0.0), max(inside.max(initial=0.0), 0.0)
    low, high = min(low, -0.34 * high), max(high, -0.34 * low)  # both sides have room for words
    room = 0.16 * max(high - low, 4.0)
    return low - room, high + room


def _band(quotients: np.ndarray) -> tuple[float, float]:
    """Quotients that the chart tells apart; far below or above them the height says no more."""
    inside = quotients.clip(*EXTREMES)
    return min(inside.min(initial=0.5), 0.5), max(inside.max(initial=2.0), 2.0)
