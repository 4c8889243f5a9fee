"""Residents, labor force and commuting of a region, beside its state and nation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from lmi import words
from lmi.assessment.context import Commuting, Context, Flow
from lmi.assessment.context_table import FLOWS
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.report.sentences.context import SURVEY, Naming
from lmi.words import Row
from lmi.words.margins import flow_text, share_text

__all__ = ["commuting_table", "people_table"]

SHOWN_COUNTIES = 3
LEVELS = {
    "population": ("Residents, July 1", words.whole),
    "labor_force": ("Labor force", words.whole),
    "employed": ("Employed residents", words.whole),
    "unemployed": ("Unemployed residents", words.whole),
    "unemployment_rate": ("Unemployment rate", words.pct),
}
CENSUS = 2020
TWO_CENSUSES = (
    f"Estimates before {CENSUS} may start from the census before, so that a change across it is "
    "partly one of counting."
)
COMPARED = ("population", "unemployment_rate")


def people_table(context: Context, state: str, source: str) -> PageTable | None:
    """List residents and labor force of the newest year, and how residents changed."""
    rows: list[dict[str, Any]] = []
    for measure, (title, write) in LEVELS.items():
        level = context.newest(measure)
        if level is None:
            continue
        some = "" if level.is_whole else (
            f" ({level.of_counties - len(level.lacking)} of {level.of_counties} counties)"
        )  # fmt: skip
        row = {"what": f"{title}{some}", "year": str(level.year), "region": write(level.value)}
        for place in ("state", "nation"):
            value = context.path(measure, place).get(level.year)
            shown = value is not None and level.is_whole and measure in COMPARED
            row[place] = write(value) if shown else ""
        rows.append(row)
        rows += _changes(context, measure) if measure == "population" else []
    if not rows:
        return None
    spans = context.changes("population")
    notes = [TWO_CENSUSES] if any(c.year0 < CENSUS <= c.year for c in spans) else []
    layout = pd.DataFrame(rows)
    places = {"region": "Region", "state": state, "nation": "Nation"}
    columns = [
        words_column("What", "what"),
        words_column("Year", "year"),
        *(
            PageColumn(title, _cell(place))
            for place, title in places.items()
            if (layout[place] != "").any()
        ),
    ]
    own = context.rows[~context.rows["table"].isin(FLOWS)]
    return PageTable("people", own, "People who live here", source, columns, notes, layout=layout)


def _cell(name: str) -> Callable[[Row], str]:
    return lambda row: str(row[name])


def _changes(context: Context, measure: str) -> list[dict[str, Any]]:
    beside = {
        place: {c.year0: c.pct for c in context.changes(measure, place)}
        for place in ("state", "nation")
    }
    return [
        {"what": "Change in residents", "year": f"{c.year0} to {c.year}",
         "region": words.signed_pct(c.pct)}
        | {place: words.signed_pct(known[c.year0]) if c.year0 in known else ""
           for place, known in beside.items()}
        for c in context.changes(measure)
    ]  # fmt: skip


def commuting_table(context: Context, naming: Naming, source: str) -> PageTable | None:
    """List who works in the region and who lives there, with the counties at the other end."""
    found = context.commuting
    if not found:
        return None
    origins = _largest([one.origins for one in found])
    destinations = _largest([one.destinations for one in found])
    made = [_values(one, origins, destinations, naming) for one in found]
    layout = pd.DataFrame(
        [{"what": what, **{str(i): values[what] for i, values in enumerate(made)}}
         for what in made[0]]
    )  # fmt: skip
    columns = [words_column("Who", "what")]
    columns += [PageColumn(_title(one), _cell(str(i))) for i, one in enumerate(found)]
    has_range = any(one.table == SURVEY for one in found)
    notes = [
        "In brackets: the survey's 90 percent interval, from its margins of error."
    ] if has_range else []  # fmt: skip
    own = context.rows[context.rows["table"].isin(FLOWS)]
    return PageTable(
        "commuting", own, "Who works here, who lives here", source, columns, notes,
        layout=layout, stack=True,
    )  # fmt: skip


def _title(found: Commuting) -> str:
    if found.table == SURVEY:
        return f"Workers, {found.years}"
    return f"{found.counts.capitalize()}, {found.year}"


def _largest(found: Sequence[Sequence[Flow]]) -> list[str]:
    """Counties that are among the largest of any of the tables, those of the first table first."""
    return list(dict.fromkeys(f.area_fips for of in found for f in of[:SHOWN_COUNTIES]))


def _values(
    found: Commuting, origins: Sequence[str], destinations: Sequence[str], naming: Naming
) -> dict[str, str]:
    """Write what the table shows of one file, by what it is; nothing where it has no such flow."""
    comes = {f.area_fips: flow_text(f) for f in found.origins}
    goes = {f.area_fips: flow_text(f) for f in found.destinations}
    return {
        "Work in the region": flow_text(found.works),
        "… and live in it": flow_text(found.stay),
        "… and live elsewhere": flow_text(found.comes_in),
        **{f"… … in {naming(code)}": comes.get(code, "") for code in origins},
        "Share held by residents": share_text(found.filled_by_residents),
        "Live in the region and work": flow_text(found.lives),
        "… and work elsewhere": flow_text(found.goes_out),
        **{f"… … to {naming(code)}": goes.get(code, "") for code in destinations},
        "Share that stays to work": share_text(found.stay_to_work),
    }
