"""Estimates and bounds for withheld cells."""

from lmi.suppression.estimate import (
    SOURCES,
    Estimated,
    estimate,
    estimate_employment_and_wages,
)

__all__ = ["SOURCES", "Estimated", "estimate", "estimate_employment_and_wages"]
