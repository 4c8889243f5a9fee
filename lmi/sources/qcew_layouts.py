"""Employment and wages in layouts other than QCEW's own, rewritten into rows of its slices.

The high-level tables name areas, owners and industries by their titles, and by codes where nobody
cut those off. The table ``industry`` of the Workforce Information Database has codes of its own,
years beside quarters, all ownerships beside each, and zeros where a row is withheld, whether or not
it says so. The level of a row follows from its area, owner and industry.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

import polars as pl

from lmi import codes, naics
from lmi.errors import CodeError
from lmi.naics.grammar import SECTOR_OF_DIGITS
from lmi.schema import VINTAGE, Table, qcew_table
from lmi.sources.archive import Member
from lmi.sources.laid_out import claim, frames_of
from lmi.sources.layout import NAMED, ROW, Layout, Texts, number
from lmi.sources.odd_rows import OddRows
from lmi.sources.projection_codes import whole_sector
from lmi.sources.qcew import normalise
from lmi.sources.qcew_areas import Areas
from lmi.sources.reader import Reader
from lmi.sources.workforce_database import (
    AREA,
    in_known_areas,
    in_known_periods,
    is_set,
    is_some,
    unsaid,
    without_others,
)
from lmi.words import listing

__all__ = ["OTHER_QCEW"]

_ANNUAL, _QUARTERLY = qcew_table("annual"), qcew_table("quarterly")
_KEYS = ("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr")
_WITHHELD = ("N", "-")
_HIGH = (naics.TOTAL, *naics.DOMAINS, *naics.SUPERSECTORS)
_METROS = ("MSA", "CSA", "MICROSA")


def _rewritten(texts: Texts, column: str, to: Callable[[str], str | None]) -> pl.Expr:
    """Return the code of each text of a column, null where it has none."""
    found = {text: to(text) for text in texts.frame[column].drop_nulls().unique()}
    return pl.col(column).replace_strict(found, default=None, return_dtype=pl.String)


def _industry(text: str, beside: Collection[str] = ()) -> str | None:
    """Return the code of an industry as QCEW writes it, by its code or its title."""
    code, _, _ = text.partition(" ")
    if not code[:1].isdecimal():
        return _by_title().get(text.lower())
    code = code.lstrip("0") or naics.TOTAL
    while len(code) > 2 and code.endswith("0") and not naics.is_known(code):
        code = code[:-1]  # filled up with zeros
    if SECTOR_OF_DIGITS.get(code, code) != code:
        code = whole_sector(code, beside)
    try:
        return naics.parse_industry(code).industry_code
    except CodeError:
        return None


def _titled(text: str) -> str | None:
    """Return the code of an industry by what stands behind its code, null where nobody knows it."""
    code, _, title = text.partition(" ")
    return _by_title().get((title if code[:1].isdecimal() else text).strip().lower())


@cache
def _by_title() -> dict[str, str]:
    return {naics.industry_title(code).lower(): code for code in _HIGH}


def _with_levels(texts: Texts) -> Texts:
    """Add the level of each row, and leave out rows for which there is none."""
    keys = texts.frame.select("area_fips", "industry_code", "own_code").unique()
    levels = [
        codes.agglvl_code(codes.parse_area(area).kind, naics.industry_level(industry), own)
        for area, industry, own in keys.iter_rows()
    ]
    known = keys.with_columns(pl.Series("agglvl_code", levels, pl.String))
    joined = texts.frame.join(known, on=keys.columns, how="left", maintain_order="left")
    why = (
        "QCEW has no such rows at that level: all ownerships together stand for the total alone, "
        "and of industries the rows of each ownership are taken"
    )
    return replace(texts, frame=joined).leave(pl.col("agglvl_code").is_null(), "own_code", why)


def _numbers(texts: Texts, names: Mapping[str, str]) -> list[pl.Expr]:
    """Return the columns of a table by those of a layout, of which it may lack some."""
    there = texts.frame.columns
    return [number(theirs).alias(ours) for ours, theirs in names.items() if theirs in there]


def _zero_where_withheld(names: Mapping[str, str]) -> pl.Expr:
    """Print zeros where a row is withheld and its numbers are empty, as QCEW does."""
    gate = pl.col("disclosure_code").is_in(_WITHHELD)
    numbers = pl.col([name for name in names if not name.startswith("lq_")])
    return pl.when(gate & numbers.is_null()).then(pl.lit("0")).otherwise(numbers).name.keep()


# The high-level tables.

_QUARTER_NUMBERS = {
    "qtrly_estabs": "establishment_count",
    "month1_emplvl": "month_1",
    "month2_emplvl": "month_2",
    "month3_emplvl": "month_3",
    "total_qtrly_wages": "total_quarterly_wages",
    "avg_wkly_wage": "average_weekly_wage",
}
_YEAR_NUMBERS = {
    "annual_avg_estabs": "annual_average_establishment_count",
    "annual_avg_emplvl": "annual_average_employment",
    "total_annual_wages": "annual_total_wages",
    "annual_avg_wkly_wage": "annual_average_weekly_wage",
    "avg_annual_pay": "annual_average_pay",
    "lq_annual_avg_emplvl": "employment_location_quotient_relative_to_u_s",
    "lq_total_annual_wages": "total_wage_location_quotient_relative_to_u_s",
}
_MONTHS = (
    ("january", "april", "july", "october"),
    ("february", "may", "august", "november"),
    ("march", "june", "september", "december"),
)
_CODED = ("area_code", "own", "naics", "area_type", "qtr")


def _area(texts: Texts) -> Texts:
    """Add the area by its code where that is there, else by its title."""
    if "area_code" in texts.frame.columns:
        area = pl.col("area_code").str.zfill(5)
        return replace(texts, frame=texts.frame.with_columns(area_fips=area))
    area = _rewritten(texts, "area", codes.area_of_title)
    named = replace(texts, frame=texts.frame.with_columns(area_fips=area))
    if "area_type" in named.frame.columns:
        is_metro = pl.col("area_type").str.to_uppercase().is_in(_METROS)
        named = named.leave(
            area.is_null() & is_metro, "area", "no metropolitan area is called so here"
        )
    why = "no area is called {}; write its title as the agency does, such as 'Adams County, "
    named.refuse(area.is_null(), "area", f"{why}Colorado'")
    return named


def _in_months(texts: Texts) -> Texts:
    """Add the months of a quarter, whose names must be of the quarter that the row says."""
    quarter = pl.col("qtr").str.strip_chars_start("0")
    texts = texts.having(qtr=quarter)
    for place, names in enumerate(_MONTHS, start=1):
        given = {str(q): f"{m}_employment" for q, m in enumerate(names, start=1)}
        given = {q: name for q, name in given.items() if name in texts.frame.columns}
        if given:
            said = f"{' and '.join(given.values())} is of quarter {' and '.join(given)}"
            why = f"qtr is {{}}, and the column {said}; mend either"
            texts.refuse(~pl.col("qtr").is_in([*given]).fill_null(False), "qtr", why)
            each = (pl.when(pl.col("qtr") == q).then(pl.col(name)) for q, name in given.items())
            texts = texts.having(**{f"month_{place}": pl.coalesce(*each)})
    return texts


def _high_level(texts: Texts, table: Table) -> Iterator[pl.DataFrame]:
    found = _area(texts if table is _ANNUAL else _in_months(texts))
    owners = {title.lower(): code for code, title in codes.OWNERSHIPS.items()}
    owner = _rewritten(found, "ownership", lambda text: owners.get(text.lower()))
    why = f"the ownership is {{}}; it is one of {', '.join(codes.OWNERSHIPS.values())}"
    found.refuse(owner.is_null(), "ownership", why)
    if "own" in found.frame.columns:
        why = "own is {}, and the ownership beside it is another; mend the row"
        plain = pl.col("own").cast(pl.Int64, strict=False).cast(pl.String)
        found.refuse((plain != owner).fill_null(True), "own", why)
    if table is _ANNUAL and "qtr" in found.frame.columns:
        found.refuse(pl.col("qtr") != "A", "qtr", "qtr is {}; of a year it is A")
    by = "naics" if "naics" in found.frame.columns else "industry"
    industry = _rewritten(found, by, _industry)
    why = "the industry is {}; it begins with a code, such as '1013 Manufacturing'"
    found.refuse(industry.is_null(), by, why)
    coded = _rewritten(found, "industry", _industry)
    titled = _rewritten(found, "industry", _titled)
    differ = (coded != industry) | ((titled != industry) & industry.is_in(_HIGH))
    why = "the industry is {}, of which the code is another's; mend the row"
    found.refuse(differ.fill_null(False), "industry", why)
    found = found.having(own_code=owner, industry_code=industry)
    rows = _with_levels(found)
    names = _YEAR_NUMBERS if table is _ANNUAL else _QUARTER_NUMBERS
    estabs, *others = (theirs for theirs in names.values() if theirs in rows.frame.columns)
    # A row whose status was lost prints its zeros still.
    lost = pl.when(_looks_withheld(others, estabs)).then(pl.lit("N"))
    status = pl.coalesce("status_code", lost)
    yield rows.frame.select(
        ROW,
        *_KEYS[:4],
        pl.lit("0").alias("size_code"),
        "year",
        (pl.lit("A") if table is _ANNUAL else pl.col("qtr")).alias("qtr"),
        status.alias("disclosure_code"),
        status.alias("lq_disclosure_code"),
        *_numbers(rows, names),
    ).with_columns(_zero_where_withheld({n: n for n in names if names[n] in rows.frame.columns}))


# The Workforce Information Database.

_OWNERS = {written: code for code in codes.OWNERSHIPS for written in (code, f"{code}0", f"0{code}")}
_EXPORTED_YEAR = {
    "annual_avg_estabs": "estab",
    "annual_avg_emplvl": "avgemp",
    "total_annual_wages": "totwage",
    "annual_avg_wkly_wage": "avgwkwage",
}
_EXPORTED_QUARTER = {
    "qtrly_estabs": "estab",
    "month1_emplvl": "mnth1emp",
    "month2_emplvl": "mnth2emp",
    "month3_emplvl": "mnth3emp",
    "total_qtrly_wages": "totwage",
    "avg_wkly_wage": "avgwkwage",
}


def _exported(texts: Texts, table: Table) -> Iterator[pl.DataFrame]:
    why = "it is no year and no quarter (periodtype 01 and 02)"
    found = in_known_periods(in_known_areas(texts), ("01", "02"), why)
    if "indcodty" in found.frame.columns:
        other = pl.col("indcodty").is_not_null() & (pl.col("indcodty").str.zfill(2) != "10")
        found = found.leave(other, "indcodty", "its industry codes are none of NAICS (indcodty 10)")
    names, of_others = _EXPORTED_YEAR, _EXPORTED_QUARTER
    if table is _QUARTERLY:
        names, of_others = of_others, names
    is_other = pl.col("periodtype").str.zfill(2) != ("01" if table is _ANNUAL else "02")
    found = without_others(found, is_other, list(of_others.values()))
    frame = found.frame.filter(~is_other).with_columns(AREA)
    found = replace(found, frame=frame)
    owner = pl.col("ownership").replace_strict(_OWNERS, default=None, return_dtype=pl.String)
    why = "QCEW has no such ownership, which is 00, 10, 20, 30 or 50"
    found = found.leave(owner.is_null(), "ownership", why, unknown=True)
    bare = (code.strip("0") for code in found.frame["indcode"].drop_nulls().unique())
    beside = {code for code in bare if len(code) == 2}
    industry = _rewritten(found, "indcode", partial(_industry, beside=beside))
    why = "it is no code of NAICS, or one part of a sector that has several (31 to 33)"
    found = found.leave(industry.is_null(), "indcode", why, unknown=True)
    coded = found.frame.with_columns(owner.alias("own_code"), industry.alias("industry_code"))
    rows = unsaid(_with_levels(replace(found, frame=coded)), names)
    quarter = pl.col("period").str.replace(r"^0+(\d)", "${1}")
    yield rows.frame.select(
        ROW,
        *_KEYS[:4],
        pl.lit("0").alias("size_code"),
        pl.col("periodyear").alias("year"),
        (pl.lit("A") if table is _ANNUAL else quarter).alias("qtr"),
        _withheld(rows, names).alias("disclosure_code"),
        pl.when(is_set(rows, "prelim")).then(pl.lit("preliminary")).alias(VINTAGE),
        *_numbers(rows, names),
    ).with_columns(_zero_where_withheld(names))


def _withheld(texts: Texts, names: Mapping[str, str]) -> pl.Expr:
    """Say which rows are withheld: marked so, or with places of business and zeros or blanks.

    Where nothing is printed, no places of business either, it is ``-``.
    """
    estabs, *others = names.values()
    is_withheld = is_set(texts, "suppress") | _looks_withheld(others, estabs)
    blank = pl.all_horizontal(pl.col(name).is_null() for name in others)
    return pl.when(is_withheld).then(pl.lit("N")).when(blank).then(pl.lit("-"))


def _looks_withheld(numbers: Sequence[str], estabs: str) -> pl.Expr:
    """Tell where there are places of business and all else is zero or blank."""
    return is_some(estabs) & ~pl.any_horizontal(is_some(name) for name in numbers)


_WID = ("stfips", "areatype", "area", "periodyear", "periodtype", "period", "indcode", "ownership",
        "estab", "totwage", "avgwkwage")  # fmt: skip
_STATUS = {"annual_average_status_code": "status_code"}
_MONTH_COLUMNS = tuple(
    "|".join([f"month_{place}", *(f"{name}_employment" for name in names)])
    for place, names in enumerate(_MONTHS, start=1)
)
_LAYOUTS = (
    Layout(
        _ANNUAL,
        ("year", "area", "ownership", "industry", "status_code", *list(_YEAR_NUMBERS.values())[:5]),
        partial(_high_level, table=_ANNUAL),
        also=(*_CODED, *list(_YEAR_NUMBERS.values())[5:]),
        spelling=_STATUS,
    ),
    Layout(
        _QUARTERLY,
        (
            "year",
            "qtr",
            "area",
            "ownership",
            "industry",
            "status_code",
            "establishment_count",
            *_MONTH_COLUMNS,
            "total_quarterly_wages",
            "average_weekly_wage",
        ),
        partial(_high_level, table=_QUARTERLY),
        also=_CODED,
        spelling=_STATUS,
    ),
    *(
        Layout(
            table,
            (*_WID, *jobs),
            partial(_exported, table=table),
            also=("indcodty", "suppress", "prelim", "avgemp", "mnth1emp", "mnth2emp", "mnth3emp"),
        )
        for table, jobs in (
            (_QUARTERLY, ("mnth1emp", "mnth2emp", "mnth3emp")),
            (_ANNUAL, ("avgemp",)),
        )
    ),
)


def _frames(member: Member, table: Table) -> Generator[pl.DataFrame, None, list[str]]:
    """Yield the rows of a file, held to their own arithmetic, and return what is to be said."""
    odd, areas = OddRows(member.label), Areas(table, member.label, has_all_levels=False)
    there, whole = set[tuple[str, int, str]](), set[tuple[str, int, str]]()
    is_total = (pl.col("own_code") == "0") & (pl.col("industry_code") == naics.TOTAL)
    frames = frames_of(_LAYOUTS, member, table, partial(normalise, odd=odd))
    while True:
        try:
            frame = next(frames)
        except StopIteration as end:
            said = [*odd.remarks(areas.rows), *areas.remarks(areas.strays(), left_out=False)]
            return [*end.value, *said, *_without_total(there - whole)]
        areas.add(frame)
        periods = frame.select("area_fips", "year", "qtr", is_total.alias("total")).unique()
        there.update(periods.drop("total").iter_rows())
        whole.update(periods.filter("total").drop("total").iter_rows())
        yield frame


def _without_total(areas: Collection[tuple[str, int, str]]) -> Iterator[str]:
    """Name the areas and periods of which a file has parts and not the row of all jobs."""
    if areas:
        told = [f"{a} {y}{'' if q == 'A' else f' Q{q}'}" for a, y, q in sorted(areas)]
        yield f"an excerpt, or cut off: it has no row of all jobs of {listing(told, NAMED)}"


OTHER_QCEW = Reader(
    what="QCEW",
    tables=(_ANNUAL, _QUARTERLY),
    claim=partial(claim, _LAYOUTS),
    frames=_frames,
)
