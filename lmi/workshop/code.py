"""The short code that a room joins with."""

from __future__ import annotations

import secrets

__all__ = ["LETTERS", "LENGTH", "new_code", "read_code"]

LETTERS = "ACDEFGHJKMNPQRTUVWXY34679"
"""Letters and digits that are not taken for each other: no B and 8, I, L and 1, O and 0, S and 5,
Z and 2."""
LENGTH = 6


def new_code() -> str:
    """Return a code drawn at random: one of 244 million.

    Examples
    --------
    >>> from lmi.workshop.code import LETTERS, new_code
    >>> len(new_code()), set(new_code()) <= set(LETTERS)
    (6, True)
    """
    return "".join(secrets.choice(LETTERS) for _ in range(LENGTH))


def read_code(text: str) -> str:
    """Return a code as it was meant: capitals, without blanks and hyphens.

    Examples
    --------
    >>> from lmi.workshop.code import read_code
    >>> read_code(" k7m-4xq ")
    'K7M4XQ'
    """
    return "".join(text.split()).replace("-", "").upper()[:64]
