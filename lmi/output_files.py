"""What the files of a state's folder are called, what a reader calls them, and their paper."""

from __future__ import annotations

__all__ = [
    "BRIEF_PDF", "PAGE", "PAPERS", "PROFILE_FILES", "PROFILE_PDF", "STATE_FILES", "STATE_PAGE",
    "STATE_PDF", "WORKBOOK",
]  # fmt: skip

PAGE, STATE_PAGE, STATE_PDF = "profile.html", "index.html", "summary.pdf"
BRIEF_PDF, PROFILE_PDF, WORKBOOK = "brief.pdf", "profile.pdf", "workbook.xlsx"

PROFILE_FILES = {"Brief (PDF)": BRIEF_PDF, "Profile (PDF)": PROFILE_PDF, "Workbook": WORKBOOK}
"""Files beside a region's page."""
STATE_FILES = {
    "This page (PDF)": STATE_PDF, "Workbook of the state": WORKBOOK,
    "Partnerships": "partnerships/index.html",
}  # fmt: skip
"""Files beside the state's page."""

PAPERS = {"letter": "us-letter", "a4": "a4"}
"""Sizes of paper, and what Typst calls them."""
