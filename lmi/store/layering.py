"""Lay the rows of a source over what is there: by key, and a revised row yields to revised alone.

A file speaks for the rows that it holds and takes no other away. Of a key that is there already the
newer row counts, unless the one that is there is marked as revised and the newer is not. A row that
says the same as the one that is there leaves it as it is. An empty cell says nothing: the number
that is there stays, unless a disclosure code withholds it now.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from lmi.schema import Table
from lmi.store.catalogue import IngestedFile, Layer
from lmi.store.staging import SOURCE_ID

__all__ = ["NOTHING", "Answers", "Counts", "Laid", "fold", "lay", "read_layer", "revised_of"]

REVISED = "revised"
_BEFORE = "|before"

_Scope = tuple[object, ...]
_Part = tuple[set[_Scope], pl.DataFrame]


@dataclass(frozen=True)
class Counts:
    """What became of a source's rows, and of those that were there.

    Parameters
    ----------
    added, revised : int
        Rows that were not there, and rows that were there with other values.
    same : int
        Rows that were there with the same values.
    confirmed : int
        Those of them that are marked as revised by it, and were not before.
    held : int
        Rows that do not count, because those that are there are marked as revised.
    left : int
        Rows of its areas and periods that are there, that it does not hold and that stay.
    taken : int
        Rows that it takes the place of without holding their keys, as the user asked.
    """

    added: int = 0
    revised: int = 0
    same: int = 0
    confirmed: int = 0
    held: int = 0
    left: int = 0
    taken: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(*(getattr(self, n) + getattr(other, n) for n in self.__dataclass_fields__))

    @property
    def changed(self) -> bool:
        """Whether the store answers otherwise than before."""
        return bool(self.added or self.revised or self.confirmed or self.taken)


NOTHING = Counts()


@dataclass(frozen=True)
class Laid:
    """Rows laid over others."""

    frame: pl.DataFrame
    counts: Counts


def revised_of(sources: Iterable[IngestedFile]) -> set[int]:
    """Return which sources are marked as revised."""
    return {source.source_id for source in sources if source.vintage == REVISED}


def read_layer(root: Path, layer: Layer) -> pl.DataFrame:
    """Return the rows of a layer, each with its source."""
    frame = pl.read_parquet(root / layer.file)
    if SOURCE_ID not in frame.columns:  # outlines of a store of the earlier format
        frame = frame.with_columns(pl.lit(layer.source_id, pl.Int32).alias(SOURCE_ID))
    return frame


def _said(rows: pl.DataFrame, table: Table) -> list[str]:
    """The columns that a source speaks of: a trimmed file has others that are empty throughout."""
    beside = [n for n in rows.columns if n not in table.key and n != SOURCE_ID]
    return [n for n in beside if rows[n].null_count() < rows.height]


def _kept_where_empty(table: Table) -> list[str]:
    """The numbers that no disclosure code can withhold: where one is empty, nothing is said."""
    numbers = (c for c in table.columns if c.dtype in ("int", "float"))
    return [c.name for c in numbers if c.blank and not c.gate]


def _met(
    before: pl.DataFrame, rows: pl.DataFrame, table: Table, revised: set[int], *, stands: bool
) -> pl.DataFrame:
    """Return the rows with what becomes of each, ``added`` and so on.

    Parameters
    ----------
    stands : bool
        Whether they stand for all that there is of their areas, empty cells too.
    """
    key, kept = list(table.key), [] if stands else _kept_where_empty(table)
    said = [*dict.fromkeys([*_said(rows, table), *kept])]
    old = before.select(*key, SOURCE_ID, *said)
    met = rows.join(old, on=key, how="left", suffix=_BEFORE, maintain_order="left")
    met = met.with_columns(pl.coalesce(name, f"{name}{_BEFORE}") for name in kept)
    there = pl.col(f"{SOURCE_ID}{_BEFORE}").is_not_null()
    equal = (pl.col(n).eq_missing(pl.col(f"{n}{_BEFORE}")) for n in said)
    same = there & pl.all_horizontal(pl.lit(True), *equal)
    was = pl.col(f"{SOURCE_ID}{_BEFORE}").is_in(revised).fill_null(False)
    comes = pl.col(SOURCE_ID).is_in(revised)
    return met.select(
        *rows.columns,
        added=~there,
        revised=there & ~same & (comes | ~was),
        same=same,
        confirmed=same & comes & ~was,
        held=there & ~same & ~comes & was,
    )


def lay(
    before: pl.DataFrame,
    rows: pl.DataFrame,
    table: Table,
    revised: set[int],
    replaces: tuple[str, ...] | None = None,
) -> Laid:
    """Lay the rows of a source over those that are there.

    Parameters
    ----------
    revised : set of int
        The sources that are marked as revised.
    replaces : tuple of str, optional
        Columns whose rows it takes the place of; the table's key unless told, all where empty.
    """
    key, first = table.key, table.key[0]
    replaces = key if replaces is None else replaces
    if replaces == key and not before[first].is_in(rows[first].unique().implode()).any():
        return Laid(pl.concat([before, rows.select(before.columns)]), Counts(added=rows.height))
    met = _met(before, rows, table, revised, stands=replaces != key)
    is_newer = pl.col("added") | pl.col("revised") | pl.col("confirmed")
    newer, stays = met.filter(is_newer).select(before.columns), met.filter(~is_newer)
    others = before.join(rows, on=key, how="anti")
    beside, apart = _split(others, rows.select(table.replaces if replaces == key else replaces))
    taken = beside.clear() if replaces == key else beside
    if taken.height and not revised.issuperset(rows[SOURCE_ID].unique()):
        taken = taken.filter(~pl.col(SOURCE_ID).is_in(revised))
    left = beside.join(taken, on=key, how="anti") if taken.height else beside
    frame = pl.concat([apart, left, before.join(stays, on=key, how="semi"), newer])
    counts = met.select(pl.col("added", "revised", "same", "confirmed", "held").sum()).row(
        0, named=True
    )
    return Laid(frame, Counts(**counts, left=left.height, taken=taken.height))


def _split(rows: pl.DataFrame, scope: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows within a scope, all where it names no column, and those beside it."""
    if not scope.columns:
        return rows, rows.clear()
    within = rows.join(scope, on=scope.columns, how="semi")
    return within, rows.join(scope, on=scope.columns, how="anti")


