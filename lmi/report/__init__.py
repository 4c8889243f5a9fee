"""Figures, maps, tables, sentences and pages: the only part of the package that draws.

A notebook opens a profile and calls one function a section::

    profile = lmi.report.load_profile("oregon/lane", year=2023)
    lmi.report.drivers(profile)
"""

from lmi.report.display import Exhibit, Figure, Prose, Table
from lmi.report.judged import (
    criteria,
    engagement,
    knowledge,
    ranking,
    reasons,
    robustness,
    weights,
)
from lmi.report.load import load_profile
from lmi.report.profile import Profile, open_profile
from lmi.report.sections import (
    at_a_glance,
    bubbles,
    concentration,
    coverage,
    definitions,
    drivers,
    glossary,
    growth,
    growth_spans,
    industries,
    quality,
    region_map,
    sources,
    title,
    trend,
    wages,
)

__all__ = [
    "Exhibit",
    "Figure",
    "Profile",
    "Prose",
    "Table",
    "at_a_glance",
    "bubbles",
    "concentration",
    "coverage",
    "criteria",
    "definitions",
    "drivers",
    "engagement",
    "glossary",
    "growth",
    "growth_spans",
    "industries",
    "knowledge",
    "load_profile",
    "open_profile",
    "quality",
    "ranking",
    "reasons",
    "region_map",
    "robustness",
    "sources",
    "title",
    "trend",
    "wages",
    "weights",
]
