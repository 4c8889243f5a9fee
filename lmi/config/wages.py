"""Which household's threshold a state's pay is held against."""

from __future__ import annotations

from lmi.config.document import read_document
from lmi.config.fields import Definition, Text
from lmi.config.models import StateConfig
from lmi.config.validate import build

__all__ = ["Wages", "load_wages"]


class Wages(Definition):
    """What a state's ``wages.yml`` says.

    Parameters
    ----------
    household : str
        The household of the thresholds table that pay must sustain.
    note : str
        Why that one.
    """

    household: Text
    note: str = ""


def load_wages(state: StateConfig) -> Wages | None:
    """Read a state's ``wages.yml``.

    Parameters
    ----------
    state : StateConfig

    Returns
    -------
    Wages or None
        None where the state has no such file.

    Raises
    ------
    ConfigError
        The file cannot be read, or lacks the household.

    Examples
    --------
    >>> from lmi.config import load_state
    >>> load_wages(load_state("sample")).household
    '1 adult, 1 child'
    """
    file = state.folder / "wages.yml"
    return build(Wages, read_document(file)) if file.is_file() else None
