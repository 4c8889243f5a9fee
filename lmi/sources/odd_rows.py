"""Rows that contradict themselves: a few are named, left out or kept; many refuse their file.

A row that is left out is absent from the store, so that nobody takes its numbers for true ones, nor
its absence for a zero.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from lmi.errors import DataFileError
from lmi.words import count

__all__ = ["MOST_ROWS", "MOST_SHARE", "REMEDY", "OddRow", "OddRows", "named"]

# Three dozen rows are what a person looks up one by one, and one in a hundred is what a slip in a
# file makes; the agency's own files have none. Beyond either, it is the file that is wrong.
MOST_ROWS = 36
MOST_SHARE = 0.01
# Of rows that are kept, for one of their numbers may have been revised and the rest not, some
# dozens of a nation's file are no more than a few; and as few as these of any file.
MOST_KEPT = 3
REMEDY = "download the file again"


def named(row: Mapping[str, Any]) -> str:
    """Write which cell a QCEW row is.

    Examples
    --------
    >>> named({"area_fips": "08001", "own_code": "5", "industry_code": "62", "year": 2016,
    ...        "qtr": "3"})
    '08001/5/62 2016 Q3'
    """
    quarter = "" if row["qtr"] == "A" else f" Q{row['qtr']}"
    cell = f"{row['area_fips']}/{row['own_code']}/{row['industry_code']}"
    return f"{cell} {row['year']}{quarter}"


@dataclass(frozen=True, order=True)
class OddRow:
    """A row that cannot be as it stands.

    Parameters
    ----------
    line : int
        Where it begins in its file.
    cell : str
        Area, ownership, industry and period.
    why : str
        What contradicts what.
    """

    line: int
    cell: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line:,} ({self.cell}), where {self.why}"


@dataclass
class OddRows:
    """The odd rows of one file, as its blocks are read side by side.

    Parameters
    ----------
    label : str
        How an error names the file.

    Examples
    --------
    >>> odd = OddRows("f.csv")
    >>> odd.leave_out([OddRow(7, "08001/5/62 2016", "avg_annual_pay is 9")])
    >>> odd.remarks(n_rows=300)
    ['left out as unknown: line 7 (08001/5/62 2016), where avg_annual_pay is 9']
    """

    label: str
    left_out: list[OddRow] = field(default_factory=list)
    kept: list[OddRow] = field(default_factory=list)

    def leave_out(self, rows: Iterable[OddRow]) -> None:
        """Take note of the rows of a block that cannot be as they stand.

        Raises
        ------
        DataFileError
            They are more than a file may have.
        """
        found = sorted(rows)
        self.left_out += found
        if len(found) > MOST_ROWS:
            raise self._refusal(found[0], f"so are {len(found) - 1:,} others near it")

    def keep(self, rows: Iterable[OddRow]) -> None:
        """Take note of the rows of a block of which nobody can tell what is wrong."""
        self.kept += rows

    def remarks(self, n_rows: int) -> list[str]:
        """Name the odd rows.

        Parameters
        ----------
        n_rows : int
            Rows of the file without those that are left out.

        Raises
        ------
        DataFileError
            More were left out, or more kept, than a file of so many rows may have.
        """
        left_out, kept = sorted(self.left_out), sorted(self.kept)
        if len(left_out) > min(MOST_ROWS, MOST_SHARE * n_rows):
            others = count(len(left_out) - 1, "other row")
            of = f"of {n_rows + len(left_out):,} cannot be"
            one = f"the row {of} as it stands"
            many = f"it and {others} {of} as they stand"
            raise self._refusal(left_out[0], many if len(left_out) > 1 else one)
        if len(kept) > max(MOST_KEPT, MOST_SHARE * n_rows):
            others = count(len(kept) - 1, "other row")
            raise self._refusal(kept[0], f"it and {others} of {n_rows:,} contradict themselves")
        said = [f"left out as unknown: {row}" for row in left_out]
        said += [f"kept as it is: {row}" for row in kept[:MOST_ROWS]]
        if len(kept) > MOST_ROWS:
            said.append(f"kept as they are: {len(kept) - MOST_ROWS:,} more rows of that kind")
        return said

    def _refusal(self, first: OddRow, how_many: str) -> DataFileError:
        return DataFileError(
            f"{first.why} ({first.cell}); {how_many}, so {REMEDY}",
            file=self.label,
            line=first.line,
        )
