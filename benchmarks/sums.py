"""Whether the interval of a sum holds the sum: regions × candidates of masked cells."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.schema.measures import COVERAGE
from lmi.suppression.cell_hierarchy import KEY, PERIOD
from lmi.suppression.draws import Draws

VALUE = "annual_avg_emplvl"


def judge_sums(
    truth: pd.DataFrame, cells: pd.DataFrame, draws: Draws, members: pd.DataFrame
) -> pd.DataFrame:
    """Set the sum of every group's masked cells beside its estimate and interval, in jobs.

    `members` says which cells make up which ``group``; those that are not masked are left out on
    both sides, because only of masked ones the truth is known.
    """
    keys = [c for c in (*KEY, *PERIOD) if c in cells and c in truth]
    known = truth[[*keys, "truth"]].merge(
        cells[[*keys, VALUE]].assign(row=np.arange(len(cells))), on=keys, validate="1:1"
    )
    joined = members[["group", *KEY]].drop_duplicates().merge(known, on=KEY)
    number, groups = pd.factorize(joined["group"], sort=True)
    n, tail = len(groups), (1 - COVERAGE) / 2
    guess = np.bincount(number, joined[VALUE], n)
    deviation = draws.sums(number, joined["row"].to_numpy(np.int64), n)
    lo, hi = np.quantile(deviation, [tail, 1 - tail], axis=1)
    return pd.DataFrame(
        {
            "group": groups,
            "truth": np.bincount(number, joined["truth"], n),
            "estimate": guess,
            "lo": np.maximum(guess + lo, 0.0),
            "hi": np.maximum(guess + hi, 0.0),
        }
    )


def score_sums(sums: pd.DataFrame) -> dict[str, float]:
    """Return the error and width over the sum of the truth, and how many intervals hold it."""
    total = sums["truth"].sum()
    slack = 1e-6 * (1 + sums["truth"])
    held = (sums["truth"] >= sums["lo"] - slack) & (sums["truth"] <= sums["hi"] + slack)
    return {
        "sums": float(len(sums)),
        "wape": (sums["estimate"] - sums["truth"]).abs().sum() / total,
        "coverage": held.mean(),
        "width": (sums["hi"] - sums["lo"]).sum() / total,
    }
