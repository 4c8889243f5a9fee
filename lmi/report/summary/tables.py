"""The regions side by side: what there is in them, and how sure their numbers are."""

from __future__ import annotations

from typing import Any

import pandas as pd

from lmi import words
from lmi.assessment.adding_up import in_none
from lmi.assessment.context import Context
from lmi.report.display import PageColumn, PageTable, Stroke, words_column
from lmi.report.profile import with_growth
from lmi.report.summary.summary import Summary
from lmi.report.tables.bars import BEYOND_NOTE, bars_of
from lmi.schema.measures import MEASURES
from lmi.words import Row, is_known, records
from lmi.words.how_sure import JOBS, PAY, as_range
from lmi.words.intervals import FEW_NOTE, MARK_NOTE, cell, moved
from lmi.words.margins import share_text

__all__ = ["certainty_table", "counties_table", "regions_table"]

REGION, STATE = "region", "state"
RATE = "unemployment_rate"
CHANGE = "emplvl_pct_chg"


def regions_table(found: Summary) -> PageTable:
    """Set the regions beside what lies in none of them, the state and the nation."""
    frame = _with_unmeasured(found)
    settings = {region.key: found.setting(region) for region in found.state.regions}
    year = _year_of(settings, found.year)
    rates = {key: one.path(RATE).get(year) for key, one in settings.items()}
    rates[""] = next((_path(one, year) for one in settings.values()), None)
    stays = {key: one.commuting[0].stay_to_work for key, one in settings.items() if one.commuting}
    flows = sorted({one.commuting[0].years for one in settings.values() if one.commuting})
    state = next(iter(records(frame[frame["kind"] == STATE])), {})
    own = frame[frame["kind"] == REGION]
    strokes = [Stroke(float(state[PAY]))] if is_known(state.get(PAY)) else []

    def of_state(row: Row) -> str:
        both = is_known(row.get(JOBS)) and is_known(state.get(JOBS)) and row["kind"] != "nation"
        return words.share(row[JOBS] / state[JOBS]) if both else ""  # type: ignore[operator]

    def rate(row: Row) -> str:
        own = rates.get(_key(row)) if row["kind"] in (REGION, STATE) else None
        return words.pct(own) if is_known(own) else ""

    columns = [
        PageColumn("Region", lambda row: _name(found, row), numeric=False),
        PageColumn("Jobs", MEASURES[JOBS].cell, bar=_of_regions(bars_of(own, JOBS))),
        PageColumn("Share of the state's jobs", of_state),
        PageColumn("Places of business", lambda row: words.whole(row.get("annual_avg_estabs"))),
        PageColumn("Average pay", MEASURES[PAY].cell, bar=bars_of(frame, PAY, strokes=strokes)),
    ]
    if found.base_year is not None:
        change = bars_of(frame, CHANGE, strokes=[Stroke(0.0)])
        columns.append(PageColumn(f"Change in jobs {found.span}", moved, bar=change))
    if any(is_known(one) for one in rates.values()):
        columns.append(PageColumn(f"Unemployment {year}", rate))
    if stays:
        title = f"Residents who work in the region {words.listing(flows)}"
        columns.append(
            PageColumn(
                title, lambda row: share_text(stays[_key(row)]) if _key(row) in stays else ""
            )
        )
    line = " The line in a bar of pay is the state's." if strokes else ""
    return PageTable(
        "regions", frame, f"Regions of {found.state.name}, {found.year}", found.source, columns,
        (f"{MARK_NOTE} {BEYOND_NOTE}{line} Blank: not known of that place."
         f"{found.unmeasured_note}",),
    )  # fmt: skip


def _with_unmeasured(found: Summary) -> pd.DataFrame:
    """Return the rows of `Summary.beside` and, below the regions, those that have no numbers."""
    frame, at = found.beside, (found.beside["kind"] == REGION).sum()
    bare = [{"kind": REGION, "region": key, "region_name": found.state.region(key).name}
            for key in found.unmeasured]  # fmt: skip
    if not bare:
        return frame
    parts = [frame.iloc[:at], pd.DataFrame(bare), frame.iloc[at:]]
    return pd.concat(parts, ignore_index=True)[frame.columns]


def _of_regions(draw: Any) -> Any:
    """Draw bars for regions alone: beside the nation's theirs would all be nothing."""
    return lambda row: draw(row) if row["kind"] == REGION else ""


