"""What numbers rest on: their years, files, citation, breaks, and what to know of them."""

from __future__ import annotations

from collections.abc import Collection

from lmi.store import Store
from lmi.words import Row, records

__all__ = ["QUOTED_NATION", "citation", "sources_used"]

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
