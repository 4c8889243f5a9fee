"""Changes over several spans of years, and the ranks under each year that growth may start from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from lmi import words
from lmi.assessment.base_years import absent_spans, base_years
from lmi.assessment.basis import pandemic_note
from lmi.assessment.region import Assessment
from lmi.report.display import PageColumn, PageTable, words_column
from lmi.words import Row, records
from lmi.words.intervals import moved, span

__all__ = ["bases_table", "growth_table"]

CHANGE = "emplvl_pct_chg"
TOTAL = ("total", "total")
NO_BREAK = "\N{NO-BREAK SPACE}"
TOO_SHORT = "Without years from which growth is too short to be scored."


def growth_table(found: Assessment, growth: pd.DataFrame, source: str) -> PageTable | None:
    """Put each candidate's changes over spans of years side by side; none where there is none."""
    ended = growth[growth["year1"] == found.year]
    held = set(ended.loc[ended[CHANGE].notna(), "year0"].astype(int)) if CHANGE in ended else set()
    if not held:
        return None
    ended = ended[ended["year0"].isin(held)].sort_values(
        ["kind", "key", "year0"], ascending=[True, True, False], ignore_index=True
    )
    names = dict(zip(found.present["candidate"], found.present["candidate_name"], strict=True))
    wide = {
        (kind, key): dict(zip(rows["year0"], records(rows), strict=True))
        for (kind, key), rows in ended.groupby(["kind", "key"], sort=False)
    }
    order = [TOTAL, *(("candidate", key) for key in names)]
    shown = pd.DataFrame({"who": [place for place in order if place in wide]})
    starts = base_years(found.year, held, found.base_year)
    columns = [
        PageColumn("Sector", lambda row: names.get(row["who"][1], "All jobs of the region"), False),
        *(PageColumn(_head(found, start), _over(wide, start)) for start in starts),
    ]
    return PageTable(
        "growth",
        ended,
        f"Change in jobs up to {found.year}, over every span that the data at hand allow",
        source,
        columns,
        tuple(filter(None, [_note(found, held), pandemic_note(starts, found.year)])),
        shown,
        stack=True,
    )


def _head(found: Assessment, start: int) -> str:
    years = words.count(found.year - start, "year")
    return f"Since {start} ({years}{', the base' if start == found.base_year else ''})"


def _over(wide: Mapping[Any, Mapping[int, Row]], start: int) -> Callable[[Row], str]:
    """Write a change with the range that it lies in nine times in ten, where that is wider."""

    def write(row: Row) -> str:
        over = wide[row["who"]].get(start)
        if over is None:
            return words.MISSING
        said, ends = moved(over), span(over, CHANGE, words.signed)
        if " to " in said or "%" not in said or " to " not in ends:
            return said
        return f"{said} ({ends})".replace(" to ", f"{NO_BREAK}to{NO_BREAK}")

    return write


def _note(found: Assessment, held: set[int]) -> str:
    """Explain the marks, and name the usual spans that cannot be shown."""
    absent = absent_spans(found.year, held)
    years = words.listing([f"{y} ({words.count(found.year - y, 'year')})" for y in absent])
    lacking = f" Not in the store: {years}." if absent else ""
    return (
        "In brackets: 90% sure. ≈ may be off by a point or more. A range in place of a number: too "
        f"uncertain to say more, or not published. n/a: withheld, missing or not comparable; never "
        f"zero.{lacking}"
    )


def bases_table(found: Assessment, bases: pd.DataFrame) -> PageTable | None:
    """Set the ranks under each year that growth may start from beside the rank.

    Returns
    -------
    Table or None
        None where no rank depends on the year.
    """
    starts = sorted(bases["base_year"].unique(), key=lambda y: (y != found.base_year, -y))
    places = bases["rank"].fillna(0).groupby(bases["candidate"])
    least, most = places.min(), places.max()
    if (least == most).all():
        return None
    shown = found.best_first[found.best_first["candidate"].isin(most.index[most > 0])]
    rank = bases.set_index(["candidate", "base_year"])["rank"].to_dict()

    def since(start: int) -> Callable[[Row], str]:
        def write(row: Row) -> str:
            place = rank.get((row["candidate"], start))
            return words.whole(place) if words.is_known(place) else "set aside"

        return write

    columns = [
        words_column("Sector", "candidate_name"),
        *(PageColumn(_head(found, start), since(start)) for start in starts),
    ]
    return PageTable(
        "bases",
        bases,
        "Rank by the year that growth is measured from",
        "",
        columns,
        (f"{TOO_SHORT} {pandemic_note(starts, found.year)}".strip(),),
        shown,
    )
