"""What shows things also keeps them, where it has a folder for that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from lmi.assessment.basis import FOR_STAFF
from lmi.report.display.figure import Figure
from lmi.report.display.prose import Prose
from lmi.report.display.table import PageTable

__all__ = ["Exhibit", "Keeping"]


@dataclass(frozen=True)
class Exhibit:
    """Several things that belong together and are shown one after the other.

    Examples
    --------
    >>> from lmi.report.display.prose import sentence
    >>> len(list(Exhibit((sentence("One."), sentence("Two.")))))
    2
    """

    parts: tuple[Figure | PageTable | Prose, ...]

    def __iter__(self) -> Iterator[Figure | PageTable | Prose]:
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

    def exhibit(self, *parts: Figure | PageTable | Prose) -> Exhibit:
        """Show things one after the other, figures and tables saved before."""
        for part in parts:
            if not isinstance(part, Prose):
                self.save(part)
        return Exhibit(parts)
