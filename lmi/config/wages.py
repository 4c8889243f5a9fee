"""Whose pay is enough: the household of the thresholds, and what stands in where none is given."""

from __future__ import annotations

from pydantic import model_validator

from lmi.config.document import read_document
from lmi.config.fields import Definition, Text
from lmi.config.models import StateConfig
from lmi.config.validate import build, problem

__all__ = ["Wages", "load_wages"]

MOST_PERSONS, MOST_TIMES = 20, 10


class Wages(Definition):
    """What a state's ``wages.yml`` says.

    Parameters
    ----------
    household : str or None
        The household of the thresholds that pay must sustain; None for the one with the lowest.
    persons : int
        Persons in the household of the federal poverty guideline, which stands in where no
        threshold is given.
    multiple : float
        By how much that guideline is multiplied.
    note : str
        Why that one.
    """

    household: Text | None = None
    persons: int = 3
    multiple: float = 2.0
    note: str = ""

    @model_validator(mode="after")
    def _plausible(self) -> Wages:
        if not 1 <= self.persons <= MOST_PERSONS:
            raise problem(
                f"{self.persons} is no number of persons in a household; write 1 to {MOST_PERSONS}",
                "persons",
            )
        if not 0 < self.multiple <= MOST_TIMES:
            raise problem(
                f"{self.multiple:g} times the poverty guideline is no threshold; write a number "
                f"above 0, at most {MOST_TIMES}, such as 2 for 200 percent",
                "multiple",
            )
        return self


def load_wages(state: StateConfig) -> Wages:
    """Read a state's ``wages.yml``.

    Returns
    -------
    Wages
        The defaults where the state has no such file.

    Raises
    ------
    ConfigError
        The file cannot be read, or says what cannot be.

    Examples
    --------
    >>> from lmi.config import load_state
    >>> load_wages(load_state("sample")).household, load_wages(load_state("oregon")).multiple
    ('1 adult, 1 child', 2.0)
    """
    file = state.folder / "wages.yml"
    return build(Wages, read_document(file)) if file.is_file() else Wages()
