"""Within which bounds each measure of a candidate lies, whatever the candidate and the place."""

from __future__ import annotations

__all__ = ["SPANS"]

_COUNT_OF_JOBS = (-1e6, 1e6)
_POINTS = (-1e3, 1e3)
_CHANGE, _A_YEAR = (-100.0, 1e3), (-100.0, 100.0)
_RATIO, _QUOTIENT = (0.0, 20.0), (0.0, 100.0)
_RATING = (1.0, 5.0)

SPANS: dict[str, tuple[float, float]] = {
    "annual_avg_estabs": (0, 1e6),
    "annual_avg_emplvl": (0, 1e7),
    "emplvl_estimated_share": (0, 1),
    "emplvl_share": (0, 1),
    "emplvl_public_share": (0, 1),
    "emplvl_per_estab": (0, 1e5),
    "avg_annual_pay": (0, 1e6),
    "annual_avg_wkly_wage": (0, 2e4),
    "pay_ratio": _RATIO,
    "pay_to_threshold_ratio": _RATIO,
    "lq": _QUOTIENT,
    "lq_state": _QUOTIENT,
    "emplvl_chg": _COUNT_OF_JOBS,
    "emplvl_pct_chg": _CHANGE,
    "emplvl_pct_chg_1yr": _CHANGE,
    "emplvl_pct_chg_2yr": _CHANGE,
    "emplvl_pct_chg_over_region": _POINTS,
    "emplvl_cagr": _A_YEAR,
    "competitive_share": _COUNT_OF_JOBS,
    "competitive_share_state": _COUNT_OF_JOBS,
    "projected_emplvl_pct_chg": _CHANGE,
    "projected_emplvl_cagr": _A_YEAR,
    "projected_emplvl_pct_chg_over_region": _POINTS,
    "engagement_organisations": (0, 1e3),
    "engagement_systems": (0, 4),
    "local_rating": _RATING,
    "local_statements": (0, 1e4),
    "readiness_rating": _RATING,
    "rank_places": (0, 1e3),
}
"""The least and the most of every measure that a criterion, a screen or a reason can read."""
