"""What is looked at: no file of the state holds it, the line that opens the bench does."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lmi.assessment.live import Years
from lmi.config.edit import JOBS_COUNTED
from lmi.errors import MeasureError
from lmi.scoring.about import About
from lmi.words import listing

__all__ = ["REFERENCES", "Settings"]

REFERENCES = {"state": "nation and state", "rest": "nation and rest of state"}
"""What a region is compared with, beside the nation."""


@dataclass(frozen=True)
class Settings:
    """Years, what a region is compared with, whose jobs count and which weights are varied.

    Parameters
    ----------
    reference : {"state", "rest"}
    ownership : {"defined", "private", "all"}
    about : {"any", "stated", "order"}
        Which weights the robustness is over.

    Raises
    ------
    MeasureError
        One of them is not known.
    """

    years: Years
    reference: str = "state"
    ownership: str = "defined"
    about: str = "any"

    def __post_init__(self) -> None:
        for name, value, known in (
            ("reference", self.reference, tuple(REFERENCES)),
            ("ownership", self.ownership, tuple(JOBS_COUNTED)),
            ("about", self.about, tuple(About)),
        ):
            if value not in known:
                raise MeasureError(
                    f"{value!r} is not known as {name}; write {listing(known, last='or')}."
                )

    def choose(
        self, reference: str | None = None, ownership: str | None = None, about: str | None = None
    ) -> Settings:
        """Choose some anew, and keep the others."""
        return replace(
            self,
            reference=self.reference if reference is None else reference,
            ownership=self.ownership if ownership is None else ownership,
            about=self.about if about is None else about,
        )

    def arguments(self, usual_base: int | None) -> str:
        """Write the arguments that open the bench so, without those that are as usual."""
        words = [f"year={self.years.year}"]
        if self.years.base != usual_base:
            words.append(f"base_year={self.years.base}")
        words += [
            f'{name}="{value}"'
            for name, value, plain in (
                ("reference", self.reference, "state"),
                ("ownership", self.ownership, "defined"),
                ("about", self.about, "any"),
            )
            if value != plain
        ]
        return ", ".join(words)
