"""How concentrated candidates were in the year that growth is measured from."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.analysis.level_measures import SUFFIX, levels
from lmi.analysis.measured import CONFIDENTIAL, KEYS
from lmi.analysis.span import Span
from lmi.measures.certainty import add_flags
from lmi.measures.lookup import joined, positions

__all__ = ["add_base_quotients"]

QUOTIENTS = [f"lq{suffix}{end}" for suffix in SUFFIX.values() for end in ("", "_lo", "_hi")]
VAGUE = ("lq_base_is_vague", "lq_state_base_is_vague")


def add_base_quotients(
    span: Span, candidates: pd.DataFrame, thresholds: pd.DataFrame
) -> pd.DataFrame:
    """Add the location quotients of the base year to a table of candidates.

    Parameters
    ----------
    candidates : DataFrame
        By ``region`` and ``candidate``.
    thresholds : DataFrame
        As `lmi.analysis.thresholds.region_thresholds` gives them.

    Returns
    -------
    DataFrame
        With ``lq_base`` and ``lq_state_base`` and their intervals: ranges alone where the jobs of
        that year may not be told; missing where those of today may not, without a base year, where
        the region or the candidate was another, or where the nation's or the state's jobs of that
        year are not known.
    """
    named = {name: name.replace("lq_state", "lq_state_base", 1) if "state" in name
             else name.replace("lq", "lq_base", 1) for name in QUOTIENTS}  # fmt: skip
    if span.base is None:
        return candidates.assign(**dict.fromkeys(named.values(), np.nan))
    year = span.years[span.base]
    keys = ["candidate"]
    rows, _ = levels(year.candidates, year.totals, thresholds, keys, span.quoted_in(year))
    table = rows[[*KEYS, *QUOTIENTS]].rename(columns=named)
    broken = span.broken_candidates()
    cut = broken.loc[broken["year0"] == span.base, KEYS].drop_duplicates()
    table.loc[positions(table, cut, KEYS) >= 0, list(named.values())] = np.nan
    found = joined(candidates, add_flags(table), KEYS)
    # beside a range of today's jobs the number of the past would tell more than the range does
    hidden = found[CONFIDENTIAL].eq(True)
    flags = {flag: found[flag] & ~hidden for flag in VAGUE}
    return found.assign(**{name: found[name].mask(hidden) for name in named.values()}, **flags)
