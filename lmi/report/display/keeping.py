"""What shows things also keeps them, where it has a folder for that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lmi.assessment.basis import FOR_STAFF
from lmi.report.display.figure import Figure
from lmi.report.display.prose import Prose
from lmi.report.display.table import PageTable

__all__ = ["Exhibit", "Keeping", "Part"]

Part = Figure | PageTable | Prose


@dataclass(frozen=True)
class Exhibit:
    """Several things that belong together and are shown one after the other.

    Examples
    --------
    >>> from lmi.report.display.prose import sentence
    >>> len(list(Exhibit((sentence("One."), sentence("Two.")))))
    2
    """

    parts: tuple[Part, ...]

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for part in self.parts:
            display(part)


class Keeping:
    """Whoever shows things of a region or of a state.

    Attributes
    ----------
    out : Path or None
        Where figures and tables are saved as they are made; nothing is saved without it.
    staff : bool
        Whether they are for staff alone, which is then said in every file.
    """

    out: Path | None
    staff: bool

    def save(self, thing: Figure | PageTable) -> None:
        """Save a figure or a table where there is a folder for it."""
        if self.out is None:
            return
        if self.staff and isinstance(thing, PageTable):
            thing = replace(thing, frame=thing.frame.assign(notice=FOR_STAFF))
        thing.save(self.out)

    def exhibit(self, *parts: Part | None) -> Exhibit:
        """Show one after the other what is there, figures and tables saved before."""
        there = tuple(part for part in parts if part is not None)
        for part in there:
            if not isinstance(part, Prose):
                self.save(part)
        return Exhibit(there)
