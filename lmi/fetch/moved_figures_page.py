"""The page that says what moved since the last fetch."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd

from lmi import codes, naics, templates, words
from lmi.assessment.basis import FOR_STAFF
from lmi.config import StateConfig
from lmi.fetch.moved_figures import Changes, Moved
from lmi.fetch.plan import period_name
from lmi.fetch.registry import ANNUAL
from lmi.report.html import TEMPLATES

__all__ = ["changes_page", "figure_name", "figure_value", "moved_by"]

HERE = Path(__file__).resolve().parent

_NAMES = {
    "annual_avg_emplvl": "Jobs",
    "annual_avg_estabs": "Places of business",
    "avg_annual_pay": "Average pay",
    "emplvl_pct_chg": "Change in jobs",
}


def figure_name(moved: Moved) -> str:
    """Name a figure as a table's heading does."""
    return _NAMES[moved.figure]


def figure_value(moved: Moved, value: float) -> str:
    """Write a figure; pay to the dollar, so that a small revision is seen."""
    if moved.figure == "emplvl_pct_chg":
        return words.signed_pct(value)
    sign = "$" if moved.figure == "avg_annual_pay" else ""
    return f"{sign}{words.whole(value)}"


def moved_by(moved: Moved) -> str:
    """Write by how much a figure moved; a percentage moves by points."""
    change = moved.after - moved.before
    if moved.figure == "emplvl_pct_chg":
        return f"{words.signed_pct(change).rstrip('%')} points"
    text = words.signed(change)
    if moved.figure == "avg_annual_pay":
        text = f"{text[0]}${text[1:]}"
    return f"{text} ({words.signed_pct(moved.pct)})"


def _what_became(cells: pd.DataFrame) -> str:
    """Say how many published cells are others than they were."""
    became = {
        "revised": "had another value",
        "disclosed": "had been withheld",
        "withheld": "can no longer be read",
        "added": "came",
        "gone": "went",
    }
    counts = {what: int(cells[what].sum()) for what in became}
    told = [f"{words.whole(n)} {became[what]}" for what, n in counts.items() if n]
    return f"Of the cells that the agency publishes, {words.listing(told)}." if told else ""


def changes_page(state: StateConfig, found: Changes, today: date) -> str:
    """Write the page.

    Returns
    -------
    str
        A whole HTML page, with nothing fetched from anywhere; every name in it is escaped.
    """
    environment = templates.environment(HERE / "templates", TEMPLATES / "profile")
    return environment.get_template("changes.html.j2").render(
        state=state,
        staff=FOR_STAFF if state.staff else "",
        found=found,
        today=today,
        figure_name=figure_name,
        figure_value=figure_value,
        moved_by=moved_by,
        what_became=_what_became(found.cells),
        cells=[_named(row) for row in words.records(found.cells)],
        largest=[_named(row) for row in words.records(found.largest)],
    )


def _named(row: words.Row) -> dict[str, object]:
    """Give a row of cells the names of its place, period and industry."""
    area, year, quarter = str(row["area_fips"]), int(str(row["year"])), str(row["qtr"])
    named = {
        "area": codes.area_title(area) or area,
        "period": period_name(year, ANNUAL if quarter == "A" else quarter),
    }
    if "industry_code" in row:
        code = str(row["industry_code"])
        title = naics.industry_title(code, naics.naics_year(year)) or "industry"
        owner = codes.OWNERSHIPS.get(str(row["own_code"]), "")
        named["industry"] = f"{code} {title}, {owner}" if owner else f"{code} {title}"
    return {**row, **named}
