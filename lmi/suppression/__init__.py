"""Estimates and bounds for withheld cells."""

from lmi.suppression.estimate import (
    SOURCES,
    Estimated,
    EstimatedMeasure,
    estimate,
    estimate_employment_and_wages,
)

__all__ = ["SOURCES", "Estimated", "EstimatedMeasure", "estimate", "estimate_employment_and_wages"]
