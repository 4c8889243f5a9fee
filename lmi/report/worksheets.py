"""Worksheets to print, a page each: what a team fills in with a pen in Step 2."""

from __future__ import annotations

from collections.abc import Sequence

from lmi.assessment.people import AFTER_ACTION, ANSWERS, FULLY, READINESS, SYSTEMS
from lmi.config import Criterion
from lmi.report.html import fill

__all__ = ["TITLES", "worksheet"]

TITLES = {
    "review": "Which sectors drive our economy?",
    "scope": "Is the scope just right?",
    "readiness": "Is the industry ready?",
    "after-action": "After-action review",
}
"""What each sheet is called."""

OF_SECTOR = (
    "Would its employers say that they are in the same business?",
    "Do they share something that they can only solve together?",
    "Are there enough of them: a dozen at the table, a hundred to invite?",
    "Would anybody who belongs at the table be left out?",
)
OF_FOOTPRINT = (
    "Do its employers find most of their workers here?",
    "Can they all come to one table without a day's drive?",
    "Is it one labor market, and not several side by side?",
    "Is it drawn by where people work, and not by whose office serves which county?",
)


def worksheet(key: str, criteria: Sequence[Criterion], place: str = "") -> str:
    """Return a worksheet as one page of HTML that fetches nothing.

    Parameters
    ----------
    key : str
        One of `TITLES`.
    criteria : sequence of Criterion
        Asked in the review: those that count.
    place : str, optional
        Name of the region; a line to fill in without one.

    Examples
    --------
    >>> from lmi.report.worksheets import worksheet
    >>> "<h1>After-action review</h1>" in worksheet("after-action", ())
    True
    """
    return fill(
        f"worksheets/{key}.html.j2",
        title=TITLES[key],
        place=place,
        criteria=[c for c in criteria if c.weight > 0],
        of_sector=OF_SECTOR,
        of_footprint=OF_FOOTPRINT,
        readiness=tuple(READINESS.values()),
        fully=FULLY,
        systems=SYSTEMS,
        questions=tuple(AFTER_ACTION.values()),
        answers=ANSWERS,
    )
