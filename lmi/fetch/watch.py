"""Whoever wants to be told how a run goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lmi.fetch.run import Outcome

__all__ = ["Watch"]


class Watch:
    """Told how a run goes on, from several threads; does nothing by itself."""

    def planned(self, files: int) -> None:
        """So many files more are asked for."""

    def began(self, url: str) -> None:
        """A file is asked for."""

    def came(self, url: str, size: int, total: int) -> None:
        """So many bytes of a file are there, of so many, 0 where not known."""

    def done(self, outcome: Outcome) -> None:
        """A file is dealt with."""
