"""Several things shown one after the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lmi.report.display.figure import Figure
from lmi.report.display.prose import Prose
from lmi.report.display.table import Table

__all__ = ["Exhibit"]


@dataclass(frozen=True)
class Exhibit:
    """Several things that belong together and are shown one after the other.

    Parameters
    ----------
    parts : tuple of Figure, Table or Prose

    Examples
    --------
    >>> from lmi.report.display import sentence
    >>> len(list(Exhibit((sentence("One."), sentence("Two.")))))
    2
    """

    parts: tuple[Figure | Table | Prose, ...]

    def __iter__(self) -> Iterator[Figure | Table | Prose]:
        return iter(self.parts)

    def _ipython_display_(self) -> None:
        from IPython.display import display

        for part in self.parts:
            display(part)
