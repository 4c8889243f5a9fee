"""A report as plain text."""

from __future__ import annotations

import numpy as np

from lmi.verify.report import Report, results_of
from lmi.verify.tally import CheckResult

__all__ = ["format_report"]


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
