"""Small tables as a reader writes them."""

from __future__ import annotations

import io
from collections.abc import Callable

import pandas as pd
import pytest

CODES = (
    "region",
    "candidate",
    "key",
    "area_fips",
    "own_code",
    "industry_code",
    "agglvl_code",
    "size_code",
    "qtr",
    "disclosure_code",
    "oty_disclosure_code",
)


@pytest.fixture
def read() -> Callable[[str], pd.DataFrame]:
    """Read a table of columns parted by blanks; a dot is a missing value, codes are strings."""

    def reader(text: str) -> pd.DataFrame:
        return pd.read_csv(
            io.StringIO(text.strip()),
            sep=r"\s+",
            dtype=dict.fromkeys(CODES, "str"),
            na_values=["."],
            keep_default_na=False,
        )

    return reader
