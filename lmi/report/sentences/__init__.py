"""Plain-word readings: sentences made from a profile's numbers.

Each function returns plain text. A missing value is called missing and a change across a break
is said not to be compared; neither is ever left to look like a zero.
"""

from lmi.report.sentences.changes import bubbles, shift_share
from lmi.report.sentences.ground import engagement, knowledge
from lmi.report.sentences.judgement import (
    criteria,
    projections,
    quality,
    ranking,
    robustness,
    switching,
)
from lmi.report.sentences.levels import concentration, drivers, industries, threshold, wages
from lmi.report.sentences.place import change, counties, glance, growth_of, trend

__all__ = [
    "bubbles",
    "change",
    "concentration",
    "counties",
    "criteria",
    "drivers",
    "engagement",
    "glance",
    "growth_of",
    "industries",
    "knowledge",
    "projections",
    "quality",
    "ranking",
    "robustness",
    "shift_share",
    "switching",
    "threshold",
    "trend",
    "wages",
]
