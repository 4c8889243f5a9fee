"""Hold the rows of a QCEW block to themselves, and leave out those that contradict themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np
import polars as pl

from lmi.schema import Table
from lmi.sources.locate_fault import Lines
from lmi.sources.odd_rows import OddRow, OddRows, named
from lmi.sources.qcew_codes import misplaced, why_misplaced
from lmi.sources.qcew_rules import EXACT, SLIP, Rule, arithmetic, disclosure

__all__ = ["without_odd_rows"]

Found = dict[int, Callable[[Mapping[str, Any]], str]]
"""Rows by number, and what says of one what contradicts what."""


def _broken(printed: pl.DataFrame, stored: pl.DataFrame, rules: tuple[Rule, ...]) -> Found:
    """Return the rows that break a rule; nearly always it is found that there are none.

    What is withheld is printed as 0, which breaks no rule and is faster to look at than nothing.
    """
    found: Found = {}
    # In sequence: side by side they take longer, for columns leave the cache.
    looked = printed.select_seq(r.suspect.any().alias(str(i)) for i, r in enumerate(rules))
    for rule, is_suspect in zip(rules, looked.row(0) if rules else (), strict=True):
        if is_suspect:
            suspects = printed.select(pl.arg_where(rule.suspect)).to_series()
            broken = stored.select(rule.columns)[suspects].select(pl.arg_where(rule.broken))
            for row in suspects.gather(broken.to_series()):
                found.setdefault(row, rule.why.format_map)
    return found


def _odd_rows(printed: pl.DataFrame, found: Found, lines: Lines) -> Iterator[OddRow]:
    rows = sorted(found)
    for row, line in zip(rows, lines.of_rows(rows), strict=True):
        told = printed.row(row, named=True)
        yield OddRow(line, named(told), found[row](told))


def without_odd_rows(
    printed: pl.DataFrame, stored: pl.DataFrame, table: Table, lines: Lines, odd: OddRows
) -> pl.DataFrame:
    """Return the rows that do not contradict themselves, and note the others.

    Parameters
    ----------
    printed, stored : polars.DataFrame
        The same rows as their file has them, and with what is withheld missing.

    Raises
    ------
    DataFileError
        There are many of them.
    """
    present = frozenset(printed.columns)
    found = _broken(printed, stored, arithmetic(table, present, EXACT))
    doubtful = {}
    if found:
        slips = _broken(printed, stored, arithmetic(table, present, SLIP))
        doubtful, found = {row: why for row, why in found.items() if row not in slips}, slips
    found |= _broken(printed, printed, disclosure(table, present))
    found |= {int(row): why_misplaced for row in np.flatnonzero(misplaced(printed))}
    doubtful = {row: why for row, why in doubtful.items() if row not in found}
    if doubtful:
        odd.keep(_odd_rows(printed, doubtful, lines))
    if not found:
        return stored
    odd.leave_out(_odd_rows(printed, found, lines))
    keep = np.ones(stored.height, dtype=bool)
    keep[list(found)] = False
    return stored.filter(pl.Series(keep))
