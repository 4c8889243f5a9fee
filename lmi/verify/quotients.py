"""Recompute the agency's location quotients."""

from __future__ import annotations

import numpy as np
import pandas as pd

from lmi.codes import nation_of, parse_area
from lmi.measures.arithmetic import BoolArray, FloatArray, floats, ratio, round_half_up
from lmi.measures.quoted_share import HALF_A_HUNDREDTH, quoted_share
from lmi.missing import Missing
from lmi.naics import TOTAL
from lmi.verify.pay import MONTHS, weekly_wage
from lmi.verify.tally import CheckResult, Frequency, Tally, missing, reference_rows

__all__ = ["check_quotients", "check_quotients_between_areas", "nation_rows", "quotient_columns"]

PAY = ("avg_wkly_wage", "annual_avg_wkly_wage", "avg_annual_pay")
CELL = ["own_code", "industry_code", "year", "qtr"]
PLACE = ["area_fips", "year", "qtr"]
REBUILT = (
    "The nation's row is rebuilt, not printed by the agency; its pay is a quotient of two "
    "uncertain numbers and is off by less than 0.2 %."
)
# What a rebuilt nation's pay may be off beyond its stated error before it is no excuse any more.
PAY_EXCUSE = 0.002


def quotient_columns(rows: pd.DataFrame) -> list[str]:
    """List the measures that have their location quotient beside them."""
    return [c for c in rows.columns if f"lq_{c}" in rows.columns and c != "disclosure_code"]


def nation_rows(rows: pd.DataFrame) -> BoolArray:
    """Tell the nation's rows."""
    nations = [a for a in rows["area_fips"].unique() if parse_area(a).kind == "nation"]
    return rows["area_fips"].isin(nations).to_numpy(dtype=bool)


def check_quotients(rows: pd.DataFrame, error: FloatArray, period: Frequency) -> CheckResult:
    """Check every quotient against the nation's rows of the same period.

    Parameters
    ----------
    rows : DataFrame
        Areas and nation.
    error : ndarray, shape (n,)
        Relative error of the rows' numbers, 0 for agency files.

    Notes
    -----
    (x / X) / (x_US / X_US), where X is the area's and X_US the nation's total over all
    ownerships and industries. Quotients of pay take pay as printed, rounded.
    """
    name, text = f"location quotient, {period}", "(x / X) / (x_US / X_US), to two decimals"
    columns, nation = quotient_columns(rows), nation_rows(rows)
    areas = rows[~nation & ~reference_rows(rows)]
    absent = _absent(areas, rows[nation])
    if not columns or not nation.any() or len(absent) == len(_periods(areas)):
        remedy = "ingest the national file of the same period"
        why = (
            f"the nation is not there for {', '.join(absent)}" if absent else "no area is beside it"
        )
        return missing(name, text, Missing("national rows to compare with", why, remedy))
    nation_low, nation_high = (
        _reference(rows[nation], columns, error[nation] * sign) for sign in (-1, 1)
    )
    areas = areas.assign(nation=areas["area_fips"].map(_nations(areas["area_fips"])))
    total = _match(areas, _totals(rows), PLACE, PLACE, columns)
    found = [*columns, "rebuilt"]
    low = _match(areas, nation_low, ["nation", *CELL], ["area_fips", *CELL], found)
    high = _match(areas, nation_high, ["nation", *CELL], ["area_fips", *CELL], columns)
    top = ["nation", "year", "qtr"]
    low_total = _match(areas, _totals(nation_low), top, PLACE, columns)
    high_total = _match(areas, _totals(nation_high), top, PLACE, columns)
    rebuilt = np.asarray(low["rebuilt"] == 1)
    tally = Tally(name, text, areas)
    tally.notes = [f"The nation is not there for {', '.join(absent)}."] if absent else []
    for column in columns:
        x, printed = floats(areas[column], areas[f"lq_{column}"])
        share = ratio(x, total[column])
        least = ratio(share, ratio(high[column], low_total[column]))
        most = ratio(share, ratio(low[column], high_total[column]))
        # nothing in the area and nothing in the nation is printed as 0
        both_zero = (x == 0) & (high[column] == 0)
        least, most = np.where(both_zero, 0.0, least), np.where(both_zero, 0.0, most)
        ours = np.clip(printed, least, most)
        near = np.abs(printed - ours) <= HALF_A_HUNDREDTH + PAY_EXCUSE * ours
        excused = near & rebuilt & (column in PAY)
        tally.add(f"lq_{column}", printed, ours, HALF_A_HUNDREDTH, excused, REBUILT)
    return tally.result()


