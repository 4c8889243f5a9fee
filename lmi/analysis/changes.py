"""What changed between years: growth and shift-share of sums, each with its interval."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np
import pandas as pd

from lmi.analysis.evaluate import Amounts, evaluate
from lmi.analysis.level_measures import SUFFIX, is_drawn
from lmi.analysis.measured import CHANGE_CONFIDENTIAL, Ends, Evaluated
from lmi.analysis.places import REGION
from lmi.analysis.sums import EMPLVL, Sums
from lmi.analysis.year_sums import Year
from lmi.measures.arithmetic import FloatArray, IntArray
from lmi.measures.growth import growth
from lmi.measures.lookup import joined, positions
from lmi.measures.shift_share import ShiftShare, dynamic_shift_share

__all__ = ["EFFECTS", "TableName", "add_growth", "compare_years", "growth_between", "shift_shares"]

EFFECTS = ShiftShare._fields
TableName = Literal["totals", "industries", "candidates", "counties"]


def add_growth(rows: pd.DataFrame, grown: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Add the growth over one span of years to the measures of its last year.

    Parameters
    ----------
    rows : DataFrame
        By ``region`` and `keys`.
    grown : DataFrame
        By ``region`` and `keys`, one span; missing growth where there is a break.

    Returns
    -------
    DataFrame
        `rows` with ``base_year``, ``emplvl0``, ``emplvl_chg``, ``emplvl_pct_chg``,
        ``emplvl_cagr`` and their ends, ``growth_basis``, ``is_break`` and
        ``is_change_confidential``.
    """
    columns = [c for c in grown.columns if str(c).startswith("emplvl") and c != "emplvl1"]
    keep = grown.rename(columns={"year0": "base_year"})
    about = ["growth_basis", "is_break", CHANGE_CONFIDENTIAL]
    keep = keep[["region", *keys, "base_year", *columns, *about]]
    found = joined(rows, keep, ["region", *keys])
    return found.assign(
        **{flag: found[flag].fillna(False).astype(bool) for flag in about[1:]},
        growth_basis=found["growth_basis"].fillna(""),
    )


def growth_between(
    first: Sums, second: Sums, keys: Sequence[str], span: tuple[int, int], keep: bool = False
) -> tuple[pd.DataFrame, Evaluated]:
    """Compare the sums of regions in two years.

    Parameters
    ----------
    first, second : Sums
        By ``region`` and `keys`; draw j of the one goes with draw j of the other.
    keep : bool, optional
        Keep the draws of the measures.

    Returns
    -------
    DataFrame
        ``region``, `keys`, ``year0``, ``year1``, ``years``, ``emplvl0``, ``emplvl1`` and the
        measures of `lmi.measures.growth.growth` with their ends; one row for whatever stands in
        either year. ``is_change_confidential`` where jobs of either may not be told: its change in
        percent is a range that follows from what is published of them.
    """
    by = ["region", *keys]
    both = pd.concat([first.table[by], second.table[by]], ignore_index=True).drop_duplicates()
    found = both.sort_values(by, ignore_index=True)
    years = span[1] - span[0]
    at0, at1 = (positions(found, sums.table, by) for sums in (first, second))

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        return growth(amounts(first, EMPLVL, at0[rows]), amounts(second, EMPLVL, at1[rows]), years)

    uncertain = is_drawn(first, at0) | is_drawn(second, at1)
    measured = evaluate(formula, len(found), uncertain, keep)
    told0, told1 = first.told(at0), second.told(at1)
    if (told := told0 | told1).any():
        ends = _growth_ends(first.published_jobs(at0), second.published_jobs(at1), years)
        measured = measured.withheld(told, ends)
    table = found.assign(
        year0=span[0], year1=span[1], years=years,
        emplvl0=np.where(told0, np.nan, first.estimates(EMPLVL, at0)[:, 0]),
        emplvl1=np.where(told1, np.nan, second.estimates(EMPLVL, at1)[:, 0]),
        is_change_confidential=told,
    )  # fmt: skip
    return measured.add_to(table), measured


def _growth_ends(first: Ends, second: Ends, years: int) -> dict[str, Ends]:
    """Return the least and the most growth between two ranges of jobs."""
    (low0, high0), (low1, high1) = first, second
    least, most = growth(high0, low1, years), growth(low0, high1, years)
    return {name: (least[name], most[name]) for name in least}


