"""QCEW files, in every layout of the agency, become rows of the two QCEW tables.

By-area files, open-data slices (by area or by industry) and single files carry the same columns
under slightly different names (see `lmi.schema`). What a row withholds becomes missing here, at
the door: a withheld cell arrives as zeros under the disclosure code ``N`` or ``-``, and a true
zero arrives as a zero without one.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from functools import partial

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import QCEW_TABLES, WITHHELD, Table
from lmi.sources import csv_table
from lmi.sources.archive import Member, head
from lmi.sources.as_written import EMPTY
from lmi.sources.csv_header import claim_by_header
from lmi.sources.distinct import distinct
from lmi.sources.locate_fault import Lines
from lmi.sources.odd_rows import OddRows
from lmi.sources.qcew_areas import BATCH_ROWS, Areas, without
from lmi.sources.qcew_names import check_name, check_title, title_of
from lmi.sources.qcew_rows import without_odd_rows
from lmi.sources.reader import Claim, Reader, Start

__all__ = ["QCEW", "normalise", "vintage"]

_DISCLOSURE = ("disclosure_code", "lq_disclosure_code", "oty_disclosure_code")
_QUARTERS_IN_NAME = re.compile(r"q1-q([1-3])(?!\d)", re.IGNORECASE)
_QUARTERS = {"qcew_annual": {"A"}, "qcew_quarterly": {"1", "2", "3", "4"}}


def _check_quarters(
    values: list[str | None], frame: pl.DataFrame, table: Table, label: str, lines: Lines
) -> None:
    allowed = _QUARTERS[table.name]
    for value in values:
        if value not in allowed:
            raise DataFileError(
                f"qtr is {value!r}; in this layout it must be {' or '.join(sorted(allowed))}, so "
                "download the file again",
                file=label,
                line=lines.find(frame["qtr"], lambda v: v not in allowed),
            )


def _is_disclosure(value: str) -> bool:
    return value.strip() in WITHHELD or value.strip().lower() in EMPTY


def _check_disclosure(
    values: list[str | None], column: pl.Series, label: str, lines: Lines
) -> None:
    for value in values:
        if value is not None and not _is_disclosure(value):
            raise DataFileError(
                f"{column.name} is {value!r}; the agency uses N, - or a blank, so download the "
                "file again",
                file=label,
                line=lines.find(column, lambda v: not _is_disclosure(v)),
            )


def _withheld(values: list[str | None], disclosure: pl.Series) -> pl.Expr:
    """Return N and - without blanks around them, and null for all else."""
    code = pl.col(disclosure.name)
    if any(v is not None and v != v.strip() for v in values):
        code = code.cast(pl.String).str.strip_chars().cast(disclosure.dtype)
    return pl.when(code.is_in(WITHHELD)).then(code).alias(disclosure.name)


def _missing_where_withheld(frame: pl.DataFrame, table: Table) -> Iterator[pl.Expr]:
    row = pl.col("disclosure_code").is_null()
    # A file may print the quotients of a withheld row and leave out their own gate.
    gates = {g: row & pl.col(g).is_null() if g in frame.columns else row for g in _DISCLOSURE}
    kept = frame.select(rule.alias(gate) for gate, rule in gates.items())
    for column in table.columns:
        if column.gate and column.name in frame.columns:
            yield pl.when(kept[column.gate]).then(pl.col(column.name)).alias(column.name)


def normalise(
    frame: pl.DataFrame, table: Table, label: str, lines: Lines, odd: OddRows
) -> pl.DataFrame:
    """Return the rows as the store holds them, without those that contradict themselves.

    Parameters
    ----------
    odd : OddRows
        Where those are noted.

    Returns
    -------
    polars.DataFrame
        The same columns; what is withheld is null.

    Raises
    ------
    DataFileError
        A quarter or a disclosure code is not of the layout, or many rows contradict themselves.

    Notes
    -----
    Establishment counts, and their quotients and changes, are published even where the rest of a
    row is withheld, and are kept.
    """
    present = [n for n in _DISCLOSURE if n in frame.columns]
    values = distinct(frame, ["qtr", *present])
    _check_quarters(values["qtr"], frame, table, label, lines)
    for name in present:
        _check_disclosure(values[name], frame[name], label, lines)
    printed = frame.with_columns(_withheld(values[name], frame[name]) for name in present)
    stored = printed.with_columns(*_missing_where_withheld(printed, table))
    return without_odd_rows(printed, stored, table, lines, odd)


def _claim(start: Start) -> Claim | None:
    if any(field.startswith("sic_") for field in start.fields):
        raise DataFileError(
            "it is an SIC-based file; take the NAICS-based files", file=start.member.label
        )
    return claim_by_header(start, QCEW_TABLES)


def vintage(names: Sequence[str]) -> str:
    """Return what the names of a file and its members say of the release.

    The agency names a year that is under way by its quarters; such data is preliminary.

    Examples
    --------
    >>> vintage(["2024.q1-q2 08001.csv"]), vintage(["2023.q1-q4 08001.csv"])
    ('preliminary', '')
    """
    return "preliminary" if any(_QUARTERS_IN_NAME.search(n) for n in names) else ""


def _lost_gates(present: Sequence[str]) -> Iterator[str]:
    """Say which disclosure codes are not there though what they withhold is."""
    for gate in _DISCLOSURE[1:]:
        family = gate.partition("_")[0]
        if gate not in present and any(name.startswith(f"{family}_") for name in present):
            yield f"it lacks {gate}, so that a 0 of its {family}_ columns may be a withheld number"


def frames(member: Member, table: Table) -> Generator[pl.DataFrame, None, list[str]]:
    """Yield the rows of a file, and return what is to be said of it."""
    header = csv_table.header_of(member, table)
    lost = _lost_gates(header.present)
    titled = title_of(head(member))
    if titled:
        check_title(*titled, member.label)
    odd, areas = OddRows(member.label), Areas(table, member.label)
    held: list[pl.DataFrame] = []
    for frame in csv_table.frames(member, header, finish=partial(normalise, odd=odd)):
        areas.add(frame)
        held.append(frame)
        if areas.rows > BATCH_ROWS:
            yield from held
            held.clear()
    strays = areas.strays()
    check_name(member.name, *areas.covered(strays), member.label)
    yield from (without(frame, strays) for frame in held)
    said = areas.remarks(strays, left_out=areas.rows <= BATCH_ROWS)
    return [*odd.remarks(areas.rows), *lost, *said]


QCEW = Reader(
    what="QCEW",
    tables=QCEW_TABLES,
    claim=_claim,
    frames=frames,
    lines=csv_table.lines_of,
    vintage=vintage,
)
