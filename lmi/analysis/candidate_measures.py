"""Every measure of the candidates of a state's regions, with its interval and its draws."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.analysis import changes
from lmi.analysis.expected import Outlook
from lmi.analysis.level_measures import SUFFIX, levels
from lmi.analysis.measured import CHANGE_CONFIDENTIAL, KEYS, CandidateMeasures
from lmi.analysis.outlook import GROWTH
from lmi.analysis.places import REGION
from lmi.analysis.public_share import public_share
from lmi.analysis.span import Span
from lmi.analysis.uncovered import measure_uncovered
from lmi.config.nesting import not_ranked, wholes
from lmi.measures.arithmetic import FloatArray
from lmi.measures.certainty import add_flags, suffixed
from lmi.measures.lookup import joined, look_up, positions
from lmi.naics import naics_year
from lmi.schema.measures import LATEST, STANDS_IN

__all__ = ["candidate_shift_shares", "measure_candidates", "measure_now"]

CHANGE = "emplvl_pct_chg"
OVER_REGION = "_over_region"
CHANGE_ENDS = [CHANGE, f"{CHANGE}_lo", f"{CHANGE}_hi"]
EFFECT_ENDS = [f"{effect}{end}" for effect in changes.EFFECTS for end in ("", "_lo", "_hi")]


def candidate_shift_shares(span: Span) -> pd.DataFrame:
    """Split the candidates' change, as `lmi.analysis.changes.shift_shares`; empty without one."""
    if span.base is None:
        names = [*KEYS, "method", "reference", "year0", "year1", *EFFECT_ENDS, CHANGE_CONFIDENTIAL]
        return pd.DataFrame(columns=names)
    steps = [y for y in sorted(span.years) if span.base <= y <= span.year]
    return changes.shift_shares(span.years, steps, span.broken_candidates())


def measure_now(span: Span, thresholds: pd.DataFrame) -> CandidateMeasures:
    """Measure what no base year changes: levels, and the change over the latest years.

    Parameters
    ----------
    thresholds : DataFrame
        As `lmi.analysis.thresholds.region_thresholds` gives them; its wage, and whether it is a
        stand-in, stand in every row.
    """
    rows, measured = levels(
        span.now.candidates, span.now.totals, thresholds, ["candidate"], span.quoted_candidates,
        keep=True,
    )  # fmt: skip
    year = span.now
    assert year.public is not None and year.uncovered is not None, "no levels were asked for"
    public = public_share(year.candidates.of(REGION), year.public)
    rows, draws = public.add_to(rows), measured.draws | public.draws
    rows, draws = _with_latest(span, rows, draws)
    names = {c.key: c.name for c in span.candidates}
    rows.insert(2, "candidate_name", rows["candidate"].map(names))
    for column, found in (
        ("part_of", wholes(span.candidates)),
        ("not_ranked", not_ranked(span.candidates)),
    ):
        rows[column] = [found.get(key, "") for key in rows["candidate"]]
    line = thresholds[["region", "threshold_annual_wage", STANDS_IN]]
    rows = joined(rows, line, ["region"])
    rows[STANDS_IN] = rows[STANDS_IN].fillna(False).astype(bool)
    uncovered = measure_uncovered(
        year.uncovered, year.totals, thresholds, naics_year(year.year), year.quoted
    )
    return CandidateMeasures(rows, draws, uncovered)