def compare_years(
    years: Mapping[int, Year],
    table: TableName,
    pairs: Sequence[tuple[int, int]],
    keys: Sequence[str],
    breaks: pd.DataFrame,
) -> pd.DataFrame:
    """Return growth of a table over pairs of years; missing where a pair crosses a break.

    Parameters
    ----------
    table : {"totals", "industries", "candidates", "counties"}
    breaks : DataFrame
        ``year0``, ``year1`` and the keys of what is not comparable between them.

    Returns
    -------
    DataFrame
        ``region``, `keys`, ``year0``, ``year1``, ``years``, levels, change, rate and their ends,
        ``growth_basis``, ``is_break``.
    """
    wanted = sorted({y for pair in pairs for y in pair})
    sums: dict[int, Sums] = {y: getattr(years[y], table).of(REGION) for y in wanted}
    parts = [growth_between(sums[y0], sums[y1], keys, (y0, y1))[0] for y0, y1 in pairs]
    grown = pd.concat(parts, ignore_index=True)
    on = [c for c in ("region", *keys, "year0", "year1") if c in breaks.columns]
    is_break = positions(grown, breaks[on].drop_duplicates(), on) >= 0
    measured = [c for c in grown.columns if str(c).startswith("emplvl")]
    grown.loc[is_break, measured] = np.nan
    basis = {y: years[y].basis for y in wanted}
    return grown.assign(is_break=is_break, growth_basis=grown["year0"].map(basis))


def shift_shares(
    years: Mapping[int, Year], span: Sequence[int], breaks: pd.DataFrame
) -> pd.DataFrame:
    """Split each candidate's change against nation and states.

    Parameters
    ----------
    span : sequence of int
        First and last year, and those between for the dynamic form.
    breaks : DataFrame
        ``region``, ``candidate``, ``year0``, ``year1`` of what is not comparable.

    Returns
    -------
    DataFrame
        ``region``, ``candidate``, ``method`` (``dunn``, ``dynamic``), ``reference`` (``nation``,
        ``state``), ``year0``, ``year1``, and ``national_growth``, ``industry_mix`` and
        ``competitive_share`` (jobs) with their ends.
    """
    keys = ["region", "candidate"]
    parts = []
    for method, steps in (("dunn", [span[0], span[-1]]), ("dynamic", list(span))):
        for reference in SUFFIX:
            found = _effects([years[y] for y in steps], reference)
            parts.append(found.assign(method=method, reference=reference))
    table = pd.concat(parts, ignore_index=True).assign(year0=span[0], year1=span[-1])
    measured = [f"{name}{end}" for name in EFFECTS for end in ("", "_lo", "_hi")]
    broken = pd.MultiIndex.from_frame(breaks[[*keys, "year0", "year1"]])
    is_break = pd.MultiIndex.from_frame(table[[*keys, "year0", "year1"]]).isin(broken)
    table.loc[is_break, measured] = np.nan
    return table[[*keys, "method", "reference", "year0", "year1", *measured, CHANGE_CONFIDENTIAL]]


def _effects(steps: Sequence[Year], reference: str) -> pd.DataFrame:
    """Split the change over some years against one reference."""
    keys = ["region", "candidate"]
    own = [year.candidates.of(REGION) for year in steps]
    tables = pd.concat([sums.table[keys] for sums in own], ignore_index=True)
    found = tables.drop_duplicates().sort_values(keys, ignore_index=True)
    there = [year.candidates.of(reference) for year in steps]
    whole = [year.totals.of(reference) for year in steps]
    at = [[positions(found, sums.table, keys) for sums in group] for group in (own, there, whole)]

    def formula(amounts: Amounts, rows: IntArray) -> dict[str, FloatArray]:
        stacks = [
            np.stack(
                np.broadcast_arrays(
                    *(amounts(s, EMPLVL, a[rows]) for s, a in zip(group, where, strict=True))
                )
            )
            for group, where in zip((own, there, whole), at, strict=True)
        ]
        return dynamic_shift_share(*stacks)._asdict()

    groups = zip([*own, *there, *whole], [a for where in at for a in where], strict=True)
    uncertain = np.logical_or.reduce([is_drawn(sums, a) for sums, a in groups])
    told = np.logical_or.reduce(
        [sums.told(a) for sums, a in zip([*own, *there], [*at[0], *at[1]], strict=True)]
    )
    measured = evaluate(formula, len(found), uncertain)
    measured = measured.withheld(told, dict.fromkeys(measured.value))
    return measured.add_to(found).assign(**{CHANGE_CONFIDENTIAL: told})
