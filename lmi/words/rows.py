"""A row of a table, as what is written of it is read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from lmi.words.numbers import is_known

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Row", "holds", "records"]

Row = Mapping[str, Any]
"""A row by the names of its columns."""


def holds(row: Row, flag: str, otherwise: bool = False) -> bool:
    """Tell whether a row has a flag set; `otherwise` is for a flag that is missing.

    Examples
    --------
    >>> holds({"is_break": True}, "is_break"), holds({"is_break": None}, "is_break")
    (True, False)
    """
    value = row.get(flag)
    return bool(value) if is_known(value) else otherwise


def records(frame: pd.DataFrame) -> list[Row]:
    """Give a table's rows as mappings from column name to value.

    Examples
    --------
    >>> import pandas as pd
    >>> records(pd.DataFrame({"candidate": ["energy"], "lq": [1.5]}))
    [{'candidate': 'energy', 'lq': 1.5}]
    """
    names = [str(name) for name in frame.columns]
    # All at once: a column taken by itself costs as much as the rest of it.
    values = frame.to_numpy(dtype=object)
    return [dict(zip(names, row, strict=True)) for row in values.tolist()]
