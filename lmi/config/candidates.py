"""What candidates are made of in a NAICS vintage, where they overlap, and what breaks them.

Overlaps between candidates are reported, not forbidden: working definitions may share an
industry, as long as nobody adds the candidates up.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import pandas as pd

from lmi import naics
from lmi.codes import OWN_CODES
from lmi.config.industries import VINTAGES, leaves_by_own
from lmi.config.models import Candidate, CandidatePart

__all__ = [
    "candidate_breaks",
    "candidate_cells",
    "candidate_overlaps",
    "cells_of_any",
    "cells_of_none",
]

UNCLASSIFIED = "99"


def candidate_cells(candidates: Iterable[Candidate], naics_year: int) -> pd.DataFrame:
    """Return the cells whose sum is each candidate: disjoint, as coarse as can be.

    Parameters
    ----------
    naics_year : int
        Vintage of the data to be summed; a code that the vintage does not have gives no cell.

    Returns
    -------
    pandas.DataFrame
        Columns `candidate`, `own_code`, `industry_code`; one row a cell.

    Examples
    --------
    >>> from lmi.config import Candidate, candidate_cells
    >>> software = Candidate(key="software", name="Software", why="Code.",
    ...                      industries=[{"naics": ["5112", "5132"]}])
    >>> candidate_cells([software], 2017).values.tolist()
    [['software', '5', '5112']]
    """
    rows = [
        (candidate.key, own, code)
        for candidate in candidates
        for part in candidate.industries
        for own in part.own
        for code in _cover(part, naics_year)
    ]
    return pd.DataFrame(rows, columns=["candidate", "own_code", "industry_code"], dtype="str")


def _cover(part: CandidatePart, naics_year: int) -> tuple[str, ...]:
    def known(industries: Iterable[str]) -> list[str]:
        return [code for code in industries if naics.is_known(code, naics_year)]

    return tuple(naics.cover(known(part.naics), known(part.exclude), naics_year))


def cells_of_any(candidates: Iterable[Candidate], naics_year: int) -> pd.DataFrame:
    """Return the cells whose sum is all candidates together, none of them twice.

    Returns
    -------
    pandas.DataFrame
        Columns `own_code`, `industry_code`.

    Examples
    --------
    >>> from lmi.config import Candidate
    >>> a, b = (Candidate(key=k, name=k, why=k, industries=[{"naics": n}])
    ...         for k, n in (("all", ["31-33"]), ("food", ["311"])))
    >>> cells_of_any([a, b], 2022).values.tolist()
    [['5', '31-33']]
    """
    rows = [
        (own, code)
        for own, industries in sorted(_held(candidates, naics_year).items())
        for code in naics.cover(industries, (), naics_year)
    ]
    return pd.DataFrame(rows, columns=["own_code", "industry_code"], dtype="str")


def cells_of_none(candidates: Iterable[Candidate], naics_year: int) -> pd.DataFrame:
    """Return the cells of the industries that no candidate holds, of 3 digits or finer.

    Returns
    -------
    pandas.DataFrame
        Columns `own_code`, `industry_code`; disjoint, as coarse as can be. Establishments whose
        industry is not known (99) are none of them.

    Examples
    --------
    >>> from lmi.config import Candidate
    >>> trade = Candidate(key="t", name="T", why="T.", industries=[{"naics": ["423", "4241"]}])
    >>> found = cells_of_none([trade], 2022).query("own_code == '5'")["industry_code"]
    >>> [code for code in found if code.startswith("42")][:3]
    ['4242', '4243', '4244']
    """
    held = _held(candidates, naics_year)
    every = naics.leaves(naics.TOTAL, naics_year)
    rows = [
        (own, industry)
        for own in sorted(OWN_CODES)
        for code in naics.cover(every - held.get(own, frozenset()), (), naics_year)
        if code != UNCLASSIFIED
        for industry in _within_sector(code, naics_year)
    ]
    return pd.DataFrame(rows, columns=["own_code", "industry_code"], dtype="str")


def _held(candidates: Iterable[Candidate], naics_year: int) -> dict[str, frozenset[str]]:
    held: dict[str, frozenset[str]] = {}
    for candidate in candidates:
        for own, industries in leaves_by_own(candidate, naics_year).items():
            held[own] = held.get(own, frozenset()) | industries
    return held


def _within_sector(code: str, naics_year: int) -> list[str]:
    is_sector = naics.industry_level(code) == "sector"
    return sorted(naics.children(code, naics_year)) if is_sector else [code]


def candidate_overlaps(candidates: Iterable[Candidate], naics_year: int) -> pd.DataFrame:
    """Return the cells that two candidates share, of which neither is a part of the other.

    Returns
    -------
    pandas.DataFrame
        Columns `candidate_a`, `candidate_b`, `own_code`, `industry_code`; one row for each
        coarsest industry that both hold with the same ownership.

    Examples
    --------
    >>> from lmi.config import Candidate, candidate_overlaps
    >>> a, b = (Candidate(key=k, name=k, why=k, industries=[{"naics": n}])
    ...         for k, n in (("all", ["31-33"]), ("food", ["311"])))
    >>> candidate_overlaps([a, b], 2022).values.tolist()
    [['all', 'food', '5', '311']]
    """
    found = [(c, leaves_by_own(c, naics_year)) for c in candidates]
    rows = [
        (a.key, b.key, own, code)
        for (a, held), (b, also) in combinations(found, 2)
        if a.part_of != b.key and b.part_of != a.key
        for own in sorted(held.keys() & also.keys())
        for code in naics.cover(held[own] & also[own], (), naics_year)
    ]
    columns = ["candidate_a", "candidate_b", "own_code", "industry_code"]
    return pd.DataFrame(rows, columns=columns, dtype="str")


def candidate_breaks(candidate: Candidate, year0: int, year1: int) -> list[str]:
    """Return what enters or leaves a candidate through NAICS revisions between two years.

    Returns
    -------
    list of str
        One sentence a leak; empty where the definition is closed, so that growth between the
        years compares like with like.

    Examples
    --------
    >>> from lmi.config import Candidate, candidate_breaks
    >>> paired = Candidate(key="software", name="Software", why="Code.",
    ...                    industries=[{"naics": ["5112", "5132"]}])
    >>> candidate_breaks(paired, 2016, 2023)
    []
    """
    found: dict[str, None] = {}
    for own in sorted({own for part in candidate.industries for own in part.own}):
        definition = _definition(part for part in candidate.industries if own in part.own)
        found.update(dict.fromkeys(naics.break_reasons(definition, year0, year1)))
    return list(found)


def _definition(parts: Iterable[CandidatePart]) -> list[str]:
    """Return one set of codes that says the same as the parts in every vintage."""
    return sorted({c for part in parts for code in part.naics for c in _split(code, part.exclude)})


def _split(code: str, exclude: tuple[str, ...]) -> set[str]:
    """Take exclusions out of a code, whole where nothing is cut, by its children where it is."""
    cut = tuple(out for out in exclude if naics.contains(code, out))
    if not cut:
        return {code}
    below = {
        child
        for vintage in VINTAGES
        if naics.is_known(code, vintage)
        for child in naics.children(code, vintage)
    }
    return {c for child in below - set(cut) for c in _split(child, cut)}
