"""What criteria can read, and what a set of criteria must have."""

from __future__ import annotations

from collections.abc import Sequence

from lmi.config.criterion import Criterion
from lmi.config.document import Document
from lmi.config.suggest import did_you_mean, listing

__all__ = ["MEASURES", "check_criteria"]

MEASURES = {
    "annual_avg_emplvl": "jobs",
    "emplvl_share": "share of the region's jobs, 0 to 1",
    "annual_avg_estabs": "establishments",
    "emplvl_per_estab": "jobs per establishment",
    "avg_annual_pay": "average annual pay, USD",
    "annual_avg_wkly_wage": "average weekly wage, USD",
    "pay_ratio": "average pay over the region's average pay",
    "pay_to_threshold_ratio": "average pay over the family-sustaining threshold",
    "lq": "location quotient against the nation",
    "lq_state": "location quotient against the reference states",
    "emplvl_chg": "change in jobs",
    "emplvl_pct_chg": "change in jobs, percent",
    "emplvl_cagr": "compound yearly change in jobs",
    "competitive_share": "jobs gained beyond the nation's pace in the same industries",
    "competitive_share_state": "jobs gained beyond the states' pace in the same industries",
    "projected_emplvl_pct_chg": "projected change in jobs, percent over the horizon",
}
"""Measures of a candidate that a criterion can read, in words with their units."""


def check_criteria(document: Document, criteria: Sequence[Criterion]) -> None:
    """Check that every criterion reads a measure that there is, and that any counts.

    Raises
    ------
    ConfigError
        A measure is unknown, or no weight is above zero.
    """
    for criterion in criteria:
        if criterion.measure not in MEASURES:
            hint = did_you_mean(criterion.measure, MEASURES) or f"; known are {listing(MEASURES)}"
            raise document.error(
                f"{criterion.measure!r} is not a measure of candidates{hint}.",
                criterion.key,
                "measure",
            )
    if not any(criterion.weight > 0 for criterion in criteria):
        raise document.error(
            "no criterion has a weight above zero, so nothing can be ranked; raise one weight.",
            criteria[0].key,
            "weight",
        )
