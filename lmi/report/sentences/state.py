"""Sentences on a state: which sectors lead in most of its regions, and where jobs grew."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lmi import words
from lmi.words import Row
from lmi.words.claims import side
from lmi.words.how_sure import is_measured

__all__ = ["growth_sentence", "leads_sentence"]

CHANGE = "emplvl_pct_chg"
NAMED = 3


def leads_sentence(leading: Mapping[str, int], surely: Mapping[str, int], regions: str) -> str:
    """Say which candidates lead in the most regions.

    Parameters
    ----------
    leading : mapping of str to int
        In how many regions each is among the first three, by name.
    surely : mapping of str to int
        In how many of these no withheld number takes it out of them, nine times in ten.
    regions : str
        How many are measured, such as "4 regions".

    Examples
    --------
    >>> leads_sentence({"Health care": 3, "Energy": 3, "Food": 1}, {"Energy": 2}, "4 regions")
    'By the Step 2 criteria, Health care and Energy are among the first three in 3 of 4 regions.'
    >>> leads_sentence({"Food": 3}, {"Food": 2}, "4 regions")
    'By the Step 2 criteria, Food is among the first three in 3 of 4 regions (90% sure in 2).'
    >>> leads_sentence({}, {}, "4 regions")
    'No candidate sector is ranked in any region.'
    """
    if not leading:
        return "No candidate sector is ranked in any region."
    most = max(leading.values())
    names = [name for name, count in leading.items() if count == most]
    if len(names) > NAMED:
        return (
            f"No sector leads widely: {words.numbered(len(names), 'sector')} are among the first "
            f"three in {most} of {regions} each."
        )
    verb = "is" if len(names) == 1 else "are"
    sure = surely.get(names[0], 0)
    firm = f" (90% sure in {sure})" if len(names) == 1 and sure < most else ""
    return (
        f"By the Step 2 criteria, {words.listing(names)} {verb} among the first three in {most} of "
        f"{regions}{firm}."
    )


def growth_sentence(rows: Sequence[Row], span: str, regions: str) -> str:
    """Say in how many regions jobs surely grew and surely fell; empty where no change is known.

    Parameters
    ----------
    rows : sequence of mapping
        One a region.
    span : str
        The years, as a sentence has them.
    regions : str
        How many are measured, such as "3 regions".

    Examples
    --------
    >>> rows = [{"emplvl_pct_chg": 2.0}, {"emplvl_pct_chg": -1.0}, {"emplvl_pct_chg": 3.0}]
    >>> growth_sentence(rows, "from 2016 to 2023", "3 regions")
    'Jobs grew in 2 of 3 regions from 2016 to 2023 and fell in 1.'
    """
    known = [row for row in rows if is_measured(row, CHANGE)]
    if not known:
        return ""
    grew = sum(side(row, CHANGE, 0.0) == 1 for row in known)
    fell = sum(side(row, CHANGE, 0.0, reaches=True) == -1 for row in known)
    neither = len(known) - grew - fell
    open_ = f"; in {neither} neither is sure" if neither else ""
    unknown = len(rows) - len(known)
    lacking = f"; of {unknown} it is not known" if unknown else ""
    return f"Jobs grew in {grew} of {regions} {span} and fell in {fell}{open_}{lacking}."
