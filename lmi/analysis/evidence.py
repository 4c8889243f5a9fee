"""Measures of every region × candidate and region × industry, against nation and states."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from lmi.analysis.cells import ALL, Year
from lmi.analysis.places import NATION, REGION, STATE
from lmi.measures.diversity import diversity_table
from lmi.measures.employment import add_employment_share
from lmi.measures.establishments import add_jobs_per_establishment
from lmi.measures.growth import growth_table
from lmi.measures.lq import add_location_quotient
from lmi.measures.pay import add_pay, add_pay_ratio
from lmi.measures.shift_share import shift_share_table

__all__ = [
    "SUFFIX",
    "add_growth",
    "compare_years",
    "diversity",
    "levels",
    "of_place",
    "shift_shares",
]

EMPLVL = "annual_avg_emplvl"
# No suffix against the nation, as the agency's own quotients; `_state` against the states.
SUFFIX: Mapping[str, str] = {NATION: "", STATE: "_state"}


def of_place(table: pd.DataFrame, place: str) -> pd.DataFrame:
    """Return a table's rows of one place, without the column.

    Examples
    --------
    >>> import pandas as pd
    >>> of_place(pd.DataFrame({"place": ["region", "nation"], "x": [1, 2]}), "nation")["x"].tolist()
    [2]
    """
    return table[table["place"] == place].drop(columns="place").reset_index(drop=True)


def levels(
    table: pd.DataFrame, totals: pd.DataFrame, thresholds: pd.DataFrame, keys: Sequence[str]
) -> pd.DataFrame:
    """Add shares, pay and quotients to the sums of a year.

    Parameters
    ----------
    table : DataFrame
        Sums by ``place``, ``region`` and `keys`.
    totals : DataFrame
        Sums by ``place`` and ``region``.
    thresholds : DataFrame
        ``region`` and ``threshold_annual_wage`` (USD per year), the pay that sustains a household.
    keys : sequence of str
        What a row is of, beside its region.

    Returns
    -------
    DataFrame
        One row a region and key.
    """
    all_keys = ["region", *keys]
    rows, total = of_place(table, REGION), of_place(add_pay(totals), REGION)
    rows = add_jobs_per_establishment(add_pay(rows))
    rows = add_employment_share(rows, total, keys=all_keys)
    rows = add_pay_ratio(rows, total, keys=all_keys)
    rows = add_pay_ratio(
        rows,
        thresholds,
        keys=all_keys,
        reference_pay="threshold_annual_wage",
        out="pay_to_threshold_ratio",
    )
    for place, suffix in SUFFIX.items():
        rows = add_location_quotient(
            rows, total, of_place(table, place), of_place(totals, place), keys=all_keys,
            suffix=suffix,
        )  # fmt: skip
    return rows.drop(columns=[c for c in rows.columns if str(c).endswith("_base")])


def add_growth(rows: pd.DataFrame, growth: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Add the growth over one span of years to the measures of its last year.

    Parameters
    ----------
    rows : DataFrame
        By ``region`` and `keys`.
    growth : DataFrame
        By ``region`` and `keys`, one span; missing growth where there is a break.
    keys : sequence of str

    Returns
    -------
    DataFrame
        `rows` with ``base_year``, ``emplvl_chg``, ``emplvl_pct_chg``, ``emplvl_cagr``,
        ``growth_basis`` and ``is_break``.
    """
    columns = [c for c in growth.columns if str(c).startswith("emplvl_")]
    keep = growth.rename(columns={"year0": "base_year"})
    keep = keep[["region", *keys, "base_year", *columns, "growth_basis", "is_break"]]
    joined = rows.merge(keep, on=["region", *keys], how="left", validate="1:1")
    return joined.assign(
        is_break=joined["is_break"].fillna(False).astype(bool),
        growth_basis=joined["growth_basis"].fillna(""),
    )


