"""The sample's printed rows, as text: what an analyst finds in the files."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import polars as pl
import pytest

from lmi import sample


def printed(path: Path) -> pl.DataFrame:
    """All rows of a by-area zip, every field as the text that it is."""
    with zipfile.ZipFile(path) as archive:
        tables = [
            pl.read_csv(io.BytesIO(archive.read(name)), infer_schema=False)
            for name in archive.namelist()
        ]
    return pl.concat(tables).fill_null("")


def numbers(table: pl.DataFrame) -> pl.DataFrame:
    """The same with numbers where numbers are; codes and disclosure stay text."""
    texts = [c for c in table.columns if c.endswith(("_code", "_title", "area_fips", "qtr"))]
    return table.with_columns(pl.exclude(texts).cast(pl.Float64))


@pytest.fixture(scope="session")
def annual() -> pl.DataFrame:
    """Every annual row, the nation's newest year among them."""
    paths = sorted(sample.data_dir().glob("*_annual_by_area.zip"))
    zips = pl.concat([printed(path) for path in paths])
    piece = pl.read_csv(sample.data_dir() / "api/2023/a/area/ZZ000.csv", infer_schema=False)
    counted = {c: c.replace("_estabs", "_estabs_count") for c in piece.columns if "_estabs" in c}
    piece = piece.fill_null("").rename(counted)
    return numbers(pl.concat([zips.select(piece.columns), piece]))


@pytest.fixture(scope="session")
def quarterly() -> pl.DataFrame:
    """Every quarterly row."""
    paths = sorted(sample.data_dir().glob("*_qtrly_by_area.zip"))
    return numbers(pl.concat([printed(path) for path in paths]))
