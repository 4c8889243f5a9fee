"""What a table of the store is: its columns with their types, units and meaning, and its key."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import polars as pl

__all__ = [
    "AS_NAMED", "VINTAGE", "VINTAGES", "WITHHELD", "Column", "DType", "Relation", "Table",
    "year_column",
]  # fmt: skip

WITHHELD = ("N", "-")
"""What a disclosure column says where it withholds a number."""
AS_NAMED = "as named"
"""The unit of a column whose rows each have a unit of their own."""
VINTAGE = "vintage"
"""The column by which an exported table says of which release each row is."""
VINTAGES = ("preliminary", "revised")

DType = Literal["code", "text", "int", "float", "outline"]
_POLARS: dict[str, pl.DataType] = {
    "code": pl.String(),
    "text": pl.String(),
    "int": pl.Int64(),
    "float": pl.Float64(),
    "outline": pl.Binary(),
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        Name in the store.
    dtype : {"code", "text", "int", "float", "outline"}
        A code is a string with a grammar; text is free; an outline is a polygon as WKB.
    unit : str
        Unit of a number ("jobs", "USD", "percent"), empty for codes and text.
    meaning : str
        One line for a reader.
    blank : bool
        Whether a source may leave the field empty.
    aliases : tuple of str
        Other names that sources give the same column.
    gate : str
        The disclosure column that withholds this number, empty if none does.
    lowest, highest : float or None
        The smallest and the largest value that make sense; codes and texts have none.
    if_below, if_above : str
        What a value beyond is likely to be, and the remedy.
    """

    name: str
    dtype: DType
    unit: str = ""
    meaning: str = ""
    blank: bool = False
    aliases: tuple[str, ...] = ()
    gate: str = ""
    lowest: float | None = None
    highest: float | None = None
    if_below: str = ""
    if_above: str = ""


def year_column(name: str, meaning: str, *, blank: bool = False, since: int = 1990) -> Column:
    """Make a column of calendar years, by default of those that the agencies' tables are of."""
    return Column(name, "int", "", meaning, blank, lowest=since, highest=2100)


@dataclass(frozen=True)
class Relation:
    """What the numbers of a row say of each other.

    Parameters
    ----------
    columns : tuple of str
        Those that it looks at; a file that lacks one is not held to it.
    broken : polars.Expr
        True where a row breaks it.
    rule : str
        What must be so, with the row's values to be filled in.
    remedy : str
        What to do about it, where more is known than that the row is wrong.
    """

    columns: tuple[str, ...]
    broken: pl.Expr
    rule: str
    remedy: str = ""


@dataclass(frozen=True)
class Table:
    """A table of the store.

    Parameters
    ----------
    name : str
        Name of the table, also its folder.
    columns : tuple of Column
        In stored order.
    key : tuple of str
        Columns that identify a row; a source that repeats a key is refused.
    replaces : tuple of str
        What an area and period of it is: a file that is to stand in place of all that is there
        takes away the rows that share these columns with one of its own.
    partition : tuple of str
        Columns that name the folders; ``state`` is derived from `area_fips`.
    optional : frozenset of str
        Columns that a source may lack altogether.
    relations : tuple of Relation
        What its numbers say of each other.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    replaces: tuple[str, ...]
    partition: tuple[str, ...] = ()
    optional: frozenset[str] = field(default_factory=frozenset)
    relations: tuple[Relation, ...] = field(default=(), compare=False)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by their stored name."""
        return {c.name: c for c in self.columns}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Stored names in order."""
        return tuple(c.name for c in self.columns)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Names that every source must have."""
        return tuple(n for n in self.names if n not in self.optional)

    @cached_property
    def spelling(self) -> dict[str, str]:
        """Every accepted source spelling, in lower case, to the stored name."""
        pairs = {c.name: c.name for c in self.columns}
        pairs.update({alias: c.name for c in self.columns for alias in c.aliases})
        return pairs

    @cached_property
    def polars_schema(self) -> dict[str, pl.DataType]:
        """Types in the store."""
        return {c.name: _POLARS[c.dtype] for c in self.columns}

    @cached_property
    def parsing_schema(self) -> dict[str, pl.DataType]:
        """Types while a file is read: the codes of a large table are told apart once each."""
        if not self.partition:
            return self.polars_schema
        codes = {c.name: pl.Categorical() for c in self.columns if c.dtype == "code"}
        return {**self.polars_schema, **codes}