def compare_years(
    years: Mapping[int, Year],
    table: str,
    pairs: Sequence[tuple[int, int]],
    keys: Sequence[str],
    breaks: pd.DataFrame,
) -> pd.DataFrame:
    """Return growth of a table over pairs of years; missing where a pair crosses a break.

    Parameters
    ----------
    years : mapping of int to Year
    table : {"totals", "industries", "candidates"}
    pairs : sequence of (int, int)
    keys : sequence of str
    breaks : DataFrame
        ``year0``, ``year1`` and the keys of what is not comparable between them.

    Returns
    -------
    DataFrame
        ``region``, `keys`, ``year0``, ``year1``, ``years``, levels, change, rate,
        ``growth_basis``, ``is_break``.
    """
    wanted = sorted({y for pair in pairs for y in pair})
    sums = [of_place(getattr(years[y], table), REGION).assign(year=y) for y in wanted]
    everything = pd.concat(sums, ignore_index=True) if sums else pd.DataFrame()
    growth = growth_table(everything, ["region", *keys], pairs)
    on = [c for c in ("region", *keys, "year0", "year1") if c in breaks.columns]
    marked = growth.merge(breaks[on].drop_duplicates().assign(is_break=True), on=on, how="left")
    is_break = marked["is_break"].fillna(False).astype(bool)
    measured = [c for c in growth.columns if str(c).startswith("emplvl_")]
    marked.loc[is_break, measured] = np.nan
    basis = {y: years[y].basis for y in wanted}
    return marked.assign(is_break=is_break, growth_basis=marked["year0"].map(basis))


def shift_shares(
    years: Mapping[int, Year],
    span: Sequence[int],
    breaks: pd.DataFrame,
) -> pd.DataFrame:
    """Split each candidate's change against nation and states.

    Parameters
    ----------
    years : mapping of int to Year
    span : sequence of int
        First and last year, and those between for the dynamic form.
    breaks : DataFrame
        ``region``, ``candidate``, ``year0``, ``year1`` of what is not comparable.

    Returns
    -------
    DataFrame
        ``region``, ``candidate``, ``method`` (``dunn``, ``dynamic``), ``reference`` (``nation``,
        ``state``), ``year0``, ``year1``, ``national_growth``, ``industry_mix``,
        ``competitive_share`` (jobs).
    """
    keys = ["region", "candidate"]
    effects = ["national_growth", "industry_mix", "competitive_share"]
    sums = pd.concat([years[y].candidates.assign(year=y) for y in span], ignore_index=True)
    totals = pd.concat([years[y].totals.assign(year=y) for y in span], ignore_index=True)
    parts = []
    for method, steps in (("dunn", [span[0], span[-1]]), ("dynamic", list(span))):
        for reference in SUFFIX:
            found = shift_share_table(
                of_place(sums, REGION), of_place(sums, reference), of_place(totals, reference),
                keys=keys, years=steps,
            )  # fmt: skip
            parts.append(found.assign(method=method, reference=reference))
    table = pd.concat(parts, ignore_index=True)
    broken = pd.MultiIndex.from_frame(breaks[[*keys, "year0", "year1"]])
    is_break = pd.MultiIndex.from_frame(table[[*keys, "year0", "year1"]]).isin(broken)
    table.loc[is_break, effects] = np.nan
    return table[[*keys, "method", "reference", "year0", "year1", *effects]]


def diversity(industries: pd.DataFrame, levels_of: Mapping[str, str]) -> pd.DataFrame:
    """Measure each region's diversity over sectors of all ownerships.

    Parameters
    ----------
    industries : DataFrame
        Sums by ``place``, ``region``, ``own_code``, ``industry_code``.
    levels_of : mapping of str to str
        Industry code to its level.

    Returns
    -------
    DataFrame
        ``region``, ``hhi``, ``hachman`` and ``hachman_state``.
    """
    is_sector = industries["industry_code"].map(levels_of) == "sector"
    sectors = industries[is_sector & (industries["own_code"] == ALL)]
    rows = of_place(sectors, REGION)
    result = rows[["region"]].drop_duplicates()
    for place, suffix in SUFFIX.items():
        reference = of_place(sectors, place)
        compared = rows[rows["region"].isin(reference["region"])]
        if compared.empty:
            result[f"hachman{suffix}"] = float("nan")
            continue
        table = diversity_table(compared, reference)
        named = table[["region", "hachman"]].rename(columns={"hachman": f"hachman{suffix}"})
        result = result.merge(named, on="region", how="left", validate="1:1")
    alone = diversity_table(rows, rows)[["region", "hhi"]]
    return result.merge(alone, on="region", validate="1:1")
