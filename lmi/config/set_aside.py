"""Why a candidate is set aside: reasons by name, each with its lines and the question to ask.

A candidate that is set aside keeps its numbers, its score and its words; it has no rank, so that
the ranking is of those that a team would weigh. Whoever knows better keeps it in, by name.
"""

from __future__ import annotations

from pydantic import model_validator

from lmi.config.criterion import NamedScreen
from lmi.config.fields import Definition, Slug, Text
from lmi.config.validate import problem

__all__ = ["ABSENT", "OWN", "PART", "UNSCORED", "WHOLE", "AsideReason", "SetAside"]

ABSENT, UNSCORED, PART, WHOLE = "absent", "unscored", "part", "whole"
OWN = frozenset({ABSENT, UNSCORED, PART, WHOLE})
"""What the ranking itself calls those without jobs here, those without a score, and the parts or
the whole of which the other is ranked."""


class AsideReason(NamedScreen):
    """A reason to set a candidate aside: its lines are passed, surely.

    A line is passed where the whole interval of its measure passes. The name heads those that are
    set aside, such as ``Losing jobs``.

    Parameters
    ----------
    ask : str
        What to ask of them in the room.

    Examples
    --------
    >>> from lmi.config import AsideReason
    >>> AsideReason(key="declining", name="Losing jobs", ask="Why?",
    ...             any=[{"measure": "emplvl_pct_chg", "below": -1}]).words
    'any of emplvl_pct_chg below -1'
    """

    ask: Text

    @model_validator(mode="after")
    def _its_own_key(self) -> AsideReason:
        if self.key in OWN:
            raise problem(
                f"{self.key!r} is what the ranking itself calls some of those without a rank; "
                "name the reason otherwise"
            )
        return self


class SetAside(Definition):
    """All reasons to set candidates aside, in the order that they are asked in.

    Parameters
    ----------
    reasons : tuple of AsideReason
        A candidate is set aside by the first that holds.
    keep : tuple of str
        Keys of candidates that stay in the ranking whatever holds.
    """

    reasons: tuple[AsideReason, ...] = ()
    keep: tuple[Slug, ...] = ()

    def reason(self, key: str) -> AsideReason | None:
        """Return the reason of a key; None where there is none."""
        return next((r for r in self.reasons if r.key == key), None)
