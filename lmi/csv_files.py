"""Tables as CSV: the same table gives the same bytes, and no cell runs as a formula."""

from __future__ import annotations

import csv
import io
import math
import numbers
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from lmi.words import is_known

__all__ = ["csv_bytes", "defused"]

_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
LINE_BREAK = re.compile(r"\r\n|\r|\n")  # a row is a line, for readers that take it so


def defused(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula.

    Returns
    -------
    str
        The text, with an apostrophe before it where it would start a formula.

    Notes
    -----
    The characters are those that OWASP lists for CSV injection.

    Examples
    --------
    >>> defused("=1+1"), defused("Health care")
    ("'=1+1", 'Health care')
    """
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def csv_bytes(frame: pd.DataFrame) -> bytes:
    r"""Write a table as CSV.

    Parameters
    ----------
    frame : DataFrame, shape (n, k)
        The rows in the order to be kept; the index is left out.

    Returns
    -------
    bytes
        UTF-8 with a line feed after each row; numbers with up to six decimals, missing values
        empty, truth values as ``true`` and ``false``.

    Examples
    --------
    >>> frame = pd.DataFrame({"candidate": ["=cmd"], "lq": [1.25], "lq_state": [float("nan")]})
    >>> csv_bytes(frame)
    b"candidate,lq,lq_state\n'=cmd,1.25,\n"
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([defused(str(name)) for name in frame.columns])
    columns = [_cells(frame.iloc[:, at]) for at in range(frame.shape[1])]
    writer.writerows(zip(*columns, strict=True))
    return buffer.getvalue().encode("utf-8")


def _cells(column: pd.Series) -> Iterator[str]:
    """Write a column; most are numbers of one kind, of which nothing need be asked one by one."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "fi":
        return map(_number if column.dtype.kind == "f" else str, column.tolist())
    return map(_cell, column)


def _number(value: float) -> str:
    if not math.isfinite(value):
        return ""
    text = f"{value:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _cell(value: Any) -> str:
    if isinstance(value, str):
        return defused(LINE_BREAK.sub(" ", value))
    if not is_known(value):
        return ""
    if isinstance(value, bool) or type(value).__name__ in {"bool", "bool_"}:
        return "true" if value else "false"
    if isinstance(value, numbers.Integral):
        return str(int(value))
    if isinstance(value, numbers.Real):
        return _number(float(value))
    return defused(str(value))
