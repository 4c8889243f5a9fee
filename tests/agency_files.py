"""Real agency files as the store would give them, for tests that need no store."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pandas as pd

REAL_FILES = (
    "2016_qtrly_by_area_colorado.zip", "2016_qtrly_by_area_central_ohio.zip",
    "us000_2016_reconstructed", "api",
)  # fmt: skip
"""Of the folder `qcew`: quarters of two states and the nation in 2016, slices of Ohio's years."""
TEXT = [
    *("area_fips", "own_code", "industry_code", "agglvl_code", "size_code", "qtr"),
    *("disclosure_code", "lq_disclosure_code", "oty_disclosure_code"),
]


def read_zip(path: Path, quarters: str = "1234") -> pd.DataFrame:
    """Quarterly rows of a by-area zip."""

    def members() -> Iterator[pd.DataFrame]:
        with zipfile.ZipFile(path) as archive:
            for name in sorted(n for n in archive.namelist() if n.endswith(".csv")):
                with archive.open(name) as file:
                    rows = _read(file)
                yield rows[rows["qtr"].isin(list(quarters))]

    return _as_stored(pd.concat(members(), ignore_index=True))


def read_folder(folder: Path, pattern: str) -> pd.DataFrame:
    """Rows of the CSV files in a folder, such as open-data slices."""
    files = sorted(folder.glob(pattern))
    return _as_stored(pd.concat([_read(file) for file in files], ignore_index=True))


def _read(file: Path | IO[bytes]) -> pd.DataFrame:
    rows = pd.read_csv(
        file,
        dtype=dict.fromkeys(TEXT, "str"),
        keep_default_na=False,
        usecols=lambda name: not name.endswith("_title"),
    )
    return rows.rename(columns=lambda name: name.replace("estabs_count", "estabs"))


def _as_stored(rows: pd.DataFrame) -> pd.DataFrame:
    """Withheld is missing, never zero; establishments are always published."""
    numbers = [c for c in rows.columns if c not in TEXT and c != "year"]
    rows = rows.astype(dict.fromkeys(numbers, "float64"))
    for prefix in ("", "lq_", "oty_"):
        flag = f"{prefix}disclosure_code"
        if flag not in rows:
            continue
        withheld = rows[flag].str.strip().isin(["N", "-"])
        own = [c for c in numbers if _prefix(c) == prefix and "estabs" not in c]
        rows.loc[withheld, own] = float("nan")
        rows[flag] = rows[flag].where(withheld)
    return rows


def _prefix(column: str) -> str:
    return next((p for p in ("lq_", "oty_") if column.startswith(p)), "")
