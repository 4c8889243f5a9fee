"""What numbers rest on: their years, files, citation, breaks, and what to know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple

from lmi import naics
from lmi.analysis.base_year import PANDEMIC
from lmi.codes import ALL_OWNERS
from lmi.store import Store
from lmi.words import Row, listing, records

if TYPE_CHECKING:
    from lmi.analysis.quoted_nation import QuotedNation

__all__ = [
    "FOR_STAFF", "NationBasis", "citation", "nation_basis", "pandemic_note", "sources_used",
    "vintages_note",
]  # fmt: skip

FOR_STAFF = "For staff: not for publication."
"""Said wherever numbers of fewer than three employers are shown."""

QUOTIENTS: dict[Literal["annual", "quarterly"], str] = {
    "annual": "lq_annual_avg_emplvl", "quarterly": "lq_month1_emplvl",
}  # fmt: skip
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


class NationBasis(NamedTuple):
    """What comparisons with the nation rest on, where that is not the agency's file of it.

    Attributes
    ----------
    short : str
        As a legend has room for.
    note : str
        Said with a citation.
    """

    short: str = ""
    note: str = ""

    @property
    def is_rebuilt(self) -> bool:
        """Whether the store's rows of the nation are not the agency's own."""
        return self.short == REBUILT.short


REBUILT = NationBasis(
    "rebuilt",
    "The numbers of the nation are not the agency's file but rebuilt from others of its numbers; "
    "comparisons with the nation are only as good as they are.",
)
QUOTED = NationBasis(
    "from printed quotients",
    "The nation has no rows of its own here: its shares are derived from the quotients that the "
    "agency prints, within their rounding.",
)
PARTLY_QUOTED = NationBasis(
    "in part from printed quotients",
    "Where the nation's rows lack an industry, its share is derived from the quotients that the "
    "agency prints, within their rounding.",
)


def nation_basis(
    store: Store, nation: str, year: int, quoted: QuotedNation | None = None
) -> NationBasis:
    """Say what comparisons with the nation rest on.

    Parameters
    ----------
    quoted : QuotedNation, optional
        What stands in for rows of the nation that the store lacks.
    """
    if quoted is not None and quoted.is_whole:
        return QUOTED
    part = PARTLY_QUOTED if quoted is not None else NationBasis()
    if not _is_rebuilt(store, nation, year):
        return part
    return NationBasis(REBUILT.short, " ".join(filter(None, [REBUILT.note, part.note])))


def _is_rebuilt(store: Store, nation: str, year: int) -> bool:
    """Tell whether the nation's total lacks the quotient of 1 that the agency prints."""
    for frequency, column in QUOTIENTS.items():
        rows = store.qcew(
            frequency,
            areas=[nation],
            industries=[naics.TOTAL],
            own_codes=[ALL_OWNERS],
            years=[year],
        )
        if len(rows):
            return bool(rows[column].isna().all())
    return False


def citation(what: str, illustrative: bool, staff: bool = False) -> str:
    """Return where numbers are from, as a sentence ends.

    Parameters
    ----------
    staff : bool, optional
        Whether they are for staff alone, which is said with them.

    Examples
    --------
    >>> citation("2023 annual average", illustrative=True)[:42]
    'illustrative data in the layout of the Qua'
    """
    survey = "Quarterly Census of Employment and Wages (QCEW)"
    if illustrative:
        cited = f"illustrative data in the layout of the {survey}, {what}."
    else:
        cited = f"U.S. Bureau of Labor Statistics, {survey}, {what}; jobs by place of work."
    return f"{cited} {FOR_STAFF}" if staff else cited


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
