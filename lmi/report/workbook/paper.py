"""A sheet on paper: one page wide, in type that can be read, its heads on every page."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING

import pandas as pd

from lmi.report.workbook.flags import FLAGS, named_columns

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

__all__ = ["MARGINS", "PRINTED", "breadth", "printed_columns", "set_on_paper", "wanted_first"]

PRINTED, RIM = 224, 0.72  # signs across a landscape page of type of 7 points; a column's rim
UPRIGHT = 170  # signs across an upright page of the same type, which holds more rows
MARGINS = {"left": 0.3, "right": 0.3, "top": 0.5, "bottom": 0.6}  # inches
KEYS = ("region", "candidate")  # beside which stands a name, which is what is read on paper
WANTED = (
    FLAGS, "own_code", "year", "qtr", "year0", "year1", "emplvl0", "emplvl1",
    "rank", "set_aside",
    "annual_avg_emplvl", "annual_avg_emplvl_lo", "annual_avg_emplvl_hi", "emplvl_share",
    "avg_annual_pay", "emplvl_pct_chg", "lq", "rank_lo", "rank_hi",
    "emplvl_pct_chg_lo", "emplvl_pct_chg_hi", "lq_lo", "lq_hi",
    "seasonal_index", "emplvl_swing_pct",
)  # fmt: skip
"""What is printed of a sheet wider than a page, after its names, as far as there is room."""


def wanted_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Put the columns that are most asked for beside the names of the rows, keys before them."""
    columns = list(frame.columns)
    names = sorted(columns[: named_columns(frame)], key=lambda name: name not in KEYS)
    wanted = (column for column in WANTED if column in frame)
    return frame[list(dict.fromkeys([*names, *wanted, *columns]))]


def printed_columns(columns: Sequence[str], widths: Sequence[int], is_whole: bool = False) -> range:
    """Say which columns are printed: all, or from the first name on as many as a page has room for.

    Parameters
    ----------
    is_whole : bool, optional
        Whether from the first name on all are, on several pages abreast.

    Examples
    --------
    >>> from lmi.report.workbook.paper import printed_columns
    >>> printed_columns(["candidate", "lq"], [20, 9])
    range(0, 2)
    >>> printed_columns(["candidate", "candidate_name", "lq", "why"], [20, 30, 9, 200])
    range(1, 3)
    """
    if breadth(widths) <= PRINTED:
        return range(len(columns))
    first = last = next(at for at, name in enumerate(columns) if name not in KEYS)
    if is_whole:
        return range(first, len(columns))
    while last + 1 < len(columns) and breadth(widths[first : last + 2]) <= PRINTED:
        last += 1
    if columns[last].endswith("_lo"):  # a range is printed whole or not at all
        last -= 1
    return range(first, last + 1)


def breadth(widths: Sequence[int]) -> float:
    """Add up the widths of columns with their rims, in signs."""
    return sum(widths) + RIM * len(widths)


def set_on_paper(
    page: Worksheet, heads: int, last: int, columns: range, width: float, names: int = 0
) -> None:
    """Print rows and columns under their heads, on as many pages abreast as the width takes.

    Parameters
    ----------
    last : int
        The last row.
    width : float
        Of these columns, in signs.
    names : int, optional
        How many columns name the rows, which stand on the second page abreast as well.
    """
    page.print_area(0, columns.start, last, columns.stop - 1)
    page.repeat_rows(0, heads - 1)
    if width > UPRIGHT:
        page.set_landscape()
    page.set_margins(**MARGINS)
    abreast = ceil(width / PRINTED)
    if abreast > 1:
        page.repeat_columns(columns.start, names - 1)
    page.fit_to_pages(abreast, 0)
