"""Write the reference table of the nation's projections from the agency's own file.

    python tools/national_projections.py industry.xlsx

The file is the agency's workbook of industry tables or a download of the National Employment
Matrix of all occupations, read as `lmi ingest` reads it. The same file gives the same bytes.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

from lmi.schema.others import PROJECTIONS
from lmi.sources.archive import members
from lmi.sources.national_matrix import NATIONAL_MATRIX

TABLE = Path(__file__).resolve().parents[1] / "lmi/reference/national_projections.csv"
KEY = ("industry_code", "own_code")
NUMBERS = ("base_year", "projected_year", "base_emplvl", "projected_emplvl")


def make(file: Path, out: Path) -> list[str]:
    """Write the table, and return what is to be said of the file."""
    said: list[str] = []
    [member] = members(file)
    rows = pl.concat(NATIONAL_MATRIX.read(member, PROJECTIONS, said))
    as_written = rows.select(pl.col(KEY).cast(pl.String), pl.col(NUMBERS).cast(pl.Int64))
    as_written.sort(KEY).write_csv(out)
    return said


if __name__ == "__main__":
    print(*make(Path(sys.argv[1]), TABLE), sep="\n")