def _key(row: Row) -> str:
    return str(row["region"]) if row["kind"] == REGION else ""


def _name(found: Summary, row: Row) -> str:
    if row["kind"] == REGION:
        return f"{found.numbers[str(row['region'])]}. {row['region_name']}"
    return in_none(str(row["areas"])) if row["kind"] == "in no region" else str(row["region_name"])


def _year_of(settings: dict[str, Context], year: int) -> int:
    """The year of the rates: that of the jobs, else the newest that any region has."""
    years = {int(one) for setting in settings.values() for one in setting.path(RATE).index}
    return year if year in years or not years else max(years)


def _path(setting: Context, year: int) -> Any:
    return setting.path(RATE, STATE).get(year)


def certainty_table(found: Summary) -> PageTable:
    """Say region by region how much is withheld and estimated, and how firm the ranking is."""
    rows = []
    table = found.tables.candidates
    for row in records(found.tables.regions):
        ranked = [one for one in found.ranked(str(row["region"])) if is_known(one["rank"])]
        own = records(table[table["region"] == row["region"]])
        spans = [(one.get("rank_lo"), one.get("rank_hi")) for one in ranked]
        first = [one for one in ranked if one["rank"] == 1]
        rows.append(
            {
                "region": row["region"],
                "region_name": row["region_name"],
                "withheld_cells_share": row.get("withheld_cells_share"),
                "sector_emplvl_estimated_share": row.get("sector_emplvl_estimated_share"),
                "n_ranked": len(ranked),
                "n_held": sum(is_known(lo) and lo == hi for lo, hi in spans),
                "n_ranged": sum(as_range(one, JOBS) or as_range(one, "lq") for one in own),
                "first": "; ".join(_often(one) for one in first),
            }
        )

    def held(row: Row) -> str:
        return f"{words.whole(row['n_held'])} of {words.whole(row['n_ranked'])}"

    columns = [
        PageColumn("Region", lambda row: _name(found, {**row, "kind": REGION}), numeric=False),
        PageColumn("Cells withheld", lambda row: cell(row, "withheld_cells_share", words.share)),
        PageColumn(
            "Private jobs estimated, sector by sector",
            lambda row: words.share(row["sector_emplvl_estimated_share"]),
        ),
        PageColumn("Ranks that withheld numbers leave as they are", held),
        PageColumn("Sectors told as a range", lambda row: words.whole(row["n_ranged"])),
        words_column("First, and in how many weightings", "first"),
    ]
    return PageTable(
        "certainty_by_region", pd.DataFrame(rows), f"How sure the numbers are, {found.year}",
        found.source, columns,
        ("A cell is an industry of private employers in a county. Weightings: in draws of how much "
         "each criterion counts, numbers within their ranges, how often that sector comes first."
         f"{found.unmeasured_note}",),
        stack=True,
    )  # fmt: skip


def _often(row: Row) -> str:
    chance: Any = row.get("first_chance")
    return f"{row['candidate_name']}{f', {words.whole_share(chance)}' if is_known(chance) else ''}"


def counties_table(found: Summary) -> PageTable:
    """List what the maps of counties show: jobs, pay, change, and jobs of the sector that leads."""
    table = found.tables.counties
    first = next(iter(found.leading), "")
    led = {str(row["area_fips"]): row for row in records(table[table["key"] == first])}
    frame = with_growth(table[table["key"] == "total"]).reset_index(drop=True)
    frame.insert(1, "county", frame["area_fips"].map(found.county_names).fillna(frame["area_fips"]))

    def of_first(row: Row) -> str:
        own = led.get(str(row["area_fips"]))
        return MEASURES[JOBS].cell(own) if own else ""

    columns = [
        words_column("County", "county"),
        PageColumn("Region", lambda row: str(found.numbers[str(row["region"])])),
        PageColumn("Jobs", MEASURES[JOBS].cell),
        PageColumn("Average pay", MEASURES[PAY].cell),
    ]
    if found.base_year is not None:
        columns.append(PageColumn(f"Change in jobs {found.span}", moved))
    if first:
        columns.append(PageColumn(f"Jobs: {found.names[first]}", of_first))
    return PageTable(
        "counties", frame, f"Counties of {found.state.name}, {found.year}", found.source, columns,
        (f"{MARK_NOTE} {FEW_NOTE} Region: its number.",),
    )  # fmt: skip
