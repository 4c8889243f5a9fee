"""How tables hold their texts: a long one as Arrow does, a short one as Python's own strings."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa

__all__ = ["as_arrow", "as_python", "hold_texts", "to_pandas"]

LONG = 40_000
"""Rows from which on Arrow's arrays of texts pay for what each of them costs."""


def hold_texts() -> None:
    """Have pandas hold the texts of new tables, and their columns' names, as Python's strings.

    Most tables of an analysis have a few hundred rows, and there Arrow's arrays cost a third of
    the whole in overhead. Values, types and results are the same either way.
    """
    pd.set_option("mode.string_storage", "python")


def to_pandas(frame: pl.DataFrame) -> pd.DataFrame:
    """Turn a table of polars into one of pandas that holds its texts as suits its length.

    Examples
    --------
    >>> import polars as pl
    >>> to_pandas(pl.DataFrame({"own_code": ["5", None]}))["own_code"].isna().tolist()
    [False, True]
    """
    storage: Literal["python", "pyarrow"] = "pyarrow" if frame.height >= LONG else "python"
    texts = pd.StringDtype(storage, na_value=np.nan)
    of_arrow = {pa.large_string(): texts, pa.string(): texts, pa.string_view(): texts}
    return frame.to_pandas(types_mapper=of_arrow.get)


def as_arrow(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same table with all texts as Arrow's, as files are written: in the same bytes."""
    return _held(frame, "pyarrow")


def as_python(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the same table with all texts as Python's strings, as files are read.

    Examples
    --------
    >>> mixed = pd.DataFrame({"own_code": np.array(["5"], dtype=object), "year": [2016]})
    >>> [str(dtype) for dtype in as_python(mixed).dtypes]
    ['str', 'int64']
    """
    return _held(frame, "python")


def _held(frame: pd.DataFrame, storage: Literal["python", "pyarrow"]) -> pd.DataFrame:
    texts = pd.StringDtype(storage, na_value=np.nan)
    return frame.astype({name: texts for name in frame.columns if _is_text(frame[name])})


def _is_text(column: pd.Series) -> bool:
    """Joins of tables that hold their texts in two ways leave objects, which are texts, too."""
    if column.dtype == object:
        return pd.api.types.infer_dtype(column, skipna=True) == "string"
    return column.dtype == "str"
