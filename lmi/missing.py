"""The typed result for data that is not there, so that a report can say so in words."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Missing"]


@dataclass(frozen=True)
class Missing:
    """Something asked for that the store does not hold, and what would bring it.

    A `Missing` is falsy, so ``if table:`` cannot be written by accident on a DataFrame and
    ``isinstance(result, Missing)`` reads as it means.

    Parameters
    ----------
    what : str
        The thing asked for, as a reader would name it ("projections for this region").
    why : str
        Why it is not there ("no projections table is in the store").
    remedy : str
        What the reader can do about it.

    Examples
    --------
    >>> from lmi.missing import Missing
    >>> print(Missing("projections", "none is in the store", "ingest a projections table"))
    No projections: none is in the store. To add it, ingest a projections table.
    """

    what: str
    why: str
    remedy: str

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return f"No {self.what}: {self.why}. To add it, {self.remedy}."
