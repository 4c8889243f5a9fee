"""Figures, maps, tables, sentences and pages: the only part of the package that draws.

A notebook opens a profile and calls one function a section::

    profile = lmi.report.load_profile("oregon/lane", year=2023)
    lmi.report.sectors(profile)
"""

from lmi.report import (
    sections,
    sections_brief,
    sections_context,
    sections_ranking,
    sections_staff,
)
from lmi.report.display import Exhibit, Figure, PageTable, Prose
from lmi.report.profile import Profile, load_profile, open_profile
from lmi.report.sections import *
from lmi.report.sections_brief import *
from lmi.report.sections_context import *
from lmi.report.sections_ranking import *
from lmi.report.sections_staff import *

__all__ = [
    "Exhibit",
    "Figure",
    "Profile",
    "Prose",
    "PageTable",
    "load_profile",
    "open_profile",
]
__all__ += sections.__all__
__all__ += sections_brief.__all__
__all__ += sections_context.__all__
__all__ += sections_ranking.__all__
__all__ += sections_staff.__all__
