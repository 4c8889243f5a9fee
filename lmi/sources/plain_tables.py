"""CSV tables in the columns of the store: projections, commuting, labor force, thresholds.

What a state's own folder may hold is told apart from them and refused: it is read where it stands.
"""

from __future__ import annotations

from lmi.errors import DataFileError
from lmi.schema import OTHER_TABLES, Table
from lmi.schema.owned import ENGAGEMENT, LOCAL_KNOWLEDGE, OWN_TABLES
from lmi.sources import csv_table
from lmi.sources.csv_header import claim_by_header
from lmi.sources.reader import Claim, Reader, Start

__all__ = ["PLAIN_TABLES"]


def _is_own(table: Table, fields: list[str]) -> bool:
    """Tell a table that a team writes, which may name regions where the store has areas."""
    by_region = "region" in fields and "area_fips" not in fields
    return table.name in OWN_TABLES and (table not in OTHER_TABLES or by_region)


def _claim(start: Start) -> Claim | None:
    claim = claim_by_header(start, (*OTHER_TABLES, ENGAGEMENT, LOCAL_KNOWLEDGE))
    if claim is not None and claim.table is not None and _is_own(claim.table, start.fields):
        raise DataFileError(
            "it is a table that a state's team writes itself, and is read where it stands; put it "
            f"into the state's folder as regions/STATE/{claim.table.name}.csv",
            file=start.member.label,
        )
    return claim


PLAIN_TABLES = Reader(
    what="CSV tables of projections, commuting, labor force or thresholds",
    tables=OTHER_TABLES,
    claim=_claim,
    frames=csv_table.frames,
    lines=csv_table.lines_of,
)
