"""Numbers and empty fields as people and their programs write them.

A number is read however it is written, if there is one way to read it: with separators of
thousands, as 772233.0 or 4.6e+08 where it is whole, in blanks, with a dollar sign, with a sign of
percent where its column is in percent. What can be read in two ways, or was rounded on its way, is
refused. Where each row names its unit, either sign is read, and whoever knows the unit looks
whether it is the right one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import polars as pl

from lmi.schema import Column
from lmi.schema.columns import AS_NAMED

__all__ = ["EMPTY", "NOT_APPLICABLE", "decimal_mark", "is_empty", "numbers", "why_not"]

EMPTY = ("", "na", "n/a", "#n/a", "n.a.", "<na>", "nan", "null", "none", ".")
"""What programs write into a field that holds nothing, in lower case."""
NOT_APPLICABLE = ("(x)", "(na)")
"""What the Census Bureau writes where there can be no number, or none is available."""
BLANKS = " \t\r\xa0\u2007\u2009\u202f\u3000"
MOST_EXACT = 1 << 53  # the largest whole number that a fraction can be trusted to be
_PLAIN = dict(zip("０１２３４５６７８９．，－−", "0123456789.,--", strict=True))
_THIN = " \xa0\u2009\u202f'"  # parts thousands whatever the mark before a fraction
_GROUPS = {".": f",{_THIN}", ",": f".{_THIN}", "": f",{_THIN}"}
# A spreadsheet writes a number of twelve digits and more so, and in a narrow column any: what it
# does not show is lost. R writes small letters, Java no plus, and both all digits that there are.
_ROUNDED = r"^[-+]?\d\.\d{5}[eE]\+?\d{2}$"
_OF_A_SPREADSHEET = r"^[-+]?\d(?:\.(\d*))?(E\+)(\d{2})$"
_EITHER = r"^[-+]?[1-9]\d{0,2}[.,]\d{3}$"
# Of a whole number a comma can only part thousands; a point may, or stand before a fraction of 0.
_POINTED = r"^[-+]?[1-9]\d{0,2}\.\d{3}$"
_RULE = {"int": "a whole number", "float": "a number"}
_WITH_COMMA = re.compile(
    r"\d+,(\d{1,2}|\d{4,})|\d{4,},\d+|0+,\d+|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,}"
)
_MAY_BE_WITH_COMMA = re.compile(r",|\.\d{3}\.")
_WITH_POINT = re.compile(
    r"\d*\.(\d{1,2}|\d{4,})?|\d{4,}\.\d+|0*\.\d+|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,}"
)


def _grammar(decimal: str) -> str:
    groups, point = _GROUPS[decimal], re.escape(decimal or ".")
    whole = rf"\d+|\d{{1,3}}(?:[{groups}]\d{{3}})+"
    return rf"^[-+]?(?:(?:{whole})(?:{point}\d*)?|{point}\d+)(?:[eE][-+]?\d{{1,3}})?$"


def _tidy(cells: pl.Series, column: Column) -> pl.Series:
    """Return the cells in plain characters, without the marks that only adorn a number."""
    text = cells.str.strip_chars(BLANKS)
    if text.str.contains(r"[^\x00-\x7f]").any():
        text = text.str.replace_many(_PLAIN)
    if column.unit.startswith("USD") or column.unit == AS_NAMED:
        text = text.str.replace(r"^([-+(]?)\$\s*", "${1}")
    if column.unit in (AS_NAMED, "percent"):
        text = text.str.replace(r"\s*%$", "")
    return text.str.replace(r"^\((.+)\)$", "-${1}")


def is_empty(cells: pl.Series, *, of_numbers: bool = False) -> pl.Series:
    """Tell which cells hold nothing, or, of numbers, say that there can be none.

    Examples
    --------
    >>> is_empty(pl.Series(["", " NA", "0", None])).to_list()
    [True, True, False, True]
    """
    marks = EMPTY + NOT_APPLICABLE if of_numbers else EMPTY
    return cells.fill_null("").str.strip_chars(BLANKS).str.to_lowercase().is_in(marks)


def numbers(cells: pl.Series, column: Column, decimal: str = ".") -> pl.Series:
    """Read the cells of a column, to null what is no number of its kind.

    Parameters
    ----------
    decimal : {".", ",", ""}
        The mark before a fraction; empty where it is not known, so that what may be thousands or
        a fraction is no number.

    Examples
    --------
    >>> from lmi.schema import table
    >>> jobs = table("labor_force").by_name["employed"]
    >>> numbers(pl.Series(["1,234", "4.6e+08", " 7.0 ", "12.5"]), jobs).to_list()
    [1234, 460000000, 7, None]
    """
    if (plain := _plainly(cells, column, decimal)) is not None:
        return plain
    text = _tidy(cells, column)
    text = text.set(~text.fill_null("").str.contains(_grammar(decimal)), None)
    is_whole = column.dtype == "int"
    if not decimal:
        unclear = text.fill_null("").str.contains(_POINTED if is_whole else _EITHER)
        if not is_whole and column.highest is not None and unclear.any():
            # As thousands it would be more than there can be, so that it is a fraction.
            as_thousands = text.str.replace_all("[.,]", "").cast(pl.Float64, strict=False)
            fraction = unclear & (as_thousands > column.highest).fill_null(False)
            text = text.str.replace(",", ".", literal=True).zip_with(fraction, text)
            unclear &= ~fraction
        text = text.set(unclear, None)
    text = text.str.replace_all(f"[{_GROUPS[decimal]}]", "").str.strip_chars_start("+")
    if decimal == ",":
        text = text.str.replace(",", ".", literal=True)
    text = text.set(_is_rounded(text), None)
    if not is_whole:
        value = text.cast(pl.Float64, strict=False)
        return value.set(~value.is_finite().fill_null(False), None)
    value = text.str.replace(r"\.0*$", "").cast(pl.Int64, strict=False)
    return value.fill_null(_whole(text)) if value.null_count() > text.null_count() else value


def _plainly(cells: pl.Series, column: Column, decimal: str) -> pl.Series | None:
    """Read numbers of digits alone, as most columns have; None where there is anything else."""
    if column.dtype == "int":
        found = cells.cast(pl.Int64, strict=False)
    elif decimal == "." and not cells.str.contains(r"[^0-9.+-]").any():
        found = cells.cast(pl.Float64, strict=False)
    else:
        return None
    return found if found.null_count() == cells.null_count() + (cells == "").sum() else None


def _is_rounded(text: pl.Series) -> pl.Series:
    """Tell which numbers a spreadsheet has cut: with fewer digits behind the point than places."""
    if not text.str.contains(r"[eE]").any():
        return pl.Series([False]).new_from_index(0, len(text))
    parts = text.str.extract_groups(_OF_A_SPREADSHEET).struct.unnest()
    n_shown = parts["1"].fill_null("").str.len_chars().cast(pl.Int64)
    cut = parts["2"].is_not_null() & (n_shown < parts["3"].cast(pl.Int64))
    return (cut | text.str.contains(_ROUNDED)).fill_null(False)


def _whole(text: pl.Series) -> pl.Series:
    """Read what is written as a fraction or with an exponent, where it is whole for all that."""
    value = text.cast(pl.Float64, strict=False)
    exact = (value == value.floor()) & (value.abs() < MOST_EXACT)
    return value.set(~exact.fill_null(False), None).cast(pl.Int64)


def decimal_mark(cells: Iterable[str], separator: str) -> str:
    """Tell by some numbers which mark stands before a fraction; empty where nothing tells it.

    Examples
    --------
    >>> decimal_mark(["1,5", "1.234,5"], ";"), decimal_mark(["1,234"], ";")
    (',', '')
    """
    written = list(cells)
    # One look at all of them, for nearly always it finds nothing.
    is_unusual = _MAY_BE_WITH_COMMA.search("\n".join(written))
    if separator == "," and not is_unusual:
        return "."
    told = [cell.strip(BLANKS + "+-()$%") for cell in written]
    with_comma = is_unusual and any(_WITH_COMMA.fullmatch(cell) for cell in told)
    if separator == "," and not with_comma:
        return "."
    with_point = any(_WITH_POINT.fullmatch(cell) for cell in told if cell != ".")
    if with_comma and not with_point:
        return ","
    return "." if with_point or separator == "," else ""


def why_not(cell: str, column: Column, decimal: str, blank_where: str = "") -> str:
    """Say why a cell is none of its column: what it is, the rule, what would help.

    Examples
    --------
    >>> from lmi.schema import table
    >>> why_not("12.5", table("labor_force").by_name["employed"], ".")
    "employed is '12.5'; it must be a whole number"
    """
    rule = f"it must be {_RULE.get(column.dtype, 'filled')}"
    if not cell.strip():
        return f"{column.name} is empty; {rule}{blank_where}"
    shown = f"{column.name} is {cell[:40]!r}"
    if cell.strip(BLANKS).lower() in EMPTY + NOT_APPLICABLE:
        return f"{shown}, which stands for an empty field; {rule}{blank_where}"
    return f"{shown}; {rule}{_help(cell.strip(BLANKS), column, decimal)}"


def _help(cell: str, column: Column, decimal: str) -> str:
    if re.fullmatch(r"[-\u2013\u2014]+", cell):
        return ", and a stroke may be nothing or zero, so leave it empty or write 0"
    if _is_rounded(pl.Series([cell], dtype=pl.String)).item():
        return " with all its digits, which a spreadsheet has rounded away here"
    if not decimal and re.fullmatch(_EITHER[1:-1], cell):
        return ", and this may be thousands or a fraction, so write it without the mark"
    if decimal != "," and re.fullmatch(r"[-+]?\d+,\d+", cell):
        return " with a point before its fraction" if column.dtype == "float" else ""
    return "" if cell.isascii() else " in the digits 0 to 9"
