"""What a region's candidates would be in other footprints, and where a sector's own jobs lie."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from lmi.analysis.measured import CONFIDENTIAL, CandidateMeasures
from lmi.assessment.standing import ranks_of
from lmi.config import Asked, Candidate, Region
from lmi.schema.measures import OF_JOBS

if TYPE_CHECKING:
    from lmi.assessment.live_state import LiveState

__all__ = ["AS_IT_IS", "SHOWN", "SectorsAround", "measure_around"]

AS_IT_IS = "as-it-is"
"""The key of the footprint that nothing is changed of."""
ENDS = ("", "_lo", "_hi", "_is_vague")
SHOWN = [f"{name}{end}" for name in ("annual_avg_emplvl", "lq") for end in ENDS]
SHOWN = ["candidate_name", "annual_avg_estabs", *SHOWN, OF_JOBS, CONFIDENTIAL]
"""What is told of a candidate in a footprint."""


class SectorsAround(NamedTuple):
    """A region's candidates, in and around it.

    Attributes
    ----------
    footprints : DataFrame
        ``footprint``, ``candidate``, `SHOWN`, ``rank`` and ``set_aside``; a footprint of which
        the store lacks a county is left out.
    counties : DataFrame
        ``area_fips``, ``candidate`` and `SHOWN`, of each county alone.
    """

    footprints: pd.DataFrame
    counties: pd.DataFrame


def measure_around(
    live: LiveState,
    region: Region,
    asked: Asked,
    candidates: Sequence[Candidate],
    footprints: Mapping[str, Iterable[str]],
    counties: Sequence[str],
) -> SectorsAround:
    """Measure and rank candidates in footprints that a region might have, and by county.

    All are measured together, so that what is told of one gives nothing away of another.

    Parameters
    ----------
    footprints : mapping of str to iterable of str
        Counties by a key of the footprint.
    counties : sequence of str
        Looked at one by one.

    Raises
    ------
    StoreError
        The store lacks the counties of them all.
    """
    wanted = [(True, key, tuple(sorted(footprints[key]))) for key in footprints]
    wanted += [(False, county, (county,)) for county in counties]
    made = {f"footprint-{number}": one for number, one in enumerate(wanted)}
    tried = [
        region.model_copy(update={"key": key, "counties": held})
        for key, (_, _, held) in made.items()
    ]
    measured = live.measure_each(tried, candidates, region)
    of_footprint = measured.table["region"].map({key: one[0] for key, one in made.items()})
    named = measured.table["region"].map({key: one[1] for key, one in made.items()})
    alone = measured.table.assign(area_fips=named).loc[~of_footprint]
    ranks = _ranked(live, region, asked, candidates, measured, named.where(of_footprint))
    shown = measured.table.assign(footprint=named).loc[
        of_footprint, ["footprint", "candidate", *SHOWN]
    ]
    return SectorsAround(
        shown.merge(ranks, on=["footprint", "candidate"], validate="1:1"),
        alone[["area_fips", "candidate", *SHOWN]].reset_index(drop=True),
    )


def _ranked(
    live: LiveState,
    region: Region,
    asked: Asked,
    candidates: Sequence[Candidate],
    measured: CandidateMeasures,
    footprints: pd.Series,
) -> pd.DataFrame:
    """Rank the candidates of each footprint, as if it were the region."""
    people, ranked = live.people(region, candidates), []
    for key, rows in measured.table.groupby(footprints, sort=False).indices.items():
        here = measured.table.iloc[rows].assign(region=region.key)
        draws = {name: drawn[rows] for name, drawn in measured.draws.items()}
        told = people.beside(CandidateMeasures(here.reset_index(drop=True), draws))
        ranked.append(ranks_of(told, {region.key: asked}).assign(footprint=str(key)))
    columns = ["footprint", "candidate", "rank", "set_aside"]
    return (
        pd.concat(ranked, ignore_index=True)[columns] if ranked else pd.DataFrame(columns=columns)
    )
