"""The two QCEW tables.

Column names are the agency's own, in the spelling of its open-data slices. The spellings of its
other layouts are listed beside them as aliases, so that there is one place where they meet.
"""

from __future__ import annotations

import polars as pl

from lmi.naics.lists import FIRST_YEAR
from lmi.schema.columns import Column, DType, Relation, Table, year_column

__all__ = ["MONTHS", "QCEW_TABLES", "estabs_of", "jobs_of", "wages_of"]

MONTHS = ("month1_emplvl", "month2_emplvl", "month3_emplvl")

_QUARTERLY = {
    "qtrly_estabs": ("establishments", "Establishments in the quarter"),
    "month1_emplvl": ("jobs", "Employment in the first month of the quarter"),
    "month2_emplvl": ("jobs", "Employment in the second month of the quarter"),
    "month3_emplvl": ("jobs", "Employment in the third month of the quarter"),
    "total_qtrly_wages": ("USD", "Total wages paid in the quarter"),
    "taxable_qtrly_wages": ("USD", "Wages subject to unemployment-insurance tax"),
    "qtrly_contributions": ("USD", "Unemployment-insurance contributions"),
    "avg_wkly_wage": ("USD per week", "Average weekly wage"),
}
_ANNUAL = {
    "annual_avg_estabs": ("establishments", "Annual average of quarterly establishments"),
    "annual_avg_emplvl": ("jobs", "Annual average of monthly employment"),
    "total_annual_wages": ("USD", "Total wages paid in the year"),
    "taxable_annual_wages": ("USD", "Wages subject to unemployment-insurance tax"),
    "annual_contributions": ("USD", "Unemployment-insurance contributions"),
    "annual_avg_wkly_wage": ("USD per week", "Average weekly wage over the year"),
    "avg_annual_pay": ("USD per job", "Average annual pay"),
}
# The nation has 12 million places of business and 150 million jobs that pay 12 trillion dollars.
# One job's pay may be anybody's, and a change in percent begins at next to nothing.
_HIGHEST = {
    "establishments": 1e8,
    "jobs": 4e8,
    "USD": 1e14,
    "USD per week": 1e7,
    "USD per job": 5e8,
    "quotient": 1e6,
    "percent": 1e9,
}
# Establishment counts are published even where the rest of the row is withheld.
_ALWAYS_PUBLISHED = ("qtrly_estabs", "annual_avg_estabs")
_TAXED = ("taxable_", "qtrly_contr", "annual_contr")


def _spellings(name: str) -> tuple[str, ...]:
    """Other names of a QCEW column: by-area files add `_count`, older slices cut `_chg`."""
    found = []
    for estabs in _ALWAYS_PUBLISHED:
        if estabs in name:
            found.append(name.replace(estabs, f"{estabs}_count"))
    if name.endswith("_pct_chg"):
        found += [n.removesuffix("_chg") for n in (name, *found)]
    return tuple(found)


def _measure(name: str, of: str, unit: str, meaning: str, gate: str) -> Column:
    withheld_by = "" if of in _ALWAYS_PUBLISHED else gate
    # Contributions are paid back at times, and what is paid back may change by any percentage.
    signed = name.startswith("oty_") or "contributions" in of
    lowest = -_HIGHEST[unit] if signed else 0
    if unit == "percent" and "contributions" not in of:
        lowest = -100
    dtype: DType = "float" if unit in ("quotient", "percent") else "int"
    return Column(
        name,
        dtype,
        unit,
        meaning,
        blank=name.startswith(("lq_", "oty_")) or of.startswith(_TAXED),
        aliases=_spellings(name),
        gate=withheld_by,
        lowest=lowest,
        highest=_HIGHEST[unit],
    )