class Answers:
    """What a partition answers with while sources are laid over it.

    Its rows lie apart by the areas and periods that sources speak for, so that a small file meets
    few of many: a state is fetched in hundreds of slices.

    Parameters
    ----------
    rows : polars.DataFrame
        What it answers with at first.
    """

    def __init__(self, table: Table, rows: pl.DataFrame) -> None:
        self.table, self._columns = table, rows.columns
        self._parts = [(self._scopes(rows), rows)]

    @property
    def frame(self) -> pl.DataFrame:
        """All rows, in no order."""
        return pl.concat([rows for _, rows in self._parts])

    def lay(
        self, rows: pl.DataFrame, revised: set[int], replaces: tuple[str, ...] | None = None
    ) -> Counts:
        """Lay the rows of a source over it, as `lay` does."""
        rows = rows.select(self._columns)
        scopes = self._scopes(rows)
        if replaces in (None, self.table.key, self.table.replaces):
            met = self._taken_out(scopes)
        else:
            met, self._parts = self._parts, []
        if not met:
            self._parts.append((scopes, rows))
            return Counts(added=rows.height)
        before = pl.concat([part for _, part in met])
        laid = lay(before, rows, self.table, revised, replaces)
        self._parts.append((scopes.union(*(of for of, _ in met)), laid.frame))
        return laid.counts

    def _scopes(self, rows: pl.DataFrame) -> set[_Scope]:
        columns = self.table.replaces
        return set(rows.select(columns).unique().rows()) if columns else {()}

    def _taken_out(self, scopes: set[_Scope]) -> list[_Part]:
        """Take out the parts of some scopes; one that holds others too is cut first."""
        kept: list[_Part] = []
        taken: list[_Part] = []
        for of, rows in self._parts:
            if of.isdisjoint(scopes):
                kept.append((of, rows))
            elif of <= scopes:
                taken.append((of, rows))
            else:
                cut = rows.partition_by(self.table.replaces, as_dict=True)
                for scope, part in cut.items():
                    (taken if scope in scopes else kept).append(({scope}, part))
        self._parts = kept
        return taken


def fold(
    root: Path, layers: Iterable[Layer], table: Table, revised: set[int], as_of: int | None = None
) -> pl.DataFrame | None:
    """Return the rows that follow from layers, as they are or as of a source; None without any."""
    answers: Answers | None = None
    for layer in layers:
        if as_of is not None and layer.source_id > as_of:
            continue
        rows = read_layer(root, layer)
        if as_of is not None:
            rows = rows.filter(pl.col(SOURCE_ID) <= as_of)
        if answers is None:
            answers = Answers(table, rows)
        else:
            answers.lay(rows, revised, layer.replaces)
    return answers.frame if answers else None
