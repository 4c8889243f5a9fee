"""A file read as ingest reads it, and held to a store, without being taken in: much faster."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from lmi.errors import LmiError
from lmi.schema import QCEW_TABLES, VINTAGE, Table
from lmi.sources.archive import members
from lmi.sources.recognise import recognise
from lmi.store.at_odds import AtOdds, at_odds, is_compared
from lmi.store.held_numbers import HeldNumbers
from lmi.store.other_years import totals_at_odds
from lmi.store.staging import Staging, repeated_key

__all__ = ["Frames", "at_the_door"]

Frames = dict[str, pl.DataFrame]


def at_the_door(path: Path, held: HeldNumbers | None = None) -> tuple[str, Frames]:
    """Return what is said of a file, and its rows by table; no rows where it is refused.

    Parameters
    ----------
    held : HeldNumbers, optional
        A store that its rows are held to.
    """
    remarks: list[str] = []
    found: Frames = {}
    try:
        member = members(path)[0]
        kind = recognise(member)
        assert kind is not None
        for table in kind.tables:
            frames = [_cast(f, table) for f in kind.reader.read(member, table, remarks)]
            if not frames or not sum(frame.height for frame in frames):
                continue
            frame = pl.concat(frames, how="diagonal").sort(table.key)
            if repeated_key(frame, table.key):
                return "a key stands twice", {}
            odd = _at_odds(frame, table, held, path.parent) if held is not None else AtOdds()
            if odd.refused:
                return odd.refused[0], {}
            remarks += odd.remarked
            found[table.name] = frame
    except LmiError as error:
        return str(error), {}
    if not found:
        return f"no rows; {'; '.join(remarks)}", {}
    return "; ".join(dict.fromkeys(remarks)), found


def _cast(frame: pl.DataFrame, table: Table) -> pl.DataFrame:
    types = {name: kind for name, kind in table.polars_schema.items() if name in frame.columns}
    plain = frame.cast(types)  # type: ignore[arg-type]
    if VINTAGE in plain.columns:
        return plain.with_columns(pl.col(VINTAGE).fill_null(""))
    return plain


def _at_odds(frame: pl.DataFrame, table: Table, held: HeldNumbers, folder: Path) -> AtOdds:
    if is_compared(table.name):
        return at_odds(frame.select(table.names), table.name, held)
    if table not in QCEW_TABLES:
        return AtOdds()
    lacking = [name for name in table.names if name not in frame.columns]
    types = table.polars_schema
    whole = frame.with_columns(pl.lit(None, types[name]).alias(name) for name in lacking)
    staging = Staging(folder, table, 1)
    staging.add(whole.select(table.names))
    return totals_at_odds(staging.finish(), table, held)
