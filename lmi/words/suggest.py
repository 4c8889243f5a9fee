"""What a writer probably meant: near names for a value that is not known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

__all__ = ["did_you_mean"]


def did_you_mean(value: str, known: Iterable[str]) -> str:
    """Return a clause that offers the nearest known name, empty where none is near.

    Returns
    -------
    str
        Starts with a semicolon, so that it can end a sentence.

    Examples
    --------
    >>> did_you_mean("countys", ["name", "counties"])
    "; perhaps you meant 'counties'"
    >>> did_you_mean("x", ["name", "counties"])
    ''
    """
    folded = {name.casefold(): name for name in known}
    near = difflib.get_close_matches(value.casefold(), folded, n=1, cutoff=0.6)
    return f"; perhaps you meant {folded[near[0]]!r}" if near else ""
