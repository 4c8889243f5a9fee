"""What profiles are asked for: of which year and regions, and written as what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from lmi.config import Region, StateConfig
from lmi.errors import LmiError
from lmi.output_files import PAPERS

__all__ = ["FORMATS", "Order", "chosen_formats", "chosen_paper"]

FORMATS = ("html", "pdf", "xlsx")
"""The page is always made: others link it."""


def chosen_formats(asked: Iterable[str]) -> tuple[str, ...]:
    """Return formats by name in the order they are made in, the page among them; all if none asked.

    Raises
    ------
    LmiError
        There is no such format.

    Examples
    --------
    >>> chosen_formats(["xlsx"]), chosen_formats([])
    (('html', 'xlsx'), ('html', 'pdf', 'xlsx'))
    """
    wanted = {name.strip().lower() for each in asked for name in each.split(",")} - {""}
    if unknown := sorted(wanted - set(FORMATS)):
        raise LmiError(f"There is no format {unknown[0]!r}; choose of {', '.join(FORMATS)}.")
    return tuple(name for name in FORMATS if not wanted or name in wanted | {"html"})


def chosen_paper(asked: str) -> str:
    """Return a paper that PDFs can be on.

    Raises
    ------
    LmiError
        There is no such paper.
    """
    if asked not in PAPERS:
        raise LmiError(f"There is no paper {asked!r}; choose of {', '.join(PAPERS)}.")
    return asked


class Order(NamedTuple):
    """What profiles are asked for, whatever the state.

    Parameters
    ----------
    year, base_year : int, optional
        As `lmi.assessment.state.analyse`.
    only : sequence of str
        Keys of regions, all where empty.
    staff : bool
        Show numbers of fewer than three employers, and say so everywhere.
    formats : tuple of str
        What each is written as, beside its notebook.
    paper : {"letter", "a4"}
        Of the PDFs.
    """

    year: int | None = None
    base_year: int | None = None
    only: Sequence[str] = ()
    staff: bool = False
    formats: tuple[str, ...] = FORMATS
    paper: str = "letter"

    def regions_of(self, state: StateConfig) -> list[Region]:
        """Return the regions asked for, in the order they were named in."""
        return [state.region(key) for key in self.only] or list(state.regions)

    @property
    def of_tables(self) -> dict[str, Any]:
        """What the numbers depend on."""
        return {"year": self.year, "base_year": self.base_year, "staff": self.staff}

    @classmethod
    def of_settings(cls, settings: Mapping[str, Any], only: Sequence[str]) -> Order:
        """Return the order that a manifest's settings are of.

        Raises
        ------
        LmiError
            They are of another version of the workbench, or none.

        Examples
        --------
        >>> Order.of_settings(Order(2023).settings, ["lane"]).year
        2023
        """
        if odd := sorted(settings.keys() ^ cls().settings.keys()):
            raise LmiError(
                f"The manifest's settings have or lack {odd[0]!r}, which this version does not "
                "expect; make the profile again with the version that the manifest names."
            )
        return cls(**settings, only=only)

    @property
    def settings(self) -> dict[str, Any]:
        """What a profile depends on, as its manifest keeps it."""
        return {**self.of_tables, "formats": list(self.formats), "paper": self.paper}
