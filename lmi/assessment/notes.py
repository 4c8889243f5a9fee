"""What a state's tables were made from, and what is to be known of it, in sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

import pandas as pd

from lmi import codes, words
from lmi.analysis import region_breaks
from lmi.analysis.annual_rows import OVER_THE_YEAR
from lmi.analysis.places import NATION, STATE
from lmi.analysis.quoted_nation import QuotedNation
from lmi.analysis.span import Span
from lmi.analysis.thresholds import FILE
from lmi.analysis.year_sums import Year
from lmi.assessment.basis import NationBasis, nation_basis, pandemic_note, sources_used
from lmi.config import StateConfig
from lmi.store import Store
from lmi.words import count, listing, numbered

__all__ = ["describe", "threshold_notes"]

# That a file is an excerpt is said elsewhere; parts that fill each other's gaps are sound.
NOT_ODD = ("an excerpt", "put together")
NAMED = 5  # contradictions that a note names


def describe(
    store: Store, span: Span, notes: Sequence[str] = (), sources: Collection[int] = ()
) -> dict[str, Any]:
    """Describe what a state's tables were made from.

    Parameters
    ----------
    notes : sequence of str, optional
        Sentences to put first.
    sources : collection of int, optional
        Numbers of sources beside those of jobs and wages.

    Returns
    -------
    dict
        State, years, sources, regions that failed, breaks and notes in sentences.
    """
    names = {c.key: c.name for c in span.candidates}
    first = span.year if span.base is None else span.base
    assert span.now.withheld is not None, "the year was computed without detail"
    used = {i for y in span.years.values() for i in y.source_ids} | set(sources)
    nation = nation_basis(store, span.regions[0].nation, span.year, span.now.quoted)
    return {
        "state": span.state.slug,
        "state_name": span.state.name,
        "title": span.state.title,
        "illustrative": span.state.illustrative,
        "staff": span.state.staff,
        "year": span.year,
        "base_year": span.base,
        "made_of": {str(y): made.made_of for y, made in span.years.items()},
        "nation": nation._asdict(),
        "withheld": span.now.withheld.to_dict("records"),
        "failed": span.now.failed,
        "sources": sources_used(store, used),
        "breaks": [
            *span.area_breaks["reason"].unique().tolist(),
            *region_breaks.sentences(span.candidate_breaks, names, (first, span.year)),
        ],
        "notes": [*notes, *_notes(store, span, nation), *_odd(store, span, sources)],
    }


def _incomplete(year: Year) -> list[str]:
    """Name the counties and states that lack rows, and how much of them."""
    areas = year.incomplete
    if not areas:
        return []
    named = [
        f"{_area_name(area.area_fips)} (of its {count(area.of_estabs, 'place')} of business "
        f"{words.whole(min(area.estabs, area.of_estabs))} stand in no row of detail)"
        for area in areas[:NAMED]
    ]
    if len(areas) > NAMED:
        named.append(f"{len(areas) - NAMED} more")
    verb = "is" if len(areas) == 1 else "are"
    if year.made_of == OVER_THE_YEAR:
        return [
            f"The rows of {year.year} are rebuilt from those of {year.year + 1} and their changes "
            "over the year, so what has closed or changed its code since has none: "
            f"{listing(named)}. It is unknown, not zero, and estimated within what the totals "
            f"leave. Ingest the agency's file of {year.year} to have it."
        ]
    return [
        f"Incomplete in {year.year} {verb} {listing(named)}. What is absent is unknown, not zero; "
        "it is estimated within what the totals leave. Ingest the agency's whole file to have it."
    ]


def _area_name(area_fips: str) -> str:
    if area_fips.endswith("000"):
        return codes.state_name(area_fips[:2])
    return codes.county_name(area_fips)


def _odd(store: Store, span: Span, sources: Collection[int]) -> list[str]:
    """Say what was found odd in the files of the year, and of the people around its jobs."""
    states = sorted({county[:2] for region in span.regions for county in region.counties})
    every = store.remarks({*span.now.source_ids, *sources}, states)
    found = [r for r in every if not any(words in r[1] for words in NOT_ODD)]
    if not found:
        return []
    by_file: dict[str, list[str]] = {}
    for name, remark in found[:NAMED]:
        by_file.setdefault(name, []).append(remark)
    said = "; ".join(f"of {name}, {'; '.join(remarks)}" for name, remarks in by_file.items())
    more = len(found) - NAMED
    others = f" (and {count(more, 'further remark')})" if more > 0 else ""
    return [
        f"Not every row that this rests on agrees with itself: {said}{others}. `lmi verify` lists "
        "what does not add up."
    ]


def _notes(store: Store, span: Span, nation: NationBasis) -> list[str]:
    """Sentences on what a comparison lacks, and on numbers that contradict each other."""
    places = set(span.now.totals.table["place"])
    quoted = span.now.quoted
    notes = [
        f"No comparison with the {what}: the store has no {span.year} rows of it. To add it, "
        "ingest its by-area file."
        for place, what in ((NATION, "nation"), (STATE, "state"))
        if place not in places and not (place == NATION and quoted)
    ]
    if quoted:
        notes += _quoted_notes(quoted, span.year)
    if nation.is_rebuilt:
        notes.append(nation.note)
    if said := pandemic_note([y for y, _ in span.pairs], span.year):
        notes.append(said)
    for year in sorted({span.year, span.year if span.base is None else span.base}):
        notes += _incomplete(span.years[year])
    if span.now.contradictions:
        notes.append(
            "Published numbers that contradict each other, so that a total gave way: "
            f"{', '.join(span.now.contradictions[:NAMED])}. `lmi verify` lists them all."
        )
    if span.base is not None:
        asked = (span.base, span.year) if quoted else (span.base,)
        notes += _no_shift_share([y for y in asked if not _has_nation(span.years[y])], bool(quoted))
    return notes


def _has_nation(year: Year) -> bool:
    return NATION in set(year.totals.table["place"])


def _no_shift_share(lacking: Sequence[int], is_quoted: bool) -> list[str]:
    if not lacking:
        return []
    but = ", and quotients tell its shares, not its jobs" if is_quoted else ""
    years = listing(map(str, lacking))
    return [f"No shift-share against the nation: the store has no {years} rows of it{but}."]


def _quoted_notes(quoted: QuotedNation, year: int) -> list[str]:
    """Say whose quotients stand in for the nation's rows, and which do not fit the others."""
    what = "rows of the nation" if quoted.is_whole else "rows of all the nation's industries"
    notes = [
        f"Comparisons with the nation are from the agency's published quotients: the store has no "
        f"{year} {what}, so what an industry is of the nation's jobs follows from the quotients of "
        f"{numbered(len(quoted.areas), 'area')}, within their rounding. To compare with the "
        "nation's own rows, ingest its by-area file."
    ]
    if named := quoted.contradictions:
        more = f" and {len(named) - NAMED} more" if len(named) > NAMED else ""
        notes.append(
            "Published quotients that contradict those of other areas, so that most of them "
            f"decided: {', '.join(named[:NAMED])}{more}."
        )
    return notes