def measure_candidates(
    span: Span,
    now: CandidateMeasures,
    shift_share: pd.DataFrame,
    outlook: Outlook,
) -> CandidateMeasures:
    """Measure every candidate in every region.

    Parameters
    ----------
    now : CandidateMeasures
        As `measure_now` gives them, whatever the base year.
    shift_share : DataFrame
        As `candidate_shift_shares` gives it.
    outlook : (DataFrame, Evaluated or None)
        As `lmi.analysis.expected.expected_growth` gives it.
    """
    rows, draws = now.table, dict(now.draws)
    growth = span.grown("candidates", ["candidate"], span.broken_candidates())
    if growth is not None and span.base is not None:
        rows = changes.add_growth(rows, growth, ["candidate"])
        rows["growth_years"] = span.year - span.base
        first = span.years[span.base].candidates.of(REGION)
        own, ends = span.now.candidates.of(REGION), (span.base, span.year)
        table, moved = changes.growth_between(first, own, ["candidate"], ends, keep=True)
        draws |= moved.draws_at(positions(rows, table, KEYS))
        rows, draws = _over_region(rows, draws, CHANGE, _region_change(span))
    rows = _with_effects(rows, shift_share)
    projections, projected = outlook
    flags = projections.select_dtypes("bool").columns
    rows = joined(rows, projections, KEYS)
    # in one block a type: each column was a block of its own
    rows = rows.assign(**{flag: rows[flag].eq(True) for flag in flags}).copy()
    if projected is not None:
        draws |= projected.draws_at(positions(rows, projections, KEYS))
        rows, draws = _over_region(rows, draws, GROWTH, rows.pop(f"{GROWTH}_region"))
    base = rows.pop("emplvl0") if "emplvl0" in rows else float("nan")
    return CandidateMeasures(add_flags(rows, base), draws, now.uncovered)


def _with_latest(
    span: Span, rows: pd.DataFrame, draws: dict[str, FloatArray]
) -> tuple[pd.DataFrame, dict[str, FloatArray]]:
    """Add the change over the latest years; missing where the span lacks a year, or at a break."""
    own, broken = span.now.candidates.of(REGION), span.broken_candidates()
    for years, name in LATEST.items():
        first, ended = span.year - years, [f"{name}{end}" for end in ("", "_lo", "_hi")]
        if first not in span.years:
            rows = rows.assign(**dict.fromkeys(ended, np.nan))
            continue
        earlier = span.years[first].candidates.of(REGION)
        ends = (first, span.year)
        table, moved = changes.growth_between(earlier, own, ["candidate"], ends, keep=True)
        cut = broken.loc[broken["year0"] == first, KEYS].drop_duplicates()
        table.loc[positions(table, cut, KEYS) >= 0, CHANGE_ENDS] = np.nan
        at = positions(rows, table, KEYS)
        rows[ended] = np.vstack([table[CHANGE_ENDS], np.full(len(ended), np.nan)])[at]
        draws = draws | {name: moved.draws_at(at)[CHANGE]}
    return rows, draws


def _with_effects(rows: pd.DataFrame, shift_share: pd.DataFrame) -> pd.DataFrame:
    dunn = shift_share[shift_share["method"] == "dunn"]
    for reference, suffix in SUFFIX.items():
        part = dunn.loc[dunn["reference"] == reference, [*KEYS, *EFFECT_ENDS]]
        named = part.rename(columns={c: suffixed(c, suffix) for c in EFFECT_ENDS})
        rows = joined(rows, named, KEYS)
    return rows


def _region_change(span: Span) -> pd.DataFrame:
    grown = span.grown("totals", [], span.area_breaks)
    assert grown is not None, "growth was asked for without a base year"
    return grown


def _over_region(
    rows: pd.DataFrame, draws: dict[str, FloatArray], name: str, of_region: pd.DataFrame | pd.Series
) -> tuple[pd.DataFrame, dict[str, FloatArray]]:
    """Add how far a change lies above that of all jobs in the region, in points."""
    if isinstance(of_region, pd.DataFrame):
        of_region = pd.Series(look_up(rows, of_region, name, KEYS))
    whole = of_region.to_numpy(dtype=float)
    added = {
        f"{name}{OVER_REGION}{end}": rows[f"{name}{end}"].to_numpy(dtype=float) - whole
        for end in ("", "_lo", "_hi")
    }
    over = {f"{name}{OVER_REGION}": draws[name] - whole[:, None]} if name in draws else {}
    return rows.assign(**added), draws | over
