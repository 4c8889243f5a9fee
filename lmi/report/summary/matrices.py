"""A state's candidates by region, one measure a table: ranks, concentration, change, outlook."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import pandas as pd

from lmi import words
from lmi.config.set_aside import ABSENT
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.report.summary.classes import QUOTIENTS, Classes, classes_of
from lmi.report.summary.summary import Summary, leads
from lmi.schema.measures import MEASURES
from lmi.words import Row, holds, records
from lmi.words.claims import side
from lmi.words.how_sure import CONFIDENTIAL, JOBS, is_measured
from lmi.words.intervals import moved

__all__ = ["changes_table", "outlooks_table", "quotients_table", "ranks_table"]

ASIDE, NONE = "aside", ""
CHANGE, CAGR = "emplvl_pct_chg", "projected_emplvl_cagr"
CLASSED = (
    "Hatched: the interval reaches into another class, or a range stands in place of a number. "
    "≈ estimated in part."
)
Look = Callable[[Row], str]


def ranks_table(found: Summary) -> PageTable:
    """Set the rank of every candidate in every region side by side, those that lead most first."""

    def rank(row: Row) -> str:
        if words.is_known(row.get("rank")):
            return words.whole(row["rank"])
        return NONE if row.get("set_aside", ABSENT) == ABSENT else ASIDE

    return _matrix(
        found,
        "ranks_by_region",
        f"Rank of every sector in every region, {found.year}",
        found.tables.ranking,
        {key: len(regions) for key, regions in found.leading.items()},
        rank,
        lambda row: "good" if leads(row) else "",
        "Shaded: among the first three. The same number twice: level. aside: set aside there, for "
        "the reason that the region's profile names. Blank: no jobs there.",
    )


def quotients_table(found: Summary) -> PageTable:
    """Set the quotients against the nation side by side, the often concentrated first."""
    table = found.tables.candidates
    strong = [
        str(row["candidate"])
        for row in records(table)
        if side(row, "lq", QUOTIENTS.breaks[2], reaches=True) == 1
    ]
    return _matrix(
        found,
        "quotients_by_region",
        f"Concentration against the nation (location quotient), {found.year}",
        table,
        Counter(strong),
        MEASURES["lq"].cell,
        _classed("lq", QUOTIENTS),
        f"Shades break at {words.listing(f'{at:g}' for at in QUOTIENTS.breaks)}: blue from "
        f"{QUOTIENTS.breaks[2]:g} on, orange below {QUOTIENTS.breaks[1]:g}. {CLASSED} Blank: no "
        "jobs there, or not known.",
        found.against_nation,
    )


def changes_table(found: Summary) -> PageTable | None:
    """Set the change in jobs side by side, those that surely grew in most regions first."""
    table = found.tables.candidates
    if found.base_year is None or CHANGE not in table or not table[CHANGE].notna().any():
        return None
    classes = classes_of(table[CHANGE], words.signed_pct, 0.0)

    def change(row: Row) -> str:
        told = is_measured(row, CHANGE) or holds(row, "is_break") or holds(row, CONFIDENTIAL[1])
        return moved(row) if told else NONE

    return _matrix(
        found,
        "changes_by_region",
        f"Change in jobs {found.span}",
        table,
        _growing(table, CHANGE),
        change,
        _classed(CHANGE, classes),
        f"Shades break at {words.listing(map(classes.write, classes.breaks))}: blue is growth, "
        f"orange is decline. {CLASSED} Blank: no jobs there, or not comparable.",
    )


def outlooks_table(found: Summary) -> PageTable | None:
    """Set what is projected side by side, a year, those that surely grow in most regions first."""
    table = found.tables.candidates
    if CAGR not in table or not table[CAGR].notna().any():
        return None
    sources = sorted({str(one) for one in table["projection_source"] if words.is_known(one)})
    years = sorted({str(one) for one in table["projection_horizon"] if words.is_known(one)})

    def tint(row: Row) -> str:
        if not is_measured(row, CAGR):
            return ""
        falls = side(row, CAGR, 0.0, reaches=True) == -1
        return "good" if side(row, CAGR, 0.0) == 1 else "low" if falls else ""

    def outlook(row: Row) -> str:
        return MEASURES[CAGR].cell(row) if is_measured(row, CAGR) else NONE

    return _matrix(
        found,
        "outlooks_by_region",
        f"Projected change in jobs a year, {words.listing(years)}",
        table,
        _growing(table, CAGR),
        outlook,
        tint,
        "Blue: growth, orange: decline, as far as such expectations were wrong before. No shade: "
        f"it may be either. From: {words.listing(sources)}. Blank: nobody projects it"
        f"{'' if found.staff else ', or it would tell of one or two employers'}.",
    )


def _is_there(row: Row) -> bool:
    """Tell whether there are jobs of a candidate in a region, as far as is known."""
    return row.get(JOBS, NONE) != 0


def _growing(table: pd.DataFrame, measure: str) -> Counter[str]:
    """In how many regions a candidate surely grows."""
    return Counter(
        str(row["candidate"])
        for row in records(table)
        if is_measured(row, measure) and side(row, measure, 0.0) == 1
    )


def _classed(measure: str, classes: Classes) -> Look:
    def look(row: Row) -> str:
        placed = classes.place(row, measure)
        if placed is None:
            return ""
        tone = "" if placed.number is None else classes.tones[placed.number]
        return " ".join(filter(None, [tone, "" if placed.is_sure else "across"]))

    return look


def _matrix(
    found: Summary,
    name: str,
    caption: str,
    table: pd.DataFrame,
    count: Mapping[str, int],
    write: Look,
    tint: Look,
    note: str,
    source: str = "",
) -> PageTable:
    """Lay out one row a candidate and one column a region, numbered as on the state's map.

    Candidates come by a count, the highest first, then by name.
    """
    cells = {(row["region"], row["candidate"]): row for row in records(table) if _is_there(row)}
    named = found.names
    keys = sorted(named, key=lambda key: (-count.get(key, 0), named[key]))
    frame = pd.DataFrame({"candidate": keys, "candidate_name": [named[key] for key in keys]})

    def of(region: str, look: Look) -> Look:
        def in_region(row: Row) -> str:
            own = cells.get((region, row["candidate"]))
            return look(own) if own else NONE

        return in_region

    def written(region: str) -> Look:
        return (lambda row: words.MISSING) if region in found.unmeasured else of(region, write)

    columns = [words_column("Sector", "candidate_name")]
    for region, number in found.numbers.items():
        columns.append(PageColumn(str(number), written(region), tint=of(region, tint)))
        frame[region] = [written(region)({"candidate": key}) for key in keys]
    numbers = "The numbers of the columns are those of the regions in the map and the list above."
    told = f"{note}{found.unmeasured_note} {numbers}"
    return PageTable(name, frame, caption, source or found.source, columns, (told,))
