"""What numbers rest on: their years, files, citation, breaks, and what to know of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, Literal

from lmi import naics
from lmi.analysis import breaks
from lmi.analysis.places import NATION, STATE
from lmi.analysis.span import Span
from lmi.analysis.year_sums import ALL
from lmi.store import Store
from lmi.words import Row, records

__all__ = ["citation", "describe", "sources_used"]

NAMED = 5  # contradictions that a note names


def describe(store: Store, span: Span, notes: Sequence[str] = ()) -> dict[str, Any]:
    """Describe what a state's tables were made from.

    Parameters
    ----------
    notes : sequence of str, optional
        Sentences to put first.

    Returns
    -------
    dict
        State, years, sources, regions that failed, breaks and notes in sentences.
    """
    names = {c.key: c.name for c in span.candidates}
    first = span.year if span.base is None else span.base
    assert span.now.withheld is not None, "the year was computed without detail"
    return {
        "state": span.state.slug,
        "state_name": span.state.name,
        "title": span.state.title,
        "illustrative": span.state.illustrative,
        "year": span.year,
        "base_year": span.base,
        "made_of": {str(y): made.made_of for y, made in span.years.items()},
        "withheld": span.now.withheld.to_dict("records"),
        "failed": span.now.failed,
        "sources": sources_used(store, {i for y in span.years.values() for i in y.source_ids}),
        "breaks": [
            *span.area_breaks["reason"].unique().tolist(),
            *breaks.sentences(span.candidate_breaks, names, (first, span.year)),
        ],
        "notes": [*notes, *_notes(store, span)],
    }


def sources_used(store: Store, ids: Collection[int]) -> list[Row]:
    """Return the files that numbers came from, with vintage and hash, in the catalogue's order.

    Parameters
    ----------
    ids : collection of int
        Their numbers in the catalogue.
    """
    catalogue = store.catalogue()
    return records(catalogue[catalogue["source_id"].isin(sorted(ids))].drop(columns="ingested_at"))


def citation(what: str, illustrative: bool) -> str:
    """Return where numbers are from, as a sentence ends.

    Examples
    --------
    >>> citation("2023 annual average", illustrative=True)[:42]
    'illustrative data in the layout of the Qua'
    """
    survey = "Quarterly Census of Employment and Wages (QCEW)"
    if illustrative:
        return f"illustrative data in the layout of the {survey}, {what}."
    return f"U.S. Bureau of Labor Statistics, {survey}, {what}; jobs by place of work."


def _notes(store: Store, span: Span) -> list[str]:
    """Sentences on what a comparison lacks, and on numbers that contradict each other."""
    places = set(span.now.totals.table["place"])
    notes = [
        f"No comparison with the {what}: the store has no {span.year} rows of it. To add it, "
        "ingest its by-area file."
        for place, what in ((NATION, "nation"), (STATE, "state"))
        if place not in places
    ]
    if span.now.contradictions:
        notes.append(
            "Published numbers that contradict each other, so that a total gave way: "
            f"{', '.join(span.now.contradictions[:NAMED])}. `lmi verify` lists them all."
        )
    if NATION in places and _nation_is_rebuilt(store, span):
        notes.append(
            f"The nation's {span.year} rows carry no location quotients of their own, so they are "
            "not the agency's file but rebuilt from it; comparisons with the nation are only as "
            "good as they are."
        )
    if span.base is not None and NATION not in set(span.years[span.base].totals.table["place"]):
        notes.append(f"No shift-share against the nation: the store has no {span.base} rows of it.")
    return notes


def _nation_is_rebuilt(store: Store, span: Span) -> bool:
    """Tell whether the nation's total lacks the quotient of 1 that the agency prints."""

    def quotients(frequency: Literal["annual", "quarterly"], column: str) -> Any:
        rows = store.qcew(
            frequency, areas=[span.regions[0].nation], industries=[naics.TOTAL],
            own_codes=[ALL], years=[span.year],
        )  # fmt: skip
        return rows[column]

    annual = quotients("annual", "lq_annual_avg_emplvl")
    found = annual if len(annual) else quotients("quarterly", "lq_month1_emplvl")
    return bool(found.isna().all())
