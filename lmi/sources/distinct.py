"""The few values that the codes of a block take."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

__all__ = ["distinct"]


def distinct(frame: pl.DataFrame, names: Iterable[str]) -> dict[str, list[str | None]]:
    """Return the distinct values of columns, found side by side.

    Examples
    --------
    >>> distinct(pl.DataFrame({"qtr": ["A", "A"]}), ["qtr"])
    {'qtr': ['A']}
    """
    found = frame.select(pl.col(name).unique().implode() for name in names)
    return {name: values.to_list() for name, (values,) in found.to_dict().items()}
