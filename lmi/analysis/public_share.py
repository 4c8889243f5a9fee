"""What share of each candidate's jobs public employers have."""

from __future__ import annotations

import numpy as np

from lmi.analysis.evaluate import Amounts, evaluate
from lmi.analysis.level_measures import is_drawn
from lmi.analysis.measured import KEYS, Evaluated
from lmi.analysis.sums import EMPLVL, WIDTH, Sums
from lmi.measures.arithmetic import FloatArray, IntArray
from lmi.measures.employment import employment_share
from lmi.measures.lookup import positions

__all__ = ["public_share"]

SHARE = "emplvl_public_share"
MOST = 0.75  # of a candidate's jobs


def public_share(candidates: Sums, public: Sums) -> Evaluated:
    """Divide the jobs of public employers by all jobs of each candidate, and keep the draws.

    Parameters
    ----------
    candidates, public : Sums
        By region and candidate; of one that is not among `public`, no employer is.
    """
    at = positions(candidates.table, public.table, KEYS)

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        jobs = np.where(at[rows, None] < 0, 0.0, amounts(public, EMPLVL, at[rows]))
        # Both are held to what is published, each by itself: a part is never more than its whole.
        share = employment_share(jobs, amounts(candidates, EMPLVL, rows))
        return {SHARE: np.minimum(share, 1.0)}

    rows = np.arange(len(candidates.table))
    found = evaluate(formula, len(rows), is_drawn(candidates, rows), keep=True)
    told = (candidates.told(rows) & (at >= 0)) | public.told(at)
    return found.withheld(told, {SHARE: _ends(found, candidates, public, rows, at)})


def _ends(
    found: Evaluated, candidates: Sums, public: Sums, rows: IntArray, at: IntArray
) -> tuple[FloatArray, FloatArray]:
    """Return what may be said of shares that would tell jobs: that they are most, or a range.

    "Three quarters or more" is no narrower than what is said of the jobs themselves, unless the
    public employers are so few that a quarter of all is less than their own range must be wide.
    """
    low, high = public.published_jobs(at)
    least, most = candidates.published_jobs(rows)
    lo, hi = employment_share(low, most), np.fmin(employment_share(high, least), 1.0)
    width = np.append(public.table[WIDTH].to_numpy(dtype=np.float64), 0.0)[at]
    tells = (1 - MOST) * least < np.nan_to_num(width)
    are_most = (found.lo[SHARE] >= MOST) & ~tells
    return np.where(are_most, MOST, lo), np.where(are_most, 1.0, hi)
