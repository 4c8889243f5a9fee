"""What numbers rest on: their years, files, citation, breaks, and what to know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from lmi import naics
from lmi.analysis.base_year import PANDEMIC
from lmi.store import Store
from lmi.words import Row, listing, records

__all__ = ["QUOTED_NATION", "citation", "pandemic_note", "sources_used", "vintages_note"]

QUOTED_NATION = "The nation's shares are from the agency's published quotients."
"""Said with a citation where the store has no rows of the nation."""

_OF_SOURCE = ("source_id", "name", "table", "size", "sha256", "rows", "periods", "vintage")


def sources_used(store: Store, ids: Collection[int]) -> list[Row]:
    """Return the files that numbers came from, with vintage and hash, in the catalogue's order.

    Parameters
    ----------
    ids : collection of int
        Their numbers in the catalogue.
    """
    catalogue = store.catalogue()
    return records(catalogue.loc[catalogue["source_id"].isin(sorted(ids)), list(_OF_SOURCE)])


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


def vintages_note(years: Iterable[int]) -> str:
    """Name the vintages of NAICS that years are coded by, each with its years.

    Examples
    --------
    >>> vintages_note([2016, 2023]), vintages_note([2022, 2023])
    ('Industries by NAICS 2012 in 2016 and NAICS 2022 in 2023.', 'Industries by NAICS 2022.')
    """
    coded: dict[int, list[str]] = {}
    for year in sorted(set(years)):
        coded.setdefault(naics.naics_year(year), []).append(str(year))
    if len(coded) == 1:
        return f"Industries by NAICS {next(iter(coded))}."
    said = listing([f"NAICS {vintage} in {listing(of)}" for vintage, of in coded.items()])
    return f"Industries by {said}."


def pandemic_note(starts: Iterable[int], end: int) -> str:
    """Say which ends of spans lie in the pandemic, and what growth is then; empty where none does.

    Examples
    --------
    >>> pandemic_note([2016, 2022], 2023)
    ''
    >>> pandemic_note([2020], 2023)
    'The pandemic had cut jobs in 2020: growth since then is in part recovery.'
    >>> pandemic_note([2016], 2020)
    'The pandemic cut jobs in 2020: a loss up to then may have been made good since.'
    """
    since = listing([str(y) for y in sorted(PANDEMIC.intersection(starts))])
    said = [f"The pandemic had cut jobs in {since}: growth since then is in part recovery."]
    upto = f"The pandemic cut jobs in {end}: a loss up to then may have been made good since."
    return " ".join([*(said if since else []), *([upto] if end in PANDEMIC else [])])
