"""Jobs and pay of the region year by year, pay as it was paid and in the prices of one year."""

from __future__ import annotations

import pandas as pd

from lmi import words
from lmi.report.display import PageColumn, PageTable
from lmi.report.figures.pay_lines import REAL_PAY, PayLines
from lmi.words.how_sure import JOBS, PAY
from lmi.words.intervals import cell, rough, rough_money

__all__ = ["years_table"]

ESTIMATED = "emplvl_estimated_share"


def years_table(trend: pd.DataFrame, lines: PayLines, source: str) -> PageTable:
    """List the region's years; the file holds its candidates, its state and the nation too."""
    shown = lines.rows[lines.rows[f"{PAY}_hi"].notna()].reset_index()
    columns = [
        PageColumn("Year", lambda row: str(int(row["year"])), numeric=False),
        PageColumn("Jobs", lambda row: cell(row, JOBS, words.whole, ESTIMATED, rough)),
        PageColumn("Pay as paid", lambda row: cell(row, PAY, words.money, ESTIMATED, rough_money)),
    ]
    if lines.price_year is not None:
        columns.append(
            PageColumn(
                f"In prices of {lines.price_year}",
                lambda row: cell(row, REAL_PAY, words.money, ESTIMATED, rough_money),
            )
        )
    return PageTable("years", trend, "Jobs and average pay by year", source, columns, layout=shown)
