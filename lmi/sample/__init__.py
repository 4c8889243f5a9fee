"""The embedded sample: a small fictional state in the agency's own file layouts.

Everything in it is illustrative. `README.md` says what it holds and what made it.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["data_dir", "files"]


def data_dir() -> Path:
    """Return the folder of the sample's data files.

    Examples
    --------
    >>> from lmi.sample import data_dir
    >>> (data_dir() / "2023_annual_by_area.zip").is_file()
    True
    """
    return Path(__file__).resolve().parent / "data"


def files() -> list[Path]:
    """Return every data file of the sample, sorted, as ``lmi ingest`` takes them.

    Examples
    --------
    >>> from lmi.sample import files
    >>> sorted({path.suffix for path in files()})
    ['.csv', '.geojson', '.zip']
    """
    return sorted(path for path in data_dir().rglob("*") if path.is_file())
