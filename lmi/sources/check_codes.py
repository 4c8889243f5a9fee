"""Hold the codes of a file against the grammar of their columns, and mend what is certain.

A spreadsheet takes a code for a number and leaves marks. What can only be one code is read as that:
in blanks or in the digits of another script, as ``62.0`` or ``="08001"``. An area that lost its
leading zero is mended where every area of its column did and all are then areas that there are;
where only some did, the file was put together from several, or a code was cut, and no rule tells
which.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache, partial

import polars as pl

from lmi import codes, naics
from lmi.errors import CodeError, DataFileError
from lmi.sources.as_written import EMPTY
from lmi.sources.distinct import distinct
from lmi.sources.locate_fault import Lines

__all__ = ["check_codes"]


def _check_size(size_code: str) -> None:
    if size_code not in codes.SIZES:
        raise CodeError(f"{size_code!r} is not a size class: it is one of {', '.join(codes.SIZES)}")


def _check_quarter(qtr: str) -> None:
    if qtr not in QUARTERS:
        raise CodeError(f"{qtr!r} is not a quarter: it is 1 to 4, or A for the year")


def _check_industry(industry_code: str) -> None:
    if industry_code.startswith("SIC"):
        raise CodeError(f"{industry_code!r} is of the SIC; take the NAICS-based files")
    naics.parse_industry(industry_code)


def _check_county(area_fips: str) -> None:
    kind = codes.parse_area(area_fips).kind
    if kind != "county":
        raise CodeError(
            f"{area_fips!r} is no county; take out the rows of other areas, which are sums of it"
        )


def _check_workplace(area_fips: str) -> None:
    if area_fips != codes.ABROAD:
        _check_county(area_fips)


QUARTERS = ("1", "2", "3", "4", "A")
_AREAS = ("area_fips", "w_county_fips", "h_county_fips")
_CHECKS: dict[str, Callable[[str], object]] = {
    "area_fips": codes.parse_area,
    "w_county_fips": _check_workplace,
    "h_county_fips": _check_county,
    "own_code": codes.ownership_parts,
    "industry_code": _check_industry,
    "agglvl_code": codes.parse_agglvl,
    "size_code": _check_size,
    "qtr": _check_quarter,
}
# A code as text that a spreadsheet is told to leave alone, and a code that it took for a number.
_MARKED = re.compile(r"""="(.*)"|['\u2018\u2019](.*)|[\u201c\u201d](.*)[\u201c\u201d]""")
_FRACTION = re.compile(r"(\d+)\.0+")
CUT_AREA_LENGTH = 4


@lru_cache(maxsize=1 << 14)
def _fault(name: str, value: str) -> str:
    """Say what is wrong with a code, or nothing; every block of a file asks for the same few."""
    try:
        _CHECKS[name](value)
    except CodeError as error:
        return str(error).rstrip(".")
    return ""


def _is_faulty(name: str, value: str) -> bool:
    return bool(_fault(name, value))


def _tidied(value: str) -> str:
    """Take away what blanks, spreadsheets and other scripts put around a code."""
    text = value.strip()
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).strip()
    if marked := _MARKED.fullmatch(text):
        text = marked[marked.lastindex or 0]
    return _FRACTION.sub(r"\1", text) if _FRACTION.fullmatch(text) else text


def _is_cut_area(code: str) -> bool:
    return len(code) == CUT_AREA_LENGTH and codes.is_area(f"0{code}")


def _mended(name: str, values: Iterable[str]) -> dict[str, str]:
    """Return for each value the code that it can only be."""
    found = {value: _tidied(value) for value in values}
    numeric = [code for code in found.values() if code.isdecimal()]
    if name in _AREAS and numeric and all(map(_is_cut_area, numeric)):
        found = {v: f"0{code}" if code.isdecimal() else code for v, code in found.items()}
    return found


def check_codes(frame: pl.DataFrame, label: str, lines: Lines) -> pl.DataFrame:
    """Return a block with its codes as they are, or refuse it for one that its column cannot hold.

    Raises
    ------
    DataFileError
        A code breaks its grammar.

    Examples
    --------
    >>> import polars as pl
    >>> check_codes(pl.DataFrame({"own_code": ["7"]}), "f.csv", Lines(b"7", 2))
    Traceback (most recent call last):
    ...
    lmi.errors.DataFileError: f.csv, line 2: own_code: '7' is ...
    """
    for name, found in distinct(frame, [n for n in frame.columns if n in _CHECKS]).items():
        values = [v for v in found if v is not None]
        if not any(_fault(name, v) for v in values):
            continue
        mended = _mended(name, values)
        still = {v for v, code in mended.items() if _fault(name, code)}
        if still:
            raise _refusal(frame[name], still, label, lines)
        kind = frame.schema[name]
        column = frame[name].cast(pl.String).replace(mended).cast(kind)
        frame = frame.with_columns(column.alias(name))
    return frame


def _refusal(column: pl.Series, faulty: set[str], label: str, lines: Lines) -> DataFileError:
    value = next(v for v in column.cast(pl.String) if v in faulty)
    fault = f"{column.name}: {_fault(column.name, value)}"
    if value.strip().lower() in EMPTY:
        fault = f"{column.name} is {value!r}, which stands for an empty field; it must be filled"
    return DataFileError(
        f"{fault}; keep codes as text when you save the file, or download it again",
        file=label,
        line=lines.find(column, partial(_is_faulty, column.name)),
    )
