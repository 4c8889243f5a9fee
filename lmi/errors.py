"""One family of errors; a message names the value, the rule and the remedy.

Everything a user can cause is an `LmiError`. The command line prints its message as one
sentence and exits with status 1; any other exception is a defect and keeps its traceback.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "CodeError", "ConfigError", "DataFileError", "FetchError", "LmiError", "MeasureError",
    "StoreError",
]  # fmt: skip


class LmiError(Exception):
    """Base of every error that a user can cause and mend."""


class CodeError(LmiError, ValueError):
    """A code does not follow the grammar of its column (area, ownership, industry, level)."""


class MeasureError(LmiError, ValueError):
    """A measure was asked for something it cannot give, such as a set that overlaps itself."""


class FetchError(LmiError):
    """A file cannot be had from where it is published, or is not what was asked for."""


class StoreError(LmiError):
    """The store lacks, or cannot read, what was asked for."""


class _LocatedError(LmiError):
    """An error that knows the file and, where it can be known, the line.

    Parameters
    ----------
    message : str
        What is wrong, the rule and the remedy, without the file.
    line : int, optional
        One-based line in that file.
    """

    def __init__(self, message: str, *, file: str | Path | None = None, line: int | None = None):
        self.message, self.file, self.line = message, file, line
        where = "" if file is None else f"{file}: " if line is None else f"{file}, line {line}: "
        super().__init__(f"{where}{message}")


class DataFileError(_LocatedError):
    """A data file cannot be taken in; nothing of it entered the store."""


class ConfigError(_LocatedError):
    """A region, candidate or criteria definition is not valid."""