def _periods(rows: pd.DataFrame) -> list[str]:
    """Years, or years with quarters, in order."""
    pairs = rows[["year", "qtr"]].drop_duplicates().sort_values(["year", "qtr"])
    return [
        f"{year}" if qtr == "A" else f"{year} Q{qtr}"
        for year, qtr in zip(pairs["year"], pairs["qtr"], strict=True)
    ]


def _absent(areas: pd.DataFrame, nation: pd.DataFrame) -> list[str]:
    """Periods of the areas for which the nation is not there."""
    there = set(_periods(nation))
    return [period for period in _periods(areas) if period not in there]


def _nations(areas: pd.Series) -> dict[str, str]:
    return {area: nation_of(area) for area in areas.unique()}


def _totals(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[(rows["own_code"] == "0") & (rows["industry_code"] == TOTAL)]


def _reference(nation: pd.DataFrame, columns: list[str], error: FloatArray) -> pd.DataFrame:
    """The nation's numbers, moved by their error; pay from moved wages and jobs, then rounded."""
    moved = nation[["area_fips", *CELL]].assign(rebuilt=(error != 0).astype(float))
    for column in columns:
        (value,) = floats(nation[column])
        if column == "avg_wkly_wage":
            wages, *months = floats(*(nation[c] for c in ("total_qtrly_wages", *MONTHS)))
            exact = weekly_wage(wages, *months) * (1 + 2 * error)
            moved[column] = np.where(error == 0, value, round_half_up(exact))
        elif column in PAY:
            moved[column] = value * (1 + 2 * error) + 0.5 * np.sign(error)
        else:
            moved[column] = value * (1 + error)
    return moved


def _match(
    areas: pd.DataFrame,
    other: pd.DataFrame,
    on: list[str],
    other_on: list[str],
    columns: list[str],
) -> pd.DataFrame:
    """For every row of `areas`, the row of `other` with the same key."""
    right = other[[*other_on, *columns]].set_axis([*on, *columns], axis=1)
    return areas[on].merge(right, on=on, how="left", validate="m:1")[columns]


def check_quotients_between_areas(rows: pd.DataFrame, period: Frequency) -> CheckResult:
    """Check quotients of areas against each other where the nation is not there.

    Notes
    -----
    x_US / X_US = (x / X) / quotient, so every area's printed quotient bounds the nation's share
    of an industry. Areas agree if one share fits them all. Where none does, the rows that the
    best-fitting share leaves out disagree.
    """
    name = f"location quotient, areas, {period}"
    text = "one national share fits the quotients of all areas"
    columns, nation = quotient_columns(rows), nation_rows(rows)
    seen = pd.MultiIndex.from_frame(rows.loc[nation, ["year", "qtr"]])
    alone = ~pd.MultiIndex.from_frame(rows[["year", "qtr"]]).isin(seen)
    areas = rows[alone]
    if not columns or areas["area_fips"].nunique() < 2:
        why = "every period has its nation, or one area alone"
        gap = Missing("areas to compare", why, "ingest further areas of the period")
        return missing(name, text, gap)
    total = _match(areas, _totals(areas), PLACE, PLACE, columns)
    cell = areas.groupby(CELL, sort=False).ngroup().to_numpy()
    tally = Tally(name, text, areas)
    for column in columns:
        x, printed = floats(areas[column], areas[f"lq_{column}"])
        share = ratio(x, total[column].to_numpy())
        used = np.flatnonzero(np.isfinite(share) & np.isfinite(printed) & (share > 0))
        used = used[_in_company(cell[used])]
        ours = np.full(len(areas), np.nan)
        ours[used] = _fit(share[used], printed[used], cell[used])
        tally.add(f"lq_{column}", printed, ours, HALF_A_HUNDREDTH)
    return tally.result()


def _in_company(group: np.ndarray) -> BoolArray:
    """Tell the members of groups with two members or more."""
    _, inverse, counts = np.unique(group, return_inverse=True, return_counts=True)
    return counts[inverse] > 1


def _fit(share: FloatArray, printed: FloatArray, group: np.ndarray) -> FloatArray:
    """Quotients by the national share that fits most areas of each group."""
    low, high = quoted_share(share, 1.0, printed)
    bounds = pd.DataFrame({"group": group, "low": low, "high": high}).groupby("group")
    best_low = bounds["low"].transform("max").to_numpy()
    best_high = bounds["high"].transform("min").to_numpy()
    national = np.where(np.isinf(best_high), 1.5 * best_low, (best_low + best_high) / 2)
    for number in np.unique(group[best_low > best_high]):
        at = np.flatnonzero(group == number)
        fits = (low[at][:, None] >= low[at]) & (low[at][:, None] <= high[at])
        count = fits.sum(axis=1)
        # two areas that differ accuse each other: no share is better than the other
        national[at] = low[at][count.argmax()] if count.max() > 1 else np.median(low[at])
    return share / national
