"""What the files of a state's folder are called, and what a reader calls them."""

from __future__ import annotations

__all__ = [
    "BRIEF_PDF", "PAGE", "PROFILE_FILES", "PROFILE_PDF", "STATE_FILES", "STATE_PAGE", "WORKBOOK",
]  # fmt: skip

PAGE, STATE_PAGE = "profile.html", "index.html"
BRIEF_PDF, PROFILE_PDF, WORKBOOK = "brief.pdf", "profile.pdf", "workbook.xlsx"

PROFILE_FILES = {"Brief (PDF)": BRIEF_PDF, "Profile (PDF)": PROFILE_PDF, "Workbook": WORKBOOK}
"""Files beside a region's page."""
STATE_FILES = {"Workbook of the state": WORKBOOK, "Partnerships": "partnerships/index.html"}
"""Files beside the state's page."""
