"""What share of each candidate's jobs public employers have."""

from __future__ import annotations

import numpy as np

from lmi.analysis.evaluate import Amounts, evaluate
from lmi.analysis.level_measures import is_drawn
from lmi.analysis.measured import KEYS, Evaluated
from lmi.analysis.sums import EMPLVL, IntArray, Sums
from lmi.measures.arithmetic import FloatArray
from lmi.measures.employment import employment_share
from lmi.measures.lookup import positions

__all__ = ["public_share"]


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
        return {
            "emplvl_public_share": np.minimum(
                employment_share(jobs, amounts(candidates, EMPLVL, rows)), 1.0
            )
        }

    n = len(candidates.table)
    found = evaluate(formula, n, is_drawn(candidates, np.arange(n)), keep=True)
    rows = np.arange(n)
    told = (candidates.told(rows) & (at >= 0)) | public.told(at)
    low, high = public.published_jobs(at)
    least, most = candidates.published_jobs(rows)
    ends = employment_share(low, most), np.fmin(employment_share(high, least), 1.0)
    return found.withheld(told, {"emplvl_public_share": ends})
