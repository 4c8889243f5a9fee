"""Hold the codes of a file against the grammar of their columns."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, partial

import polars as pl

from lmi import codes, naics
from lmi.errors import CodeError, DataFileError
from lmi.sources.distinct import distinct
from lmi.sources.locate_fault import Lines

__all__ = ["check_codes"]


def _check_size(size_code: str) -> None:
    if size_code not in codes.SIZES:
        raise CodeError(f"{size_code!r} is not a size class: it is one of {', '.join(codes.SIZES)}")


def _check_industry(industry_code: str) -> None:
    if industry_code.startswith("SIC"):
        raise CodeError(f"{industry_code!r} is of the SIC; take the NAICS-based files")
    naics.parse_industry(industry_code)


_CHECKS: dict[str, Callable[[str], object]] = {
    "area_fips": codes.parse_area,
    "w_county_fips": codes.parse_area,
    "h_county_fips": codes.parse_area,
    "own_code": codes.ownership_parts,
    "industry_code": _check_industry,
    "agglvl_code": codes.parse_agglvl,
    "size_code": _check_size,
}


@lru_cache(maxsize=1 << 14)
def _fault(name: str, value: str) -> str:
    """Say what is wrong with a code, or nothing; every block of a file asks for the same few."""
    try:
        _CHECKS[name](value)
    except CodeError as error:
        return str(error)
    return ""


def _is_faulty(name: str, value: str) -> bool:
    return bool(_fault(name, value))


def check_codes(frame: pl.DataFrame, label: str, lines: Lines) -> None:
    """Refuse a block with a code that its column cannot hold; the distinct codes are few.

    Raises
    ------
    DataFileError
        A code breaks its grammar.

    Examples
    --------
    >>> import polars as pl
    >>> check_codes(pl.DataFrame({"area_fips": ["8001"]}), "f.csv", Lines(b"8001", 2))
    Traceback (most recent call last):
    ...
    lmi.errors.DataFileError: f.csv, line 2: area_fips: '8001' is not an area code, ...
    """
    for name, values in distinct(frame, [n for n in frame.columns if n in _CHECKS]).items():
        fault = next(filter(None, (_fault(name, v) for v in values if v is not None)), "")
        if fault:
            raise DataFileError(
                f"{name}: {fault.rstrip('.')}; keep codes as text when you save the file, "
                "or download it again",
                file=label,
                line=lines.find(frame[name], partial(_is_faulty, name)),
            )