def threshold_notes(state: StateConfig, table: pd.DataFrame) -> list[str]:
    """Say for which regions the poverty guideline stands in, and which have no threshold at all.

    Returns
    -------
    list of str
        Sentences; none where every region has a threshold that was given.
    """
    has_file = (state.folder / FILE).is_file()
    remedy = (
        f"{FILE} has no row of the household for their counties or the whole state"
        if has_file
        else f"write {FILE} into the state's folder to use a local standard"
    )
    said = []
    stand_ins = table[table["threshold_is_fallback"].astype(bool)]
    for source, rows in stand_ins.groupby("threshold_source", sort=False):
        first = rows.iloc[0]
        said.append(
            f"No family-sustaining wage was given for {_named(state, rows['region'])}: "
            f"${first['threshold_annual_wage']:,.0f} stands in, {source} "
            f"({first['threshold_year']}); {remedy}."
        )
    without = [region.key for region in state.regions if region.key not in set(table["region"])]
    if without:
        said.append(f"There is no family-sustaining wage for {_named(state, without)}; {remedy}.")
    return said


def _named(state: StateConfig, keys: Iterable[str]) -> str:
    keys = set(keys)
    names = [region.name for region in state.regions if region.key in keys]
    return "any region" if len(names) == len(state.regions) else listing(names)
