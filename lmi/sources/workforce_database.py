"""Exports of the Workforce Information Database, which states keep in one published structure.

Its codes lose their leading zeros on the way through a spreadsheet. It has areas that are none of
QCEW's, totals beside their parts, and years beside quarters and months.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import polars as pl

from lmi import codes, naics
from lmi.errors import DataFileError
from lmi.sources.layout import Texts, number
from lmi.words import listing

__all__ = [
    "AREA",
    "in_known_areas",
    "in_known_periods",
    "is_set",
    "is_some",
    "unsaid",
    "without_others",
]

_IN_WORDS = r"^\D{1,3}$"
_WITH_CENTS = r"\.\d*[1-9]"  # QCEW has whole dollars

YES, NO = ("1", "1.0", "01", "y", "yes", "t", "true"), ("0", "0.0", "00", "n", "no", "f", "false")

_TYPE = pl.col("areatype").str.zfill(2)
_PLACE = pl.col("area").str.zfill(6)
_STATE = pl.col("stfips").str.zfill(2)
# A county by three digits, or by five with those of its own state before them.
_IN_STATE = (_PLACE.str.head(3) == "000") | (_PLACE.str.head(3) == "0" + _STATE)
_LOCAL = _PLACE.str.tail(3)  # from 900 on are those who work in no one county, of whom 999 are all
_IN_STATE &= (_LOCAL != "000") & ((_LOCAL < "900") | (_LOCAL == "999"))
AREA = (
    pl.when(_TYPE == "00")
    .then(pl.lit(codes.NATION))
    .when(_TYPE == "01")
    .then(_STATE + "000")
    .when((_TYPE == "04") & _IN_STATE)
    .then(_STATE + _LOCAL)
    .when((_TYPE == "21") & _PLACE.str.contains(r"^0\d{4}0$"))
    .then("C" + _PLACE.str.slice(1, 4))
    .alias("area_fips")
)
"""The nation, a state, a county or a metropolitan area, as QCEW writes it; else null."""


def in_known_areas(texts: Texts) -> Texts:
    """Return the rows of areas that QCEW has too."""
    why = (
        "that is no area of QCEW's, which has the nation (areatype 00), states (01), counties (04) "
        "and metros (21)"
    )
    named = texts.having(_named=pl.concat_str(_TYPE, pl.lit(" "), _STATE, pl.lit(" "), _PLACE))
    return named.leave(AREA.is_null(), "_named", why)


def is_set(texts: Texts, flag: str) -> pl.Expr:
    """Tell where a flag is set; a file that has no such column sets it nowhere.

    Raises
    ------
    DataFileError
        It is neither yes nor no, so that what is to be kept back may be told.
    """
    if flag not in texts.frame.columns:
        return pl.lit(False)
    said = pl.col(flag).str.to_lowercase()
    why = f"{flag} is {{}}; write 1 where it is so and 0 where it is not"
    texts.refuse(said.is_not_null() & ~said.is_in([*YES, *NO]), flag, why)
    return said.is_in(YES).fill_null(False)


def in_known_periods(texts: Texts, types: Collection[str], why: str) -> Texts:
    """Return the rows of some types of period: 01 for years, 02 for quarters."""
    is_other = ~pl.col("periodtype").str.zfill(2).is_in(types)
    return texts.leave(is_other.fill_null(True), "periodtype", why)


def is_some(name: str) -> pl.Expr:
    """Tell where a number is there and not zero."""
    return number(name).cast(pl.Float64, strict=False).fill_null(0) != 0


def without_others(texts: Texts, is_other: pl.Expr, columns: Sequence[str]) -> Texts:
    """Leave the periods of the other table out, where a file has no columns for its jobs.

    Raises
    ------
    DataFileError
        It has some of those columns, so that one was lost.
    """
    jobs = [name for name in columns if name.endswith("emp")]
    lacking = [name for name in jobs if name not in texts.frame.columns]
    if not lacking:
        return texts
    if len(lacking) < len(jobs):
        told = f"it lacks the column {lacking[0]!r}; use the file as the agency publishes it"
        raise DataFileError(told, file=texts.member.label)
    why = f"the file lacks what such periods have ({listing(lacking)})"
    return texts.leave(is_other, "periodtype", why)


def unsaid(texts: Texts, names: Mapping[str, str]) -> Texts:
    """Take the numbers of marked rows away: a state's own database has what it may not tell.

    A row is marked by its flag, or by a star or letters in place of each of its numbers.

    Raises
    ------
    DataFileError
        The mark stands on what is always told, and so means something else.
    """
    numbers = list(names.values())[1:]
    is_flagged = is_marked = is_set(texts, "suppress")
    if texts.frame[numbers[0]].str.contains(_IN_WORDS).any():
        is_marked |= pl.all_horizontal(pl.col(n).str.contains(_IN_WORDS) for n in numbers)
    flagged = replace(texts, frame=texts.frame.filter(is_flagged))
    printed = pl.any_horizontal(is_some(name) for name in numbers)
    is_total = (pl.col("own_code") == "0") & (pl.col("industry_code") == naics.TOTAL)
    why = (
        "suppress is {} on all jobs of an area, which are always told; see whether 1 stands for "
        "what is suppressed"
    )
    if "suppress" in texts.frame.columns:
        flagged.refuse(printed & is_total, "suppress", why)
    flagged.note(printed, "marked as suppressed print numbers, which are withheld here")
    kept = [pl.when(~is_marked.fill_null(False)).then(pl.col(name)).alias(name) for name in numbers]
    said = replace(texts, frame=texts.frame.with_columns(kept))
    if not texts.frame["avgwkwage"].str.contains(_WITH_CENTS).any():
        return said
    weekly = number("avgwkwage").cast(pl.Float64, strict=False).round().cast(pl.Int64)
    is_written = pl.col("avgwkwage").str.contains(_WITH_CENTS)
    dollars = pl.when(is_written).then(weekly.cast(pl.String)).otherwise(pl.col("avgwkwage"))
    return said.having(avgwkwage=dollars)
