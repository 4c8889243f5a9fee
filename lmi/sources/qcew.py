"""QCEW files, in every layout of the agency, become rows of the two QCEW tables.

By-area files, open-data slices (by area or by industry) and single files carry the same columns
under slightly different names (see `lmi.schema`). What a row withholds becomes missing here, at
the door: a withheld cell arrives as zeros under the disclosure code ``N`` or ``-``, and a true
zero arrives as a zero without one.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from lmi.errors import DataFileError
from lmi.schema import Table
from lmi.sources.blame import Lines

__all__ = ["WITHHELD", "Scope", "normalise"]

WITHHELD = ("N", "-")
_DISCLOSURE = ("disclosure_code", "lq_disclosure_code", "oty_disclosure_code")
_QUARTERS = {"qcew_annual": {"A"}, "qcew_quarterly": {"1", "2", "3", "4"}}


def _check_quarters(frame: pl.DataFrame, table: Table, label: str, lines: Lines) -> None:
    allowed = _QUARTERS[table.name]
    for value in frame["qtr"].unique().to_list():
        if value not in allowed:
            raise DataFileError(
                f"qtr is {value!r}; in this layout it must be {' or '.join(sorted(allowed))}, so "
                "download the file again",
                file=label,
                line=lines.find(frame["qtr"], lambda v: v not in allowed),
            )


def _check_disclosure(frame: pl.DataFrame, name: str, label: str, lines: Lines) -> None:
    known = {"", *WITHHELD}
    for value in frame[name].unique().drop_nulls().to_list():
        if value.strip() not in known:
            raise DataFileError(
                f"{name} is {value!r}; the agency uses N, - or a blank, so download the file again",
                file=label,
                line=lines.find(frame[name], lambda v: v.strip() not in known),
            )


def _withheld(disclosure: pl.Series) -> pl.Series:
    """Return N and - without blanks around them, and null for all else."""
    if any(v != v.strip() for v in disclosure.unique().drop_nulls().to_list()):
        plain = disclosure.cast(pl.String).str.strip_chars()
        disclosure = plain.cast(disclosure.dtype)
    name = pl.col(disclosure.name)
    return disclosure.to_frame().select(pl.when(name.is_in(WITHHELD)).then(name)).to_series()


def _missing_where_withheld(frame: pl.DataFrame, table: Table) -> Iterator[pl.Expr]:
    row = frame["disclosure_code"].is_not_null()
    # A file may print the quotients of a withheld row and leave out their own gate.
    kept = {g: ~(row | frame[g].is_not_null()) if g in frame.columns else ~row for g in _DISCLOSURE}
    for column in table.columns:
        if column.gate and column.name in frame.columns:
            yield pl.when(kept[column.gate]).then(pl.col(column.name)).alias(column.name)


def normalise(frame: pl.DataFrame, table: Table, label: str, lines: Lines) -> pl.DataFrame:
    """Return the rows as the store holds them.

    Parameters
    ----------
    frame : polars.DataFrame
        Parsed rows with stored names; lacks the columns that the file lacks.
    table : Table
        ``qcew_annual`` or ``qcew_quarterly``.
    label : str
        How an error names the file.
    lines : Lines
        Where the rows stand.

    Returns
    -------
    polars.DataFrame
        The same columns; what is withheld is null.

    Raises
    ------
    DataFileError
        A quarter or a disclosure code is not of the layout.

    Notes
    -----
    Establishment counts, and their quotients and changes, are published even where the rest of a
    row is withheld, and are kept.
    """
    _check_quarters(frame, table, label, lines)
    present = [n for n in _DISCLOSURE if n in frame.columns]
    for name in present:
        _check_disclosure(frame, name, label, lines)
    tidy = frame.with_columns(_withheld(frame[n]) for n in present)
    return tidy.with_columns(*_missing_where_withheld(tidy, table))


class Scope:
    """Tells, block by block, which older rows a source replaces.

    A file with one industry for many areas is a by-industry slice. A source of such files alone
    replaces those industries only; any other replaces all rows of its areas and periods.

    Examples
    --------
    >>> import polars as pl
    >>> from lmi.schema import table
    >>> scope = Scope(table("qcew_annual"))
    >>> scope.add("f.csv", pl.DataFrame({"area_fips": ["99001", "99003"], "industry_code": "10"}))
    >>> scope.replaces()
    ('area_fips', 'year', 'qtr', 'size_code', 'industry_code')
    """

    def __init__(self, table: Table) -> None:
        self.table = table
        self._seen: dict[str, tuple[set[str], set[str]]] = {}

    def add(self, member: str, frame: pl.DataFrame) -> None:
        """Take note of a block of one member."""
        if not self.table.name.startswith("qcew_"):
            return
        names = ("industry_code", "area_fips")
        for name, found in zip(names, self._seen.setdefault(member, (set(), set())), strict=True):
            if len(found) < 2:
                found.update(frame[name].unique())

    def replaces(self) -> tuple[str, ...]:
        """Return the columns that say which older rows are replaced."""
        slices = [len(inds) == 1 and len(areas) > 1 for inds, areas in self._seen.values()]
        by_industry = bool(slices) and all(slices)
        return (*self.table.replaces, *(["industry_code"] if by_industry else []))