def _relations(name: str) -> tuple[Relation, ...]:
    """Say what no row does; the agency's own rows are far within these bounds."""
    months: tuple[str, ...]
    if name == "qcew_quarterly":
        months, wages, in_a_year = MONTHS, "total_qtrly_wages", 4
    else:
        months, wages, in_a_year = ("annual_avg_emplvl",), "total_annual_wages", 1
    jobs = pl.mean_horizontal(*months)
    pay = in_a_year * pl.col(wages) / jobs
    shown = ", ".join(f"{month} {{{month}:,}}" for month in months)
    paid = Relation(
        (*months, wages),
        (jobs >= 1000) & ~pay.is_between(250, 5_000_000),
        f"{wages} {{{wages}:,}} cannot be the pay of {shown}",
        "write wages in dollars, not in thousands, and jobs as they are counted",
    )
    most, least = pl.max_horizontal(*months), pl.min_horizontal(*months)
    near = Relation(
        months,
        (most >= 1000) & (most > 200 * (least + 1)),
        f"{shown} cannot be the months of one quarter",
    )
    return (paid, near) if months == MONTHS else (paid,)


def _qcew(name: str, measures: dict[str, tuple[str, str]]) -> Table:
    columns = [
        Column("area_fips", "code", "", "Area"),
        Column("own_code", "code", "", "Ownership"),
        Column("industry_code", "code", "", "Industry, NAICS or a BLS aggregate"),
        Column("agglvl_code", "code", "", "Aggregation level"),
        Column("size_code", "code", "", "Establishment size class, 0 for all"),
        year_column("year", "Year", since=FIRST_YEAR),
        Column("qtr", "code", "", "Quarter, A for the year"),
        Column("disclosure_code", "code", "", "N or - where withheld", blank=True),
    ]
    for m, (unit, meaning) in measures.items():
        columns.append(_measure(m, m, unit, meaning, "disclosure_code"))
    columns.append(
        Column("lq_disclosure_code", "code", "", "N where the quotients are withheld", blank=True)
    )
    for m, (_, meaning) in measures.items():
        text = f"Location quotient relative to the U.S.: {meaning.lower()}"
        columns.append(_measure(f"lq_{m}", m, "quotient", text, "lq_disclosure_code"))
    columns.append(
        Column("oty_disclosure_code", "code", "", "N where the changes are withheld", blank=True)
    )
    for m, (unit, meaning) in measures.items():
        for suffix, u in (("chg", unit), ("pct_chg", "percent")):
            text = f"Over-the-year change: {meaning.lower()}"
            columns.append(_measure(f"oty_{m}_{suffix}", m, u, text, "oty_disclosure_code"))
    # A reconstructed or trimmed file may lack the quotients, the changes and the tax columns;
    # what was measured in the period itself it must have.
    optional = {c.name for c in columns if c.name.startswith(("lq_", "oty_"))}
    optional |= {m for m in measures if m.startswith(_TAXED)}
    return Table(
        name,
        tuple(columns),
        key=("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "year", "qtr"),
        # Rows by establishment size come in files of their own, beside those of all sizes.
        replaces=("area_fips", "year", "qtr", "size_code"),
        partition=("state", "year"),
        optional=frozenset(optional),
        relations=_relations(name),
    )


QCEW_TABLES = (_qcew("qcew_annual", _ANNUAL), _qcew("qcew_quarterly", _QUARTERLY))


def estabs_of(table: Table) -> str:
    """Name the column of places of business, which are published even where all else is withheld.

    Examples
    --------
    >>> [estabs_of(table) for table in QCEW_TABLES]
    ['annual_avg_estabs', 'qtrly_estabs']
    """
    return next(name for name in _ALWAYS_PUBLISHED if name in table.by_name)


def jobs_of(table: Table) -> tuple[str, ...]:
    """Name the columns of jobs.

    Examples
    --------
    >>> [len(jobs_of(table)) for table in QCEW_TABLES]
    [1, 3]
    """
    return MONTHS if MONTHS[0] in table.by_name else ("annual_avg_emplvl",)


def wages_of(table: Table) -> str:
    """Name the column of all wages paid.

    Examples
    --------
    >>> [wages_of(table) for table in QCEW_TABLES]
    ['total_annual_wages', 'total_qtrly_wages']
    """
    return next(name for name in table.names if name.startswith("total_"))
