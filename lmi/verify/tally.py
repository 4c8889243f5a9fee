"""One check on some rows: how many agree, and the worst of those that do not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.measures.arithmetic import BoolArray
from lmi.missing import Missing

__all__ = [
    "KEYS",
    "OFFENDERS",
    "REFERENCE",
    "CheckResult",
    "Frequency",
    "Tally",
    "missing",
    "reference_rows",
    "worst_offenders",
]

Frequency = Literal["quarter", "year"]
"""What a row's numbers are of, as the report says it."""

# Rows with this mark are there to compare with and are not checked themselves.
REFERENCE = "is_reference"
KEYS = ("area_fips", "own_code", "industry_code", "year", "qtr")
OFFENDERS = ("check", *KEYS, "column", "published", "recomputed", "difference", "reason")
# Relative error of a chain of float64 operations on numbers of a file, with room to spare.
FLOAT_ERROR = 1e-9
NOTHING = "No row could be checked."
_KEPT = 5  # offenders


@dataclass
class CheckResult:
    """One check on some rows."""

    check: str
    description: str
    checked: int = 0
    agree: int = 0
    explained: int = 0
    notes: list[str] = field(default_factory=list)
    offenders: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(OFFENDERS)))


def missing(check: str, description: str, gap: Missing) -> CheckResult:
    """A check that cannot be made, and what would make it possible."""
    return CheckResult(check, description, notes=[str(gap)])


def reference_rows(rows: pd.DataFrame) -> BoolArray:
    """Tell the rows that are there to compare with."""
    if REFERENCE not in rows:
        return np.zeros(len(rows), dtype=bool)
    return rows[REFERENCE].to_numpy(dtype=bool)


class Tally:
    """Count the rows of which every column agrees, and keep the worst of those that do not.

    Parameters
    ----------
    check : str
        Short name.
    description : str
        What is recomputed, in words.
    rows : DataFrame
        Published rows with the columns of `KEYS`; rows marked `REFERENCE` are not counted.

    Examples
    --------
    >>> import pandas as pd
    >>> rows = pd.DataFrame({"area_fips": ["99001", "99003"], "own_code": "5",
    ...                      "industry_code": "10", "year": 2020, "qtr": "A"})
    >>> tally = Tally("pay", "wages over jobs", rows)
    >>> tally.add("avg_annual_pay", [50_000, 60_000], [50_000, 60_004], 0.5)
    >>> result = tally.result()
    >>> result.checked, result.agree, result.offenders["difference"].tolist()
    (2, 1, [-4.0])
    """

    def __init__(self, check: str, description: str, rows: pd.DataFrame) -> None:
        self.check, self.description, self.rows = check, description, rows
        self.counted = ~reference_rows(rows)
        self.checked = np.zeros(len(rows), dtype=bool)
        self.wrong = np.zeros(len(rows), dtype=bool)
        self.unexplained = np.zeros(len(rows), dtype=bool)
        self.notes: list[str] = []
        self.found: list[pd.DataFrame] = []

    def add(
        self,
        column: str,
        published: npt.ArrayLike,
        recomputed: npt.ArrayLike,
        tolerance: npt.ArrayLike = 0.0,
        excused: npt.ArrayLike = False,
        reason: str = "",
    ) -> None:
        """Compare one column; a row with a missing number on either side is not checked.

        Parameters
        ----------
        published, recomputed : array_like, shape (n,)
        tolerance : float or array_like, shape (n,)
            Greatest difference that rounding can make; float error is added.
        excused : bool or array_like of bool, shape (n,)
            Rows whose disagreement has a reason.
        """
        said = np.asarray(published, dtype=np.float64)
        ours = np.asarray(recomputed, dtype=np.float64)
        comparable = np.isfinite(said) & np.isfinite(ours) & self.counted
        size = np.maximum(np.abs(said), np.abs(ours))
        off = np.abs(said - ours) > np.asarray(tolerance) + FLOAT_ERROR * np.maximum(size, 1.0)
        off &= comparable
        known = np.broadcast_to(np.asarray(excused, dtype=bool), said.shape)
        self.checked |= comparable
        self.wrong |= off
        self.unexplained |= off & ~known
        if off.any():
            at = np.flatnonzero(off)
            table = (
                self.rows.iloc[at]
                .reindex(columns=list(KEYS))
                .assign(
                    column=column,
                    published=said[at],
                    recomputed=ours[at],
                    difference=said[at] - ours[at],
                    reason=np.where(known[at], reason, ""),
                )
            )
            self.found.append(table)

    def result(self) -> CheckResult:
        """Sum up."""
        result = CheckResult(
            self.check,
            self.description,
            checked=int(self.checked.sum()),
            agree=int((self.checked & ~self.wrong).sum()),
            explained=int((self.wrong & ~self.unexplained).sum()),
            notes=self.notes if self.checked.any() else [*self.notes, NOTHING],
        )
        if self.found:
            found = pd.concat(self.found, ignore_index=True).assign(check=self.check)
            result.notes = [*self.notes, *(r for r in found["reason"].unique() if r)]
            result.offenders = worst_offenders(found[list(OFFENDERS)])
        return result


def worst_offenders(offenders: pd.DataFrame) -> pd.DataFrame:
    """Keep the few that are first: those without a reason, the largest beside what was printed."""
    size = offenders["published"].abs().clip(lower=1.0)
    order = offenders.assign(
        explained=offenders["reason"].ne(""), relative=-offenders["difference"].abs() / size
    ).sort_values(["explained", "relative", *KEYS[:3]], kind="stable")
    return offenders.loc[order.index[:_KEPT]].reset_index(drop=True)
