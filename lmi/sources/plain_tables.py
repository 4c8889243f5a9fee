"""CSV tables in the columns of the store: people, commuting, projections, thresholds.

What a state's own folder may hold is told apart from them and refused: it is read where it stands.
"""

from __future__ import annotations

from collections.abc import Generator

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import OTHER_TABLES, Table
from lmi.schema.owned import ENGAGEMENT, LOCAL_KNOWLEDGE, OWN_TABLES
from lmi.sources import csv_table
from lmi.sources.archive import Member
from lmi.sources.csv_header import claim_by_header
from lmi.sources.halves import joined
from lmi.sources.locate_fault import Lines
from lmi.sources.own_file import restored
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


def _unguarded(frame: pl.DataFrame, table: Table, label: str, lines: Lines) -> pl.DataFrame:
    """Take away what an export put before a text so that no spreadsheet runs it."""
    texts = [c.name for c in table.columns if c.dtype == "text" and c.name in frame.columns]
    guarded = [name for name in texts if frame[name].str.starts_with("'").any()]
    return frame.with_columns(
        pl.Series(name, [text if text is None else restored(text) for text in frame[name]])
        for name in guarded
    )


def _frames(member: Member, table: Table) -> Generator[pl.DataFrame, None, list[str]]:
    frames = csv_table.frames(member, csv_table.header_of(member, table), finish=_unguarded)
    if not any(column.blank for column in table.columns):
        yield from frames
        return []
    if not (found := list(frames)):
        return []
    rows, remarks = joined(pl.concat(found, how="diagonal"), table, member.label)
    yield rows
    return remarks


PLAIN_TABLES = Reader(
    what="projections and thresholds",
    tables=OTHER_TABLES,
    claim=_claim,
    frames=_frames,
    lines=csv_table.lines_of,
)
