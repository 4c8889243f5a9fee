"""Every table of the store: columns, types, units, meaning, key.

QCEW column names are the agency's own, in the spelling of its open-data slices. The spellings of
its other layouts are listed beside them as aliases, so that there is one place where they meet.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import polars as pl

from lmi.errors import StoreError

__all__ = ["TABLES", "Column", "Table", "qcew_table", "table"]

DType = Literal["code", "text", "int", "float"]

_POLARS: dict[str, pl.DataType] = {
    "code": pl.String(),
    "text": pl.String(),
    "int": pl.Int64(),
    "float": pl.Float64(),
}


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Parameters
    ----------
    name : str
        Name in the store.
    dtype : {"code", "text", "int", "float"}
        A code is a string with a grammar; text is free.
    unit : str
        Unit of a number ("jobs", "USD", "percent"), empty for codes and text.
    meaning : str
        One line for a reader.
    blank : bool
        Whether a source may leave the field empty.
    aliases : tuple of str
        Other names that sources give the same column.
    gate : str
        The disclosure column that withholds this number, empty if none does.
    lowest, highest : float or None
        The smallest and the largest value that make sense, None where any number does.
    """

    name: str
    dtype: DType
    unit: str = ""
    meaning: str = ""
    blank: bool = False
    aliases: tuple[str, ...] = ()
    gate: str = ""
    lowest: float | None = None
    highest: float | None = None


def _year(name: str, meaning: str, *, blank: bool = False) -> Column:
    return Column(name, "int", "", meaning, blank, lowest=1800, highest=2100)


