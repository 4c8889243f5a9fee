"""What all checks found: counts, the worst offenders, and the reasons for exceptions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lmi.verify.tally import OFFENDERS, CheckResult, worst_offenders

__all__ = ["Report", "combine_reports", "format_report", "is_clean", "make_report", "results_of"]

CHECKS = (
    "check",
    "description",
    "rows_checked",
    "rows_agree",
    "rows_explained",
    "share",
    "note",
)
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


def make_report(results: Iterable[CheckResult]) -> Report:
    """Gather results into a report, one row a check."""
    listed = list(results)
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


def combine_reports(reports: Sequence[Report]) -> Report:
    """Add up reports on different rows, such as one for each state.

    Returns
    -------
    Report
        Checks in the order in which they first appear. A check that could be made somewhere
        drops the notes on what was missing elsewhere.
    """
    merged: dict[str, CheckResult] = {}
    for report in reports:
        for row in results_of(report):
            into = merged.setdefault(row.check, CheckResult(row.check, row.description))
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
            into.offenders = worst_offenders(pd.concat(both, ignore_index=True))
    return make_report(merged.values())


def is_clean(report: Report) -> bool:
    """Say whether every row that differs has a stated reason.

    Examples
    --------
    >>> is_clean(make_report([CheckResult("pay", "wages over jobs", checked=3, agree=2)]))
    False
    """
    return report.unexplained == 0


def results_of(report: Report) -> list[CheckResult]:
    """Read the rows of a report back as results, without their offenders."""
    return [
        CheckResult(
            check=row["check"],
            description=row["description"],
            checked=int(row["rows_checked"]),
            agree=int(row["rows_agree"]),
            explained=int(row["rows_explained"]),
            notes=[row["note"]] if row["note"] else [],
        )
        for row in report.checks.to_dict("records")
    ]


def format_report(report: Report) -> str:
    """Write a report as plain text.

    Returns
    -------
    str
        A table of the checks, then notes, then the worst offenders of each check.

    Examples
    --------
    >>> from lmi.verify.report import make_report
    >>> print(format_report(make_report([CheckResult("pay", "wages over jobs", 3, 3)])))
    check  rows checked  rows agree    share
    pay               3           3  100.00%  wages over jobs
    """
    rows = results_of(report)
    width = max((len(row.check) for row in rows), default=5)
    lines = [f"{'check':<{width}}  rows checked  rows agree    share"]
    for row in rows:
        lines.append(
            f"{row.check:<{width}}  {row.checked:>12,}  {row.agree:>10,}  {_percent(row):>7}"
            f"  {row.description}"
        )
    lines += [f"{row.check}: {_exceptions(row)}{' '.join(row.notes)}" for row in rows if row.notes]
    for check, found in report.offenders.groupby("check", sort=False):
        lines += ["", f"Worst of {check}:"]
        table = found.drop(columns=["check", "reason"]).to_string(index=False)
        lines += [f"  {line}" for line in table.splitlines()]
    return "\n".join(lines)


def _percent(row: CheckResult) -> str:
    """Share in percent, rounded down so that 100 % means every row."""
    if not row.checked:
        return "–"
    return f"{np.floor(10_000 * row.agree / row.checked) / 100:.2f}%"


def _exceptions(row: CheckResult) -> str:
    if not row.explained:
        return ""
    return f"{row.explained:,} {'row differs' if row.explained == 1 else 'rows differ'}. "
