"""Lookups between long tables, and what a table must have for them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.errors import MeasureError
from lmi.measures.arithmetic import FloatArray, floats

__all__ = ["joined", "look_up", "positions", "require", "unique_on"]


def require(table: pd.DataFrame, columns: Sequence[str], name: str = "table") -> None:
    """Raise an error that names the columns which `table` lacks.

    Parameters
    ----------
    table : DataFrame
        Any table.
    columns : sequence of str
        Columns that it must have.
    name : str
        What the message calls it.

    Raises
    ------
    MeasureError
        A column is missing.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.lookup import require
    >>> require(pd.DataFrame({"region": ["a"]}), ["region"])
    """
    missing = [c for c in columns if c not in table.columns]
    if missing:
        raise MeasureError(
            f"The {name} lacks the column {', '.join(map(repr, missing))}; give a table that has "
            f"{', '.join(columns)}."
        )


def unique_on(table: pd.DataFrame, keys: Sequence[str], name: str = "table") -> None:
    """Raise an error that names the first key which `table` repeats.

    Parameters
    ----------
    table : DataFrame
        Any table.
    keys : sequence of str
        Columns that must identify a row; none means that there is one row only.
    name : str
        What the message calls it.

    Raises
    ------
    MeasureError
        A key stands in two rows, so that a sum or a lookup would count it twice.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.lookup import unique_on
    >>> unique_on(pd.DataFrame({"region": ["a", "b"]}), ["region"])
    """
    repeated = table.duplicated(list(keys)).to_numpy() if keys else np.arange(len(table)) > 0
    if not repeated.any():
        return
    row = table.iloc[int(repeated.argmax())]
    key = ", ".join(f"{k} {row[k]}" for k in keys) or "a table without keys"
    raise MeasureError(
        f"The {name} has more than one row for {key}; each key may stand once, so leave out the "
        f"rows that repeat it or name the column that tells them apart."
    )


def look_up(
    table: pd.DataFrame,
    other: pd.DataFrame | float,
    value: str,
    keys: Sequence[str],
    name: str = "reference",
) -> FloatArray:
    """Return, for every row of `table`, the number that `other` holds for it.

    Parameters
    ----------
    table : DataFrame, n rows
        The rows to find a number for.
    other : DataFrame or float
        A table with the column `value` and some, all or none of `keys`; a number serves every
        row.
    value : str
        Column of `other`.
    keys : sequence of str
        Key columns of `table`; those that `other` has too are matched on.
    name : str
        What messages call `other`.

    Returns
    -------
    ndarray, shape (n,)
        NaN where `other` has no row.

    Raises
    ------
    MeasureError
        `other` lacks `value`, or repeats a key.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.lookup import look_up
    >>> table = pd.DataFrame({"region": ["a", "a", "b"], "industry_code": ["62", "23", "62"]})
    >>> nation = pd.DataFrame({"industry_code": ["62"], "annual_avg_emplvl": [10]})
    >>> look_up(table, nation, "annual_avg_emplvl", ["region", "industry_code"])
    array([10., nan, 10.])
    """
    if not isinstance(other, pd.DataFrame):
        return np.full(len(table), float(other))
    require(other, [value], name)
    at = positions(table, other, keys, name)
    return np.append(floats(other[value])[0], np.nan)[at]


def positions(
    table: pd.DataFrame, other: pd.DataFrame, keys: Sequence[str], name: str = "reference"
) -> npt.NDArray[np.int64]:
    """Return, for every row of `table`, where its row stands in `other`.

    Parameters
    ----------
    table : DataFrame, n rows
        The rows to find another row for.
    other : DataFrame
        A table with some, all or none of `keys`; the one row of a table with none serves all.
    keys : sequence of str
        Key columns of `table`; those that `other` has too are matched on.
    name : str
        What messages call `other`.

    Returns
    -------
    ndarray of int, shape (n,)
        Row numbers, -1 where `other` has no row.

    Raises
    ------
    MeasureError
        `other` repeats a key.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.lookup import positions
    >>> table = pd.DataFrame({"region": ["a", "a", "b"], "industry_code": ["62", "23", "62"]})
    >>> nation = pd.DataFrame({"industry_code": ["11", "62"]})
    >>> positions(table, nation, ["region", "industry_code"])
    array([ 1, -1,  1])
    """
    shared = [k for k in keys if k in other.columns]
    if not shared:
        unique_on(other, shared, name)
        return np.full(len(table), 0 if len(other) else -1)
    # A dictionary takes a third of the time of a join of columns of text.
    at = {key: i for i, key in enumerate(_rows(other, shared))}
    if len(at) < len(other):
        unique_on(other, shared, name)
    return np.fromiter((at.get(key, -1) for key in _rows(table, shared)), np.int64, len(table))


def joined(table: pd.DataFrame, other: pd.DataFrame, keys: Sequence[str]) -> pd.DataFrame:
    """Return a table with what another holds for its rows beside it.

    Parameters
    ----------
    table : DataFrame, n rows
        The rows to find another row for.
    other : DataFrame
        A table with `keys`, and with columns that `table` has not.
    keys : sequence of str
        Key columns of both.

    Returns
    -------
    DataFrame, n rows
        The columns of both; missing where `other` has no row.

    Raises
    ------
    MeasureError
        `other` repeats a key.

    Examples
    --------
    >>> import pandas as pd
    >>> from lmi.measures.lookup import joined
    >>> jobs = pd.DataFrame({"region": ["a", "b"], "jobs": [10, 20]})
    >>> pay = pd.DataFrame({"region": ["b"], "pay": [50_000]})
    >>> joined(jobs, pay, ["region"])
      region  jobs      pay
    0      a    10      NaN
    1      b    20  50000.0
    """
    at = positions(table, other, keys)
    beside = other.drop(columns=list(keys)).reset_index(drop=True).reindex(at)
    parts = (part.reset_index(drop=True) for part in (table, beside))
    return pd.concat(parts, axis=1)


def _rows(table: pd.DataFrame, keys: Sequence[str]) -> Iterator[tuple[object, ...]]:
    return zip(*(table[key].tolist() for key in keys), strict=True)
