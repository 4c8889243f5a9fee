"""Recompute what the agency published, from what it published.

`verify` takes QCEW rows as the store gives them and returns a `Report`: one row a check with the
rows that could be checked and those that agree, and the worst of those that do not. A tolerance
is half a unit of the last digit printed, plus the stated error of numbers that are no agency's.
`verify_store` does that for everything in a store, one state and year at a time.
"""

from __future__ import annotations

from lmi.verify.report import Report, combine_reports, format_report, is_clean
from lmi.verify.rows import REBUILT_ERROR, verify
from lmi.verify.stored import verify_store

__all__ = [
    "REBUILT_ERROR",
    "Report",
    "combine_reports",
    "format_report",
    "is_clean",
    "verify",
    "verify_store",
]
