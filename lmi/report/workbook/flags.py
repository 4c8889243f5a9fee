"""Why a number is blank, in a column of flags."""

from __future__ import annotations

import pandas as pd

__all__ = ["FLAGS", "NOT_PUBLISHED", "UNCERTAIN_COLUMNS", "flagged", "named_columns"]

FLAGS = "flag"
"""The column that says why numbers are blank."""
UNCERTAIN_COLUMNS = "uncertain"
"""The last column, which says what numbers are blank as too uncertain."""
VAGUE = "_is_vague"
NOT_PUBLISHED, FEW, BREAK, UNCERTAIN = "N", "F", "D", "U"


def flagged(frame: pd.DataFrame) -> pd.DataFrame:
    """Leave numbers out that are too uncertain, and say in a column of flags what is blank why."""
    vague = [c.removesuffix(VAGUE) for c in map(str, frame) if c.endswith(VAGUE)]
    told = frame.drop(columns=[f"{c}{VAGUE}" for c in vague])
    reasons = pd.Series("", index=frame.index)
    for column, reason in (
        ("is_confidential", FEW), ("is_change_confidential", FEW), ("is_break", BREAK),
    ):  # fmt: skip
        if column in told:
            is_so = told[column].fillna(False).astype(bool)
            new = is_so & ~reasons.str.contains(reason)
            reasons = reasons.where(~new, reasons + f"{reason} ")
    uncertain = pd.Series("", index=frame.index)
    for column in vague:
        is_vague = frame[f"{column}{VAGUE}"].fillna(False).astype(bool)
        if column in told:
            told[column] = told[column].where(~is_vague)
            uncertain = uncertain.where(~is_vague, uncertain + f"{column}, ")
    reasons = reasons.where(uncertain == "", reasons + UNCERTAIN)
    told = told.drop(columns=["is_confidential", "is_change_confidential"], errors="ignore")
    if vague or reasons.any():
        told.insert(named_columns(told), FLAGS, reasons.str.strip())
    if vague:
        told[UNCERTAIN_COLUMNS] = uncertain.str.removesuffix(", ")
    return told


def named_columns(frame: pd.DataFrame) -> int:
    """Return how many columns name a row, which stay in sight: up to the name of a sector."""
    named = (
        n
        for n in ("candidate_name", "industry_title", "name", "key", "region_name", "what")
        if n in frame
    )
    return next((list(frame.columns).index(n) + 1 for n in named), 0)
