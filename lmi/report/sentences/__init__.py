"""Plain-word readings: sentences made from a profile's numbers.

Each function returns plain text. A missing value is called missing and a change across a break
is said not to be compared; neither is ever left to look like a zero.
"""

from lmi.report.sentences.changes import bubbles, shift_share
from lmi.report.sentences.judgement import criteria, projections, quality
from lmi.report.sentences.levels import concentration, drivers, industries, wages
from lmi.report.sentences.place import change, counties, glance, growth_of, trend

__all__ = [
    "bubbles",
    "change",
    "concentration",
    "counties",
    "criteria",
    "drivers",
    "glance",
    "growth_of",
    "industries",
    "projections",
    "quality",
    "shift_share",
    "trend",
    "wages",
]
