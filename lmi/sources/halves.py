"""Rows of one key that fill each other's gaps: what a table split, as joins of two tables do."""

from __future__ import annotations

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.sources.csv_table import broken_relation
from lmi.words import count, describe_key, listing

__all__ = ["joined"]

NAMED = 3  # keys that a remark names


def joined(rows: pl.DataFrame, table: Table, label: str) -> tuple[pl.DataFrame, list[str]]:
    """Put such rows together, and say which; rows that say different things stay as they are.

    Raises
    ------
    DataFileError
        What is put together breaks a rule of the table.

    Examples
    --------
    >>> from lmi.schema import table
    >>> half = {"area_fips": "08071", "year": 2016, "labor_force": 6123, "employed": 5827}
    >>> other = half | {"labor_force": None, "employed": None, "unemployed": 296}
    >>> rows = pl.DataFrame([half, other], schema=table("labor_force").polars_schema)
    >>> whole, remarks = joined(rows, table("labor_force"), "f.csv")
    >>> whole.row(0)
    ('08071', 2016, 6123, 5827, 296, None)
    >>> remarks
    ["1 row put together from parts that fill each other's gaps (08071 2016)"]
    """
    key = list(table.key)
    beside = pl.exclude(key)
    several = rows.filter(pl.struct(key).is_duplicated())
    told = several.group_by(key, maintain_order=True).agg(
        pl.max_horizontal(beside.drop_nulls().n_unique()).alias("most"),
        (pl.struct(beside).n_unique() == pl.len()).alias("differ"),
    )
    halves = told.filter((pl.col("most") <= 1) & pl.col("differ")).select(key)
    if halves.is_empty():
        return rows, []
    whole = (
        several.join(halves, on=key, how="semi", maintain_order="left")
        .group_by(key, maintain_order=True)
        .agg(beside.drop_nulls().first())
        .select(rows.columns)
    )
    if broken := broken_relation(whole, table, table.names):
        rule, row = broken
        named = describe_key(whole.select(key).row(row, named=True))
        raise DataFileError(f"put together from the rows of {named}, {rule}; mend them", file=label)
    named = listing([" ".join(map(str, each)) for each in halves.iter_rows()], NAMED)
    remark = f"{count(halves.height, 'row')} put together from parts that fill each other's gaps"
    others = rows.join(halves, on=key, how="anti", maintain_order="left")
    return pl.concat([others, whole]), [f"{remark} ({named})"]
