"""What a region's candidates would be in other footprints, and where a sector's own jobs lie."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from lmi.analysis.measured import CONFIDENTIAL, KEYS, CandidateMeasures
from lmi.assessment.live_state import LiveState
from lmi.assessment.standing import ranks_of
from lmi.config import Asked, Region

__all__ = ["AS_IT_IS", "SHOWN", "by_county", "in_footprints"]

AS_IT_IS = "as-it-is"
"""The key of the footprint that nothing is changed of."""
ENDS = ("", "_lo", "_hi", "_is_vague")
SHOWN = [f"{name}{end}" for name in ("annual_avg_emplvl", "lq") for end in ENDS]
SHOWN = ["annual_avg_estabs", *SHOWN, CONFIDENTIAL]
"""What is told of a candidate in a footprint."""


def in_footprints(
    live: LiveState, region: Region, asked: Asked, footprints: Mapping[str, Sequence[str]]
) -> pd.DataFrame:
    """Measure and rank a region's candidates in footprints that it might have.

    Parameters
    ----------
    footprints : mapping of str to sequence of str
        Counties by a key of the footprint.

    Returns
    -------
    DataFrame
        ``footprint``, ``candidate``, `SHOWN`, ``rank`` and ``set_aside``; a footprint of which
        the store lacks a county is left out.

    Raises
    ------
    StoreError
        The store lacks the counties of them all.
    """
    measured = _measured(live, region, footprints)
    people = live.people(region, live.candidates)
    ranked = []
    for key, rows in measured.table.groupby("region", sort=False).indices.items():
        here = measured.table.iloc[rows].assign(region=region.key)
        draws = {name: drawn[rows] for name, drawn in measured.draws.items()}
        told = people.beside(CandidateMeasures(here.reset_index(drop=True), draws))
        ranked.append(ranks_of(told, {region.key: asked}).assign(region=str(key)))
    joined = measured.table[[*KEYS, *SHOWN]].merge(
        pd.concat(ranked, ignore_index=True), on=KEYS, validate="1:1"
    )
    return joined.rename(columns={"region": "footprint"})


def by_county(live: LiveState, region: Region, counties: Sequence[str]) -> pd.DataFrame:
    """Measure a region's candidates in each of some counties alone.

    Returns
    -------
    DataFrame
        ``area_fips``, ``candidate`` and `SHOWN`; none of a county that the store lacks.
    """
    measured = _measured(live, region, {county: [county] for county in counties})
    return measured.table[[*KEYS, *SHOWN]].rename(columns={"region": "area_fips"})


def _measured(
    live: LiveState, region: Region, footprints: Mapping[str, Sequence[str]]
) -> CandidateMeasures:
    keys = {f"footprint-{number}": key for number, key in enumerate(footprints)}
    wanted = [
        region.model_copy(update={"key": made, "counties": tuple(sorted(footprints[key]))})
        for made, key in keys.items()
    ]
    found = live.measure_each(wanted, live.candidates, region)
    table = found.table.assign(region=found.table["region"].map(keys))
    return CandidateMeasures(table, found.draws)
