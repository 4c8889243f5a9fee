"""Average pay over the years in the region: as it was paid, and in the prices of one year."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from lmi import words
from lmi.assessment.region import Assessment
from lmi.report import style
from lmi.report.display import Figure
from lmi.report.figures.trend import FEWEST_YEARS, mark_empty, missing_years
from lmi.words import records
from lmi.words.how_sure import PAY, has_range

__all__ = ["REAL_PAY", "PayLines", "pay_figure", "pay_lines"]

REAL_PAY = "real_avg_annual_pay"


class PayLines(NamedTuple):
    """All-industry pay of a place over the years.

    Attributes
    ----------
    rows : DataFrame, index year
        ``avg_annual_pay`` and ``real_avg_annual_pay`` with their ends; missing in years that
        the store lacks.
    price_year : int or None
        Year in whose prices real pay is; None where prices are known of no year.
    """

    rows: pd.DataFrame
    price_year: int | None

    @property
    def without_prices(self) -> list[int]:
        """Years whose pay is known and whose prices are not."""
        bare = self.rows[f"{PAY}_hi"].notna() & self.rows[f"{REAL_PAY}_hi"].isna()
        return [int(year) for year in self.rows.index[bare]]


def pay_lines(trend: pd.DataFrame) -> PayLines | None:
    """Give all-industry pay by year; None where fewer than three years are known.

    Parameters
    ----------
    trend : DataFrame
        As a profile's `trend` has it.
    """
    rows = trend[(trend["key"] == "total") & (trend["place"] == "region")].set_index("year")
    rows = rows[rows[f"{PAY}_hi"].notna()].sort_index()
    if len(rows) < FEWEST_YEARS:
        return None
    every = pd.RangeIndex(rows.index[0], rows.index[-1] + 1, name="year")
    year = rows["price_year"].iloc[-1]
    return PayLines(rows.reindex(every), int(year) if words.is_known(year) else None)


def pay_figure(found: Assessment, lines: PayLines) -> Figure:
    """Draw pay over the years, as it was paid and in the prices of one year."""
    years = lines.rows.index
    margins = style.Margins(left=0.68, right=0.2, top=0.42, bottom=0.55)
    with style.drawing():
        fig, ax = style.canvas(
            1.45, margins, title="Average pay per job, all industries",
            footer=style.footer(found), legend_rows=1,
        )  # fmt: skip
        if lines.price_year is not None:
            _line(ax, lines.rows, REAL_PAY, style.BLUE, f"In prices of {lines.price_year}")
        _line(ax, lines.rows, PAY, style.MUTED, "As paid")
        mark_empty(ax, missing_years(lines.rows[f"{PAY}_hi"]))
        ax.set_xlim(int(years[0]), int(years[-1]))
        ax.locator_params(axis="x", nbins=6, integer=True)
        ax.locator_params(axis="y", nbins=5)
        ax.yaxis.set_major_formatter(lambda value, _position: f"${words.whole(value)}")
        ax.grid(axis="y")
        ax.tick_params(length=0)
        ax.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2, borderaxespad=0.2)
    return Figure("pay", fig, _alt(lines))


def _line(ax: Axes, rows: pd.DataFrame, name: str, colour: str, label: str) -> None:
    """Draw a line through the middles, and a band where pay is estimated."""
    middle = (rows[f"{name}_lo"] + rows[f"{name}_hi"]) / 2
    is_real = name == REAL_PAY
    ax.plot(
        rows.index, rows[name].fillna(middle), color=colour, label=label, clip_on=False,
        linewidth=2.6 if is_real else 1.6, linestyle="-" if is_real else (0, (4, 1.5)),
        marker="o", markersize=3.8 if is_real else 2.8,
    )  # fmt: skip
    if any(has_range(row, name) for row in records(rows)):
        low, high = (rows[f"{name}_{end}"] for end in ("lo", "hi"))
        ax.fill_between(rows.index, low, high, color=colour, alpha=0.16, linewidth=0)


def _alt(lines: PayLines) -> str:
    ends = [
        f"{label}: {words.money(known.iloc[0])} in {known.index[0]}, "
        f"{words.money(known.iloc[-1])} in {known.index[-1]}."
        for name, label in ((PAY, "As paid"), (REAL_PAY, f"In prices of {lines.price_year}"))
        if len(known := lines.rows[name].dropna())
    ]
    missing = missing_years(lines.rows[f"{PAY}_hi"])
    gap = f" No data, and no line, in {words.years_listed(missing)}." if missing else ""
    return f"Line chart of average pay per job in all industries. {' '.join(ends)}{gap}"
