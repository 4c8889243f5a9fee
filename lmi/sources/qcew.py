"""QCEW files, in every layout of the agency, become rows of the two QCEW tables.

By-area files, open-data slices (by area or by industry) and single files carry the same columns
under slightly different names (see `lmi.schema`). What a row withholds becomes missing here, at
the door: a withheld cell arrives as zeros under the disclosure code ``N`` or ``-``, and a true
zero arrives as a zero without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import polars as pl

from lmi import codes, naics
from lmi.errors import CodeError, DataFileError
from lmi.schema import Table
from lmi.sources.csv_table import find_line

__all__ = ["WITHHELD", "normalise", "replaces"]

WITHHELD = ("N", "-")
_DISCLOSURE = ("disclosure_code", "lq_disclosure_code", "oty_disclosure_code")
_QUARTERS = {"qcew_annual": {"A"}, "qcew_quarterly": {"1", "2", "3", "4"}}


def _check_own(own_code: str) -> None:
    if own_code not in codes.OWNERSHIPS:
        raise CodeError(
            f"own_code is {own_code!r}; it must be one of {', '.join(codes.OWNERSHIPS)}"
        )


def _check_industry(industry_code: str) -> None:
    if industry_code.startswith("SIC"):
        raise CodeError(f"industry_code is {industry_code!r}, of the SIC; take the NAICS-based files")
    naics.parse_industry(industry_code)


_GRAMMAR: dict[str, Callable[[str], object]] = {
    "area_fips": codes.parse_area,
    "own_code": _check_own,
    "industry_code": _check_industry,
    "agglvl_code": codes.parse_agglvl,
}


def _breaks_rule(check: Callable[[str], object], value: str) -> bool:
    try:
        check(value)
    except CodeError:
        return True
    return False


def _check_codes(frame: pl.DataFrame, table: Table, label: str, line: int) -> None:
    """Hold each distinct code against its grammar; the distinct ones are few."""
    for name, check in _GRAMMAR.items():
        for value in frame[name].unique().to_list():
            try:
                check(value)
            except CodeError as error:
                at = find_line(frame[name], lambda v, c=check: _breaks_rule(c, v), line)
                text = str(error).rstrip(".")
                raise DataFileError(
                    f"{text}; keep codes as text when you save the file, or download it again",
                    file=label,
                    line=at,
                ) from error
    allowed = _QUARTERS[table.name]
    for value in frame["qtr"].unique().to_list():
        if value not in allowed:
            at = find_line(frame["qtr"], lambda v: v not in allowed, line)
            raise DataFileError(
                f"qtr is {value!r}; in this layout it must be {' or '.join(sorted(allowed))}, so "
                "download the file again",
                file=label,
                line=at,
            )


def _check_disclosure(frame: pl.DataFrame, name: str, label: str, line: int) -> None:
    known = {"", *WITHHELD}
    for value in frame[name].unique().drop_nulls().to_list():
        if value.strip() not in known:
            at = find_line(frame[name], lambda v: v.strip() not in known, line)
            raise DataFileError(
                f"{name} is {value!r}; the agency uses N, - or a blank, so download the file again",
                file=label,
                line=at,
            )


def _missing_where_withheld(frame: pl.DataFrame, table: Table) -> Iterator[pl.Expr]:
    gates = {
        gate: pl.col(gate).is_not_null()
        for gate in _DISCLOSURE
        if gate in frame.columns
    }
    for column in table.columns:
        if column.gate in gates and column.name in frame.columns:
            yield pl.when(~gates[column.gate]).then(pl.col(column.name)).alias(column.name)


def normalise(frame: pl.DataFrame, table: Table, label: str, line: int) -> pl.DataFrame:
    """Return the rows as the store holds them.

    Parameters
    ----------
    frame : polars.DataFrame
        Parsed rows with stored names; lacks the columns that the file lacks.
    table : Table
        ``qcew_annual`` or ``qcew_quarterly``.
    label : str
        How an error names the file.
    line : int
        Line of the first row.

    Returns
    -------
    polars.DataFrame
        All columns of the table; what is withheld is null.

    Raises
    ------
    DataFileError
        A code breaks its grammar.

    Notes
    -----
    Establishment counts, and their quotients and changes, are published even where the rest of a
    row is withheld, and are kept.
    """
    _check_codes(frame, table, label, line)
    present = [n for n in _DISCLOSURE if n in frame.columns]
    for name in present:
        _check_disclosure(frame, name, label, line)
    stripped = [pl.col(n).str.strip_chars() for n in present]
    tidy = frame.with_columns(pl.when(s.is_in(WITHHELD)).then(s) for s in stripped)
    tidy = tidy.with_columns(*_missing_where_withheld(tidy, table))
    absent = [n for n in table.names if n not in tidy.columns]
    types = table.polars_schema
    return tidy.with_columns(pl.lit(None, types[n]).alias(n) for n in absent).select(table.names)


def replaces(frame: pl.DataFrame, table: Table) -> tuple[str, ...]:
    """Return the columns that say which older rows this file replaces.

    A file with one industry for many areas is a by-industry slice and replaces that industry
    only; any other file replaces all rows of its areas and periods.

    Examples
    --------
    >>> import polars as pl
    >>> from lmi.schema import table
    >>> slice = pl.DataFrame({"area_fips": ["99001", "99003"], "industry_code": ["10", "10"]})
    >>> replaces(slice, table("qcew_annual"))
    ('area_fips', 'year', 'qtr', 'industry_code')
    """
    is_slice = frame["industry_code"].n_unique() == 1 and frame["area_fips"].n_unique() > 1
    return (*table.replaces, "industry_code") if is_slice else table.replaces
