"""Words for a terminal, or a file, that does not know every letter of them."""

from __future__ import annotations

import codecs
import io
import sys
import unicodedata

__all__ = ["write_any_letter"]

_RULE = "lmi.plain"
_PLAIN = {
    "≈": "~", "−": "-", "–": "-", "—": "-", "÷": "/", "×": "x", "·": "-", "“": '"', "”": '"',
    "‘": "'", "’": "'", "\u2060": "",
}  # fmt: skip


def write_any_letter() -> None:
    """Have a letter that the output cannot hold written by one that it can.

    A pipe on Windows knows 256 letters, and ``≈`` is none of them.

    Examples
    --------
    >>> write_any_letter()
    >>> "≈1,050 − “Zoé”".encode("ascii", _RULE)
    b'~1,050 - "Zoe"'
    """
    codecs.register_error(_RULE, _as_plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_RULE)


def _as_plain(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    found = error.object[error.start : error.end]
    return "".join(_PLAIN[sign] if sign in _PLAIN else _base(sign) for sign in found), error.end


def _base(sign: str) -> str:
    """Return a letter without its marks; ``?`` where it is none of the alphabet's."""
    plain = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode("ascii")
    return plain or "?"
