"""Values of tables and definitions, as JSON can hold them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import numpy as np

__all__ = ["plain"]


def plain(value: Any, decimals: int | None = None) -> Any:
    """Return a value as JSON can hold it; what is missing or not finite is null.

    Parameters
    ----------
    decimals : int, optional
        Round numbers to so many.

    Examples
    --------
    >>> plain({"jobs": np.int64(3), "pay": float("nan"), "periods": np.array(["2022", "2023"])})
    {'jobs': 3, 'pay': None, 'periods': ['2022', '2023']}
    """
    if isinstance(value, Mapping):
        return {str(k): plain(v, decimals) for k, v in value.items()}
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if isinstance(value, list | tuple):
        return [plain(v, decimals) for v in value]
    if value is None or isinstance(value, str | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return None
        return value if decimals is None else round(value, decimals)
    text = str(value)
    return None if text in ("<NA>", "NaT") else text
