"""Which comparisons of years a revision of codes or counties forbids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from lmi import codes, naics
from lmi.config import Candidate, Region, StateConfig, candidate_breaks

__all__ = [
    "area_breaks",
    "candidate_break_table",
    "industry_break_table",
    "on_regions",
    "sentences",
]

Pairs = Sequence[tuple[int, int]]


def _reasons(region: Region, year0: int, year1: int) -> list[str]:
    return codes.area_break_reasons(region.counties, year0, year1)


def area_breaks(state: StateConfig, pairs: Pairs) -> pd.DataFrame:
    """Return the regions whose ground is not the same in two years.

    Returns
    -------
    pandas.DataFrame
        ``region``, ``year0``, ``year1``, ``reason``.
    """
    rows = [
        (region.key, y0, y1, reason)
        for region in state.regions
        for y0, y1 in pairs
        for reason in _reasons(region, y0, y1)
    ]
    return pd.DataFrame(rows, columns=["region", "year0", "year1", "reason"])


def candidate_break_table(candidates: Iterable[Candidate], pairs: Pairs) -> pd.DataFrame:
    """Return the candidates whose definition a NAICS revision opens.

    Returns
    -------
    pandas.DataFrame
        ``candidate``, ``year0``, ``year1``, ``reason``.
    """
    rows = [
        (candidate.key, y0, y1, reason)
        for candidate in candidates
        for y0, y1 in pairs
        for reason in candidate_breaks(candidate, y0, y1)
    ]
    return pd.DataFrame(rows, columns=["candidate", "year0", "year1", "reason"])


def industry_break_table(industry_codes: Iterable[str], pairs: Pairs) -> pd.DataFrame:
    """Return the industries that are not the same in two years.

    Returns
    -------
    pandas.DataFrame
        ``industry_code``, ``year0``, ``year1``.
    """
    crossing = [p for p in pairs if naics.naics_year(p[0]) != naics.naics_year(p[1])]
    rows = [
        (code, y0, y1)
        for code in sorted(set(industry_codes))
        for y0, y1 in crossing
        if not naics.is_closed([code], y0, y1)
    ]
    return pd.DataFrame(rows, columns=["industry_code", "year0", "year1"])


def on_regions(
    definitions: pd.DataFrame,
    areas: pd.DataFrame,
    *,
    key: str,
    values: Iterable[str],
    regions: Iterable[str],
) -> pd.DataFrame:
    """Join the breaks of definitions, in every region, with those of a region's ground.

    Parameters
    ----------
    definitions : DataFrame
        `key`, ``year0``, ``year1``.
    areas : DataFrame
        ``region``, ``year0``, ``year1``.
    key : str
        What is defined: ``candidate`` or ``industry_code``.
    values : iterable of str
        All values of `key`.
    regions : iterable of str
        All regions.

    Returns
    -------
    DataFrame
        ``region``, `key`, ``year0``, ``year1``.

    Examples
    --------
    >>> import pandas as pd
    >>> none = pd.DataFrame(columns=["candidate", "year0", "year1"])
    >>> moved = pd.DataFrame({"region": ["east"], "year0": [2016], "year1": [2023]})
    >>> on_regions(none, moved, key="candidate", values=["it"], regions=["east", "west"])
      region candidate  year0  year1
    0   east        it   2016   2023
    """
    span = ["year0", "year1"]
    everywhere = pd.DataFrame({"region": list(regions)}).merge(
        definitions[[key, *span]].drop_duplicates(), how="cross"
    )
    everything = (
        areas[["region", *span]]
        .drop_duplicates()
        .merge(pd.DataFrame({key: list(values)}), how="cross")
    )
    found = [t for t in (everywhere, everything) if not t.empty]
    columns = ["region", key, *span]
    return pd.concat(found, ignore_index=True)[columns] if found else everywhere[columns]


def sentences(table: pd.DataFrame, names: dict[str, str], span: tuple[int, int]) -> list[str]:
    """Word the breaks between two years, one sentence a definition.

    Examples
    --------
    >>> import pandas as pd
    >>> table = pd.DataFrame({"candidate": ["it"], "year0": [2016], "year1": [2023],
    ...                       "reason": ["Code 519130 left."]})
    >>> sentences(table, {"it": "Technology"}, (2016, 2023))
    ['Technology is not compared between 2016 and 2023: Code 519130 left.']
    """
    here = table[(table["year0"] == span[0]) & (table["year1"] == span[1])]
    found = []
    for key, rows in here.groupby("candidate", sort=True):
        more = f" (and {len(rows) - 1} more)" if len(rows) > 1 else ""
        found.append(
            f"{names[str(key)]} is not compared between {span[0]} and {span[1]}: "
            f"{rows['reason'].iloc[0]}{more}"
        )
    return found
