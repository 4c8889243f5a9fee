"""Every table of the store: columns, types, units, meaning, key.

`columns` says what a table is, `qcew` and `others` hold the tables. Import from here. The tables
that a state's folder may hold are in `owned`.
"""

from __future__ import annotations

from lmi.errors import StoreError
from lmi.schema.columns import VINTAGE, VINTAGES, WITHHELD, Column, Table
from lmi.schema.others import BOUNDARIES, OTHER_TABLES
from lmi.schema.qcew import QCEW_TABLES

__all__ = [
    "BOUNDARIES",
    "OTHER_TABLES",
    "QCEW_TABLES",
    "TABLES",
    "VINTAGE",
    "VINTAGES",
    "WITHHELD",
    "Column",
    "Table",
    "qcew_table",
    "table",
]

TABLES: dict[str, Table] = {spec.name: spec for spec in (*QCEW_TABLES, *OTHER_TABLES)}


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
