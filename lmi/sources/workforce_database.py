"""Exports of the Workforce Information Database, which states keep in one published structure.

Its codes lose their leading zeros on the way through a spreadsheet. It has areas that are none of
QCEW's, totals beside their parts, and years beside quarters and months.
"""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from lmi import codes
from lmi.sources.layout import Texts

__all__ = ["AREA", "in_known_areas", "in_known_periods"]

_TYPE = pl.col("areatype").str.zfill(2)
_PLACE = pl.col("area").str.zfill(6)
_STATE = pl.col("stfips").str.zfill(2)
AREA = (
    pl.when(_TYPE == "00")
    .then(pl.lit(codes.NATION))
    .when(_TYPE == "01")
    .then(_STATE + "000")
    .when(_TYPE == "04")
    .then(_STATE + _PLACE.str.tail(3))
    .when(_TYPE == "21")
    .then("C" + _PLACE.str.slice(1, 4))
    .alias("area_fips")
)
"""The nation, a state, a county or a metropolitan area, as QCEW writes it; else null."""


def in_known_areas(texts: Texts) -> Texts:
    """Return the rows of areas that QCEW has too."""
    why = "that type of area is none of QCEW's, which has the nation, states, counties and metros"
    return texts.leave(AREA.is_null(), "areatype", why)


def in_known_periods(texts: Texts, types: Collection[str], why: str) -> Texts:
    """Return the rows of some types of period: 01 for years, 02 for quarters."""
    return texts.leave(~pl.col("periodtype").str.zfill(2).is_in(types), "periodtype", why)
