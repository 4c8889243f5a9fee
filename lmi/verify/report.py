"""What a check found: counts, the worst offenders, and the reasons for exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from lmi.missing import Missing

__all__ = [
    "KEYS",
    "REFERENCE",
    "Outcome",
    "Report",
    "Tally",
    "combine_reports",
    "is_clean",
    "make_report",
    "missing",
    "outcomes_of",
    "reference_rows",
]

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]

# Rows with this mark are there to compare with and are not checked themselves.
REFERENCE = "is_reference"
KEYS = ("area_fips", "own_code", "industry_code", "year", "qtr")
OFFENDERS = ("check", *KEYS, "column", "published", "recomputed", "difference", "reason")
CHECKS = (
    "check",
    "description",
    "rows_checked",
    "rows_agree",
    "rows_explained",
    "share",
    "note",
)
# Relative error of a chain of float64 operations on numbers of a file, with room to spare.
FLOAT_ERROR = 1e-9
NOTHING = "No row could be checked."
MOST_NOTES = 4


@dataclass(frozen=True)
class Report:
    """The result of `lmi.verify.verify`.

    Parameters
    ----------
    checks : DataFrame
        One row a check: ``check``, ``description``, ``rows_checked``, ``rows_agree``,
        ``rows_explained`` (disagree, with a reason), ``share`` (0–1 of the rows checked that
        agree; NaN where none could be checked) and ``note`` (reasons, or what was missing).
    offenders : DataFrame
        Worst disagreements of each check: ``check``, area_fips, own_code, industry_code, year,
        qtr, ``column``, ``published``, ``recomputed``, ``difference`` (published − recomputed)
        and ``reason`` (empty where there is none).
    """

    checks: pd.DataFrame
    offenders: pd.DataFrame

    @property
    def unexplained(self) -> int:
        """Rows that disagree without a reason, over all checks."""
        each = self.checks["rows_checked"] - self.checks["rows_agree"]
        return int((each - self.checks["rows_explained"]).sum())


@dataclass
class Outcome:
    """One check on some rows."""

    check: str
    description: str
    checked: int = 0
    agree: int = 0
    explained: int = 0
    notes: list[str] = field(default_factory=list)
    offenders: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(OFFENDERS)))


def missing(check: str, description: str, gap: Missing) -> Outcome:
    """A check that cannot be made, and what would make it possible."""
    return Outcome(check, description, notes=[str(gap)])


def reference_rows(rows: pd.DataFrame) -> BoolArray:
    """Tell the rows that are there to compare with.

    Parameters
    ----------
    rows : DataFrame

    Returns
    -------
    ndarray of bool, shape (n,)
    """
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
    >>> outcome = tally.outcome()
    >>> outcome.checked, outcome.agree, outcome.offenders["difference"].tolist()
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
        column : str
        published, recomputed : array_like, shape (n,)
        tolerance : float or array_like, shape (n,)
            Greatest difference that rounding can make; float error is added.
        excused : bool or array_like of bool, shape (n,)
            Rows whose disagreement has a reason.
        reason : str
            The reason, in words.
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

    def outcome(self, worst: int = 5) -> Outcome:
        """Sum up.

        Parameters
        ----------
        worst : int
            Offenders to keep.

        Returns
        -------
        Outcome
        """
        outcome = Outcome(
            self.check,
            self.description,
            checked=int(self.checked.sum()),
            agree=int((self.checked & ~self.wrong).sum()),
            explained=int((self.wrong & ~self.unexplained).sum()),
            notes=self.notes if self.checked.any() else [*self.notes, NOTHING],
        )
        if self.found:
            found = pd.concat(self.found, ignore_index=True).assign(check=self.check)
            outcome.notes = [*self.notes, *(r for r in found["reason"].unique() if r)]
            outcome.offenders = _worst(found[list(OFFENDERS)], worst)
        return outcome


def _worst(offenders: pd.DataFrame, worst: int) -> pd.DataFrame:
    """Those without a reason first, then the largest in proportion to what was printed."""
    size = offenders["published"].abs().clip(lower=1.0)
    order = offenders.assign(
        explained=offenders["reason"].ne(""), relative=-offenders["difference"].abs() / size
    ).sort_values(["explained", "relative", *KEYS[:3]], kind="stable")
    return offenders.loc[order.index[:worst]].reset_index(drop=True)


def make_report(outcomes: Iterable[Outcome]) -> Report:
    """Gather outcomes into a report, one row a check.

    Parameters
    ----------
    outcomes : iterable of Outcome

    Returns
    -------
    Report
    """
    listed = list(outcomes)
    rows = [
        (
            o.check,
            o.description,
            o.checked,
            o.agree,
            o.explained,
            o.agree / o.checked if o.checked else np.nan,
            _join(o.notes),
        )
        for o in listed
    ]
    found = [o.offenders for o in listed if len(o.offenders)]
    offenders = (
        pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(OFFENDERS))
    )
    return Report(pd.DataFrame(rows, columns=list(CHECKS)), offenders)


def _join(notes: list[str]) -> str:
    """Each note once, and no more than a reader takes in."""
    distinct = list(dict.fromkeys(notes))
    more = len(distinct) - MOST_NOTES
    return " ".join([*distinct[:MOST_NOTES], *([f"(And {more} more.)"] if more > 0 else [])])


def combine_reports(reports: Sequence[Report], worst: int = 5) -> Report:
    """Add up reports on different rows, such as one for each state.

    Parameters
    ----------
    reports : sequence of Report
    worst : int
        Offenders to keep for each check.

    Returns
    -------
    Report
        Checks in the order in which they first appear. A check that could be made somewhere
        drops the notes on what was missing elsewhere.
    """
    merged: dict[str, Outcome] = {}
    for report in reports:
        for row in outcomes_of(report):
            into = merged.setdefault(row.check, Outcome(row.check, row.description))
            if row.checked and not into.checked:
                into.notes = []
            if row.checked or not into.checked:
                into.notes += row.notes
            into.checked += row.checked
            into.agree += row.agree
            into.explained += row.explained
        for check, found in report.offenders.groupby("check", sort=False):
            into = merged[str(check)]
            both = [o for o in (into.offenders, found) if len(o)]
            into.offenders = _worst(pd.concat(both, ignore_index=True), worst)
    return make_report(merged.values())


def is_clean(report: Report) -> bool:
    """Say whether every row that differs has a stated reason.

    Parameters
    ----------
    report : Report

    Returns
    -------
    bool

    Examples
    --------
    >>> is_clean(make_report([Outcome("pay", "wages over jobs", checked=3, agree=2)]))
    False
    """
    return report.unexplained == 0


def outcomes_of(report: Report) -> list[Outcome]:
    """Read the rows of a report back as outcomes, without their offenders.

    Parameters
    ----------
    report : Report

    Returns
    -------
    list of Outcome
    """
    return [
        Outcome(
            check=row["check"],
            description=row["description"],
            checked=int(row["rows_checked"]),
            agree=int(row["rows_agree"]),
            explained=int(row["rows_explained"]),
            notes=[row["note"]] if row["note"] else [],
        )
        for row in report.checks.to_dict("records")
    ]