@dataclass(frozen=True)
class Table:
    """A table of the store.

    Parameters
    ----------
    name : str
        Name of the table, also its folder.
    columns : tuple of Column
        In stored order.
    key : tuple of str
        Columns that identify a row; a source that repeats a key is refused.
    replaces : tuple of str
        A newer source replaces all older rows that share these columns with one of its rows.
    partition : tuple of str
        Columns that name the folders; ``state`` is derived from `area_fips`.
    optional : frozenset of str
        Columns that a source may lack altogether.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    replaces: tuple[str, ...]
    partition: tuple[str, ...] = ()
    optional: frozenset[str] = field(default_factory=frozenset)

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """Columns by their stored name."""
        return {c.name: c for c in self.columns}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Stored names in order."""
        return tuple(c.name for c in self.columns)

    @cached_property
    def required(self) -> tuple[str, ...]:
        """Names that every source must have."""
        return tuple(n for n in self.names if n not in self.optional)

    @cached_property
    def spelling(self) -> dict[str, str]:
        """Every accepted source spelling, in lower case, to the stored name."""
        pairs = {c.name: c.name for c in self.columns}
        pairs.update({alias: c.name for c in self.columns for alias in c.aliases})
        return pairs

    @cached_property
    def polars_schema(self) -> dict[str, pl.DataType]:
        """Types in the store."""
        return {c.name: _POLARS[c.dtype] for c in self.columns}

    @cached_property
    def parsing_schema(self) -> dict[str, pl.DataType]:
        """Types while a file is read: the codes of a large table are told apart once each."""
        if not self.partition:
            return self.polars_schema
        codes = {c.name: pl.Categorical() for c in self.columns if c.dtype == "code"}
        return {**self.polars_schema, **codes}

    def check(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Return `frame` with the table's columns in order, or say what does not fit.

        Raises
        ------
        StoreError
            A column is missing or has another type.

        Examples
        --------
        >>> import polars as pl
        >>> from lmi.schema import table
        >>> labor = table("labor_force")
        >>> labor.check(pl.DataFrame({"area_fips": ["99001"]}))
        Traceback (most recent call last):
        ...
        lmi.errors.StoreError: The table labor_force lacks the column 'year'; ...
        """
        for name, dtype in self.polars_schema.items():
            if name not in frame.columns:
                raise StoreError(
                    f"The table {self.name} lacks the column {name!r}; it needs "
                    f"{', '.join(self.names)}."
                )
            if frame.schema[name] != dtype:
                raise StoreError(
                    f"The column {name!r} of the table {self.name} is {frame.schema[name]}; "
                    f"it must be {dtype}."
                )
        return frame.select(self.names)


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
    signed = name.startswith("oty_") or "contributions" in of
    dtype: DType = "float" if unit in ("quotient", "percent") else "int"
    return Column(
        name,
        dtype,
        unit,
        meaning,
        blank=name.startswith(("lq_", "oty_")) or of.startswith(_TAXED),
        aliases=_spellings(name),
        gate=withheld_by,
        lowest=None if signed else 0,
    )


def _qcew(name: str, measures: dict[str, tuple[str, str]]) -> Table:
    columns = [
        Column("area_fips", "code", "", "Area"),
        Column("own_code", "code", "", "Ownership"),
        Column("industry_code", "code", "", "Industry, NAICS or a BLS aggregate"),
        Column("agglvl_code", "code", "", "Aggregation level"),
        Column("size_code", "code", "", "Establishment size class, 0 for all"),
        _year("year", "Year"),
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
    )


_PROJECTIONS = Table(
    "projections",
    (
        Column("area_fips", "code", "", "Area"),
        Column("industry_code", "code", "", "Industry"),
        Column("own_code", "code", "", "Ownership, 0 for all"),
        _year("base_year", "Year that the projection starts from"),
        _year("projected_year", "Year that it reaches"),
        Column("base_emplvl", "float", "jobs", "Employment in the base year", lowest=0),
        Column("projected_emplvl", "float", "jobs", "Employment in the projected year", lowest=0),
        Column("source", "text", "", "Who projected it"),
    ),
    key=("area_fips", "industry_code", "own_code", "base_year", "projected_year"),
    replaces=("area_fips", "base_year", "projected_year"),
)
_COMMUTING = Table(
    "commuting",
    (
        Column("w_county_fips", "code", "", "County of work"),
        Column("h_county_fips", "code", "", "County of home"),
        Column("jobs", "int", "jobs", "Main jobs", lowest=0),
        _year("year", "Year"),
    ),
    key=("w_county_fips", "h_county_fips", "year"),
    replaces=("w_county_fips", "year"),
)
_LABOR_FORCE = Table(
    "labor_force",
    (
        Column("area_fips", "code", "", "Area"),
        _year("year", "Year"),
        Column("labor_force", "int", "persons", "Labor force", blank=True, lowest=0),
        Column("employed", "int", "persons", "Employed residents", blank=True, lowest=0),
        Column("unemployed", "int", "persons", "Unemployed residents", blank=True, lowest=0),
        Column("unemployment_rate", "float", "percent", "Rate", True, lowest=0, highest=100),
    ),
    key=("area_fips", "year"),
    replaces=("area_fips", "year"),
)
_THRESHOLDS = Table(
    "thresholds",
    (
        Column("area_fips", "code", "", "Area"),
        Column("household", "text", "", "Household that the threshold sustains"),
        _year("year", "Year of its prices"),
        Column("annual_wage", "float", "USD per year", "Pay that sustains it", lowest=0),
        Column("source", "text", "", "Who computed it"),
    ),
    key=("area_fips", "household", "year"),
    replaces=("area_fips", "household", "year"),
)
_ENGAGEMENT = Table(
    "engagement",
    (
        Column("organisation", "text", "", "Who reaches out to employers"),
        Column("system", "text", "", "Workforce, education, economic development or community"),
        Column("effort", "text", "", "What it does with employers"),
        Column("candidate", "text", "", "Candidate sector"),
        _year("since", "Year that it began", blank=True),
    ),
    key=("organisation", "effort", "candidate"),
    replaces=("organisation", "effort", "candidate"),
)
_LOCAL_KNOWLEDGE = Table(
    "local_knowledge",
    (
        Column("candidate", "text", "", "Candidate sector"),
        Column("region", "text", "", "Region"),
        Column("statement", "text", "", "What was said"),
        Column("rating", "int", "1 to 5", "How it speaks for the candidate", lowest=1, highest=5),
        Column("who", "text", "", "Role of the speaker"),
        Column("date", "text", "", "When"),
    ),
    key=("candidate", "region", "statement"),
    replaces=("candidate", "region", "statement"),
)

TABLES: dict[str, Table] = {
    t.name: t
    for t in (
        _qcew("qcew_annual", _ANNUAL),
        _qcew("qcew_quarterly", _QUARTERLY),
        _PROJECTIONS,
        _COMMUTING,
        _LABOR_FORCE,
        _THRESHOLDS,
        _ENGAGEMENT,
        _LOCAL_KNOWLEDGE,
    )
}


def table(name: str) -> Table:
    """Return a table of the store by its name.

    Raises
    ------
    StoreError
        There is no such table.

    Examples
    --------
    >>> from lmi.schema import table
    >>> table("qcew_annual").by_name["annual_avg_emplvl"].unit
    'jobs'
    """
    if name not in TABLES:
        raise StoreError(f"There is no table {name!r}; the tables are {', '.join(TABLES)}.")
    return TABLES[name]


def qcew_table(frequency: str) -> Table:
    """Return the QCEW table of a frequency, ``"annual"`` or ``"quarterly"``.

    Examples
    --------
    >>> from lmi.schema import qcew_table
    >>> qcew_table("quarterly").name
    'qcew_quarterly'
    """
    return table(f"qcew_{frequency}")
